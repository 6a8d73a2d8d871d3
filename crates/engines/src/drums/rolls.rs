//! Rolls: a step that the style divides into two, three or four strokes once complexity is high.

use music::drum::Piece;
use music::note::{Gate, Role};
use music::style::{DrumLine, Step};

use super::kit::Kit;
use super::skeleton::Reading;
use crate::dice::Purpose;
use crate::placement::density_gate;

/// Taste: complexity from which the plainest roll is heard; the rest follow by chance up to 95.
const FROM: u8 = 45;

/// Writes the strokes between; the first of each roll stands already.
pub fn divide(kit: &mut Kit, reading: &Reading) {
    let view = kit.view;
    let mut roll = |piece: Piece, index: usize, step: Step| {
        if step.span < 2 {
            return;
        }
        let slot = &view.grid.slots[index];
        let place = index as u32 + 100 * piece as u32;
        let complexity = FROM + kit.dice.throw(Purpose::Accent, 1000 + place, 51) as u8;
        let gate = Gate {
            complexity,
            ..Gate::density(density_gate(step.priority, slot.strength))
        };
        let strokes = step.span.min(4) as i64;
        let full = super::accents::velocity(view, piece, &step, slot) as i64;
        for k in 1..strokes {
            let tick = slot.tick + k * view.grid.step_ticks() / strokes;
            // Taste: a roll drops by a third and swells back.
            let velocity = full * (66 + 24 * k / strokes) / 100;
            kit.strike(tick, piece, velocity.max(1) as u8, gate, Role::Beat(piece));
        }
    };
    // Most lines divide nothing.
    let divides = |_, line: &DrumLine| line.pattern.steps.iter().any(|s| s.span > 1);
    reading.written(divides, &mut roll);
    reading.added(roll);
}
