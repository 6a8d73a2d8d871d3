//! A take: what was played of a song, bar by bar, as it was when the song was saved.
//!
//! Engines grow, and a song must not change because they did. A project keeps a take of itself; under engines of
//! another revision the take plays on until the user asks for an update. It holds candidates, not notes, so that
//! every live control still acts.
//!
//! The tables belong to whoever loaded them; engines read them through [`TakeView`].

use serde::{Deserialize, Serialize};

use crate::chord::Chord;
use crate::controls::{Feel, Latch};
use crate::lane::{LANES, Lane};
use crate::note::Candidate;
use crate::plan::Form;
use crate::time::Meter;

/// Where a bar's things lie in the lists of its take.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct TakeBar {
    /// First candidate of its first lane.
    pub first: u32,
    /// Candidates by [`Lane::index`], lane after lane from `first`.
    pub counts: [u16; LANES],
    /// First chord.
    pub first_chord: u32,
    /// How many chords.
    pub chords: u8,
    /// Bars of its phrase before it.
    pub into_phrase: u8,
    /// Energy of its section there, percent.
    pub energy: u8,
    /// Semitones that its key lies above the song's.
    pub transpose: i8,
}

/// A take as engines read it.
#[derive(Clone, Copy, Debug)]
pub struct TakeView<'a> {
    /// What latched when it was made.
    pub latch: &'a Latch,
    /// Meter of every bar.
    pub meter: Meter,
    /// Whether its notes reach into the next ones where they are tied to them, see [`crate::note::is_tied`]: engines
    /// before the fifth knew no ties, and what overlapped was cut.
    pub ties: bool,
    /// The form.
    pub form: &'a Form,
    /// A bar of the form each.
    pub bars: &'a [TakeBar],
    /// By bar, lane, onset and pitch; grid and onset count from the bar's start.
    pub candidates: &'a [Candidate],
    /// Sixteenth step in the bar and chord, the first of every bar at step 0.
    pub chords: &'a [(u8, Chord)],
}

/// What a take is bound to: everything latched but how lanes sit against the grid, which is in its onsets already.
fn bound(latch: &Latch) -> Latch {
    Latch {
        feel: [Feel::default(); LANES],
        groove: [0; LANES],
        ..*latch
    }
}

impl<'a> TakeView<'a> {
    /// Whether it holds what was played under `latch`. Another style, key, scale or seed was never played: there
    /// the engines answer.
    pub fn fits(&self, latch: &Latch) -> bool {
        bound(self.latch) == bound(latch)
    }
    /// A bar of the form; `None` past its end.
    pub fn bar(&self, form_bar: u16) -> Option<&'a TakeBar> {
        self.bars.get(form_bar as usize)
    }
    /// A lane's candidates in a bar; none where the tables do not hold together.
    pub fn candidates(&self, bar: &TakeBar, lane: Lane) -> &'a [Candidate] {
        let before: usize = bar.counts[..lane.index()].iter().map(|n| *n as usize).sum();
        let from = bar.first as usize + before;
        let count = bar.counts[lane.index()] as usize;
        self.candidates.get(from..from + count).unwrap_or(&[])
    }
    /// A bar's chords.
    pub fn chords(&self, bar: &TakeBar) -> &'a [(u8, Chord)] {
        let from = bar.first_chord as usize;
        self.chords
            .get(from..from + bar.chords as usize)
            .unwrap_or(&[])
    }
}
