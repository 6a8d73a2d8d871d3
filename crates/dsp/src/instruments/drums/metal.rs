//! Metal: squares that share no common pitch and noise, cut from below and slowly darkening, with a
//! bank of partials for stick and bell.

use super::super::Tick;
use crate::filters::{OnePole, Svf};
use crate::math::gain_from_db;
use crate::modes::Modes;
use crate::noise::{Noise, hash};
use crate::ramp::{Fall, Ramp};

/// Ratios of the squares.
///
/// Taste: near-irrational and closer together towards the top, as a plate's modes lie.
const SQUARES: [[f32; 4]; 2] = [
    [1.0, 1.342, 1.2312, 1.6532],
    [1.9523, 2.1523, 2.5917, 3.0743],
];

/// What a design asks for.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Design {
    pub(crate) level_db: f32,
    pub(crate) gain: f32,
    /// Lowest square, Hz.
    pub(crate) pitch_hz: f32,
    /// Squares (1) against noise (0).
    pub(crate) metal: f32,
    pub(crate) wash: f32,
    pub(crate) high_pass_hz: f32,
    /// Where the top begins to fade, at first and in the end.
    pub(crate) bright_hz: f32,
    pub(crate) attack_s: f32,
    /// The wash falls fast by some share, then slowly.
    pub(crate) fast_share: f32,
    pub(crate) fast_t60_s: f32,
    pub(crate) slow_t60_s: f32,
}

/// A cymbal that sounds.
#[derive(Clone, Debug)]
pub(crate) struct Metal {
    phases: [[u32; 4]; 2],
    steps: [[u32; 4]; 2],
    noise: Noise,
    metal: f32,
    hiss: f32,
    high_pass: [Svf; 2],
    top: OnePole,
    rise: f32,
    rise_step: f32,
    fast: f32,
    slow: f32,
    fast_fall: Fall,
    slow_fall: Fall,
    wash: Ramp,
    wash_on: bool,
    modes: Modes<5>,
    gain: f32,
}

impl Metal {
    pub(crate) fn new(d: &Design, modes: Modes<5>, phase: u32, rate: f32) -> Metal {
        let step = |ratio: f32| (d.pitch_hz * ratio / rate * 4_294_967_296.0) as u32;
        Metal {
            phases: [0, 4]
                .map(|row| [0, 1, 2, 3].map(|k| hash(phase.wrapping_add(77 * (row + k))))),
            steps: SQUARES.map(|row| row.map(step)),
            noise: Noise::new(phase, 5),
            metal: 0.28 * d.metal,
            hiss: 0.75 * (1.0 - d.metal),
            high_pass: [
                Svf::new(d.high_pass_hz, 1.2, rate),
                Svf::new(d.high_pass_hz * 0.8, 1.6, rate),
            ],
            top: OnePole::new(d.bright_hz, rate),
            rise: 0.0,
            rise_step: 1.0 / (d.attack_s * rate).max(8.0),
            fast: d.wash * d.fast_share,
            slow: d.wash * (1.0 - d.fast_share),
            fast_fall: Fall::t60(d.fast_t60_s, rate),
            slow_fall: Fall::t60(d.slow_t60_s, rate),
            wash: Ramp::at(0.0),
            wash_on: d.wash > 0.0,
            modes,
            gain: d.gain * gain_from_db(d.level_db),
        }
    }
    pub(crate) fn tick(&mut self, tick: &Tick) {
        self.rise = (self.rise + self.rise_step * tick.frames as f32).min(1.0);
        self.fast *= self.fast_fall.over(tick.frames);
        self.slow *= self.slow_fall.over(tick.frames);
        self.wash
            .aim(self.rise * (self.fast + self.slow), tick.frames);
        if self.fast + self.slow < 1e-6 {
            self.wash_on = false;
        }
        self.modes.settle();
        for filter in &mut self.high_pass {
            filter.settle();
        }
        self.top.settle();
    }
    pub(crate) fn render(&mut self, out: &mut [f32]) {
        for sample in out.iter_mut() {
            *sample = self.modes.next();
        }
        if self.wash_on {
            for sample in out.iter_mut() {
                let mut signs = [0i32; 4];
                for (phases, steps) in self.phases.iter_mut().zip(&self.steps) {
                    for k in 0..4 {
                        phases[k] = phases[k].wrapping_add(steps[k]);
                        signs[k] += (phases[k] as i32) >> 31;
                    }
                }
                let sum = (signs[0] + signs[1]) + (signs[2] + signs[3]);
                let x = self.metal * (2 * sum + 8) as f32 + self.hiss * self.noise.next();
                let (_, _, x) = self.high_pass[0].next(x);
                let (_, _, x) = self.high_pass[1].next(x);
                *sample += self.wash.next() * self.top.low(x);
            }
        }
        for sample in out.iter_mut() {
            *sample *= self.gain;
        }
    }
}
