//! What a take does to the notes: which stay, come, go, and change.

use authoring::editing::notes::{Spot, Written};
use music::note::Note;
use music::pitch::Pitch;

use super::Heard;
use crate::refine::Fate;

/// Least difference of velocity that is told. Taste: less is the same stroke.
const VELOCITY: u8 = 8;
/// Least difference of length that is told, ticks: half a step.
const DURATION: i32 = 120;
/// Least difference of place that is told, ticks: an eighth of a step.
const ONSET: i64 = 30;

/// Places and pitches of a take: what tells it from another.
pub type Bars = Vec<(u16, u16, i16, Pitch)>;

impl Heard {
    /// Notes of its bars.
    fn pairs(&self) -> Vec<(&Written, &Note)> {
        let lane = self.lane.index();
        let all = self.score.origins[lane].iter();
        let own = all.zip(&self.score.notes[lane]);
        own.filter(|(origin, _)| self.spots.contains(&origin.spot))
            .collect()
    }
    /// See [`Bars`].
    pub fn notes(&self) -> Bars {
        let mut all: Bars = self.pairs().iter().map(|(origin, _)| key(origin)).collect();
        all.sort_unstable();
        all
    }
}

fn key(origin: &Written) -> (u16, u16, i16, Pitch) {
    let Spot { section, bar, .. } = origin.spot;
    (section, bar, origin.grid, origin.pitch)
}

/// Notes of both, by rising onset, with what becomes of each.
pub fn diff(before: &Heard, after: &Heard) -> Vec<(Note, Fate)> {
    let mut old = before.pairs();
    let mut out: Vec<(Note, Fate)> = Vec::new();
    for (origin, note) in after.pairs() {
        let same = |(own, _): &(&Written, &Note)| key(own) == key(origin);
        let fate = match old.iter().position(same) {
            None => Fate::Added,
            Some(at) => match *old.swap_remove(at).1 {
                was if is_near(&was, note) => Fate::Same,
                was => Fate::Changed(was),
            },
        };
        out.push((*note, fate));
    }
    out.extend(old.into_iter().map(|(_, note)| (*note, Fate::Removed)));
    out.sort_by_key(|(note, _)| (note.onset, note.pitch));
    out
}

fn is_near(a: &Note, b: &Note) -> bool {
    a.velocity.abs_diff(b.velocity) < VELOCITY
        && (a.duration - b.duration).abs() < DURATION
        && (a.onset.0 - b.onset.0).abs() < ONSET
}
