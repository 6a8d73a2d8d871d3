//! Plucked strings: a loop of delay with losses, tuned between samples by an all-pass.
//!
//! Reference: K. Karplus, A. Strong, "Digital synthesis of plucked-string and drum timbres"; D. Jaffe,
//! J. Smith, "Extensions of the Karplus–Strong plucked-string algorithm" (tuning, pick position, decay).

use music::patch::StringTable;

use super::{Hit, Tick};
use crate::filters::{OnePole, Svf};
use crate::math::{flush, hz_from_pitch};
use crate::modes::one_pole_delay;
use crate::noise::{Noise, chance};
use crate::ramp::{Fall, Ramp};

/// A string that sounds. Its delay memory belongs to the voice.
#[derive(Clone, Debug)]
pub(crate) struct StringVoice {
    write: usize,
    delay: usize,
    tune: f32,
    tune_in: f32,
    tune_out: f32,
    loss: f32,
    loss_state: f32,
    loop_gain: Ramp,
    loop_target: f32,
    released_gain: f32,
    pluck: Pluck,
    pickup: usize,
    body: [Svf; 2],
    body_share: f32,
    gain: f32,
}

/// What sets the string in motion: a push that ends where the wave from the pick position returns.
#[derive(Clone, Copy, Debug)]
struct Pluck {
    at: usize,
    back_at: usize,
    until: usize,
    pulse: f32,
    slope: OnePole,
    bright: Svf,
    noise: Noise,
    noise_level: f32,
    noise_fall: f32,
}

impl Pluck {
    #[inline(always)]
    fn next(&mut self) -> f32 {
        let mut x = 0.0;
        if self.at == 0 {
            x = self.pulse;
        } else if self.at == self.back_at {
            x = -self.pulse;
        }
        self.at += 1;
        let push = self.slope.low(x) + self.noise_level * self.noise.next();
        self.noise_level *= self.noise_fall;
        self.bright.next(push).0
    }
}

impl StringVoice {
    pub(crate) fn start(table: &StringTable, hit: &Hit, line: &mut [f32]) -> StringVoice {
        line.fill(0.0);
        let rate = hit.rate;
        let hz = hz_from_pitch(f32::from(hit.pitch)).min(0.2 * rate);
        let period = rate / hz;
        let t60 = table.decay_s * (110.0 / hz).powf(0.5);
        // The decay that an overtone well above the fundamental shall have.
        let high_hz = 3000.0f32.max(3.0 * hz).min(0.4 * rate);
        let high_t60 = t60 * (0.32 * (-2.6 * table.damping).exp2() * (-1.2 * table.damping).exp());
        let per_loop = |t60: f32| 10f32.powf(-3.0 / (hz * t60));
        let m = (per_loop(high_t60) / per_loop(t60))
            .powi(2)
            .clamp(1e-4, 0.9999);
        let cos = (2.0 * core::f32::consts::PI * high_hz / rate).cos();
        let p = 1.0 - m * cos;
        let loss = (p - (p * p - (1.0 - m) * (1.0 - m)).max(0.0).sqrt()) / (1.0 - m);
        let loss = loss.clamp(0.0, 0.92);
        let w = 2.0 * core::f32::consts::PI * hz / rate;
        let loss_gain = (1.0 - loss) / (1.0 - 2.0 * loss * w.cos() + loss * loss).sqrt();
        let wanted = period - one_pole_delay(loss, hz, rate);
        let delay = ((wanted - 0.5).floor().max(2.0) as usize).min(line.len() - 2);
        let rest = (wanted - delay as f32).clamp(0.1, 1.6);
        let tune = (0.5 * (1.0 - rest) * w).sin() / (0.5 * (1.0 + rest) * w).sin();

        let vary = chance(hit.phase, 50);
        let pick = (table.pick_position * (1.0 + 0.12 * vary)).clamp(0.02, 0.5);
        let bright_hz = table.pick_hz * hit.octaves(table.velocity_octaves).exp2();
        let slope = OnePole::new(hz * 1.2, rate);
        let pluck = Pluck {
            at: 0,
            back_at: ((pick * period) as usize).max(2),
            until: (period as usize + (0.03 * rate) as usize).max(64),
            // A push of height 1, whatever the rate.
            pulse: 1.0 / (1.0 - (-w * 1.2).exp()).max(1e-4),
            slope,
            bright: Svf::new(bright_hz.clamp(150.0, 16_000.0), 1.6, rate),
            noise: Noise::new(hit.phase, 51),
            noise_level: 0.5 * table.noise * (0.4 + 0.6 * hit.velocity),
            noise_fall: (-6.9 / (0.014 * rate)).exp(),
        };
        let top = |t60: f32| (per_loop(t60) / loss_gain).min(0.99999);
        StringVoice {
            write: 0,
            delay,
            tune,
            tune_in: 0.0,
            tune_out: 0.0,
            loss,
            loss_state: 0.0,
            loop_gain: Ramp::at(top(t60)),
            loop_target: top(t60),
            released_gain: top((table.release_ms * 0.001).min(t60)),
            pluck,
            pickup: if table.pickup > 0.0 {
                ((table.pickup * period) as usize).max(1)
            } else {
                0
            },
            body: [
                Svf::new(table.body_hz, 0.25, rate),
                Svf::new(table.body_hz * 1.93, 0.3, rate),
            ],
            body_share: table.body,
            gain: 0.6 * hit.gain(),
        }
    }
    pub(crate) fn release(&mut self) {
        self.loop_target = self.released_gain;
    }
    pub(crate) fn tick(&mut self, tick: &Tick) {
        // The finger lands over a few milliseconds.
        let now = self.loop_gain.value();
        let share = Fall::tau(0.004, tick.rate).over(tick.frames);
        self.loop_gain.aim(
            self.loop_target + (now - self.loop_target) * share,
            tick.frames,
        );
        self.loss_state = flush(self.loss_state);
        self.tune_out = flush(self.tune_out);
        for body in &mut self.body {
            body.settle();
        }
    }
    pub(crate) fn render(&mut self, out: &mut [f32], line: &mut [f32]) {
        let mask = line.len() - 1;
        let keep = 1.0 - self.loss;
        for sample in out.iter_mut() {
            let read = line[self.write.wrapping_sub(self.delay) & mask];
            let tuned = self.tune * (read - self.tune_out) + self.tune_in;
            self.tune_in = read;
            self.tune_out = tuned;
            self.loss_state = keep * tuned + self.loss * self.loss_state;
            let mut x = self.loss_state * self.loop_gain.next();
            if self.pluck.at < self.pluck.until {
                x += self.pluck.next();
            }
            let x = flush(x);
            line[self.write & mask] = x;
            *sample = if self.pickup > 0 {
                x - line[self.write.wrapping_sub(self.pickup) & mask]
            } else {
                x
            };
            self.write = self.write.wrapping_add(1);
        }
        if self.body_share > 0.0 {
            for sample in out.iter_mut() {
                let x = *sample;
                let ring = self.body[0].next(x).1 + 0.7 * self.body[1].next(x).1;
                *sample = x + self.body_share * ring;
            }
        }
        for sample in out.iter_mut() {
            *sample *= self.gain;
        }
    }
}
