//! Changes of a song that a hand asks for: whole songs in, whole songs out.
//!
//! Decides nothing musical: a section that moves keeps its notes, its chords and its edits; what is not asked about
//! stays as it is. `None` is the answer to what cannot be done (no such section, no room).

pub mod chords;
pub mod form;
pub mod notes;
pub mod takes;
