//! Borrowed chords: a chord of the parallel key in the place of one of the scale's.

use music::chord::Quality;
use music::pitch::Scale;
use music::roman::Roman;

use super::progression::Cells;
use crate::dice::{Dice, Purpose};

/// The parallel key's chord for a degree, if one is worth borrowing. Taste: the loans that pop, soul and
/// jazz use most: iv, iiø, bVII and bVI in major; IV in minor.
pub fn loan(degree: u8, scale: Scale) -> Option<Roman> {
    let flat = |degree, quality| Roman {
        degree,
        accidental: -1,
        borrowed: true,
        quality: Some(quality),
        ..Roman::default()
    };
    let own = |degree, quality| Roman {
        degree,
        quality: Some(quality),
        ..Roman::default()
    };
    match (scale.harmonic_parent(), degree) {
        (Scale::Major | Scale::Mixolydian, 3) => Some(own(3, Quality::Minor)),
        (Scale::Major, 1) => Some(own(1, Quality::HalfDiminished)),
        (Scale::Major, 4) => Some(flat(6, Quality::Major)),
        (Scale::Major, 5) => Some(flat(5, Quality::Major)),
        (Scale::Minor | Scale::HarmonicMinor, 3) => Some(own(3, Quality::Major)),
        _ => None,
    }
}

/// Whether the parallel key's chord for a degree would lead to what follows: iv and iiø to the dominant or home,
/// bVI to the dominant, home or bVII, bVII to the tonic or the fourth degree. At a phrase's end, where nobody knows
/// what follows, only iv is safe. Taste.
fn goes_on(degree: u8, next: Option<Roman>, scale: Scale) -> bool {
    let Some(next) = next else {
        return scale.is_minor() || degree == 3;
    };
    let flat_seventh = next.borrowed && next.degree == 6;
    let own = !next.borrowed && next.applied_to.is_none();
    match (scale.is_minor(), degree) {
        (true, _) => true,
        (_, 4) => own && matches!(next.degree, 0 | 3),
        (_, 5) => flat_seventh || own && matches!(next.degree, 0 | 4),
        _ => own && matches!(next.degree, 0 | 4),
    }
}

/// Borrows, by chance in `percent` of the chords that can be. A chord that lasts keeps its first half, so
/// that the loan is heard as a change of light. The phrase's first chord stays.
pub fn substitute(cells: &mut Cells, scale: Scale, percent: u8, dice: Dice) {
    let mut at = 1;
    while at < cells.len() {
        let cell = cells[at];
        let starts = !cells[at - 1].joins(&cell);
        let length = cells[at..].iter().take_while(|c| c.joins(&cell)).count();
        let plain =
            cell.roman.applied_to.is_none() && !cell.roman.borrowed && cell.roman.quality.is_none();
        let place = cell.chord as u32 + 64 * (cell.round as u32 / 2);
        let next = cells.get(at + length).map(|c| c.roman);
        if starts
            && plain
            && goes_on(cell.roman.degree, next, scale)
            && dice.chance(Purpose::Colour, 1000 + place, percent as u32)
            && let Some(roman) = loan(cell.roman.degree, scale)
        {
            let kept = length / 2;
            for borrowed in &mut cells[at + kept..at + length] {
                borrowed.roman = roman;
            }
        }
        at += length.max(1);
    }
}

#[cfg(test)]
mod tests;
