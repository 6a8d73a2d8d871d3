//! Other takes of bars of a lane: what the editor asks for, and what the worker shows of it.
//!
//! A proposal stands beside what plays and changes nothing until it is kept. What was kept before stays in a list,
//! with a picture each ([`crate::variations`] saves it).

use std::ops::Range;

use music::lane::Lane;
use music::note::Note;

/// What is asked for.
#[derive(Clone, Debug, PartialEq)]
pub enum Refine {
    /// Another take of some bars of the form, to be looked at.
    Propose(Lane, Range<u16>),
    /// Another one in the place of the one that is shown.
    Another,
    /// It plays from now on.
    Keep,
    /// It goes.
    Discard,
    /// Its bars are heard with it, over and over, or no more.
    Hear(bool),
    /// Earlier takes of a lane in a section are looked at.
    Look(u16, Lane),
    /// An earlier take of a section plays again: its key, the lane, the take of every bar.
    Back(u16, Lane, Vec<u8>),
}

/// What became of a note in a proposal.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Fate {
    /// It stays as it is.
    Same,
    /// It is new.
    Added,
    /// It goes.
    Removed,
    /// It stays with another length, force or feel; this is what it was.
    Changed(Note),
}

/// Another take of some bars, beside what plays.
#[derive(Clone, Debug, PartialEq)]
pub struct Proposal {
    /// Whose.
    pub lane: Lane,
    /// Bars of the form from the first to the last that may change.
    pub bars: Range<u16>,
    /// `Bass, bars 5–8`.
    pub words: String,
    /// Notes of these bars by rising onset.
    pub notes: Vec<(Note, Fate)>,
}

impl Proposal {
    /// How many notes come, go, and change.
    pub fn counts(&self) -> [usize; 3] {
        let count = |is: fn(&Fate) -> bool| self.notes.iter().filter(|(_, f)| is(f)).count();
        [
            count(|fate| *fate == Fate::Added),
            count(|fate| *fate == Fate::Removed),
            count(|fate| matches!(fate, Fate::Changed(_))),
        ]
    }
}

/// A take that was kept before.
#[derive(Clone, Debug, PartialEq)]
pub struct Picture {
    /// The take of every bar.
    pub turns: Vec<u8>,
    /// Its notes, from the section's start.
    pub notes: Vec<Note>,
    /// It is the one that plays.
    pub plays: bool,
}

/// What the worker shows.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Refining {
    /// What is proposed, if anything is.
    pub proposal: Option<Proposal>,
    /// Key of the section whose takes these are, and the lane.
    pub of: Option<(u16, Lane)>,
    /// The oldest first.
    pub earlier: Vec<Picture>,
    /// Number of the preview that lets the proposal be heard; 0: it is not.
    pub heard: u64,
}
