//! Banks of decaying partials: bars, shells, bells, struck strings.
//!
//! Each partial is a complex number that turns and shrinks; what sounds is its real part. The bank
//! keeps them in fours and drops the last fours when they have died, so order partials by decay.

use core::f32::consts::LN_10;

use crate::math::{self, F4, F8, TICK, eights, meshed, sum};

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
    pub(crate) fn add_to(mut self, out: &mut [f32]) {
        let mut from = 0;
        let Some(whole) = out.as_mut_array::<TICK>() else {
            while from < self.re.len() {
                self.step(from, out);
                from += 1;
            }
            return;
        };
        let mut sums = [F8::ZERO; TICK / 2];
        // A turn waits for the one before it, so that fours side by side take hardly longer than one.
        while from < self.re.len() {
            from += match self.re.len() - from {
                1 => self.turn::<1>(from, &mut sums),
                2 | 4 => self.turn::<2>(from, &mut sums),
                _ => self.turn::<3>(from, &mut sums),
            };
        }
        let [a, b, c, d, e, f, g, h] = F8::transpose(sums);
        let more = meshed((a + b) + (c + d), (e + f) + (g + h));
        let old = eights(whole);
        *whole = math::whole([old[0] + more[0], old[1] + more[1]]);
    }
    /// A tick of `N` fours, two samples at a time: half as many turns, each twice as far.
    #[inline(always)]
    fn turn<const N: usize>(&mut self, from: usize, heard: &mut [F8; TICK / 2]) -> usize {
        let twice = |[a, b, c, d]: [f32; 4]| F8::new([a, b, c, d, a, b, c, d]);
        let mut re = [F8::ZERO; N];
        let mut im = [F8::ZERO; N];
        let mut cos = [F8::ZERO; N];
        let mut sin = [F8::ZERO; N];
        for n in 0..N {
            let (c, s) = (twice(self.cos[from + n]), twice(self.sin[from + n]));
            let (x, y) = (twice(self.re[from + n]), twice(self.im[from + n]));
            (cos[n], sin[n]) = (s.mul_neg_add(s, c * c), (c + c) * s);
            // The next sample, and the one behind it.
            let (once, far) = (turned(x, y, c, s), turned(x, y, cos[n], sin[n]));
            re[n] = halves(once.0, far.0);
            im[n] = halves(once.1, far.1);
        }
        for (i, heard) in heard.iter_mut().enumerate() {
            for n in 0..N {
                if i > 0 {
                    (re[n], im[n]) = turned(re[n], im[n], cos[n], sin[n]);
                }
                *heard += re[n];
            }
        }
        for n in 0..N {
            let ([.., a, b, c, d], [.., e, f, g, h]) = (re[n].to_array(), im[n].to_array());
            self.re[from + n] = [a, b, c, d];
            self.im[from + n] = [e, f, g, h];
        }
        N
    }
    /// Some samples of one four.
    fn step(&mut self, from: usize, out: &mut [f32]) {
        let row = |bank: &[[f32; 4]]| F4::new(bank[from]);
        let (mut re, mut im, cos, sin) = (row(self.re), row(self.im), row(self.cos), row(self.sin));
        for x in out {
            (re, im) = (im.mul_neg_add(sin, re * cos), re.mul_add(sin, im * cos));
            *x += sum(re);
        }
        self.re[from] = re.to_array();
        self.im[from] = im.to_array();
    }
}

/// Numbers that turn.
#[inline(always)]
fn turned(re: F8, im: F8, cos: F8, sin: F8) -> (F8, F8) {
    (im.mul_neg_add(sin, re * cos), re.mul_add(sin, im * cos))
}

/// The first half of one eight and the second of another.
#[inline(always)]
fn halves(first: F8, second: F8) -> F8 {
    let ([a, b, c, d, ..], [.., e, f, g, h]) = (first.to_array(), second.to_array());
    F8::new([a, b, c, d, e, f, g, h])
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
        let turning = Turning {
            re: &mut self.re[..self.groups],
            im: &mut self.im[..self.groups],
            cos: &self.cos,
            sin: &self.sin,
        };
        turning.add_to(out);
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
