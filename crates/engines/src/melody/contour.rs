//! Contours: how a motif rises and falls, in scale steps.
//!
//! Tones that are heard at the default density are drawn first, as a walk of steps, repeats and leaps in
//! the style's shares; a leap is answered by a step back. Tones that only a dense bar has take a place
//! between their neighbours.

use music::style::MelodyStyle;

use super::motif::Motif;
use crate::dice::{Dice, Purpose};

/// Priority from which a tone belongs to the tune; the others fill it in.
pub const TUNE_PRIORITY: u8 = 4;

/// Furthest from the anchor, in scale steps. Taste: within a seventh a motif is still one gesture.
const REACH: (i8, i8) = (-4, 5);

/// What is taken off the style's leaps, percent of all moves. Taste: chords and seams add leaps of their own.
const NARROWER: u32 = 4;

/// Share of sixteenths that stay on the tone before them, percent at least. Taste.
const SAID_ON: u32 = 34;

/// The overall shape: in which direction steps go, by place in the motif.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Shape {
    Arch,
    Bowl,
    Fall,
    Rise,
    Wave,
}

const SHAPES: [Shape; 5] = [
    Shape::Arch,
    Shape::Bowl,
    Shape::Fall,
    Shape::Rise,
    Shape::Wave,
];
/// How often each is drawn. Measured in folk song: arches and falls are the commonest phrase shapes.
/// Reference: Huron, "The melodic arch in Western folksongs", Computing in Musicology 10, 1996.
const SHAPE_WEIGHTS: [u8; 5] = [6, 2, 4, 2, 3];

impl Shape {
    /// Chance in percent of going up at `place` of `count`.
    fn up(self, place: usize, count: usize) -> u32 {
        let later = 2 * place >= count;
        match (self, later) {
            (Shape::Arch, false) | (Shape::Bowl, true) => 75,
            (Shape::Arch, true) | (Shape::Bowl, false) => 25,
            (Shape::Fall, _) => 33,
            (Shape::Rise, _) => 67,
            (Shape::Wave, _) => {
                if place % 4 < 2 {
                    80
                } else {
                    20
                }
            }
        }
    }
}

/// Gives a motif's tones their degrees.
pub fn draw(motif: &mut Motif, style: &MelodyStyle, dice: Dice) {
    let shape = SHAPES[dice
        .pick(Purpose::MotifContour, 0, &SHAPE_WEIGHTS)
        .unwrap_or(0)];
    let count = motif
        .tones
        .iter()
        .filter(|t| t.priority >= TUNE_PRIORITY)
        .count();
    let (steps, repeats) = (style.steps.min(100) as u32, style.repeats.min(100) as u32);
    let (mut place, mut at, mut degree, mut leap) = (0usize, 0u8, 0i8, 0i8);
    for tone in motif
        .tones
        .iter_mut()
        .filter(|t| t.priority >= TUNE_PRIORITY)
    {
        let key = 8 + 4 * place as u32;
        if place > 0 {
            // Sixteenths stay or step: words on one tone more often than not. Taste.
            let quick = tone.at == at + 1;
            let repeats = if quick { repeats.max(SAID_ON) } else { repeats };
            let up = dice.chance(Purpose::MotifContour, key + 1, shape.up(place, count));
            let kind = dice.throw(Purpose::MotifContour, key, 100 - NARROWER);
            let mut moved = if leap != 0 {
                -leap.signum()
            } else if kind < repeats {
                0
            } else if kind < repeats + steps || quick {
                if up { 1 } else { -1 }
            } else {
                let size =
                    [2, 2, 2, 3, 3, 4][dice.throw(Purpose::MotifContour, key + 2, 6) as usize];
                if up { size } else { -size }
            };
            if degree + moved > REACH.1 || degree + moved < REACH.0 {
                moved = -moved;
            }
            leap = if moved.abs() >= 3 { moved } else { 0 };
            degree += moved;
        }
        tone.degree = degree;
        at = tone.at;
        place += 1;
    }
    fill(motif);
}

/// Tones between the tune's own: halfway to the next, or the step below where it stands still.
fn fill(motif: &mut Motif) {
    for index in 0..motif.tones.len() {
        if motif.tones[index].priority >= TUNE_PRIORITY {
            continue;
        }
        let before = motif.tones[..index].last().map(|t| t.degree);
        let next = motif.tones[index + 1..]
            .iter()
            .find(|t| t.priority >= TUNE_PRIORITY)
            .map(|t| t.degree);
        motif.tones[index].degree = match (before, next) {
            (Some(a), Some(b)) if a == b => a - 1,
            (Some(a), Some(b)) => (a + b) / 2,
            (Some(a), None) | (None, Some(a)) => a,
            (None, None) => 0,
        };
    }
}

#[cfg(test)]
mod tests;
