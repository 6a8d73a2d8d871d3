//! A style as plain tables: what a musician wrote in one TOML file, ready for the engines.
//!
//! Patterns are written for 4/4 in sixteenth steps and find their place in any meter beat by beat: a bar's
//! beats have roles ([`crate::time::BeatRole`]), and each takes the pattern beat of the same role
//! (down = 1, back = 2 then 4, mid = 3, weak = 3 without its heaviest strokes). A beat of six steps
//! takes its four and repeats the last two.

mod bass;
mod book;
mod drums;
mod form;
mod harmony;
mod melody;
mod mix;
mod pattern;

use serde::{Deserialize, Serialize};

use crate::Name;
use crate::groove::{GrooveTemplate, SwingTable};
use crate::lane::LANES;
use crate::technique::Rhythm;

pub use bass::{BassRole, BassStyle, BassTechnique};
pub use book::StyleBook;
pub use drums::{DrumFill, DrumGroove, DrumLine, DrumStyle};
pub use form::{FormStep, FormStyle};
pub use harmony::{
    CompTechnique, HarmonyStyle, Progression, ProgressionChord, TextureStyle, TextureTechnique,
};
pub use melody::{MelodyStyle, Ornament, RhythmCell};
pub use mix::{MixStyle, StripStyle};
pub use pattern::{Kinds, LanePattern, PATTERN_STEPS, Pattern, Step};

/// A style, complete.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Style {
    /// Stable number, 0–255: what automation stores.
    pub slot: u8,
    /// Stem of its file: `lofi`.
    pub stem: Name,
    /// Name on screen: `Lo-fi hip hop`.
    pub name: Name,
    /// Genre on screen.
    pub genre: Name,
    /// Human music that it may be measured against: `pop` for melody and harmony, else the drummers that
    /// it belongs to (`rock`, `funk` …); empty for none.
    #[serde(default)]
    pub reference: Name,
    /// Lowest, usual and highest tempo, BPM. Outside, parts play at half or double density.
    pub tempo: (u16, u16, u16),
    /// Prefers minor keys.
    pub minor: bool,
    /// Swing over tempo.
    pub swing: SwingTable,
    /// Feel.
    pub groove: GrooveTemplate,
    /// What lays each lane's onsets, while its control says that the style does.
    #[serde(default)]
    pub rhythms: [Rhythm; LANES],
    /// Form.
    pub form: FormStyle,
    /// Drums.
    pub drums: DrumStyle,
    /// Bass.
    pub bass: BassStyle,
    /// Harmony.
    pub harmony: HarmonyStyle,
    /// Texture.
    pub texture: TextureStyle,
    /// Melody.
    pub melody: MelodyStyle,
    /// Mix and instruments.
    pub mix: MixStyle,
}
