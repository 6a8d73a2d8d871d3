//! A skin: modes whose pitch falls together while the tension of the stroke eases. With one mode it is the
//! decaying oscillator of a drum machine.
//!
//! Each mode is a complex number that turns and shrinks; while the pitch moves, the turn is worked out
//! anew at every control tick, so the phase never breaks.

use core::f32::consts::{LN_10, PI};

use super::super::Tick;
use crate::math::F4;
use crate::modes::Turning;
use crate::ramp::Fall;

/// Modes of an ideal circular membrane as factors of the lowest, (diameters, circles) 01 11 21 02 31 12 41
/// 22 03 51 32.
///
/// Reference: zeros of Bessel functions; N. Fletcher, T. Rossing, "The Physics of Musical Instruments", ch. 3.
pub(crate) const MEMBRANE: [f32; 11] = [
    1.0, 1.593, 2.136, 2.296, 2.653, 2.918, 3.156, 3.501, 3.600, 3.652, 4.060,
];

const GROUPS: usize = 3;
type Bank = [[f32; 4]; GROUPS];

/// How far above its rest a skin starts, and how it comes down.
#[derive(Clone, Copy, Debug, Default)]
pub(crate) struct Sweep {
    /// Share above the rest that is soon gone, and its time constant.
    pub(crate) fast: f32,
    pub(crate) fast_s: f32,
    /// Share that eases later.
    pub(crate) slow: f32,
    pub(crate) slow_s: f32,
}

/// Up to twelve modes that glide together.
#[derive(Clone, Debug)]
pub(crate) struct Skin {
    re: Bank,
    im: Bank,
    cos: Bank,
    sin: Bank,
    /// Radians a sample at rest, and the factor by which a mode shrinks.
    turn: Bank,
    shrink: Bank,
    count: usize,
    groups: usize,
    fast: f32,
    slow: f32,
    fast_fall: Fall,
    slow_fall: Fall,
    moves: bool,
    rate: f32,
}

impl Skin {
    pub(crate) fn new(sweep: &Sweep, rate: f32) -> Skin {
        let zero = [[0.0; 4]; GROUPS];
        Skin {
            re: zero,
            im: zero,
            cos: zero,
            sin: zero,
            turn: zero,
            shrink: zero,
            count: 0,
            groups: 0,
            fast: sweep.fast,
            slow: sweep.slow,
            fast_fall: Fall::tau(sweep.fast_s, rate),
            slow_fall: Fall::tau(sweep.slow_s, rate),
            moves: true,
            rate,
        }
    }
    /// Adds a mode that starts at zero and rises. Order modes by decay: the last fours are dropped first.
    pub(crate) fn strike(&mut self, hz: f32, t60_s: f32, level: f32) {
        if self.count == GROUPS * 4 || level.abs() < 1e-6 || hz > 0.2 * self.rate {
            return;
        }
        let (g, k) = (self.count / 4, self.count % 4);
        self.turn[g][k] = 2.0 * PI * hz / self.rate;
        self.shrink[g][k] = (-3.0 * LN_10 / (t60_s * self.rate).max(8.0)).exp();
        self.im[g][k] = -level;
        self.count += 1;
        self.groups = g + 1;
    }
    pub(crate) const fn is_silent(&self) -> bool {
        self.groups == 0
    }
    /// At control ticks.
    pub(crate) fn tick(&mut self, tick: &Tick) {
        if self.moves {
            let above = 1.0 + self.fast + self.slow;
            for g in 0..self.groups {
                let (sin, cos) = turned(F4::new(self.turn[g]) * F4::splat(above));
                let shrink = F4::new(self.shrink[g]);
                self.cos[g] = (cos * shrink).to_array();
                self.sin[g] = (sin * shrink).to_array();
            }
            self.fast *= self.fast_fall.over(tick.frames);
            self.slow *= self.slow_fall.over(tick.frames);
            // Taste: a tenth of a cent is no movement.
            self.moves = above - 1.0 > 6e-5;
        }
        while self.groups > 0 {
            let g = self.groups - 1;
            let level: f32 = (0..4)
                .map(|k| self.re[g][k].abs() + self.im[g][k].abs())
                .sum();
            // Taste: 76 dB under full scale is unheard beside the rest of a band.
            if level > 1.5e-4 {
                break;
            }
            self.groups = g;
        }
    }
    /// Adds to `out`.
    #[inline(never)]
    pub(crate) fn render(&mut self, out: &mut [f32]) {
        let turning = Turning {
            re: &mut self.re[..self.groups],
            im: &mut self.im[..self.groups],
            cos: &self.cos,
            sin: &self.sin,
        };
        turning.add_to(out);
    }
}

/// Sine and cosine of 0 … 1.6 radians, within 2e-7.
///
/// Reference: Taylor's series about zero, of half the angle, then doubled.
#[inline(always)]
fn turned(radians: F4) -> (F4, F4) {
    let (one, two) = (F4::splat(1.0), F4::splat(2.0));
    let h = F4::splat(0.5) * radians;
    let z = h * h;
    let series = |divisors: [f32; 4]| {
        divisors
            .iter()
            .rev()
            .fold(one, |sum, d| one - z * F4::splat(1.0 / d) * sum)
    };
    let sin = h * series([6.0, 20.0, 42.0, 72.0]);
    let cos = series([2.0, 12.0, 30.0, 56.0]);
    (two * sin * cos, one - two * sin * sin)
}
