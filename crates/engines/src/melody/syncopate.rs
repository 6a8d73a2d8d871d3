//! Syncopation: tones that come late or early, behind the syncopation gate.
//!
//! At the middle of the control a tune is as it was written. Turned down, tones off the beat wait for the
//! stronger place after them, one after another; turned up, tones on the beat come an eighth early, and tones
//! between the beats a sixteenth. Every tone has one place at a time, and its graces go with it.

use super::Tune;
use super::contour::TUNE_PRIORITY;
use super::draft::Drafts;
use super::ear::Ear;
use super::motif::Measure;
use crate::dice::{Dice, Purpose};
use music::note::Role;
use music::plan::TuneNote;
use music::time::TICKS_PER_STEP;

/// Below this setting tones wait, above it they come early. Taste: a little is early at the default.
const AS_WRITTEN: u8 = 42;
/// Lowest setting at which a tone off the beat may stand where it was written.
const FIRST_BACK: u8 = 8;

/// Longest run of graces before a tone, in ticks.
const GRACES: i64 = 2 * TICKS_PER_STEP;

/// Adds early and late twins; each hides the others.
pub fn displace(tune: &mut Tune, drafts: &Drafts, measure: &Measure, dice: Dice) {
    let heard = |i: &usize| drafts[*i].priority >= TUNE_PRIORITY;
    let strength = |at: u16| measure.strength((at % measure.bar as u16) as u8);
    let mut before: Option<u16> = None;
    for index in (0..drafts.len()).filter(heard) {
        let draft = drafts[index];
        let next = (index + 1..drafts.len()).find(heard).map(|i| drafts[i].at);
        let end = next.unwrap_or(u16::MAX);
        let key = draft.key as u32;
        // The nearest stronger place ahead, within an eighth, before the next tone.
        let late = (draft.at + 1..=draft.at + 2)
            .find(|at| *at < end && strength(*at) > draft.strength)
            .filter(|_| draft.late == 0 && draft.strength < 2);
        let early = match draft.strength {
            2.. => Some(2),
            1 => Some(1),
            _ => None,
        }
        .filter(|by| !draft.is_peak && draft.late == 0 && draft.at >= *by)
        .filter(|by| before.is_some_and(|b| b + by < draft.at));
        before = Some(draft.at);
        let mut step = |to: u16, moved: (u8, u8), stays: (u8, u8)| {
            let last = drafts[..index].iter().rev().find(|d| d.at < to);
            let step = Move {
                at: Ear::tick(draft.at),
                to: Ear::tick(to),
                free_from: last.map_or(0, |d| Ear::tick(d.at + 1)),
                moved,
                stays,
            };
            step.make(tune, measure);
        };
        if let Some(to) = late {
            let from = FIRST_BACK + dice.throw(Purpose::Accent, key, 35) as u8;
            step(to, (0, from - 1), (from, 100));
        }
        if let Some(by) = early {
            let span = (101 - AS_WRITTEN) as u32;
            let from = AS_WRITTEN + dice.throw(Purpose::Accent, 0x8000 + key, span) as u8;
            step(draft.at - by, (from, 100), (0, from - 1));
        }
    }
}

/// A tone's other place; places in ticks of the phrase.
struct Move {
    /// Where it was written.
    at: i64,
    /// Where it goes.
    to: i64,
    /// From where on nothing else sounds before `to`.
    free_from: i64,
    /// Settings of the control under which it is heard there.
    moved: (u8, u8),
    /// Settings under which it is heard where it was written.
    stays: (u8, u8),
}

impl Move {
    /// Adds twins of what stands at the place and of the graces that lead to it: each is heard at one of its two
    /// places. What lies between the two is heard with the written one.
    fn make(&self, tune: &mut Tune, measure: &Measure) {
        let &Move { at, to, .. } = self;
        let bar_ticks = measure.bar as i64 * TICKS_PER_STEP;
        for index in 0..tune.len() {
            let note = tune[index];
            let tick = note.bar as i64 * bar_ticks + note.tick as i64;
            let is_grace = is_grace(&note) && (at - GRACES..at).contains(&tick);
            let is_between = (to.min(at + 1)..at.max(to + 1)).contains(&tick);
            if !is_grace && !is_between && tick != at {
                continue;
            }
            let range = note.gate.syncopation;
            let there = tick + to - at;
            if tick == at || is_grace && there >= self.free_from {
                let mut twin: TuneNote = note;
                (twin.bar, twin.tick) = ((there / bar_ticks) as u8, (there % bar_ticks) as u16);
                if tick == at {
                    let length = note.duration as i64 + at - to;
                    twin.duration = length.clamp(60, u16::MAX as i64) as u16;
                }
                twin.gate.syncopation = narrowed(range, self.moved);
                if tune.push(twin).is_err() && tick == at {
                    continue;
                }
            }
            tune[index].gate.syncopation = narrowed(range, self.stays);
        }
    }
}

/// Whether a note leads to the tone after it: an ornament other than a fall, which leaves the one before.
fn is_grace(note: &TuneNote) -> bool {
    note.gate.complexity > 0 && note.role != Role::Passing
}

/// Settings in both ranges; where there are none, the first lies above the last and the gate is never open.
fn narrowed(range: (u8, u8), by: (u8, u8)) -> (u8, u8) {
    (range.0.max(by.0), range.1.min(by.1))
}
