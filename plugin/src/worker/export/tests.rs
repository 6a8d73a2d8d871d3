use files::midi::{Mark, SongFile};
use files::wav;
use music::lane::Lane;
use music::time::{Meter, Tick};

use super::{Exporter, song_file};
use crate::export::{Export, Scope};
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
    let score = score(&shared, &params);
    let map = &shared.material().drum_map;
    let section = score.form.sections[2];
    let of = |scope| song_file(&score, scope, &[1; 6], map, 120_000);
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
        depth: Some(wav::Depth::TwentyFour),
        stems: true,
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
    export.stems = false;
    // Dropped at once, which cancels: the old file stays, and nothing of the new one.
    Exporter::new(&shared).start(&params, &export);
    assert_eq!(wav::read(&folder.join("MuseAroo mix.wav")).unwrap(), mix);
    assert_eq!(std::fs::read_dir(&folder).unwrap().count(), 7);
    std::fs::remove_dir_all(&folder).unwrap();
}
