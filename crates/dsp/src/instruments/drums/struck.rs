//! Struck things: a skin or a shell in modes, a bank of further modes, four bands of noise, the push of
//! the stick, then saturation.

use super::super::{Scratch, Tick};
use super::bands::{Band, Bands};
use super::pulse::Pulse;
use super::skin::Skin;
use crate::math::{TICK, gain_from_db, soft_clip};
use crate::modes::Modes;

/// What a design asks for beside its modes.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Design<'a> {
    pub(crate) level_db: f32,
    pub(crate) gain: f32,
    pub(crate) bands: &'a [Band],
    /// How much either side hears of the other's noise: 1 is mono.
    pub(crate) cross: f32,
    pub(crate) pulse: Pulse,
    /// Saturation, 0–1.
    pub(crate) drive: f32,
    /// Time to fade in: sharp, but no step.
    pub(crate) rise_s: f32,
}

impl Default for Design<'_> {
    fn default() -> Self {
        Design {
            level_db: 0.0,
            gain: 1.0,
            bands: &[],
            cross: 0.6,
            pulse: Pulse::default(),
            drive: 0.0,
            rise_s: 0.0003,
        }
    }
}

/// A struck thing that sounds.
#[derive(Clone, Debug)]
pub(crate) struct Struck {
    skin: Skin,
    modes: Modes<2>,
    bands: Bands,
    pulse: Pulse,
    gain: f32,
    drive: f32,
    after_drive: f32,
    rise: f32,
    rise_per_sample: f32,
}

impl Struck {
    pub(crate) fn new(
        design: &Design<'_>,
        skin: Skin,
        modes: Modes<2>,
        phase: u32,
        rate: f32,
    ) -> Struck {
        let drive = 1.0 + 5.0 * design.drive;
        let gain = design.gain * gain_from_db(design.level_db);
        Struck {
            skin,
            modes,
            bands: Bands::new(design.bands, false, design.cross, gain, phase, rate),
            pulse: design.pulse,
            gain,
            drive,
            // Saturation adds loudness; this takes about half of it back.
            after_drive: 1.0 / drive.sqrt(),
            rise: 0.0,
            rise_per_sample: 1.0 / (design.rise_s * rate).max(4.0),
        }
    }
    pub(crate) fn is_over(&self) -> bool {
        self.skin.is_silent()
            && self.modes.is_silent()
            && self.bands.is_silent()
            && self.pulse.is_over()
    }
    pub(crate) fn tick(&mut self, tick: &Tick) {
        self.skin.tick(tick);
        self.modes.settle();
        self.bands.tick(tick.frames);
    }
    #[inline(always)]
    pub(crate) fn render(&mut self, out: &mut Scratch, frames: usize) {
        let mut middle = [0.0f32; TICK];
        {
            let middle = &mut middle[..frames];
            if !self.skin.is_silent() {
                self.skin.render(middle);
            }
            if !self.modes.is_silent() {
                self.modes.add_to(middle);
            }
            if !self.pulse.is_over() {
                self.pulse.render(middle);
            }
        }
        (out.left, out.right) = (middle, middle);
        let (left, right) = (&mut out.left[..frames], &mut out.right[..frames]);
        self.bands.render(left, right, None);
        if self.drive > 1.0 {
            for side in [&mut *left, &mut *right] {
                for x in side {
                    *x = soft_clip(*x * self.drive) * self.after_drive;
                }
            }
        }
        finish(left, right, self.gain, &mut self.rise, self.rise_per_sample);
    }
}

/// Level, and the fade from nothing at the start.
#[inline(always)]
pub(super) fn finish(left: &mut [f32], right: &mut [f32], gain: f32, rise: &mut f32, step: f32) {
    for side in [&mut *left, &mut *right] {
        for x in side {
            *x *= gain;
        }
    }
    if *rise < 1.0 {
        for (left, right) in left.iter_mut().zip(right) {
            *rise = (*rise + step).min(1.0);
            *left *= *rise;
            *right *= *rise;
        }
    }
}
