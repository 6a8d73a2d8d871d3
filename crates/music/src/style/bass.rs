//! What the bass plays: patterns of roles.

use heapless::Vec;
use serde::{Deserialize, Serialize};

use super::LanePattern;

/// What a bass step plays ([`Step::tag`]).
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[repr(u8)]
pub enum BassRole {
    /// Root.
    Root = 0,
    /// Third.
    Third = 1,
    /// Fifth.
    Fifth = 2,
    /// Seventh, or sixth if the chord has none.
    Seventh = 3,
    /// Root an octave up.
    Octave = 4,
    /// Leads to the next chord's root by a half or whole step.
    Approach = 5,
    /// Fifth below the root.
    LowFifth = 6,
    /// A scale tone between this note and the next.
    Passing = 7,
    /// Muted stroke on the root.
    Dead = 8,
}

impl BassRole {
    /// The role of a tag; unknown tags are roots.
    pub const fn from_tag(tag: u8) -> BassRole {
        match tag {
            1 => BassRole::Third,
            2 => BassRole::Fifth,
            3 => BassRole::Seventh,
            4 => BassRole::Octave,
            5 => BassRole::Approach,
            6 => BassRole::LowFifth,
            7 => BassRole::Passing,
            8 => BassRole::Dead,
            _ => BassRole::Root,
        }
    }
}

/// How the bass thinks.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum BassTechnique {
    /// The written patterns.
    #[default]
    Pattern,
    /// A note a beat, walking to the next chord.
    Walking,
    /// Long low notes that follow the kick (808).
    Sub,
}

/// What the bass plays.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct BassStyle {
    /// How it thinks.
    pub technique: BassTechnique,
    /// Lowest and highest pitch.
    pub range: (u8, u8),
    /// How closely it follows the kick, percent: that share of kick strokes gets a bass note.
    pub lock: u8,
    /// How often a written approach leads into a new chord rather than doing something else, percent; 50 as most do.
    pub approach: u8,
    /// How often a note is held into the next, so that the bass slides there, percent.
    #[serde(default)]
    pub slide: u8,
    /// Patterns (tags are [`BassRole`]).
    pub patterns: Vec<LanePattern, 16>,
}
