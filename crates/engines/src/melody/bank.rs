//! The motif bank: two motifs for every kind of section, from the style's rhythm cells and a contour.
//!
//! They hash the kind, so that the chorus's tune comes back. A solo draws new ones for every unit.

use heapless::Vec;
use music::style::{MelodyStyle, Pattern, RhythmCell};

use super::contour;
use super::motif::{Measure, Motif, Tone};
use crate::dice::{Dice, Purpose};
use crate::placement::BarGrid;

/// Share of motifs with one cell for both bars that sing it twice alike, percent. Taste: a hook.
const HOOKS: u32 = 70;

/// Bars of a motif.
pub const MOTIF_BARS: u8 = 2;

/// Makes a motif: cells for its two bars, then a contour for its tones. `wanted` is the priority from which
/// a tone counts as heard at the default density.
pub fn motif(style: &MelodyStyle, grid: &BarGrid, measure: &Measure, dice: Dice) -> Motif {
    let mut out = Motif::default();
    let fallback = walk();
    let cells = &style.cells;
    let first = pick(cells, dice, 0);
    // A one-bar cell is answered by another, or returns: a bar said twice is a hook. Taste.
    let second = if dice.chance(Purpose::MotifRhythm, 9, 50) {
        first
    } else {
        pick(cells, dice, 1)
    };
    for bar in 0..MOTIF_BARS {
        let chosen = if bar == 0 { first } else { second };
        let (pattern, source) = match (
            first.map(|i| &cells[i].pattern),
            chosen.map(|i| &cells[i].pattern),
        ) {
            // A cell of two bars fills the motif by itself.
            (Some(long), _) if long.bars() == 2 => (long, bar),
            (_, Some(own)) => (own, 0),
            _ => (&fallback, 0),
        };
        for (index, slot) in grid.slots.iter().enumerate() {
            let mut slot = *slot;
            slot.pattern_bar = source as u16;
            let step = slot.step(pattern);
            if step.priority > 0 {
                let _ = out.tones.push(Tone {
                    at: bar * measure.bar + index as u8,
                    length: step.span,
                    degree: 0,
                    priority: step.priority,
                    velocity: step.velocity,
                });
            }
        }
    }
    contour::draw(&mut out, style, dice);
    if second == first && dice.chance(Purpose::MotifContour, 3, HOOKS) {
        hook(&mut out, measure.bar);
    }
    out
}

/// Makes the second bar sing what the first does, but for its last tone.
fn hook(motif: &mut Motif, bar: u8) {
    let count = motif.tones.len();
    for index in 0..count.saturating_sub(1) {
        let at = motif.tones[index].at;
        let twin = motif.tones.iter().find(|t| t.at + bar == at).copied();
        if let Some(twin) = twin {
            motif.tones[index].degree = twin.degree;
        }
    }
}

fn pick(cells: &[RhythmCell], dice: Dice, place: u32) -> Option<usize> {
    let weights: Vec<u8, 16> = cells.iter().map(|c| c.weight.max(1)).collect();
    dice.pick(Purpose::MotifRhythm, place, &weights)
}

/// Quarters and a pair of eighths, where a style has no cells.
fn walk() -> Pattern {
    let mut pattern = Pattern::default();
    for (at, priority) in [(0, 9), (4, 7), (6, 5), (8, 8), (10, 4), (12, 3)] {
        pattern.steps[at].priority = priority;
    }
    pattern
}
