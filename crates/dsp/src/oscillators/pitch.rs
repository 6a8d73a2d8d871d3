//! What moves an oscillator's pitch: vibrato that comes late, glides between tied notes.

use crate::math::sine;

/// Vibrato that comes late, as a factor on the frequency.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Vibrato {
    depth: f32,
    turns: f32,
    turns_per_sample: f32,
    wait_samples: f32,
    rise: f32,
    rise_per_sample: f32,
}

impl Vibrato {
    pub(crate) fn new(table: &music::patch::VibratoTable, vary: f32, rate: f32) -> Vibrato {
        Vibrato {
            // One cent is ln 2 / 1200.
            depth: table.cents * (core::f32::consts::LN_2 / 1200.0),
            turns: 0.0,
            turns_per_sample: table.rate_hz * (1.0 + 0.06 * vary) / rate,
            wait_samples: table.delay_ms * 0.001 * rate * (1.0 + 0.2 * vary),
            rise: 0.0,
            // Taste: players take about 0.4 s to reach full depth.
            rise_per_sample: 1.0 / (0.4 * rate),
        }
    }
    /// The factor after `frames` more samples, and the swing (−1 … 1) behind it.
    pub(crate) fn advance(&mut self, frames: usize) -> (f32, f32) {
        if self.depth == 0.0 {
            return (1.0, 0.0);
        }
        let frames = frames as f32;
        self.wait_samples -= frames;
        if self.wait_samples > 0.0 {
            return (1.0, 0.0);
        }
        self.rise = (self.rise + self.rise_per_sample * frames).min(1.0);
        self.turns += self.turns_per_sample * frames;
        self.turns -= self.turns.floor();
        let swing = self.rise * sine(self.turns);
        (1.0 + self.depth * swing, swing)
    }
}

/// A glide from a tied note, as a factor on the frequency.
#[derive(Clone, Copy, Debug, Default)]
pub(crate) struct PitchGlide {
    semitones: f32,
    fall: crate::ramp::Fall,
}

impl PitchGlide {
    /// A tied note that many semitones after the one before; goes on from where the glide is. The named time
    /// covers nine tenths of the way.
    pub(crate) fn add(&mut self, semitones: f32, glide_ms: f32, rate: f32) {
        if glide_ms > 0.0 {
            self.semitones += semitones;
            self.fall = crate::ramp::Fall::tau(glide_ms * 0.001 / 2.3, rate);
        }
    }
    pub(crate) fn now(&self) -> f32 {
        if self.semitones == 0.0 {
            1.0
        } else {
            (self.semitones / 12.0).exp2()
        }
    }
    pub(crate) fn advance(&mut self, frames: usize) -> f32 {
        if self.semitones != 0.0 {
            self.semitones *= self.fall.over(frames);
            if self.semitones.abs() < 0.002 {
                self.semitones = 0.0;
            }
        }
        self.now()
    }
}
