//! The shared effects: three reverbs and a delay. Only those that are fed, or still ring, cost anything.

use music::mix::{SPACES, Space};

use super::{BusBlock, RETURNS};
use crate::delay::Delay;
use crate::math::TICK;
use crate::mix::Mix;
use crate::reverb::Reverb;
use crate::span::Span;

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
    /// What comes back is added to the returns' bus.
    pub(super) fn process(&mut self, span: &Span, sent: &[Sent], out: &mut [BusBlock]) {
        for (sent, out) in sent.iter().zip(&mut *out) {
            if span.at_tick() {
                self.delay.tick();
            }
            let wet = &mut out[RETURNS];
            self.delay.process(&sent.delay, wet, span.into, span.frames);
        }
        for (space, reverb) in self.reverbs.iter_mut().enumerate() {
            for (n, (sent, out)) in sent.iter().zip(&mut *out).enumerate() {
                if span.at_tick() {
                    reverb.tick(span.end_s(n));
                }
                let wet = &mut out[RETURNS];
                reverb.process(&sent.spaces[space], wet, span.into, span.frames);
            }
        }
        for side in out.iter_mut().flat_map(|out| &mut out[RETURNS]) {
            side[span.frames..].fill(0.0);
        }
    }
}
