//! The bus compressor: gentle, slow, the same for both sides.

use crate::math::{db_from_gain, gain_from_db};
use crate::ramp::{Fall, Ramp};

/// Taste: a glue compressor that works a few dB on loud passages.
const THRESHOLD_DB: f32 = -17.0;
const KNEE_DB: f32 = 8.0;
const SLOPE: f32 = 0.5;
const MAKE_UP_DB: f32 = 1.5;

/// A stereo compressor.
pub(crate) struct Compressor {
    power: f32,
    samples: usize,
    level_db: f32,
    attack: Fall,
    release: Fall,
    gain: Ramp,
}

impl Compressor {
    pub(crate) fn new(rate: f32) -> Compressor {
        Compressor {
            power: 0.0,
            samples: 0,
            level_db: -120.0,
            attack: Fall::tau(0.025, rate),
            release: Fall::tau(0.18, rate),
            gain: Ramp::at(gain_from_db(MAKE_UP_DB)),
        }
    }
    pub(crate) fn reset(&mut self) {
        self.power = 0.0;
        self.samples = 0;
        self.level_db = -120.0;
        self.gain.hold(gain_from_db(MAKE_UP_DB));
    }
    pub(crate) fn tick(&mut self, frames: usize) {
        if self.samples > 0 {
            let db = db_from_gain((self.power / self.samples as f32).sqrt());
            let fall = if db > self.level_db {
                self.attack
            } else {
                self.release
            };
            self.level_db = db + (self.level_db - db) * fall.over(self.samples);
        }
        self.power = 0.0;
        self.samples = 0;
        let over = self.level_db - THRESHOLD_DB;
        let bent = if over <= -0.5 * KNEE_DB {
            0.0
        } else if over >= 0.5 * KNEE_DB {
            over
        } else {
            (over + 0.5 * KNEE_DB).powi(2) / (2.0 * KNEE_DB)
        };
        self.gain
            .aim(gain_from_db(MAKE_UP_DB - SLOPE * bent), frames);
    }
    #[inline(always)]
    pub(crate) fn next(&mut self, x: [f32; 2]) -> [f32; 2] {
        self.power += x[0] * x[0] + x[1] * x[1];
        self.samples += 1;
        let gain = self.gain.next();
        [x[0] * gain, x[1] * gain]
    }
}
