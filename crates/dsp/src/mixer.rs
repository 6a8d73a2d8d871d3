//! The mixer: strips, faders, sends, returns, and main with its master.
//!
//! A lane goes through its strip, its inserts, width, and one gain that is fader, pan, compressor, ducking,
//! tremolo and (for the drums) parallel compression at once; from there to its stem, to main, to a space and to
//! the delay. Gains move in straight lines between control ticks towards targets that follow the given [`Mix`]
//! within some milliseconds.

mod bank;
mod drive;
mod duck;
mod dynamics;
mod grit;
mod late;
mod master;
mod returns;
mod ride;
mod settings;
mod signal;
mod slots;
mod strips;
mod tape;

use music::lane::{LANES, Lane};
use music::mix::SPACES;
use music::patch::ToneTable;

pub(crate) use self::bank::{Bank, Quad};
use self::duck::Duck;
use self::dynamics::{CELLS, Compressors, GLUE, PARALLEL};
use self::late::Late;
use self::master::Master;
use self::returns::{Returns, Sent};
use self::ride::{Lines, Ride};
use self::strips::{CHANNELS, Strips};
use self::tape::Tape;
use crate::chorus::Chorus;
use crate::limiter::LookAhead;
use crate::math::{F8, TICK, eights, slow_sine, total, whole};
use crate::mix::{BUSES, Latency, Mix};
use crate::ramp::{Fall, Glide};
use crate::span::{SPAN, Span};
use crate::voices::LaneBlock;

/// Room that faders leave on the stems; the master takes it back before its compressor, so that a stem
/// recorded on a track of its own stays under full scale where main is loud.
///
/// Measured: the loudest stem of the preset styles peaks 4.2 dB above its fader's 0 dB.
const HEADROOM_DB: f32 = 8.0;
/// Main, lanes, returns: left and right up to the next tick.
pub(crate) type BusBlock = [[[f32; TICK]; 2]; BUSES];
/// The returns' bus.
const RETURNS: usize = LANES + 1;

/// What the strips say of a tick, by lane, on its way through the mixer.
#[derive(Clone, Copy, Default)]
struct Heard {
    /// Whether the strip was at rest before, and whether nothing sounds behind it.
    rested: [bool; LANES],
    silent: [bool; LANES],
    level: [f32; LANES],
    /// Chorus, tremolo's depth, its Hz.
    motion: [(f32, f32, f32); LANES],
    tape: [f32; LANES],
    /// Tremolo as it stands.
    swing: [f32; LANES],
    /// Of the tick before, as the compressors hear it; how far the kick pulls each down, dB.
    power: [f32; CELLS],
    ducked: [f32; CELLS],
}

/// The whole mixer.
pub(crate) struct Mixer {
    strips: Strips,
    /// What the strips say. Of those that say nothing it holds what they once said.
    blocks: Box<[LaneBlock; SPAN]>,
    choruses: [Chorus; LANES],
    tapes: [Tape; LANES],
    compressors: Compressors,
    glue: Compressors,
    duck: Duck,
    /// Power of the tick by lane and sample.
    energy: [[f32; TICK]; LANES],
    /// Fader and pan as set.
    level: Ride,
    /// With everything else that is a gain.
    gain: Lines,
    /// How much of the other side a channel takes, from width; and of its own.
    own: Ride,
    other: Ride,
    spaces: [Ride; SPACES],
    delay_send: Ride,
    to_main: Ride,
    returns_to_main: Glide,
    /// Share of the drums' parallel path: as it stands, as it is wanted.
    parallel: [f32; 2],
    returns: Returns,
    master: Master,
    late: Late,
    smooth: Fall,
    mix: Mix,
    drums_heard: bool,
    untouched: bool,
    latency: usize,
}

impl Mixer {
    pub(crate) fn new(rate: f32, latency: Latency) -> Mixer {
        let samples = match latency {
            Latency::Zero => 0,
            Latency::LookAhead => LookAhead::latency(rate),
        };
        let mut mixer = Mixer {
            strips: Strips::new(rate),
            blocks: Box::new([[[0.0; TICK]; CHANNELS]; SPAN]),
            choruses: core::array::from_fn(|_| Chorus::new(rate)),
            tapes: core::array::from_fn(|_| Tape::new(rate)),
            compressors: Compressors::new(rate),
            glue: Compressors::new(rate),
            duck: Duck::new(rate),
            energy: [[0.0; TICK]; LANES],
            level: Ride::at(1.0),
            gain: Lines::at([1.0; CHANNELS]),
            own: Ride::at(1.0),
            other: Ride::at(0.0),
            spaces: [Ride::at(0.0); SPACES],
            delay_send: Ride::at(0.0),
            to_main: Ride::at(1.0),
            returns_to_main: Glide::at(1.0),
            parallel: [0.0; 2],
            returns: Returns::new(rate),
            master: Master::new(rate, latency, HEADROOM_DB),
            late: Late::new(samples),
            // Taste: fast enough to ride, slow enough not to be heard as steps.
            smooth: Fall::tau(0.006, rate),
            mix: Mix::default(),
            drums_heard: true,
            untouched: true,
            latency: samples,
        };
        mixer.take(&Mix::default());
        mixer
    }
    /// How many samples late all buses come.
    pub(crate) const fn latency_samples(&self) -> usize {
        self.latency
    }
    pub(crate) fn reset(&mut self) {
        self.strips.reset();
        for lane in 0..LANES {
            self.choruses[lane].reset();
            self.tapes[lane].reset();
            self.strips.set_mix(lane, &self.mix.lanes[lane]);
        }
        self.compressors.reset();
        self.glue.reset();
        self.duck.reset();
        self.energy = [[0.0; TICK]; LANES];
        self.returns.reset();
        self.master.reset();
        self.late.reset();
        self.untouched = true;
        self.snap();
    }
    /// Forgets what the processors of main hold.
    pub(crate) fn reset_master(&mut self) {
        self.glue.clear(GLUE);
        self.master.reset();
    }
    /// Forgets what the returns hold.
    pub(crate) fn reset_returns(&mut self) {
        self.returns.reset();
    }
    /// Forgets what a lane's strip holds.
    pub(crate) fn reset_lane(&mut self, lane: usize) {
        self.strips.clear(lane);
        self.choruses[lane].reset();
        self.tapes[lane].clear();
        self.compressors.clear(lane);
        self.energy[lane] = [0.0; TICK];
        if lane == Lane::Drums.index() {
            self.compressors.clear(PARALLEL);
            self.duck.reset();
        }
    }
    pub(crate) fn set_tone(&mut self, lane: usize, tone: &ToneTable, extra_db: f32) {
        self.strips.set_tone(lane, tone, extra_db);
    }
    /// The kick was struck.
    pub(crate) fn kick(&mut self) {
        if self.drums_heard {
            self.duck.strike();
        }
    }
    /// Mixes the lanes into the buses, which are zero.
    pub(crate) fn process(&mut self, span: &Span, lanes: &[LaneBlock], out: &mut [BusBlock]) {
        self.untouched = false;
        let mut strips = [Heard::default(); SPAN];
        let strips = &mut strips[..span.ticks];
        for ((lanes, heard), block) in lanes.iter().zip(&mut *strips).zip(&mut *self.blocks) {
            if span.at_tick() {
                self.strips.tick();
            }
            heard.rested = resting(&self.strips);
            heard.level = core::array::from_fn(|lane| self.strips.level(lane));
            heard.motion = core::array::from_fn(|lane| self.strips.motion(lane));
            heard.tape = core::array::from_fn(|lane| self.strips.tape(lane));
            self.strips.process(lanes, span.into, span.frames, block);
            heard.silent = resting(&self.strips);
        }
        for lane in 0..LANES {
            for (n, heard) in strips.iter_mut().enumerate() {
                if span.at_tick() {
                    self.tick_lane(lane, heard, span.end_s(n));
                }
                if heard.silent[lane] {
                    continue;
                }
                let block = &self.blocks[n];
                let mut pair = [block[2 * lane], block[2 * lane + 1]];
                let skipped = if heard.rested[lane] { span.into } else { 0 };
                if self.insert(lane, &mut pair, skipped, span.into, span.frames) {
                    out[n][1 + lane] = pair;
                } else {
                    heard.silent[lane] = true;
                }
            }
        }
        let mut sent = [Sent::default(); SPAN];
        let sent = &mut sent[..span.ticks];
        for ((heard, out), sent) in strips.iter().zip(&mut *out).zip(&mut *sent) {
            if span.at_tick() {
                self.ride(heard);
            }
            let [main, lanes @ ..] = out;
            for (lane, pair) in lanes.iter_mut().take(LANES).enumerate() {
                if !heard.silent[lane] {
                    self.place(lane, pair, span.into);
                    self.send(lane, pair, span.into, sent, main);
                }
            }
        }
        self.returns.process(span, sent, out);
        for out in &mut *out {
            self.finish(span, out);
        }
        for out in out {
            self.late.process(out, span.into, span.frames);
        }
    }
    /// At a tick: what a lane's inserts do up to the next, and what its compressor and the ducking hear of the last.
    /// `seconds`: time from reset to the next tick.
    fn tick_lane(&mut self, lane: usize, heard: &mut Heard, seconds: f64) {
        let power = if heard.rested[lane] {
            0.0
        } else {
            total(&self.energy[lane]) * (0.5 / TICK as f32)
        };
        let level = heard.level[lane];
        heard.power[lane] = level * level * power;
        let (chorus, tremolo, tremolo_hz) = heard.motion[lane];
        self.choruses[lane].tick(chorus, seconds, TICK);
        self.tapes[lane].tick(heard.tape[lane], power, seconds);
        if tremolo > 0.0 {
            heard.swing[lane] = 0.5 * tremolo * slow_sine(f64::from(tremolo_hz), seconds, 0.0);
        }
        if lane == Lane::Drums.index() {
            heard.power[PARALLEL] = heard.power[lane];
            let fader = if self.drums_heard { 1.0 } else { 0.0 };
            heard.ducked[..LANES].copy_from_slice(&self.duck.tick(level * fader));
        }
    }
    /// At a tick: aims the faders, and all that moves a lane's gain, at the next.
    fn ride(&mut self, heard: &Heard) {
        let keep = self.smooth.over(TICK);
        self.level.follow(keep);
        let dynamics = self
            .compressors
            .tick(F8::new(heard.power), F8::new(heard.ducked));
        let mut gain = self.level.now;
        for lane in 0..LANES {
            let (whole, swing) = (heard.level[lane] * dynamics[lane], heard.swing[lane]);
            gain[2 * lane] *= whole * (1.0 + swing);
            gain[2 * lane + 1] *= whole * (1.0 - swing);
        }
        let [now, wanted] = self.parallel;
        self.parallel[0] = if (now - wanted).abs() < 1e-4 {
            wanted
        } else {
            wanted + keep * (now - wanted)
        };
        if self.parallel[0] > 0.0 {
            let drums = Lane::Drums.index();
            let more = 1.0 + self.parallel[0] * dynamics[PARALLEL];
            gain[2 * drums] *= more;
            gain[2 * drums + 1] *= more;
        }
        self.gain.aim(&gain);
        for ride in [
            &mut self.own,
            &mut self.other,
            &mut self.delay_send,
            &mut self.to_main,
        ]
        .into_iter()
        .chain(&mut self.spaces)
        {
            ride.tick(keep);
        }
    }
    /// Brings what returns to main, and main through the master.
    fn finish(&mut self, span: &Span, out: &mut BusBlock) {
        if span.at_tick() {
            self.returns_to_main.tick(TICK, self.smooth);
            // In a register: through memory it would wait.
            let power = F8::splat(self.master.power());
            let glue = self.glue.tick(power, F8::ZERO)[GLUE];
            self.master.tick(glue, self.smooth);
        }
        let share = self.returns_to_main.over(span.frames);
        let wet = out[RETURNS];
        for (main, wet) in out[0].iter_mut().zip(&wet) {
            let (dry, wet) = (eights(main), eights(wet));
            *main = whole(core::array::from_fn(|n| dry[n] + share[n] * wet[n]));
        }
        self.master.process(&mut out[0], span.into, span.frames);
        for side in &mut out[0] {
            side[span.frames..].fill(0.0);
        }
    }
    /// Deepest reduction of the limiter since the last call, as a gain.
    pub(crate) fn take_lowest(&mut self) -> f32 {
        self.master.take_lowest()
    }
    /// What each lane's compressor hears, dB.
    pub(crate) fn levels_db(&self) -> [f32; LANES] {
        core::array::from_fn(|lane| self.compressors.level_db(lane))
    }
    /// What the glue and each lane's compressor take away, dB.
    pub(crate) fn reductions_db(&self) -> (f32, [f32; LANES]) {
        let lanes = core::array::from_fn(|lane| self.compressors.reduction_db(lane));
        (self.glue.reduction_db(GLUE), lanes)
    }
}

fn resting(strips: &Strips) -> [bool; LANES] {
    core::array::from_fn(|lane| strips.is_resting(lane))
}

#[cfg(test)]
mod cost;
#[cfg(test)]
mod pictures;
