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
use crate::math::{TICK, gain_from_db};
use crate::mix::{BUSES, Mix};
use crate::ramp::{Fall, Glide, Ramp};
use crate::reverb::Reverb;
use crate::strip::{Frame, Strips};
use crate::voices::LaneBlock;

/// Levels at and below this are silence.
const SILENCE_DB: f32 = -60.0;
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

/// One lane's fader.
#[derive(Clone, Copy, Debug)]
struct Fader {
    /// Left and right gain as set.
    wanted: [Glide; 2],
    /// With tremolo and ducking.
    gains: [Ramp; 2],
    reverb: Glide,
    delay: Glide,
}

impl Fader {
    const NEW: Fader = Fader {
        wanted: [Glide::at(1.0); 2],
        gains: [Ramp::at(1.0); 2],
        reverb: Glide::at(0.0),
        delay: Glide::at(0.0),
    };
}

/// The whole mixer.
pub(crate) struct Mixer {
    strips: Strips,
    choruses: [Chorus; LANES],
    faders: [Fader; LANES],
    /// Of the buses 1–7 into main.
    to_main: [Glide; LANES + 1],
    master: Glide,
    master_on: Glide,
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
            faders: [Fader::NEW; LANES],
            to_main: [Glide::at(1.0); LANES + 1],
            master: Glide::at(1.0),
            master_on: Glide::at(1.0),
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
        for fader in &mut self.faders {
            for (wanted, gain) in fader.wanted.iter_mut().zip(&mut fader.gains) {
                wanted.snap();
                gain.hold(wanted.value());
            }
            fader.reverb.snap();
            fader.delay.snap();
        }
        for glide in &mut self.to_main {
            glide.snap();
        }
        self.master.snap();
        self.master_on.snap();
    }
    pub(crate) fn set(&mut self, mix: &Mix) {
        let any_solo = mix.lanes.iter().any(|l| l.solo);
        for (lane, fader) in mix.lanes.iter().zip(&mut self.faders) {
            let heard = lane.on && (lane.solo || !any_solo) && lane.level_db > SILENCE_DB;
            let level = if heard {
                gain_from_db(finite(lane.level_db, SILENCE_DB, 24.0, 0.0))
            } else {
                0.0
            };
            // Equal power, 0 dB in the centre.
            let angle = FRAC_PI_4 * (1.0 + finite(lane.pan, -1.0, 1.0, 0.0));
            fader.wanted[0].aim(level * core::f32::consts::SQRT_2 * angle.cos());
            fader.wanted[1].aim(level * core::f32::consts::SQRT_2 * angle.sin());
            fader.reverb.aim(finite(lane.reverb_send, 0.0, 1.0, 0.0));
            fader.delay.aim(finite(lane.delay_send, 0.0, 1.0, 0.0));
        }
        let drums = &mix.lanes[Lane::Drums.index()];
        self.drums_heard = drums.on && (drums.solo || !any_solo) && drums.level_db > SILENCE_DB;
        for (glide, routed) in self.to_main.iter_mut().zip(mix.routed) {
            glide.aim(if mix.main_carries_rest && routed {
                0.0
            } else {
                1.0
            });
        }
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
    pub(crate) fn set_tone(&mut self, lane: usize, tone: &ToneTable) {
        self.strips.set_tone(lane, tone);
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
        for lane in 0..LANES {
            let (chorus, tremolo, tremolo_hz) = self.strips.motion(lane);
            self.choruses[lane].tick(chorus, seconds, frames);
            let ducks = matches!(Lane::ALL[lane], Lane::Bass | Lane::Harmony | Lane::Texture);
            let duck = if ducks { ducked } else { 1.0 };
            let swing = if tremolo > 0.0 {
                let turns = (seconds * f64::from(tremolo_hz)).fract() as f32;
                0.5 * tremolo * (core::f32::consts::TAU * turns).sin()
            } else {
                0.0
            };
            let fader = &mut self.faders[lane];
            for (side, (wanted, gain)) in fader.wanted.iter_mut().zip(&mut fader.gains).enumerate()
            {
                wanted.tick(frames, self.smooth);
                for _ in 0..frames {
                    wanted.next();
                }
                let motion = if side == 0 { 1.0 + swing } else { 1.0 - swing };
                gain.aim(wanted.value() * duck * motion, frames);
            }
            fader.reverb.tick(frames, self.smooth);
            fader.delay.tick(frames, self.smooth);
        }
        for glide in &mut self.to_main {
            glide.tick(frames, self.smooth);
        }
        self.master.tick(frames, self.smooth);
        self.master_on.tick(frames, self.smooth);
        self.reverb.tick(seconds, frames);
        self.delay.tick(frames);
        self.compressor.tick(frames);
    }
    /// Mixes `frames` samples of the lanes into the buses.
    pub(crate) fn process(&mut self, lanes: &LaneBlock, frames: usize, out: &mut BusBlock) {
        let mut block: [Frame; TICK] = [[0.0; 2 * LANES]; TICK];
        for (i, frame) in block[..frames].iter_mut().enumerate() {
            for (x, lane) in frame.iter_mut().zip(lanes) {
                *x = lane[i];
            }
        }
        let block = &mut block[..frames];
        self.strips.process(block);
        for (lane, chorus) in self
            .choruses
            .iter_mut()
            .enumerate()
            .filter(|(_, c)| c.is_on())
        {
            for frame in block.iter_mut() {
                let (mut left, mut right) = (frame[2 * lane], frame[2 * lane + 1]);
                chorus.next(&mut left, &mut right);
                frame[2 * lane] = left;
                frame[2 * lane + 1] = right;
            }
        }
        let mut to_reverb = [[0.0f32; 2]; TICK];
        let mut to_delay = [[0.0f32; 2]; TICK];
        let mut main = [[0.0f32; 2]; TICK];
        for (lane, fader) in self.faders.iter_mut().enumerate() {
            for (i, frame) in block.iter().enumerate() {
                let (reverb, delay) = (fader.reverb.next(), fader.delay.next());
                let share = self.to_main[lane].next();
                for side in 0..2 {
                    let y = frame[2 * lane + side] * fader.gains[side].next();
                    out[1 + lane][side][i] = y;
                    to_reverb[i][side] += reverb * y;
                    to_delay[i][side] += delay * y;
                    main[i][side] += share * y;
                }
            }
        }
        for i in 0..frames {
            let mut wet = [0.0f32; 2];
            if to_delay[i] != [0.0; 2] || !self.delay.is_idle() {
                self.delay.next(to_delay[i], &mut wet);
            }
            if to_reverb[i] != [0.0; 2] || !self.reverb.is_idle() {
                self.reverb.next(to_reverb[i], &mut wet);
            }
            let share = self.to_main[LANES].next();
            let (level, on) = (self.master.next(), self.master_on.next());
            let mut x = [0.0; 2];
            for side in 0..2 {
                out[RETURNS][side][i] = wet[side];
                x[side] = main[i][side] + share * wet[side];
            }
            let glued = self.compressor.next(x);
            let limited = self.limiter.next([glued[0] * level, glued[1] * level]);
            for side in 0..2 {
                let plain = x[side] * level;
                out[0][side][i] = if on >= 1.0 {
                    limited[side]
                } else {
                    plain + on * (limited[side] - plain)
                };
            }
        }
    }
}
