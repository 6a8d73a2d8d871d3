//! Chord vocabulary, comping and texture.

use heapless::Vec;
use serde::{Deserialize, Serialize};

use super::{Kinds, LanePattern};
use crate::roman::Roman;

/// One chord of a progression.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct ProgressionChord {
    /// Which chord.
    pub roman: Roman,
    /// Length in half bars: 2 is a bar.
    pub half_bars: u8,
}

/// A chord progression in roman numerals.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Progression {
    /// Where it fits.
    pub kinds: Kinds,
    /// Written for minor keys (else for major).
    pub minor: bool,
    /// How often among those that fit, 1–9.
    pub weight: u8,
    /// The chords.
    pub chords: Vec<ProgressionChord, 24>,
}

/// How chords are struck.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum CompTechnique {
    /// All voices at once.
    #[default]
    Block,
    /// Voices after each other, as a strum: low to high within about 20 ms.
    Strum,
    /// One voice a step, by the pattern's tags.
    Broken,
}

/// What HarmonyRoo plays on the Harmony lane.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct HarmonyStyle {
    /// How chords are struck.
    pub technique: CompTechnique,
    /// Voices at full density, 2–6.
    pub voices: u8,
    /// Lowest and highest pitch.
    pub range: (u8, u8),
    /// Chance in percent that a triad becomes a seventh chord.
    pub sevenths: u8,
    /// Chance in percent that a seventh chord gets a ninth or more.
    pub extensions: u8,
    /// Chance in percent of a borrowed chord, at full complexity.
    pub borrowed: u8,
    /// Chance in percent of a secondary dominant before a target, at full complexity.
    pub secondary: u8,
    /// Dominant chords replace the phrase's last chord where it does not cadence already, percent.
    pub cadences: u8,
    /// Leave the root to the bass.
    pub rootless: bool,
    /// Comping answers the tune bar by bar, as jazz pianists do, rather than keeping a pattern.
    #[serde(default)]
    pub converses: bool,
    /// Progressions.
    pub progressions: Vec<Progression, 32>,
    /// Comping patterns (tags are voices from the bottom, 0 = all).
    pub patterns: Vec<LanePattern, 16>,
}

/// What the Texture lane does.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum TextureTechnique {
    /// Long chords.
    #[default]
    Pad,
    /// One voice a step, up, down and around.
    Arpeggio,
    /// A slow line of guide tones.
    CounterLine,
}

/// What HarmonyRoo plays on the Texture lane.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct TextureStyle {
    /// What it does.
    pub technique: TextureTechnique,
    /// Lowest and highest pitch.
    pub range: (u8, u8),
    /// Voices, 1–5.
    pub voices: u8,
    /// Arpeggio and counter-line rhythms (tags are voices from the bottom, 1-based; 0 = next in the figure).
    pub patterns: Vec<LanePattern, 8>,
}
