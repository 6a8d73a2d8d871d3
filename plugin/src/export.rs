//! What of the song goes into files, and how.

use files::wav::Depth;
use music::lane::Lane;

/// Which part of the score.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Scope {
    /// All of it.
    #[default]
    Song,
    /// One lane.
    Lane(Lane),
    /// One section, by its key.
    Section(u16),
}

/// An order.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Export {
    /// Where the files go; empty: the user's MuseAroo folder.
    pub folder: String,
    /// Part of the score; audio is the whole song.
    pub scope: Scope,
    /// Audio by this depth; `None`: MIDI.
    pub depth: Option<Depth>,
    /// Every stem and the returns beside the mix.
    pub stems: bool,
}
