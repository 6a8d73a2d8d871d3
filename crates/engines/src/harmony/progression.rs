//! Which chords a phrase has, by half bars: the style's progressions, or the grammar.
//!
//! The choice hashes the section's kind, so that choruses return; the place in the progression follows
//! the bar within the section, so that long sections go round and phrases do not need each other.

use heapless::Vec;
use music::lane::Lane;
use music::plan::{PHRASE_BARS, Phrase};
use music::roman::Roman;
use music::style::ProgressionChord;

use super::grammar;
use crate::band::PhraseSeat;
use crate::dice::{Dice, Purpose};

/// A half bar of a phrase.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Cell {
    /// Its chord.
    pub roman: Roman,
    /// Which chord of the progression it comes from; two cells with the same number belong together.
    pub chord: u16,
    /// How often the progression has gone round before it, in its section.
    pub round: u16,
}

impl Cell {
    /// Whether both belong to one chord of the progression.
    pub fn joins(&self, other: &Cell) -> bool {
        (self.chord, self.round) == (other.chord, other.round) && self.roman == other.roman
    }
}

/// A phrase by half bars.
pub type Cells = Vec<Cell, { 2 * PHRASE_BARS as usize }>;

/// The half bars of a phrase, and whether the progression comes to its end with it.
pub struct Laid {
    /// In order.
    pub cells: Cells,
    /// The progression's last chord is the phrase's last.
    pub closes: bool,
    /// How many chords the progression has.
    pub chords: u16,
}

/// Dice of what returns with a kind of section.
pub fn kind_dice(seat: &PhraseSeat) -> Dice {
    seat.dice.lane(Lane::Harmony).at(seat.section.kind as u32)
}

/// Lays a progression over the phrase.
pub fn lay(seat: &PhraseSeat, phrase: &Phrase) -> Laid {
    let dice = kind_dice(seat);
    match choose(seat, dice) {
        Some(chords) => over(chords, phrase),
        None => over(
            &grammar::grow(seat.latch.scale, seat.section.kind, dice),
            phrase,
        ),
    }
}

/// The style's progression for the section, by weight. `None` when none is meant for it.
fn choose<'a>(seat: &PhraseSeat<'a>, dice: Dice) -> Option<&'a [ProgressionChord]> {
    let minor = seat.latch.scale.is_minor();
    let all = &seat.style.harmony.progressions;
    let weights: Vec<u8, 32> = all
        .iter()
        .map(|p| {
            let sounds = p.chords.iter().any(|c| c.half_bars > 0);
            let fits = p.kinds.suits(seat.section.kind) && p.minor == minor && sounds;
            if fits { p.weight.max(1) } else { 0 }
        })
        .collect();
    let index = dice.pick(Purpose::Progression, 0, &weights)?;
    Some(&all[index].chords)
}

fn over(chords: &[ProgressionChord], phrase: &Phrase) -> Laid {
    let length: u32 = chords
        .iter()
        .map(|c| c.half_bars as u32)
        .sum::<u32>()
        .max(1);
    let first = phrase.first_in_section as u32 * 2;
    let count = 2 * phrase.bars.min(PHRASE_BARS) as u32;
    let mut cells = Cells::new();
    for place in first..first + count {
        let (round, mut inside) = (place / length, place % length);
        let mut index = 0;
        while index + 1 < chords.len() && inside >= chords[index].half_bars as u32 {
            inside -= chords[index].half_bars as u32;
            index += 1;
        }
        let roman = chords[index].roman;
        let _ = cells.push(Cell {
            roman,
            chord: index as u16,
            round: round as u16,
        });
    }
    Laid {
        cells,
        closes: (first + count).is_multiple_of(length),
        chords: chords.len() as u16,
    }
}

#[cfg(test)]
mod tests;
