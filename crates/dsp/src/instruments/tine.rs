//! Struck tines: a pair of sines by frequency modulation, a chime, a knock.
//!
//! Reference: J. Chowning, "The synthesis of complex audio spectra by means of frequency modulation".

use music::patch::TineTable;

use super::{Hit, Tick};
use crate::filters::OnePole;
use crate::math::{hz_from_pitch, phase_sine, sine};
use crate::noise::{Noise, chance};
use crate::ramp::{Fall, Ramp};

const TURN: f32 = 4_294_967_296.0;

/// A tine that sounds.
#[derive(Clone, Debug)]
pub(crate) struct TineVoice {
    carrier: u32,
    carrier_step: u32,
    modulator: u32,
    modulator_step: u32,
    index: Ramp,
    index_rest: f32,
    index_fall: Fall,
    chime: u32,
    chime_step: u32,
    chime_level: f32,
    chime_gain: Ramp,
    chime_fall: Fall,
    level: f32,
    rise: f32,
    rise_per_sample: f32,
    gain: Ramp,
    fall: Fall,
    release: Fall,
    knock: f32,
    knock_fall: f32,
    noise: Noise,
    dull: OnePole,
    out_gain: f32,
}

impl TineVoice {
    pub(crate) fn start(table: &TineTable, hit: &Hit) -> TineVoice {
        let rate = hit.rate;
        let pitch = f32::from(hit.pitch);
        let hz = hz_from_pitch(pitch) * (1.0 + 0.0003 * chance(hit.phase, 60));
        let step = |ratio: f32| (f64::from(hz * ratio) / f64::from(rate) * f64::from(TURN)) as u32;
        // How far the depth may go before sidebands reach the upper limit.
        let room = ((0.42 * rate / hz - 1.0) / table.ratio - 1.0).max(0.0);
        let force = 1.0 - table.bark + table.bark * (hit.velocity * 127.0 / 100.0).powf(1.5);
        // High tines are nearly pure.
        let index = (table.index * force * (-(pitch - 60.0) * 0.022).exp2()).min(room);
        let chime_ratio = table.chime_ratio.min((9000.0 / hz).floor().max(1.0));
        let chime = table.chime * hit.velocity * (-(pitch - 60.0).max(0.0) * 0.03).exp2();
        let t60 = table.decay_s * (-(pitch - 60.0) / 30.0).exp2();
        TineVoice {
            carrier: 0,
            carrier_step: step(1.0),
            modulator: 0,
            modulator_step: step(table.ratio),
            index: Ramp::at(index),
            index_rest: 0.12 * index,
            index_fall: Fall::tau(table.index_ms * 0.001, rate),
            chime: 0,
            chime_step: step(chime_ratio),
            chime_level: if chime_ratio > 1.0 { chime } else { 0.0 },
            chime_gain: Ramp::at(0.0),
            chime_fall: Fall::t60(table.chime_ms * 0.001, rate),
            level: 1.0,
            rise: 0.0,
            rise_per_sample: 1.0 / (0.0012 * rate),
            gain: Ramp::at(0.0),
            fall: Fall::t60(t60, rate),
            release: Fall::t60(table.release_ms * 0.001, rate),
            knock: 0.8 * table.knock * hit.velocity,
            knock_fall: (-6.9 / (0.03 * rate)).exp(),
            noise: Noise::new(hit.phase, 61),
            dull: OnePole::new(900.0, rate),
            out_gain: 0.4 * hit.gain(),
        }
    }
    pub(crate) fn release(&mut self) {
        self.fall = self.release;
        self.chime_fall = self.release;
    }
    pub(crate) fn tick(&mut self, tick: &Tick) {
        let index = self.index.value();
        let target =
            self.index_rest + (index - self.index_rest) * self.index_fall.over(tick.frames);
        self.index.aim(target, tick.frames);
        if self.knock < 1e-6 {
            self.knock = 0.0;
        }
        self.dull.settle();
        self.level *= self.fall.over(tick.frames);
        if self.level < 1e-7 {
            self.level = 0.0;
        }
        self.rise = (self.rise + self.rise_per_sample * tick.frames as f32).min(1.0);
        self.gain.aim(self.level * self.rise, tick.frames);
        self.chime_level *= self.chime_fall.over(tick.frames);
        if self.chime_level < 1e-6 {
            self.chime_level = 0.0;
        }
        self.chime_gain
            .aim(self.chime_level * self.rise, tick.frames);
    }
    pub(crate) fn render(&mut self, out: &mut [f32]) {
        const TURNS: f32 = 1.0 / TURN;
        const RADIAN: f32 = 1.0 / core::f32::consts::TAU;
        for sample in out.iter_mut() {
            self.modulator = self.modulator.wrapping_add(self.modulator_step);
            self.carrier = self.carrier.wrapping_add(self.carrier_step);
            let bend = self.index.next() * RADIAN * phase_sine(self.modulator);
            *sample = self.gain.next() * sine(self.carrier as i32 as f32 * TURNS + bend);
        }
        if self.chime_level > 0.0 {
            for sample in out.iter_mut() {
                self.chime = self.chime.wrapping_add(self.chime_step);
                *sample += self.chime_gain.next() * phase_sine(self.chime);
            }
        }
        if self.knock > 0.0 {
            for sample in out.iter_mut() {
                *sample += self.dull.low(self.knock * self.noise.next());
                self.knock *= self.knock_fall;
            }
        }
        for sample in out.iter_mut() {
            *sample *= self.out_gain;
        }
    }
}
