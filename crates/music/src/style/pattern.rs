//! Patterns: steps by priority, and which sections they suit.

use heapless::Vec;
use serde::{Deserialize, Serialize};

use crate::plan::SectionKind;

/// Longest pattern: two bars of sixteenths.
pub const PATTERN_STEPS: usize = 32;

/// One step of a pattern. Stored as one number, 0 for silence, so that a style's data stays small.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(from = "u32", into = "u32")]
pub struct Step {
    /// 0 silent, 9 always … 1 only when dense.
    pub priority: u8,
    /// Velocity 1–127; 0 lets the engine choose by metrical strength.
    pub velocity: u8,
    /// Length in steps; 0 lets the engine choose. For drums: strokes that a roll divides the step into
    /// (2, 3, 4), heard when complexity is high.
    pub span: u8,
    /// Meaning by lane: bass and melody roles, chord voices; see the lane's own table.
    pub tag: u8,
}

impl Step {
    /// Density in percent from which on it is heard: priority 9 always, 4 just at the default density,
    /// 1 near the top; 101 (never) for silence.
    pub const fn density(self) -> u8 {
        match self.priority {
            0 => 101,
            p if p >= 9 => 0,
            p => (9 - p) * 95 / 8,
        }
    }
}

impl From<Step> for u32 {
    fn from(s: Step) -> u32 {
        s.priority as u32 | (s.span as u32) << 8 | (s.tag as u32) << 16 | (s.velocity as u32) << 24
    }
}

impl From<u32> for Step {
    fn from(n: u32) -> Step {
        Step {
            priority: n as u8,
            span: (n >> 8) as u8,
            tag: (n >> 16) as u8,
            velocity: (n >> 24) as u8,
        }
    }
}

/// Steps of one or two 4/4 bars; beats are fours of steps.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Pattern {
    /// 16 or 32 steps; any number up to 32 where `cycles`.
    pub steps: Vec<Step, PATTERN_STEPS>,
    /// Runs on in its own length from the section's start, across bar lines and whatever the meter is (polymeter).
    #[serde(default)]
    pub cycles: bool,
}

impl Default for Pattern {
    fn default() -> Self {
        let mut steps = Vec::new();
        let _ = steps.resize_default(16);
        Pattern {
            steps,
            cycles: false,
        }
    }
}

impl Pattern {
    /// Bars of 4/4 that it lasts: 1 or 2.
    pub fn bars(&self) -> usize {
        self.steps.len().div_ceil(16).max(1)
    }
    /// The four steps of beat `beat` (0–3) of bar `bar`; silence past the end.
    pub fn beat(&self, bar: usize, beat: usize) -> [Step; 4] {
        let first = (bar % self.bars()) * 16 + beat * 4;
        let mut cell = [Step::default(); 4];
        for (to, from) in cell.iter_mut().zip(self.steps.iter().skip(first)) {
            *to = *from;
        }
        cell
    }
}

/// A set of section kinds, bit `kind as u16`. Empty means every kind.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Kinds(pub u16);

impl Kinds {
    /// Whether it is meant for `kind`.
    pub const fn suits(self, kind: SectionKind) -> bool {
        self.0 == 0 || self.0 & (1 << kind as u16) != 0
    }
    /// Whether it is meant for any of `kinds`.
    pub const fn suits_any(self, kinds: Kinds) -> bool {
        self.0 == 0 || self.0 & kinds.0 != 0
    }
    /// With `kind` added.
    pub const fn with(self, kind: SectionKind) -> Kinds {
        Kinds(self.0 | 1 << kind as u16)
    }
}

/// A pattern for some kinds of sections.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct LanePattern {
    /// Where it fits.
    pub kinds: Kinds,
    /// How often among those that fit, 1–9.
    pub weight: u8,
    /// Steps; tags by lane.
    pub pattern: Pattern,
}
