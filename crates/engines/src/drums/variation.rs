//! Bars that differ from the plain groove: a moved or added kick, a snare pick-up, an opening hat, a rest.
//!
//! Each bar has its own threshold of the variation control, so the share of varied bars follows the control;
//! bars that open a phrase stay plain longest, bars that close one are varied first.

use music::drum::Piece;
use music::lane::Lane;
use music::note::{Gate, Role};
use music::style::Step;

use super::accents;
use super::kit::{Kit, piece_of};
use crate::dice::Purpose;
use crate::placement::density_gate;

/// Variation from which the bar is varied.
fn threshold(kit: &Kit) -> u8 {
    let throw = kit.dice.throw(Purpose::Variation, 0, 100);
    // Taste: where in the phrase the bar lies.
    let threshold = match kit.view.bar_in_phrase {
        _ if kit.view.is_last_of_phrase() => 1 + throw * 6 / 10,
        0 => 35 + throw * 65 / 100,
        bar if bar % 2 == 1 => 1 + throw * 9 / 10,
        _ => 1 + throw,
    };
    threshold as u8
}

/// Lays one or two changes beside the plain bar.
pub fn vary(kit: &mut Kit) {
    let own = kit.dice;
    // The bar that closes a four answers it in the same way whenever the kind returns.
    if kit.view.bar_in_section % 4 == 3 {
        let again = u32::from(kit.view.section.statement > 0);
        let eight = kit.view.bar_in_section as u32 / 4 % 2;
        kit.dice = kit
            .view
            .kind_dice
            .lane(Lane::Drums)
            .at(40 + 2 * eight + again);
    }
    lay(kit);
    kit.dice = own;
}

fn lay(kit: &mut Kit) {
    let threshold = threshold(kit);
    // Taste: two changes in every third varied bar.
    let changes = 1 + u32::from(kit.dice.chance(Purpose::Variation, 1, 33));
    let first = kit.dice.throw(Purpose::Variation, 2, KINDS);
    let (mut done, mut turn) = (0, 0);
    while done < changes && turn < KINDS {
        // Steps of 2 through five kinds visit each once.
        let kind = (first + 2 * turn) % KINDS;
        turn += 1;
        let changed = match kind {
            0 => move_kick(kit, threshold),
            1 => add_kick(kit, threshold),
            2 => pick_up(kit, threshold),
            3 => open_hat(kit, threshold),
            _ => leave_out(kit, threshold),
        };
        done += u32::from(changed);
    }
}

const KINDS: u32 = 5;

/// The `n`-th plain candidate (wrapping) that fits.
fn choose(kit: &Kit, purpose_step: u32, fits: impl Fn(&Kit, usize) -> bool) -> Option<usize> {
    let plain = |i: &usize| kit.out[*i].gate.variation == (0, 100) && fits(kit, *i);
    let count = (0..kit.out.len()).filter(plain).count() as u32;
    let n = kit.dice.throw(Purpose::Variation, purpose_step, count);
    (0..kit.out.len()).filter(plain).nth(n as usize)
}

fn strength_of(kit: &Kit, index: usize) -> u8 {
    kit.view
        .grid
        .slot_at(kit.tick_of(&kit.out[index]))
        .map_or(0, |(_, s)| s.strength)
}

/// A kick that is neither on the bar line nor always there.
fn loose_kick(kit: &Kit, index: usize) -> bool {
    piece_of(&kit.out[index]) == Some(Piece::Kick) && strength_of(kit, index) < 4
}

fn move_kick(kit: &mut Kit, threshold: u8) -> bool {
    let Some(index) = choose(kit, 10, loose_kick) else {
        return false;
    };
    let kick = kit.out[index];
    let step_ticks = kit.view.grid.step_ticks();
    let throw = kit.dice.throw(Purpose::Variation, 11, 4) as usize;
    let by = if kit.sixteenths {
        [-1, 1, -2, 2][throw]
    } else {
        [-2, 2, -2, 2][throw]
    };
    let tick = kit.tick_of(&kick) + by * step_ticks;
    if tick <= 0
        || tick >= kit.view.place.meter.bar_ticks()
        || kit.has(tick, &[Piece::Kick, Piece::Snare])
    {
        return false;
    }
    kit.out[index].gate.variation.1 = threshold - 1;
    let gate = Gate {
        variation: (threshold, 100),
        ..kick.gate
    };
    kit.strike(
        tick,
        Piece::Kick,
        kick.velocity,
        gate,
        Role::Beat(Piece::Kick),
    );
    true
}

fn add_kick(kit: &mut Kit, threshold: u8) -> bool {
    if !kit.out.iter().any(|c| piece_of(c) == Some(Piece::Kick)) {
        return false;
    }
    let slots = &kit.view.grid.slots;
    let free = |i: &usize| {
        slots[*i].strength <= 1
            && *i > 1
            && kit.free(&slots[*i])
            && !kit.has(slots[*i].tick, &[Piece::Kick, Piece::Snare, Piece::Clap])
    };
    let count = (0..slots.len()).filter(free).count() as u32;
    let n = kit.dice.throw(Purpose::Variation, 20, count);
    let Some(index) = (0..slots.len()).filter(free).nth(n as usize) else {
        return false;
    };
    strike_varied(kit, slots[index].tick, Piece::Kick, 5, threshold)
}

/// One or two soft snare strokes at the end of a beat, leading into the next one.
fn pick_up(kit: &mut Kit, threshold: u8) -> bool {
    if !kit.out.iter().any(|c| piece_of(c) == Some(Piece::Snare)) {
        return false;
    }
    let slots = &kit.view.grid.slots;
    let ends = |i: &usize| {
        let before_end = if kit.sixteenths { 1 } else { 2 };
        slots[*i].in_beat + before_end == slots[*i].beat_steps
            && !kit.has(slots[*i].tick, &[Piece::Snare, Piece::Clap])
    };
    let count = (0..slots.len()).filter(ends).count() as u32;
    // Taste: the last beat more often than the others.
    let n = kit
        .dice
        .throw(Purpose::Variation, 30, 2 * count)
        .min(count.saturating_sub(1));
    let Some(index) = (0..slots.len()).filter(ends).nth(n as usize) else {
        return false;
    };
    if kit.sixteenths
        && index > 0
        && kit.dice.chance(Purpose::Variation, 31, 40)
        && !kit.has(slots[index - 1].tick, &[Piece::Snare])
    {
        strike_varied(kit, slots[index - 1].tick, Piece::Snare, 3, threshold);
    }
    strike_varied(kit, slots[index].tick, Piece::Snare, 5, threshold)
}

/// A closed hat off the beat opens.
fn open_hat(kit: &mut Kit, threshold: u8) -> bool {
    let off_beat = |kit: &Kit, i: usize| {
        piece_of(&kit.out[i]) == Some(Piece::HatClosed) && strength_of(kit, i) == 1
    };
    let Some(index) = choose(kit, 40, off_beat) else {
        return false;
    };
    let hat = kit.out[index];
    kit.out[index].gate.variation.1 = threshold - 1;
    let tick = kit.tick_of(&hat);
    let gate = Gate {
        variation: (threshold, 100),
        ..hat.gate
    };
    kit.strike(
        tick,
        Piece::HatOpen,
        hat.velocity.saturating_add(14),
        gate,
        Role::Beat(Piece::HatOpen),
    );
    true
}

/// A stroke off the beat rests.
fn leave_out(kit: &mut Kit, threshold: u8) -> bool {
    let loose = |kit: &Kit, i: usize| {
        let may = matches!(
            piece_of(&kit.out[i]),
            Some(Piece::Kick | Piece::HatClosed | Piece::Ride | Piece::Shaker)
        );
        may && (strength_of(kit, i) <= 1 || kit.out[i].gate.density > 20)
            && kit.out[i].gate.density > 12
    };
    let Some(index) = choose(kit, 50, loose) else {
        return false;
    };
    kit.out[index].gate.variation.1 = threshold - 1;
    true
}

fn strike_varied(kit: &mut Kit, tick: i64, piece: Piece, priority: u8, threshold: u8) -> bool {
    let Some((_, slot)) = kit.view.grid.slot_at(tick) else {
        return false;
    };
    let step = Step {
        priority,
        ..Step::default()
    };
    let velocity = accents::velocity(kit.view, piece, &step, slot);
    let density = density_gate(priority, slot.strength);
    let gate = Gate {
        variation: (threshold, 100),
        ..Gate::density(density)
    };
    let role = if accents::is_ghost(piece, velocity) {
        Role::Ghost(piece)
    } else {
        Role::Beat(piece)
    };
    kit.strike(tick, piece, velocity, gate, role);
    true
}
