//! The parts of a network: moving taps, and damping.

use core::f32::consts::TAU;

use crate::math::{F4, TICK, fours, unfold};

/// Where a line is read: whole samples back, fixed between ticks, and a part that moves and may leave
/// 0–1 by a little.
#[derive(Clone, Copy)]
pub(super) struct Tap {
    pub(super) whole: usize,
    pub(super) part: f32,
    pub(super) step: f32,
}

impl Tap {
    /// On a whole sample.
    pub(super) fn at(back: f32) -> Tap {
        Tap {
            whole: back as usize,
            part: 0.0,
            step: 0.0,
        }
    }
    pub(super) fn aim(&mut self, back: f32, frames: usize) {
        let now = self.whole as f32 + self.part + self.step * frames as f32;
        self.whole = now as usize;
        self.part = now - self.whole as f32;
        self.step = (back - now) / frames as f32;
    }
    /// Whether it stands on a sample.
    #[inline(always)]
    pub(super) fn stands(&self) -> bool {
        self.part == 0.0 && self.step == 0.0
    }
}

/// What a line loses each time round: g (1 − p) / (1 − p z⁻¹).
///
/// The pole is multiplied out to four samples, so that four are computed at once:
/// (1 + p z⁻¹)(1 + p² z⁻²) / (1 − p⁴ z⁻⁴).
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Damping {
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
    pub(super) fn set(&mut self, length: f32, decay_s: f32, damp_hz: f32, rate: f32) {
        let g = 10f32.powf(-3.0 * length / (decay_s * rate));
        // At the corner the filter takes g once more: a quadratic in p.
        let r2 = f64::from(g) * f64::from(g);
        let cos = f64::from((TAU * damp_hz / rate).cos());
        let (a, b) = (1.0 - r2, 1.0 - r2 * cos);
        let p = (b - (b * b - a * a).max(0.0).sqrt()) / a;
        self.set_pole(p.clamp(0.0, 0.98) as f32, g);
    }
    /// A low-pass of gain 1 with a corner.
    pub(super) fn set_corner(&mut self, hz: f32, rate: f32) {
        self.set_pole((-TAU * (hz / rate).min(0.45)).exp(), 1.0);
    }
    fn set_pole(&mut self, p: f32, gain: f32) {
        self.p = p;
        self.p2 = p * p;
        self.p4 = self.p2 * self.p2;
        self.gain = gain * (1.0 - p);
    }
    /// The first `frames` samples.
    #[inline(always)]
    pub(super) fn process(&mut self, row: [F4; TICK / 4], frames: usize) -> [F4; TICK / 4] {
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
    fn whole(&mut self, row: [F4; TICK / 4]) -> [F4; TICK / 4] {
        let [gain, p, p2, p4] = [self.gain, self.p, self.p2, self.p4].map(F4::splat);
        let mut y = F4::new(self.y);
        let [mut before, mut last] = self.t;
        let mut newest = self.x;
        let out = row.map(|four| {
            let [a, b, c, d] = four.to_array();
            let sums = four + p * F4::new([newest, a, b, c]);
            newest = d;
            let [a, b, c, d] = sums.to_array();
            y = gain * (sums + p2 * F4::new([before, last, a, b])) + p4 * y;
            [before, last] = [c, d];
            y
        });
        self.x = newest;
        self.t = [before, last];
        self.y = y.to_array();
        out
    }
}
