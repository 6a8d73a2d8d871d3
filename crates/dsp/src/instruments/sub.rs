//! A tuned thump that rings: a falling sine through saturation, with glides between tied notes.

use music::patch::SubTable;

use super::{Hit, Tick};
use crate::math::{F8, TICK, eights, hz_from_pitch, phase_sine8, soft_clip8, whole};
use crate::noise::Noise;
use crate::oscillators::PitchGlide;
use crate::ramp::{Fall, Ramp};
use wide::u32x8;

/// An 808 that sounds.
#[derive(Clone, Debug)]
pub(crate) struct SubVoice {
    phase: u32,
    turns: Ramp,
    rest_turns: f32,
    above: f32,
    sweep: Fall,
    glide: PitchGlide,
    level: f32,
    gain: Ramp,
    fall: Fall,
    held: Fall,
    release: Fall,
    rise: f32,
    rise_per_sample: f32,
    drive: f32,
    after_drive: f32,
    click: f32,
    click_fall: f32,
    noise: Noise,
}

impl SubVoice {
    pub(crate) fn start(table: &SubTable, hit: &Hit) -> SubVoice {
        let rate = hit.rate;
        let rest_turns = hz_from_pitch(f32::from(hit.pitch)) / rate;
        let above = (table.sweep - 1.0) * (0.4 + 0.75 * hit.velocity) * hit.hardness(0.7);
        let drive = 1.0 + 6.0 * table.drive * (0.35 + 0.8 * hit.velocity);
        SubVoice {
            phase: 0,
            turns: Ramp::at(rest_turns * (1.0 + above)),
            rest_turns,
            above,
            sweep: Fall::tau(table.sweep_ms * 0.001 / 1.1, rate),
            glide: PitchGlide::default(),
            level: 1.0,
            gain: Ramp::at(0.0),
            fall: Fall::t60(table.decay_ms * 0.001 * hit.body(1.0), rate),
            held: Fall::t60(table.decay_ms * 0.001 * hit.body(1.0), rate),
            release: Fall::t60(table.release_ms * 0.001, rate),
            rise: 0.0,
            rise_per_sample: 1.0 / (0.0012 * hit.slowness() * rate),
            drive,
            after_drive: 0.55 * hit.gain() / drive.powf(0.35),
            click: 0.5 * table.click * hit.hardness(1.0) * hit.velocity,
            click_fall: (-6.9 / (0.012 * rate)).exp(),
            noise: Noise::new(hit.phase, 6),
        }
    }
    /// Takes the voice over for a tied note.
    pub(crate) fn tie(&mut self, hit: &Hit, glide_ms: f32) {
        let turns = hz_from_pitch(f32::from(hit.pitch)) / hit.rate;
        self.glide
            .add(12.0 * (self.rest_turns / turns).log2(), glide_ms, hit.rate);
        self.rest_turns = turns;
        // What has fallen comes back softly; the thump does not.
        self.fall = self.held;
        self.rise *= self.level;
        self.level = 1.0;
        self.rise_per_sample = 1.0 / (0.02 * hit.rate);
    }
    pub(crate) fn release(&mut self) {
        self.fall = self.release;
    }
    pub(crate) fn tick(&mut self, tick: &Tick) {
        self.above *= self.sweep.over(tick.frames);
        let ratio = self.glide.advance(tick.frames);
        self.turns
            .aim(self.rest_turns * ratio * (1.0 + self.above), tick.frames);
        self.level *= self.fall.over(tick.frames);
        if self.level < 1e-7 {
            self.level = 0.0;
        }
        self.rise = (self.rise + self.rise_per_sample * tick.frames as f32).min(1.0);
        self.gain.aim(self.level * self.rise, tick.frames);
        if self.click < 1e-6 {
            self.click = 0.0;
        }
    }
    #[inline(always)]
    pub(crate) fn render(&mut self, out: &mut [f32]) {
        let frames = out.len();
        let turns = self.turns.line(frames);
        let mut phases = [0; TICK];
        for (phase, turns) in phases[..frames].iter_mut().zip(&turns) {
            self.phase = self
                .phase
                .wrapping_add((turns * 4_294_967_296.0) as i64 as u32);
            *phase = self.phase;
        }
        let gains = eights(&self.gain.line(frames));
        let mut heard = [F8::ZERO; 2];
        for n in 0..2 {
            let phase = u32x8::new(core::array::from_fn(|k| phases[8 * n + k]));
            heard[n] = soft_clip8(gains[n] * phase_sine8(phase) * F8::splat(self.drive));
        }
        let mut heard = whole(heard);
        if self.click > 0.0 {
            for x in &mut heard[..frames] {
                *x += self.click * self.noise.next();
                self.click *= self.click_fall;
            }
        }
        for (out, heard) in out.iter_mut().zip(&heard) {
            *out = heard * self.after_drive;
        }
    }
}
