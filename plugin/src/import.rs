//! What is brought into the song from a file, and what a file was found to hold.

use music::lane::Lane;

/// What is taken from a file.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Wanted {
    /// Its chords, as typed chords.
    Chords,
    /// Its tune, as notes of the melody.
    Melody,
    /// Its feel, laid on the notes of a lane.
    Groove(Lane),
    /// Its sound, for the mix to go towards.
    Sound,
}

/// An order.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Import {
    /// The file, as the user wrote it.
    pub path: String,
    /// What is taken from it.
    pub wanted: Wanted,
    /// Bar of the form where chords or tune begin, from 0.
    pub bar: u16,
}

/// What a file holds.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Holds {
    /// Notes.
    Midi,
    /// Sound.
    Audio,
    /// Neither, or it cannot be read.
    Nothing,
}

/// A file that was looked into.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Found {
    /// The file, as the user wrote it.
    pub path: String,
    /// What it holds.
    pub holds: Holds,
    /// The same in words, or what is wrong with it.
    pub words: String,
}
