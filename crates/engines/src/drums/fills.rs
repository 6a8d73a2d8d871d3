//! Fills: what leads from one section into the next, and, gentler, from phrase to phrase.
//!
//! A fill belongs to the bar that it ends; it never looks at what follows. [`choice`] takes one that suits the
//! section, [`dress`] moves its figure about. It grows out of its groove ([`entry`]): what keeps time goes on
//! until the first stroke of the fill, and through its first beat where that holds a single one. Long fills
//! start later while there are few; the strokes of the groove under a fill are silent from the same amount of
//! fills on at which it is heard.

mod choice;
mod dress;
mod entry;
#[cfg(test)]
mod tests;

use music::drum::Piece;
use music::note::{Gate, Role};
use music::style::{DrumFill, Step};

use super::accents;
use super::kit::Kit;
use crate::dice::Purpose;
use crate::placement::{Slot, density_gate};
use choice::Choice;
use dress::Dress;

/// Taste: amount of fills from which a section's end is filled, by throw: nearly all at the default of 60 %.
const SECTION_FROM: u8 = 5;
const SECTION_SPREAD: u32 = 58;
/// Taste: the same for a phrase's end: about a third at the default.
const PHRASE_FROM: u8 = 38;
const PHRASE_SPREAD: u32 = 62;
/// Taste: the third last beat of a fill and the one before wait for this much more each.
const LONGER: u8 = 6;

/// A fill laid over the end of a bar.
struct Laid<'a> {
    fill: &'a DrumFill,
    dress: Dress,
    /// Ends a section.
    strong: bool,
    /// The bar's slots in the fill's pace.
    slots: &'a [Slot],
    /// The first of them under the fill.
    first: usize,
    /// Amount of fills from which its last two beats are heard.
    threshold: u8,
}

impl Laid<'_> {
    /// Amount of fills from which the fill reaches a slot.
    fn from(&self, slot: &Slot) -> u8 {
        let last = self.slots.last().map_or(slot.beat, |s| s.beat);
        self.threshold + LONGER * last.saturating_sub(slot.beat).saturating_sub(1).min(2)
    }

    /// What a line is given to play at a slot: beats are counted from the bar's end.
    fn written(&self, steps: &[Step], index: usize) -> Step {
        let (Some(slot), Some(last)) = (self.slots.get(index), self.slots.last()) else {
            return Step::default();
        };
        // A fill has four beats at most.
        let Some(beat) = 3u8.checked_sub(last.beat.saturating_sub(slot.beat)) else {
            return Step::default();
        };
        let step = beat * 4 + slot.pattern_step % 4;
        steps.get(step as usize).copied().unwrap_or_default()
    }

    /// The same in its dress.
    fn step(&self, piece: Piece, steps: &[Step], index: usize) -> Step {
        let written = self.written(steps, index);
        let beside = |i: usize| i >= self.first && self.written(steps, i).priority > 0;
        let run = beside(index + 1) || index > 0 && beside(index - 1);
        let through = (index - self.first, self.slots.len() - self.first);
        self.dress
            .step(piece, written, &self.slots[index], through, run)
    }
}

/// Where the last `beats` beats of the bar start, as a place in its slots.
fn first_slot(slots: &[Slot], beats: usize) -> usize {
    let starts = slots
        .iter()
        .enumerate()
        .filter(|(i, s)| *i == 0 || s.beat != slots[*i - 1].beat);
    let count = starts.clone().count();
    starts
        .skip(count.saturating_sub(beats))
        .map(|(i, _)| i)
        .next()
        .unwrap_or(0)
}

/// Writes the fill of the bar, if it ends a phrase or a section.
pub fn fill(kit: &mut Kit) {
    let view = kit.view;
    let strong = view.is_last_of_section();
    if !(strong || view.is_last_of_phrase()) || view.grid.slots.len() < 2 {
        return;
    }
    let Some(Choice { fill, beats, turn }) = choice::choose(view, strong) else {
        return;
    };
    let (from, spread) = if strong {
        (SECTION_FROM, SECTION_SPREAD)
    } else {
        (PHRASE_FROM, PHRASE_SPREAD)
    };
    let slots = last_pattern_bar(&view.grid.slots);
    let laid = Laid {
        fill,
        dress: dress::choose(view, turn),
        strong,
        slots,
        first: first_slot(slots, beats),
        threshold: from + kit.dice.throw(Purpose::Fill, 0, spread) as u8,
    };
    entry::make_way(kit, &laid);
    for line in &fill.lines {
        for index in laid.first..slots.len() {
            let step = laid.step(line.piece, &line.pattern.steps, index);
            if step.priority > 0 {
                strike(kit, &laid, line.piece, index, step);
            }
        }
    }
    entry::pick_up(kit, &laid);
}

/// One written stroke, divided where it is rolled.
fn strike(kit: &mut Kit, laid: &Laid, piece: Piece, index: usize, step: Step) {
    let (view, slot) = (kit.view, &laid.slots[index]);
    // Busier as the control rises: lesser strokes come later.
    let from = (laid.from(slot) + (9 - step.priority.min(9)) * 4).min(100);
    let gate = Gate {
        fills: (from, 100),
        ..Gate::density(density_gate(step.priority, slot.strength))
    };
    let last_beat = laid.slots.last().is_some_and(|last| last.beat == slot.beat);
    let (at, count) = (index - laid.first, laid.slots.len() - laid.first);
    let piece = laid.dress.piece(piece, step.priority, last_beat);
    let velocity = if step.velocity > 0 {
        shaped(step.velocity, at, count, laid.strong)
    } else {
        let usual = accents::velocity(view, piece, &step, slot);
        swell(usual, piece, at, count, laid.strong)
    };
    let velocity = (velocity as usize * laid.dress.force(at, count) / 100).clamp(1, 127) as u8;
    kit.strike(slot.tick, piece, velocity, gate, Role::Fill(piece));
    let strokes = step.span.min(4) as i64;
    // Taste: a machine rolls readily; hands do as the part gets more complex.
    let (least, spread) = if view.style.drums.players == 0 {
        (10, 45)
    } else {
        (40, 50)
    };
    for k in 1..strokes {
        let tick = slot.tick + k * view.grid.step_ticks() / strokes;
        let complexity = least + kit.dice.throw(Purpose::Fill, 100 + index as u32, spread) as u8;
        let gate = Gate { complexity, ..gate };
        // Taste: a roll drops by a fifth and swells back.
        let velocity = velocity as i64 * (78 + 18 * k / strokes) / 100;
        kit.strike(tick, piece, velocity.max(1) as u8, gate, Role::Fill(piece));
    }
}

/// At double time the last of the two pattern bars, else all slots.
fn last_pattern_bar(slots: &[Slot]) -> &[Slot] {
    let last = slots.last().map_or(0, |s| s.pattern_bar);
    let first = slots
        .iter()
        .position(|s| s.pattern_bar == last)
        .unwrap_or(0);
    &slots[first..]
}

/// A written force leans towards the end. Taste: by a tenth; phrase fills are softer by a sixteenth.
fn shaped(velocity: u8, index: usize, count: usize, strong: bool) -> u8 {
    let grown = velocity as usize * (94 + 10 * index / count.max(1)) / 100;
    let felt = if strong { grown } else { grown * 15 / 16 };
    felt.clamp(1, 127) as u8
}

/// Fill strokes on drums grow towards the end. Taste: by a quarter; phrase fills are softer by an eighth.
fn swell(velocity: u8, piece: Piece, index: usize, count: usize, strong: bool) -> u8 {
    let drum = matches!(
        piece,
        Piece::Snare | Piece::TomHigh | Piece::TomMid | Piece::TomLow
    );
    let base = if drum {
        (velocity as usize).max(64)
    } else {
        velocity as usize
    };
    let grown = base * (88 + 24 * index / count.max(1)) / 100;
    let felt = if strong { grown } else { grown * 7 / 8 };
    felt.clamp(1, 127) as u8
}
