//! Ghost strokes: soft snare between the strokes, more of them as complexity rises.

use music::drum::Piece;
use music::lane::Lane;
use music::note::{Gate, Role};

use super::kit::Kit;
use crate::dice::Purpose;

/// Taste: a ghost is this soft, and up to so much louder.
const SOFTEST: u8 = 24;
const SPREAD: u32 = 18;
/// Density from which ghosts are heard.
const DENSITY: u8 = 40;

/// Writes ghosts on sixteenths that the snare and the kick leave free.
pub fn whisper(kit: &mut Kit) {
    let (view, chance) = (kit.view, kit.view.style.drums.ghosts as u32);
    let snared = kit
        .out
        .iter()
        .any(|c| c.pitch == Piece::Snare.general_midi());
    if chance == 0 || !snared {
        return;
    }
    for (index, slot) in view.grid.slots.iter().enumerate() {
        // Taste: three bars of four share the section's ghosts, which are part of its groove.
        let place = slot.pattern_step as u32 + 16 * (slot.pattern_bar as u32 % 2);
        let throw = if kit.dice.chance(Purpose::Ghost, 500, 75) {
            view.section_dice
                .lane(Lane::Drums)
                .throw(Purpose::Ghost, place, 100)
        } else {
            kit.dice.throw(Purpose::Ghost, index as u32, 100)
        };
        if slot.strength > 1 || throw >= chance || !kit.free(slot) {
            continue;
        }
        let struck = [Piece::Snare, Piece::Clap, Piece::Rim];
        let near = (-1..=1)
            .filter(|by| kit.has(slot.tick + by * view.grid.step_ticks(), &struck))
            .count();
        if kit.has(slot.tick, &struck) || near > 1 {
            continue;
        }
        // The likelier a place, the sooner complexity brings it.
        let likelihood = if slot.strength == 0 {
            throw
        } else {
            throw * 3 / 2
        };
        let complexity = (likelihood * 100 / chance).clamp(8, 100) as u8;
        let velocity = SOFTEST + kit.dice.throw(Purpose::Ghost, 100 + index as u32, SPREAD) as u8;
        let gate = Gate {
            complexity,
            ..Gate::density(DENSITY)
        };
        kit.strike(
            slot.tick,
            Piece::Snare,
            velocity,
            gate,
            Role::Ghost(Piece::Snare),
        );
    }
}
