//! Attack, decay, sustain, release: a straight rise, exponential falls, stepped at control ticks.

use music::patch::EnvelopeTable;

use crate::ramp::Fall;

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Stage {
    Attack,
    Decay,
    Release,
}

/// An envelope in progress.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Envelope {
    level: f32,
    stage: Stage,
    attack_step: f32,
    decay: Fall,
    sustain: f32,
    release: Fall,
}

impl Envelope {
    pub(crate) fn new(table: &EnvelopeTable, rate: f32) -> Envelope {
        // Taste: half a millisecond is the shortest rise that never clicks.
        let attack_samples = (table.attack_ms * 0.001 * rate).max(0.0005 * rate);
        Envelope {
            level: 0.0,
            stage: Stage::Attack,
            attack_step: 1.0 / attack_samples,
            decay: Fall::tau(table.decay_ms * 0.001, rate),
            sustain: table.sustain,
            release: Fall::t60(table.release_ms * 0.001, rate),
        }
    }
    /// The level after `frames` more samples.
    pub(crate) fn advance(&mut self, frames: usize) -> f32 {
        match self.stage {
            Stage::Attack => {
                self.level += self.attack_step * frames as f32;
                if self.level >= 1.0 {
                    self.level = 1.0;
                    self.stage = Stage::Decay;
                }
            }
            Stage::Decay => {
                self.level = self.sustain + (self.level - self.sustain) * self.decay.over(frames);
            }
            Stage::Release => self.level *= self.release.over(frames),
        }
        self.level
    }
    /// Rises again from where it is: a new note on the same voice.
    pub(crate) fn again(&mut self) {
        self.stage = Stage::Attack;
    }
    pub(crate) fn release(&mut self) {
        self.stage = Stage::Release;
    }
    /// Silent, with nothing to come.
    pub(crate) fn is_over(&self) -> bool {
        match self.stage {
            Stage::Attack => false,
            Stage::Decay => self.sustain <= 0.0 && self.level < 3e-5,
            Stage::Release => self.level < 3e-5,
        }
    }
}
