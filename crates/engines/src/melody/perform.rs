//! Plays the tune of a bar: the phrase's notes, placed by feel.

use music::lane::Lane;
use music::note::{Candidate, Candidates, Gate};

use crate::feel;
use crate::view::BarView;

/// Writes the bar's candidates. A tone ends where the next tone that can be heard with it begins as played.
pub fn perform(view: &BarView, out: &mut Candidates) {
    let bar = view.bar_in_phrase;
    for note in view.phrase.tune.iter().filter(|n| n.bar == bar) {
        let tick = note.tick as i64;
        let felt = feel::place(view, Lane::Melody, None, tick, note.velocity);
        let _ = out.push(Candidate {
            lane: Lane::Melody,
            grid: felt.grid,
            onset: felt.onset,
            duration: (note.duration as i32).max(60),
            pitch: note.pitch,
            velocity: felt.velocity,
            gate: note.gate,
            role: note.role,
        });
    }
    for index in 0..out.len() {
        let own = out[index];
        let next = out[index + 1..]
            .iter()
            .find(|n| shorten(&own.gate, &n.gate) && n.onset > own.onset);
        if let Some(next) = next {
            let room = next.onset.since(own.onset) as i32;
            out[index].duration = own.duration.min(room.max(1));
        }
    }
}

/// Whether a note gives way to a later one: that one, or its early twin, is heard wherever this one is.
fn shorten(own: &Gate, next: &Gate) -> bool {
    let from = |a: (u8, u8), b: (u8, u8)| b.0 <= a.0 && a.0 <= b.1;
    next.density <= own.density.max(60)
        && next.complexity <= own.complexity
        && from(own.syncopation, (next.syncopation.0, 100))
        && from(own.variation, next.variation)
}
