//! Fills: what leads from one section into the next, and, gentler, from phrase to phrase.
//!
//! A fill belongs to the bar that it ends; it never looks at what follows. Which one it is comes from a
//! permutation hashed from the seed and read in turn by section number, so that the same fill does not come
//! twice running. Energy sets its length. The strokes of the groove under a fill are silent from the same
//! amount of fills on at which it is heard.

use heapless::Vec;
use music::drum::Piece;
use music::lane::Lane;
use music::note::{Gate, Role};
use music::style::DrumFill;

use super::accents;
use super::kit::{Kit, piece_of};
use crate::dice::{Dice, Purpose};
use crate::placement::{Slot, density_gate};
use crate::view::BarView;

/// Taste: amount of fills from which a section's end is filled, by throw: nearly all at the default of 60 %.
const SECTION_FROM: u8 = 5;
const SECTION_SPREAD: u32 = 62;
/// Taste: the same for a phrase's end: about a third at the default.
const PHRASE_FROM: u8 = 38;
const PHRASE_SPREAD: u32 = 62;

/// The order in which a list of fills is gone through.
fn permutation(dice: Dice, count: usize) -> Vec<u8, 16> {
    let mut order: Vec<u8, 16> = (0..count.min(16) as u8).collect();
    for i in (1..order.len()).rev() {
        order.swap(
            i,
            dice.throw(Purpose::Fill, i as u32, i as u32 + 1) as usize,
        );
    }
    order
}

/// Fills for section ends (`strong`) or phrase ends, as places in the style's list: with four fills or more
/// the gentler half serves phrases and the other half sections.
fn list(fills: &[DrumFill], strong: bool) -> Vec<u8, 16> {
    let mut by_energy: Vec<u8, 16> = (0..fills.len().min(16) as u8).collect();
    by_energy.sort_unstable_by_key(|i| (fills[*i as usize].energy, fills[*i as usize].beats, *i));
    if by_energy.len() < 4 {
        return by_energy;
    }
    let half = by_energy.len() / 2;
    by_energy
        .iter()
        .enumerate()
        .filter(|(k, _)| (*k >= half) == strong)
        .map(|(_, i)| *i)
        .collect()
}

/// How a fill is dressed: the same figure moved to other drums, so that what comes again is not the same.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Dress {
    /// As written.
    Plain,
    /// Each tom one lower.
    Lower,
    /// Each tom one higher.
    Higher,
    /// Soft snare strokes of the last beat go to the toms.
    Around,
}

impl Dress {
    const ALL: [Dress; 4] = [Dress::Plain, Dress::Around, Dress::Lower, Dress::Higher];

    /// The piece that a written stroke is played on.
    fn piece(self, piece: Piece, priority: u8, last_beat: bool) -> Piece {
        match (self, piece) {
            (Dress::Lower, Piece::TomHigh) | (Dress::Higher, Piece::TomLow) => Piece::TomMid,
            (Dress::Lower, Piece::TomMid) => Piece::TomLow,
            (Dress::Higher, Piece::TomMid) => Piece::TomHigh,
            (Dress::Around, Piece::Snare) if last_beat && priority < 9 => Piece::TomLow,
            (Dress::Around, Piece::Snare) if priority < 7 => Piece::TomMid,
            (_, piece) => piece,
        }
    }
}

/// The fill of this bar's end with its dress, if it may have one.
fn choose<'a>(view: &BarView<'a>, strong: bool) -> Option<(&'a DrumFill, Dress)> {
    let fills = &view.style.drums.fills;
    let list = list(fills, strong);
    if list.is_empty() {
        return None;
    }
    let dice = Dice::song(view.latch.seed)
        .lane(Lane::Drums)
        .at(u32::from(strong));
    let order = permutation(dice, list.len());
    let turn = if strong {
        view.section.id as usize
    } else {
        view.section.id as usize * 3 + view.phrase_index as usize
    };
    let fill = fills.get(list[order[turn % order.len()] as usize] as usize)?;
    let toms = |f: &DrumFill| {
        let tom = |p| matches!(p, Piece::TomHigh | Piece::TomMid | Piece::TomLow);
        f.lines.iter().any(|l| tom(l.piece))
    };
    // Styles without toms keep to their sounds. Each round through the list wears another dress.
    let dress = if fills.iter().any(toms) {
        let first = dice.throw(Purpose::Fill, 90, 4) as usize;
        Dress::ALL[(first + turn / order.len() + turn) % 4]
    } else {
        Dress::Plain
    };
    Some((fill, dress))
}

/// Beats that a fill of `written` beats takes at an energy. Taste.
fn length(written: u8, energy: u8, strong: bool) -> usize {
    let most = match (strong, energy) {
        (false, 0..70) => 1,
        (false, _) => 2,
        (true, 0..34) => 1,
        (true, 34..58) => 2,
        (true, 58..76) => 3,
        _ => 4,
    };
    written.clamp(1, most) as usize
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

/// The pattern step that a slot of a fill takes: beats are counted from the bar's end.
fn fill_step(slots: &[Slot], index: usize) -> Option<u8> {
    let from_end = slots.last()?.beat.checked_sub(slots[index].beat)?;
    // Double time holds two bars of beats: the later one counts.
    let beat = 3u8.checked_sub(from_end)?;
    Some(beat * 4 + slots[index].pattern_step % 4)
}

/// Writes the fill of the bar, if it ends a phrase or a section.
pub fn fill(kit: &mut Kit) {
    let view = kit.view;
    let strong = view.is_last_of_section();
    if !(strong || view.is_last_of_phrase()) || view.grid.slots.len() < 2 {
        return;
    }
    let Some((fill, dress)) = choose(view, strong) else {
        return;
    };
    let (from, spread) = if strong {
        (SECTION_FROM, SECTION_SPREAD)
    } else {
        (PHRASE_FROM, PHRASE_SPREAD)
    };
    let threshold = from + kit.dice.throw(Purpose::Fill, 0, spread) as u8;
    let slots = last_pattern_bar(&view.grid.slots);
    let beats = length(fill.beats, view.energy(), strong);
    let first = first_slot(slots, beats);
    let start = slots[first].tick;
    let plays = |piece| fill.lines.iter().any(|l| l.piece == piece);
    hide_groove(kit, start, threshold, plays(Piece::Kick));
    for line in &fill.lines {
        for (index, slot) in slots.iter().enumerate().skip(first) {
            let Some(step) =
                fill_step(slots, index).map(|s| line.pattern.steps.get(s as usize).copied())
            else {
                continue;
            };
            let step = step.unwrap_or_default();
            if step.priority == 0 {
                continue;
            }
            // Busier as the control rises: lesser strokes come later.
            let from = (threshold + (9 - step.priority.min(9)) * 4).min(100);
            let gate = Gate {
                fills: (from, 100),
                ..Gate::density(density_gate(step.priority, slot.strength))
            };
            let last_beat = slots.last().is_some_and(|last| last.beat == slot.beat);
            let piece = dress.piece(line.piece, step.priority, last_beat);
            let velocity = if step.velocity > 0 {
                step.velocity
            } else {
                swell(
                    accents::velocity(view, piece, &step, slot),
                    piece,
                    index - first,
                    slots.len() - first,
                    strong,
                )
            };
            kit.strike(slot.tick, piece, velocity, gate, Role::Fill(piece));
            for k in 1..step.span.min(4) as i64 {
                let tick = slot.tick + k * view.grid.step_ticks() / step.span.min(4) as i64;
                let complexity = 40 + kit.dice.throw(Purpose::Fill, 100 + index as u32, 50) as u8;
                let gate = Gate { complexity, ..gate };
                kit.strike(
                    tick,
                    piece,
                    velocity.saturating_sub(16).max(1),
                    gate,
                    Role::Fill(piece),
                );
            }
        }
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

/// Fill strokes on drums grow towards the end. Taste: by a sixth; phrase fills are softer by an eighth.
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

/// Shuts the gates of what the groove plays under a fill.
fn hide_groove(kit: &mut Kit, start: i64, threshold: u8, kick_too: bool) {
    let from = kit.view.place.start.plus(start);
    for stroke in kit.out.iter_mut().filter(|s| s.grid >= from) {
        let foot = matches!(piece_of(stroke), Some(Piece::HatPedal));
        let kick = matches!(piece_of(stroke), Some(Piece::Kick));
        if !foot && (!kick || kick_too) {
            stroke.gate.fills.1 = threshold - 1;
        }
    }
}
