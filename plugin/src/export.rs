//! What of the song goes into files and onto the clipboard, and how.

pub mod text;

use std::ops::Range;
use std::sync::Arc;

use authoring::editing::notes::Written;
use files::wav::Depth;
use music::lane::Lane;

/// Which part of the score.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub enum Scope {
    /// All of it.
    #[default]
    Song,
    /// One lane.
    Lane(Lane),
    /// One section, by its key.
    Section(u16),
    /// Bars of the form, every part of them.
    Bars(Range<u16>),
    /// Notes of a lane, in whole bars around them.
    Notes(Arc<[Written]>),
}

impl Scope {
    /// Whether audio can be written of it.
    pub const fn can_sound(&self) -> bool {
        matches!(self, Scope::Song | Scope::Section(_) | Scope::Bars(_))
    }
}

/// `bar 5`, `bars 5–8`, with `between` the figures.
pub fn bars_in_words(bars: &Range<u16>, between: char) -> String {
    match bars.len() {
        1 => format!("bar {}", bars.end),
        _ => format!("bars {}{between}{}", bars.start + 1, bars.end),
    }
}

/// How audio is written.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Sound {
    /// By this depth.
    pub depth: Depth,
    /// As FLAC in place of WAV; of 24 bits at most.
    pub packed: bool,
}

/// Which files.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Form {
    /// The score.
    #[default]
    Midi,
    /// Audio as it is mixed and mastered.
    Mix(Sound),
    /// The mix, every part and the returns.
    Stems(Sound),
}

/// An order.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Export {
    /// Where the files go; empty: the user's MuseAroo folder.
    pub folder: String,
    /// Part of the score; audio is of the song, a section or bars, and of the whole song else.
    pub scope: Scope,
    /// Which files.
    pub form: Form,
}
