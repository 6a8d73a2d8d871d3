//! The body of a stringed instrument: four resonances that all its strings share.

use crate::filters::Bands;
use crate::math::TICK;
use crate::ramp::Ramp;

/// Modes against the lowest, their damping and levels.
///
/// Reference: air and top-plate resonances of guitars, about 1 : 1.95 : 2.6 : 3.9.
const RATIOS: [f32; 4] = [1.0, 1.95, 2.6, 3.9];
const DAMPING: [f32; 4] = [0.22, 0.2, 0.16, 0.16];
const LEVELS: [f32; 4] = [1.0, 0.75, 0.35, 0.3];
/// What one microphone of a pair hears more of than the other: broad ranges in turn, for plates radiate to other sides
/// at other frequencies. The lowest mode, the air in the body, is heard by both alike.
///
/// Taste: as over bridge and neck.
const APART_RATIOS: [f32; 4] = [1.95, 3.9, 8.1, 15.5];
const APART_DAMPING: f32 = 0.5;
const APART_LEVELS: [f32; 4] = [-0.5, 0.6, -0.7, 0.7];

/// A body.
pub(super) struct Body {
    /// The modes twice: by their sum, and by what the sides hear differently.
    bands: Bands<8>,
    share: Ramp,
    amount: f32,
    hz: f32,
    stereo: bool,
    rate: f32,
    on: bool,
}

impl Body {
    pub(super) fn new(rate: f32) -> Body {
        Body {
            bands: Bands::new(),
            share: Ramp::at(0.0),
            amount: 0.0,
            hz: 0.0,
            stereo: false,
            rate,
            on: false,
        }
    }
    pub(super) fn reset(&mut self) {
        *self = Body::new(self.rate);
    }
    pub(super) fn clear(&mut self) {
        self.bands = Bands::new();
        self.hz = 0.0;
    }
    /// Share, lowest mode, and whether it is recorded by two microphones or by one.
    pub(super) fn set(&mut self, amount: f32, hz: f32, stereo: bool) {
        self.amount = amount;
        if amount <= 0.0 {
            return;
        }
        if !self.on {
            // What is still until now begins with its share.
            self.on = true;
            self.bands = Bands::new();
            self.share.hold(amount);
        }
        if (hz, stereo) != (self.hz, self.stereo) {
            (self.hz, self.stereo) = (hz, stereo);
            let apart = if stereo { 1.0 } else { 0.0 };
            for k in 0..4 {
                let (at, level) = (hz * RATIOS[k], LEVELS[k]);
                self.bands.aim(k, at, DAMPING[k], level, self.rate);
                let (at, level) = (hz * APART_RATIOS[k], apart * APART_LEVELS[k]);
                let at = at.min(0.4 * self.rate);
                self.bands.aim(4 + k, at, APART_DAMPING, level, self.rate);
            }
        }
    }
    pub(super) const fn is_on(&self) -> bool {
        self.on
    }
    pub(super) fn tick(&mut self, frames: usize) {
        if !self.on {
            return;
        }
        self.bands.settle();
        let distance = self.amount - self.share.value();
        if distance.abs() < 1e-4 {
            self.share.hold(self.amount);
            self.on = self.amount > 0.0;
        } else {
            self.share.aim(self.share.value() + 0.03 * distance, frames);
        }
    }
    /// Adds what the body sings to both sides of the first `frames` samples.
    pub(super) fn process(
        &mut self,
        left: &mut [f32; TICK],
        right: &mut [f32; TICK],
        frames: usize,
    ) {
        let middle: [f32; TICK] = core::array::from_fn(|i| 0.5 * (left[i] + right[i]));
        let [ring, apart] = self.bands.run(&[middle; 2], frames);
        for i in 0..frames {
            // One by one: a line over a piece would round by where the piece begins.
            let share = self.share.next();
            left[i] += share * (ring[i] + apart[i]);
            right[i] += share * (ring[i] - apart[i]);
        }
    }
}
