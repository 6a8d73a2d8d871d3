//! Chorus of one lane: two moving taps a quarter turn apart.

use crate::math::{F8, TICK, eights, flush8, slow_sine, whole};
use crate::ramp::Line;
use crate::ring::{Ring, room};

/// Centre of the taps and how far they move.
///
/// Taste: the range of the ensemble effects of string machines.
const CENTRE_S: f32 = 0.0095;
const SWING_S: f32 = 0.0022;

/// A chorus.
pub(crate) struct Chorus {
    line: Ring<{ room(1 << 13) }>,
    write: usize,
    taps: [Line; 2],
    share: Line,
    rate: f32,
    resting: usize,
}

impl Chorus {
    pub(crate) fn new(rate: f32) -> Chorus {
        Chorus {
            line: Ring::new(((CENTRE_S + SWING_S) * rate) as usize),
            write: 0,
            taps: [Line::rest(CENTRE_S * rate); 2],
            share: Line::rest(0.0),
            rate,
            resting: usize::MAX,
        }
    }
    pub(crate) fn reset(&mut self) {
        self.line.clear();
        self.write = 0;
        self.share = Line::rest(0.0);
        self.resting = usize::MAX;
    }
    pub(crate) fn tick(&mut self, amount: f32, seconds: f64, frames: usize) {
        if amount > 0.0 && self.resting >= self.line.length() {
            // Wakes with an empty line.
            self.line.clear();
        }
        let was_on = self.is_on();
        self.resting = if amount > 0.0 {
            0
        } else {
            self.resting.saturating_add(frames)
        };
        if !self.is_on() {
            return;
        }
        self.share.aim(amount);
        for (side, tap) in self.taps.iter_mut().enumerate() {
            let swing = slow_sine(0.61, seconds, 0.25 * side as f64)
                + 0.06 * slow_sine(5.3, seconds, 0.5 * side as f64);
            let back = (CENTRE_S + SWING_S * swing) * self.rate;
            if was_on {
                tap.aim(back);
            } else {
                *tap = Line::rest(back);
            }
        }
    }
    pub(crate) const fn is_on(&self) -> bool {
        self.resting == 0
    }
    /// In place. `into`: samples since the tick.
    pub(crate) fn process(&mut self, pair: &mut [[f32; TICK]; 2], into: usize, frames: usize) {
        let dry = [eights(&pair[0]), eights(&pair[1])];
        let middle = core::array::from_fn(|n| flush8(F8::splat(0.5) * (dry[0][n] + dry[1][n])));
        self.line.write(self.write, &whole(middle), frames);
        let share = self.share.over(into);
        for ((tap, x), dry) in self.taps.iter().zip(pair).zip(dry) {
            // Within a tick a tap moves by less than a sample.
            let wet = self.line.tap(self.write, tap, into);
            *x = whole(core::array::from_fn(|n| {
                let keep = F8::splat(0.3).mul_neg_add(share[n], F8::ONE);
                (F8::splat(0.75) * share[n]).mul_add(wet[n], keep * dry[n])
            }));
            x[frames..].fill(0.0);
        }
        self.write = self.write.wrapping_add(frames);
    }
}
