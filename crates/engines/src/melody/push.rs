//! Pushes: tones on the beat that come an eighth early, behind the syncopation gate.

use super::Tune;
use super::contour::TUNE_PRIORITY;
use super::draft::Drafts;
use super::motif::Measure;
use crate::dice::{Dice, Purpose};
use music::plan::TuneNote;
use music::time::TICKS_PER_STEP;

/// How early, in sixteenths.
const EARLY: u16 = 2;

/// Adds an early twin to some tones on the beat with room before them; each hides the other. Bar lines
/// inside the phrase are pushed as well as beats, the phrase's first tone never.
pub fn displace(tune: &mut Tune, drafts: &Drafts, measure: &Measure, dice: Dice) {
    let bar_ticks = measure.bar as i64 * TICKS_PER_STEP;
    let mut free_from = u16::MAX;
    for draft in drafts {
        let room = draft
            .at
            .checked_sub(EARLY)
            .is_some_and(|early| early >= free_from);
        let able = room && draft.strength >= 2 && draft.priority >= TUNE_PRIORITY && !draft.is_peak;
        free_from = draft.at + 1;
        // Taste: at the default syncopation one in eight of those that can be.
        let from = 35 + dice.throw(Purpose::Accent, draft.key as u32, 130);
        if !able || from > 100 {
            continue;
        }
        let from = from as u8;
        let tick = draft.at as i64 * TICKS_PER_STEP;
        let (bar, inside) = ((tick / bar_ticks) as u8, (tick % bar_ticks) as u16);
        let Some(plain) = tune
            .iter_mut()
            .find(|n| (n.bar, n.tick) == (bar, inside) && n.gate.variation.0 == 0)
        else {
            continue;
        };
        let mut early: TuneNote = *plain;
        plain.gate.syncopation = (0, from - 1);
        early.gate.syncopation = (from, 100);
        let tick = tick - EARLY as i64 * TICKS_PER_STEP;
        early.bar = (tick / bar_ticks) as u8;
        early.tick = (tick % bar_ticks) as u16;
        early.duration = early.duration.saturating_add(EARLY * TICKS_PER_STEP as u16);
        if tune.push(early).is_err() {
            return;
        }
    }
}
