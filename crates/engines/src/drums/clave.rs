//! A phrase on the rim that takes more than a bar is spoken, not looped: it stays as it is written, and now and then
//! a soft stroke is slipped in, one comes a sixteenth early, or a soft one is left out.
//!
//! The first two bars of a section state the phrase. Each later bar has its own threshold of the variation
//! control, as other varied bars have.

use music::drum::Piece;
use music::note::{Gate, Role};

use super::kit::{Kit, piece_of};
use super::skeleton;
use crate::dice::Purpose;
use crate::placement::density_gate;

/// Bars in which a phrase is stated.
const STATED: u16 = 2;
/// Rim strokes under this are soft. Taste.
const SOFT: u8 = 60;

/// Lays one change of the rim's phrase beside the bar.
pub fn converse(kit: &mut Kit) {
    let view = kit.view;
    let phrased = skeleton::groove(view).is_some_and(|groove| {
        let mut lines = groove.lines.iter();
        lines.any(|l| l.piece == Piece::Rim && l.pattern.bars() > 1)
    });
    if !phrased || view.style.drums.players == 0 || view.bar_in_section < STATED {
        return;
    }
    // Taste: at the default of 40 % about half of the bars that have a change.
    let threshold = 8 + kit.dice.throw(Purpose::Variation, 71, 60) as u8;
    // Taste: ghosts most often, and a fifth of the bars plain.
    match kit.dice.throw(Purpose::Variation, 70, 100) {
        0..40 => whisper(kit, threshold),
        40..65 => anticipate(kit, threshold),
        65..80 => leave_out(kit, threshold),
        _ => {}
    }
}

/// One of the rim strokes that no other change touches and that fit, as a place among the candidates.
fn choose(kit: &Kit, step: u32, fits: impl Fn(&Kit, usize) -> bool) -> Option<usize> {
    let own = |i: &usize| {
        let c = &kit.out[*i];
        piece_of(c) == Some(Piece::Rim) && c.gate.variation == (0, 100) && fits(kit, *i)
    };
    let count = (0..kit.out.len()).filter(own).count() as u32;
    let n = kit.dice.throw(Purpose::Variation, step, count) as usize;
    (0..kit.out.len()).filter(own).nth(n)
}

/// Whether the hand on the rim is free at a tick.
fn is_free(kit: &Kit, tick: i64) -> bool {
    !kit.has(tick, &[Piece::Rim, Piece::Snare])
}

/// A soft stroke off the beat, with room around it.
fn whisper(kit: &mut Kit, threshold: u8) {
    if choose(kit, 72, |_, _| true).is_none() {
        return;
    }
    let slots = &kit.view.grid.slots;
    let step = kit.view.grid.step_ticks();
    let fits = |i: &usize| {
        let slot = &slots[*i];
        let around = [slot.tick - step, slot.tick, slot.tick + step];
        slot.strength <= 1 && kit.free(slot) && around.iter().all(|t| is_free(kit, *t))
    };
    let count = (0..slots.len()).filter(fits).count() as u32;
    let n = kit.dice.throw(Purpose::Variation, 73, count) as usize;
    let Some(slot) = (0..slots.len()).filter(fits).nth(n).map(|i| &slots[i]) else {
        return;
    };
    // Taste: as soft as a style writes its ghosts.
    let velocity = 28 + kit.dice.throw(Purpose::Variation, 74, 12) as u8;
    let gate = Gate {
        variation: (threshold, 100),
        ..Gate::density(density_gate(5, slot.strength))
    };
    kit.strike(
        slot.tick,
        Piece::Rim,
        velocity,
        gate,
        Role::Beat(Piece::Rim),
    );
}

/// A stroke of the phrase comes a sixteenth early; where eighths swing, nothing lies there.
fn anticipate(kit: &mut Kit, threshold: u8) {
    let step = kit.view.grid.step_ticks();
    let fits = |kit: &Kit, i: usize| {
        let tick = kit.tick_of(&kit.out[i]);
        tick > 2 * step && is_free(kit, tick - step) && is_free(kit, tick - 2 * step)
    };
    if !kit.sixteenths {
        return;
    }
    let Some(index) = choose(kit, 75, fits) else {
        return;
    };
    let stroke = kit.out[index];
    kit.out[index].gate.variation.1 = threshold - 1;
    let gate = Gate {
        variation: (threshold, 100),
        ..stroke.gate
    };
    let tick = kit.tick_of(&stroke) - step;
    kit.strike(tick, Piece::Rim, stroke.velocity, gate, stroke.role);
}

/// A soft stroke rests.
fn leave_out(kit: &mut Kit, threshold: u8) {
    if let Some(index) = choose(kit, 76, |kit, i| kit.out[i].velocity < SOFT) {
        kit.out[index].gate.variation.1 = threshold - 1;
    }
}
