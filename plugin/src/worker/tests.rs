use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::time::Duration;

use files::midi::{FileNote, SongFile, Track};
use music::drum::Piece;
use music::lane::Lane;
use music::pitch::Pitch;
use music::time::{Meter, Tick};

use super::Worker;
use crate::handoff::Shared;
use crate::params::MuseParams;
use crate::snapshot::{Command, Reply};

/// A worker with a folder of songs and a place for a user's files, all of which go away with the test.
struct Stand {
    place: PathBuf,
    shared: Arc<Shared>,
    _params: Arc<MuseParams>,
    worker: Option<Worker>,
}

impl Stand {
    fn new(name: &str, songs: u64) -> Stand {
        let place = std::env::temp_dir().join(format!("worker-{name}-{}", std::process::id()));
        let _ = std::fs::remove_dir_all(&place);
        std::fs::create_dir_all(place.join("songs")).unwrap();
        for seed in 0..songs {
            let path = place.join(format!("songs/song-{seed}.mid"));
            song(seed).write(&path).unwrap();
        }
        let shared = Shared::new();
        let params = MuseParams::new(&shared);
        let worker = Worker::start_with(&shared, &params, Some(place.join("user")));
        Stand {
            place,
            shared,
            _params: params,
            worker,
        }
    }
    fn learn(&self, folder: &Path, name: &str) {
        self.shared.send(Command::Learn {
            folder: folder.display().to_string(),
            name: name.to_owned(),
        });
    }
    fn songs(&self) -> PathBuf {
        self.place.join("songs")
    }
    /// Waits for something to come true.
    fn until<T>(&self, what: &str, found: impl Fn(&Shared) -> Option<T>) -> T {
        for _ in 0..3000 {
            if let Some(found) = found(&self.shared) {
                return found;
            }
            std::thread::sleep(Duration::from_millis(10));
        }
        panic!("waited in vain for {what}; said: {:?}", self.shared.log());
    }
    fn reply(&self) -> Reply {
        self.until("an answer", Shared::take_reply)
    }
    fn said(&self, words: &str) -> String {
        self.until(words, |shared| {
            shared.log().into_iter().find(|line| line.contains(words))
        })
    }
    fn stored(&self) -> Vec<String> {
        let entries = std::fs::read_dir(self.place.join("user/styles"));
        let names = entries.into_iter().flatten().flatten();
        let mut all: Vec<String> = names
            .map(|entry| entry.file_name().to_string_lossy().into_owned())
            .collect();
        all.sort();
        all
    }
}

impl Drop for Stand {
    fn drop(&mut self) {
        self.worker.take();
        let _ = std::fs::remove_dir_all(&self.place);
    }
}

/// Eight bars of drums and bass.
fn song(seed: u64) -> SongFile {
    let track = |lane: Lane, strokes: &[(i64, u8)]| {
        let note = |bar: i64, (step, pitch): (i64, u8)| FileNote {
            onset: Tick(bar * 3840 + step * 240),
            pitch: Pitch(pitch),
            velocity: 96,
            duration: 220,
        };
        let all = (0..8).flat_map(|bar| strokes.iter().map(move |stroke| note(bar, *stroke)));
        Track {
            lane,
            channel: lane.default_channel(),
            notes: all.collect(),
        }
    };
    let kit = |piece: Piece| piece.general_midi().0;
    let (kick, snare) = (kit(Piece::Kick), kit(Piece::Snare));
    let drums = [
        (0, kick),
        (4, snare),
        (8 + seed as i64 % 3, kick),
        (12, snare),
    ];
    SongFile {
        tempi: vec![(Tick(0), 600_000)],
        meters: vec![(Tick(0), Meter::default())],
        tracks: vec![
            track(Lane::Drums, &drums),
            track(Lane::Bass, &[(0, 40), (6, 47), (12, 40)]),
        ],
        end: Tick(8 * 3840),
        ..SongFile::default()
    }
}

fn slot(reply: &Reply) -> u8 {
    assert_eq!(reply.set.len(), 1);
    assert_eq!(reply.set[0].0, "style");
    reply.set[0].1.parse().unwrap()
}

#[test]
fn a_learnt_style_is_stored_and_can_be_played_and_saved_at_once() {
    let stand = Stand::new("learn", 3);
    std::fs::write(stand.songs().join("broken.mid"), b"no MIDI").unwrap();
    let before = stand.shared.material();
    stand.learn(&stand.songs(), "Grandma's polka");
    let first = slot(&stand.reply());
    assert!(before.styles.iter().all(|style| style.slot != first));
    let material = stand.shared.material();
    assert_eq!(material.styles.len(), before.styles.len() + 1);
    assert_eq!(material.style(first).unwrap().name, "Grandma's polka");
    assert!(material.as_engines().is_some());
    assert!(
        stand.shared.heard.has_style(first),
        "the project carries it"
    );
    assert!(stand.shared.project.wants_main_thread());
    assert_eq!(stand.stored(), ["grandma-s-polka.toml"]);
    let said = stand.said("Learnt the style");
    assert!(said.contains("3 files with 24 bars") && said.contains(&first.to_string()));
    assert!(stand.said("Left out").contains("broken.mid"));
    stand.until("the end", |shared| {
        shared.learning().is_none().then_some(())
    });

    // What was stored is what plays.
    let library = authoring::Library::load(Some(&stand.place.join("user")));
    let file = library.style("grandma-s-polka").unwrap();
    assert_eq!(Some(file), material.style(first));

    stand.learn(&stand.songs(), "Grandma's polka");
    let second = slot(&stand.reply());
    assert_ne!(first, second);
    let material = stand.shared.material();
    assert_eq!(material.style(first).unwrap().name, "Grandma's polka");
    assert_eq!(material.style(second).unwrap().name, "Grandma's polka 2");
    assert_eq!(
        stand.stored(),
        ["grandma-s-polka-2.toml", "grandma-s-polka.toml"]
    );
}

#[test]
fn learning_can_be_cancelled_and_ends_with_the_worker() {
    let mut stand = Stand::new("cancel", 2);
    // Copies enough that the end is not reached before the word is.
    let song = std::fs::read(stand.songs().join("song-0.mid")).unwrap();
    for copy in 0..1500 {
        std::fs::write(stand.songs().join(format!("copy-{copy}.mid")), &song).unwrap();
    }
    stand.learn(&stand.songs(), "Never");
    stand.until("a start", |shared| shared.learning());
    stand.shared.send(Command::CancelLearning);
    stand.said("cancelled");
    stand.until("the end", |shared| {
        shared.learning().is_none().then_some(())
    });
    stand.learn(&stand.songs(), "Never either");
    stand.until("a start", |shared| shared.learning());
    stand.worker.take();
    assert_eq!(
        stand.shared.learning(),
        None,
        "no thread outlives the worker"
    );
    assert_eq!(stand.stored(), Vec::<String>::new());
    assert!(stand.shared.take_reply().is_none());
}

#[test]
fn what_cannot_be_learnt_is_one_clear_message() {
    let stand = Stand::new("errors", 0);
    stand.learn(&stand.place.join("nowhere"), "x");
    stand.said("nowhere");
    stand.learn(&stand.songs(), "x");
    stand.said("there are no MIDI files");
    stand.learn(Path::new("songs"), "x");
    stand.said("whole path");
    // A file where the folder for styles should be.
    song(0).write(&stand.songs().join("song.mid")).unwrap();
    std::fs::create_dir_all(stand.place.join("user")).unwrap();
    std::fs::write(stand.place.join("user/styles"), "").unwrap();
    stand.until("the end", |shared| {
        shared.learning().is_none().then_some(())
    });
    stand.learn(&stand.songs(), "x");
    stand.said("cannot be written");
    assert_eq!(stand.shared.log().len(), 4, "{:?}", stand.shared.log());
    assert!(stand.shared.take_reply().is_none());
}

#[test]
fn a_song_is_kept_and_loaded_as_one_step_and_one_that_is_broken_says_why() {
    let stand = Stand::new("shelf", 0);
    let shared = &stand.shared;
    let kept_bars = shared.material().song.bars;
    shared.send(Command::SaveSong {
        name: "Dusk".into(),
        tags: vec!["calm".into()],
    });
    stand.said("The song was saved");
    stand.until("the shelf", |shared| {
        shared
            .songs
            .get()
            .iter()
            .find(|song| song.stem == "dusk" && song.own)
            .cloned()
    });
    let mut song = shared.material().song.clone();
    song.bars = kept_bars + 16;
    song.start_bar = 9;
    shared.edit_song("", song);
    let steps = shared.history().done;
    shared.send(Command::LoadSong("dusk".into()));
    stand.until("the song", |shared| {
        (shared.material().song.bars == kept_bars).then_some(())
    });
    // Where the song lies in the project is the project's.
    assert_eq!(shared.material().song.start_bar, 9);
    stand.until("the step", |shared| {
        (shared.history().done == steps + 1).then_some(())
    });
    assert_eq!(shared.history().undo(), Some("Song \u{201c}Dusk\u{201d}"));
    shared.walk_history(steps);
    assert_eq!(shared.material().song.bars, kept_bars + 16);

    shared.send(Command::LoadSong("first/stage-lights".into()));
    stand.until("a knob", |shared| {
        std::iter::from_fn(|| shared.take_turn()).find(|(id, _)| id == "key")
    });
    assert_eq!(shared.material().song.title, "Stage lights");

    let torn = stand.place.join("user/songs/torn.json");
    std::fs::write(&torn, "{ \"name\": ").unwrap();
    let before = shared.material().song.clone();
    shared.send(Command::LoadSong("torn".into()));
    let why = stand.said("The song was not loaded");
    assert!(why.contains("torn.json: line 1"), "{why}");
    assert_eq!(shared.material().song, before);
}

#[test]
fn a_worker_whose_order_panicked_lives_on() {
    let stand = Stand::new("panic", 0);
    stand.shared.send(Command::Break);
    stand.said("failed, which is a bug in MuseAroo");
    stand.shared.send(Command::Prompt("waltz in D".into()));
    assert!(!stand.reply().understood.is_empty());
}

#[test]
fn a_song_is_renamed_and_deleted_on_disk_and_what_cannot_be_is_said() {
    let stand = Stand::new("own", 0);
    let shared = &stand.shared;
    shared.send(Command::SaveSong {
        name: "Dusk".into(),
        tags: Vec::new(),
    });
    stand.said("The song was saved");
    shared.send(Command::RenameSong {
        stem: "dusk".into(),
        name: "Dawn".into(),
    });
    stand.said("The song has another name");
    let has = |stem: &'static str| {
        move |shared: &Shared| {
            let songs = shared.songs.get();
            songs
                .iter()
                .any(|song| song.own && song.stem == stem)
                .then_some(())
        }
    };
    stand.until("the shelf", has("dawn"));
    assert!(has("dusk")(shared).is_none());
    shared.send(Command::DeleteSong("dusk".into()));
    assert!(stand.said("The song was not deleted").contains("dusk.json"));
    shared.send(Command::DeleteSong("dawn".into()));
    stand.said("\u{201c}Dawn\u{201d} was deleted");
    stand.until("the shelf", |shared| {
        has("dawn")(shared).is_none().then_some(())
    });
    assert!(!stand.place.join("user/songs/dawn.json").exists());
}
