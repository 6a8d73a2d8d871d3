use std::path::PathBuf;
use std::sync::Arc;

use files::midi::{Mark, SongFile, Track};
use music::chord::Chord;
use music::time::Meter;

use super::*;
use crate::worker::score::Writer;

struct Stand {
    shared: Arc<Shared>,
    params: Arc<MuseParams>,
    folder: PathBuf,
}

impl Stand {
    fn new(name: &str) -> Stand {
        let shared = Shared::new();
        shared.set_song(Song {
            bars: 8,
            ..Song::default()
        });
        let params = MuseParams::new(&shared);
        let folder = format!("musearoo-import-{name}-{}", std::process::id());
        let folder = std::env::temp_dir().join(folder);
        let _ = fs::remove_dir_all(&folder);
        fs::create_dir_all(&folder).unwrap();
        let stand = Stand {
            shared,
            params,
            folder,
        };
        stand.write_score();
        stand
    }
    fn write_score(&self) {
        let material = self.shared.material();
        let controls = self.params.controls();
        let mut writer = Writer::default();
        let score = writer.write(&material, &controls, Meter::default(), 120_000, Vec::new());
        self.shared.publish_score(score);
    }
    fn bring(&self, path: &Path, wanted: Wanted, bar: u16) -> String {
        let import = Import {
            path: path.display().to_string(),
            wanted,
            bar,
        };
        let form = self.shared.score().form.clone();
        let mut listener = Listener::new(&self.shared);
        bring(&self.shared, &self.params, &form, &import, &mut listener);
        self.write_score();
        self.shared.log().last().cloned().unwrap_or_default()
    }
    fn file(&self, name: &str, tracks: Vec<Track>, marks: Vec<(Tick, Mark)>) -> PathBuf {
        let path = self.folder.join(name);
        let file = SongFile {
            title: "Take".into(),
            tempi: vec![(Tick(0), 500_000)],
            meters: vec![(Tick(0), Meter::default())],
            marks,
            tracks,
            end: Tick(4 * 3840),
            ..SongFile::default()
        };
        file.write(&path).unwrap();
        path
    }
}

impl Drop for Stand {
    fn drop(&mut self) {
        let _ = fs::remove_dir_all(&self.folder);
    }
}

fn track(lane: Lane, notes: &[(i64, u8)]) -> Track {
    let note = |(onset, pitch): &(i64, u8)| FileNote {
        onset: Tick(*onset),
        pitch: Pitch(*pitch),
        velocity: 90,
        duration: 400,
    };
    Track {
        lane,
        channel: if lane == Lane::Drums { 10 } else { 1 },
        notes: notes.iter().map(note).collect(),
    }
}

#[test]
fn a_tune_takes_the_melody_s_place_and_undo_gives_it_back() {
    let stand = Stand::new("tune");
    let before = stand.shared.score().notes[Lane::Melody.index()].clone();
    let tune = [(0, 72), (960, 74), (3840, 76), (4800, 77)];
    let path = stand.file("tune.mid", vec![track(Lane::Melody, &tune)], Vec::new());
    let said = stand.bring(&path, Wanted::Melody, 2);
    assert_eq!(said, "tune.mid: 4 notes in 2 bars from bar 3.");
    let heard = stand.shared.score();
    let inside = |n: &&music::note::Note| (2 * 3840..4 * 3840).contains(&n.onset.0);
    let heard = heard.notes[Lane::Melody.index()].iter().filter(inside);
    let heard: Vec<(i64, u8)> = heard.map(|n| (n.onset.0 - 7680, n.pitch.0)).collect();
    assert_eq!(heard, tune);
    let log = stand.shared.history();
    assert_eq!(log.undo(), Some("Melody of tune.mid"));
    stand.shared.walk_history(log.done - 1);
    stand.write_score();
    assert_eq!(stand.shared.score().notes[Lane::Melody.index()], before);
}

#[test]
fn chords_are_typed_from_markers() {
    let stand = Stand::new("chords");
    let chord = |at: i64, symbol: &str| (Tick(at), Mark::Chord(symbol.to_owned()));
    let marks = vec![chord(0, "Dm7"), chord(3840, "G7"), chord(5760, "C")];
    let bass = track(Lane::Bass, &[(0, 38), (3840, 43), (7600, 48)]);
    let path = stand.file("chords.mid", vec![bass], marks);
    let said = stand.bring(&path, Wanted::Chords, 4);
    assert_eq!(said, "chords.mid: chords of 2 bars from bar 5.");
    let song = stand.shared.material().song.clone();
    let typed: Vec<(u16, u8, Option<Chord>)> = song
        .chords
        .iter()
        .map(|c| (c.bar, c.step, c.chord))
        .collect();
    let of = Chord::parse;
    let want = [
        (4, 0, of("Dm7")),
        (5, 0, of("G7")),
        (5, 8, of("C")),
        (6, 0, None),
    ];
    assert_eq!(typed, want);
    assert_eq!(stand.shared.history().undo(), Some("Chords of chords.mid"));
}

#[test]
fn a_feel_is_laid_on_a_part_and_the_rest_is_said_in_ms() {
    let stand = Stand::new("groove");
    let before = stand.shared.score();
    // Every off-beat eighth 30 ticks late, the beats on the grid.
    let hats: Vec<(i64, u8)> = (0..32).map(|i| (i * 480 + i % 2 * 30, 42)).collect();
    let path = stand.file("feel.mid", vec![track(Lane::Drums, &hats)], Vec::new());
    let said = stand.bring(&path, Wanted::Groove(Lane::Bass), 0);
    let numbers: Vec<f64> = said
        .split(' ')
        .filter_map(|word| word.parse().ok())
        .collect();
    assert_eq!(numbers.len(), 2, "{said}");
    assert!(numbers[1] < 1.0 && numbers[0] > numbers[1], "{said}");
    let after = stand.shared.score();
    let lane = Lane::Bass.index();
    assert_eq!(before.notes[lane].len(), after.notes[lane].len());
    assert_ne!(before.notes[lane], after.notes[lane]);
    assert_eq!(
        before.notes[Lane::Drums.index()],
        after.notes[Lane::Drums.index()]
    );
    let late = after.notes[lane]
        .iter()
        .filter(|n| n.onset.0 % 960 == 510)
        .count();
    assert!(late > 4, "{late} notes stand where the hats do");
}

#[test]
fn files_that_are_of_no_use_say_so_and_change_nothing() {
    let stand = Stand::new("bad");
    let write = |name: &str, bytes: &[u8]| {
        let path = stand.folder.join(name);
        fs::write(&path, bytes).unwrap();
        path
    };
    let huge = stand.folder.join("huge.mid");
    fs::File::create(&huge).unwrap().set_len(9 << 20).unwrap();
    let song = stand.shared.material().song.clone();
    for (path, why) in [
        (write("empty.mid", b""), "empty"),
        (write("text.mid", b"no notes here at all"), "MIDI"),
        (write("cut.mid", b"MThd\0\0\0\x06\0\x01\0\x01"), "MIDI"),
        (
            write("text.wav", b"nothing that sounds, and not much of it"),
            "audio",
        ),
        (huge, "too large"),
        (stand.folder.clone(), "folder"),
        (stand.folder.join("gone.mid"), "No such file"),
        (PathBuf::from("take.mid"), "whole path"),
    ] {
        let found = inspect(&path.display().to_string());
        assert_eq!(found.holds, Holds::Nothing, "{path:?}: {}", found.words);
        assert!(found.words.contains(why), "{path:?}: {}", found.words);
        for wanted in [Wanted::Chords, Wanted::Melody, Wanted::Groove(Lane::Bass)] {
            let said = stand.bring(&path, wanted, 0);
            assert!(!said.is_empty(), "{path:?}");
        }
        let said = stand.bring(&path, Wanted::Sound, 0);
        assert!(!said.contains("goes towards"), "{path:?}: {said}");
    }
    assert_eq!(stand.shared.material().song, song);
    assert_eq!(stand.shared.setup.get().reference, "");
}

#[test]
fn what_a_file_holds_is_said() {
    let stand = Stand::new("look");
    let bass = track(Lane::Bass, &[(0, 38), (3840, 43)]);
    let path = stand.file("a song.mid", vec![bass], Vec::new());
    let found = inspect(&format!("\"{}\"", path.display()));
    assert_eq!(found.words, "MIDI, 2 bars: Bass");
    let path = stand.folder.join("tone.wav");
    let audio = files::wav::Audio {
        rate_hz: 44_100,
        channels: vec![vec![0.1; 44_100 * 3]; 2],
    };
    files::wav::write(&path, &audio).unwrap();
    let found = inspect(&path.display().to_string());
    assert_eq!(
        (found.holds, found.words.as_str()),
        (Holds::Audio, "Audio, 0:03, 44100 Hz")
    );
    let said = stand.bring(&path, Wanted::Sound, 0);
    assert_eq!(said, "tone.wav: the mix goes towards its sound.");
    let kept = stand.shared.setup.get().reference;
    assert_eq!(kept, path.display().to_string());
}
