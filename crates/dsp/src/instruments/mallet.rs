//! Struck bars: four modes, harder mallets wake the upper ones.

use music::patch::MalletTable;

use super::{Hit, Tick};
use crate::filters::Svf;
use crate::math::hz_from_pitch;
use crate::noise::{Noise, chance};
use crate::partials::Partials;
use crate::ramp::Ramp;

/// A bar that sounds.
#[derive(Clone, Debug)]
pub(crate) struct MalletVoice {
    modes: Partials<4>,
    rise: f32,
    rise_per_sample: f32,
    attack: Ramp,
    knock: f32,
    knock_fall: f32,
    noise: Noise,
    wood: Svf,
    gain: f32,
    release_s: f32,
}

impl MalletVoice {
    pub(crate) fn start(table: &MalletTable, hit: &Hit) -> MalletVoice {
        let rate = hit.rate;
        let pitch = f32::from(hit.pitch);
        let hz = hz_from_pitch(pitch);
        let hard =
            (table.hardness + 0.9 * (hit.velocity - 100.0 / 127.0) + 0.3 * hit.macros.attack)
                .clamp(0.03, 1.4);
        let t60 = table.decay_s * hit.body(1.2) * (-(pitch - 60.0) / 24.0).exp2();
        let mut modes = Partials::new(1e-5);
        for (i, (ratio, level)) in table.ratios.iter().zip(table.levels).enumerate() {
            let n = i as f32;
            let level =
                level * (2.0 * hard).powf(n) * (1.0 + 0.12 * chance(hit.phase, 80 + i as u32));
            let fall =
                t60 / (1.0 + 4.0 * table.damping * n + table.damping * (hz * ratio / 4000.0));
            modes.strike(hz * ratio, fall, 0.55 * level, rate);
        }
        MalletVoice {
            modes,
            rise: 0.0,
            // A soft mallet stays on the bar for longer.
            rise_per_sample: 1.0 / ((0.0022 - 0.0012 * hard) * rate),
            attack: Ramp::at(0.0),
            knock: 0.7 * table.knock * hit.hardness(1.0) * hard.sqrt(),
            knock_fall: (-6.9 / (0.018 * rate)).exp(),
            noise: Noise::new(hit.phase, 84),
            wood: Svf::new(700.0 + 2500.0 * hard, 1.2, rate),
            gain: 0.6 * hit.gain(),
            release_s: table.release_ms * 0.001,
        }
    }
    pub(crate) fn release(&mut self, rate: f32) {
        self.modes.damp(self.release_s, rate);
    }
    pub(crate) fn is_over(&self) -> bool {
        self.modes.is_silent() && self.knock == 0.0
    }
    pub(crate) fn tick(&mut self, tick: &Tick) {
        self.rise = (self.rise + self.rise_per_sample * tick.frames as f32).min(1.0);
        self.attack.aim(self.rise, tick.frames);
        self.wood.settle();
        if self.knock < 1e-5 {
            self.knock = 0.0;
        }
    }
    #[inline(always)]
    pub(crate) fn render(&mut self, out: &mut [f32]) {
        out.fill(0.0);
        self.modes.render(out);
        self.attack.scale(out, self.gain);
        if self.knock > 0.0 {
            for sample in out.iter_mut() {
                *sample += self.gain * self.wood.next(self.knock * self.noise.next()).1;
                self.knock *= self.knock_fall;
            }
        }
    }
}
