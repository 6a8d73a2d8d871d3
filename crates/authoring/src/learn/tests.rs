use super::*;
use crate::groove_file;
use crate::library::StyleText;
use crate::style_check;
use crate::style_file::{self, NamedGroove};
use files::midi::{FileNote, Mark, SongFile, Track};
use music::drum::Piece;
use music::lane::Lane;
use music::pitch::Pitch;
use music::style::Style;
use music::time::{Meter, Tick};
use std::fs;

/// A folder that goes away with the test.
struct Folder(PathBuf);

impl Folder {
    fn new(name: &str) -> Folder {
        let path = std::env::temp_dir().join(format!("learn-{name}-{}", std::process::id()));
        let _ = fs::remove_dir_all(&path);
        fs::create_dir_all(path.join("deeper")).unwrap();
        Folder(path)
    }
}

impl Drop for Folder {
    fn drop(&mut self) {
        let _ = fs::remove_dir_all(&self.0);
    }
}

/// A throw that is the same everywhere.
fn throw(seed: u64, place: u64, sides: u64) -> u64 {
    let mut x =
        seed.wrapping_mul(0x9e37_79b9_7f4a_7c15) ^ place.wrapping_mul(0xd1b5_4a32_d192_ed03);
    x ^= x >> 29;
    x = x.wrapping_mul(0xbf58_476d_1ce4_e5b9);
    (x >> 33) % sides
}

const SWING: i64 = 40;

/// A song in A minor: kick on 1 and mostly on the second eighth of beat 3, snare on 2 and 4, swung sixteenth
/// hats, roots and fifths, chords on off-beats, a tune that wanders.
fn song(seed: u64, drums: bool) -> SongFile {
    let mut tracks: Vec<Track> = Lane::PLAYED
        .into_iter()
        .filter(|l| *l != Lane::Texture && (drums || *l != Lane::Drums))
        .map(|lane| Track {
            lane,
            channel: lane.default_channel(),
            notes: Vec::new(),
        })
        .collect();
    let roots = [[45, 41, 43, 40], [45, 43, 41, 43]][(seed % 2) as usize];
    let mut degree = 4i64;
    for bar in 0..32u64 {
        let mut put = |lane: Lane, step: u64, pitch: u8, velocity: u8, steps: i64| {
            let swung = if step % 2 == 1 { SWING } else { 0 };
            let notes = tracks.iter_mut().find(|t| t.lane == lane);
            if let Some(track) = notes {
                track.notes.push(FileNote {
                    onset: Tick((bar * 3840 + step * 240) as i64 + swung),
                    pitch: Pitch(pitch),
                    velocity,
                    duration: steps * 240 - 30,
                });
            }
        };
        let place = |step: u64| bar * 64 + step;
        let fill = bar % 8 == 7;
        for step in 0..16u64 {
            let mut hit = |piece: Piece, velocity: u8| {
                put(Lane::Drums, step, piece.general_midi().0, velocity, 1);
            };
            if fill && step >= 8 {
                let piece = [Piece::TomHigh, Piece::TomMid, Piece::Snare, Piece::TomLow];
                if throw(seed, place(step) + 7, 10) < 8 {
                    hit(piece[(step / 2 % 4) as usize], 90 + (step as u8));
                }
                continue;
            }
            if step == 0 || (step == 10 && throw(seed, place(step), 10) < 8) {
                hit(Piece::Kick, 112);
            }
            if step == 4 || step == 12 {
                hit(Piece::Snare, 108);
            }
            if step == 7 && throw(seed, place(step) + 1, 10) < 3 {
                hit(Piece::Snare, 36);
            }
            if throw(seed, place(step) + 2, 10) < 9 {
                hit(Piece::HatClosed, if step % 4 == 0 { 90 } else { 60 });
            }
        }
        let root = roots[(bar % 4) as usize];
        put(Lane::Bass, 0, root, 100, 4);
        put(Lane::Bass, 6, root + 7, 84, 2);
        if throw(seed, place(40), 2) == 0 {
            put(Lane::Bass, 10, root, 90, 3);
        }
        let third = if root == 45 || root == 40 { 3 } else { 4 };
        for step in [2, 6, 10, 14] {
            for tone in [0, third, 7] {
                put(Lane::Harmony, step, root + 12 + tone, 72, 2);
            }
        }
        let scale = [57, 59, 60, 62, 64, 65, 67, 69, 71, 72, 74, 76];
        for step in [0, 3, 6, 8, 11, 12, 14] {
            if bar % 4 < 3 && throw(seed, place(step) + 20, 10) < 7 {
                degree += [-2, -1, -1, 0, 1, 1, 2, 4][throw(seed, place(step) + 30, 8) as usize];
                degree = degree.clamp(1, 10);
                put(Lane::Melody, step, scale[degree as usize], 88, 2);
            }
        }
    }
    for track in &mut tracks {
        track.notes.sort();
    }
    let marks = (0..4).map(|i| {
        let word = ["verse", "chorus"][i % 2];
        (Tick(i as i64 * 8 * 3840), Mark::Section(word.to_owned()))
    });
    SongFile {
        tempi: vec![(Tick(0), 600_000 + seed as u32 * 4000)],
        meters: vec![(Tick(0), Meter::default())],
        marks: marks.collect(),
        tracks,
        end: Tick(32 * 3840),
        ..SongFile::default()
    }
}

fn wish() -> Wish {
    Wish {
        name: "My \"own\" style".to_owned(),
        stem: "mine".to_owned(),
    }
}

fn folder_of_songs(name: &str, count: u64) -> Folder {
    let folder = Folder::new(name);
    for seed in 0..count {
        let inside = if seed % 2 == 0 { "deeper" } else { "" };
        let path = folder.0.join(inside).join(format!("song-{seed}.mid"));
        song(seed, true).write(&path).unwrap();
    }
    folder
}

/// Strokes of a piece in a bar at the usual density.
fn strokes_a_bar(style: &Style, piece: Piece) -> f64 {
    let mut sum = 0.0;
    let mut weights = 0.0;
    for groove in &style.drums.grooves {
        weights += groove.weight as f64;
        for line in groove.lines.iter().filter(|l| l.piece == piece) {
            let heard = line
                .pattern
                .steps
                .iter()
                .filter(|s| s.priority >= 4)
                .count();
            sum += groove.weight as f64 * heard as f64 / line.pattern.bars() as f64;
        }
    }
    sum / weights
}

/// The style of a text, read as a user's file would be.
fn read(text: &str, library: &Library) -> Style {
    let grooves: Vec<NamedGroove> =
        fs::read_dir(Path::new(env!("CARGO_MANIFEST_DIR")).join("../../presets/grooves"))
            .unwrap()
            .flatten()
            .map(|entry| NamedGroove {
                stem: entry
                    .path()
                    .file_stem()
                    .unwrap()
                    .to_string_lossy()
                    .into_owned(),
                template: groove_file::read("x", &fs::read_to_string(entry.path()).unwrap())
                    .unwrap(),
            })
            .collect();
    let read = style_file::read("mine.toml", "mine", text, &grooves);
    let mut style = read.unwrap_or_else(|p| panic!("{}\n{text}", p[0]));
    assert!(library.resolve(&mut style).is_empty());
    *style
}

#[test]
fn what_was_played_is_found_again() {
    let folder = folder_of_songs("played", 6);
    let library = Library::load(None);
    let mut told = Vec::new();
    let learnt = from_folder(&folder.0, &wish(), &library, &mut |p| {
        told.push((p.done, p.total));
        true
    })
    .unwrap();
    assert_eq!((learnt.files, learnt.bars), (6, 192));
    assert_eq!(told.len(), 7);
    assert!(told.iter().all(|(_, total)| *total == 6) && told[6].0 == 6);
    assert_eq!(learnt.missing, ["texture"]);
    assert!(
        learnt
            .text
            .starts_with("# My \"own\" style: learnt from 6 songs with 192 bars.")
    );
    let style = read(&learnt.text, &library);
    assert_eq!(style.name, "My \"own\" style");
    assert!(library.styles.iter().all(|s| s.slot != style.slot));
    assert!(style.minor);
    assert!((96..=100).contains(&style.tempo.1), "{:?}", style.tempo);
    // 280 against 200 ticks.
    let ratio = style.swing.points[0].1;
    assert_eq!(style.swing.unit, music::groove::SwingUnit::Sixteenth);
    assert!((1350..=1450).contains(&ratio), "{ratio}");
    assert!(style.drums.grooves.len() >= 3);
    for groove in &style.drums.grooves {
        let line = |piece| groove.lines.iter().find(|l| l.piece == piece);
        let kick = line(Piece::Kick).unwrap();
        assert_eq!(kick.pattern.steps[0].priority, 9);
        assert_eq!(kick.pattern.steps[0].velocity, 113);
        let snare = line(Piece::Snare).unwrap();
        assert!(snare.pattern.steps[4].priority == 9 && snare.pattern.steps[12].priority == 9);
        assert_eq!(snare.pattern.steps[8].priority, 0);
    }
    let kicks = strokes_a_bar(&style, Piece::Kick);
    assert!((1.5..=2.1).contains(&kicks), "{kicks}");
    let hats = strokes_a_bar(&style, Piece::HatClosed);
    assert!((12.5..=16.0).contains(&hats), "{hats}");
    assert_eq!(style.drums.players, 1);
    let toms = style
        .drums
        .fills
        .iter()
        .any(|f| f.lines.iter().any(|l| l.piece == Piece::TomHigh));
    assert!(toms && style.drums.fills.len() >= 4);
    let bass = &style.bass.patterns[0].pattern.steps;
    assert_eq!((bass[0].priority, bass[0].tag, bass[0].span), (9, 0, 4));
    assert_eq!((bass[6].priority, bass[6].tag), (9, 2));
    let comp = &style.harmony.patterns[0].pattern.steps;
    let struck: Vec<usize> = (0..16).filter(|s| comp[*s].priority >= 4).collect();
    assert_eq!(struck, [2, 6, 10, 14]);
    assert_eq!(style.harmony.voices, 3);
    for chords in ["\"i | VI | VII | v\"", "\"i | VII | VI | VII\""] {
        assert!(
            learnt.text.contains(chords),
            "{chords} is missing in\n{}",
            learnt.text
        );
    }
    assert!(style.melody.cells.len() >= 4);
    assert!(
        (55..=90).contains(&style.melody.steps),
        "{}",
        style.melody.steps
    );
    assert!(style.melody.range.0 >= 56 && style.melody.range.1 <= 77);
}

#[test]
fn the_linter_finds_nothing_weak_in_what_was_learnt() {
    let folder = folder_of_songs("linter", 5);
    let library = Library::load(None);
    let learnt = from_folder(&folder.0, &wish(), &library, &mut |_| true).unwrap();
    let style = read(&learnt.text, &library);
    let text = StyleText {
        stem: "mine".into(),
        path: "styles/mine.toml".into(),
        text: learnt.text.clone(),
    };
    let found = style_check::check_style(&style, &library, &text, 60);
    let said: Vec<String> = found.iter().map(|p| p.to_string()).collect();
    assert!(said.is_empty(), "{}\n{}", said.join("\n"), learnt.text);
}

#[test]
fn no_two_bars_of_a_tune_are_kept() {
    let folder = folder_of_songs("copies", 4);
    let library = Library::load(None);
    let learnt = from_folder(&folder.0, &wish(), &library, &mut |_| true).unwrap();
    let style = read(&learnt.text, &library);
    // A cell is one bar of rhythm at most, so no file can hold two bars of anybody's.
    for cell in &style.melody.cells {
        let own = cell.pattern.bars() == 1 || {
            let nearest = library.style(&learnt.template).unwrap();
            nearest.melody.cells.contains(cell)
        };
        assert!(own);
    }
    // And what the band then sings are no two bars of a source: steps and intervals.
    let bars_of = |notes: &[(i64, u8)]| -> Vec<Vec<(i64, i16)>> {
        let last = notes.iter().map(|n| n.0 / 16).max().unwrap_or(0);
        (0..=last)
            .map(|bar| {
                let own = notes.iter().filter(|n| n.0 / 16 == bar);
                let own: Vec<&(i64, u8)> = own.collect();
                let first = own.first().map_or(0, |n| n.1) as i16;
                own.iter().map(|n| (n.0 % 16, n.1 as i16 - first)).collect()
            })
            .collect()
    };
    let mut sources = std::collections::BTreeSet::new();
    for seed in 0..4 {
        let notes: Vec<(i64, u8)> = song(seed, true)
            .notes(Lane::Melody)
            .iter()
            .map(|n| (n.onset.0 / 240, n.pitch.0))
            .collect();
        for pair in bars_of(&notes).windows(2) {
            if pair.iter().all(|b| b.len() > 1) {
                sources.insert(pair.to_vec());
            }
        }
    }
    assert!(sources.len() > 40);
    let mut sung = 0;
    for seed in 1..=8 {
        let notes = style_check::tune(&style, seed);
        for pair in bars_of(&notes).windows(2) {
            if pair.iter().all(|b| b.len() > 1) {
                sung += 1;
                assert!(!sources.contains(pair), "{pair:?}");
            }
        }
    }
    assert!(sung > 40, "{sung}");
}

#[test]
fn folders_without_use_are_said_and_broken_files_named() {
    let library = Library::load(None);
    let folder = Folder::new("broken");
    let go = |folder: &Folder| from_folder(&folder.0, &wish(), &library, &mut |_| true);
    assert!(matches!(go(&folder), Err(LearnError::NoFiles(_))));
    fs::write(folder.0.join("notes.txt"), "nothing").unwrap();
    fs::write(folder.0.join("torn.mid"), b"MThd\0\0").unwrap();
    fs::write(folder.0.join("deeper/other.MID"), b"RIFF").unwrap();
    match go(&folder) {
        Err(LearnError::NothingUsable(all)) => {
            assert_eq!(all.len(), 2);
            assert_eq!(all[0].0, "deeper/other.MID");
        }
        other => panic!("{other:?}"),
    }
    song(3, false).write(&folder.0.join("fine.mid")).unwrap();
    let learnt = go(&folder).unwrap();
    assert_eq!((learnt.files, learnt.skipped.len()), (1, 2));
    assert_eq!(learnt.missing, ["drums", "texture"]);
    let nearest = library.style(&learnt.template).unwrap();
    assert_eq!(read(&learnt.text, &library).drums, nearest.drums);
    let stopped = from_folder(&folder.0, &wish(), &library, &mut |p| p.done < 1);
    assert_eq!(stopped, Err(LearnError::Cancelled));
    let nowhere = from_folder(&folder.0.join("x"), &wish(), &library, &mut |_| true);
    assert!(matches!(nowhere, Err(LearnError::Folder(..))));
}
