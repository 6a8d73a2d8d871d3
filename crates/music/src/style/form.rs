//! How a song of the style is built.

use heapless::Vec;
use serde::{Deserialize, Serialize};

use crate::lane::LaneSet;
use crate::plan::SectionKind;

/// One section of a form template.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct FormStep {
    /// What it is.
    pub kind: SectionKind,
    /// Usual length in bars.
    pub bars: u8,
}

/// How a song of the style is built.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct FormStyle {
    /// Sections of a whole song, stretched and cut to the wanted length.
    pub template: Vec<FormStep, 32>,
    /// Energy in percent by section kind.
    pub energy: [u8; SectionKind::COUNT],
    /// Who plays by section kind; empty means everyone.
    pub lanes: [LaneSet; SectionKind::COUNT],
    /// Chance in percent that a song lifts its key for the end, while the control stands in the middle.
    #[serde(default)]
    pub modulation: u8,
}
