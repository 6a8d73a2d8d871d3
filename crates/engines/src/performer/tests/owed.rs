//! Note-offs: whatever happens, each start is ended once.

extern crate std;

use std::boxed::Box;
use std::vec::Vec;

use music::controls::Latch;
use music::drum::{DrumMap, Piece};
use music::lane::{Lane, LaneSet};
use music::note::Candidate;
use music::pitch::Pitch;
use music::plan::BarPlace;

use super::super::output::{Event, Output};
use super::rig::{Rig, note};

fn long(_: &Latch, p: &BarPlace, out: &mut Vec<Candidate>) {
    out.push(note(Lane::Harmony, p, 0, 0, 3800, 60));
    out.push(note(Lane::Texture, p, 480, 0, 2000, 60));
    out.push(note(Lane::Bass, p, 0, 0, 3800, 36));
}

fn midi(rig: &Rig) -> Vec<(u64, bool, u8, u8)> {
    let events = rig.log.iter().filter_map(|(at, event)| match *event {
        Event::MidiOn { channel, key, .. } => Some((*at, true, channel, key.0)),
        Event::MidiOff { channel, key, .. } => Some((*at, false, channel, key.0)),
        _ => None,
    });
    events.collect()
}

#[test]
fn a_stop_ends_what_sounds() {
    let mut rig = Rig::new(long);
    rig.run(20_000);
    rig.stop();
    assert!(rig.ended().iter().all(|n| n.off == 20_000));
}

#[test]
fn a_host_without_tempo_ends_what_sounds() {
    for tempo in [0.0, f64::NAN] {
        let mut rig = Rig::new(long);
        rig.run(20_000);
        rig.tempo(tempo);
        rig.block(64, &[]);
        assert_eq!(rig.ended().len(), 3);
    }
}

#[test]
fn bypass_ends_what_sounds_and_nothing_ends_again() {
    let mut rig = Rig::new(long);
    rig.run(20_000);
    let mut out = Box::<Output>::default();
    rig.stage.release_all(0, &mut out);
    rig.take(&out);
    rig.ended();
    // Playing on from the middle: harmony and texture are chased, and end once more.
    rig.run(1000);
    rig.stop();
    assert_eq!(rig.ended().len(), 3 + 2);
}

#[test]
fn offs_owed_at_deactivation_go_out_at_the_start_of_the_next_call() {
    let mut rig = Rig::new(long);
    rig.run(20_000);
    rig.stage.release_later();
    rig.playing = false;
    rig.block(64, &[]);
    assert!(rig.ended().iter().all(|n| n.off == 20_000));
}

#[test]
fn a_new_song_ends_what_sounds_and_goes_on() {
    let mut rig = Rig::new(long);
    rig.run(20_000);
    rig.stage.song_changed();
    rig.run(4_000);
    rig.stop();
    let heard = rig.ended();
    assert_eq!(heard.iter().filter(|n| n.off == 20_000).count(), 3);
    assert_eq!(
        heard.iter().filter(|n| n.on == 20_000).count(),
        2,
        "pads are chased"
    );
}

#[test]
fn a_lane_switched_off_ends_at_once_and_leaves_the_others() {
    let mut rig = Rig::new(long);
    rig.run(20_000);
    rig.controls.lanes[Lane::Harmony.index()].on = false;
    rig.run(10_000);
    let off: Vec<_> = rig
        .played()
        .iter()
        .map(|n| (n.lane, n.off == 20_000))
        .collect();
    assert!(off.contains(&(Lane::Harmony, true)) && off.contains(&(Lane::Bass, false)));
    rig.song.lanes = LaneSet::ALL.without(Lane::Bass);
    rig.run(96_000);
    rig.stop();
    assert_eq!(
        rig.ended().iter().filter(|n| n.lane == Lane::Bass).count(),
        1
    );
}

#[test]
fn a_change_of_channel_ends_midi_on_the_old_one() {
    let mut rig = Rig::new(long);
    rig.run(20_000);
    rig.controls.lanes[Lane::Bass.index()].channel = 9;
    rig.run(80_000);
    rig.controls.lanes[Lane::Bass.index()].channel = 0;
    rig.run(10_000);
    rig.stop();
    let bass: Vec<_> = midi(&rig)
        .into_iter()
        .filter(|(.., key)| *key == 36)
        .collect();
    assert_eq!(
        bass,
        [
            (0, true, 2, 36),
            (20_000, false, 2, 36),
            (96_000, true, 9, 36),
            (100_000, false, 9, 36)
        ]
    );
    // The instrument played its note to the end.
    assert_eq!(rig.ended()[0].off, 95_000);
}

#[test]
fn lanes_that_share_a_channel_and_key_are_counted() {
    let mut rig = Rig::new(long);
    rig.controls.lanes[Lane::Texture.index()].channel = 3;
    rig.run_ticks(3839);
    rig.stop();
    let shared: Vec<_> = midi(&rig)
        .into_iter()
        .filter(|(.., channel, _)| *channel == 3)
        .collect();
    // Struck again by the second lane, ended by the last.
    assert_eq!(
        shared,
        [
            (0, true, 3, 60),
            (12_000, false, 3, 60),
            (12_000, true, 3, 60),
            (95_000, false, 3, 60)
        ]
    );
    rig.ended();
}

#[test]
fn lanes_that_strike_a_shared_key_together_strike_it_once() {
    let mut rig = Rig::new(|_, p, out| {
        out.push(note(Lane::Harmony, p, 0, 0, 960, 60));
        out.push(note(Lane::Texture, p, 0, 0, 1920, 60));
    });
    rig.controls.lanes[Lane::Texture.index()].channel = 3;
    rig.run_ticks(3800);
    rig.stop();
    assert_eq!(midi(&rig), [(0, true, 3, 60), (48_000, false, 3, 60)]);
    rig.ended();
}

#[test]
fn a_channel_that_is_off_sends_no_midi() {
    let mut rig = Rig::new(long);
    for lane in &mut rig.controls.lanes {
        lane.channel = 0;
    }
    rig.run(96_000);
    rig.stop();
    assert_eq!(midi(&rig), []);
    assert_eq!(rig.ended().len(), 3);
}

#[test]
fn a_note_shorter_than_a_frame_lasts_one() {
    let mut rig = Rig::new(|_, p, out| out.push(note(Lane::Drums, p, 0, 0, 1, 36)));
    rig.tempo_bpm = 300.0;
    rig.rate_hz = 4000.0;
    rig.block = 1;
    rig.run(20);
    assert_eq!(
        rig.ended()
            .iter()
            .map(|n| (n.on, n.off))
            .collect::<Vec<_>>(),
        [(0, 1)]
    );
}

#[test]
fn an_empty_block_changes_nothing() {
    let mut rig = Rig::new(long);
    rig.block(0, &[]);
    rig.run(500);
    rig.block(0, &[]);
    rig.run(95_500);
    rig.stop();
    let mut plain = Rig::new(long);
    plain.run(96_000);
    plain.stop();
    assert_eq!(rig.ended(), plain.ended());
}

#[test]
fn notes_that_do_not_fit_are_left_out_and_ends_are_not() {
    let mut rig = Rig::new(|_, p, out| {
        for n in 0..250 {
            for lane in [Lane::Drums, Lane::Harmony, Lane::Texture] {
                out.push(note(lane, p, n * 15, 0, 400, (n % 125) as u8));
            }
        }
    });
    rig.block = 100_000;
    rig.run(100_000);
    assert!(rig.overflow);
    rig.stop();
    assert!(rig.ended().len() > 400);
}

#[test]
fn the_drum_map_moves_keys_on_midi_only() {
    let mut rig = Rig::new(|_, p, out| out.push(note(Lane::Drums, p, 0, 0, 1000, 36)));
    let mut map = DrumMap::default();
    map.keys[Piece::Kick as usize] = Pitch(24);
    rig.stage.set_drum_map(&map);
    rig.run(10_000);
    // What sounds keeps its key under another map.
    rig.stage.set_drum_map(&DrumMap::default());
    rig.run(80_000);
    rig.stop();
    assert_eq!(midi(&rig), [(0, true, 10, 24), (25_000, false, 10, 24)]);
    assert_eq!(rig.ended()[0].pitch, 36);
}

fn slid(_: &Latch, p: &BarPlace, out: &mut Vec<Candidate>) {
    out.push(note(Lane::Bass, p, 0, 0, 980, 36));
    // Reaches too far, and is cut; the last is struck on the same key.
    out.push(note(Lane::Bass, p, 960, 0, 1100, 43));
    out.push(note(Lane::Bass, p, 1920, 0, 970, 41));
    out.push(note(Lane::Bass, p, 2880, 0, 900, 41));
}

#[test]
fn a_bass_note_that_reaches_a_little_into_the_next_overlaps_it_on_midi() {
    let mut rig = Rig::new(slid);
    rig.run_ticks(3840);
    rig.stop();
    rig.ended();
    let (first, second) = (rig.frames(960), rig.frames(1920));
    let keys: Vec<(u64, bool, u8)> = midi(&rig)
        .into_iter()
        .map(|(at, on, _, key)| (at, on, key))
        .collect();
    let wanted = [
        (0, true, 36),
        (first, true, 43),
        (rig.frames(980), false, 36),
        (second, false, 43),
        (second, true, 41),
        (rig.frames(2880), false, 41),
        (rig.frames(2880), true, 41),
    ];
    assert_eq!(keys[..7], wanted);
}
