//! Struck things: a body whose pitch falls, a bank of modes, and two bands of noise, then saturation.

use super::super::Tick;
use crate::filters::Svf;
use crate::math::{gain_from_db, sine, soft_clip};
use crate::modes::Modes;
use crate::noise::Noise;
use crate::ramp::{Fall, Ramp};

/// A sine whose pitch falls to its own.
#[derive(Clone, Copy, Debug, Default)]
pub(crate) struct Body {
    turns: f32,
    step: Ramp,
    rest_step: f32,
    above: f32,
    sweep: Fall,
    gain: Ramp,
    fall: Fall,
}

impl Body {
    /// `above`: how far over the pitch it starts, as a share of it.
    pub(crate) fn new(
        hz: f32,
        above: f32,
        sweep_tau_s: f32,
        t60_s: f32,
        level: f32,
        rate: f32,
    ) -> Body {
        let rest_step = hz / rate;
        Body {
            turns: 0.0,
            step: Ramp::at(rest_step * (1.0 + above)),
            rest_step,
            above,
            sweep: Fall::tau(sweep_tau_s, rate),
            gain: Ramp::at(level),
            fall: Fall::t60(t60_s, rate),
        }
    }
    fn tick(&mut self, frames: usize) {
        self.above *= self.sweep.over(frames);
        self.step.aim(self.rest_step * (1.0 + self.above), frames);
        self.gain
            .aim(self.gain.value() * self.fall.over(frames), frames);
        if self.gain.value() < 1e-7 {
            self.gain.hold(0.0);
        }
    }
    #[inline(always)]
    fn next(&mut self) -> f32 {
        let out = self.gain.next() * sine(self.turns);
        self.turns += self.step.next();
        if self.turns >= 1.0 {
            self.turns -= 1.0;
        }
        out
    }
}

/// Which part of a band of noise is heard.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Default)]
pub(crate) enum Part {
    Low,
    #[default]
    Band,
    High,
}

/// A band of noise with its own rise and fall; may come in bursts.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Band {
    pub(crate) hz: f32,
    /// 2 broad … 0.2 narrow.
    pub(crate) damping: f32,
    pub(crate) part: Part,
    pub(crate) level: f32,
    pub(crate) attack_s: f32,
    pub(crate) t60_s: f32,
    /// Burst strokes before the last one and the time between them.
    pub(crate) bursts: u8,
    pub(crate) spread_s: f32,
    /// 0 smooth … 1 single grains.
    pub(crate) grain: f32,
}

impl Default for Band {
    fn default() -> Self {
        Band {
            hz: 1000.0,
            damping: 1.4,
            part: Part::Band,
            level: 0.0,
            attack_s: 0.0003,
            t60_s: 0.1,
            bursts: 0,
            spread_s: 0.01,
            grain: 0.0,
        }
    }
}

#[derive(Clone, Copy, Debug)]
struct NoiseBand {
    noise: Noise,
    filter: Svf,
    part: Part,
    level: f32,
    rise: f32,
    rise_step: f32,
    fall: Fall,
    envelope: f32,
    gain: Ramp,
    bursts: u8,
    burst_samples: f32,
    until_burst: f32,
    burst_fall: Fall,
    grain: f32,
    grain_level: f32,
}

impl NoiseBand {
    fn new(band: &Band, phase: u32, purpose: u32, rate: f32) -> NoiseBand {
        let burst_samples = band.spread_s * rate;
        // White noise through a narrow band loses power; this gives it back.
        let share = (band.hz * band.damping / (0.5 * rate)).clamp(0.01, 1.0);
        let make_up = if band.part == Part::High {
            1.0
        } else {
            (0.25 / share).sqrt().clamp(0.7, 4.0)
        };
        NoiseBand {
            noise: Noise::new(phase, purpose),
            filter: Svf::new(band.hz, band.damping, rate),
            part: band.part,
            level: band.level * make_up,
            rise: 0.0,
            rise_step: 1.0 / (band.attack_s * rate).max(1.0),
            fall: Fall::t60(band.t60_s, rate),
            envelope: 1.0,
            gain: Ramp::at(0.0),
            bursts: band.bursts,
            burst_samples,
            until_burst: burst_samples,
            burst_fall: Fall::t60(band.spread_s * 2.2, rate),
            grain: band.grain,
            grain_level: 0.0,
        }
    }
    fn is_silent(&self) -> bool {
        self.level * self.envelope < 1e-6
    }
    fn tick(&mut self, frames: usize) {
        self.filter.settle();
        self.rise = (self.rise + self.rise_step * frames as f32).min(1.0);
        if self.rise >= 1.0 {
            let fall = if self.bursts > 0 {
                self.burst_fall
            } else {
                self.fall
            };
            self.envelope *= fall.over(frames);
        }
        if self.bursts > 0 {
            self.until_burst -= frames as f32;
            if self.until_burst <= 0.0 {
                self.bursts -= 1;
                self.until_burst += self.burst_samples;
                self.envelope = 1.0;
            }
        }
        let mut target = self.level * self.rise * self.envelope;
        if self.grain > 0.0 {
            let kick = self.noise.next();
            self.grain_level = if kick > 0.72 {
                1.0
            } else {
                self.grain_level * 0.8
            };
            target *= 1.0 - self.grain + self.grain * 1.6 * self.grain_level;
        }
        self.gain.aim(target, frames);
    }
    #[inline(always)]
    fn next(&mut self) -> f32 {
        let (low, band, high) = self.filter.next(self.noise.next());
        let part = match self.part {
            Part::Low => low,
            Part::Band => band,
            Part::High => high,
        };
        self.gain.next() * part
    }
}

/// What a design asks for.
#[derive(Clone, Copy, Debug, Default)]
pub(crate) struct Design {
    pub(crate) level_db: f32,
    pub(crate) gain: f32,
    pub(crate) body: Option<Body>,
    pub(crate) bands: [Option<Band>; 2],
    /// Saturation, 0–1.
    pub(crate) drive: f32,
}

/// A struck thing that sounds.
#[derive(Clone, Debug)]
pub(crate) struct Struck {
    body: Option<Body>,
    pub(crate) modes: Modes<3>,
    bands: [Option<NoiseBand>; 2],
    gain: f32,
    drive: f32,
    after_drive: f32,
    rise: f32,
    rise_per_sample: f32,
}

impl Struck {
    pub(crate) fn new(design: &Design, modes: Modes<3>, phase: u32, rate: f32) -> Struck {
        let drive = 1.0 + 5.0 * design.drive;
        let band =
            |i: usize| design.bands[i].map(|b| NoiseBand::new(&b, phase, 11 + i as u32, rate));
        Struck {
            body: design.body,
            modes,
            bands: [band(0), band(1)],
            gain: design.gain * gain_from_db(design.level_db),
            drive,
            // Saturation adds loudness; this takes about half of it back.
            after_drive: 1.0 / drive.sqrt(),
            rise: 0.0,
            // Taste: sharp, but no step.
            rise_per_sample: 1.0 / (0.0003 * rate),
        }
    }
    pub(crate) fn tick(&mut self, tick: &Tick) {
        if let Some(body) = &mut self.body {
            body.tick(tick.frames);
        }
        self.modes.settle();
        for slot in &mut self.bands {
            if let Some(band) = slot {
                band.tick(tick.frames);
                if band.is_silent() {
                    *slot = None;
                }
            }
        }
    }
    pub(crate) fn render(&mut self, out: &mut [f32]) {
        for sample in out.iter_mut() {
            *sample = self.modes.next();
        }
        if let Some(body) = &mut self.body {
            for sample in out.iter_mut() {
                *sample += body.next();
            }
        }
        for band in self.bands.iter_mut().flatten() {
            for sample in out.iter_mut() {
                *sample += band.next();
            }
        }
        if self.drive > 1.0 {
            for sample in out.iter_mut() {
                *sample = soft_clip(*sample * self.drive) * self.after_drive;
            }
        }
        for sample in out.iter_mut() {
            *sample *= self.gain;
        }
        if self.rise < 1.0 {
            for sample in out.iter_mut() {
                self.rise = (self.rise + self.rise_per_sample).min(1.0);
                *sample *= self.rise;
            }
        }
    }
}
