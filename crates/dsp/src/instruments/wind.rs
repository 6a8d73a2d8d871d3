//! Blown tubes: a loop of delay that an edge or a reed keeps in motion, with the noise of the breath.
//!
//! The tube is tuned as a player does it: it listens to the note and corrects its length a little, so that
//! breath, register and vibrato stay in tune.
//!
//! Reference: P. Cook, "A meta-wind-instrument physical model" (edge and jet); J. Smith, "Efficient
//! simulation of the reed-bore mechanism"; G. Scavone, "Time-domain synthesis of conical bores".

mod ear;

use music::patch::{Mouthpiece, WindTable};

use super::string::{Kernel, TAPS, read};
use super::{Hit, Tick};
use crate::envelope::Envelope;
use crate::filters::{OnePole, Svf};
use crate::math::{TICK, flush, hz_from_pitch, sine, whole};
use crate::noise::{Noise, chance};
use crate::oscillators::{PitchGlide, Vibrato};
use crate::ramp::{Fall, Ramp};
use ear::Ear;

/// A blown note. Half of the voice's memory is the tube, half the jet or the short end of the cone.
#[derive(Clone, Debug)]
pub(crate) struct WindVoice {
    mouthpiece: Mouthpiece,
    hz: f32,
    pitch: f32,
    rate: f32,
    write: usize,
    kernel: Kernel,
    tuned_hz: f32,
    spread_hz: f32,
    place: f32,
    short: f32,
    amp: Envelope,
    pressure: Ramp,
    pressure_target: f32,
    breath: f32,
    chiff: f32,
    chiff_fall: Fall,
    air: Ramp,
    growl: f32,
    growl_turns: f32,
    noise: Noise,
    lips: Svf,
    level: Ramp,
    steady: OnePole,
    rest: OnePole,
    vibrato: Vibrato,
    glide: PitchGlide,
    ear: Ear,
    gain: f32,
}

/// Turns of the loop in a period.
///
/// Measured: the jet of an edge makes the third mode of its tube sound 16 cents sharp.
const fn turns(mouthpiece: Mouthpiece) -> f32 {
    match mouthpiece {
        Mouthpiece::Edge => 1.514,
        Mouthpiece::Straight => 0.5,
        Mouthpiece::Cone => 1.0,
    }
}

/// What the player's lungs give, from the least that sounds.
///
/// Measured: under the first figure the tube is silent or overblows by an octave.
fn lungs(mouthpiece: Mouthpiece, pressure: f32) -> f32 {
    match mouthpiece {
        Mouthpiece::Edge => 0.86 + 0.22 * pressure,
        Mouthpiece::Straight => 0.58 + 0.4 * pressure,
        Mouthpiece::Cone => 0.63 + 0.2 * pressure,
    }
}

impl WindVoice {
    pub(crate) fn start(table: &WindTable, hit: &Hit, line: &mut [f32]) -> WindVoice {
        line.fill(0.0);
        let rate = hit.rate;
        let pitch = f32::from(hit.pitch);
        let hz = hz_from_pitch(pitch);
        let octaves = (pitch - 72.0) / 12.0;
        // The tube opens with its pitch, and with the breath.
        let spread_hz =
            table.tube_hz * (0.5 * octaves + hit.octaves(table.velocity_octaves)).exp2();
        let mut voice = WindVoice {
            mouthpiece: table.mouthpiece,
            hz,
            pitch,
            rate,
            write: 0,
            kernel: Kernel::of_spread(0.0, 100.0, rate, rate / hz, 1024),
            tuned_hz: 0.0,
            spread_hz,
            place: table.place,
            short: 0.0,
            amp: hit.envelope(&table.amp),
            pressure: Ramp::at(lungs(table.mouthpiece, 0.0)),
            pressure_target: table.pressure * (0.3 + 0.9 * hit.velocity),
            breath: 0.35 * table.breath * (0.3 + 0.9 * hit.velocity),
            chiff: table.chiff * hit.velocity * hit.hardness(1.0),
            chiff_fall: Fall::t60(0.09, rate),
            air: Ramp::at(0.0),
            growl: table.growl * hit.velocity,
            growl_turns: 0.0,
            noise: Noise::new(hit.phase, 95),
            lips: Svf::new((hz * 2.1).clamp(600.0, 7000.0), 0.9, rate),
            level: Ramp::at(0.0),
            steady: OnePole::new(30.0, rate),
            rest: OnePole::new(30.0, rate),
            vibrato: Vibrato::new(&table.vibrato, chance(hit.phase, 96), rate),
            glide: PitchGlide::default(),
            ear: Ear::new(hz, rate),
            gain: 0.42 * hit.gain(),
        };
        voice.tune(hz, line.len() / 2);
        voice
    }
    /// Takes the breath over for a tied note.
    pub(crate) fn tie(&mut self, hit: &Hit, glide_ms: f32) {
        let pitch = f32::from(hit.pitch);
        self.glide
            .add(self.pitch - pitch, glide_ms.max(4.0), self.rate);
        self.pitch = pitch;
        self.hz = hz_from_pitch(pitch);
        self.gain = 0.42 * hit.gain();
        self.amp.again();
        self.ear.forget(self.hz, self.rate);
    }
    fn tune(&mut self, hz: f32, room: usize) {
        if (hz / self.tuned_hz - 1.0).abs() < 2e-5 {
            return;
        }
        self.tuned_hz = hz;
        let whole = (turns(self.mouthpiece) * self.rate / hz).min((room - 2 * TICK - TAPS) as f32);
        let w = 2.0 * core::f32::consts::PI * (self.spread_hz / self.rate).min(0.4);
        let spread = 0.693 / (w * w);
        let tube = match self.mouthpiece {
            Mouthpiece::Cone => (1.0 - self.place) * whole,
            _ => whole,
        };
        self.short = match self.mouthpiece {
            Mouthpiece::Edge => self.place * whole,
            Mouthpiece::Straight => 0.0,
            Mouthpiece::Cone => self.place * whole,
        };
        self.kernel = Kernel::of_spread(spread, hz, self.rate, tube, room);
    }
    pub(crate) fn release(&mut self) {
        self.amp.release();
    }
    pub(crate) fn is_over(&self) -> bool {
        self.amp.is_over()
    }
    pub(crate) fn tick(&mut self, tick: &Tick, room: usize) {
        let (vibrato, swing) = self.vibrato.advance(tick.frames);
        let tied = self.glide.advance(tick.frames);
        let wanted = self.hz * vibrato * tied;
        let bend = self.ear.listen(wanted, tick.frames);
        self.tune(wanted * bend, room / 2);
        let amp = self.amp.advance(tick.frames);
        let blown = lungs(self.mouthpiece, self.pressure_target * amp.sqrt());
        let mut pressure = blown * (1.0 + 0.03 * swing);
        if self.growl > 0.0 {
            self.growl_turns += 71.0 * tick.frames as f32 / tick.rate;
            self.growl_turns -= self.growl_turns.floor();
            pressure *= 1.0 + 0.15 * self.growl * sine(self.growl_turns);
        }
        self.pressure.aim(pressure, tick.frames);
        self.level.aim(amp * (1.0 + 0.1 * swing), tick.frames);
        self.chiff *= self.chiff_fall.over(tick.frames);
        self.air.aim(self.breath + 0.5 * self.chiff, tick.frames);
        self.steady.settle();
        self.rest.settle();
        self.lips.settle();
    }
    #[inline(always)]
    pub(crate) fn render(&mut self, out: &mut [f32], line: &mut [f32]) {
        let frames = out.len();
        let half = line.len() / 2;
        let (tube, jet) = line.split_at_mut(half);
        let mask = half - 1;
        let short = self.short as usize;
        let part = self.short - short as f32;
        let reach = match self.mouthpiece {
            Mouthpiece::Straight => self.kernel.delay,
            _ => self.kernel.delay.min(short.max(1)),
        };
        let (pressure, air) = (self.pressure.line(frames), self.air.line(frames));
        let mut done = 0;
        while done < frames {
            let count = (frames - done).min(reach);
            let back = whole(self.kernel.hear(tube, self.write, count));
            // The other line, between its samples.
            let mut other = [0.0; TICK + TAPS];
            read(
                jet,
                self.write.wrapping_sub(short + 1),
                &mut other[..=count],
            );
            for i in 0..count {
                let at = done + i;
                let hiss = self.noise.next();
                let blown = pressure[at] * (1.0 + air[at] * self.lips.next(hiss).1);
                let short = other[i + 1] + part * (other[i] - other[i + 1]);
                let (to_tube, to_jet, heard) = match self.mouthpiece {
                    Mouthpiece::Edge => {
                        let end = -0.95 * back[i];
                        let end = end - self.steady.low(end);
                        let x = short.clamp(-1.5, 1.5);
                        // The jet flips from one side of the edge to the other.
                        let flip = (x * (x * x - 1.0)).clamp(-1.0, 1.0);
                        (flip + 0.5 * end, blown - 0.5 * end, 0.55 * back[i])
                    }
                    Mouthpiece::Straight => {
                        let end = -0.95 * back[i];
                        let difference = end - blown;
                        let reed = (0.7 - 0.3 * difference).clamp(-1.0, 1.0);
                        (blown + difference * reed, 0.0, back[i])
                    }
                    Mouthpiece::Cone => {
                        let end = -0.95 * back[i];
                        let inside = end - short;
                        let difference = blown - inside;
                        let reed = (0.7 + 0.3 * difference).clamp(-1.0, 1.0);
                        (blown - difference * reed - end, end, inside)
                    }
                };
                let place = self.write.wrapping_add(i) & mask;
                tube[place] = flush(to_tube.clamp(-4.0, 4.0));
                jet[place] = flush(to_jet.clamp(-4.0, 4.0));
                out[at] = heard;
            }
            self.write = self.write.wrapping_add(count);
            done += count;
        }
        for x in out.iter_mut() {
            *x -= self.rest.low(*x);
        }
        self.ear.hear(out);
        self.level.scale(out, self.gain);
    }
}
