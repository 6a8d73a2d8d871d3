use files::midi::{Mark, SongFile};
use files::wav;
use music::lane::Lane;
use music::time::{Meter, Tick};

use super::{Exporter, Sheet, clean};
use crate::export::{Export, Form, Scope, Sound, text};
use crate::handoff::Shared;
use crate::params::MuseParams;
use crate::snapshot::Score;
use crate::worker::score::Writer;

fn folder(name: &str) -> std::path::PathBuf {
    let folder = std::env::temp_dir().join(format!("export-{name}-{}", std::process::id()));
    let _ = std::fs::remove_dir_all(&folder);
    folder
}

fn score(shared: &Shared, params: &MuseParams) -> Score {
    let material = shared.material();
    Writer::default().write(
        &material,
        &params.controls(),
        Meter::default(),
        120_000,
        Vec::new(),
    )
}

fn short() -> (std::sync::Arc<Shared>, std::sync::Arc<MuseParams>) {
    let shared = Shared::new();
    let song = music::song::Song {
        bars: 4,
        ..music::song::Song::default()
    };
    shared.set_song(song);
    let params = MuseParams::new(&shared);
    shared.publish_score(score(&shared, &params));
    (shared, params)
}

#[test]
fn a_song_s_midi_holds_the_notes_of_the_lanes_and_their_chords() {
    let (shared, params) = short();
    let folder = folder("midi");
    let export = Export {
        folder: folder.display().to_string(),
        ..Export::default()
    };
    Exporter::new(&shared).start(&params, &export);
    let file = SongFile::read(&folder.join("MuseAroo.mid")).unwrap();
    let score = shared.score();
    for lane in Lane::PLAYED {
        assert_eq!(
            file.notes(lane).len(),
            score.notes[lane.index()].len(),
            "{lane:?}"
        );
    }
    let chords = file
        .marks
        .iter()
        .filter(|(_, m)| matches!(m, Mark::Chord(_)));
    assert!(chords.count() >= 2);
    assert_eq!(file.tempi[0].1, 500_000);
    assert!(shared.log().last().unwrap().starts_with("Written: "));
    std::fs::remove_dir_all(&folder).unwrap();
}

#[test]
fn a_section_and_a_lane_are_cut_out_from_their_start() {
    let shared = Shared::new();
    let params = MuseParams::new(&shared);
    shared.publish_score(score(&shared, &params));
    let (score, sheet) = (shared.score(), Sheet::of(&shared, &params));
    let section = score.form.sections[2];
    let of = |scope| sheet.file(&scope).unwrap();
    let part = of(Scope::Section(section.key));
    assert_eq!(part.end, Tick(i64::from(section.bars) * 3840));
    let first = Tick(i64::from(section.first_bar) * 3840);
    let whole = of(Scope::Song);
    let (from, to) = (first.0 - 120, first.0 - 120 + part.end.0);
    for lane in Lane::PLAYED {
        let inside = whole.notes(lane).iter();
        let count = inside.filter(|n| (from..to).contains(&n.onset.0)).count();
        assert_eq!(part.notes(lane).len(), count, "{lane:?}");
    }
    assert_eq!(
        part.marks[0],
        (Tick(0), Mark::Section(section.kind.word().to_owned()))
    );
    let bass = of(Scope::Lane(Lane::Bass));
    assert_eq!(bass.tracks.len(), 1);
    assert_eq!(bass.notes(Lane::Bass), whole.notes(Lane::Bass));
}

#[test]
fn stems_sound_and_what_is_cancelled_changes_nothing() {
    let (shared, params) = short();
    let folder = folder("audio");
    let mut export = Export {
        folder: folder.display().to_string(),
        form: Form::Stems(Sound::default()),
        ..Export::default()
    };
    {
        let mut exporter = Exporter::new(&shared);
        exporter.start(&params, &export);
        while shared.exporting().is_some() {
            std::thread::sleep(std::time::Duration::from_millis(5));
        }
    }
    let mix = wav::read(&folder.join("MuseAroo mix.wav")).unwrap();
    let drums = wav::read(&folder.join("MuseAroo drums.wav")).unwrap();
    assert!(
        mix.peak() > 0.05 && drums.peak() > 0.02,
        "{} {}",
        mix.peak(),
        drums.peak()
    );
    // Four bars of 120 and what rings.
    assert_eq!(mix.frames(), 10 * 48_000);
    assert_eq!(std::fs::read_dir(&folder).unwrap().count(), 7);
    export.form = Form::Mix(Sound::default());
    // Dropped at once, which cancels: the old file stays, and nothing of the new one.
    Exporter::new(&shared).start(&params, &export);
    assert_eq!(wav::read(&folder.join("MuseAroo mix.wav")).unwrap(), mix);
    assert_eq!(std::fs::read_dir(&folder).unwrap().count(), 7);
    std::fs::remove_dir_all(&folder).unwrap();
}

#[test]
fn a_selection_is_cut_out_in_whole_bars() {
    let (shared, params) = short();
    let score = shared.score();
    let bass = Lane::Bass.index();
    let picked: Vec<_> = score.origins[bass]
        .iter()
        .filter(|n| n.spot.bar == 2)
        .copied()
        .collect();
    assert!(picked.len() > 1);
    let sheet = Sheet::of(&shared, &params);
    let scope = Scope::Notes(picked.clone().into());
    let file = sheet.file(&scope).unwrap();
    assert_eq!(file.tracks.len(), 1);
    let of_bar = score.notes[bass].iter().zip(&score.origins[bass]);
    let wanted: Vec<(i64, u8)> = of_bar
        .filter(|(_, origin)| origin.spot.bar == 2)
        .map(|(note, _)| ((note.onset.0 - 2 * 3840).max(0), note.pitch.0))
        .collect();
    let got: Vec<(i64, u8)> = file
        .notes(Lane::Bass)
        .iter()
        .map(|n| (n.onset.0, n.pitch.0))
        .collect();
    assert_eq!(got, wanted);
    assert_eq!(file.end.0 % 3840, 0);
    assert_eq!(sheet.name(&scope), "MuseAroo bass notes bar 3");
    let nothing = sheet.file(&Scope::Notes(Vec::new().into()));
    assert!(nothing.unwrap_err().contains("no notes"));
}

#[test]
fn a_file_has_the_song_s_name_inside_and_out() {
    let (shared, params) = short();
    let song = music::song::Song {
        title: music::name("Blue/Green"),
        ..shared.material().song.clone()
    };
    shared.set_song(song);
    let folder = folder("title");
    let path = Sheet::of(&shared, &params)
        .write(&Scope::Lane(Lane::Drums), &folder)
        .unwrap();
    assert_eq!(path, folder.join("Blue-Green drums.mid"));
    assert_eq!(SongFile::read(&path).unwrap().title, "Blue/Green");
    std::fs::remove_dir_all(&folder).unwrap();
}

#[test]
fn what_was_dragged_long_ago_is_deleted_and_nothing_else() {
    let (shared, params) = short();
    let user = folder("dragged");
    let sheet = Sheet::of(&shared, &params);
    let write = || {
        sheet
            .write_to_drag(&Scope::Lane(Lane::Bass), &user)
            .unwrap()
    };
    let (old, new) = (write(), write());
    assert_ne!(old, new);
    assert_eq!(old.file_name(), new.file_name(), "a clip is called by it");
    let other = user.join("styles");
    std::fs::create_dir_all(&other).unwrap();
    let days = std::time::Duration::from_secs(3 * 24 * 60 * 60);
    for folder in [old.parent().unwrap(), &other] {
        let past = std::time::SystemTime::now() - days;
        let file = std::fs::File::open(folder).unwrap();
        file.set_modified(past).unwrap();
    }
    clean(&user);
    assert!(!old.exists() && new.exists() && other.exists());
    std::fs::remove_dir_all(&user).unwrap();
}

#[test]
fn flac_holds_what_wav_holds_in_less_room() {
    let (shared, params) = short();
    let folder = folder("flac");
    for packed in [false, true] {
        let depth = wav::Depth::Sixteen;
        let export = Export {
            folder: folder.display().to_string(),
            form: Form::Mix(Sound { depth, packed }),
            ..Export::default()
        };
        let mut exporter = Exporter::new(&shared);
        exporter.start(&params, &export);
        while shared.exporting().is_some() {
            std::thread::sleep(std::time::Duration::from_millis(5));
        }
    }
    let wav = wav::read(&folder.join("MuseAroo mix.wav")).unwrap();
    let path = folder.join("MuseAroo mix.flac");
    let mut file = files::decode::Decoder::open(&path).unwrap();
    let (mut left, mut block) = (Vec::new(), <[Vec<f32>; 2]>::default());
    while file.next(&mut block).unwrap() {
        left.extend_from_slice(&block[0]);
    }
    assert_eq!(left, wav.channels[0]);
    let size = |ending: &str| {
        let path = folder.join(format!("MuseAroo mix.{ending}"));
        std::fs::metadata(path).unwrap().len()
    };
    assert!(size("flac") < size("wav") * 9 / 10);
    std::fs::remove_dir_all(&folder).unwrap();
}

#[test]
fn the_song_reads_as_a_lead_sheet_and_a_lane_note_by_note() {
    let (shared, _) = short();
    let score = shared.score();
    let sheet = text::of(&score, "Blue", &Scope::Song);
    let lines: Vec<&str> = sheet.lines().collect();
    assert_eq!((lines[0], lines[1]), ("Blue", "C major, 4/4"));
    // What is written can be typed back in, and means the same bars.
    let written: String = lines
        .iter()
        .filter(|line| line.starts_with('|'))
        .copied()
        .collect();
    let bars = written.replace("||", "|");
    let read = authoring::editing::chords::read(&bars, score.meter).unwrap();
    assert_eq!(read.len(), 4);
    assert_eq!(read[0][0].1, score.chords[0].chord);
    let lane = text::of(&score, "Blue", &Scope::Lane(Lane::Drums));
    assert_eq!(
        lane.lines().count(),
        3 + score.notes[Lane::Drums.index()].len()
    );
    assert!(lane.contains("kick") && lane.contains("\n1.1."));
}

#[test]
fn bars_are_cut_out_as_they_sound_in_the_song() {
    let (shared, params) = short();
    let folder = folder("bars");
    let sheet = Sheet::of(&shared, &params);
    let scope = Scope::Bars(1..3);
    assert_eq!(sheet.name(&scope), "MuseAroo bars 2-3");
    let file = sheet.file(&scope).unwrap();
    assert_eq!(file.end, Tick(2 * 3840));
    let score = shared.score();
    for lane in Lane::PLAYED {
        let inside = score.notes[lane.index()].iter();
        let count = inside
            .filter(|n| (3720..3 * 3840 - 120).contains(&n.onset.0))
            .count();
        assert_eq!(file.notes(lane).len(), count, "{lane:?}");
    }
    let read = |scope: &Scope, name: &str| {
        let export = Export {
            folder: folder.display().to_string(),
            form: Form::Stems(Sound::default()),
            scope: scope.clone(),
        };
        let mut exporter = Exporter::new(&shared);
        exporter.start(&params, &export);
        while shared.exporting().is_some() {
            std::thread::sleep(std::time::Duration::from_millis(5));
        }
        wav::read(&folder.join(format!("MuseAroo {name}.wav"))).unwrap()
    };
    let whole = read(&Scope::Song, "mix");
    let bars = read(&scope, "bars 2-3 mix");
    // Two bars of 120 BPM to the frame.
    assert_eq!(bars.frames(), 4 * 48_000);
    let late = (whole.channels[0].len() - 10 * 48_000) as i64;
    assert_eq!(late, 0);
    // The same sound, but for the dither; the look-ahead is taken off the front.
    let from = dsp::latency_samples(dsp::Latency::LookAhead, 48_000.0) + 2 * 48_000;
    for (side, whole) in bars.channels.iter().zip(&whole.channels) {
        let off = side.iter().zip(&whole[from..]).map(|(a, b)| (a - b).abs());
        assert!(off.fold(0.0, f32::max) < 1e-3);
    }
    assert!(folder.join("MuseAroo bars 2-3 drums.wav").exists());
    let gone = Export {
        folder: folder.display().to_string(),
        form: Form::Mix(Sound::default()),
        scope: Scope::Bars(40..44),
    };
    Exporter::new(&shared).start(&params, &gone);
    assert!(shared.log().last().unwrap().contains("no such bars"));
    std::fs::remove_dir_all(&folder).unwrap();
}
