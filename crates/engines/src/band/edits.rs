//! Lays what a hand changed over what the engines wrote.
//!
//! A kept note stands in for the engine's of its pitch at its place, so that laying edits twice is laying them
//! once: a take may hold them already.

use music::edit::{Change, Edit, of_bar};
use music::lane::Lane;
use music::note::{Candidate, Gate};
use music::plan::BarPlace;
use music::song::Song;

use super::{BarNotes, order};

/// A kept note stands in for an engine's note of its pitch that begins within this of it, ticks: half a step.
const STANDS_IN: i64 = 120;

/// Lays the edits of a bar of a section over its candidates.
///
/// # Realtime
/// Bounded: a bar's candidates times its edits.
pub(super) fn lay(song: &Song, section: u16, bar: u16, place: &BarPlace, out: &mut BarNotes) {
    if song.edits.is_empty() {
        return;
    }
    for lane in Lane::ALL.into_iter().filter(|lane| song.lanes.has(*lane)) {
        let edits = of_bar(&song.edits, section, bar, lane);
        if edits.is_empty() {
            continue;
        }
        let notes = &mut out.lanes[lane.index()];
        notes.retain(|note| !edits.iter().any(|edit| hides(edit, note, place)));
        let mut engines_own = notes.len();
        for edit in edits {
            let Some(note) = kept(edit, place) else {
                continue;
            };
            if notes.is_full() && engines_own > 0 {
                // What the hand wrote comes first.
                engines_own -= 1;
                notes.swap_remove(engines_own);
            }
            let _ = notes.push(note);
        }
        notes.sort_unstable_by_key(order);
    }
}

fn hides(edit: &Edit, note: &Candidate, place: &BarPlace) -> bool {
    match edit.change {
        Change::Only => true,
        Change::Hide { grid, pitch } => {
            note.pitch == pitch && note.grid.since(place.start) == grid as i64
        }
        Change::Keep { onset, pitch, .. } => {
            let off = note.onset.since(place.start) - onset as i64;
            note.pitch == pitch && off.abs() < STANDS_IN
        }
    }
}

fn kept(edit: &Edit, place: &BarPlace) -> Option<Candidate> {
    let Change::Keep {
        onset,
        duration,
        pitch,
        velocity,
        role,
    } = edit.change
    else {
        return None;
    };
    let at = place.start.plus(onset as i64);
    Some(Candidate {
        lane: edit.lane,
        grid: at,
        onset: at,
        duration: duration as i32,
        pitch,
        velocity,
        gate: Gate::OPEN,
        role,
    })
}
