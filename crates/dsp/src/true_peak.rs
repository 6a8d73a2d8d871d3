//! Peaks between samples: four-times oversampling.
//!
//! Reference: ITU-R BS.1770, annex 2 (method); the taps are our own windowed sinc.

use crate::math::{TICK, larger};

/// Taps of a place between samples.
///
/// Measured: with 32 under a cosine window the places are right within 0.4 dB up to 0.465 of the sample rate, and
/// within 0.1 dB up to 0.44.
const TAPS: usize = 32;
/// How many samples late the answer is.
const LATE: usize = TAPS / 2;

/// Taps by half: the places at a quarter and at three quarters are each other's mirror, so one half of their
/// sum and of their difference does for both; the place in the middle is its own mirror.
type Halves = [[f32; TAPS / 2]; 3];

fn taps() -> Halves {
    let place = |part: f64| -> [f64; TAPS] {
        let row: [f64; TAPS] = core::array::from_fn(|k| {
            // Time from the wanted place to this tap, in samples.
            let t = k as f64 - (TAPS as f64 / 2.0 - 1.0) - part;
            let x = core::f64::consts::PI * t;
            let window = (core::f64::consts::PI * t / (TAPS as f64 + 1.0)).cos();
            x.sin() / x * window
        });
        let sum: f64 = row.iter().sum();
        row.map(|tap| tap / sum)
    };
    let (quarter, half) = (place(0.25), place(0.5));
    let mut halves = [[0.0; TAPS / 2]; 3];
    for k in 0..TAPS / 2 {
        let (a, b) = (quarter[k], quarter[TAPS - 1 - k]);
        halves[0][k] = (0.5 * (a + b)) as f32;
        halves[1][k] = (0.5 * (a - b)) as f32;
        halves[2][k] = half[k] as f32;
    }
    halves
}

/// Finds the peaks of one channel, up to a tick at a time.
#[derive(Clone, Debug)]
pub(crate) struct TickPeaks {
    taps: Halves,
    /// The last [`TAPS`] samples and the tick's own.
    row: [f32; TAPS + TICK],
}

impl TickPeaks {
    pub(crate) fn new() -> TickPeaks {
        TickPeaks {
            taps: taps(),
            row: [0.0; TAPS + TICK],
        }
    }
    pub(crate) fn reset(&mut self) {
        self.row = [0.0; TAPS + TICK];
    }
    /// Takes a tick. For each of its samples: the highest of the sample and the places after it, [`LATE`]
    /// samples late. Where nothing near is as high as `least`, the samples alone count.
    pub(crate) fn tick(&mut self, x: &[f32; TICK], least: f32) -> [f32; TICK] {
        self.piece(x, TICK, least)
    }
    /// The same for the first `frames` of a tick; what is said beyond them means nothing.
    pub(crate) fn piece(&mut self, x: &[f32; TICK], frames: usize, least: f32) -> [f32; TICK] {
        self.row[TAPS..TAPS + frames].copy_from_slice(&x[..frames]);
        self.row[TAPS + frames..].fill(0.0);
        let mut out: [f32; TICK] = core::array::from_fn(|i| self.row[TAPS - LATE + i].abs());
        let mut highest = [0.0f32; 4];
        for four in self.row.as_chunks::<4>().0 {
            for k in 0..4 {
                highest[k] = larger(four[k].abs(), highest[k]);
            }
        }
        let highest = larger(
            larger(highest[0], highest[1]),
            larger(highest[2], highest[3]),
        );
        if highest >= least {
            let [even, odd, half] = &self.taps;
            let mut sums = [[0.0f32; TICK]; 3];
            for k in 0..TAPS / 2 {
                let near: &[f32; TICK] = self.row[1 + k..].first_chunk().unwrap_or(x);
                let far: &[f32; TICK] = self.row[TAPS - k..].first_chunk().unwrap_or(x);
                for i in 0..TICK {
                    let (sum, difference) = (near[i] + far[i], near[i] - far[i]);
                    sums[0][i] += even[k] * sum;
                    sums[1][i] += odd[k] * difference;
                    sums[2][i] += half[k] * sum;
                }
            }
            for i in 0..TICK {
                // The larger of |even + odd| and |even − odd|.
                let quarters = sums[0][i].abs() + sums[1][i].abs();
                out[i] = larger(larger(quarters, sums[2][i].abs()), out[i]);
            }
        }
        self.row.copy_within(frames..frames + TAPS, 0);
        out
    }
}

/// The highest peak of a stereo signal between samples, for a meter: only what could be higher than the
/// highest so far is looked at closely.
pub(crate) struct PeakHold {
    sides: [TickPeaks; 2],
    filling: [[f32; TICK]; 2],
    highest: f32,
}

impl PeakHold {
    pub(crate) fn new() -> PeakHold {
        PeakHold {
            sides: [TickPeaks::new(), TickPeaks::new()],
            filling: [[0.0; TICK]; 2],
            highest: 0.0,
        }
    }
    pub(crate) fn reset(&mut self) {
        for side in &mut self.sides {
            side.reset();
        }
        self.filling = [[0.0; TICK]; 2];
        self.highest = 0.0;
    }
    /// Takes a piece. `into`: samples since the tick.
    pub(crate) fn take(&mut self, piece: &[[f32; TICK]; 2], into: usize, frames: usize) {
        for (filling, x) in self.filling.iter_mut().zip(piece) {
            filling[into..into + frames].copy_from_slice(&x[..frames]);
        }
        if into + frames < TICK {
            return;
        }
        // A peak between samples is seldom more than 3 dB above the samples beside it.
        let least = 0.7 * self.highest;
        for (side, x) in self.sides.iter_mut().zip(&self.filling) {
            for peak in side.tick(x, least) {
                self.highest = larger(peak, self.highest);
            }
        }
    }
    /// The highest since the last call.
    pub(crate) fn take_highest(&mut self) -> f32 {
        core::mem::take(&mut self.highest)
    }
}
