//! The parts of a network: rings of samples, moving taps, and damping.

use core::f32::consts::TAU;

use crate::math::TICK;

/// A ring of samples, read and written by the piece.
pub(super) struct Ring(Box<[f32]>);

impl Ring {
    pub(super) fn new(longest: f32) -> Ring {
        Ring(vec![0.0; (longest as usize + 3 * TICK).next_power_of_two()].into_boxed_slice())
    }
    pub(super) fn clear(&mut self) {
        self.0.fill(0.0);
    }
    /// `N` samples from a place on.
    #[inline(always)]
    pub(super) fn read<const N: usize>(&self, from: usize) -> [f32; N] {
        let from = from & (self.0.len() - 1);
        if let Some(row) = self.0.get(from..from + N) {
            return core::array::from_fn(|i| row[i]);
        }
        core::array::from_fn(|i| self.0[(from + i) & (self.0.len() - 1)])
    }
    /// The first `frames` of a piece to a place.
    #[inline(always)]
    pub(super) fn write(&mut self, to: usize, piece: &[f32; TICK], frames: usize) {
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
    /// In place.
    #[inline(always)]
    pub(super) fn process(&mut self, row: &mut [f32; TICK], frames: usize) {
        let mut x = [0.0f32; TICK + 1];
        x[0] = self.x;
        x[1..].copy_from_slice(row);
        let mut t = [0.0f32; TICK + 2];
        t[..2].copy_from_slice(&self.t);
        for i in 0..TICK {
            t[i + 2] = x[i + 1] + self.p * x[i];
        }
        let mut y = [0.0f32; TICK + 4];
        y[..4].copy_from_slice(&self.y);
        for four in 0..TICK / 4 {
            for j in 0..4 {
                let i = 4 * four + j;
                y[i + 4] = self.gain * (t[i + 2] + self.p2 * t[i]) + self.p4 * y[i];
            }
        }
        row.copy_from_slice(&y[4..]);
        self.x = x[frames];
        self.t = [t[frames], t[frames + 1]];
        self.y = core::array::from_fn(|i| y[frames + i]);
    }
}
