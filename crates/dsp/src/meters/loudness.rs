//! Loudness of main: momentary, short-term, integrated.
//!
//! Reference: ITU-R BS.1770-4 (K-weighting, mean square, −0.691, gates at −70 LUFS and 10 LU under the mean),
//! EBU Tech 3341 (momentary 400 ms, short-term 3 s). Filters for any rate after B. De Man, "Evaluation of
//! implementations of the EBU R128 loudness measurement".

use core::f64::consts::PI;

use wide::f64x4 as F64;

use super::LoudnessMeter;
use crate::math::TICK;

/// Parts of 10 ms in the 400 ms window, in 3 s, and in the hop between gated blocks.
const MOMENT: usize = 40;
const SHORT: usize = 300;
const HOP: usize = 10;
/// Bins of the blocks' loudness: from −70 to +10 LUFS, 0.05 LU each.
const BINS: usize = 1600;
const LOWEST: f64 = -70.0;
const PER_LU: f64 = 20.0;

/// Both filters of both sides at once, as state-spaces; see the mixer's bank. The second hears the first a sample
/// late, which no loudness minds.
#[derive(Clone, Copy, Debug)]
struct Weighting {
    b0: F64,
    d1: F64,
    d2: F64,
    a1: F64,
    a2: F64,
    /// The first state as it stands and as it was, and what the second was given: it is only worked out as it is used,
    /// so that no state waits longer than for one fused product a sample.
    s: [F64; 3],
    /// What the first filter said last.
    between: [f64; 2],
}

impl Weighting {
    fn new(rate: f64) -> Weighting {
        let [first, second] = k_weighting(rate)
            .map(|([b0, b1, b2], [a1, a2])| [b0, b1 - a1 * b0, b2 - a2 * b0, a1, a2]);
        let row = |n: usize| F64::new([first[n], first[n], second[n], second[n]]);
        Weighting {
            b0: row(0),
            d1: row(1),
            d2: row(2),
            a1: row(3),
            a2: row(4),
            s: [F64::ZERO; 3],
            between: [0.0; 2],
        }
    }
    fn clear(&mut self) {
        self.s = [F64::ZERO; 3];
        self.between = [0.0; 2];
    }
    /// The last two are what left and right have become.
    #[inline(always)]
    fn next(&mut self, left: f32, right: f32) -> F64 {
        let [a, b] = self.between;
        let x = F64::new([f64::from(left), f64::from(right), a, b]);
        let [old, older, given] = self.s;
        let y = self.b0.mul_add(x, old);
        let second = self.a2.mul_neg_add(older, self.d1.mul_add(x, given));
        self.s = [self.a1.mul_neg_add(old, second), old, self.d2 * x];
        let [a, b, ..] = y.to_array();
        self.between = [a, b];
        y
    }
    fn settle(&mut self) {
        for state in &mut self.s {
            *state &= state.abs().simd_ge(F64::splat(1e-30));
        }
    }
}

/// Numerators and denominators of the two K-weighting filters, the latter without their leading 1.
pub(super) fn k_weighting(rate: f64) -> [([f64; 3], [f64; 2]); 2] {
    let (q, k) = (
        0.707_175_236_955_419_6,
        (PI * 1_681.974_450_955_533 / rate).tan(),
    );
    let high = 10f64.powf(3.999_843_853_973_347 / 20.0);
    let band = high.powf(0.499_666_774_154_541_6);
    let a0 = 1.0 + k / q + k * k;
    let shelf = (
        [
            (high + band * k / q + k * k) / a0,
            2.0 * (k * k - high) / a0,
            (high - band * k / q + k * k) / a0,
        ],
        [2.0 * (k * k - 1.0) / a0, (1.0 - k / q + k * k) / a0],
    );
    let (q, k) = (
        0.500_327_037_323_877_3,
        (PI * 38.135_470_876_024_44 / rate).tan(),
    );
    let a0 = 1.0 + k / q + k * k;
    let high_pass = (
        [1.0, -2.0, 1.0],
        [2.0 * (k * k - 1.0) / a0, (1.0 - k / q + k * k) / a0],
    );
    [shelf, high_pass]
}

/// The meter.
pub(crate) struct Loudness {
    weighting: Weighting,
    part_samples: usize,
    samples: usize,
    /// Squares of the part that fills; the last two count.
    power: F64,
    parts: [f64; SHORT],
    at: usize,
    /// Parts since the last hop.
    in_hop: usize,
    /// Parts since the start, up to a full window.
    heard: usize,
    counts: Box<[u32]>,
    powers: Box<[f64]>,
    integrated: f32,
    stale: bool,
}

impl Loudness {
    pub(crate) fn new(rate: f32) -> Loudness {
        let rate = f64::from(rate);
        Loudness {
            weighting: Weighting::new(rate),
            part_samples: ((0.01 * rate).round() as usize).max(1),
            samples: 0,
            power: F64::ZERO,
            parts: [0.0; SHORT],
            at: 0,
            in_hop: 0,
            heard: 0,
            counts: vec![0; BINS].into_boxed_slice(),
            powers: vec![0.0; BINS].into_boxed_slice(),
            integrated: -120.0,
            stale: false,
        }
    }
    pub(crate) fn reset(&mut self) {
        self.weighting.clear();
        self.samples = 0;
        self.power = F64::ZERO;
        self.parts = [0.0; SHORT];
        self.at = 0;
        self.restart();
    }
    /// Starts the integrated loudness anew.
    pub(crate) fn restart(&mut self) {
        self.in_hop = 0;
        self.heard = 0;
        self.counts.fill(0);
        self.powers.fill(0.0);
        self.integrated = -120.0;
        self.stale = false;
    }
    /// Takes a piece.
    pub(crate) fn take(&mut self, piece: &[[f32; TICK]; 2], frames: usize) {
        let mut weighting = self.weighting;
        let [left, right] = piece;
        let mut from = 0;
        while from < frames {
            let to = frames.min(from + self.part_samples - self.samples);
            let mut power = self.power;
            for (left, right) in left[from..to].iter().zip(&right[from..to]) {
                let y = weighting.next(*left, *right);
                power = y.mul_add(y, power);
            }
            self.power = power;
            self.samples += to - from;
            if self.samples == self.part_samples {
                self.part();
                weighting.settle();
            }
            from = to;
        }
        self.weighting = weighting;
    }
    fn part(&mut self) {
        let [.., left, right] = self.power.to_array();
        self.parts[self.at] = left + right;
        self.at = (self.at + 1) % SHORT;
        self.power = F64::ZERO;
        self.samples = 0;
        self.heard = (self.heard + 1).min(MOMENT);
        self.in_hop += 1;
        if self.in_hop < HOP {
            return;
        }
        self.in_hop = 0;
        if self.heard < MOMENT {
            return;
        }
        let power = self.power_of(MOMENT);
        let bin = (loudness(power) - LOWEST) * PER_LU;
        if bin >= 0.0 {
            let bin = (bin as usize).min(BINS - 1);
            self.counts[bin] += 1;
            self.powers[bin] += power;
            self.stale = true;
        }
    }
    /// Mean power of the last parts.
    fn power_of(&self, parts: usize) -> f64 {
        let last = (1..=parts).map(|back| self.parts[(self.at + SHORT - back) % SHORT]);
        last.sum::<f64>() / (parts * self.part_samples) as f64
    }
    fn gated(&self, from: usize) -> (f64, f64) {
        let count = self.counts[from..].iter().map(|c| f64::from(*c)).sum();
        (self.powers[from..].iter().sum(), count)
    }
    /// What it says now.
    pub(crate) fn read(&mut self) -> LoudnessMeter {
        if self.stale {
            self.stale = false;
            let (power, count) = self.gated(0);
            let gate = loudness(power / count.max(1.0)) - 10.0;
            let from = ((gate - LOWEST) * PER_LU).clamp(0.0, (BINS - 1) as f64);
            let (power, count) = self.gated(from.round() as usize);
            self.integrated = if count > 0.0 {
                loudness(power / count) as f32
            } else {
                -120.0
            };
        }
        LoudnessMeter {
            momentary: loudness(self.power_of(MOMENT)) as f32,
            short_term: loudness(self.power_of(SHORT)) as f32,
            integrated: self.integrated,
        }
    }
}

pub(super) fn loudness(power: f64) -> f64 {
    if power < 1e-12 {
        -120.0
    } else {
        -0.691 + 10.0 * power.log10()
    }
}

#[cfg(test)]
mod tests;
