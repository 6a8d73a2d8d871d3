//! Bass and kick as one: roots where chords change, and notes on the style's share of kick strokes.

use music::lane::Lane;
use music::note::Gate;
use music::style::BassRole;

use super::chords;
use super::line::{Draft, Line};
use crate::dice::Purpose;
use crate::drums::skeleton;
use crate::placement::density_gate;

/// The note where a chord starts is its root; one is added where the pattern rests.
pub fn changes(line: &mut Line) {
    let view = line.view;
    for (tick, index) in chords::starts(view) {
        let mut found = false;
        for draft in line.drafts.iter_mut().filter(|d| d.tick == tick) {
            draft.role = BassRole::Root;
            draft.gate.complexity = 0;
            draft.gate.density = draft.gate.density.min(density_gate(8, 0));
            found = true;
        }
        let before = index.checked_sub(1).map(|i| view.phrase.chords[i].chord);
        if !found && before != Some(view.phrase.chords[index].chord) {
            line.add(Draft::root(tick, 8));
        }
    }
}

/// Gives the style's share of kick strokes a note of their own, heard from the same density on as the kick.
pub fn follow_kick(line: &mut Line) {
    let view = line.view;
    // The drummer may play another style, at another pace.
    let drums = view.of(Lane::Drums);
    for (slot_index, priority) in skeleton::kicks(&drums) {
        let slot = &drums.grid.slots[slot_index as usize];
        // The same answer whenever the section's groove comes by this step.
        let step = slot.pattern_step as u32 + 16 * (slot.pattern_bar as u32 % 2);
        let wanted =
            view.section_dice
                .at(1)
                .chance(Purpose::Approach, step, view.style.bass.lock as u32);
        if !wanted || line.has(slot.tick, &Gate::OPEN) {
            continue;
        }
        let role = match view
            .section_dice
            .at(1)
            .throw(Purpose::PitchChoice, step, 10)
        {
            0 => BassRole::Octave,
            1 if slot.strength < 2 => BassRole::Fifth,
            _ => BassRole::Root,
        };
        let gate = Gate::density(density_gate(priority, slot.strength));
        line.add(Draft {
            role,
            gate,
            ..Draft::root(slot.tick, priority)
        });
    }
}
