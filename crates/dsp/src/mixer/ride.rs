//! Faders: a value for every channel that follows its target within some milliseconds, in straight lines
//! between ticks.

use music::lane::LANES;

use super::strips::CHANNELS;
use crate::math::{Row, TICK, line8};

/// A value for every channel.
pub(crate) type Frame = [f32; CHANNELS];

/// A value for every channel that moves in straight lines.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Lines {
    from: Frame,
    step: Frame,
    moves: bool,
    /// Lanes both of whose channels stand at zero.
    zero: [bool; LANES],
}

impl Lines {
    pub(crate) fn at(values: Frame) -> Lines {
        Lines {
            from: values,
            step: [0.0; CHANNELS],
            moves: false,
            zero: standing_at_zero(&values, &[0.0; CHANNELS]),
        }
    }
    pub(crate) fn aim(&mut self, target: &Frame) {
        let mut moves = 0;
        for k in 0..CHANNELS {
            let now = self.from[k] + self.step[k] * TICK as f32;
            // Where nothing moves, nothing may creep.
            let distance = target[k] - now;
            let still = distance.abs() < 1e-7;
            self.from[k] = if still { target[k] } else { now };
            self.step[k] = if still {
                0.0
            } else {
                distance * (1.0 / TICK as f32)
            };
            moves |= self.step[k].to_bits();
        }
        self.moves = moves != 0;
        self.zero = standing_at_zero(&self.from, &self.step);
    }
    /// The values of a channel over a piece that begins `into` samples after the tick.
    #[inline(always)]
    pub(crate) fn over(&self, channel: usize, into: usize) -> Row {
        line8(self.from[channel], self.step[channel], into)
    }
    /// Whether both channels of a lane stand at zero.
    #[inline(always)]
    pub(crate) const fn is_zero(&self, lane: usize) -> bool {
        self.zero[lane]
    }
}

fn standing_at_zero(from: &Frame, step: &Frame) -> [bool; LANES] {
    core::array::from_fn(|lane| {
        let k = 2 * lane;
        [from[k], from[k + 1], step[k], step[k + 1]] == [0.0; 4]
    })
}

/// A fader for every channel.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Ride {
    target: Frame,
    pub(crate) now: Frame,
    pub(crate) lines: Lines,
    moves: bool,
}

impl Ride {
    pub(crate) fn at(value: f32) -> Ride {
        Ride {
            target: [value; CHANNELS],
            now: [value; CHANNELS],
            lines: Lines::at([value; CHANNELS]),
            moves: false,
        }
    }
    pub(crate) fn set(&mut self, lane: usize, left: f32, right: f32) {
        self.target[2 * lane] = left;
        self.target[2 * lane + 1] = right;
        self.moves = true;
    }
    /// Goes to the target at once.
    pub(crate) fn snap(&mut self) {
        self.now = self.target;
        self.lines = Lines::at(self.now);
    }
    /// Follows the target; `keep`: the share of the distance that stays.
    pub(crate) fn follow(&mut self, keep: f32) {
        if !self.moves {
            return;
        }
        self.moves = false;
        for k in 0..CHANNELS {
            let distance = self.now[k] - self.target[k];
            // Arrives exactly, so that silence is silence.
            let near = distance.abs() < 1e-6;
            self.now[k] = self.target[k] + if near { 0.0 } else { keep * distance };
            self.moves |= self.now[k] != self.target[k];
        }
    }
    /// At a tick: follows, and draws the lines to where it stands.
    pub(crate) fn tick(&mut self, keep: f32) {
        if self.moves || self.lines.moves {
            self.follow(keep);
            self.lines.aim(&self.now);
        }
    }
}
