//! Style, key, scale, seed and feel count from the bar line on, and nothing is heard twice over it.

extern crate std;

use std::vec::Vec;

use music::controls::Latch;
use music::lane::Lane;
use music::note::Candidate;
use music::pitch::PitchClass;
use music::plan::BarPlace;
use music::time::{Meter, Tick, TickSpan};

use super::rig::{Rig, note};

/// Three chord tones, pushed by the lane's push in ticks, over the latched key; a kick that knows its style.
fn keyed(latch: &Latch, p: &BarPlace, out: &mut Vec<Candidate>) {
    let push = latch.feel[Lane::Harmony.index()].push_ms as i64;
    for (voice, tone) in [0, 4, 7].into_iter().enumerate() {
        for beat in 0..4 {
            let pitch = 60 + latch.key.0 + tone;
            out.push(note(
                Lane::Harmony,
                p,
                beat * 960,
                push + voice as i64,
                200,
                pitch,
            ));
        }
    }
    let drum = 36 + latch.style;
    out.push(note(
        Lane::Drums,
        p,
        0,
        if latch.style == 0 { -20 } else { 0 },
        100,
        drum,
    ));
}

fn starts(rig: &Rig, from: u64) -> Vec<(u64, u8)> {
    let heard = rig.played();
    let harmony = heard
        .iter()
        .filter(|n| n.lane == Lane::Harmony && n.on >= from);
    harmony.map(|n| (n.on, n.pitch)).collect()
}

#[test]
fn a_key_change_waits_for_the_bar_line() {
    let mut rig = Rig::new(keyed);
    rig.run_ticks(1000);
    rig.controls.key = PitchClass(2);
    rig.run_ticks(3840 * 2 - 1000);
    let pitches: Vec<u8> = starts(&rig, 0).iter().map(|(_, p)| *p).collect();
    assert!(
        pitches[..12].iter().all(|p| [60, 64, 67].contains(p)),
        "{pitches:?}"
    );
    assert!(
        pitches[12..].iter().all(|p| [62, 66, 69].contains(p)),
        "{pitches:?}"
    );
    assert_eq!(pitches.len(), 24);
}

#[test]
fn a_change_at_the_bar_lines_own_frame_counts_from_it() {
    let mut rig = Rig::new(keyed);
    rig.run(96_000);
    rig.controls.key = PitchClass(2);
    rig.run(1);
    let heard: Vec<u8> = starts(&rig, 96_000).iter().map(|(_, p)| *p).collect();
    assert_eq!(heard, [62]);
    let mut late = Rig::new(keyed);
    late.run(96_001);
    late.controls.key = PitchClass(2);
    late.run(95_000);
    assert!(
        starts(&late, 0)
            .iter()
            .all(|(_, p)| [60, 64, 67].contains(p))
    );
}

#[test]
fn a_start_in_mid_bar_takes_the_values_of_the_moment() {
    let mut rig = Rig::new(keyed);
    rig.controls.key = PitchClass(5);
    rig.locate(1900.0);
    rig.run_ticks(100);
    assert_eq!(
        starts(&rig, 0).iter().map(|(_, p)| *p).collect::<Vec<_>>(),
        [65, 69, 72]
    );
}

#[test]
fn a_key_change_after_the_early_onset_does_not_repeat_it() {
    let mut rig = Rig::new(keyed);
    rig.controls.lanes[Lane::Harmony.index()].push_ms = -20;
    rig.run(96_000 - 100);
    // The chord of bar 2 has been played 20 ticks early; now the key changes.
    rig.controls.key = PitchClass(2);
    rig.run(24_000);
    let heard = starts(&rig, 90_000);
    assert_eq!(heard[..3], [(95_500, 60), (95_525, 64), (95_550, 67)]);
    assert_eq!(heard[3].1, 62, "beat 2 is in the new key");
    assert_eq!(heard.len(), 6);
}

#[test]
fn a_style_change_after_the_early_onset_does_not_repeat_the_same_stroke() {
    let mut rig = Rig::new(keyed);
    rig.run(96_000 - 100);
    rig.controls.style = 0;
    rig.controls.seed = 9;
    rig.run(1000);
    assert_eq!(rig.starts(Lane::Drums, 36), [0, 95_500]);
    // Another stroke at the same place is another stroke.
    let mut other = Rig::new(keyed);
    other.run(96_000 - 100);
    other.controls.style = 2;
    other.run(1000);
    assert_eq!(other.starts(Lane::Drums, 36), [0, 95_500]);
    assert_eq!(other.starts(Lane::Drums, 38), [96_000]);
}

#[test]
fn a_push_that_comes_too_late_is_made_up_at_the_bar_line() {
    let mut rig = Rig::new(keyed);
    rig.run(96_000 - 100);
    rig.controls.lanes[Lane::Harmony.index()].push_ms = -20;
    rig.run(2000);
    // The chord of bar 2 should have been early already: it comes at the bar line, once, whole.
    let heard = starts(&rig, 90_000);
    assert_eq!(
        heard.iter().map(|(at, _)| *at).collect::<Vec<_>>(),
        [96_000; 3]
    );
}

#[test]
fn half_a_strum_goes_on_when_only_the_feel_changes() {
    let mut rig = Rig::new(keyed);
    rig.controls.lanes[Lane::Harmony.index()].push_ms = -1;
    // Voices at -1, 0 and +1 ticks: the change comes after the first.
    rig.run(96_000 - 10);
    rig.controls.lanes[Lane::Harmony.index()].push_ms = -2;
    rig.run(2000);
    let heard = starts(&rig, 90_000);
    assert_eq!(
        heard.iter().map(|(_, p)| *p).collect::<Vec<_>>(),
        [60, 64, 67]
    );
}

#[test]
fn nothing_is_performed_twice_while_nothing_changes() {
    let mut rig = Rig::new(keyed);
    rig.block = 64;
    rig.run_ticks(3840 * 4);
    assert_eq!(rig.script.asked.len(), 5);
}

#[test]
fn a_tempo_step_at_the_bar_line_performs_the_bar_at_its_tempo() {
    let mut rig = Rig::new(keyed);
    rig.run_ticks(3840);
    rig.tempo(90.0);
    rig.run_ticks(960);
    let asked = rig.script.asked.iter().map(|p| (p.bar_index, p.tempo_mbpm));
    assert_eq!(
        asked.collect::<Vec<_>>(),
        [(0, 120_000), (1, 120_000), (1, 90_000)]
    );
    // Bar 2 was previewed at the old tempo: its early stroke is not played again.
    assert_eq!(rig.starts(Lane::Drums, 36), [0, 95_500]);
}

#[test]
fn what_a_loop_held_back_gives_way_to_a_new_latch() {
    let mut rig = Rig::new(keyed);
    rig.controls.lanes[Lane::Harmony.index()].push_ms = -20;
    rig.cycle = Some(TickSpan {
        start: Tick(0),
        end: Tick(3840),
    });
    rig.run(96_000 - 100);
    // The chord of bar 2 is held back. The host passes the loop's end, in another key.
    rig.controls.key = PitchClass(2);
    rig.run(10_000);
    let heard = starts(&rig, 90_000);
    assert_eq!(heard, [(96_000, 62), (96_000, 66), (96_000, 69)]);
}

#[test]
fn what_a_loop_held_back_gives_way_to_a_new_meter() {
    let mut rig = Rig::new(|_, p, out| {
        let pitch = p.meter.numerator * 10;
        out.push(note(Lane::Drums, p, 1920, -30, 100, pitch));
    });
    rig.cycle = Some(TickSpan {
        start: Tick(0),
        end: Tick(1920),
    });
    rig.run_ticks(1900);
    rig.meter = Meter::new(5, 4).unwrap();
    rig.run_ticks(100);
    // Under the new meter its early onset has passed.
    assert!(rig.played().is_empty());
}

#[test]
fn the_mix_of_a_style_waits_for_the_bar_line_too() {
    let mut rig = Rig::new(keyed);
    rig.run_ticks(1000);
    assert_eq!(rig.turns, [(0, 0)], "at the start");
    rig.controls.style = 5;
    rig.run_ticks(3840 - 1000);
    assert_eq!(rig.turns.len(), 1, "still the bar before");
    rig.run_ticks(3840);
    let drums = rig.played();
    let first = drums
        .iter()
        .find(|n| n.lane == Lane::Drums && n.pitch == 41)
        .unwrap();
    assert_eq!(rig.turns[1..], [(first.on, 5)]);
}
