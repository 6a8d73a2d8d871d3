//! Band-limited oscillators: plain waves whose corners are replaced by corners without harmonics
//! above the audible.
//!
//! A jump or a bend in the wave gets a short correction, the difference between an ideal low-passed
//! step (or ramp) and the plain one, read from a table at the exact place between two samples. The wave
//! is delayed by half of the correction's length so that it may begin before the corner.
//!
//! Reference: E. Brandt, "Hard sync without aliasing" (band-limited steps); here linear-phase, with a
//! Kaiser window.

mod pitch;
mod waves;

use music::patch::{OscillatorTable, Shape, Wave};

use crate::math::{F8, TICK, eights, line8, phase_sine8, signed8, whole};
pub(crate) use pitch::{PitchGlide, Vibrato};
use waves::{CYCLES, Waves, read, waves};
use wide::{i32x8, u32x8};

/// Samples of a correction.
const TAPS: usize = 16;
/// Samples before its corner; the delay of every oscillator.
const LEAD: usize = TAPS / 2;
/// Places between two samples that are tabled; those between are interpolated.
const PLACES: usize = 64;
/// Length of a buffer that holds a tick and what reaches beyond it.
pub(crate) const BUFFER: usize = TICK + TAPS;

/// Half a turn of a phase, and what makes a phase a number up to 2.
const HALF: u32 = 1 << 31;
const UNIT: f32 = 1.0 / 2_147_483_648.0;

/// Corrections for jumps and bends; single cycles.
pub(crate) struct Tables {
    jump: Vec<[f32; TAPS]>,
    bend: Vec<[f32; TAPS]>,
    waves: &'static Waves,
}

/// Modified Bessel function of the first kind, order 0.
fn bessel(x: f64) -> f64 {
    let mut sum = 1.0;
    let mut term = 1.0;
    for k in 1..40 {
        term *= (x / (2.0 * f64::from(k))).powi(2);
        sum += term;
    }
    sum
}

impl Tables {
    pub(crate) fn new() -> Tables {
        // Fine integration of the windowed sinc: FINE steps a sample.
        const FINE: usize = PLACES * 8;
        let half = LEAD as f64;
        let count = TAPS * FINE;
        // Measured: beta 7.5 with the corner at half the rate keeps what folds below 16 kHz (at
        // 48 kHz) under −80 dB.
        let beta = 7.5;
        let pulse = |t: f64| {
            let w = 1.0 - (t / half).powi(2);
            if w <= 0.0 {
                return 0.0;
            }
            let x = core::f64::consts::PI * t;
            let sinc = if x.abs() < 1e-9 { 1.0 } else { x.sin() / x };
            sinc * bessel(beta * w.sqrt()) / bessel(beta)
        };
        let mut step = vec![0.0f64; count + 1];
        for i in 0..count {
            let t = (i as f64 + 0.5) / FINE as f64 - half;
            step[i + 1] = step[i] + pulse(t) / FINE as f64;
        }
        let whole = step[count];
        let residual: Vec<f64> = (0..=count)
            .map(|i| step[i] / whole - if i >= count / 2 { 1.0 } else { 0.0 })
            .collect();
        let mut ramp = vec![0.0f64; count + 1];
        for i in 0..count {
            // The jump of the residual at the corner lies on the grid, so take its left value there.
            let right = if i + 1 == count / 2 {
                residual[i + 1] + 1.0
            } else {
                residual[i + 1]
            };
            ramp[i + 1] = ramp[i] + 0.5 * (residual[i] + right) / FINE as f64;
        }
        let at = |place: usize, tap: usize| tap * FINE + place * (FINE / PLACES);
        let mut jump = vec![[0.0; TAPS]; PLACES + 1];
        let mut bend = vec![[0.0; TAPS]; PLACES + 1];
        for place in 0..=PLACES {
            for tap in 0..TAPS {
                let i = at(place, tap);
                let left_of_corner = place == PLACES && tap == LEAD - 1;
                jump[place][tap] = (residual[i] + if left_of_corner { 1.0 } else { 0.0 }) as f32;
                bend[place][tap] = ramp[i] as f32;
            }
        }
        Tables {
            jump,
            bend,
            waves: waves(),
        }
    }
}

/// Adds `amount` of a correction for a corner that lies `since` samples (0–1) before sample `at`.
#[inline(never)]
fn correct(table: &[[f32; TAPS]], buffer: &mut [f32; BUFFER], at: usize, since: f32, amount: f32) {
    let place = since.clamp(0.0, 1.0) * PLACES as f32;
    let low = (place as usize).min(PLACES - 1);
    let share = F8::splat(place - low as f32);
    let (a, b) = (eights(&table[low]), eights(&table[low + 1]));
    if let Some(out) = buffer[at..].first_chunk_mut() {
        let old = eights(out);
        let more = |n: usize| share.mul_add(b[n] - a[n], a[n]);
        *out = whole([0, 1].map(|n| F8::splat(amount).mul_add(more(n), old[n])));
    }
}

/// Phases of a tick's samples: the first is a step behind `start`.
#[inline(always)]
pub(crate) fn phases(start: u32, step: u32) -> [u32x8; 2] {
    let first = u32x8::splat(start) + u32x8::splat(step) * u32x8::new([1, 2, 3, 4, 5, 6, 7, 8]);
    [first, first + u32x8::splat(step.wrapping_mul(8))]
}

/// One oscillator.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Oscillator {
    shape: Shape,
    phase: u32,
    step: u32,
    width: u32,
    level: f32,
    /// Against the played pitch.
    ratio: f32,
    wave: Wave,
    /// Place in the table of a wave, before the envelope moves it; and between cycles as it is heard.
    position: f32,
    morph: f32,
    place: f32,
    octave: u8,
}

impl Oscillator {
    pub(crate) fn new(table: &OscillatorTable, phase: u32) -> Oscillator {
        Oscillator {
            shape: table.shape,
            phase,
            step: 0,
            width: (table.width * 4_294_967_296.0) as u32,
            level: table.level,
            ratio: ((table.semitones + 0.01 * table.cents) / 12.0).exp2(),
            wave: table.wave,
            position: table.position,
            morph: table.morph,
            place: table.position * (CYCLES - 1) as f32,
            octave: 0,
        }
    }
    /// Moves through the table of a wave.
    pub(crate) fn morph(&mut self, envelope: f32) {
        if self.morph != 0.0 {
            let place = (self.position + self.morph * envelope).clamp(0.0, 1.0);
            self.place = place * (CYCLES - 1) as f32;
        }
    }
    /// Detuned and scaled against the table.
    pub(crate) fn detuned(mut self, cents: f32, level: f32) -> Oscillator {
        self.ratio *= (cents / 1200.0).exp2();
        self.level *= level;
        self
    }
    pub(crate) const fn is_silent(&self) -> bool {
        self.level <= 0.0
    }
    /// Sets the played frequency.
    pub(crate) fn tune(&mut self, hz: f32, rate: f32) {
        let turns = (f64::from(hz * self.ratio) / f64::from(rate)).min(0.45);
        self.step = (turns * 4_294_967_296.0) as u32;
        if self.shape == Shape::Wave {
            self.octave = Waves::octave(turns as f32) as u8;
        }
    }
    /// Adds `frames` samples to the buffer, whose first sample is the next to be heard.
    pub(crate) fn render(&mut self, buffer: &mut [f32; BUFFER], frames: usize, tables: &Tables) {
        match self.shape {
            Shape::Saw => self.saw(buffer, frames, tables),
            Shape::Pulse => self.pulse(buffer, frames, tables),
            Shape::Triangle => self.triangle(buffer, frames, tables),
            Shape::Sine => self.sine(buffer, frames),
            Shape::Wave => self.wave(buffer, frames, tables),
        }
    }
    /// The same of copies of one oscillator, each to the buffer that `to` says of it. The shape is told once, and how
    /// long a whole piece is.
    pub(crate) fn render_copies<const BUFFERS: usize>(
        copies: &mut [Oscillator],
        to: impl Fn(usize) -> usize,
        buffers: &mut [[f32; BUFFER]; BUFFERS],
        frames: usize,
        tables: &Tables,
    ) {
        let shape = copies.first().map_or(Shape::Sine, |copy| copy.shape);
        for (i, copy) in copies.iter_mut().enumerate() {
            let buffer = &mut buffers[to(i)];
            match (shape, frames) {
                (Shape::Saw, TICK) => copy.saw(buffer, TICK, tables),
                (Shape::Wave, TICK) => copy.wave(buffer, TICK, tables),
                _ => copy.render(buffer, frames, tables),
            }
        }
    }
    /// On by so many samples.
    #[inline(always)]
    fn turn(&mut self, frames: usize) {
        self.phase = (self.phase).wrapping_add(self.step.wrapping_mul(frames as u32));
    }
    #[inline(always)]
    fn saw(&mut self, buffer: &mut [f32; BUFFER], frames: usize, tables: &Tables) {
        let (start, step, level) = (self.phase, self.step, self.level);
        let slope = F8::splat(level * UNIT);
        let saw = phases(start ^ HALF, step).map(|p| F8::from_i32x8(signed8(p)));
        add(buffer, frames, |n, old| slope.mul_add(saw[n], old));
        corners(start, step, frames, |i, since| {
            correct(&tables.jump, buffer, i, since, -2.0 * level);
        });
        self.turn(frames);
    }
    fn pulse(&mut self, buffer: &mut [f32; BUFFER], frames: usize, tables: &Tables) {
        let (start, step, level) = (self.phase, self.step, self.level);
        let width = self.width;
        let mean = width as f32 * UNIT - 1.0;
        let [high, low] = [1.0, -1.0].map(|side| F8::splat(level * (side - mean)));
        // As signed numbers, whose order is that of phases half a turn away.
        let edge = i32x8::splat((width ^ HALF) as i32);
        let wave = phases(start ^ HALF, step).map(|p| signed8(p).simd_lt(edge).select(high, low));
        add(buffer, frames, |n, old| old + wave[n]);
        corners(start, step, frames, |i, since| {
            correct(&tables.jump, buffer, i, since, 2.0 * level);
        });
        corners(start.wrapping_sub(width), step, frames, |i, since| {
            correct(&tables.jump, buffer, i, since, -2.0 * level);
        });
        self.turn(frames);
    }
    fn triangle(&mut self, buffer: &mut [f32; BUFFER], frames: usize, tables: &Tables) {
        let (start, step, level) = (self.phase, self.step, self.level);
        let away = phases(start, step).map(|p| F8::from_i32x8(signed8(p)).abs());
        let slope = F8::splat(2.0 * level * UNIT);
        add(buffer, frames, |n, old| {
            slope.mul_neg_add(away[n], old + F8::splat(level))
        });
        let bend = 4.0 * level * step as f32 * UNIT;
        corners(start, step, frames, |i, since| {
            correct(&tables.bend, buffer, i, since, -bend);
        });
        corners(start.wrapping_sub(HALF), step, frames, |i, since| {
            correct(&tables.bend, buffer, i, since, bend);
        });
        self.turn(frames);
    }
    fn sine(&mut self, buffer: &mut [f32; BUFFER], frames: usize) {
        let level = F8::splat(self.level);
        let sine = phases(self.phase, self.step).map(phase_sine8);
        add(buffer, frames, |n, old| level.mul_add(sine[n], old));
        self.turn(frames);
    }
    #[inline(always)]
    fn wave(&mut self, buffer: &mut [f32; BUFFER], frames: usize, tables: &Tables) {
        let (start, step, level) = (self.phase, self.step, self.level);
        let low = (self.place as usize).min(CYCLES - 2);
        let share = self.place - low as f32;
        let both = (tables.waves).from(self.wave, low, usize::from(self.octave));
        let levels = [level * (1.0 - share), level * share];
        // Told apart so that the compiler knows how long a cycle is.
        let wave = match both.bits {
            11 => read::<11, 2049>(&both.samples, levels, start, step),
            12 => read::<12, 4097>(&both.samples, levels, start, step),
            _ => read::<13, 8193>(&both.samples, levels, start, step),
        };
        add(buffer, frames, |n, old| old + wave[n]);
        self.turn(frames);
    }
}

/// Adds the first `frames` samples of a wave to where they begin in a buffer; `added` says an eight by its number and
/// what is there.
#[inline(always)]
fn add(buffer: &mut [f32; BUFFER], frames: usize, added: impl Fn(usize, F8) -> F8) {
    let Some(to) = buffer[LEAD..].first_chunk_mut() else {
        unreachable!("a buffer holds a tick behind its lead")
    };
    let old = eights(to);
    let mut sum = [added(0, old[0]), added(1, old[1])];
    if frames < TICK {
        // Chosen, not copied: a copy whose length nobody knows is a call, even where it is a whole piece.
        let at = line8(0.0, 1.0, 0);
        let end = F8::splat(frames as f32);
        sum = [0, 1].map(|n| at[n].simd_lt(end).select(sum[n], old[n]));
    }
    *to = whole(sum);
}

/// Calls `found` for every sample at or before which the phase came round, with the time since then in
/// samples (0–1).
#[inline(always)]
fn corners(start: u32, step: u32, frames: usize, mut found: impl FnMut(usize, f32)) {
    // Most pieces of low notes hold none: a product tells, which is sooner had than a quotient.
    if u64::from(start) + u64::from(step) * frames as u64 <= u64::from(u32::MAX) {
        return;
    }
    let mut phase = start;
    let mut i = 0;
    loop {
        // Steps that stay below the turn.
        i += ((u32::MAX - phase) / step) as usize;
        if i >= frames {
            return;
        }
        phase = start.wrapping_add(step.wrapping_mul(i as u32 + 1));
        found(i, phase as f32 / step as f32);
        i += 1;
    }
}

/// Moves a buffer on after `frames` samples were heard.
pub(crate) fn advance(buffer: &mut [f32; BUFFER], frames: usize) {
    if frames == TICK {
        let (head, tail) = buffer.split_at_mut(TICK);
        head.copy_from_slice(tail);
        tail.fill(0.0);
        return;
    }
    buffer.copy_within(frames.., 0);
    buffer[BUFFER - frames..].fill(0.0);
}
