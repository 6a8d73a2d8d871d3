//! Files carried over the window's edge, with windows of our own on the other side.

use std::path::{Path, PathBuf};
use std::time::{Duration, Instant};

use files::midi::{AnyFile, SongFile};
use music::lane::Lane;
use tests::gui_rig::GuiRig;
use tests::saved;
use tests::xdnd::{Giver, Taker};

use super::{open, xdotool};

/// Longest that the other side of a drag is waited for. Taste: far more than a busy machine takes.
const PATIENCE: Duration = Duration::from_secs(40);

/// The name of the bass in its head, in a new window.
const BASS_HEAD: (i32, i32) = (80, 424);

fn at(x: i32, y: i32) {
    xdotool(&["mousemove", &x.to_string(), &y.to_string()]);
}

/// Presses on a place and pulls to another; the button stays down. Each step waits for the editor: a hand is slower
/// than a picture.
fn pull(gui: &mut GuiRig, from: (i32, i32), to: (i32, i32)) {
    at(from.0, from.1);
    gui.heed().unwrap();
    xdotool(&["mousedown", "1"]);
    gui.heed().unwrap();
    for i in 1..=8 {
        let part = |a: i32, b: i32| a + (b - a) * i / 8;
        at(part(from.0, to.0), part(from.1, to.1));
        gui.heed().unwrap();
    }
}

#[test]
fn a_lane_dragged_out_is_dropped_as_a_midi_file_with_its_notes() {
    let mut gui = open(1.0);
    gui.wait_until_drawn().unwrap();
    let place = (i32::from(gui.size.0) + 200, 300);
    let mut daw = Taker::open((place.0 - 100, place.1 - 100), (400, 300)).unwrap();
    pull(&mut gui, BASS_HEAD, place);
    let until = Instant::now() + PATIENCE;
    while !daw.is_offered() && Instant::now() < until {
        daw.hear().unwrap();
        gui.play(0.02).unwrap();
    }
    assert!(
        daw.is_offered(),
        "nothing is offered to the window under the mouse"
    );
    xdotool(&["mouseup", "1"]);
    let mut list = None;
    while list.is_none() && Instant::now() < until {
        list = daw.hear().unwrap();
        gui.play(0.02).unwrap();
    }
    let list = list.expect("nothing was dropped");
    let address = list
        .trim_end()
        .strip_prefix("file://")
        .expect("a file's address");
    let path = PathBuf::from(address.replace("%20", " "));
    assert!(path.ends_with("MuseAroo bass.mid"), "{path:?}");
    let file = SongFile::read(&path).unwrap();
    std::fs::remove_dir_all(path.parent().unwrap()).unwrap();
    let lanes: Vec<Lane> = file.tracks.iter().map(|track| track.lane).collect();
    assert_eq!(lanes, [Lane::Bass]);
    // The very notes that Export writes.
    assert!(
        file.notes(Lane::Bass).len() > 64,
        "{}",
        file.notes(Lane::Bass).len()
    );
    let sheet = saved::field(&gui.rig.save().unwrap(), "lead_sheet");
    let bars = sheet
        .ok()
        .and_then(|sheet| sheet["bars"].as_u64())
        .unwrap_or(64);
    assert_eq!(file.end.0, bars as i64 * 3840);
}

#[test]
fn a_lane_let_go_over_nothing_leaves_no_trace() {
    let mut gui = open(1.0);
    gui.wait_until_drawn().unwrap();
    let before = gui.rig.save().unwrap();
    let outside = (i32::from(gui.size.0) + 300, 300);
    pull(&mut gui, BASS_HEAD, outside);
    xdotool(&["mouseup", "1"]);
    gui.play(1.0).unwrap();
    gui.heed().unwrap();
    let song = |state: &[u8]| saved::field(state, "song").unwrap();
    assert_eq!(song(&before), song(&gui.rig.save().unwrap()));
    // The window is as it was: a click still reaches it, and it closes in time.
    gui.reopen().unwrap();
}

/// A tune of two bars as a file.
fn tune(folder: &Path) -> PathBuf {
    use files::midi::{FileNote, Track};
    use music::pitch::Pitch;
    use music::time::{Meter, Tick};
    let note = |(onset, pitch): (i64, u8)| FileNote {
        onset: Tick(onset),
        pitch: Pitch(pitch),
        velocity: 90,
        duration: 400,
    };
    let file = SongFile {
        title: "Tune".into(),
        tempi: vec![(Tick(0), 500_000)],
        meters: vec![(Tick(0), Meter::default())],
        tracks: vec![Track {
            lane: Lane::Melody,
            channel: 1,
            notes: [(0, 72), (1920, 76), (3840, 79)].map(note).into(),
        }],
        end: Tick(7680),
        ..SongFile::default()
    };
    let path = folder.join("a tune.mid");
    file.write(&path).unwrap();
    assert_eq!(AnyFile::read(&path).unwrap().tracks.len(), 1);
    path
}

#[test]
fn a_midi_file_dropped_on_the_window_is_brought_in_by_a_click() {
    let folder = std::env::temp_dir().join(format!("musearoo-dropping-{}", std::process::id()));
    std::fs::create_dir_all(&folder).unwrap();
    let path = tune(&folder);
    let mut gui = open(1.0);
    gui.wait_until_drawn().unwrap();
    let mut giver = Giver::open(&path).unwrap();
    let over = giver
        .find(400, 300)
        .unwrap()
        .expect("the window takes files");
    giver.enter(over).unwrap();
    giver.move_to(400, 300).unwrap();
    let until = Instant::now() + PATIENCE;
    while !giver.is_accepted() && Instant::now() < until {
        giver.hear().unwrap();
        gui.play(0.02).unwrap();
    }
    assert!(giver.is_accepted(), "the file is not welcome");
    giver.drop().unwrap();
    while !giver.is_finished() && Instant::now() < until {
        giver.hear().unwrap();
        gui.play(0.02).unwrap();
    }
    assert!(giver.is_finished(), "nobody fetched the file");
    gui.play(1.0).unwrap();
    gui.heed().unwrap();
    // The drawer at the foot on the right: "Bring in", which stands at chords.
    let (x, y) = (
        i32::from(gui.size.0) - 12 - 14 - 42,
        i32::from(gui.size.1) - 34 - 264,
    );
    let y = y + 14 + 26 + 8 + 36 + 26 + 72 + 13;
    at(x, y);
    gui.heed().unwrap();
    xdotool(&["click", "1"]);
    gui.play(1.5).unwrap();
    gui.heed().unwrap();
    let song = saved::field(&gui.rig.save().unwrap(), "song").unwrap();
    std::fs::remove_dir_all(&folder).unwrap();
    let chords = song["chords"].as_array().expect("a list of chords");
    assert!(!chords.is_empty(), "the chords were brought in: {song}");
}
