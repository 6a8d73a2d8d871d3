//! A blown pipe: three harmonics that follow the breath, the breath itself, a chiff at the start.

use music::patch::WindTable;

use super::{Hit, Tick};
use crate::envelope::Envelope;
use crate::filters::Svf;
use crate::math::{hz_from_pitch, phase_sine};
use crate::noise::{Noise, chance};
use crate::oscillators::{PitchGlide, Vibrato};
use crate::ramp::{Fall, Ramp};

/// A flute note.
#[derive(Clone, Debug)]
pub(crate) struct WindVoice {
    hz: f32,
    phase: u32,
    step: u32,
    amp: Envelope,
    level: Ramp,
    second: Ramp,
    third: Ramp,
    second_target: f32,
    third_target: f32,
    breath: f32,
    chiff: f32,
    chiff_fall: Fall,
    air: Ramp,
    noise: Noise,
    tube: Svf,
    vibrato: Vibrato,
    glide: PitchGlide,
    wander: f32,
    gain: f32,
}

impl WindVoice {
    pub(crate) fn start(table: &WindTable, hit: &Hit) -> WindVoice {
        let rate = hit.rate;
        let hz = hz_from_pitch(f32::from(hit.pitch));
        let bright = (hit.octaves(3.0)).exp2();
        WindVoice {
            hz,
            phase: 0,
            step: 0,
            amp: Envelope::new(&table.amp, rate),
            level: Ramp::at(0.0),
            second: Ramp::at(0.0),
            third: Ramp::at(0.0),
            second_target: table.second * bright.min(1.6),
            third_target: table.third * (bright * bright).min(2.2),
            breath: 0.5 * table.breath * (0.6 + 0.5 * hit.velocity),
            chiff: 1.2 * table.chiff * hit.velocity,
            chiff_fall: Fall::t60(0.09, rate),
            air: Ramp::at(0.0),
            noise: Noise::new(hit.phase, 95),
            tube: Svf::new((hz * 2.1).clamp(600.0, 7000.0), 0.5, rate),
            vibrato: Vibrato::new(&table.vibrato, chance(hit.phase, 96), rate),
            glide: PitchGlide::new(hit.glide_from, 25.0, rate),
            wander: 0.0,
            gain: 0.42 * hit.gain(),
        }
    }
    pub(crate) fn release(&mut self) {
        self.amp.release();
    }
    pub(crate) fn is_over(&self) -> bool {
        self.amp.is_over()
    }
    pub(crate) fn tick(&mut self, tick: &Tick) {
        let (vibrato, swing) = self.vibrato.advance(tick.frames);
        let tied = self.glide.advance(tick.frames);
        // Breath is never quite steady: a slow random walk of a few cents.
        self.wander = 0.995 * self.wander + 0.00006 * self.noise.next();
        let hz = self.hz * vibrato * tied * (1.0 + self.wander);
        self.step = (hz / tick.rate * 4_294_967_296.0) as u32;
        let amp = self.amp.advance(tick.frames);
        self.level.aim(amp * (1.0 + 0.1 * swing), tick.frames);
        self.second
            .aim(self.second_target * amp * (1.0 + 0.3 * swing), tick.frames);
        self.third.aim(
            self.third_target * amp * amp * (1.0 + 0.3 * swing),
            tick.frames,
        );
        self.chiff *= self.chiff_fall.over(tick.frames);
        self.air
            .aim((self.breath + self.chiff) * amp.sqrt(), tick.frames);
        self.tube.settle();
    }
    pub(crate) fn render(&mut self, out: &mut [f32]) {
        for sample in out.iter_mut() {
            self.phase = self.phase.wrapping_add(self.step);
            let p = self.phase;
            let tone = phase_sine(p)
                + self.second.next() * phase_sine(p.wrapping_mul(2))
                + self.third.next() * phase_sine(p.wrapping_mul(3));
            let air = self.air.next() * self.tube.next(self.noise.next()).1;
            *sample = self.gain * (self.level.next() * tone + air);
        }
    }
}
