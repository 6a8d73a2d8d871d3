//! The shared effects: three reverbs and a delay. Only those that are fed, or still ring, cost anything.

use music::mix::{SPACES, Space};

use crate::delay::Delay;
use crate::math::TICK;
use crate::mix::Mix;
use crate::reverb::Reverb;

/// What is sent to the effects over a piece.
#[derive(Clone, Copy, Default)]
pub(super) struct Sent {
    pub(super) spaces: [[[f32; TICK]; 2]; SPACES],
    pub(super) delay: [[f32; TICK]; 2],
}

/// All shared effects.
pub(super) struct Returns {
    reverbs: [Reverb; SPACES],
    delay: Delay,
}

impl Returns {
    pub(super) fn new(rate: f32) -> Returns {
        Returns {
            reverbs: Space::ALL.map(|space| Reverb::new(space, rate)),
            delay: Delay::new(rate),
        }
    }
    pub(super) fn reset(&mut self) {
        for reverb in &mut self.reverbs {
            reverb.reset();
        }
        self.delay.reset();
    }
    pub(super) fn set(&mut self, mix: &Mix, at_once: bool) {
        for (reverb, space) in self.reverbs.iter_mut().zip(&mix.spaces) {
            reverb.set(space.decay_s, space.damp_hz, space.low_cut_hz);
        }
        let [damp_hz, low_cut_hz] = mix.delay_tone_hz;
        self.delay.set_tone(damp_hz, low_cut_hz);
        self.delay.set(mix.delay_s, mix.delay_feedback, at_once);
    }
    pub(super) fn tick(&mut self, seconds: f64) {
        for reverb in &mut self.reverbs {
            reverb.tick(seconds);
        }
        self.delay.tick();
    }
    /// What comes back is added to `wet`.
    pub(super) fn process(
        &mut self,
        sent: &Sent,
        wet: &mut [[f32; TICK]; 2],
        into: usize,
        frames: usize,
    ) {
        self.delay.process(&sent.delay, wet, into, frames);
        for (reverb, sent) in self.reverbs.iter_mut().zip(&sent.spaces) {
            reverb.process(sent, wet, into, frames);
        }
    }
}
