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
use crate::math::{TICK, eights, slow_sine, total, whole};
use crate::mix::{BUSES, Latency, Mix};
use crate::ramp::{Fall, Glide};
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

/// The whole mixer.
pub(crate) struct Mixer {
    strips: Strips,
    choruses: [Chorus; LANES],
    tapes: [Tape; LANES],
    compressors: Compressors,
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
            choruses: core::array::from_fn(|_| Chorus::new(rate)),
            tapes: core::array::from_fn(|_| Tape::new(rate)),
            compressors: Compressors::new(rate),
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
        self.compressors.clear(GLUE);
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
    /// Aims everything at the next tick. `seconds`: time from reset to that tick.
    pub(crate) fn tick(&mut self, seconds: f64) {
        self.untouched = false;
        self.strips.tick();
        let keep = self.smooth.over(TICK);
        self.level.follow(keep);
        let mut power = [0.0; CELLS];
        let mut heard = [0.0; LANES];
        for lane in 0..LANES {
            if !self.strips.is_resting(lane) {
                let level = self.strips.level(lane);
                let sum = total(&self.energy[lane]);
                heard[lane] = sum * (0.5 / TICK as f32);
                power[lane] = level * level * sum * (0.5 / TICK as f32);
            }
        }
        let drums = Lane::Drums.index();
        power[PARALLEL] = power[drums];
        power[GLUE] = self.master.power();
        let ducked = self
            .duck
            .tick(self.strips.level(drums) * if self.drums_heard { 1.0 } else { 0.0 });
        let mut lower = [0.0; CELLS];
        lower[..LANES].copy_from_slice(&ducked);
        let dynamics = self.compressors.tick(&power, &lower);
        let mut gain = self.level.now;
        for lane in 0..LANES {
            let (chorus, tremolo, tremolo_hz) = self.strips.motion(lane);
            self.choruses[lane].tick(chorus, seconds, TICK);
            self.tapes[lane].tick(self.strips.tape(lane), heard[lane], seconds);
            let swing = if tremolo > 0.0 {
                0.5 * tremolo * slow_sine(f64::from(tremolo_hz), seconds, 0.0)
            } else {
                0.0
            };
            let whole = self.strips.level(lane) * dynamics[lane];
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
        self.returns_to_main.tick(TICK, self.smooth);
        self.returns.tick(seconds);
        self.master.tick(dynamics[GLUE], self.smooth);
    }
    /// Mixes `frames` samples of the lanes into the buses, which are zero. `into`: samples since the tick.
    pub(crate) fn process(
        &mut self,
        lanes: &LaneBlock,
        into: usize,
        frames: usize,
        out: &mut BusBlock,
    ) {
        let mut block: LaneBlock = [[0.0; TICK]; CHANNELS];
        let rested: [bool; LANES] = core::array::from_fn(|lane| self.strips.is_resting(lane));
        self.strips.process(lanes, into, frames, &mut block);
        let mut sent = Sent::default();
        let mut main = [[0.0f32; TICK]; 2];
        for lane in 0..LANES {
            if self.strips.is_resting(lane) {
                continue;
            }
            let mut pair = [block[2 * lane], block[2 * lane + 1]];
            let skipped = if rested[lane] { into } else { 0 };
            if !self.insert(lane, &mut pair, skipped, into, frames) {
                continue;
            }
            self.place(lane, &mut pair, into);
            self.send(lane, &pair, into, &mut sent, &mut main);
            out[1 + lane] = pair;
        }
        let wet = &mut out[RETURNS];
        self.returns.process(&sent, wet, into, frames);
        for side in wet.iter_mut() {
            side[frames..].fill(0.0);
        }
        let share = self.returns_to_main.over(frames);
        for (main, wet) in main.iter_mut().zip(wet.iter()) {
            let (dry, wet) = (eights(main), eights(wet));
            *main = whole(core::array::from_fn(|n| dry[n] + share[n] * wet[n]));
        }
        self.master.process(&mut main, into, frames);
        out[0] = main;
        for side in &mut out[0] {
            side[frames..].fill(0.0);
        }
        self.late.process(out, into, frames);
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
        (self.compressors.reduction_db(GLUE), lanes)
    }
}

#[cfg(test)]
mod cost;
#[cfg(test)]
mod pictures;
