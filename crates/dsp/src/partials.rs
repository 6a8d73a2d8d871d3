//! Banks of decaying partials of pitched sounds, a tick at a time.
//!
//! Each partial is a number in the complex plane times sixteen turns of it that were drawn, in double
//! precision, when it was struck: a tick is a weighted sum of two rows, and the sixteenth turn leads to the
//! next tick. What has died is taken out.

use core::f32::consts::LN_10;

use crate::math::{F4, TICK, fours, fused, unfold};

/// The turns of one partial over a tick: real parts, and imaginary ones with the sign that the sum wants.
#[derive(Clone, Copy, Debug)]
struct Turns {
    re: [f32; TICK],
    im: [f32; TICK],
}

/// A bank of up to `MOST` partials.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Partials<const MOST: usize> {
    at: [[f32; 2]; MOST],
    turns: [Turns; MOST],
    count: usize,
    floor: f32,
}

impl<const MOST: usize> Partials<MOST> {
    /// An empty bank; a partial below `floor` is dropped.
    pub(crate) const fn new(floor: f32) -> Self {
        Partials {
            at: [[0.0; 2]; MOST],
            turns: [Turns {
                re: [0.0; TICK],
                im: [0.0; TICK],
            }; MOST],
            count: 0,
            floor,
        }
    }
    /// Adds a partial that starts at zero and rises. Ignores what lies above the audible or does not fit.
    pub(crate) fn strike(&mut self, hz: f32, t60_s: f32, level: f32, rate: f32) {
        if hz > 0.45 * rate || hz > 20_000.0 || self.count == MOST || level.abs() < 1e-6 {
            return;
        }
        let shrink = f64::from(-3.0 * LN_10 / (t60_s * rate).max(8.0)).exp();
        let angle = 2.0 * core::f64::consts::PI * f64::from(hz) / f64::from(rate);
        let (sin, cos) = angle.sin_cos();
        let (step_re, step_im) = (cos * shrink, sin * shrink);
        let (mut re, mut im) = (1.0, 0.0);
        let turns = &mut self.turns[self.count];
        for k in 0..TICK {
            (re, im) = (re * step_re - im * step_im, re * step_im + im * step_re);
            turns.re[k] = re as f32;
            turns.im[k] = -im as f32;
        }
        self.at[self.count] = [0.0, -level];
        self.count += 1;
    }
    pub(crate) const fn is_silent(&self) -> bool {
        self.count == 0
    }
    /// From here on everything falls faster: by 60 dB in `t60_s` on top of its own decay.
    pub(crate) fn damp(&mut self, t60_s: f32, rate: f32) {
        let shrink = (-3.0 * LN_10 / (t60_s * rate).max(8.0)).exp();
        let mut shrinks = [shrink; TICK];
        for k in 1..TICK {
            shrinks[k] = shrinks[k - 1] * shrink;
        }
        for turns in &mut self.turns[..self.count] {
            for k in 0..TICK {
                turns.re[k] *= shrinks[k];
                turns.im[k] *= shrinks[k];
            }
        }
    }
    /// Adds the next samples, up to a tick.
    #[inline(always)]
    pub(crate) fn render(&mut self, out: &mut [f32]) {
        let frames = out.len();
        if frames == 0 || self.count == 0 {
            return;
        }
        let mut sums = [F4::ZERO; TICK / 4];
        for (at, turns) in self.at[..self.count].iter_mut().zip(&self.turns) {
            let [re, im] = *at;
            let (across, along) = (fours(&turns.re), fours(&turns.im));
            for n in 0..TICK / 4 {
                let sum = F4::splat(re).mul_add(across[n], sums[n]);
                sums[n] = F4::splat(im).mul_add(along[n], sum);
            }
            let (step_re, step_im) = (turns.re[frames - 1], turns.im[frames - 1]);
            *at = [
                fused(im, step_im, re * step_re),
                fused(-re, step_im, im * step_re),
            ];
        }
        for (x, sum) in out.iter_mut().zip(unfold(sums)) {
            *x += sum;
        }
        let mut k = 0;
        while k < self.count {
            let [re, im] = self.at[k];
            if re.abs() + im.abs() < self.floor {
                self.count -= 1;
                self.at[k] = self.at[self.count];
                self.turns[k] = self.turns[self.count];
            } else {
                k += 1;
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_partial_is_the_damped_sine_it_is_asked_for() {
        let rate = 48_000.0;
        for hz in [27.5f32, 440.0, 5_000.0, 15_000.0] {
            let mut bank = Partials::<8>::new(1e-6);
            bank.strike(hz, 1.0, 0.5, rate);
            let mut out = vec![0.0f32; 9_605];
            // The first piece is short, as for a note that starts between ticks.
            let (head, rest) = out.split_at_mut(5);
            bank.render(head);
            for piece in rest.chunks_mut(TICK) {
                bank.render(piece);
            }
            for (i, x) in out.iter().enumerate() {
                let t = (i + 1) as f64 / f64::from(rate);
                let sine = (2.0 * core::f64::consts::PI * f64::from(hz) * t).sin();
                let want = 0.5 * 10f64.powf(-3.0 * t) * sine;
                assert!((f64::from(*x) - want).abs() < 4e-5, "{hz} Hz, sample {i}");
            }
        }
    }

    #[test]
    fn what_has_died_is_taken_out_and_the_rest_stays() {
        let mut bank = Partials::<8>::new(1e-5);
        for (level, t60) in [(0.5, 4.0), (0.4, 0.02), (0.3, 4.0)] {
            bank.strike(300.0, t60, level, 48_000.0);
        }
        assert_eq!(bank.count, 3);
        for _ in 0..300 {
            bank.render(&mut [0.0; TICK]);
        }
        assert_eq!(bank.count, 2);
        bank.damp(0.01, 48_000.0);
        for _ in 0..300 {
            bank.render(&mut [0.0; TICK]);
        }
        assert!(bank.is_silent());
    }
}
