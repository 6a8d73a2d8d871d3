//! Start, locate and loop: clamped and held-back onsets, chased notes, nothing twice.

extern crate std;

use std::vec::Vec;

use music::controls::Latch;
use music::lane::Lane;
use music::note::Candidate;
use music::plan::BarPlace;
use music::time::{Tick, TickSpan};

use super::rig::{Rig, Writer, note};

/// A pushed kick on each bar, a snare on beat 3 that is late.
fn pushed(_: &Latch, p: &BarPlace, out: &mut Vec<Candidate>) {
    out.push(note(Lane::Drums, p, 0, -20, 240, 36));
    out.push(note(Lane::Drums, p, 1920, 10, 240, 38));
}

#[test]
fn an_early_onset_sounds_before_its_bar() {
    let mut rig = Rig::new(pushed);
    rig.run_ticks(3840 * 2);
    assert_eq!(rig.starts(Lane::Drums, 36), [0, 95_500, 96_000 * 2 - 500]);
}

#[test]
fn an_early_onset_is_clamped_to_the_start() {
    let mut rig = Rig::new(pushed);
    rig.locate(3840.0);
    rig.run_ticks(960);
    assert_eq!(rig.starts(Lane::Drums, 36), [0]);
}

#[test]
fn a_start_in_mid_bar_clamps_what_belongs_there() {
    let mut rig = Rig::new(|_, p, out| {
        out.push(note(Lane::Drums, p, 1440, 0, 100, 42));
        out.push(note(Lane::Drums, p, 1920, -15, 100, 38));
    });
    rig.locate(1920.0);
    rig.run_ticks(960);
    rig.stop();
    let heard: Vec<_> = rig.ended().iter().map(|n| (n.on, n.pitch)).collect();
    assert_eq!(heard, [(0, 38)]);
}

#[test]
fn a_locate_just_before_a_bar_keeps_its_early_onset() {
    let mut rig = Rig::new(pushed);
    rig.locate(3830.0);
    rig.run_ticks(960);
    assert_eq!(rig.starts(Lane::Drums, 36), [0]);
}

#[test]
fn a_told_loop_holds_back_what_belongs_behind_its_end() {
    let mut rig = Rig::new(pushed);
    rig.cycle = Some(TickSpan {
        start: Tick(0),
        end: Tick(3840),
    });
    for _ in 0..3 {
        rig.run_ticks(3840);
        rig.locate(0.0);
    }
    rig.stop();
    // Once a pass, at the loop's start; the early one before the loop's end stays silent.
    assert_eq!(rig.starts(Lane::Drums, 36), [0, 96_000, 192_000]);
    assert_eq!(rig.ended().len(), 6);
}

#[test]
fn a_loop_that_ends_in_mid_bar_holds_back_too() {
    let mut rig = Rig::new(|_, p, out| {
        out.push(note(Lane::Drums, p, 0, 0, 100, 36));
        out.push(note(Lane::Drums, p, 1920, -30, 100, 38));
        out.push(note(Lane::Drums, p, 1680, 225, 100, 42));
    });
    rig.cycle = Some(TickSpan {
        start: Tick(0),
        end: Tick(1920),
    });
    for _ in 0..2 {
        rig.run_ticks(1920);
        rig.locate(0.0);
    }
    rig.stop();
    assert_eq!(rig.starts(Lane::Drums, 38), []);
    assert_eq!(rig.starts(Lane::Drums, 42).len(), 2);
}

#[test]
fn a_host_that_leaves_the_loop_hears_the_onset_at_its_end() {
    let mut rig = Rig::new(pushed);
    rig.cycle = Some(TickSpan {
        start: Tick(0),
        end: Tick(3840),
    });
    rig.run_ticks(3840 + 960);
    assert_eq!(rig.starts(Lane::Drums, 36), [0, 96_000]);
}

#[test]
fn an_untold_loop_does_not_repeat_what_sounded_just_before() {
    let mut rig = Rig::new(pushed);
    for _ in 0..3 {
        rig.run_ticks(3840);
        rig.locate(0.0);
    }
    rig.stop();
    // The early onset of the bar behind the loop stands for the loop's first.
    assert_eq!(
        rig.starts(Lane::Drums, 36),
        [0, 95_500, 96_000 * 2 - 500, 96_000 * 3 - 500]
    );
}

#[test]
fn a_stop_forgets_what_sounded_just_before() {
    let mut rig = Rig::new(pushed);
    rig.run_ticks(3840);
    rig.stop();
    rig.playing = true;
    rig.locate(3840.0);
    rig.run_ticks(960);
    assert_eq!(rig.starts(Lane::Drums, 36).len(), 3);
}

#[test]
fn everything_ends_at_the_frame_of_a_jump() {
    let mut rig = Rig::new(|_, p, out| {
        out.push(note(Lane::Melody, p, 0, 0, 3840, 72));
        out.push(note(Lane::Drums, p, 0, 0, 3840, 49));
    });
    rig.run(30_000);
    rig.locate(960.0);
    rig.run(1000);
    rig.stop();
    assert!(rig.ended().iter().all(|n| n.off == 30_000));
}

/// A pad over four bars, a stab in bar 1 that is long over.
fn pad(_: &Latch, p: &BarPlace, out: &mut Vec<Candidate>) {
    if p.bar_index % 4 == 0 {
        out.push(note(Lane::Texture, p, 0, 0, 3840 * 4, 60));
        out.push(note(Lane::Harmony, p, 960, 0, 240, 64));
    }
    out.push(note(Lane::Bass, p, 0, 0, 3840, 36));
}

#[test]
fn a_held_note_is_chased_and_ends_in_its_time() {
    let mut rig = Rig::new(pad);
    rig.locate(3840.0 * 6.5);
    rig.run_ticks(3840 * 2);
    rig.stop();
    let heard = rig.ended();
    let texture: Vec<_> = heard
        .iter()
        .filter(|n| n.lane == Lane::Texture)
        .map(|n| (n.on, n.off))
        .collect();
    assert_eq!(texture, [(0, 144_000), (144_000, 192_000)]);
    // The bass is not chased, and the stab is over.
    assert!(heard.iter().all(|n| n.lane != Lane::Harmony || n.on > 0));
    assert!(heard.iter().all(|n| n.lane != Lane::Bass || n.on > 0));
}

#[test]
fn a_chase_stays_in_its_phrase() {
    let mut rig = Rig::new(|_, p, out| {
        if p.bar_index == 3 {
            out.push(note(Lane::Texture, p, 0, 0, 3840 * 4, 60));
        }
    });
    rig.locate(3840.0 * 5.0);
    rig.run_ticks(960);
    assert_eq!(rig.played().len(), 0);
    assert!(rig.script.asked.iter().all(|p| p.bar_index >= 4));
}

#[test]
fn a_note_struck_at_the_point_is_not_chased_as_well() {
    let mut rig = Rig::new(|_, p, out| {
        out.push(note(Lane::Texture, p, 0, -10, 3860, 60));
    });
    rig.locate(3840.0);
    rig.run_ticks(1920);
    rig.stop();
    assert_eq!(rig.ended().len(), 1);
}

#[test]
fn a_pitch_that_is_struck_at_the_point_or_soon_after_is_left_to_its_stroke() {
    for (tick, on) in [(0, 0), (60, 1500)] {
        let write: Writer = match tick {
            0 => |_, p, out| restruck(p, 0, out),
            _ => |_, p, out| restruck(p, 60, out),
        };
        let mut rig = Rig::new(write);
        rig.locate(3840.0);
        rig.run_ticks(1920);
        rig.stop();
        let heard: Vec<_> = rig.ended().iter().map(|n| (n.on, n.velocity)).collect();
        assert_eq!(heard, [(on, 50)]);
    }
}

/// A long note from bar 1, struck again in bar 2, softer.
fn restruck(p: &BarPlace, tick: i64, out: &mut Vec<Candidate>) {
    if p.bar_index == 0 {
        out.push(note(Lane::Texture, p, 0, 0, 3840 * 3, 60));
    } else {
        let mut again = note(Lane::Texture, p, tick, 0, 3840 * 2, 60);
        again.velocity = 50;
        out.push(again);
    }
}

#[test]
fn a_note_hidden_by_a_control_is_not_chased() {
    let mut rig = Rig::new(pad);
    rig.controls.lanes[Lane::Texture.index()].on = false;
    rig.locate(3840.0 * 6.5);
    rig.run_ticks(1920);
    assert!(rig.played().is_empty());
}

#[test]
fn a_loop_repeats_exactly() {
    let mut rig = Rig::new(|_, p, out| {
        pushed(&Controls::default().latch(), p, out);
        pad(&Controls::default().latch(), p, out);
    });
    rig.cycle = Some(TickSpan {
        start: Tick(3840),
        end: Tick(3840 * 3),
    });
    rig.locate(3840.0);
    let pass = rig.frames(3840 * 2);
    for _ in 0..3 {
        rig.run_ticks(3840 * 2);
        rig.locate(3840.0);
    }
    rig.stop();
    let heard = rig.ended();
    let of = |n: u64| -> Vec<_> {
        let inside = heard.iter().filter(|p| p.on / pass == n);
        inside
            .map(|p| (p.on % pass, p.off - n * pass, p.lane, p.pitch))
            .collect()
    };
    assert!(!of(0).is_empty());
    assert_eq!(of(0), of(1));
    assert_eq!(of(1), of(2));
}

use music::controls::Controls;
