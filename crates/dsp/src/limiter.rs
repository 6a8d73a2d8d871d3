//! The limiter without latency; it hears peaks between samples by oversampling.
//!
//! Three detectors ask for gain at once: the sample itself; a causal guess of the peak between this
//! sample and the one before; and the four-times oversampled signal, which is exact but some samples
//! late and therefore keeps the gain down while such peaks go on. The sample detector's ceiling is lower
//! than the oversampled one's, which leaves room for what a guess misses.
//!
//! It recovers at once from single peaks and slowly from a passage that is too loud throughout.

mod look_ahead;

pub(crate) use look_ahead::LookAhead;

use crate::math::{gain_from_db, larger};
use crate::true_peak::TruePeak;

/// Highest sample and highest oversampled peak, under the ceiling.
///
/// Measured: with the other detectors, a band at full velocity stays under −1 dBTP, and one 24 dB too
/// loud under 0.
const SAMPLE_ROOM_DB: f32 = 2.0;
const PEAK_ROOM_DB: f32 = 1.0;
const HOLD_S: f32 = 0.004;
const RELEASE_S: f32 = 0.09;

/// A stereo limiter.
pub(crate) struct Limiter {
    gain: f32,
    hold: u32,
    hold_samples: u32,
    release: f32,
    past: [[f32; 2]; 2],
    peaks: TruePeak,
    ceiling: f32,
    sample_share: f32,
    /// Lowest gain since the meters were read.
    pub(crate) lowest: f32,
}

impl Limiter {
    pub(crate) fn new(rate: f32) -> Limiter {
        Limiter {
            gain: 1.0,
            hold: 0,
            hold_samples: (HOLD_S * rate) as u32,
            release: 1.0 - (-1.0 / (RELEASE_S * rate)).exp(),
            past: [[0.0; 2]; 2],
            peaks: TruePeak::new(),
            ceiling: gain_from_db(-1.0 - PEAK_ROOM_DB),
            sample_share: gain_from_db(SAMPLE_ROOM_DB - PEAK_ROOM_DB),
            lowest: 1.0,
        }
    }
    pub(crate) fn set(&mut self, ceiling_db: f32) {
        self.ceiling = gain_from_db(ceiling_db - PEAK_ROOM_DB);
    }
    pub(crate) fn reset(&mut self) {
        self.gain = 1.0;
        self.hold = 0;
        self.past = [[0.0; 2]; 2];
        self.peaks.reset();
        self.lowest = 1.0;
    }
    #[inline(always)]
    pub(crate) fn next(&mut self, x: [f32; 2]) -> [f32; 2] {
        let mut sample = 0.0f32;
        let mut between = 0.0f32;
        for side in 0..2 {
            let (a, b, c) = (self.past[1][side], self.past[0][side], x[side]);
            sample = larger(c.abs(), sample);
            // Halfway between b and c, as if the wave went on like it came.
            between = larger((0.5625 * (b + c) - 0.125 * a).abs(), between);
        }
        self.past = [x, self.past[0]];
        let late = self.peaks.next(x);
        let peak = larger(larger(sample * self.sample_share, between), late);
        let wanted = if peak > self.ceiling {
            self.ceiling / peak
        } else {
            1.0
        };
        if wanted < self.gain {
            self.gain = wanted;
            self.hold = self.hold_samples;
            if wanted < self.lowest {
                self.lowest = wanted;
            }
        } else if self.hold > 0 {
            self.hold -= 1;
        } else {
            self.gain += (wanted - self.gain) * self.release;
        }
        [x[0] * self.gain, x[1] * self.gain]
    }
}
