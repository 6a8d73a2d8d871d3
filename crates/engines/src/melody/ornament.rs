//! Ornaments behind the complexity gate: grace notes and enclosures before long tones.
//!
//! They lie in the air or on the tail of the tone before, so that nothing else moves when they are heard.

use music::note::{Gate, Role};
use music::plan::TuneNote;
use music::time::TICKS_PER_STEP;

use super::contour::TUNE_PRIORITY;
use super::draft::{Draft, Drafts};
use super::ear::Ear;
use crate::dice::{Dice, Purpose};

/// Length of a grace note in ticks. Taste: a thirty-second.
const GRACE_TICKS: i64 = TICKS_PER_STEP / 2;

/// Calls `write` for the ornaments of a phrase; `percent` is the style's share of tones that have one at full
/// complexity.
pub fn ornament(
    drafts: &Drafts,
    ear: &Ear,
    percent: u8,
    dice: Dice,
    write: &mut dyn FnMut(i64, TuneNote),
) {
    let mut free_from = 0u16;
    for draft in drafts {
        let room = draft.at.saturating_sub(free_from);
        let able = draft.priority >= TUNE_PRIORITY
            && draft.length >= 3
            && draft.strength >= 1
            && room >= 1;
        let key = 16 * draft.key as u32;
        if able && dice.chance(Purpose::Ornament, key, percent as u32) {
            // Simple ornaments come first as complexity rises.
            let enclosed = room >= 2 && dice.chance(Purpose::Ornament, key + 1, 40);
            let complexity =
                if enclosed { 60 } else { 40 } + dice.throw(Purpose::Ornament, key + 2, 40) as u8;
            let at = Ear::tick(draft.at);
            let above = ear.stepped(draft.pitch, 1);
            // From below by a half step, where the range has one.
            let below = if draft.pitch > ear.range.0 {
                draft.pitch - 1
            } else {
                above
            };
            if enclosed {
                write(
                    at - 2 * TICKS_PER_STEP,
                    note(draft, above, TICKS_PER_STEP, complexity, Role::Neighbour),
                );
                write(
                    at - TICKS_PER_STEP,
                    note(draft, below, TICKS_PER_STEP, complexity, Role::Approach),
                );
            } else {
                let from = if dice.chance(Purpose::Ornament, key + 3, 60) {
                    below
                } else {
                    above
                };
                write(
                    at - GRACE_TICKS,
                    note(draft, from, GRACE_TICKS, complexity, Role::Approach),
                );
            }
        }
        free_from = draft.at + 1;
    }
}

fn note(draft: &Draft, pitch: u8, ticks: i64, complexity: u8, role: Role) -> TuneNote {
    TuneNote {
        bar: 0,
        tick: 0,
        duration: ticks as u16,
        pitch: music::pitch::Pitch(pitch),
        velocity: 66,
        gate: Gate {
            complexity: complexity.min(100),
            ..Gate::density(draft.threshold.max(30))
        },
        role,
    }
}
