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

/// How a tune is decorated.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Ornament {
    /// Scoops from the step below, falls off long tones, now and then a turn.
    #[default]
    Pop,
    /// Slides out of the blue third and the blue fifth, falls.
    Blues,
    /// Enclosures, chromatic approaches, turns.
    Jazz,
    /// Mordents and graces from above.
    Latin,
    /// Short graces from the next tone of the scale, above or below.
    Folk,
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
    /// What kind of ornament.
    #[serde(default)]
    pub ornament: Ornament,
    /// Rhythm cells.
    pub cells: Vec<RhythmCell, 16>,
}
