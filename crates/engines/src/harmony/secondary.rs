//! Secondary dominants: the dominant of the next chord in the last half bar before it.

use music::chord::Quality;
use music::pitch::Scale;
use music::roman::{Roman, triad};

use super::grammar::is_dominant;
use super::progression::Cells;
use crate::dice::{Dice, Purpose};

/// The dominant seventh chord of a degree.
pub const fn of(degree: u8) -> Roman {
    Roman {
        degree: 4,
        accidental: 0,
        borrowed: false,
        quality: Some(Quality::Dominant7),
        seventh: false,
        applied_to: Some(degree),
        inversion: 0,
    }
}

/// Puts a secondary dominant before a target, by chance in `percent` of the places where it can stand:
/// the chord before lasts a bar or more, the target is a stable chord of the scale other than the tonic.
pub fn insert(cells: &mut Cells, scale: Scale, percent: u8, dice: Dice) {
    for target in 2..cells.len() {
        let (next, last, first) = (cells[target], cells[target - 1], cells[target - 2]);
        let roman = next.roman;
        let within = roman.applied_to.is_none() && !roman.borrowed && roman.quality.is_none();
        let quality = triad(scale.harmonic_parent(), roman.degree as i32);
        let stable = matches!(quality, Quality::Major | Quality::Minor);
        let room = last.joins(&first) && !last.joins(&next) && !is_dominant(last.roman, scale);
        let place = 2000 + next.chord as u32 + 64 * (next.round as u32 / 2);
        if room
            && within
            && stable
            && roman.degree != 0
            && roman.degree != last.roman.degree
            && dice.chance(Purpose::Colour, place, percent as u32)
        {
            cells[target - 1].roman = of(roman.degree);
        }
    }
}

#[cfg(test)]
mod tests;
