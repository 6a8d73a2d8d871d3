//! What a hand wants changed in form, chords and notes: the editor asks, the worker does it.
//!
//! Sections are named by their key and bars by their place in them, so that an order that comes late still finds
//! what was meant.

use authoring::editing::chords::Bars;
use authoring::editing::notes::{Spot, Written};
use music::chord::Chord;
use music::lane::LaneSet;

/// A place of the form: bar from 0, sixteenth step in it.
pub type Place = (u16, u8);

/// An order.
#[derive(Clone, Debug, PartialEq)]
pub enum Hand {
    /// A section goes to another place in the order.
    Move {
        /// Which.
        section: u16,
        /// Its place afterwards, from 0.
        to: usize,
    },
    /// A copy behind it, with the same music.
    Copy(u16),
    /// Without it.
    Drop(u16),
    /// So many bars long.
    Resize(u16, u16),
    /// Energy at its start and end, percent; `None` leaves it.
    Energy(u16, Option<u8>, Option<u8>),
    /// Who plays in it.
    Lanes(u16, LaneSet),
    /// Another seed of its own.
    Anew(u16),
    /// Its present seed for its own, or the song's again.
    Lock(u16, bool),
    /// The form is composed again.
    GiveBack,
    /// Chords from a bar on.
    Chords {
        /// The first bar.
        bar: u16,
        /// As they were typed.
        words: String,
        /// As they were read.
        bars: Bars,
    },
    /// One chord from a place up to another; `None` is the plan's own.
    Chord {
        /// From here.
        from: Place,
        /// Up to here.
        to: Place,
        /// What sounds.
        chord: Option<Chord>,
    },
    /// Notes taken away and others in their place, said in words.
    Notes {
        /// `Move 3 notes`.
        words: String,
        /// What goes.
        from: Vec<Written>,
        /// What comes.
        to: Vec<Written>,
    },
    /// Bars that stand as they are, with the notes that they hold.
    LockBars(Vec<Spot>, Vec<Written>),
    /// Bars that are the engines' again.
    FreeBars(Vec<Spot>),
}
