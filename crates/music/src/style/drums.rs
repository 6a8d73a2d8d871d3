//! Who plays the drums, and what: grooves and fills, a line a piece.

use heapless::Vec;
use serde::{Deserialize, Serialize};

use super::{Kinds, Pattern};
use crate::drum::Piece;

/// One piece's line in a groove or fill.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct DrumLine {
    /// What is struck.
    pub piece: Piece,
    /// When, how firmly wanted, how hard.
    pub pattern: Pattern,
}

/// A groove for some kinds of sections.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct DrumGroove {
    /// Where it fits.
    pub kinds: Kinds,
    /// How often among those that fit, 1–9.
    pub weight: u8,
    /// The kit's lines.
    pub lines: Vec<DrumLine, 12>,
}

/// A fill: the last `beats` beats of a bar.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct DrumFill {
    /// Length in beats, 1–4.
    pub beats: u8,
    /// 0 gentle … 9 as hard as it gets.
    pub energy: u8,
    /// The kit's lines; the last `beats` beats of the 16 steps count.
    pub lines: Vec<DrumLine, 8>,
}

/// Who plays the drums, and what.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct DrumStyle {
    /// Players with two hands and two feet each; 0 is a machine that may play anything at once.
    pub players: u8,
    /// Grooves.
    pub grooves: Vec<DrumGroove, 24>,
    /// Fills.
    pub fills: Vec<DrumFill, 16>,
    /// Chance in percent of a crash where a section starts.
    pub crash: u8,
    /// Chance in percent of ghost strokes beyond the written ones, at full complexity.
    pub ghosts: u8,
    /// Songs in percent that keep the written timekeeper as it is; the others mostly have one of their own.
    pub time: u8,
    /// Layer against the beat that complexity may add: (strokes, beats), (0, 0) for none.
    pub polyrhythm: (u8, u8),
}
