//! The room around a kit: first reflections left and right, then a short tail, all from the drums' own sum.
//! One for the whole player.
//!
//! The microphones over the kit hear it: what rings long (hats, cymbals) fills it as the snare does, and the
//! kick's weight stays out. Reflections are read sixteen samples at a time, at any cut of time alike.

use core::f32::consts::{LN_10, TAU};

use music::patch::RoomTable;

use crate::filters::OnePole;
use crate::math::{F4, F8, Row, TICK, eights, flush, fours, fused, peak, unfold, whole};
use crate::ramp::{Fall, Ramp};
use crate::ring::Ring;

const TAPS: usize = 5;
/// Reflections left and right: share of the room's size, gain.
///
/// Taste: walls and ceiling first, then corners; spaced without a common measure, so that no comb is
/// heard; left and right never agree.
const EARLY: [[(f32, f32); TAPS]; 2] = [
    [
        (0.113, 0.62),
        (0.197, -0.48),
        (0.311, 0.41),
        (0.473, -0.31),
        (0.701, 0.24),
    ],
    [
        (0.131, -0.58),
        (0.223, 0.51),
        (0.347, 0.36),
        (0.521, 0.33),
        (0.659, -0.25),
    ],
];
/// Lengths of the tail's four lines, share of the room's size. Taste: no common measure.
const LINES: [f32; 4] = [0.731, 0.857, 0.937, 1.093];
/// How the room's input enters the lines: signs turn about, so that none adds up.
const FED: [f32; 4] = [0.5, -0.5, 0.5, -0.5];
/// The tail against the first reflections. Taste.
const TAIL: f32 = 0.55;
/// Largest room that a table may ask for, s.
const MOST_S: f32 = 0.06;

/// What a kit asks of the room, in samples.
#[derive(Clone, Copy, Debug)]
struct Setting {
    taps: [[usize; TAPS]; 2],
    lines: [usize; 4],
    feedback: [f32; 4],
    damping: f32,
}

/// What moves.
#[derive(Clone, Copy, Debug)]
struct State {
    setting: Option<Setting>,
    gain: Ramp,
    floor: OnePole,
    air: OnePole,
    damped: [f32; 4],
    position: usize,
    heard: bool,
    quiet_ticks: usize,
    awake: bool,
}

/// The room.
pub(crate) struct Room {
    rate: f32,
    smooth: Fall,
    input: Ring,
    lines: [Ring; 4],
    /// What the kit that plays asks for.
    wanted: RoomTable,
    current: RoomTable,
    state: State,
}

fn silent_state(rate: f32) -> State {
    State {
        setting: None,
        gain: Ramp::at(0.0),
        // Taste: the kick's weight stays out of the room.
        floor: OnePole::new(180.0, rate),
        air: OnePole::default(),
        damped: [0.0; 4],
        position: 0,
        heard: false,
        quiet_ticks: 0,
        awake: false,
    }
}

impl Room {
    pub(crate) fn new(rate: f32) -> Room {
        let longest = (1.1 * MOST_S * rate) as usize + TICK;
        Room {
            rate,
            smooth: Fall::tau(0.004, rate),
            input: Ring::new(longest),
            lines: core::array::from_fn(|_| Ring::new(longest)),
            wanted: RoomTable::default(),
            current: RoomTable::default(),
            state: silent_state(rate),
        }
    }
    pub(crate) fn reset(&mut self) {
        self.clear();
        self.state = silent_state(self.rate);
    }
    /// Forgets what it holds.
    pub(crate) fn clear(&mut self) {
        self.input.clear();
        for line in &mut self.lines {
            line.clear();
        }
        self.state.floor.clear();
        self.state.air.clear();
        self.state.damped = [0.0; 4];
    }
    /// The kit that plays from here on. The first since reset counts at once.
    pub(crate) fn set(&mut self, table: &RoomTable) {
        if self.state.setting.is_none() {
            self.wanted = table.clone();
            self.furnish();
            self.state.gain = Ramp::at(table.share);
        } else if self.wanted != *table {
            self.wanted = table.clone();
        }
    }
    fn furnish(&mut self) {
        let table = self.wanted.clone();
        let size = table.size_ms * 0.001 * self.rate;
        let samples = |share: f32| ((share * size) as usize).max(TICK);
        let lines = LINES.map(samples);
        let decay = (table.decay_ms * 0.001 * self.rate).max(1.0);
        self.state.setting = Some(Setting {
            taps: EARLY.map(|side| side.map(|(share, _)| samples(share))),
            lines,
            feedback: lines.map(|n| (-3.0 * LN_10 * n as f32 / decay).exp()),
            damping: 1.0 - (-TAU * (1.3 * table.dark_hz / self.rate).min(0.45)).exp(),
        });
        self.state.air = OnePole::new(table.dark_hz, self.rate);
        self.current = table;
    }
    fn tick(&mut self) {
        // Another room: this one fades out, then the other stands.
        let other = self.wanted != self.current;
        if other && self.state.gain.value() < 1e-4 {
            self.clear();
            self.furnish();
        }
        let target = if other { 0.0 } else { self.current.share };
        let distance = self.state.gain.value() - target;
        if distance.abs() < 1e-5 {
            self.state.gain.hold(target);
        } else {
            let keep = self.smooth.over(TICK);
            self.state.gain.aim(target + distance * keep, TICK);
        }
        if !self.state.awake {
            return;
        }
        self.state.floor.settle();
        self.state.air.settle();
        for damped in &mut self.state.damped {
            *damped = flush(*damped);
        }
        self.state.quiet_ticks = if self.state.heard {
            0
        } else {
            self.state.quiet_ticks + 1
        };
        self.state.heard = false;
        if self.state.quiet_ticks * TICK >= self.input.length() {
            self.clear();
            self.state.awake = false;
        }
    }
    /// Adds what the room answers to `frames` samples of the drums, `into` samples after a tick.
    #[inline(never)]
    pub(crate) fn process(
        &mut self,
        left: &mut [f32; TICK],
        right: &mut [f32; TICK],
        into: usize,
        frames: usize,
    ) {
        if into == 0 {
            self.tick();
        }
        let at = self.state.position;
        self.state.position += frames;
        let loudest = peak(left).max(peak(right));
        self.state.awake |= loudest > 0.0;
        let Some(setting) = self.state.setting else {
            return;
        };
        if !self.state.awake {
            for _ in 0..frames {
                self.state.gain.next();
            }
            return;
        }
        self.state.heard |= loudest > 1e-7;
        // Told apart so that the compiler knows how long a whole piece is.
        if frames == TICK {
            self.run(&setting, left, right, at, TICK);
        } else {
            self.run(&setting, left, right, at, frames);
        }
    }
    #[inline(always)]
    fn run(
        &mut self,
        setting: &Setting,
        left: &mut [f32; TICK],
        right: &mut [f32; TICK],
        at: usize,
        frames: usize,
    ) {
        let (l, r) = (eights(left), eights(right));
        let middle = whole([0, 1].map(|n| F8::splat(0.5) * (l[n] + r[n])));
        let mut dry = [0.0f32; TICK];
        let (mut floor, mut air) = (self.state.floor, self.state.air);
        for i in 0..frames {
            dry[i] = air.low(middle[i] - floor.low(middle[i]));
        }
        (self.state.floor, self.state.air) = (floor, air);
        self.input.write(at, &dry, frames);
        let read = |k: usize| fours(self.lines[k].read(at.wrapping_sub(setting.lines[k])));
        let [a, b, c, d] = [read(0), read(1), read(2), read(3)];
        let mut damped = F4::new(self.state.damped);
        let (share, keep) = (F4::splat(setting.damping), F4::splat(1.0 - setting.damping));
        let mut dull = [[F4::ZERO; TICK / 4]; 4];
        for n in 0..TICK / 4 {
            let mut rows = F4::transpose([a[n], b[n], c[n], d[n]]);
            for (i, row) in rows.iter_mut().enumerate() {
                if 4 * n + i < frames {
                    damped = keep.mul_add(damped, share * *row);
                }
                *row = damped;
            }
            for (line, row) in dull.iter_mut().zip(&F4::transpose(rows)) {
                line[n] = *row;
            }
        }
        self.state.damped = damped.to_array();
        let lines: [Row; 4] = core::array::from_fn(|k| eights(&unfold(dull[k])));
        let dry = eights(&dry);
        let mean: Row = core::array::from_fn(|n| {
            F8::splat(0.5) * ((lines[0][n] + lines[1][n]) + (lines[2][n] + lines[3][n]))
        });
        for (k, ring) in self.lines.iter_mut().enumerate() {
            let (back, fed) = (F8::splat(setting.feedback[k]), F8::splat(FED[k]));
            // A Householder mirror: every line speaks to every other, no power is lost.
            let next = [0, 1].map(|n| back.mul_add(lines[k][n] - mean[n], fed * dry[n]));
            ring.write(at, &whole(next), frames);
        }
        let mut wet = [[0.0f32; TICK]; 2];
        for (side, wet) in wet.iter_mut().enumerate() {
            let tail = F8::splat(TAIL);
            let mut sums = [0, 1].map(|n| tail * (lines[side][n] - lines[side + 2][n]));
            for (tap, (_, gain)) in setting.taps[side].iter().zip(&EARLY[side]) {
                let piece = eights(self.input.read(at.wrapping_sub(*tap)));
                for n in 0..2 {
                    sums[n] = F8::splat(*gain).mul_add(piece[n], sums[n]);
                }
            }
            *wet = whole(sums);
        }
        for side in &mut wet {
            side[frames..].fill(0.0);
        }
        let mut gain = self.state.gain;
        for i in 0..frames {
            let gain = gain.next();
            left[i] = fused(gain, wet[0][i], left[i]);
            right[i] = fused(gain, wet[1][i], right[i]);
        }
        self.state.gain = gain;
        self.state.heard |= peak(&wet[0]) > 1e-6 || peak(&wet[1]) > 1e-6;
    }
}
