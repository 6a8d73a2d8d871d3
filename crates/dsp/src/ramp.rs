//! Values that move: straight lines between control ticks, exponential falls, smoothed targets.

use core::f32::consts::LN_10;

use crate::math::{F8, Row, TICK, eights, fused, line, line8};

/// A straight line to the value that a control tick asks for.
#[derive(Clone, Copy, Debug, Default)]
pub(crate) struct Ramp {
    value: f32,
    step: f32,
}

impl Ramp {
    pub(crate) const fn at(value: f32) -> Ramp {
        Ramp { value, step: 0.0 }
    }
    /// Reaches `target` after `frames` samples.
    pub(crate) fn aim(&mut self, target: f32, frames: usize) {
        // Told apart as dividing takes its time; to the bit the same.
        self.step = match frames {
            TICK => (target - self.value) * (1.0 / TICK as f32),
            TWO_TICKS => (target - self.value) * (1.0 / TWO_TICKS as f32),
            _ => (target - self.value) / frames as f32,
        };
    }
    /// Goes a quarter of the way, and all of it when near: for what changes once in a while.
    pub(crate) fn approach(&mut self, target: f32, frames: usize) {
        if self.value == target {
            self.step = 0.0;
            return;
        }
        let distance = target - self.value;
        if distance.abs() < 1e-4 * target.abs() {
            self.hold(target);
        } else {
            self.aim(self.value + 0.25 * distance, frames);
        }
    }
    #[inline(always)]
    pub(crate) fn next(&mut self) -> f32 {
        let value = self.value;
        self.value += self.step;
        value
    }
    pub(crate) const fn value(&self) -> f32 {
        self.value
    }
    pub(crate) const fn step(&self) -> f32 {
        self.step
    }
    /// The same ramp further on.
    pub(crate) const fn moved(&self, value: f32) -> Ramp {
        Ramp {
            value,
            step: self.step,
        }
    }
    /// The values of a piece that begins here; moves on behind it.
    #[inline(always)]
    pub(crate) fn line(&mut self, frames: usize) -> [f32; TICK] {
        let values = line(self.value, self.step, 0);
        self.value = fused(self.step, frames as f32, self.value);
        values
    }
    /// Multiplies a piece by the ramp and a gain.
    #[inline(always)]
    pub(crate) fn scale(&mut self, out: &mut [f32], gain: f32) {
        let values = self.line(out.len());
        for (x, value) in out.iter_mut().zip(values) {
            *x *= value * gain;
        }
    }
    /// The same for two pieces of one length.
    #[inline(always)]
    pub(crate) fn scale_two(&mut self, a: &mut [f32], b: &mut [f32], gain: f32) {
        let values = self.line(a.len());
        for ((a, b), value) in a.iter_mut().zip(b).zip(values) {
            *a *= value * gain;
            *b *= value * gain;
        }
    }
    /// Stops here, exactly.
    pub(crate) fn hold(&mut self, value: f32) {
        *self = Ramp::at(value);
    }
}

/// A value in straight lines from tick to tick, said by the sample since the tick: however time is cut, alike.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Line {
    pub(crate) from: f32,
    pub(crate) step: f32,
}

impl Line {
    pub(crate) const fn rest(value: f32) -> Line {
        Line {
            from: value,
            step: 0.0,
        }
    }
    /// So many samples after the tick.
    #[inline(always)]
    pub(crate) fn at(&self, into: usize) -> f32 {
        fused(self.step, into as f32, self.from)
    }
    /// The values of a piece that begins so many samples after the tick.
    #[inline(always)]
    pub(crate) fn over(&self, into: usize) -> Row {
        line8(self.from, self.step, into)
    }
    /// At a tick: from where it was going to, on to a target.
    pub(crate) fn aim(&mut self, target: f32) {
        let now = self.at(TICK);
        let distance = target - now;
        let still = distance.abs() < 1e-6;
        self.from = if still { target } else { now };
        self.step = if still { 0.0 } else { distance / TICK as f32 };
    }
}

const TWO_TICKS: usize = 2 * TICK;

/// An exponential fall, stepped at control ticks.
#[derive(Clone, Copy, Debug, Default)]
pub(crate) struct Fall {
    per_sample: f32,
    per_tick: f32,
}

impl Fall {
    /// By a factor e in `seconds`.
    pub(crate) fn tau(seconds: f32, rate: f32) -> Fall {
        let per_sample = -1.0 / (seconds * rate).max(1.0);
        Fall {
            per_sample,
            per_tick: (per_sample * TICK as f32).exp(),
        }
    }
    /// By 60 dB in `seconds`.
    pub(crate) fn t60(seconds: f32, rate: f32) -> Fall {
        Fall::tau(seconds / (3.0 * LN_10), rate)
    }
    /// The factor over some samples.
    pub(crate) fn over(&self, frames: usize) -> f32 {
        match frames {
            TICK => self.per_tick,
            TWO_TICKS => self.per_tick * self.per_tick,
            _ => (self.per_sample * frames as f32).exp(),
        }
    }
}

/// A setting that follows its target without steps: a one-pole at control ticks, straight between.
#[derive(Clone, Copy, Debug, Default)]
pub(crate) struct Glide {
    ramp: Ramp,
    target: f32,
    settled: bool,
}

impl Glide {
    pub(crate) const fn at(value: f32) -> Glide {
        Glide {
            ramp: Ramp::at(value),
            target: value,
            settled: true,
        }
    }
    pub(crate) fn aim(&mut self, target: f32) {
        if target != self.target {
            self.target = target;
            self.settled = false;
        }
    }
    /// Goes to the target at once.
    pub(crate) fn snap(&mut self) {
        *self = Glide::at(self.target);
    }
    /// At a control tick. Says whether it moves.
    pub(crate) fn tick(&mut self, frames: usize, fall: Fall) -> bool {
        if self.settled {
            return false;
        }
        let distance = self.ramp.value() - self.target;
        if distance.abs() <= 1e-5 * self.target.abs().max(0.1) {
            self.snap();
            return true;
        }
        self.ramp
            .aim(self.target + distance * fall.over(frames), frames);
        true
    }
    #[inline(always)]
    pub(crate) fn next(&mut self) -> f32 {
        self.ramp.next()
    }
    /// The values of a piece; moves on behind it.
    #[inline(always)]
    pub(crate) fn over(&mut self, frames: usize) -> Row {
        if self.settled {
            return [F8::splat(self.ramp.value()); TICK / 8];
        }
        let mut values = [0.0; TICK];
        for value in &mut values[..frames] {
            *value = self.ramp.next();
        }
        eights(&values)
    }
    /// Whether it stands at a value.
    pub(crate) fn rests_at(&self, value: f32) -> bool {
        self.settled && self.ramp.value() == value
    }
}
