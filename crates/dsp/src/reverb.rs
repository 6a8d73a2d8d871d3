//! The shared reverbs: eight delay lines that feed each other, slightly moving so that nothing rings.
//!
//! Room, plate and hall are one network with lines, diffusers and pre-delay of their own. One that is not fed
//! falls asleep when its tail is gone, and costs nothing until it is fed again.
//!
//! Reference: J.-M. Jot, A. Chaigne, "Digital delay networks for designing artificial reverberators" (decay
//! and damping by line length); the Hadamard matrix spreads each line over all.

mod design;
mod line;

use music::mix::Space;

use self::design::{DIFFUSERS, Design, LINES};
use self::line::Tap;
use crate::damping::{Damping, Dampings};
use crate::math::{F8, TICK, eights, larger, line8, slow_sine, sounds, whole};
use crate::ring::{Ring, room};

/// Gain of the diffusers.
const DIFFUSION: f32 = 0.62;
/// Level of the wet sound.
const WET: f32 = 0.4;
/// 1/√8: what eight lines keep of their power when each hears all.
const NORM: f32 = 0.353_553_39;
/// A Hadamard matrix as three rounds of sums and differences.
const HADAMARD: [(usize, usize); 12] = [
    (0, 1),
    (2, 3),
    (4, 5),
    (6, 7),
    (0, 2),
    (1, 3),
    (4, 6),
    (5, 7),
    (0, 4),
    (1, 5),
    (2, 6),
    (3, 7),
];
/// Keeps the lines' numbers normal: far below anything heard, far above what is slow to compute with.
const FLOOR: f32 = 1e-18;
/// Ticks between two looks at where the taps go.
const SWING_TICKS: usize = 4;
/// A tail under this level is over: −134 dB.
const SILENT: f32 = 2e-7;

/// A stereo reverb.
pub(crate) struct Reverb {
    rate: f32,
    design: &'static Design,
    write: usize,
    predelay: [Ring; 2],
    predelay_samples: usize,
    diffusers: [[Ring<{ room(1 << 13) }>; DIFFUSERS]; 2],
    diffuser_samples: [[usize; DIFFUSERS]; 2],
    lines: [Ring; LINES],
    lengths: [f32; LINES],
    taps: [Tap; LINES],
    dampings: Dampings,
    /// Decay in seconds, damping corner, low cut: as they stand, as they are wanted.
    now: [f32; 3],
    wanted: [f32; 3],
    /// Low-passes that are taken away from the input.
    thin: [Damping; 2],
    asleep: bool,
    fed: bool,
    /// The highest levels of what it said since the tick, by every eighth sample.
    loudest: F8,
    quiet_ticks: u32,
    rest_ticks: u32,
    /// Since the taps were aimed.
    ticks: usize,
}

impl Reverb {
    pub(crate) fn new(space: Space, rate: f32) -> Reverb {
        let design = Design::of(space);
        let samples = |ms: f32| ms * 0.001 * rate;
        let lengths = design.lengths_ms.map(samples);
        let longest_ms = design.lengths_ms.into_iter().fold(0.0, larger);
        let mut reverb = Reverb {
            rate,
            design,
            write: 0,
            predelay: [(); 2].map(|()| Ring::new(samples(design.predelay_ms) as usize)),
            predelay_samples: samples(design.predelay_ms) as usize,
            diffusers: design
                .diffusers_ms
                .map(|row| row.map(|ms| Ring::new(samples(ms) as usize))),
            diffuser_samples: design
                .diffusers_ms
                .map(|row| row.map(|ms| samples(ms) as usize)),
            lines: lengths.map(|l| Ring::new((l + samples(design.swing_ms)) as usize)),
            lengths,
            taps: lengths.map(Tap::at),
            dampings: Dampings::default(),
            now: [0.0; 3],
            wanted: [1.6, 6000.0, 160.0],
            thin: [Damping::default(); 2],
            asleep: true,
            fed: false,
            loudest: F8::ZERO,
            quiet_ticks: 0,
            // Longer than the longest way from input to output.
            rest_ticks: (samples(2.0 * longest_ms + design.predelay_ms + 60.0) / TICK as f32)
                as u32,
            ticks: 0,
        };
        reverb.reset();
        reverb
    }
    pub(crate) fn reset(&mut self) {
        for ring in self.diffusers.iter_mut().flatten() {
            ring.clear();
        }
        for ring in self.predelay.iter_mut().chain(&mut self.lines) {
            ring.clear();
        }
        self.write = 0;
        self.taps = self.lengths.map(Tap::at);
        self.ticks = 0;
        self.dampings = Dampings::default();
        self.thin = [Damping::default(); 2];
        self.now = [0.0; 3];
        self.asleep = true;
        self.fed = false;
        self.loudest = F8::ZERO;
        self.quiet_ticks = 0;
    }
    /// Seconds for 60 dB, the frequency at which it takes half of that, and where the input is cut.
    pub(crate) fn set(&mut self, decay_s: f32, damp_hz: f32, low_cut_hz: f32) {
        let bounded = |x: f32, low: f32, high: f32, other: f32| {
            if x.is_finite() {
                x.clamp(low, high)
            } else {
                other
            }
        };
        self.wanted = [
            bounded(decay_s, 0.1, 12.0, 1.6),
            bounded(damp_hz, 1000.0, 16_000.0, 6000.0).min(0.42 * self.rate),
            bounded(low_cut_hz, 20.0, 1000.0, 160.0),
        ];
    }
    pub(crate) fn tick(&mut self, seconds: f64) {
        if self.asleep {
            return;
        }
        if self.fed || self.loudest.simd_ge(F8::splat(SILENT)).any() {
            self.quiet_ticks = 0;
        } else {
            self.quiet_ticks += 1;
            self.asleep = self.quiet_ticks > self.rest_ticks;
        }
        self.fed = false;
        self.loudest = F8::ZERO;
        self.follow();
        self.ticks += 1;
        if self.ticks == SWING_TICKS {
            self.ticks = 0;
            for low in &mut self.thin {
                low.settle();
            }
            self.swing(seconds);
        }
    }
    /// Takes new settings over.
    fn follow(&mut self) {
        if self.now == self.wanted {
            return;
        }
        self.now = self.wanted;
        let [decay_s, damp_hz, low_cut_hz] = self.now;
        for (k, length) in self.lengths.into_iter().enumerate() {
            self.dampings.set(k, length, decay_s, damp_hz, self.rate);
        }
        for pole in &mut self.thin {
            pole.set_corner(low_cut_hz, self.rate);
        }
    }
    /// Wakes as if it had been awake since the tick, so that no cut of time shows.
    fn wake(&mut self, into: usize) {
        self.asleep = false;
        self.quiet_ticks = 0;
        self.taps = self.lengths.map(Tap::at);
        self.ticks = 0;
        self.follow();
        if into > 0 {
            let nothing = [[0.0; TICK]; 2];
            self.process(&nothing, &mut [[0.0; TICK]; 2], 0, into);
        }
    }
    fn swing(&mut self, seconds: f64) {
        let depth = self.design.swing_ms * 0.001 * self.rate;
        if depth == 0.0 {
            return;
        }
        // Every other line moves, each at its own slow speed.
        for (i, tap) in self.taps.iter_mut().enumerate().step_by(2) {
            let swing = slow_sine(0.31 + 0.067 * i as f64, seconds, 0.37 * i as f64);
            tap.aim(self.lengths[i] + depth * swing, SWING_TICKS * TICK);
        }
    }
    /// `input` (left, right) in, reverb added to `out`. `into`: samples since the tick.
    pub(crate) fn process(
        &mut self,
        input: &[[f32; TICK]; 2],
        out: &mut [[f32; TICK]; 2],
        into: usize,
        frames: usize,
    ) {
        let fed = input.iter().any(sounds);
        if self.asleep {
            if !fed {
                return;
            }
            self.wake(into);
        }
        self.fed |= fed;
        // Told apart so that the compiler knows how long a whole piece is.
        if frames == TICK {
            self.run(input, out, into, TICK);
        } else {
            self.run(input, out, into, frames);
        }
    }
    #[inline(always)]
    fn run(
        &mut self,
        input: &[[f32; TICK]; 2],
        out: &mut [[f32; TICK]; 2],
        into: usize,
        frames: usize,
    ) {
        let write = self.write;
        let mut sources = [[F8::ZERO; TICK / 8]; 2];
        for (side, source) in sources.iter_mut().enumerate() {
            let heard = eights(&input[side]);
            let low = self.thin[side].process(&heard, frames);
            let thinned = core::array::from_fn(|n| (heard[n] - low[n]) + F8::splat(FLOOR));
            self.predelay[side].write(write, &whole(thinned), frames);
            let mut x = eights(self.predelay[side].read(write.wrapping_sub(self.predelay_samples)));
            for (ring, length) in self.diffusers[side]
                .iter_mut()
                .zip(self.diffuser_samples[side])
            {
                let old = eights(ring.read(write.wrapping_sub(length)));
                let mut inner = [F8::ZERO; TICK / 8];
                for n in 0..TICK / 8 {
                    inner[n] = F8::splat(DIFFUSION).mul_neg_add(old[n], x[n]);
                    x[n] = F8::splat(DIFFUSION).mul_add(inner[n], old[n]);
                }
                ring.write(write, &whole(inner), frames);
            }
            *source = x;
        }
        // Every line is longer than a piece, so all reads may come first.
        let since = line8(0.0, 1.0, self.ticks * TICK + into);
        let mut y = [[F8::ZERO; TICK / 8]; LINES];
        for (k, y) in y.iter_mut().enumerate() {
            let tap = &self.taps[k];
            let at = write.wrapping_sub(tap.whole);
            let mut heard = eights(self.lines[k].read(at));
            if !tap.stands {
                let far = eights(self.lines[k].read(at.wrapping_sub(1)));
                let (part, step) = (F8::splat(tap.part), F8::splat(tap.step));
                for n in 0..TICK / 8 {
                    let place = step.mul_add(since[n], part);
                    heard[n] = place.mul_add(far[n] - heard[n], heard[n]);
                }
            }
            *y = heard;
        }
        self.dampings.process(&mut y, frames);
        let mut wet = [[F8::ZERO; TICK / 8]; 2];
        let mut next = [[F8::ZERO; TICK / 8]; LINES];
        for n in 0..TICK / 8 {
            let mut v = [
                y[0][n], y[1][n], y[2][n], y[3][n], y[4][n], y[5][n], y[6][n], y[7][n],
            ];
            let [a, b, c, d, e, f, g, h] = v;
            let (level, across) = (F8::splat(WET), F8::splat(0.4));
            wet[0][n] = level * across.mul_add(b + f, a - c + e - g);
            wet[1][n] = level * across.mul_add(c + g, b - d + f - h);
            for (one, other) in HADAMARD {
                (v[one], v[other]) = (v[one] + v[other], v[one] - v[other]);
            }
            for k in 0..LINES {
                next[k][n] = F8::splat(NORM).mul_add(v[k], sources[k % 2][n]);
            }
        }
        for side in 0..2 {
            let mut wet = whole(wet[side]);
            wet[frames..].fill(0.0);
            let (old, new) = (eights(&out[side]), eights(&wet));
            let highest = new[0].abs().fast_max(new[1].abs());
            self.loudest = self.loudest.fast_max(highest);
            out[side] = whole(core::array::from_fn(|n| old[n] + new[n]));
        }
        for k in 0..LINES {
            self.lines[k].write(write, &whole(next[k]), frames);
        }
        self.write = write.wrapping_add(frames);
    }
}

#[cfg(test)]
mod tests;
