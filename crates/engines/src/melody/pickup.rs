//! Pick-ups: a few quick tones that lead into a unit, out of the air at the end of the one before.
//!
//! They are the incoming unit's, hash what it states and how often its section was stated before, so that a
//! second verse may come in otherwise, and leave the tone before them a breath.

use super::contour::TUNE_PRIORITY;
use super::draft::{Draft, Drafts};
use super::motif::Measure;
use crate::dice::{Dice, Purpose};
use crate::placement::density_gate;

/// Share of ideas that have a pick-up, percent. Taste.
const SHARE: u32 = 38;
/// Air that stays between the tone before and the pick-up, in sixteenths. Taste: a quarter.
const AIR: u16 = 4;
/// How many tones a pick-up has: one, two, three. Taste.
const COUNTS: [u8; 3] = [2, 4, 3];
/// Scale steps below the tone that it leads to, last first: from below, from above, on one tone, from a fourth
/// below. Taste.
const SHAPES: [[i8; 3]; 4] = [[-1, -2, -3], [1, 2, 3], [0, 0, 0], [-3, -3, -3]];
/// How often each. Taste: songs come in from below.
const SHAPE_WEIGHTS: [u8; 4] = [5, 2, 3, 2];

/// Adds the pick-up before `goal`, a unit's first tone, which begins within an eighth of the place `start`.
/// `drafts` holds what lies before it; `dice` is of the idea and its statement.
pub fn lead_in(drafts: &mut Drafts, goal: &Draft, start: u16, measure: &Measure, dice: Dice) {
    if goal.at > start + 2 || !dice.chance(Purpose::Approach, 0, SHARE) {
        return;
    }
    let wanted = dice.pick(Purpose::Approach, 1, &COUNTS).unwrap_or(0) as u16 + 1;
    let shape = SHAPES[dice.pick(Purpose::Approach, 2, &SHAPE_WEIGHTS).unwrap_or(0)];
    let last = drafts
        .iter()
        .rposition(|d| d.priority >= TUNE_PRIORITY)
        .map(|i| (i, drafts[i].at));
    let free_from = last.map_or(0, |(_, at)| at + AIR);
    let room = goal.at.saturating_sub(free_from) / 2;
    let count = wanted.min(room);
    if count == 0 {
        return;
    }
    // What only a dense tune has gives way.
    let first = goal.at - 2 * count;
    drafts.retain(|d| d.at < first);
    for index in (0..count).rev() {
        let at = goal.at - 2 * (index + 1);
        let strength = measure.strength((at % measure.bar as u16) as u8);
        let priority = TUNE_PRIORITY + 1;
        let _ = drafts.push(Draft {
            at,
            hears: at,
            length: 2,
            degree: goal.degree + shape[index as usize],
            strength,
            priority,
            unit: goal.unit,
            key: goal.key / 64 * 64 + 60 + index,
            threshold: density_gate(priority, strength),
            ..Draft::default()
        });
    }
}

#[cfg(test)]
mod tests;
