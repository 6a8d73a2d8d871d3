//! Playing straight on: every onset once, at its frame, whatever the bars do.

extern crate std;

use std::vec;
use std::vec::Vec;

use music::lane::Lane;
use music::time::{Meter, Tick};

use super::rig::{Rig, note};

/// A kick on every quarter, three quarters of it long.
fn quarters(
    _: &music::controls::Latch,
    p: &music::plan::BarPlace,
    out: &mut Vec<music::note::Candidate>,
) {
    for beat in 0..p.meter.bar_ticks() / 960 {
        out.push(note(Lane::Drums, p, beat * 960, 0, 720, 36));
    }
}

#[test]
fn onsets_and_ends_fall_on_their_frames() {
    let mut rig = Rig::new(quarters);
    rig.run_ticks(960 * 3);
    rig.stop();
    let heard: Vec<_> = rig.ended().iter().map(|n| (n.on, n.off)).collect();
    assert_eq!(heard, [(0, 18_000), (24_000, 42_000), (48_000, 66_000)]);
}

#[test]
fn one_block_may_cross_several_bars() {
    let mut rig = Rig::new(quarters);
    rig.tempo_bpm = 300.0;
    rig.meter = Meter::new(1, 4).unwrap();
    rig.rate_hz = 22_050.0;
    rig.block = 8192 * 4;
    rig.run(8192 * 4);
    rig.stop();
    assert_eq!(rig.ended().len(), (8192 * 4_usize).div_ceil(4410));
    let bars: Vec<i32> = rig.script.asked.iter().map(|p| p.bar_index).collect();
    assert_eq!(bars, [0, 1, 2, 3, 4, 5, 6, 7]);
}

#[test]
fn every_tick_is_played_once_along_a_tempo_ramp() {
    let mut rig = Rig::new(quarters);
    for step in 0..400 {
        rig.tempo(90.0 + step as f64 * 0.25);
        rig.run(512);
    }
    let quarters = libm::ceil(rig.position() / 960.0) as usize;
    rig.stop();
    assert_eq!(rig.ended().len(), quarters);
}

#[test]
fn a_host_that_rounds_its_positions_neither_repeats_nor_loses() {
    let mut rig = Rig::new(quarters);
    let mut exact = 0.0;
    for n in 0..2000 {
        // Positions on a coarse grid, ahead of and behind the true ones.
        let rounded = libm::round(exact * 2.0) / 2.0 + if n % 3 == 0 { 1.5 } else { 0.0 };
        let mut span = rig.span(0, 100);
        span.position = rounded;
        span.jumped = n == 0;
        span.bar_index = libm::floor(rounded / 3840.0) as i32;
        span.bar_start = Tick(span.bar_index as i64 * 3840);
        let mut out = super::super::Output::default();
        let styles = music::style::StyleBook::new(&rig.styles).unwrap();
        let material = crate::view::Material {
            song: &rig.song,
            styles,
            take: None,
        };
        rig.stage.play(
            &mut rig.script,
            material,
            &rig.controls,
            &span,
            &[],
            &mut out,
        );
        rig.take(&out);
        rig.now += 100;
        exact += 100.0 * 0.04;
    }
    rig.stop();
    // The first onset lies 1.5 ticks before the first position that is told.
    assert_eq!(rig.ended().len(), 9);
}

#[test]
fn bars_before_the_song_are_asked_for_by_their_negative_number() {
    let mut rig = Rig::new(|_, p, out| {
        if p.bar_index >= 0 {
            out.push(note(Lane::Drums, p, 0, -20, 240, 36));
        }
    });
    rig.locate(-3840.0);
    rig.run_ticks(3840 + 960);
    rig.stop();
    // The early onset of bar 1 sounds before the song's first tick.
    assert_eq!(
        rig.ended().iter().map(|n| n.on).collect::<Vec<_>>(),
        [96_000 - 500]
    );
    assert_eq!(rig.script.asked[0].bar_index, -1);
}

#[test]
fn a_late_onset_sounds_after_its_bar() {
    let mut rig = Rig::new(|_, p, out| {
        if p.bar_index == 0 {
            out.push(note(Lane::Drums, p, 3600, 260, 100, 42));
        }
    });
    rig.run_ticks(3840 * 2);
    assert_eq!(rig.starts(Lane::Drums, 42), [rig.frames(3860)]);
}

#[test]
fn a_meter_change_cuts_the_bar_and_starts_the_next_one_where_the_host_says() {
    let mut rig = Rig::new(quarters);
    rig.run_ticks(3840);
    rig.meter = Meter::new(3, 4).unwrap();
    rig.bar_origin = (1, 3840);
    rig.run_ticks(2880 * 2);
    rig.stop();
    let beats: Vec<u64> = rig.ended().iter().map(|n| n.on / 24_000).collect();
    assert_eq!(beats, (0..10).collect::<Vec<_>>());
    let bars = rig
        .script
        .asked
        .iter()
        .map(|p| (p.bar_index, p.start.0, p.meter.numerator));
    assert_eq!(
        bars.collect::<Vec<_>>(),
        [
            (0, 0, 4),
            (1, 3840, 4),
            (1, 3840, 3),
            (2, 6720, 3),
            (3, 9600, 3)
        ]
    );
}

#[test]
fn a_meter_that_changes_inside_a_block_is_heard_from_the_next_block_on() {
    fn by_meter(
        _: &music::controls::Latch,
        p: &music::plan::BarPlace,
        out: &mut Vec<music::note::Candidate>,
    ) {
        for beat in 0..4 {
            let pitch = p.meter.numerator * 10 + beat as u8;
            out.push(note(Lane::Drums, p, beat * 480, 0, 100, pitch));
        }
    }
    let mut rig = Rig::new(by_meter);
    rig.block = 10_000;
    rig.run_ticks(1440);
    rig.meter = Meter::new(2, 4).unwrap();
    // Bar 1 turns out to be 2/4: its onsets before this place are not played again.
    rig.run_ticks(480);
    rig.stop();
    let pitches: Vec<u8> = rig.ended().iter().map(|n| n.pitch).collect();
    assert_eq!(pitches, vec![40, 41, 42, 23]);
}

#[test]
fn a_meter_that_is_told_late_does_not_repeat_the_downbeat() {
    let mut rig = Rig::new(|_, p, out| {
        let late = if p.meter.numerator == 3 { 15 } else { 0 };
        out.push(note(Lane::Drums, p, 0, late, 100, 36));
        let early = if p.meter.numerator == 3 { 15 } else { -20 };
        out.push(note(Lane::Drums, p, 0, early, 100, 49));
        out.push(note(Lane::Drums, p, 960, 0, 100, 36));
    });
    // The block that holds the bar line is told in the old meter.
    rig.run_ticks(3845);
    rig.meter = Meter::new(3, 4).unwrap();
    rig.bar_origin = (1, 3840);
    rig.run_ticks(1920);
    assert_eq!(rig.starts(Lane::Drums, 36), [0, 24_000, 96_000, 120_000]);
    assert_eq!(rig.starts(Lane::Drums, 49), [0, 95_500]);
}

#[test]
fn a_mono_lane_has_one_note_at_a_time() {
    let mut rig = Rig::new(|_, p, out| {
        out.push(note(Lane::Bass, p, 0, 0, 3000, 40));
        out.push(note(Lane::Bass, p, 960, 0, 960, 43));
        out.push(note(Lane::Bass, p, 1920, 0, 960, 43));
    });
    rig.run_ticks(3840);
    rig.stop();
    let heard: Vec<_> = rig.ended().iter().map(|n| (n.on, n.off)).collect();
    assert_eq!(heard, [(0, 24_000), (24_000, 48_000), (48_000, 72_000)]);
}

#[test]
fn a_struck_pitch_ends_before_it_is_struck_again() {
    let mut rig = Rig::new(|_, p, out| {
        out.push(note(Lane::Harmony, p, 0, 0, 3000, 60));
        out.push(note(Lane::Harmony, p, 960, 0, 960, 60));
    });
    rig.run_ticks(3840);
    rig.stop();
    let heard: Vec<_> = rig.ended().iter().map(|n| (n.on, n.off)).collect();
    assert_eq!(heard, [(0, 24_000), (24_000, 48_000)]);
}

#[test]
fn controls_act_at_the_onset_itself() {
    let mut rig = Rig::new(|_, p, out| {
        for step in 0..16 {
            let mut c = note(Lane::Drums, p, step * 240, 0, 100, 42);
            c.gate.density = 70;
            out.push(c);
        }
    });
    rig.controls.lanes[0].density = 69;
    rig.run(6000 * 3);
    rig.controls.lanes[0].density = 70;
    rig.run(1);
    rig.controls.lanes[0].density = 69;
    rig.run(6000 * 2);
    assert_eq!(rig.starts(Lane::Drums, 42), [18_000]);
}

#[test]
fn sample_rates_play_the_same_notes() {
    let at = |rate: f64| {
        let mut rig = Rig::new(quarters);
        rig.rate_hz = rate;
        rig.tempo_bpm = 133.7;
        rig.run_ticks(3840 * 4);
        rig.stop();
        let ticks = rig.ticks_per_frame();
        rig.ended()
            .iter()
            .map(|n| (libm::round(n.on as f64 * ticks) as i64, n.pitch))
            .collect::<Vec<_>>()
    };
    for rate in [22_050.0, 44_100.0, 88_200.0, 96_000.0, 192_000.0] {
        assert_eq!(at(rate), at(48_000.0), "{rate} Hz");
    }
}
