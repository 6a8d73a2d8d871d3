//! Kicks leave the beat as syncopation rises, and come home to it as it falls.
//!
//! At 50 % the groove is as written. A kick on a later beat has an alternate a sixteenth or an eighth before
//! it, from some syncopation above that on; an off-beat kick has one on the next beat, up to some
//! syncopation below. Alternate and original shut each other's gates, so exactly one of them is heard.

use music::drum::Piece;
use music::note::{Gate, Role};

use super::kit::{Kit, piece_of};
use crate::dice::Purpose;

/// Writes the alternates.
pub fn displace(kit: &mut Kit) {
    let written = kit.out.len();
    for index in 0..written {
        let kick = kit.out[index];
        if piece_of(&kick) != Some(Piece::Kick) {
            continue;
        }
        let tick = kit.tick_of(&kick);
        let Some((slot_index, slot)) = kit.view.grid.slot_at(tick) else {
            continue;
        };
        let (step_ticks, strength) = (kit.view.grid.step_ticks(), slot.strength);
        if strength == 4 {
            continue;
        }
        let place = slot_index as u32;
        if strength >= 2 {
            let threshold = 55 + kit.dice.throw(Purpose::Accent, place, 44) as u8;
            let back = if kit.sixteenths {
                1 + kit.dice.throw(Purpose::Accent, 100 + place, 2) as i64
            } else {
                2
            };
            let early = tick - back * step_ticks;
            if early > 0 && !kit.has(early, &[Piece::Kick]) {
                kit.out[index].gate.syncopation.1 = threshold - 1;
                let gate = Gate {
                    syncopation: (threshold, 100),
                    ..kick.gate
                };
                kit.strike(
                    early,
                    Piece::Kick,
                    kick.velocity,
                    gate,
                    Role::Beat(Piece::Kick),
                );
            }
        } else {
            let threshold = 1 + kit.dice.throw(Purpose::Accent, 200 + place, 44) as u8;
            let home = kit.view.grid.slots[slot_index..]
                .iter()
                .find(|s| s.strength >= 2)
                .map(|s| s.tick);
            kit.out[index].gate.syncopation.0 = threshold;
            if let Some(home) = home
                && !kit.has(home, &[Piece::Kick, Piece::Snare, Piece::Clap])
            {
                let gate = Gate {
                    syncopation: (0, threshold - 1),
                    ..kick.gate
                };
                kit.strike(
                    home,
                    Piece::Kick,
                    kick.velocity,
                    gate,
                    Role::Beat(Piece::Kick),
                );
            }
        }
    }
}
