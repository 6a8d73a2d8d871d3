//! Six all-passes whose corner swings, added to what came in; the sides swing a third of a turn apart.

use crate::math::{flush, sine};
use crate::ramp::Ramp;

const STAGES: usize = 6;
/// The corner's centre and how far it swings either way.
///
/// Taste: the notches of usual pedals, 200 Hz to 2.2 kHz.
const CENTRE_HZ: f32 = 620.0;
const SWING_OCTAVES: f32 = 1.5;
/// Share of the last stage that goes round again.
const AGAIN: f32 = 0.35;

/// A phaser.
pub(super) struct Phaser {
    states: [[f32; STAGES]; 2],
    again: [f32; 2],
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
            states: [[0.0; STAGES]; 2],
            again: [0.0; 2],
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
        self.states = [[0.0; STAGES]; 2];
        self.again = [0.0; 2];
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
            for state in &mut self.states[side] {
                *state = flush(*state);
            }
        }
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
        for (l, r) in left.iter_mut().zip(right) {
            let mut x = [*l, *r];
            let c = [self.corner[0].next(), self.corner[1].next()];
            for side in 0..2 {
                x[side] += AGAIN * self.again[side];
            }
            for stage in 0..STAGES {
                for side in 0..2 {
                    let y = c[side] * x[side] + self.states[side][stage];
                    self.states[side][stage] = x[side] - c[side] * y;
                    x[side] = y;
                }
            }
            self.again = x;
            let share = 0.5 * self.share.next();
            *l += share * (x[0] - *l);
            *r += share * (x[1] - *r);
        }
    }
}
