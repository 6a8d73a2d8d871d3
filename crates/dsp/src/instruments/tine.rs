//! A struck tine or reed and its pickup: a nearly pure swing through an uneven field.
//!
//! The field's slope over the swing is one polynomial, drawn when the note starts and cut where its
//! harmonics would fold back; as the swing dies, so does the bark. What a coil hears is the field's slope
//! times the tine's speed; a charged plate hears the place itself. The second mode of a tine rides on its swing
//! through the same field, which scatters it over many partials of the first moments.
//!
//! Reference: M. Muenster, F. Pfeifle, "Non-linear behaviour in sound production of the Rhodes piano";
//! F. Pfeifle, "Real-time physical model of a Wurlitzer and Rhodes electric piano" (fields of the pickups);
//! L. Gabrielli et al., "The Rhodes electric piano: analysis and simulation of the inharmonic overtones", 2020
//! (modes of the attack meet in the pickup).

use music::patch::{Pickup, TineTable};

use super::{Hit, Tick};
use crate::filters::OnePole;
use crate::math::{TICK, fused, hz_from_pitch, phase_sine};
use crate::noise::{Noise, chance};
use crate::partials::Partials;
use crate::ramp::{Fall, Ramp};

/// Terms of the polynomial.
const TERMS: usize = 10;
const QUARTER: u32 = 1 << 30;
/// How far beyond its own swing a tine gets while its second mode rides on it.
const REACH: f64 = 1.1;
/// The third mode of a bar clamped at one end against its second.
///
/// Reference: N. Fletcher, T. Rossing, "The Physics of Musical Instruments", ch. 2: 1, 6.267, 17.55. The spring on
/// the tip, which tunes a tine, lifts both, see `chime_ratio`.
const THIRD: f32 = 17.55 / 6.267;
/// The tone bar behind a tine against it, and its fall.
///
/// Reference: M. Muenster, F. Pfeifle: alone it is several hundred to 1400 cents away, and soon yields to the tine.
const BAR: (f32, f32) = (0.62, 0.11);

/// A tine that sounds.
#[derive(Clone, Debug)]
pub(crate) struct TineVoice {
    phase: u32,
    step: u32,
    field: [f32; TERMS],
    terms: usize,
    plate: bool,
    stay: f32,
    bloom: f32,
    fall: Fall,
    bloom_fall: Fall,
    swing: Ramp,
    constant: Ramp,
    release: Fall,
    rise: f32,
    rise_per_sample: f32,
    gain: Ramp,
    chime: u32,
    chime_step: u32,
    chime_level: f32,
    chime_gain: Ramp,
    chime_fall: Fall,
    /// What the second mode adds to the place, and so to the speed.
    ride: f32,
    ride_speed: f32,
    /// Tone bar, third mode, wood of the action.
    struck: Partials<4>,
    release_s: f32,
    knock: f32,
    knock_fall: f32,
    noise: Noise,
    dull: OnePole,
    out_gain: f32,
}

/// The field over a swing of ± `swing`, as powers of the place in the swing, up to `terms`; scaled so that a
/// full swing is as loud as a sine of amplitude 1. And how steep it is on the way, in the mean.
fn field(table: &TineTable, swing: f64, terms: usize) -> ([f32; TERMS], f32) {
    let offset = f64::from(table.offset);
    let plate = table.pickup == Pickup::Plate;
    let at = |x: f64| match table.pickup {
        // Slope of 1 / (1 + (x − o)²).
        Pickup::Magnet => {
            let away = x - offset;
            let bulge = 1.0 + away * away;
            -2.0 * away / (bulge * bulge)
        }
        Pickup::Plate => {
            let gap = 1.0 + offset;
            1.0 / (gap - x.min(0.93 * gap)) - 1.0 / gap
        }
    };
    // Chebyshev series, cut, as powers.
    const NODES: usize = 32;
    let mut powers = [0.0f64; TERMS];
    let (mut before, mut now) = ([0.0f64; TERMS], [0.0f64; TERMS]);
    before[0] = 1.0;
    now[1] = 1.0;
    for n in 0..terms {
        let mut share = 0.0;
        for j in 0..NODES {
            let angle = core::f64::consts::PI * (j as f64 + 0.5) / NODES as f64;
            share += at(REACH * swing * angle.cos()) * (n as f64 * angle).cos();
        }
        share *= if n == 0 { 1.0 } else { 2.0 } / NODES as f64;
        let polynomial = if n == 0 { before } else { now };
        for (power, factor) in powers.iter_mut().zip(polynomial) {
            *power += share * factor;
        }
        if n > 0 {
            let mut next = [0.0; TERMS];
            for k in 0..TERMS {
                next[k] = if k > 0 { 2.0 * now[k - 1] } else { 0.0 } - before[k];
            }
            (before, now) = (now, next);
        }
    }
    let mut reach = 1.0;
    for power in &mut powers {
        *power /= reach;
        reach *= REACH;
    }
    let (mut mean, mut power, mut steep) = (0.0, 0.0, 0.0);
    for j in 0..NODES {
        let angle = 2.0 * core::f64::consts::PI * (j as f64 + 0.5) / NODES as f64;
        let (sin, cos) = angle.sin_cos();
        let value = powers.iter().rev().fold(0.0, |sum, p| sum * sin + p);
        let heard = if plate { value } else { value * cos };
        mean += heard / NODES as f64;
        power += heard * heard / NODES as f64;
        steep += value * value / NODES as f64;
    }
    let scale = (0.5 / (power - mean * mean).max(1e-12)).sqrt();
    (
        powers.map(|p| (p * scale) as f32),
        (steep.sqrt() * scale) as f32,
    )
}

impl TineVoice {
    pub(crate) fn start(table: &TineTable, hit: &Hit) -> TineVoice {
        let rate = hit.rate;
        let pitch = f32::from(hit.pitch);
        let hz = hz_from_pitch(pitch) * (1.0 + 0.0003 * chance(hit.phase, 60));
        let step = |ratio: f32| {
            (f64::from(hz * ratio) / f64::from(rate) * 4_294_967_296.0).min(2e9) as u32
        };
        let force = (hit.velocity * 127.0 / 100.0).powf(1.5 * table.bark) * hit.hardness(0.6);
        // High tines are short and hardly swing.
        let swing = table.swing * force * (-(pitch - 60.0) * 0.025).exp2();
        // What folds back stays above 16 kHz.
        let harmonics = ((rate - 16_000.0) / hz) as usize;
        let plate = table.pickup == Pickup::Plate;
        let terms = if plate { harmonics + 1 } else { harmonics }.clamp(2, TERMS);
        let chime_ratio = table.chime_ratio.min((9000.0 / hz).max(1.0));
        let chime = table.chime
            * hit.hardness(1.0)
            * hit.velocity
            * (-(pitch - 60.0).max(0.0) * 0.03).exp2();
        let t60 = table.decay_s * hit.body(1.0) * (-(pitch - 60.0) / 30.0).exp2();
        let (field, steep) = field(table, f64::from(swing.max(0.01)), terms);
        // As loud as it would be alone, but not so far that the field is left.
        let ride = if plate {
            0.0
        } else {
            (1.0 / (chime_ratio * steep.max(0.05))).min(0.1 / chime.max(1e-3))
        };
        let mut struck = Partials::new(1e-5);
        let knock = table.knock * hit.hardness(1.0) * hit.velocity;
        struck.strike(hz * BAR.0, BAR.1, 0.9 * knock, rate);
        struck.strike(
            (hz * chime_ratio * THIRD).min(12_000.0) * (1.0 + 0.01 * chance(hit.phase, 62)),
            0.35 * table.chime_ms * 0.001,
            0.4 * chime * hit.velocity,
            rate,
        );
        // Key and harp: wood, of no pitch that is played.
        let wood_hz = 190.0 * (1.0 + 0.06 * chance(hit.phase, 63));
        struck.strike(wood_hz, 0.05, 1.2 * knock, rate);
        struck.strike(2.3 * wood_hz, 0.035, 0.7 * knock, rate);
        TineVoice {
            phase: 0,
            step: step(1.0),
            field,
            terms,
            plate,
            stay: 1.0 - table.bloom,
            bloom: table.bloom,
            fall: Fall::t60(t60, rate),
            bloom_fall: Fall::tau(table.bloom_ms * 0.001, rate),
            swing: Ramp::at(1.0),
            constant: Ramp::at(0.0),
            release: Fall::t60(table.release_ms * 0.001, rate),
            rise: 0.0,
            rise_per_sample: 1.0 / (0.0012 * hit.slowness() * rate),
            gain: Ramp::at(0.0),
            chime: 0,
            chime_step: step(chime_ratio),
            chime_level: if chime_ratio > 1.0 { chime } else { 0.0 },
            chime_gain: Ramp::at(0.0),
            chime_fall: Fall::t60(table.chime_ms * 0.001, rate),
            ride,
            ride_speed: ride * chime_ratio,
            struck,
            release_s: table.release_ms * 0.001,
            knock: 0.8 * knock,
            knock_fall: (-6.9 / (0.03 * rate)).exp(),
            noise: Noise::new(hit.phase, 61),
            dull: OnePole::new(900.0, rate),
            out_gain: 0.4 * hit.gain(),
        }
    }
    pub(crate) fn release(&mut self, rate: f32) {
        self.struck.damp(self.release_s, rate);
        self.fall = self.release;
        self.bloom_fall = self.release;
        self.chime_fall = self.release;
    }
    pub(crate) fn tick(&mut self, tick: &Tick) {
        self.knock = if self.knock < 1e-5 { 0.0 } else { self.knock };
        self.dull.settle();
        let drop = |level: f32, fall: &Fall| {
            let level = level * fall.over(tick.frames);
            if level < 1e-7 { 0.0 } else { level }
        };
        self.stay = drop(self.stay, &self.fall);
        self.bloom = drop(self.bloom, &self.bloom_fall);
        self.chime_level = drop(self.chime_level, &self.chime_fall);
        let swing = self.stay + self.bloom;
        self.swing.aim(swing, tick.frames);
        if self.plate {
            self.constant.aim(self.mean(swing), tick.frames);
        }
        self.rise = (self.rise + self.rise_per_sample * tick.frames as f32).min(1.0);
        self.gain.aim(self.rise, tick.frames);
        self.chime_gain
            .aim(self.chime_level * self.rise, tick.frames);
    }
    /// What does not swing in what the plate hears: it is taken away, as a capacitor does.
    fn mean(&self, swing: f32) -> f32 {
        // Means of the even powers of a sine.
        const MEANS: [f32; 5] = [1.0, 0.5, 0.375, 0.3125, 0.273_437_5];
        let square = swing * swing;
        (0..5)
            .rev()
            .fold(0.0, |sum, k| sum * square + MEANS[k] * self.field[2 * k])
    }
    #[inline(always)]
    pub(crate) fn render(&mut self, out: &mut [f32]) {
        let frames = out.len();
        let swing = self.swing.line(frames);
        let (mut place, mut speed) = ([0.0f32; TICK], [0.0f32; TICK]);
        for i in 0..TICK {
            let phase = self.phase.wrapping_add(self.step.wrapping_mul(i as u32));
            place[i] = swing[i] * phase_sine(phase);
            speed[i] = swing[i] * phase_sine(phase.wrapping_add(QUARTER));
        }
        self.phase = self
            .phase
            .wrapping_add(self.step.wrapping_mul(frames as u32));
        let chimes = self.chime_level > 0.0;
        let mut chime = [0.0f32; TICK];
        if chimes {
            let gain = self.chime_gain.line(frames);
            for i in 0..TICK {
                let phase = self
                    .chime
                    .wrapping_add(self.chime_step.wrapping_mul(i as u32));
                let (sin, cos) = (phase_sine(phase), phase_sine(phase.wrapping_add(QUARTER)));
                chime[i] = gain[i] * sin;
                place[i] = fused(self.ride, chime[i], place[i]);
                speed[i] = fused(self.ride_speed * gain[i], cos, speed[i]);
            }
            self.chime = self
                .chime
                .wrapping_add(self.chime_step.wrapping_mul(frames as u32));
        }
        let mut heard = [self.field[self.terms - 1]; TICK];
        for factor in self.field[..self.terms - 1].iter().rev() {
            for i in 0..TICK {
                heard[i] = fused(heard[i], place[i], *factor);
            }
        }
        if self.plate {
            let constant = self.constant.line(frames);
            for i in 0..TICK {
                heard[i] += chime[i] - constant[i];
            }
        } else {
            for i in 0..TICK {
                heard[i] *= speed[i];
            }
        }
        let gain = self.gain.line(frames);
        for i in 0..TICK {
            heard[i] *= gain[i];
        }
        self.struck.render(&mut heard[..frames]);
        if self.knock > 0.0 {
            for sample in &mut heard[..frames] {
                *sample += self.dull.low(self.knock * self.noise.next());
                self.knock *= self.knock_fall;
            }
        }
        for (out, heard) in out.iter_mut().zip(heard) {
            *out = self.out_gain * heard;
        }
    }
}
