//! Long low notes that follow the kick.

use music::lane::Lane;
use music::note::Gate;

use super::line::{Draft, Line};
use super::pattern;
use crate::dice::Purpose;
use crate::drums::skeleton;
use crate::placement::density_gate;

/// Drafts a root on kicks, held until the next; the written pattern where there is one joins in.
pub fn play(line: &mut Line) {
    let view = line.view;
    if let Some(own) = pattern::own(view) {
        pattern::read(view, own, |draft| line.add(draft));
    }
    // The drummer may play another style, at another pace.
    let drums = view.of(Lane::Drums);
    for (slot_index, priority) in skeleton::kicks(&drums) {
        let slot = &drums.grid.slots[slot_index as usize];
        let step = slot.pattern_step as u32 + 16 * (slot.pattern_bar as u32 % 2);
        let wanted =
            view.section_dice
                .at(1)
                .chance(Purpose::Approach, step, view.style.bass.lock as u32);
        if wanted && !line.has(slot.tick, &Gate::OPEN) {
            let gate = Gate::density(density_gate(priority, slot.strength));
            line.add(Draft {
                gate,
                ..Draft::root(slot.tick, priority)
            });
        }
    }
    let whole = view.grid.slots.len().min(255) as u8;
    for draft in line.drafts.iter_mut().filter(|d| d.span == 0) {
        draft.span = whole;
    }
}
