//! A bar in hand: where it is played, what latched for it, its candidates, and how far they are played.

use heapless::Vec;
use music::chord::Chord;
use music::controls::Latch;
use music::lane::{LANES, Lane};
use music::note::Candidate;
use music::pitch::Key;
use music::plan::BarPlace;
use music::time::{TICKS_PER_STEP, Tick};

use super::bars::Bars;
use crate::band::BarNotes;
use crate::view::Material;

/// Most chords of one bar; later ones are not told apart.
const BAR_CHORDS: usize = 16;

/// The chords of a bar, each from a sixteenth step on. The first stands at step 0.
pub(super) type BarChords = Vec<(u8, Chord), BAR_CHORDS>;

/// A candidate with what is needed to decide it at its own onset.
#[derive(Clone, Copy, Debug)]
pub(super) struct Offer {
    /// The candidate.
    pub candidate: Candidate,
    /// When it is due: its onset, or the place that it was clamped to.
    pub due: Tick,
    /// Its bar.
    pub place: BarPlace,
    /// What latched for its bar.
    pub latch: Latch,
    /// Key of its section.
    pub key: Key,
    /// Energy of its section there, percent.
    pub energy: u8,
    /// The plan's chord at its grid place.
    pub planned: Option<Chord>,
    /// It lay before the point that the song jumped to, and was clamped to it.
    pub clamped_by_jump: bool,
}

/// A bar in hand. Large: only ever written in place.
#[derive(Clone, Debug, Default)]
pub(super) struct Seat {
    /// Where and under what it was performed; `None` for an empty seat.
    pub taken: Option<(BarPlace, Latch)>,
    /// Its candidates.
    pub notes: BarNotes,
    chords: BarChords,
    heads: [u16; LANES],
}

impl Seat {
    /// Performs a bar into the seat.
    pub fn perform(
        &mut self,
        bars: &mut impl Bars,
        material: Material,
        latch: &Latch,
        place: &BarPlace,
    ) {
        for lane in &mut self.notes.lanes {
            lane.clear();
        }
        self.notes.transpose = 0;
        self.notes.section = None;
        self.chords.clear();
        self.heads = [0; LANES];
        bars.bar(material, latch, place, &mut self.notes);
        bars.chords(material, latch, place, &mut self.chords);
        self.taken = Some((*place, *latch));
    }
    /// The lane whose next candidate comes first, and its onset.
    pub fn first(&self) -> Option<(Tick, Lane)> {
        let mut first: Option<(Tick, Lane)> = None;
        for lane in Lane::ALL {
            if let Some(candidate) = self.head(lane)
                && first.is_none_or(|(onset, _)| candidate.onset < onset)
            {
                first = Some((candidate.onset, lane));
            }
        }
        first
    }
    /// Takes a lane's next candidate.
    pub fn take(&mut self, lane: Lane) -> Option<Offer> {
        let candidate = *self.head(lane)?;
        self.heads[lane.index()] += 1;
        self.offer(candidate)
    }
    /// Takes the next candidate of any lane whose onset lies before `tick`.
    pub fn take_before(&mut self, tick: Tick) -> Option<Offer> {
        let (onset, lane) = self.first()?;
        if onset < tick { self.take(lane) } else { None }
    }
    /// A candidate of this bar with its surroundings.
    pub fn offer(&self, candidate: Candidate) -> Option<Offer> {
        let (place, latch) = self.taken?;
        Some(Offer {
            candidate,
            due: candidate.onset,
            place,
            latch,
            key: latch.key.up(self.notes.transpose as i32),
            energy: self.notes.energy,
            planned: self.planned(place, candidate.grid),
            clamped_by_jump: false,
        })
    }
    /// A lane's next candidate.
    pub fn head(&self, lane: Lane) -> Option<&Candidate> {
        self.notes.lane(lane).get(self.heads[lane.index()] as usize)
    }
    fn planned(&self, place: BarPlace, grid: Tick) -> Option<Chord> {
        let step = grid.since(place.start).max(0) / TICKS_PER_STEP;
        let after = self
            .chords
            .partition_point(|(from, _)| *from as i64 <= step);
        after.checked_sub(1).map(|index| self.chords[index].1)
    }
}
