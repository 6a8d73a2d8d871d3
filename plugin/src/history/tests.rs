use std::sync::Arc;

use music::song::Song;

use super::{History, MOST_BYTES, MOST_STEPS, Turn};
use crate::handoff::Shared;
use crate::params::MuseParams;

fn with(shared: &Shared, change: impl FnOnce(&mut Song)) {
    let mut song = shared.material().song.clone();
    change(&mut song);
    shared.edit_song("", song);
}

fn turn(id: &str, before: f32, after: f32) -> Vec<Turn> {
    let id = id.to_owned();
    vec![Turn { id, before, after }]
}

#[test]
fn steps_are_taken_back_and_done_again_to_the_very_same_song() {
    let shared = Shared::new();
    let mut songs = vec![shared.material().song.clone()];
    for bars in [32, 48, 96] {
        with(&shared, |song| song.bars = bars);
        with(&shared, |song| {
            song.instruments[1] = music::name(&format!("bass-{bars}"))
        });
        songs.push(shared.material().song.clone());
    }
    assert_eq!(shared.history().undo(), Some("Bass instrument"));
    for (done, at) in [(4, 2), (0, 0), (6, 3), (2, 1)] {
        shared.walk_history(done);
        assert_eq!(shared.material().song, songs[at], "{done} steps done");
    }
    assert_eq!(shared.history().redo(), Some("Length 48 bars"));
    with(&shared, |song| song.bars = 16);
    assert_eq!(shared.history().redo(), None, "another way was taken");
    assert_eq!(shared.history().done, 3);
}

#[test]
fn what_was_turned_goes_back_through_the_host() {
    let shared = Shared::new();
    shared.note_turns("Swing 60 %", turn("swing", 0.2, 0.6), false);
    shared.note_turns("Swing 70 %", turn("swing", 0.6, 0.7), true);
    shared.note_turns("Swing 90 %", turn("swing", 0.7, 0.9), false);
    assert_eq!(shared.history().steps, ["Swing 70 %", "Swing 90 %"]);
    shared.walk_history(0);
    let asked: Vec<_> = std::iter::from_fn(|| shared.take_turn()).collect();
    assert_eq!(asked, [("swing".into(), 0.7), ("swing".into(), 0.2)]);
}

#[test]
fn a_prompt_is_one_step() {
    let shared = Shared::new();
    let song = Song {
        bars: 24,
        ..Song::default()
    };
    shared.edit_song("\u{201c}24 bars of funk\u{201d}", song);
    shared.note_turns(
        "\u{201c}24 bars of funk\u{201d}",
        turn("style", 0.1, 0.3),
        false,
    );
    assert_eq!(shared.history().done, 1);
    shared.walk_history(0);
    assert_eq!(shared.material().song, Song::default());
    assert_eq!(shared.take_turn(), Some(("style".into(), 0.1)));
}

#[test]
fn the_log_is_bounded_and_folds_the_oldest_away() {
    let shared = Shared::new();
    for i in 0..MOST_STEPS + 30 {
        with(&shared, |song| song.bars = 32 + (i % 2) as u16);
    }
    assert_eq!(shared.history().done, MOST_STEPS);
    let text = |i: usize| format!("{i:0>5}").repeat(20_000);
    let mut history = History::default();
    for i in 0..40 {
        history.turned(&text(i), turn("swing", 0.0, 1.0), false);
    }
    assert_eq!(history.steps.len(), 40, "words are cut");
    let bytes: usize = shared
        .history
        .read(|h| h.steps.iter().map(super::Step::bytes).sum());
    assert!(bytes < MOST_BYTES);
}

#[test]
fn a_save_keeps_the_steps_and_a_damaged_one_starts_anew() {
    let shared = Shared::new();
    with(&shared, |song| song.bars = 40);
    with(&shared, |song| {
        let chord = music::chord::Chord::parse("Dm7");
        let typed = |bar| music::song::TypedChord {
            bar,
            step: 0,
            chord,
        };
        song.chords.extend([typed(2), typed(3)]);
    });
    let saved = shared
        .history
        .read(|history| serde_json::to_string(history).unwrap());
    let other = Shared::new();
    other.set_song(shared.material().song.clone());
    let read: History = serde_json::from_str(&saved).unwrap();
    other.set_history(read.mended());
    other.walk_history(1);
    assert!(other.material().song.chords.is_empty());
    other.walk_history(0);
    assert_eq!(other.material().song, Song::default());
    // Steps of another song touch nothing.
    let foreign = Shared::new();
    foreign.set_history(serde_json::from_str(&saved).unwrap());
    foreign.walk_history(0);
    assert_eq!(foreign.material().song, Song::default());
    assert!(foreign.history().steps.is_empty());
}

#[test]
fn two_versions_are_compared_and_going_over_can_be_taken_back() {
    let shared = Shared::new();
    let params: Arc<MuseParams> = MuseParams::new(&shared);
    let bars = |shared: &Shared| shared.material().song.bars;
    shared.compare(&params);
    assert_eq!(
        (bars(&shared), shared.history().is_b),
        (64, true),
        "a copy at first"
    );
    with(&shared, |song| song.bars = 32);
    shared.compare(&params);
    assert_eq!((bars(&shared), shared.history().is_b), (64, false));
    shared.compare(&params);
    assert_eq!((bars(&shared), shared.history().is_b), (32, true));
    shared.walk_history(shared.history().done - 1);
    assert_eq!((bars(&shared), shared.history().is_b), (64, false));
    shared.compare(&params);
    assert_eq!((bars(&shared), shared.history().is_b), (32, true));
    assert_eq!(shared.take_turn(), None, "no knob was turned");
}
