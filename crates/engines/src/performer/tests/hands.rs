//! Keys on MIDI in: a chord that is held, a lane that is played by hand.

extern crate std;

use std::boxed::Box;
use std::vec::Vec;

use music::controls::{Keys, Latch};
use music::lane::Lane;
use music::note::Candidate;
use music::plan::BarPlace;

use super::super::output::Output;
use super::rig::{Rig, note, press, release};

fn bass(_: &Latch, p: &BarPlace, out: &mut Vec<Candidate>) {
    for beat in 0..4 {
        out.push(note(Lane::Bass, p, beat * 960, 0, 900, 36));
        out.push(note(Lane::Melody, p, beat * 960, 0, 900, 72));
    }
}

fn bass_pitches(rig: &Rig) -> Vec<u8> {
    rig.played()
        .iter()
        .filter(|n| n.lane == Lane::Bass)
        .map(|n| n.pitch)
        .collect()
}

#[test]
fn a_held_chord_counts_from_the_next_onset() {
    let mut rig = Rig::new(bass);
    rig.block(100, &[]);
    rig.block(100, &[press(10, 53), press(10, 57), press(20, 60)]);
    assert_eq!(rig.stage.held_chord().map(|c| c.root.0), Some(5));
    rig.run(30_000);
    rig.block(100, &[release(0, 53), release(1, 57), release(1, 60)]);
    assert_eq!(rig.stage.held_chord(), None);
    rig.run(30_000);
    rig.stop();
    assert_eq!(bass_pitches(&rig), [36, 41, 36]);
    rig.ended();
}

#[test]
fn a_chord_pressed_at_the_onsets_own_frame_counts() {
    let mut rig = Rig::new(bass);
    rig.block(8192, &[press(0, 53), press(0, 57), press(0, 60)]);
    assert_eq!(bass_pitches(&rig), [41]);
}

#[test]
fn keys_that_are_off_do_nothing() {
    let mut rig = Rig::new(bass);
    rig.controls.keys = Keys::Off;
    rig.block(8192, &[press(0, 53), press(0, 57), press(0, 60)]);
    assert_eq!(rig.stage.held_chord(), None);
    assert_eq!(bass_pitches(&rig), [36]);
}

#[test]
fn a_lane_is_played_by_hand_while_the_others_go_on() {
    let mut rig = Rig::new(bass);
    rig.controls.keys = Keys::Lane(Lane::Melody);
    rig.block(8192, &[press(100, 80), release(5000, 80)]);
    rig.run(90_000);
    rig.stop();
    let heard = rig.ended();
    let melody: Vec<_> = heard.iter().filter(|n| n.lane == Lane::Melody).collect();
    assert_eq!(melody.len(), 1);
    assert_eq!(
        (melody[0].on, melody[0].off, melody[0].pitch),
        (100, 5000, 80)
    );
    assert_eq!(heard.iter().filter(|n| n.lane == Lane::Bass).count(), 5);
}

#[test]
fn a_hand_plays_without_a_transport_and_through_a_stop() {
    let mut rig = Rig::new(bass);
    rig.controls.keys = Keys::Lane(Lane::Harmony);
    rig.playing = false;
    rig.block(64, &[press(3, 60)]);
    rig.playing = true;
    rig.locate(0.0);
    rig.run(1000);
    rig.stop();
    rig.block(64, &[release(5, 60)]);
    let heard = rig.ended();
    let hand: Vec<_> = heard
        .iter()
        .filter(|n| n.lane == Lane::Harmony)
        .map(|n| (n.on, n.off))
        .collect();
    assert_eq!(hand, [(3, 64 + 1000 + 16 + 5)]);
}

#[test]
fn changing_what_keys_do_never_hangs_a_note() {
    let mut rig = Rig::new(bass);
    rig.controls.keys = Keys::Lane(Lane::Harmony);
    rig.block(64, &[press(3, 60), press(3, 64), press(3, 67)]);
    rig.controls.keys = Keys::Lane(Lane::Texture);
    rig.block(64, &[]);
    assert_eq!(rig.played().iter().filter(|n| n.off == 64).count(), 3);
    rig.controls.keys = Keys::Chords;
    rig.block(64, &[]);
    assert_eq!(rig.stage.held_chord().map(|c| c.root.0), Some(0));
    rig.controls.keys = Keys::Off;
    rig.block(64, &[release(3, 60), release(3, 64), release(3, 67)]);
    rig.stop();
    rig.ended();
}

#[test]
fn a_hand_on_the_drums_uses_their_keys() {
    let mut rig = Rig::new(|_, _, _| {});
    rig.controls.keys = Keys::Lane(Lane::Drums);
    rig.block(64, &[press(0, 36), press(1, 36), release(9, 36)]);
    let heard: Vec<_> = rig.ended().iter().map(|n| (n.on, n.off)).collect();
    assert_eq!(heard, [(0, 1), (1, 9)]);
}

#[test]
fn a_reset_forgets_the_keys_and_a_bypass_does_not() {
    let mut rig = Rig::new(bass);
    rig.block(64, &[press(0, 53), press(0, 57), press(0, 60)]);
    let mut out = Box::<Output>::default();
    rig.stage.release_all(0, &mut out);
    rig.take(&out);
    assert!(rig.stage.held_chord().is_some());
    rig.stage.release_later();
    assert!(rig.stage.held_chord().is_none());
}
