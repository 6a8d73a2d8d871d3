//! Schillinger's techniques as plain functions: rhythm from interfering pulses, permutation, powers of accents,
//! expansion of scales, symmetric roots, rotation of density.
//!
//! Everything is exact integer arithmetic over short lists, made anew where it is needed: no state, no chance.
//! An engine asks [`series`] what a named [`Rhythm`] strikes; the rest are tools that engines build with.
//! It never decides which technique is used: the style or the user does.
//!
//! Reference: J. Schillinger, "The Schillinger System of Musical Composition", 1946, books I to V.

pub mod accents;
pub mod density;
pub mod expansion;
pub mod permutation;
pub mod resultant;
pub mod roots;

use heapless::Vec;
use music::technique::Rhythm;

use accents::Growth;

/// Most terms of a series: 84 units of 7:4:3, 81 of a fractioned nine.
pub const MAX_TERMS: usize = 96;

/// Terms of a growing rhythm and their sum: 1 2 3 5 8 13 fill two bars of 4/4 in sixteenths.
const GROWN: usize = 6;
const GROWN_UNITS: u8 = 32;

/// Durations in units, one after another.
pub type Series = Vec<u8, MAX_TERMS>;

/// The durations that a named rhythm strikes, in sixteenth steps; `None` for rhythms that are no series of steps (the
/// style's own, cycles of it, polyrhythms).
pub fn series(rhythm: Rhythm) -> Option<Series> {
    match rhythm {
        Rhythm::Resultant(a, b) => Some(resultant::two(a, b)),
        Rhythm::Resultant3(a, b, c) => Some(resultant::three(a, b, c)),
        Rhythm::Fractioned(a, b) => Some(resultant::fractioned(a, b)),
        Rhythm::Squared(a, b, 0) => Some(accents::squared(&[a, b])),
        Rhythm::Squared(a, b, c) => Some(accents::squared(&[a, b, c])),
        Rhythm::Cubed(a, b) => Some(accents::cubed(&[a, b])),
        Rhythm::Permuted(a, b) => Some(permutation::round(&resultant::two(a, b))),
        Rhythm::Slowing => Some(accents::grown(Growth::Summation, GROWN)),
        Rhythm::Quickening => {
            let slowing = accents::grown(Growth::Summation, GROWN);
            Some(permutation::reversed(&slowing))
        }
        Rhythm::Style | Rhythm::Cycle(_) | Rhythm::Polyrhythm(..) | Rhythm::Rotating(..) => None,
    }
}

/// The groups of a named rhythm, in units: each begins with a stress. Empty where there is no series.
pub fn groups(rhythm: Rhythm) -> Series {
    let times = |group: &[u8], units: u8| accents::product(group, &[units]);
    match rhythm {
        Rhythm::Resultant(a, b) | Rhythm::Fractioned(a, b) => times(&[a.max(b)], 1),
        Rhythm::Resultant3(a, b, c) => times(&[a.max(b).max(c)], 1),
        Rhythm::Squared(a, b, 0) => times(&[a, b], a + b),
        Rhythm::Squared(a, b, c) => times(&[a, b, c], a + b + c),
        Rhythm::Cubed(a, b) => times(&accents::squared(&[a, b]), a + b),
        Rhythm::Permuted(a, b) => times(&[a], b),
        Rhythm::Slowing | Rhythm::Quickening => times(&[1], GROWN_UNITS),
        Rhythm::Style | Rhythm::Cycle(_) | Rhythm::Polyrhythm(..) | Rhythm::Rotating(..) => {
            Series::new()
        }
    }
}

/// Units in all.
pub fn length(series: &[u8]) -> u32 {
    series.iter().map(|d| u32::from(*d)).sum()
}

/// The duration that begins at a unit counted from the start of the series, which goes round for ever; `None` where
/// nothing begins.
///
/// # Example
/// ```
/// use engines::schillinger::{resultant, struck};
/// let four_three = resultant::two(4, 3);
/// assert_eq!(struck(&four_three, 3), Some(1));
/// assert_eq!(struck(&four_three, 5), None);
/// assert_eq!(struck(&four_three, 12), Some(3));
/// ```
pub fn struck(series: &[u8], unit: u32) -> Option<u8> {
    let total = length(series);
    let mut left = unit.checked_rem(total)?;
    for duration in series {
        if left == 0 {
            return Some(*duration);
        }
        left = left.checked_sub(u32::from(*duration))?;
    }
    None
}

/// The tick of stroke `index` of `strokes` even ones in `ticks`; strokes beyond go on at the same rate.
pub const fn stroke_tick(index: i64, strokes: u8, ticks: i64) -> i64 {
    let strokes = if strokes == 0 { 1 } else { strokes as i64 };
    (index * ticks).div_euclid(strokes)
}

#[cfg(test)]
mod tests;
