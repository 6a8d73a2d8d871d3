//! The mixer: strips, faders, sends, returns, and main with its compressor and limiter.
//!
//! Faders, pans and sends move in straight lines between control ticks towards targets that follow the
//! given [`Mix`] within some milliseconds. The kick ducks bass, harmony and texture here.

use core::f32::consts::FRAC_PI_4;

use music::lane::{LANES, Lane};
use music::patch::ToneTable;

use crate::chorus::Chorus;
use crate::compressor::Compressor;
use crate::delay::Delay;
use crate::limiter::Limiter;
use crate::math::{TICK, gain_from_db, line, slow_sine, survey};
use crate::mix::{BUSES, Mix};
use crate::ramp::{Fall, Glide};
use crate::reverb::Reverb;
use crate::strip::{CHANNELS, Frame, Strips};
use crate::voices::LaneBlock;

/// Levels at and below this are silence.
const SILENCE_DB: f32 = -60.0;
/// Room that faders leave on the stems; the master takes it back before its compressor, so that a stem
/// recorded on a track of its own stays under full scale where main is loud.
///
/// Measured: the loudest stem of the preset styles peaks 4.2 dB above its fader's 0 dB.
const HEADROOM_DB: f32 = 8.0;
/// Main, lanes, returns: left and right up to the next tick.
pub(crate) type BusBlock = [[[f32; TICK]; 2]; BUSES];
/// The returns' bus.
const RETURNS: usize = LANES + 1;

/// How a kick pulls the others down: quickly, a moment, back in time for the next eighth.
///
/// Taste: 4 ms down, 30 ms held, 110 ms back (time constants).
#[derive(Clone, Copy, Debug)]
struct Duck {
    depth_db: f32,
    amount: f32,
    hold_samples: u32,
    held: u32,
    attack: Fall,
    release: Fall,
}

impl Duck {
    fn new(rate: f32) -> Duck {
        Duck {
            depth_db: 0.0,
            amount: 0.0,
            hold_samples: (0.03 * rate) as u32,
            held: 0,
            attack: Fall::tau(0.004, rate),
            release: Fall::tau(0.11, rate),
        }
    }
    fn tick(&mut self, frames: usize) -> f32 {
        if self.held > 0 {
            self.held = self.held.saturating_sub(frames as u32);
            self.amount = 1.0 + (self.amount - 1.0) * self.attack.over(frames);
        } else {
            self.amount *= self.release.over(frames);
            if self.amount < 1e-4 {
                self.amount = 0.0;
            }
        }
        if self.amount > 0.0 && self.depth_db > 0.0 {
            gain_from_db(-self.depth_db * self.amount)
        } else {
            1.0
        }
    }
}

/// A value for every channel that moves in straight lines between ticks.
#[derive(Clone, Copy, Debug)]
struct FrameRamp {
    from: Frame,
    step: Frame,
}

impl FrameRamp {
    const fn at(value: f32) -> FrameRamp {
        FrameRamp {
            from: [value; CHANNELS],
            step: [0.0; CHANNELS],
        }
    }
    fn aim(&mut self, target: &Frame, frames: usize) {
        for k in 0..CHANNELS {
            let now = self.from[k] + self.step[k] * frames as f32;
            // Where nothing moves, nothing may creep.
            let distance = target[k] - now;
            let still = distance.abs() < 1e-7;
            self.from[k] = if still { target[k] } else { now };
            self.step[k] = if still { 0.0 } else { distance / frames as f32 };
        }
    }
    /// The values of a channel over a piece that begins `into` samples after the tick.
    #[inline(always)]
    fn line(&self, channel: usize, into: usize) -> [f32; TICK] {
        line(self.from[channel], self.step[channel], into)
    }
}

/// Settings of every channel that follow their targets, by ticks.
#[derive(Clone, Copy, Debug)]
struct Follower {
    target: Frame,
    now: Frame,
}

impl Follower {
    const fn at(value: f32) -> Follower {
        Follower {
            target: [value; CHANNELS],
            now: [value; CHANNELS],
        }
    }
    fn set(&mut self, lane: usize, left: f32, right: f32) {
        self.target[2 * lane] = left;
        self.target[2 * lane + 1] = right;
    }
    /// `keep`: the share of the distance that stays.
    fn tick(&mut self, keep: f32) {
        for k in 0..CHANNELS {
            let distance = self.now[k] - self.target[k];
            // Arrives exactly, so that silence is silence.
            self.now[k] = self.target[k]
                + if distance.abs() < 1e-6 {
                    0.0
                } else {
                    keep * distance
                };
        }
    }
}

/// The whole mixer.
pub(crate) struct Mixer {
    strips: Strips,
    choruses: [Chorus; LANES],
    /// Fader and pan as set; with tremolo and ducking.
    level: Follower,
    gain: FrameRamp,
    reverb_send: (Follower, FrameRamp),
    delay_send: (Follower, FrameRamp),
    to_main: (Follower, FrameRamp),
    returns_to_main: Glide,
    master: Glide,
    master_on: Glide,
    /// Gain that takes [`HEADROOM_DB`] back.
    restore: f32,
    duck: Duck,
    reverb: Reverb,
    delay: Delay,
    compressor: Compressor,
    pub(crate) limiter: Limiter,
    smooth: Fall,
    drums_heard: bool,
    untouched: bool,
}

fn finite(value: f32, low: f32, high: f32, otherwise: f32) -> f32 {
    if value.is_finite() {
        value.clamp(low, high)
    } else {
        otherwise
    }
}

impl Mixer {
    pub(crate) fn new(rate: f32) -> Mixer {
        let mut mixer = Mixer {
            strips: Strips::new(rate),
            choruses: core::array::from_fn(|_| Chorus::new(rate)),
            level: Follower::at(1.0),
            gain: FrameRamp::at(1.0),
            reverb_send: (Follower::at(0.0), FrameRamp::at(0.0)),
            delay_send: (Follower::at(0.0), FrameRamp::at(0.0)),
            to_main: (Follower::at(1.0), FrameRamp::at(1.0)),
            returns_to_main: Glide::at(1.0),
            master: Glide::at(1.0),
            master_on: Glide::at(1.0),
            restore: gain_from_db(HEADROOM_DB),
            duck: Duck::new(rate),
            reverb: Reverb::new(rate),
            delay: Delay::new(rate),
            compressor: Compressor::new(rate),
            limiter: Limiter::new(rate),
            // Taste: fast enough to ride, slow enough not to be heard as steps.
            smooth: Fall::tau(0.006, rate),
            drums_heard: true,
            untouched: true,
        };
        mixer.set(&Mix::default());
        mixer
    }
    pub(crate) fn reset(&mut self) {
        self.strips.reset();
        for chorus in &mut self.choruses {
            chorus.reset();
        }
        self.duck.amount = 0.0;
        self.duck.held = 0;
        self.reverb.reset();
        self.delay.reset();
        self.reset_master();
        self.untouched = true;
        self.snap();
    }
    /// Forgets what the processors of main hold.
    pub(crate) fn reset_master(&mut self) {
        self.compressor.reset();
        self.limiter.reset();
    }
    /// Forgets what the returns hold.
    pub(crate) fn reset_returns(&mut self) {
        self.reverb.reset();
        self.delay.reset();
    }
    /// Forgets what a lane's strip holds.
    pub(crate) fn reset_lane(&mut self, lane: usize) {
        self.strips.clear(lane);
        self.choruses[lane].reset();
    }
    fn snap(&mut self) {
        self.level.now = self.level.target;
        self.gain = FrameRamp {
            from: self.level.now,
            step: [0.0; CHANNELS],
        };
        for (follower, ramp) in [
            &mut self.reverb_send,
            &mut self.delay_send,
            &mut self.to_main,
        ] {
            follower.now = follower.target;
            *ramp = FrameRamp {
                from: follower.now,
                step: [0.0; CHANNELS],
            };
        }
        self.returns_to_main.snap();
        self.master.snap();
        self.master_on.snap();
    }
    pub(crate) fn set(&mut self, mix: &Mix) {
        let any_solo = mix.lanes.iter().any(|l| l.solo);
        for (index, lane) in mix.lanes.iter().enumerate() {
            let heard = lane.on && (lane.solo || !any_solo) && lane.level_db > SILENCE_DB;
            let level = if heard {
                gain_from_db(finite(lane.level_db, SILENCE_DB, 24.0, 0.0) - HEADROOM_DB)
            } else {
                0.0
            };
            // Equal power, 0 dB in the centre.
            let angle = FRAC_PI_4 * (1.0 + finite(lane.pan, -1.0, 1.0, 0.0));
            let level = level * core::f32::consts::SQRT_2;
            self.level
                .set(index, level * angle.cos(), level * angle.sin());
            let reverb = finite(lane.reverb_send, 0.0, 1.0, 0.0);
            self.reverb_send.0.set(index, reverb, reverb);
            let delay = finite(lane.delay_send, 0.0, 1.0, 0.0);
            self.delay_send.0.set(index, delay, delay);
            let stays = mix.main_carries_rest && mix.routed[index];
            let share = if stays { 0.0 } else { 1.0 };
            self.to_main.0.set(index, share, share);
        }
        let drums = &mix.lanes[Lane::Drums.index()];
        self.drums_heard = drums.on && (drums.solo || !any_solo) && drums.level_db > SILENCE_DB;
        let stays = mix.main_carries_rest && mix.routed[LANES];
        self.returns_to_main.aim(if stays { 0.0 } else { 1.0 });
        let master_db = finite(mix.master_db, SILENCE_DB, 24.0, 0.0);
        self.master.aim(if master_db > SILENCE_DB {
            gain_from_db(master_db)
        } else {
            0.0
        });
        self.master_on.aim(if mix.master_on { 1.0 } else { 0.0 });
        self.duck.depth_db = finite(mix.duck_db, 0.0, 24.0, 0.0);
        self.reverb.set(mix.reverb_s);
        self.delay
            .set(mix.delay_s, mix.delay_feedback, self.untouched);
        if self.untouched {
            self.snap();
        }
    }
    pub(crate) fn set_tone(&mut self, lane: usize, tone: &ToneTable, extra_db: f32) {
        self.strips.set_tone(lane, tone, extra_db);
    }
    /// The kick was struck.
    pub(crate) fn kick(&mut self) {
        if self.drums_heard {
            self.duck.held = self.duck.hold_samples;
        }
    }
    /// Aims everything at the next tick. `seconds`: time from reset to that tick.
    pub(crate) fn tick(&mut self, seconds: f64, frames: usize) {
        self.untouched = false;
        self.strips.tick();
        let ducked = self.duck.tick(frames);
        let keep = self.smooth.over(frames);
        self.level.tick(keep);
        let mut gain = self.level.now;
        for lane in 0..LANES {
            let (chorus, tremolo, tremolo_hz) = self.strips.motion(lane);
            self.choruses[lane].tick(chorus, seconds, frames);
            let ducks = matches!(Lane::ALL[lane], Lane::Bass | Lane::Harmony | Lane::Texture);
            let duck = if ducks { ducked } else { 1.0 };
            let swing = if tremolo > 0.0 {
                0.5 * tremolo * slow_sine(f64::from(tremolo_hz), seconds, 0.0)
            } else {
                0.0
            };
            gain[2 * lane] *= duck * (1.0 + swing);
            gain[2 * lane + 1] *= duck * (1.0 - swing);
        }
        self.gain.aim(&gain, frames);
        for (follower, ramp) in [
            &mut self.reverb_send,
            &mut self.delay_send,
            &mut self.to_main,
        ] {
            follower.tick(keep);
            ramp.aim(&follower.now, frames);
        }
        self.returns_to_main.tick(frames, self.smooth);
        self.master.tick(frames, self.smooth);
        self.master_on.tick(frames, self.smooth);
        self.reverb.tick(seconds, frames);
        self.delay.tick(frames);
        self.compressor.tick(frames);
    }
    /// Mixes `frames` samples of the lanes into the buses. `into`: samples since the tick.
    pub(crate) fn process(
        &mut self,
        lanes: &LaneBlock,
        into: usize,
        frames: usize,
        out: &mut BusBlock,
    ) {
        let mut block: [Frame; TICK] = [[0.0; CHANNELS]; TICK];
        for (k, lane) in lanes.iter().enumerate() {
            for (frame, x) in block.iter_mut().zip(lane) {
                frame[k] = *x;
            }
        }
        self.strips.process(&mut block[..frames]);
        let mut to_reverb = [[0.0f32; TICK]; 2];
        let mut to_delay = [[0.0f32; TICK]; 2];
        let mut main = [[0.0f32; TICK]; 2];
        for lane in 0..LANES {
            let bus = &mut out[1 + lane];
            for (i, frame) in block[..frames].iter().enumerate() {
                bus[0][i] = frame[2 * lane];
                bus[1][i] = frame[2 * lane + 1];
            }
            if self.choruses[lane].is_on() {
                let [left, right] = bus;
                for (left, right) in left[..frames].iter_mut().zip(&mut right[..frames]) {
                    self.choruses[lane].next(left, right);
                }
            }
            for (side, x) in bus.iter_mut().enumerate() {
                if survey(x).0 == 0.0 {
                    continue;
                }
                let k = 2 * lane + side;
                let gain = self.gain.line(k, into);
                let reverb = self.reverb_send.1.line(k, into);
                let delay = self.delay_send.1.line(k, into);
                let share = self.to_main.1.line(k, into);
                for i in 0..TICK {
                    x[i] *= gain[i];
                    to_reverb[side][i] += reverb[i] * x[i];
                    to_delay[side][i] += delay[i] * x[i];
                    main[side][i] += share[i] * x[i];
                }
            }
        }
        let (left, right) = out.split_at_mut(RETURNS);
        let (bus, wet) = (&mut left[0], &mut right[0]);
        self.delay.process(&to_delay, wet, frames);
        self.reverb.process(&to_reverb, wet, into, frames);
        for side in wet.iter_mut() {
            side[frames..].fill(0.0);
        }
        for i in 0..frames {
            let share = self.returns_to_main.next();
            let (level, on) = (self.master.next(), self.master_on.next());
            let x = [
                main[0][i] + share * wet[0][i],
                main[1][i] + share * wet[1][i],
            ];
            let glued = self.compressor.next(x.map(|x| x * self.restore));
            let limited = self.limiter.next([glued[0] * level, glued[1] * level]);
            for side in 0..2 {
                let plain = x[side] * level;
                bus[side][i] = if on >= 1.0 {
                    limited[side]
                } else {
                    plain + on * (limited[side] - plain)
                };
            }
        }
    }
}
