//! The shared reverb: eight delay lines that feed each other, slightly moving so that nothing rings.
//!
//! Reference: J.-M. Jot, A. Chaigne, "Digital delay networks for designing artificial reverberators"
//! (decay by line length); the Hadamard matrix spreads each line over all.

use crate::filters::OnePole;
use crate::math::{TICK, flush, slow_sine};
use crate::ramp::Ramp;

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

/// A ring of samples.
struct Ring(Box<[f32]>);

impl Ring {
    fn new(longest: f32) -> Ring {
        Ring(vec![0.0; (longest as usize + 40).next_power_of_two()].into_boxed_slice())
    }
    #[inline(always)]
    fn read(&self, write: usize, back: usize) -> f32 {
        self.0[write.wrapping_sub(back) & (self.0.len() - 1)]
    }
    /// Samples from a place on, one more than a piece.
    #[inline(always)]
    fn piece(&self, from: usize) -> [f32; TICK + 1] {
        let from = from & (self.0.len() - 1);
        let mut piece = [0.0; TICK + 1];
        let whole = self.0.get(from..from + TICK + 1);
        match whole {
            Some(row) => piece.copy_from_slice(row),
            None => {
                for (i, sample) in piece.iter_mut().enumerate() {
                    *sample = self.0[(from + i) & (self.0.len() - 1)];
                }
            }
        }
        piece
    }
    #[inline(always)]
    fn put(&mut self, write: usize, value: f32) {
        let mask = self.0.len() - 1;
        self.0[write & mask] = value;
    }
}

/// Where a line is read: whole samples back, fixed between ticks, and a part that moves and may leave
/// 0–1 by a little.
#[derive(Clone, Copy)]
struct Tap {
    whole: usize,
    part: Ramp,
}

impl Tap {
    fn at(back: f32) -> Tap {
        Tap {
            whole: back as usize,
            part: Ramp::at(back.fract()),
        }
    }
    fn aim(&mut self, back: f32, frames: usize) {
        let now = self.whole as f32 + self.part.value();
        self.whole = now as usize;
        self.part.hold(now - self.whole as f32);
        self.part.aim(back - self.whole as f32, frames);
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
    /// `input` in, reverb added to `out`.
    pub(crate) fn process(
        &mut self,
        input: &[[f32; 2]; TICK],
        out: &mut [[f32; 2]; TICK],
        frames: usize,
    ) {
        let write = self.write;
        let mut fed = [[0.0f32; TICK]; 2];
        for (side, fed) in fed.iter_mut().enumerate() {
            for i in 0..frames {
                let x = input[i][side] - self.thin[side].low(input[i][side]);
                self.predelay[side].put(write.wrapping_add(i), x);
            }
            for (i, x) in fed[..frames].iter_mut().enumerate() {
                *x = self.predelay[side].read(write.wrapping_add(i), self.predelay_samples);
            }
            for (ring, length) in self.diffusers[side]
                .iter_mut()
                .zip(self.diffuser_samples[side])
            {
                for (i, x) in fed[..frames].iter_mut().enumerate() {
                    let at = write.wrapping_add(i);
                    let old = ring.read(at, length);
                    let inner = flush(*x - 0.62 * old);
                    ring.put(at, inner);
                    *x = old + 0.62 * inner;
                }
            }
        }
        // Every line is longer than a piece, so all reads may come first.
        let mut read = [[0.0f32; LINES]; TICK];
        for (k, (line, tap)) in self.lines.iter().zip(&mut self.taps).enumerate() {
            let piece = line.piece(write.wrapping_sub(tap.whole + 1));
            for (i, row) in read[..frames].iter_mut().enumerate() {
                let (a, b) = (piece[i + 1], piece[i]);
                row[k] = a + tap.part.next() * (b - a);
            }
        }
        for (i, y) in read[..frames].iter_mut().enumerate() {
            for k in 0..LINES {
                self.damp[k] += self.damp_share * (y[k] - self.damp[k]);
                // Only the top is damped: a part of the bright sound stays.
                y[k] = self.gains[k] * (0.18 * y[k] + 0.82 * self.damp[k]);
            }
            out[i][0] += 0.4 * (y[0] - y[2] + y[4] - y[6] + 0.4 * (y[1] + y[5]));
            out[i][1] += 0.4 * (y[1] - y[3] + y[5] - y[7] + 0.4 * (y[2] + y[6]));
            // Hadamard matrix, three rounds of sums and differences.
            for span in [1, 2, 4] {
                let from = *y;
                for k in 0..LINES {
                    let other = from[k ^ span];
                    y[k] = if k & span == 0 {
                        from[k] + other
                    } else {
                        other - from[k]
                    };
                }
            }
            const NORM: f32 = 0.353_553_39;
            for k in 0..LINES {
                y[k] = flush(NORM * y[k] + fed[k % 2][i]);
            }
        }
        for (k, line) in self.lines.iter_mut().enumerate() {
            for (i, y) in read[..frames].iter().enumerate() {
                line.put(write.wrapping_add(i), y[k]);
            }
        }
        self.write = write.wrapping_add(frames);
    }
}
