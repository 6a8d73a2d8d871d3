//! Between the targets of a line: what leads into the tone that comes next.
//!
//! On the beats a line has tones of the chord, thirds and sevenths first. Between two of them a tone passes by
//! step, encloses the next from its other side, or leans on it from a semitone below, as the school does.

use super::School;
use crate::dice::{Dice, Purpose};
use crate::melody::contour::TUNE_PRIORITY;
use crate::melody::draft::{Draft, Drafts};
use crate::melody::ear::Ear;

/// Share of wide gaps whose far side is taken first, percent. Taste.
const ENCLOSED: u32 = 40;

/// Gives the weak tones of lines pitches that lead on: eighths between beats first, then what lies between those.
pub fn connect(drafts: &mut Drafts, ear: &Ear, school: School, dice: Dice) {
    for strength in [1, 0] {
        for index in 1..drafts.len().saturating_sub(1) {
            let draft = drafts[index];
            let weak = draft.strength == strength && !draft.is_last && !draft.is_peak;
            if !draft.is_line || !weak {
                continue;
            }
            // Sixteenths wait until the eighths about them stand.
            let stands = |d: &&Draft| {
                d.priority >= TUNE_PRIORITY && d.unit == draft.unit && d.strength >= strength
            };
            let before = drafts[..index].iter().rev().find(stands).copied();
            let after = drafts[index + 1..].iter().find(stands).copied();
            let (Some(before), Some(after)) = (before, after) else {
                continue;
            };
            let pitch = between(before.pitch, after.pitch, &draft, ear, school, dice);
            if (ear.range.0..=ear.range.1).contains(&pitch) {
                drafts[index].pitch = pitch;
            }
        }
    }
}

fn between(from: u8, to: u8, draft: &Draft, ear: &Ear, school: School, dice: Dice) -> u8 {
    let key = 0x9000 + draft.key as u32;
    let under = to.saturating_sub(1);
    let share = match ear.above_tonic(to) {
        4 | 7 => school.blue,
        _ => school.chromatic,
    };
    if under != from && dice.chance(Purpose::Approach, key, share) {
        return under;
    }
    let gap = to as i32 - from as i32;
    let way = gap.signum();
    match gap.abs() {
        // Back to the same tone: a neighbour, below more often than above.
        0 => ear.stepped(
            to,
            if dice.chance(Purpose::Figure, key, 60) {
                -1
            } else {
                1
            },
        ),
        // A step: over the goal and back to it.
        1 | 2 => ear.stepped(to, way),
        3..=7 if !dice.chance(Purpose::Figure, key, ENCLOSED / 2) => ear.stepped(to, -way),
        _ if dice.chance(Purpose::Figure, key, ENCLOSED) => ear.stepped(to, way),
        _ => ear.stepped(to, -way),
    }
}
