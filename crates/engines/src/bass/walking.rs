//! A walking line: a note a beat, roots where chords start, a leading note before they change, chord tones
//! and steps between.

use music::note::Gate;
use music::style::BassRole;

use super::chords;
use super::line::{Draft, Line};
use crate::dice::Purpose;
use crate::placement::density_gate;

/// Complexity from which skipped eighths appear, by chance up to 100. Taste.
const SKIP_FROM: u8 = 40;

/// Drafts the line.
pub fn walk(line: &mut Line) {
    let view = line.view;
    let bar_ticks = view.place.meter.bar_ticks();
    let slots = &view.grid.slots;
    for (index, slot) in slots.iter().enumerate().filter(|(_, s)| s.in_beat == 0) {
        let next_beat = slots[index + 1..]
            .iter()
            .find(|s| s.in_beat == 0)
            .map_or(bar_ticks, |s| s.tick);
        let role = role_at(line, slot.tick, next_beat, index as u32);
        let priority = if slot.strength >= 3 { 9 } else { 7 };
        let gate = Gate::density(density_gate(priority, slot.strength));
        line.add(Draft {
            role,
            gate,
            ..Draft::root(slot.tick, priority)
        });
        let skip = line.dice.throw(Purpose::Ornament, index as u32, 100) as u8;
        let middle = slots.get(index + 2).filter(|s| s.tick < next_beat);
        if let (Some(middle), 0..40) = (middle, skip) {
            // Before a beat, now and then, a short dead note: the drummer's skip.
            let gate = Gate {
                complexity: SKIP_FROM + skip * 3 / 2,
                ..Gate::density(50)
            };
            line.add(Draft {
                role: BassRole::Dead,
                gate,
                ..Draft::root(middle.tick, 4)
            });
        }
    }
    for (tick, _) in chords::starts(view) {
        if !line.drafts.iter().any(|d| d.tick == tick) {
            line.add(Draft::root(tick, 8));
        }
    }
}

/// What a beat plays.
fn role_at(line: &Line, tick: i64, next_beat: i64, place: u32) -> BassRole {
    let view = line.view;
    let (index, _) = chords::at(view, tick);
    if chords::starts(view).any(|(start, _)| start == tick) || tick == 0 {
        return BassRole::Root;
    }
    let bar_ticks = view.place.meter.bar_ticks();
    let changes_here = next_beat < bar_ticks && chords::at(view, next_beat).0 != index;
    if changes_here || next_beat >= bar_ticks {
        return BassRole::Approach;
    }
    // Taste: thirds and fifths carry the chord, scale steps lead on.
    match line.dice.throw(Purpose::PitchChoice, place, 10) {
        0..3 => BassRole::Third,
        3..6 => BassRole::Fifth,
        6 => BassRole::Seventh,
        7 => BassRole::Octave,
        _ => BassRole::Passing,
    }
}
