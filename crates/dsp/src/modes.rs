//! Banks of decaying partials: bars, shells, bells, struck strings.
//!
//! Each partial is a complex number that turns and shrinks; what sounds is its real part. The bank
//! keeps them in fours and drops the last fours when they have died, so order partials by decay.

use core::f32::consts::LN_10;

use crate::math::{self, F4, TICK, unfold};

/// Fours of numbers that turn and shrink together.
pub(crate) struct Turning<'a> {
    pub(crate) re: &'a mut [[f32; 4]],
    pub(crate) im: &'a mut [[f32; 4]],
    pub(crate) cos: &'a [[f32; 4]],
    pub(crate) sin: &'a [[f32; 4]],
}

impl Turning<'_> {
    /// Adds the sums of their real parts over the next samples, up to a tick.
    #[inline(always)]
    pub(crate) fn add_to(mut self, out: &mut [f32], frames: usize) {
        let mut sums = [F4::ZERO; TICK];
        let heard = &mut sums[..frames];
        // A turn waits for the one before it, so that fours side by side take hardly longer than one.
        let mut from = 0;
        while from < self.re.len() {
            from += match self.re.len() - from {
                1 => self.turn::<1>(from, heard),
                2 | 4 => self.turn::<2>(from, heard),
                _ => self.turn::<3>(from, heard),
            };
        }
        for (x, more) in out.iter_mut().zip(unfold(math::sums(&sums))) {
            *x += more;
        }
    }
    #[inline(always)]
    fn turn<const N: usize>(&mut self, from: usize, heard: &mut [F4]) -> usize {
        let row = |bank: &[[f32; 4]], n: usize| F4::new(bank[from + n]);
        let mut re: [F4; N] = core::array::from_fn(|n| row(self.re, n));
        let mut im: [F4; N] = core::array::from_fn(|n| row(self.im, n));
        let cos: [F4; N] = core::array::from_fn(|n| row(self.cos, n));
        let sin: [F4; N] = core::array::from_fn(|n| row(self.sin, n));
        for heard in heard {
            for n in 0..N {
                (re[n], im[n]) = (
                    re[n] * cos[n] - im[n] * sin[n],
                    re[n] * sin[n] + im[n] * cos[n],
                );
                *heard += re[n];
            }
        }
        for n in 0..N {
            self.re[from + n] = re[n].to_array();
            self.im[from + n] = im[n].to_array();
        }
        N
    }
}

/// A bank of up to `GROUPS` × 4 partials.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Modes<const GROUPS: usize> {
    re: [[f32; 4]; GROUPS],
    im: [[f32; 4]; GROUPS],
    cos: [[f32; 4]; GROUPS],
    sin: [[f32; 4]; GROUPS],
    count: usize,
    groups: usize,
}

impl<const GROUPS: usize> Modes<GROUPS> {
    pub(crate) const fn new() -> Self {
        let zero = [[0.0; 4]; GROUPS];
        Modes {
            re: zero,
            im: zero,
            cos: zero,
            sin: zero,
            count: 0,
            groups: 0,
        }
    }
    /// Adds a partial that starts at zero and rises. Ignores what lies above the audible or does not fit.
    pub(crate) fn strike(&mut self, hz: f32, t60_s: f32, level: f32, rate: f32) {
        if hz > 0.45 * rate || hz > 20_000.0 || self.count == GROUPS * 4 || level.abs() < 1e-6 {
            return;
        }
        let (g, k) = (self.count / 4, self.count % 4);
        let shrink = (-3.0 * LN_10 / (t60_s * rate).max(8.0)).exp();
        // In double precision: a low partial's cosine is so near 1 that single precision would detune it.
        let turn = 2.0 * core::f64::consts::PI * f64::from(hz) / f64::from(rate);
        self.cos[g][k] = (turn.cos() * f64::from(shrink)) as f32;
        self.sin[g][k] = (turn.sin() * f64::from(shrink)) as f32;
        self.im[g][k] = -level;
        self.count += 1;
        self.groups = g + 1;
    }
    /// Adds a stretch of up to a tick.
    pub(crate) fn add_to(&mut self, out: &mut [f32]) {
        // Told apart so that the compiler knows how long a whole piece is.
        match out.as_mut_array::<TICK>() {
            Some(whole) => self.run(whole, TICK),
            None => self.run(out, out.len()),
        }
    }
    #[inline(always)]
    fn run(&mut self, out: &mut [f32], frames: usize) {
        let turning = Turning {
            re: &mut self.re[..self.groups],
            im: &mut self.im[..self.groups],
            cos: &self.cos,
            sin: &self.sin,
        };
        turning.add_to(out, frames);
    }
    /// Nothing is left of it.
    pub(crate) const fn is_silent(&self) -> bool {
        self.groups == 0
    }
    /// At control ticks: drops dead partials, keeps numbers normal.
    pub(crate) fn settle(&mut self) {
        for g in 0..self.groups {
            for k in 0..4 {
                if self.re[g][k].abs() + self.im[g][k].abs() < 1e-12 {
                    self.re[g][k] = 0.0;
                    self.im[g][k] = 0.0;
                }
            }
        }
        while self.groups > 0 {
            let g = self.groups - 1;
            let level: f32 = (0..4)
                .map(|k| self.re[g][k].abs() + self.im[g][k].abs())
                .sum();
            // Taste: −100 dB under full scale is unheard beside the partials that still sound.
            if level > 1e-5 {
                break;
            }
            self.groups = g;
        }
    }
}
