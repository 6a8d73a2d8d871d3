//! Pushes: a bar's first chord struck an eighth early, before the bar line.
//!
//! Whether a bar line is pushed hashes the section and the bar behind the line, so that the bar before,
//! which plays the early chord, and the bar behind, which leaves its own out, agree.

use music::note::Gate;
use music::time::TICKS_PER_STEP;

use super::touch::WHOLE;
use super::{Hit, Hits, Laid, Placed, bar_dice, chord_at};
use crate::dice::Purpose;
use crate::placement::density_gate;
use crate::view::BarView;

/// How early, in ticks.
const EARLY: i64 = 2 * TICKS_PER_STEP;

/// Syncopation from which on the line before a bar of the section is pushed, 1–100. `None`: never.
/// Taste: at the default syncopation about one line in eight, one in three where players converse.
fn pushed_from(view: &BarView, bar_in_section: u16) -> Option<u8> {
    let least = if view.style.harmony.converses { 8 } else { 35 };
    let from = least + bar_dice(view, bar_in_section).throw(Purpose::Comping, 100, 130);
    (from <= 100).then_some(from as u8)
}

/// Whether the line before a bar may be pushed: it lies inside the phrase, the bar starts with a stroke and
/// the bar before (whose pattern is `before`) leaves the last eighth free.
pub fn is_pushed(view: &BarView, bar_in_section: u16, laid: &Laid, before: &Laid) -> bool {
    let bar_end = view.place.meter.bar_ticks();
    bar_in_section > view.phrase.first_in_section
        && laid.first().is_some_and(|p| p.tick == 0)
        && before.last().is_some_and(|p| p.tick + EARLY < bar_end)
        && pushed_from(view, bar_in_section).is_some()
}

/// The same where no bar is like its neighbour: what stands in the last eighth makes room.
pub fn may_be_pushed(view: &BarView, bar_in_section: u16, laid: &Laid) -> bool {
    bar_in_section > view.phrase.first_in_section
        && laid.first().is_some_and(|p| p.tick == 0)
        && pushed_from(view, bar_in_section).is_some()
}

/// Silences what is struck in the bar's last eighth where the next bar's early stroke is heard.
pub fn make_room(view: &BarView, hits: &mut Hits) {
    let early = view.place.meter.bar_ticks() - EARLY;
    if let Some(from) = pushed_from(view, view.bar_in_section + 1) {
        for hit in hits.iter_mut().filter(|h| h.tick >= early) {
            hit.gate.syncopation.1 = hit.gate.syncopation.1.min(from - 1);
        }
    }
}

/// Silences a pushed bar's own first stroke where the early one is heard.
pub fn give_way(view: &BarView, bar_in_section: u16, hits: &mut Hits) {
    if let Some(from) = pushed_from(view, bar_in_section) {
        for hit in hits.iter_mut().filter(|h| h.tick == 0) {
            hit.gate.syncopation = (0, from - 1);
        }
    }
}

/// Adds the early stroke of the next bar; chords that ring on let go for it.
pub fn anticipate(view: &BarView, next: &Laid, variation: (u8, u8), hits: &mut Hits) {
    let bar_end = view.place.meter.bar_ticks();
    let tick = bar_end - EARLY;
    let (Some(from), Some((chord, change)), Some(first)) = (
        pushed_from(view, view.bar_in_section + 1),
        chord_at(view, bar_end),
        next.first(),
    ) else {
        return;
    };
    for index in 0..hits.len() {
        let (low, high) = hits[index].gate.syncopation;
        if hits[index].tick < tick && hits[index].end > tick && high >= from {
            let mut short = hits[index];
            short.end = tick;
            short.gate.syncopation = (low.max(from), high);
            if low < from && hits.push(short).is_ok() {
                hits[index].gate.syncopation = (low, from - 1);
            } else {
                hits[index] = short;
            }
        }
    }
    // It lasts until the next stroke, or as long as the stroke that it stands for is written.
    let until = next.get(1).map_or(2 * bar_end, |p| bar_end + p.tick);
    let written = bar_end + first.step.span as i64 * TICKS_PER_STEP;
    let end = if first.step.span > 0 {
        until.min(written)
    } else {
        until
    };
    let _ = hits.push(Hit {
        tick,
        end: end.min(change),
        chord,
        placed: Placed {
            tick,
            strength: 3,
            role: first.role,
            step: first.step,
        },
        gate: Gate {
            density: density_gate(first.step.priority, first.strength),
            syncopation: (from, 100),
            variation,
            ..Gate::OPEN
        },
        voices: WHOLE,
    });
}
