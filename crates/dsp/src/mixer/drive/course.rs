//! How a stereo signal's drive gets from one setting to another.

use crate::math::TICK;
use crate::ramp::Line;

/// Share of the way to the detour or back that a tick goes.
///
/// Taste: some 4 ms at 48 kHz.
const CHANGE: f32 = 1.0 / 12.0;

/// Gain into the curve, gain after it, share of what it made, share of the whole detour through the doubled rate.
#[derive(Clone, Copy, Debug)]
pub(super) struct Course {
    pub(super) lines: [Line; 4],
    target: [f32; 4],
    on: bool,
    /// All lines are where they go to.
    still: bool,
}

impl Course {
    pub(super) fn new() -> Course {
        let target = [1.0, 1.0, 0.0, 0.0];
        Course {
            lines: target.map(Line::rest),
            target,
            on: false,
            still: false,
        }
    }
    pub(super) fn set(&mut self, into: f32, after: f32, share: f32) {
        let detour = if share > 0.0 { 1.0 } else { 0.0 };
        self.target = [into, after, share, detour];
        self.still = false;
    }
    /// Goes to its target at once.
    pub(super) fn snap(&mut self) {
        self.lines = self.target.map(Line::rest);
        self.on = self.target[3] > 0.0;
        self.still = true;
    }
    /// Says whether anything changed.
    pub(super) fn tick(&mut self) -> bool {
        let aims = self.target[3] > 0.0;
        if self.still || !aims && !self.on {
            return false;
        }
        for (line, target) in self.lines[..3].iter_mut().zip(self.target) {
            line.aim(target);
        }
        let detour = self.lines[3].at(TICK);
        let distance = (self.target[3] - detour).clamp(-CHANGE, CHANGE);
        self.lines[3].aim(detour + distance);
        self.still = (self.lines.iter().zip(self.target))
            .all(|(line, target)| line.step == 0.0 && line.from == target);
        self.on = aims || self.lines[3].from > 0.0;
        true
    }
    pub(super) const fn is_on(&self) -> bool {
        self.on
    }
    /// Nothing moves, and the detour is the whole way or none.
    pub(super) fn stands(&self) -> bool {
        !self.on || self.still && self.lines[3].from == 1.0
    }
}
