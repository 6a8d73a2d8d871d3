//! Struck strings as partials: stretched by stiffness, two strings a key that beat and fall in two
//! stages, a hammer that opens with velocity.
//!
//! Reference: H. Fletcher, "Normal vibration frequencies of a stiff piano string"; G. Weinreich,
//! "Coupled piano strings" (double decay).

use music::patch::PianoTable;

use super::{Hit, Tick};
use crate::filters::OnePole;
use crate::math::hz_from_pitch;
use crate::modes::Modes;
use crate::noise::{Noise, chance, hash};
use crate::ramp::Ramp;

/// Partials of which both strings are played.
const DOUBLED: usize = 8;
/// Most partials.
const PARTIALS: usize = 24;

/// A piano key that sounds.
#[derive(Clone, Debug)]
pub(crate) struct PianoVoice {
    modes: Modes<8>,
    rise: f32,
    rise_per_sample: f32,
    attack: Ramp,
    knock: f32,
    knock_fall: f32,
    noise: Noise,
    dull: OnePole,
    gain: f32,
    release_s: f32,
}

impl PianoVoice {
    pub(crate) fn start(table: &PianoTable, hit: &Hit) -> PianoVoice {
        let rate = hit.rate;
        let pitch = f32::from(hit.pitch);
        let hz = hz_from_pitch(pitch);
        // Reference: stiffness of grand pianos, about 0.0003 at C4 and doubling every 8 keys above.
        let b = 3e-4 * table.stiffness * ((pitch - 60.0) / 8.0).max(-1.6).exp2();
        let hammer = table.hammer_hz * hit.octaves(table.velocity_octaves).exp2();
        let t60 = table.decay_s * (-(pitch - 60.0) / 18.0).clamp(-3.0, 1.2).exp2();
        let mut levels = [0.0f32; PARTIALS];
        let mut power = 0.0;
        let count = ((9500.0 / hz) as usize).clamp(1, PARTIALS);
        for (i, level) in levels[..count].iter_mut().enumerate() {
            let n = (i + 1) as f32;
            let f = hz * n * (1.0 + b * n * n).sqrt();
            // The hammer strikes near an eighth of the string and leaves that partial weak.
            let place = (core::f32::consts::PI * n / 8.3).sin().abs() + 0.12;
            *level = place * n.powf(-0.35) / (1.0 + (f / hammer).powi(2));
            power += *level * *level;
        }
        let scale = 0.5 / power.sqrt();
        let mut modes = Modes::new();
        let beat = (table.detune_cents * (1.0 + 0.3 * chance(hit.phase, 70)) / 1200.0).exp2();
        for (i, level) in levels[..count].iter().enumerate() {
            let n = (i + 1) as f32;
            let f = hz * n * (1.0 + b * n * n).sqrt();
            let fall = t60 / (1.0 + 2.4 * table.damping * (f / 1000.0)) / (1.0 + 0.05 * n);
            // Signs scattered once and for all keep the peak low.
            let sign = if hash(i as u32 * 31 + u32::from(hit.pitch)) & 1 == 0 {
                1.0
            } else {
                -1.0
            };
            if i < DOUBLED {
                modes.strike(
                    f / beat.sqrt(),
                    0.45 * fall,
                    0.62 * sign * scale * level,
                    rate,
                );
                modes.strike(f * beat.sqrt(), fall, 0.38 * sign * scale * level, rate);
            } else {
                modes.strike(f, 0.7 * fall, sign * scale * level, rate);
            }
        }
        PianoVoice {
            modes,
            rise: 0.0,
            rise_per_sample: 1.0 / ((0.0012 + 0.003 * (1.0 - hit.velocity)) * rate),
            attack: Ramp::at(0.0),
            knock: 1.1 * table.knock * (0.3 + 0.7 * hit.velocity),
            knock_fall: (-6.9 / (0.05 * rate)).exp(),
            noise: Noise::new(hit.phase, 71),
            dull: OnePole::new(300.0 + 500.0 * hit.velocity, rate),
            gain: 0.8 * hit.gain(),
            release_s: table.release_ms * 0.001,
        }
    }
    pub(crate) fn release(&mut self, rate: f32) {
        self.modes.damp(self.release_s, rate);
    }
    pub(crate) fn tick(&mut self, tick: &Tick) {
        self.rise = (self.rise + self.rise_per_sample * tick.frames as f32).min(1.0);
        self.attack.aim(self.rise, tick.frames);
        self.modes.settle();
        self.dull.settle();
        if self.knock < 1e-6 {
            self.knock = 0.0;
        }
    }
    pub(crate) fn render(&mut self, out: &mut [f32]) {
        for sample in out.iter_mut() {
            let mut x = self.modes.next();
            if self.knock > 0.0 {
                x += self.dull.low(self.knock * self.noise.next());
                self.knock *= self.knock_fall;
            }
            *sample = self.attack.next() * x;
        }
        for sample in out.iter_mut() {
            *sample *= self.gain;
        }
    }
}
