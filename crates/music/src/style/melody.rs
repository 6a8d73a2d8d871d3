//! Melodic vocabulary.

use heapless::Vec;
use serde::{Deserialize, Serialize};

use super::Pattern;

/// A rhythm cell of the melody: one or two bars of onsets.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct RhythmCell {
    /// How often, 1–9.
    pub weight: u8,
    /// Onsets by priority; spans are lengths.
    pub pattern: Pattern,
}

/// What MelodyRoo plays.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct MelodyStyle {
    /// Lowest and highest pitch.
    pub range: (u8, u8),
    /// Share of steps (against leaps), percent.
    pub steps: u8,
    /// Share of repeated notes, percent.
    pub repeats: u8,
    /// Share of bars left silent to breathe, percent.
    pub rests: u8,
    /// Chance in percent of blue notes, grace notes, enclosures, at full complexity.
    pub ornaments: u8,
    /// Rhythm cells.
    pub cells: Vec<RhythmCell, 16>,
}
