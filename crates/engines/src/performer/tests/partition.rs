//! However the blocks are cut, and whatever the host does, the same notes come out.

extern crate std;

use std::vec::Vec;

use music::controls::Latch;
use music::lane::Lane;
use music::note::Candidate;
use music::pitch::PitchClass;
use music::plan::BarPlace;
use music::time::{Tick, TickSpan, ticks_from_micros};
use proptest::prelude::*;

use super::super::bars::Bars;
use super::super::output::Event;
use super::rig::{Rig, note};
use crate::dice::{Dice, Purpose};
use crate::feel::MAX_SHIFT_US;

/// Bars full of early, late, long and short notes, by hash.
fn busy(latch: &Latch, p: &BarPlace, out: &mut Vec<Candidate>) {
    let song = Dice::song(latch.seed).at(latch.style as u32);
    for lane in Lane::PLAYED {
        let dice = song.lane(lane).at(p.bar_index.rem_euclid(8) as u32);
        for step in 0..p.meter.steps() as u32 {
            if !dice.chance(Purpose::Variant, step, 45) {
                continue;
            }
            let earliest = -ticks_from_micros(MAX_SHIFT_US, p.tempo_mbpm).min(50);
            let shift = (dice.throw(Purpose::Timing, step, 100) as i64 - 50).max(earliest);
            let duration = 1 + dice.throw(Purpose::Rest, step, 2000) as i32;
            let pitch = 40 + latch.key.0 + dice.throw(Purpose::PitchChoice, step, 12) as u8;
            let mut candidate = note(lane, p, step as i64 * 240, shift, duration, pitch);
            candidate.gate.density = dice.throw(Purpose::Rank, step, 100) as u8;
            out.push(candidate);
        }
    }
}

/// Something that a host or a user does at a frame.
#[derive(Clone, Copy, Debug)]
pub enum Act {
    Locate(i32),
    Tempo(u16),
    Key(u8),
    Style(u8),
    Density(u8),
    Channel(u8),
    Mute(u8),
    Loop(Option<(u8, u8)>),
    StopAndGo,
}

pub fn act() -> impl Strategy<Value = Act> {
    prop_oneof![
        (-4000..40_000i32).prop_map(Act::Locate),
        (20..300u16).prop_map(Act::Tempo),
        (0..12u8).prop_map(Act::Key),
        (0..3u8).prop_map(Act::Style),
        (0..=100u8).prop_map(Act::Density),
        (0..5u8).prop_map(Act::Channel),
        (0..6u8).prop_map(Act::Mute),
        proptest::option::of((0..4u8, 1..3u8)).prop_map(Act::Loop),
        Just(Act::StopAndGo),
    ]
}

/// A whole session; blocks are cut by `cut`.
pub fn perform<B: Bars>(
    mut rig: Rig<B>,
    acts: &[(u32, Act)],
    mut cut: impl FnMut() -> u32,
) -> Rig<B> {
    for (frames, act) in acts {
        let mut left = *frames;
        while left > 0 {
            let block = cut().min(left);
            run_looped(&mut rig, block);
            left -= block;
        }
        match *act {
            Act::Locate(tick) => rig.locate(tick as f64),
            Act::Tempo(bpm) => rig.tempo(bpm as f64),
            Act::Key(key) => rig.controls.key = PitchClass(key),
            Act::Style(style) => rig.controls.style = style,
            Act::Density(density) => {
                for lane in &mut rig.controls.lanes {
                    lane.density = density;
                }
            }
            Act::Channel(channel) => rig.controls.lanes[2].channel = channel,
            Act::Mute(lane) => rig.controls.lanes[lane as usize].on ^= true,
            Act::Loop(bars) => {
                rig.cycle = bars.map(|(first, bars)| {
                    let start = Tick(first as i64 * 3840);
                    TickSpan {
                        start,
                        end: start.plus(bars as i64 * 3840),
                    }
                });
            }
            Act::StopAndGo => {
                rig.stop();
                let here = rig.position();
                rig.playing = true;
                rig.locate(here);
            }
        }
    }
    rig.stop();
    rig
}

/// A host that wraps exactly at the loop's end.
fn run_looped<B: Bars>(rig: &mut Rig<B>, mut frames: u32) {
    while frames > 0 {
        let mut piece = frames;
        if let Some(cycle) = rig.cycle
            && rig.position() < cycle.end.0 as f64
        {
            let left =
                libm::ceil((cycle.end.0 as f64 - rig.position()) / rig.ticks_per_frame() - 1e-4);
            piece = piece.min(left as u32);
            if piece as f64 >= left {
                rig.block(piece, &[]);
                rig.locate(cycle.start.0 as f64);
                frames -= piece;
                continue;
            }
        }
        rig.block(piece, &[]);
        frames -= piece;
    }
}

pub fn events<B>(rig: &Rig<B>) -> Vec<(u64, Event)> {
    let strip = |event: &Event| {
        let mut event = *event;
        match &mut event {
            Event::MidiOn { frame, .. }
            | Event::MidiOff { frame, .. }
            | Event::LaneOn { frame, .. }
            | Event::LaneOff { frame, .. } => *frame = 0,
        }
        event
    };
    rig.log
        .iter()
        .map(|(at, event)| (*at, strip(event)))
        .collect()
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 200, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn any_cut_of_any_session_plays_the_same_and_ends_every_note(
        acts in proptest::collection::vec((1..60_000u32, act()), 1..12),
        blocks in proptest::collection::vec(1..8192u32, 1..20),
    ) {
        let whole = perform(Rig::new(busy), &acts, || 1 << 20);
        let mut next = blocks.iter().cycle();
        let cut = perform(Rig::new(busy), &acts, || *next.next().unwrap());
        whole.ended();
        cut.ended();
        prop_assert_eq!(events(&whole), events(&cut));
    }

    #[test]
    fn every_onset_is_played_once_in_linear_playback(
        blocks in proptest::collection::vec(1..8192u32, 1..20),
        seed in 0..1000u16,
        bpm in 40..300u32,
        rate in prop_oneof![Just(22_050.0), Just(44_100.0), Just(48_000.0), Just(192_000.0)],
    ) {
        let mut rig = Rig::new(busy);
        rig.controls.seed = seed;
        rig.tempo_bpm = bpm as f64;
        rig.rate_hz = rate;
        for lane in &mut rig.controls.lanes {
            lane.density = 100;
        }
        let mut next = blocks.iter().cycle();
        let end = rig.frames(3840 * 4);
        while rig.now < end {
            let block = *next.next().unwrap();
            rig.block(block.min((end - rig.now) as u32), &[]);
        }
        rig.stop();
        // Drums: no rule takes a stroke away but its own pitch struck at the same frame.
        let latch = rig.controls.latch();
        let mut expected = Vec::new();
        for bar in 0..5 {
            let place = BarPlace {
                bar_index: bar,
                start: Tick(bar as i64 * 3840),
                meter: rig.meter,
                tempo_mbpm: bpm * 1000,
            };
            let mut notes = Vec::new();
            busy(&latch, &place, &mut notes);
            let frames = rig.ticks_per_frame();
            expected.extend(notes.iter().filter(|c| c.lane == Lane::Drums).map(|c| {
                let frame = libm::ceil(c.onset.0.max(0) as f64 / frames - 1e-4) as u64;
                (frame, c.pitch.0)
            }));
        }
        expected.retain(|(frame, _)| *frame < end);
        expected.sort_unstable();
        expected.dedup();
        let mut heard: Vec<_> = rig
            .ended()
            .iter()
            .filter(|n| n.lane == Lane::Drums)
            .map(|n| (n.on, n.pitch))
            .collect();
        heard.sort_unstable();
        prop_assert_eq!(heard, expected);
    }
}
