//! Syncopation: tones that come late or early, behind the syncopation gate.
//!
//! At the middle of the control a tune is as it was written. Turned down, tones off the beat wait for the
//! stronger place after them, one after another; turned up, tones on the beat come an eighth early, and tones
//! between the beats a sixteenth. Every tone has one place at a time.

use super::Tune;
use super::contour::TUNE_PRIORITY;
use super::draft::Drafts;
use super::motif::Measure;
use crate::dice::{Dice, Purpose};
use music::plan::TuneNote;
use music::time::TICKS_PER_STEP;

/// Below this setting tones wait, above it they come early. Taste: a little is early at the default.
const AS_WRITTEN: u8 = 42;
/// Lowest setting at which a tone off the beat may stand where it was written.
const FIRST_BACK: u8 = 8;

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
        if let Some(at) = late {
            let from = FIRST_BACK + dice.throw(Purpose::Accent, key, 35) as u8;
            twin(tune, measure, draft.at, at, (0, from - 1), (from, 100));
        }
        if let Some(by) = early {
            let span = (101 - AS_WRITTEN) as u32;
            let from = AS_WRITTEN + dice.throw(Purpose::Accent, 0x8000 + key, span) as u8;
            twin(
                tune,
                measure,
                draft.at,
                draft.at - by,
                (from, 100),
                (0, from - 1),
            );
        }
    }
}

/// Adds the twin of what stands at a place, heard under `moved`; what stands there is heard under `stays` as
/// well as under what it was.
fn twin(tune: &mut Tune, measure: &Measure, at: u16, to: u16, moved: (u8, u8), stays: (u8, u8)) {
    let bar_ticks = measure.bar as i64 * TICKS_PER_STEP;
    let place = |at: u16| {
        let tick = at as i64 * TICKS_PER_STEP;
        ((tick / bar_ticks) as u8, (tick % bar_ticks) as u16)
    };
    let here = place(at);
    for index in 0..tune.len() {
        let note = tune[index];
        let range = note.gate.syncopation;
        let narrowed = (range.0.max(stays.0), range.1.min(stays.1));
        // What only a dense tune has between the early place and the plain one goes with the plain one.
        if to + 1 < at && (note.bar, note.tick) == place(at - 1) && range == (0, 100) {
            tune[index].gate.syncopation = narrowed;
        }
        if (note.bar, note.tick) != here || tune.is_full() {
            continue;
        }
        let shift = (to as i32 - at as i32) * TICKS_PER_STEP as i32;
        let mut other: TuneNote = note;
        (other.bar, other.tick) = place(to);
        other.duration = (note.duration as i32 - shift).clamp(60, u16::MAX as i32) as u16;
        other.gate.syncopation = moved;
        tune[index].gate.syncopation = narrowed;
        let _ = tune.push(other);
    }
}
