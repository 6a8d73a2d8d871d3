//! The limiter without latency; it hears peaks between samples by oversampling.
//!
//! Three detectors ask for gain at once: the sample itself; a causal guess of the peak between this
//! sample and the one before; and the four-times oversampled signal, which is exact but some samples
//! late and therefore keeps the gain down while such peaks go on. The sample detector's ceiling is lower
//! than the oversampled one's, which leaves room for what a guess misses.

mod look_ahead;

pub(crate) use look_ahead::LookAhead;

use crate::math::{TICK, gain_from_db, larger};
use crate::true_peak::TickPeaks;

/// Highest sample and highest oversampled peak, under the ceiling.
///
/// Measured: with the other detectors, a band at full velocity stays under −1 dBTP, and one 24 dB too
/// loud under 0.
const SAMPLE_ROOM_DB: f32 = 2.0;
const PEAK_ROOM_DB: f32 = 1.0;
/// Signals under this share of the ceiling have no peaks between samples that reach it: the oversampling's
/// taps add up to 2.7 in size.
const SAFE: f32 = 0.37;
const HOLD_S: f32 = 0.004;
const RELEASE_S: f32 = 0.09;

/// A stereo limiter.
pub(crate) struct Limiter {
    gain: f32,
    hold: u32,
    hold_samples: u32,
    release: f32,
    /// The last two samples of each side.
    past: [[f32; 2]; 2],
    peaks: [TickPeaks; 2],
    /// Below this no peak between samples matters.
    quiet: f32,
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
            peaks: [TickPeaks::new(), TickPeaks::new()],
            quiet: SAFE * gain_from_db(-1.0 - PEAK_ROOM_DB),
            ceiling: gain_from_db(-1.0 - PEAK_ROOM_DB),
            sample_share: gain_from_db(SAMPLE_ROOM_DB - PEAK_ROOM_DB),
            lowest: 1.0,
        }
    }
    pub(crate) fn set(&mut self, ceiling_db: f32) {
        self.ceiling = gain_from_db(ceiling_db - PEAK_ROOM_DB);
        self.quiet = SAFE * self.ceiling;
    }
    pub(crate) fn reset(&mut self) {
        self.gain = 1.0;
        self.hold = 0;
        self.past = [[0.0; 2]; 2];
        for peaks in &mut self.peaks {
            peaks.reset();
        }
        self.lowest = 1.0;
    }
    /// In place; what lies beyond `frames` is left undefined.
    pub(crate) fn process(&mut self, x: &mut [[f32; TICK]; 2], frames: usize) {
        let mut peaks = [0.0f32; TICK];
        for (side, x) in x.iter().enumerate() {
            let late = self.peaks[side].piece(x, frames, self.quiet);
            let mut row = [0.0f32; TICK + 2];
            row[..2].copy_from_slice(&self.past[side]);
            row[2..].copy_from_slice(x);
            for i in 0..TICK {
                let (a, b, c) = (row[i], row[i + 1], row[i + 2]);
                // Halfway between b and c, as if the wave went on like it came.
                let between = (0.5625 * (b + c) - 0.125 * a).abs();
                let sample = c.abs() * self.sample_share;
                let peak = larger(larger(sample, between), late[i]);
                peaks[i] = larger(peak, peaks[i]);
            }
            self.past[side] = [row[frames], row[frames + 1]];
        }
        let calm = peaks[..frames].iter().all(|p| *p <= self.ceiling);
        if calm && self.gain == 1.0 {
            self.hold = self.hold.saturating_sub(frames as u32);
            return;
        }
        for i in 0..frames {
            let wanted = if peaks[i] > self.ceiling {
                self.ceiling / peaks[i]
            } else {
                1.0
            };
            if wanted < self.gain {
                self.gain = wanted;
                self.hold = self.hold_samples;
            } else if self.hold > 0 {
                self.hold -= 1;
            } else {
                self.gain += (wanted - self.gain) * self.release;
                if self.gain > 0.999_99 && wanted == 1.0 {
                    self.gain = 1.0;
                }
            }
            if self.gain < self.lowest {
                self.lowest = self.gain;
            }
            x[0][i] *= self.gain;
            x[1][i] *= self.gain;
        }
    }
}
