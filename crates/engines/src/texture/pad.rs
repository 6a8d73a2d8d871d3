//! Pads: every chord held from its start to its end.

use music::lane::Lane;
use music::note::{Candidate, Candidates, Gate, Role};
use music::time::TICKS_PER_STEP;

use crate::feel;
use crate::harmony::comping::{chord_at, wanted};
use crate::view::BarView;

/// Density from which the n-th most wanted voice is heard. Taste.
const VOICE_DENSITY: [u8; 6] = [0, 10, 25, 40, 52, 58];
/// A pad breathes in slowly: it needs less force than a struck chord. Taste.
const VELOCITY: u8 = 66;
/// A chord that lasts longer is struck again at a bar line after so many bars, so that a decaying sound
/// does not die. Taste.
const AGAIN_AFTER_BARS: u8 = 4;

/// Plays the chords that start in the bar.
pub fn perform(view: &BarView, out: &mut Candidates) {
    let bar_ticks = view.place.meter.bar_ticks();
    for (index, span) in view.phrase.chords.iter().enumerate() {
        let age = view.bar_in_phrase.saturating_sub(span.bar);
        let tick = if span.bar == view.bar_in_phrase {
            span.step as i64 * TICKS_PER_STEP
        } else if age > 0 && age.is_multiple_of(AGAIN_AFTER_BARS) {
            0
        } else {
            continue;
        };
        let Some((sounding, change)) = chord_at(view, tick) else {
            continue;
        };
        if sounding != index {
            continue;
        }
        // Where it is struck again later, it lets go.
        let end = change.min(AGAIN_AFTER_BARS as i64 * bar_ticks);
        let rank = wanted(span, true);
        let felt = feel::place(view, Lane::Texture, None, tick, VELOCITY);
        for (voice, pitch) in span.texture.iter().enumerate() {
            let _ = out.push(Candidate {
                lane: Lane::Texture,
                grid: felt.grid,
                onset: felt.onset,
                duration: felt.lasting(end - tick),
                pitch: *pitch,
                velocity: felt.velocity,
                gate: Gate::density(VOICE_DENSITY[rank[voice] as usize]),
                role: Role::Voice(voice as u8),
            });
        }
    }
}
