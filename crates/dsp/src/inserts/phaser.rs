//! Six all-passes whose corner swings, added to what came in; the sides swing a third of a turn apart.

use crate::math::{F4, flush4, sine};
use crate::ramp::Ramp;

/// All-passes in either half of the row: the second half hears the first.
const HALF: usize = 3;
/// The corner's centre and how far it swings either way.
///
/// Taste: the notches of usual pedals, 200 Hz to 2.2 kHz.
const CENTRE_HZ: f32 = 620.0;
const SWING_OCTAVES: f32 = 1.5;
/// Share of the last stage that goes round again.
const AGAIN: f32 = 0.35;

/// A phaser.
pub(super) struct Phaser {
    /// Of each stage: left and right of the first half, then of the second.
    states: [F4; HALF],
    /// What came out last, left and right.
    again: F4,
    /// Nothing is left in it.
    empty: bool,
    corner: [Ramp; 2],
    share: Ramp,
    amount: f32,
    speed_hz: f32,
    turns: f32,
    rate: f32,
    on: bool,
}

impl Phaser {
    pub(super) fn new(rate: f32) -> Phaser {
        Phaser {
            states: [F4::ZERO; HALF],
            again: F4::ZERO,
            empty: true,
            corner: [Ramp::at(0.0); 2],
            share: Ramp::at(0.0),
            amount: 0.0,
            speed_hz: 0.3,
            turns: 0.0,
            rate,
            on: false,
        }
    }
    pub(super) fn reset(&mut self) {
        *self = Phaser::new(self.rate);
    }
    pub(super) fn clear(&mut self) {
        self.states = [F4::ZERO; HALF];
        self.again = F4::ZERO;
        self.empty = true;
    }
    pub(super) fn set(&mut self, amount: f32, speed_hz: f32) {
        self.amount = amount;
        self.speed_hz = speed_hz;
        if amount > 0.0 && !self.on {
            self.on = true;
            self.clear();
            for side in 0..2 {
                let target = self.target(side);
                self.corner[side].hold(target);
            }
        }
    }
    pub(super) const fn is_on(&self) -> bool {
        self.on
    }
    fn target(&self, side: usize) -> f32 {
        let swing = sine(self.turns + side as f32 / 3.0);
        let hz = CENTRE_HZ * (SWING_OCTAVES * swing).exp2();
        let turns = 0.5 * (hz / self.rate).min(0.45);
        let g = sine(turns) / sine(turns + 0.25);
        (g - 1.0) / (g + 1.0)
    }
    pub(super) fn tick(&mut self, frames: usize) {
        if !self.on {
            return;
        }
        self.turns += self.speed_hz * frames as f32 / self.rate;
        self.turns -= self.turns.floor();
        for side in 0..2 {
            let target = self.target(side);
            self.corner[side].aim(target, frames);
        }
        self.states = self.states.map(flush4);
        self.again = flush4(self.again);
        let [a, b, c] = self.states;
        self.empty = (a | b | c | self.again) == F4::ZERO;
        // A patch that comes or goes fades its effect within some ten milliseconds.
        let distance = self.amount - self.share.value();
        if distance.abs() < 1e-4 {
            self.share.hold(self.amount);
            self.on = self.amount > 0.0;
        } else {
            self.share.aim(self.share.value() + 0.03 * distance, frames);
        }
    }
    pub(super) fn process(&mut self, left: &mut [f32], right: &mut [f32]) {
        if self.empty && left.iter().chain(&*right).all(|x| *x == 0.0) {
            for _ in 0..left.len() {
                self.corner[0].next();
                self.corner[1].next();
                self.share.next();
            }
            return;
        }
        let [mut s0, mut s1, mut s2] = self.states;
        let mut again = self.again;
        let [c, d] = self.corner.map(|ramp| ramp.value());
        let mut c = F4::new([c, d, c, d]);
        let [e, f] = self.corner.map(|ramp| ramp.step());
        let step = F4::new([e, f, e, f]);
        for (l, r) in left.iter_mut().zip(right) {
            let (square, cube) = (c * c, c * c * c);
            let dry = F4::new([*l, *r, 0.0, 0.0]);
            // What three stages in a row make of their states alone; with that, the third answers at once.
            let rest = square.mul_add(s0, c.mul_add(s1, s2));
            let first = F4::splat(AGAIN).mul_add(again, dry);
            let [x, y, ..] = first.to_array();
            let [z, w, ..] = cube.mul_add(first, rest).to_array();
            let x0 = F4::new([x, y, z, w]);
            let x1 = c.mul_add(x0, s0);
            let x2 = c.mul_add(x1, s1);
            let x3 = cube.mul_add(x0, rest);
            s0 = c.mul_neg_add(x1, x0);
            s1 = c.mul_neg_add(x2, x1);
            s2 = c.mul_neg_add(x3, x2);
            let [_, _, wet_left, wet_right] = x3.to_array();
            again = F4::new([wet_left, wet_right, 0.0, 0.0]);
            let share = 0.5 * self.share.next();
            *l += share * (wet_left - *l);
            *r += share * (wet_right - *r);
            c += step;
        }
        let [c, d, ..] = c.to_array();
        self.corner = [self.corner[0].moved(c), self.corner[1].moved(d)];
        self.states = [s0, s1, s2];
        self.again = again;
    }
}
