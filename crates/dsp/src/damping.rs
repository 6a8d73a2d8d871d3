//! A low-pass of the first order for whole pieces: what a delay line loses each time round.

use core::f32::consts::TAU;

use crate::math::{F4, TICK, flush, fours, unfold};

/// g (1 − p) / (1 − p z⁻¹).
///
/// The pole is multiplied out to four samples, so that four are computed at once:
/// (1 + p z⁻¹)(1 + p² z⁻²) / (1 − p⁴ z⁻⁴).
#[derive(Clone, Copy, Debug, Default)]
pub(crate) struct Damping {
    gain: f32,
    p: f32,
    p2: f32,
    p4: f32,
    x: f32,
    t: [f32; 2],
    y: [f32; 4],
}

impl Damping {
    /// 60 dB in `decay_s` at low frequencies, in half of that at `damp_hz`.
    pub(crate) fn set(&mut self, length: f32, decay_s: f32, damp_hz: f32, rate: f32) {
        let g = 10f32.powf(-3.0 * length / (decay_s * rate));
        // At the corner the filter takes g once more: a quadratic in p.
        let r2 = f64::from(g) * f64::from(g);
        let cos = f64::from((TAU * damp_hz / rate).cos());
        let (a, b) = (1.0 - r2, 1.0 - r2 * cos);
        let p = (b - (b * b - a * a).max(0.0).sqrt()) / a;
        self.set_pole(p.clamp(0.0, 0.98) as f32, g);
    }
    /// A low-pass of gain 1 with a corner.
    pub(crate) fn set_corner(&mut self, hz: f32, rate: f32) {
        self.set_pole((-TAU * (hz / rate).min(0.45)).exp(), 1.0);
    }
    fn set_pole(&mut self, p: f32, gain: f32) {
        self.p = p;
        self.p2 = p * p;
        self.p4 = self.p2 * self.p2;
        self.gain = gain * (1.0 - p);
    }
    /// Takes the corner and the gain of another, with what this one holds.
    pub(crate) const fn take_corner(&mut self, other: &Damping) {
        [self.gain, self.p, self.p2, self.p4] = [other.gain, other.p, other.p2, other.p4];
    }
    /// Drops what is too small to matter. At a tick: wherever a piece ends, how time is cut would show.
    pub(crate) fn settle(&mut self) {
        self.x = flush(self.x);
        self.t = self.t.map(flush);
        self.y = self.y.map(flush);
    }
    /// The first `frames` samples.
    #[inline(always)]
    pub(crate) fn process(&mut self, row: [F4; TICK / 4], frames: usize) -> [F4; TICK / 4] {
        if frames == TICK {
            return self.whole(row);
        }
        let mut row = unfold(row);
        for x in &mut row[..frames] {
            let sum = *x + self.p * self.x;
            self.x = *x;
            *x = self.gain * (sum + self.p2 * self.t[0]) + self.p4 * self.y[0];
            self.t = [self.t[1], sum];
            self.y = [self.y[1], self.y[2], self.y[3], *x];
        }
        fours(&row)
    }
    /// The same sums over a whole piece, four samples at once.
    #[inline(always)]
    fn whole(&mut self, mut row: [F4; TICK / 4]) -> [F4; TICK / 4] {
        let [gain, p, p2, p4] = [self.gain, self.p, self.p2, self.p4].map(F4::splat);
        let mut y = F4::new(self.y);
        let [mut before, mut last] = self.t;
        let mut newest = self.x;
        for four in &mut row {
            let [a, b, c, d] = four.to_array();
            let sums = *four + p * F4::new([newest, a, b, c]);
            newest = d;
            let [a, b, c, d] = sums.to_array();
            y = gain * (sums + p2 * F4::new([before, last, a, b])) + p4 * y;
            [before, last] = [c, d];
            *four = y;
        }
        self.x = newest;
        self.t = [before, last];
        self.y = y.to_array();
        row
    }
}
