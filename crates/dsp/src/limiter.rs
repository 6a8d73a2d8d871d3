//! The limiter without latency; it hears peaks between samples by oversampling.
//!
//! Three detectors ask for gain at once: the sample itself; a causal guess of the peak between this
//! sample and the one before; and the four-times oversampled signal, which is exact but some samples
//! late and therefore keeps the gain down while such peaks go on. The sample detector's ceiling is lower
//! than the oversampled one's, which leaves room for what a guess misses.

mod look_ahead;

pub(crate) use look_ahead::LookAhead;

use crate::math::{F8, TICK, behind, eights, fused, gain_from_db, largest8, peak, whole};
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
    /// The last eight samples of each side.
    past: [[f32; 8]; 2],
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
            past: [[0.0; 8]; 2],
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
        self.past = [[0.0; 8]; 2];
        for peaks in &mut self.peaks {
            peaks.reset();
        }
        self.lowest = 1.0;
    }
    /// In place; what lies beyond `frames` is left undefined.
    pub(crate) fn process(&mut self, x: &mut [[f32; TICK]; 2], frames: usize) {
        let mut peaks = [F8::ZERO; TICK / 8];
        let share = F8::splat(self.sample_share);
        for (side, x) in x.iter().enumerate() {
            let late = eights(&self.peaks[side].piece(x, frames, self.quiet));
            let (now, mut past) = (eights(x), F8::new(self.past[side]));
            if frames < TICK {
                let mut row = [0.0; 8 + TICK];
                row[..8].copy_from_slice(&self.past[side]);
                row[8..].copy_from_slice(x);
                self.past[side].copy_from_slice(&row[frames..frames + 8]);
            } else {
                self.past[side] = now[1].to_array();
            }
            for n in 0..TICK / 8 {
                let (a, b) = (behind::<2>(past, now[n]), behind::<1>(past, now[n]));
                // Halfway between the last two, as if the wave went on like it came.
                let between = F8::splat(0.125).mul_neg_add(a, F8::splat(0.5625) * (b + now[n]));
                let highest = between.abs().fast_max(now[n].abs() * share);
                peaks[n] = highest.fast_max(late[n]).fast_max(peaks[n]);
                past = now[n];
            }
        }
        let mut peaks = whole(peaks);
        peaks[frames..].fill(0.0);
        if peak(&peaks) <= self.ceiling && self.gain == 1.0 {
            self.hold = self.hold.saturating_sub(frames as u32);
            return;
        }
        let wanted = eights(&peaks).map(|p| (F8::splat(self.ceiling) / p).fast_min(F8::ONE));
        let (held, gain) = (self.hold >= frames as u32, F8::splat(self.gain));
        let gains = if held && !wanted.iter().any(|w| w.simd_lt(gain).any()) {
            self.hold -= frames as u32;
            [gain; TICK / 8]
        } else {
            eights(&self.follow(&whole(wanted), frames))
        };
        let deepest = (F8::ONE - gains[0]).fast_max(F8::ONE - gains[1]);
        self.lowest = self.lowest.min(1.0 - largest8(deepest));
        for x in x {
            let plain = eights(x);
            *x = whole([plain[0] * gains[0], plain[1] * gains[1]]);
        }
    }
    /// Down at once, held, released.
    fn follow(&mut self, wanted: &[f32; TICK], frames: usize) -> [f32; TICK] {
        let mut gains = [1.0; TICK];
        let keep = 1.0 - self.release;
        for (out, wanted) in gains.iter_mut().zip(wanted).take(frames) {
            if *wanted < self.gain {
                self.gain = *wanted;
                self.hold = self.hold_samples;
            } else if self.hold > 0 {
                self.hold -= 1;
            } else {
                self.gain = fused(keep, self.gain, self.release * wanted);
                if self.gain > 0.999_99 {
                    self.gain = arrived(self.gain, *wanted);
                }
            }
            *out = self.gain;
        }
        gains
    }
}

/// The end of a release. Seldom, and apart so that every sample of one need not wait for the comparison.
#[cold]
#[inline(never)]
fn arrived(gain: f32, wanted: f32) -> f32 {
    if wanted == 1.0 { 1.0 } else { gain }
}
