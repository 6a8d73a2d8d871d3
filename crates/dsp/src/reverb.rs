//! The shared reverb: eight delay lines that feed each other, slightly moving so that nothing rings.
//!
//! Reference: J.-M. Jot, A. Chaigne, "Digital delay networks for designing artificial reverberators"
//! (decay by line length); the Hadamard matrix spreads each line over all.

use crate::filters::OnePole;
use crate::math::{TICK, flush, line, slow_sine};

const LINES: usize = 8;
/// Lengths of the lines in ms.
///
/// Taste: no two in a simple ratio, from a chamber to a small hall.
const LENGTHS_MS: [f32; LINES] = [29.3, 34.9, 39.7, 44.1, 50.3, 56.9, 63.1, 71.7];
/// Lengths of the diffusers before them in ms, left and right.
const DIFFUSERS_MS: [[f32; 3]; 2] = [[4.3, 7.7, 11.9], [4.7, 8.3, 10.7]];
const PREDELAY_MS: f32 = 11.0;
/// How far the lines move, ms.
const SWING_MS: f32 = 0.25;
/// Gain of the diffusers.
const DIFFUSION: f32 = 0.62;

/// A ring of samples, read and written by the piece.
struct Ring(Box<[f32]>);

impl Ring {
    fn new(longest: f32) -> Ring {
        Ring(vec![0.0; (longest as usize + 3 * TICK).next_power_of_two()].into_boxed_slice())
    }
    /// `N` samples from a place on.
    #[inline(always)]
    fn read<const N: usize>(&self, from: usize) -> [f32; N] {
        let from = from & (self.0.len() - 1);
        if let Some(row) = self.0.get(from..from + N) {
            return core::array::from_fn(|i| row[i]);
        }
        core::array::from_fn(|i| self.0[(from + i) & (self.0.len() - 1)])
    }
    /// The first `frames` of a piece to a place.
    #[inline(always)]
    fn write(&mut self, to: usize, piece: &[f32; TICK], frames: usize) {
        let mask = self.0.len() - 1;
        let to = to & mask;
        if frames == TICK
            && let Some(row) = self.0.get_mut(to..to + TICK)
        {
            row.copy_from_slice(piece);
            return;
        }
        for (i, x) in piece[..frames].iter().enumerate() {
            self.0[(to + i) & mask] = *x;
        }
    }
}

/// Where a line is read: whole samples back, fixed between ticks, and a part that moves and may leave
/// 0–1 by a little.
#[derive(Clone, Copy)]
struct Tap {
    whole: usize,
    part: f32,
    step: f32,
}

impl Tap {
    fn at(back: f32) -> Tap {
        Tap {
            whole: back as usize,
            part: back.fract(),
            step: 0.0,
        }
    }
    fn aim(&mut self, back: f32, frames: usize) {
        let now = self.whole as f32 + self.part + self.step * frames as f32;
        self.whole = now as usize;
        self.part = now - self.whole as f32;
        self.step = (back - now) / frames as f32;
    }
}

/// A stereo reverb.
pub(crate) struct Reverb {
    rate: f32,
    write: usize,
    predelay: [Ring; 2],
    predelay_samples: usize,
    diffusers: [[Ring; 3]; 2],
    diffuser_samples: [[usize; 3]; 2],
    lines: [Ring; LINES],
    lengths: [f32; LINES],
    taps: [Tap; LINES],
    gains: [f32; LINES],
    decay_s: f32,
    wanted_s: f32,
    damp: [f32; LINES],
    damp_share: f32,
    thin: [OnePole; 2],
}

impl Reverb {
    pub(crate) fn new(rate: f32) -> Reverb {
        let samples = |ms: f32| ms * 0.001 * rate;
        let lengths = LENGTHS_MS.map(samples);
        let mut reverb = Reverb {
            rate,
            write: 0,
            predelay: [
                Ring::new(samples(PREDELAY_MS)),
                Ring::new(samples(PREDELAY_MS)),
            ],
            predelay_samples: samples(PREDELAY_MS) as usize,
            diffusers: DIFFUSERS_MS.map(|row| row.map(|ms| Ring::new(samples(ms)))),
            diffuser_samples: DIFFUSERS_MS.map(|row| row.map(|ms| samples(ms) as usize)),
            lines: lengths.map(|l| Ring::new(l + samples(SWING_MS))),
            lengths,
            taps: lengths.map(Tap::at),
            gains: [0.0; LINES],
            decay_s: 0.0,
            wanted_s: 1.6,
            damp: [0.0; LINES],
            // Taste: air and soft walls take the top above 4.5 kHz.
            damp_share: 1.0 - (-core::f32::consts::TAU * (4500.0 / rate).min(0.4)).exp(),
            thin: [OnePole::default(); 2],
        };
        reverb.reset();
        reverb
    }
    pub(crate) fn reset(&mut self) {
        let rings = self
            .predelay
            .iter_mut()
            .chain(self.diffusers.iter_mut().flatten())
            .chain(&mut self.lines);
        for ring in rings {
            ring.0.fill(0.0);
        }
        self.write = 0;
        self.taps = self.lengths.map(Tap::at);
        self.damp = [0.0; LINES];
        self.thin = [OnePole::new(140.0, self.rate); 2];
        self.decay_s = 0.0;
    }
    pub(crate) fn set(&mut self, decay_s: f32) {
        self.wanted_s = if decay_s.is_finite() {
            decay_s.clamp(0.1, 12.0)
        } else {
            1.6
        };
    }
    pub(crate) fn tick(&mut self, seconds: f64, frames: usize) {
        if self.decay_s != self.wanted_s {
            self.decay_s = self.wanted_s;
            for (gain, length) in self.gains.iter_mut().zip(self.lengths) {
                *gain = 10f32.powf(-3.0 * length / (self.decay_s * self.rate));
            }
        }
        let depth = SWING_MS * 0.001 * self.rate;
        for (i, tap) in self.taps.iter_mut().enumerate() {
            // Each line moves at its own slow speed.
            let swing = slow_sine(0.31 + 0.067 * i as f64, seconds, 0.37 * i as f64);
            tap.aim(self.lengths[i] + depth * swing, frames);
        }
        for value in &mut self.damp {
            *value = flush(*value);
        }
        for pole in &mut self.thin {
            pole.settle();
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
        let write = self.write;
        let mut fed = [[0.0f32; TICK]; 2];
        for (side, fed) in fed.iter_mut().enumerate() {
            let mut thinned = [0.0; TICK];
            for (x, y) in input[side][..frames].iter().zip(&mut thinned) {
                *y = x - self.thin[side].low(*x);
            }
            self.predelay[side].write(write, &thinned, frames);
            let mut x: [f32; TICK] =
                self.predelay[side].read(write.wrapping_sub(self.predelay_samples));
            for (ring, length) in self.diffusers[side]
                .iter_mut()
                .zip(self.diffuser_samples[side])
            {
                let old: [f32; TICK] = ring.read(write.wrapping_sub(length));
                let mut inner = [0.0; TICK];
                for i in 0..TICK {
                    inner[i] = flush(x[i] - DIFFUSION * old[i]);
                    x[i] = old[i] + DIFFUSION * inner[i];
                }
                ring.write(write, &inner, frames);
            }
            *fed = x;
        }
        // Every line is longer than a piece, so all reads may come first.
        let mut y = [[0.0f32; TICK]; LINES];
        for ((y, ring), tap) in y.iter_mut().zip(&self.lines).zip(&self.taps) {
            let row: [f32; TICK + 1] = ring.read(write.wrapping_sub(tap.whole + 1));
            let part = line(tap.part, tap.step, into);
            for i in 0..TICK {
                y[i] = row[i + 1] + part[i] * (row[i] - row[i + 1]);
            }
        }
        for i in 0..frames {
            for (k, y) in y.iter_mut().enumerate() {
                self.damp[k] += self.damp_share * (y[i] - self.damp[k]);
                // Only the top is damped: a part of the bright sound stays.
                y[i] = self.gains[k] * (0.18 * y[i] + 0.82 * self.damp[k]);
            }
        }
        for i in 0..TICK {
            out[0][i] += 0.4 * (y[0][i] - y[2][i] + y[4][i] - y[6][i] + 0.4 * (y[1][i] + y[5][i]));
            out[1][i] += 0.4 * (y[1][i] - y[3][i] + y[5][i] - y[7][i] + 0.4 * (y[2][i] + y[6][i]));
        }
        // Hadamard matrix, three rounds of sums and differences.
        for span in [1, 2, 4] {
            for k in (0..LINES).filter(|k| k & span == 0) {
                for i in 0..TICK {
                    let (a, b) = (y[k][i], y[k + span][i]);
                    y[k][i] = a + b;
                    y[k + span][i] = a - b;
                }
            }
        }
        const NORM: f32 = 0.353_553_39;
        for (k, (y, ring)) in y.iter_mut().zip(&mut self.lines).enumerate() {
            for i in 0..TICK {
                y[i] = flush(NORM * y[i] + fed[k % 2][i]);
            }
            ring.write(write, y, frames);
        }
        self.write = write.wrapping_add(frames);
    }
}
