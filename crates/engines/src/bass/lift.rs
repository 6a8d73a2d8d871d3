//! A last chorus lifts: roots off the beat jump to the octave, and rests off the beat fill with it.

use music::lane::Lane;
use music::note::Gate;
use music::plan::SectionKind;
use music::style::BassRole;

use super::chords;
use super::line::{Draft, Line};
use crate::dice::Purpose;
use crate::placement::density_gate;

/// Chance in percent that a rest off the beat is filled. Taste.
const FILLED: u32 = 45;

/// Lays the octave figure over the last hook of the song.
pub fn lift(line: &mut Line) {
    let view = line.view;
    let hook = matches!(
        view.section.kind,
        SectionKind::Chorus | SectionKind::Drop | SectionKind::Solo
    );
    if !view.section.is_final || !hook {
        return;
    }
    let dice = view.kind_dice.lane(Lane::Bass).at(5);
    for slot in view.grid.slots.iter().filter(|s| s.strength == 1) {
        let starts = chords::starts(view).any(|(tick, _)| tick == slot.tick);
        let mut found = false;
        for draft in line.drafts.iter_mut().filter(|d| d.tick == slot.tick) {
            found = true;
            if draft.role == BassRole::Root && !starts {
                draft.role = BassRole::Octave;
            }
        }
        if !found && dice.chance(Purpose::Variant, slot.pattern_step as u32, FILLED) {
            line.add(Draft {
                role: BassRole::Octave,
                gate: Gate::density(density_gate(5, slot.strength)),
                ..Draft::root(slot.tick, 5)
            });
        }
    }
}
