//! The push of a stick or a beater while it touches: one short double swing without a mean.

use crate::math::sine;

/// One contact.
#[derive(Clone, Copy, Debug, Default)]
pub(crate) struct Pulse {
    /// Turns of its swing so far, and a sample.
    turns: f32,
    step: f32,
    level: f32,
}

impl Pulse {
    /// A contact of some length; its spectrum is widest about 1 / `seconds`.
    pub(crate) fn new(seconds: f32, level: f32, rate: f32) -> Pulse {
        Pulse {
            turns: 0.0,
            step: 1.0 / (seconds * rate).max(3.0),
            level,
        }
    }
    /// Nothing more will come; of one without a level nothing ever does.
    pub(crate) fn is_over(&self) -> bool {
        self.turns >= 1.0 || self.level == 0.0
    }
    /// Adds to `out`.
    #[inline(never)]
    pub(crate) fn render(&mut self, out: &mut [f32]) {
        for out in out.iter_mut() {
            if self.turns >= 1.0 {
                return;
            }
            // A swing under a bell of its own length begins and ends without a corner.
            let bell = sine(0.5 * self.turns);
            *out += self.level * bell * bell * sine(self.turns);
            self.turns += self.step;
        }
    }
}
