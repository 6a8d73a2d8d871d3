//! Listening, end to end without a host: a short song is mixed to its target.

use music::controls::Controls;
use music::mix::{Decisions, Reason};
use music::song::Song;

use super::*;

fn task(bars: u16, set: impl FnOnce(&mut Faders)) -> Task {
    let shared = Shared::new();
    let params = MuseParams::new(&shared);
    shared.edit_song(
        "",
        Song {
            bars,
            ..shared.material().song.clone()
        },
    );
    let mut faders = params.faders();
    set(&mut faders);
    Task {
        material: shared.material(),
        controls: params.controls(),
        faders,
        tempo_mbpm: 120_000,
        wish: Wish::default(),
        shared,
        cancel: Arc::default(),
    }
}

#[test]
fn a_song_is_mixed_to_the_loudness_that_was_asked_for() {
    let task = task(8, |faders| faders.target_lufs = Some(-16.0));
    let decisions = task.listen().unwrap().expect("nobody cancelled");
    assert_eq!(decisions.master.target_lufs, -16.0);
    let lufs = task.loudness(&decisions, 0.0, "").unwrap().unwrap();
    assert!((lufs + 16.0).abs() < 0.1, "{lufs}");
    assert!(
        decisions
            .decisions
            .iter()
            .any(|d| matches!(d.why, Reason::Loudness(-16.0))),
        "{:?}",
        decisions.decisions
    );
}

#[test]
fn what_was_decided_follows_from_the_song_alone() {
    let (a, b) = (task(4, |_| ()), task(4, |_| ()));
    assert_eq!(a.listen(), b.listen());
}

#[test]
fn cancelling_leaves_everything_alone() {
    let task = task(64, |_| ());
    task.cancel.store(true, Ordering::Release);
    assert_eq!(task.listen(), Ok(None));
}

#[test]
fn a_reference_that_cannot_be_read_is_named() {
    let mut task = task(4, |_| ());
    task.wish.reference = "no-such-song.flac".into();
    assert!(task.listen().unwrap_err().contains("no-such-song.flac"));
}

#[test]
fn another_song_has_another_fingerprint_and_a_mix_has_not() {
    let task = task(8, |_| ());
    let (song, controls) = (&task.material.song, task.controls);
    let own = fingerprint(song, &controls, 120_000);
    let mixed = Song {
        mix: Some(Decisions::default()),
        ..song.clone()
    };
    assert_eq!(fingerprint(&mixed, &controls, 120_000), own);
    let longer = Song {
        bars: 9,
        ..song.clone()
    };
    assert_ne!(fingerprint(&longer, &controls, 120_000), own);
    let turned = Controls {
        seed: controls.seed + 1,
        ..controls
    };
    assert_ne!(fingerprint(song, &turned, 120_000), own);
    assert_ne!(fingerprint(song, &controls, 140_000), own);
}
