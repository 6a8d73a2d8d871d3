//! Chorus of one lane: two moving taps a quarter turn apart.

use crate::math::{flush, slow_sine};
use crate::ramp::Ramp;

/// Centre of the taps and how far they move.
///
/// Taste: the range of the ensemble effects of string machines.
const CENTRE_S: f32 = 0.0095;
const SWING_S: f32 = 0.0022;

/// A chorus.
pub(crate) struct Chorus {
    line: Box<[f32]>,
    write: usize,
    taps: [Ramp; 2],
    share: Ramp,
    rate: f32,
    resting: usize,
}

impl Chorus {
    pub(crate) fn new(rate: f32) -> Chorus {
        let length = (((CENTRE_S + SWING_S) * rate) as usize + 64).next_power_of_two();
        Chorus {
            line: vec![0.0; length].into_boxed_slice(),
            write: 0,
            taps: [Ramp::at(CENTRE_S * rate); 2],
            share: Ramp::at(0.0),
            rate,
            resting: usize::MAX,
        }
    }
    pub(crate) fn reset(&mut self) {
        self.line.fill(0.0);
        self.write = 0;
        self.taps = [Ramp::at(CENTRE_S * self.rate); 2];
        self.share = Ramp::at(0.0);
        self.resting = usize::MAX;
    }
    pub(crate) fn tick(&mut self, amount: f32, seconds: f64, frames: usize) {
        if amount > 0.0 && self.resting >= self.line.len() {
            // Wakes with an empty line.
            self.line.fill(0.0);
        }
        self.resting = if amount > 0.0 {
            0
        } else {
            self.resting.saturating_add(frames)
        };
        if !self.is_on() {
            return;
        }
        self.share.aim(amount, frames);
        for (side, tap) in self.taps.iter_mut().enumerate() {
            let swing = slow_sine(0.61, seconds, 0.25 * side as f64)
                + 0.06 * slow_sine(5.3, seconds, 0.5 * side as f64);
            tap.aim((CENTRE_S + SWING_S * swing) * self.rate, frames);
        }
    }
    pub(crate) const fn is_on(&self) -> bool {
        self.resting == 0
    }
    #[inline(always)]
    pub(crate) fn next(&mut self, left: &mut f32, right: &mut f32) {
        let mask = self.line.len() - 1;
        self.line[self.write & mask] = flush(0.5 * (*left + *right));
        let share = self.share.next();
        let mut wet = [0.0f32; 2];
        for (tap, wet) in self.taps.iter_mut().zip(&mut wet) {
            let back = tap.next();
            let whole = back as usize;
            let part = back - whole as f32;
            let at = self.write.wrapping_sub(whole);
            let (a, b) = (self.line[at & mask], self.line[at.wrapping_sub(1) & mask]);
            *wet = a + part * (b - a);
        }
        self.write = self.write.wrapping_add(1);
        let dry = 1.0 - 0.3 * share;
        *left = dry * *left + 0.75 * share * wet[0];
        *right = dry * *right + 0.75 * share * wet[1];
    }
}
