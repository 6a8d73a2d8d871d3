//! What sets a string in motion: a push that ends where the wave from the pick position returns, with the
//! noise of finger or plectrum.

use music::patch::StringTable;

use super::super::Hit;
use crate::filters::{OnePole, Svf};
use crate::math::fused;
use crate::noise::{Noise, chance};

/// A pluck in progress.
#[derive(Clone, Copy, Debug)]
pub(super) struct Pluck {
    wait: usize,
    at: usize,
    back_at: usize,
    until: usize,
    pulse: f32,
    slope: OnePole,
    bright: Svf,
    noise: Noise,
    noise_level: f32,
    noise_fall: f32,
    /// Share of the noise that is heard as it is, past what softens the push.
    edge: f32,
    /// What softens a finger that comes to rest.
    flesh: Svf,
    /// Samples that the noise is given.
    hiss: usize,
}

/// A push of height 1 through the slope, whatever the rate.
fn pulse_of(hz: f32, rate: f32) -> f32 {
    let w = 2.0 * core::f32::consts::PI * 1.2 * hz / rate;
    1.0 / (1.0 - (-w).exp()).max(1e-4)
}

/// A push of area 1 over three samples.
const fn shape(at: usize) -> f32 {
    match at {
        0 | 2 => 0.25,
        1 => 0.5,
        _ => 0.0,
    }
}

impl Pluck {
    pub(super) fn new(table: &StringTable, hit: &Hit, hz: f32, ghost: f32) -> Pluck {
        let rate = hit.rate;
        let period = rate / hz;
        let hiss = (0.03 * rate) as usize;
        let vary = chance(hit.phase, 50);
        let pick = (table.pick_position * (1.0 + 0.12 * vary)).clamp(0.02, 0.5);
        let bright_hz = table.pick_hz
            * hit.octaves(table.velocity_octaves).exp2()
            * hit.hardness(1.0)
            * (-0.7 * ghost).exp2();
        Pluck {
            wait: 0,
            at: 0,
            back_at: ((pick * period) as usize).max(2),
            until: (period as usize + hiss).max(64),
            pulse: pulse_of(hz, rate) * (1.0 - 0.35 * ghost),
            slope: OnePole::new(hz * 1.2, rate),
            bright: Svf::new(bright_hz.clamp(150.0, 16_000.0), 1.6, rate),
            noise: Noise::new(hit.phase, 51),
            // Of a ghost hardly more is heard than the finger.
            noise_level: 0.5
                * (table.noise * (0.15 + 0.9 * hit.velocity) + 0.25 * ghost)
                * hit.hardness(1.0),
            noise_fall: (-6.9 / (0.014 * rate)).exp(),
            // Taste: the tick of nail or plectrum.
            edge: 0.25 * (1.0 - ghost) * hit.velocity,
            flesh: Svf::new(1100.0, 1.6, rate),
            hiss,
        }
    }
    /// The same, some samples later.
    pub(super) fn later(self, samples: f32) -> Pluck {
        Pluck {
            wait: samples as usize,
            ..self
        }
    }
    /// A finger that falls on the sounding string, or is pulled off: a soft push at the fret.
    pub(super) fn hammer(&mut self, hit: &Hit, hz: f32, steps: f32) {
        let slid = steps.abs() > super::HAMMERED;
        (self.wait, self.at) = (0, 0);
        self.back_at = ((0.5 * hit.rate / hz) as usize).max(2);
        self.until = (hit.rate / hz) as usize + self.hiss;
        self.edge = 0.0;
        // Taste: a hammered note is some 10 dB softer than a plucked one; a slide only whispers.
        self.pulse = pulse_of(hz, hit.rate) * if slid { 0.05 } else { 0.3 } * hit.velocity;
        self.slope = OnePole::new(hz * 1.2, hit.rate);
        self.noise_level = 0.06 * hit.velocity;
        if slid {
            self.noise_level *= 1.5;
        }
    }
    /// A finger comes to rest on the sounding string: its noise alone.
    pub(super) fn touch(&mut self, level: f32) {
        // Unless the push is still on its way.
        if self.at > self.back_at + 2 {
            self.until = self.at + self.hiss;
            (self.noise_level, self.edge) = (level, 0.0);
            self.bright = self.flesh;
        }
    }
    /// Fills a piece. `false`: there is nothing more to come, and nothing was written.
    pub(super) fn next(&mut self, out: &mut [f32]) -> bool {
        if self.at >= self.until {
            return false;
        }
        // Most of its time nothing is left of the push but what the slope holds.
        if self.wait == 0 && self.at > self.back_at + 2 {
            self.run::<false>(out);
        } else {
            self.run::<true>(out);
        }
        true
    }
    #[inline(always)]
    fn run<const PUSHES: bool>(&mut self, mut out: &mut [f32]) {
        if PUSHES {
            let silent = self.wait.min(out.len());
            self.wait -= silent;
            out[..silent].fill(0.0);
            out = &mut out[silent..];
        }
        let (mut slope, mut bright, mut noise) = (self.slope, self.bright, self.noise);
        for (at, out) in (self.at..).zip(out.iter_mut()) {
            let push = if PUSHES {
                self.pulse * (shape(at) - shape(at.wrapping_sub(self.back_at)))
            } else {
                0.0
            };
            let hiss = self.noise_level * noise.next();
            self.noise_level *= self.noise_fall;
            *out = fused(self.edge, hiss, bright.next(slope.low(push) + hiss).0);
        }
        (self.slope, self.bright, self.noise) = (slope, bright, noise);
        self.at += out.len();
        // Short notes have it fall so low that it would be slow to compute with.
        self.slope.settle();
    }
}
