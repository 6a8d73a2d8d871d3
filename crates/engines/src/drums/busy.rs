//! What only a dense kit plays: time kept between the strokes of time, and kicks that the style's other
//! grooves know.

use music::drum::Piece;
use music::note::Role;
use music::style::Step;

use super::accents;
use super::architect::{is_timekeeper, vocabulary};
use super::kit::{Kit, piece_of};
use crate::dice::Purpose;
use music::note::Gate;

/// Density from which the first of these strokes are heard; the last come at 98. Taste.
const FROM: u8 = 66;
/// Fastest tempo at which hands fill sixteenths, thousandths of a BPM. Taste.
const HANDS_UP_TO: u32 = 136_000;

/// Writes them, each behind a density above the default.
pub fn crowd(kit: &mut Kit) {
    let view = kit.view;
    let plain = |c: &&music::note::Candidate| piece_of(c).is_some_and(is_timekeeper);
    let time = kit.out.iter().find(plain).and_then(piece_of);
    let kicked = kit.out.iter().any(|c| piece_of(c) == Some(Piece::Kick));
    let felt = view.grid.scale.felt_tempo(view.place.tempo_mbpm);
    let hands = view.style.drums.players == 0 || felt <= HANDS_UP_TO;
    for (index, slot) in view.grid.slots.iter().enumerate() {
        if !kit.free(slot) {
            continue;
        }
        // Eighths come before sixteenths; the section's places stay the same from bar to bar.
        let place = slot.pattern_step as u32;
        let late = view.section_dice.throw(Purpose::Rank, place, 16) as u8;
        let density = FROM + late + if slot.strength == 0 { 16 } else { 0 };
        if let Some(piece) = time
            && (hands || slot.strength > 0)
            && !kit
                .out
                .iter()
                .any(|c| kit.tick_of(c) == slot.tick && piece_of(c).is_some_and(is_timekeeper))
        {
            add(kit, index, piece, density);
        }
        if kicked
            && slot.strength <= 1
            && !kit.has(slot.tick, &[Piece::Kick, Piece::Snare])
            && vocabulary(view, Piece::Kick, slot.pattern_step, slot.pattern_bar) >= 3
        {
            add(kit, index, Piece::Kick, density.max(FROM + 8) + 6);
        }
    }
}

fn add(kit: &mut Kit, index: usize, piece: Piece, density: u8) {
    let slot = &kit.view.grid.slots[index];
    let step = Step {
        priority: 3,
        ..Step::default()
    };
    let velocity = accents::velocity(kit.view, piece, &step, slot);
    kit.strike(
        slot.tick,
        piece,
        velocity,
        Gate::density(density.min(98)),
        Role::Beat(piece),
    );
}
