//! Peaks between samples: four-times oversampling with twelve taps a phase.
//!
//! Reference: ITU-R BS.1770, annex 2 (method); the taps are our own windowed sinc.

const TAPS: usize = 12;
/// Below this no peak between samples matters to the limiter.
///
/// Measured: in music and in full-scale noise the peak between samples is under twice the highest
/// sample near it.
const FLOOR: f32 = 0.42;

/// A stereo peak detector. What it says is six samples old.
#[derive(Clone, Debug)]
pub(crate) struct TruePeak {
    /// By tap: the three places between samples (and a fourth lane that stays zero).
    taps: [[f32; 4]; TAPS],
    /// Twice the history, so that the last twelve always lie in a row.
    history: [[f32; 2 * TAPS]; 2],
    at: usize,
    loud: u32,
}

impl TruePeak {
    pub(crate) fn new() -> TruePeak {
        let mut taps = [[0.0; 4]; TAPS];
        for (k, row) in taps.iter_mut().enumerate() {
            for (p, tap) in row.iter_mut().take(3).enumerate() {
                // Time from the wanted place to this tap, in samples.
                let t = k as f64 - 5.0 - (p as f64 + 1.0) / 4.0;
                let x = core::f64::consts::PI * t;
                let window = (core::f64::consts::PI * t / 13.0).cos().powi(2);
                *tap = (x.sin() / x * window) as f32;
            }
        }
        for p in 0..3 {
            let sum: f32 = taps.iter().map(|row| row[p]).sum();
            for row in &mut taps {
                row[p] /= sum;
            }
        }
        TruePeak {
            taps,
            history: [[0.0; 2 * TAPS]; 2],
            at: 0,
            loud: 0,
        }
    }
    pub(crate) fn reset(&mut self) {
        self.history = [[0.0; 2 * TAPS]; 2];
        self.at = 0;
        self.loud = 0;
    }
    /// The highest peak between the samples around six samples ago; 0 while all is quiet.
    #[inline(always)]
    pub(crate) fn next(&mut self, x: [f32; 2]) -> f32 {
        for side in 0..2 {
            self.history[side][self.at] = x[side];
            self.history[side][self.at + TAPS] = x[side];
        }
        self.at = if self.at + 1 == TAPS { 0 } else { self.at + 1 };
        if x[0].abs() > FLOOR || x[1].abs() > FLOOR {
            self.loud = TAPS as u32;
        }
        if self.loud == 0 {
            return 0.0;
        }
        self.loud -= 1;
        let mut peak = 0.0f32;
        for side in 0..2 {
            let row = &self.history[side][self.at..self.at + TAPS];
            let mut sum = [0.0f32; 4];
            for (taps, x) in self.taps.iter().zip(row) {
                for p in 0..4 {
                    sum[p] += taps[p] * x;
                }
            }
            for s in sum {
                peak = crate::math::larger(s.abs(), peak);
            }
        }
        peak
    }
}
