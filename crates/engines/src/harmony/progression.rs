//! Which chords a phrase has, by half bars: the style's progressions, or the grammar.
//!
//! The choice hashes the section's kind, so that choruses return; the place in the progression follows
//! the bar within the section, so that long sections go round and phrases do not need each other. A solo goes over
//! the changes that were sung and a build over those that led to the chorus, where the style's progressions suit both.

use heapless::Vec;
use music::lane::Lane;
use music::plan::{PHRASE_BARS, Phrase, SectionKind};
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

/// Whose chords a section plays. A solo plays the chorus's, else the verse's, if the style lets it solo over them; a
/// build plays the pre-chorus's likewise, in styles whose songs have those; else each its own.
pub struct Changes<'a> {
    /// Dice of whatever is decided about the chords.
    pub dice: Dice,
    /// `None` where the style has none for the kind.
    chords: Option<&'a [ProgressionChord]>,
}

/// The changes of a section.
pub fn changes<'a>(seat: &PhraseSeat<'a>) -> Changes<'a> {
    let own = seat.section.kind;
    let lane = seat.dice.lane(Lane::Harmony);
    let of = |kind: SectionKind| choose(seat, kind, lane.at(kind as u32));
    let all = &seat.style.harmony.progressions;
    let known: &[SectionKind] = match own {
        SectionKind::Solo => &[SectionKind::Chorus, SectionKind::Verse],
        SectionKind::Build => &[SectionKind::PreChorus],
        _ => &[],
    };
    let form = &seat.style.form.template;
    for known in known {
        if !form.iter().any(|step| step.kind == *known) {
            continue;
        }
        if let Some(index) = of(*known).filter(|index| all[*index].kinds.suits(own)) {
            return Changes {
                dice: lane.at(*known as u32),
                chords: Some(&all[index].chords),
            };
        }
    }
    Changes {
        dice: lane.at(own as u32),
        chords: of(own).map(|index| &all[index].chords[..]),
    }
}

/// Lays a progression over the phrase.
pub fn lay(seat: &PhraseSeat, changes: &Changes, phrase: &Phrase) -> Laid {
    match changes.chords {
        Some(chords) => over(chords, phrase),
        None => over(
            &grammar::grow(seat.latch.scale, seat.section.kind, changes.dice),
            phrase,
        ),
    }
}

/// The place of the style's progression for a kind of section, by weight. `None` when none is meant for it.
fn choose(seat: &PhraseSeat, kind: SectionKind, dice: Dice) -> Option<usize> {
    let minor = seat.latch.scale.is_minor();
    let all = &seat.style.harmony.progressions;
    let weights: Vec<u8, 32> = all
        .iter()
        .map(|p| {
            let sounds = p.chords.iter().any(|c| c.half_bars > 0);
            let fits = p.kinds.suits(kind) && p.minor == minor && sounds;
            if fits { p.weight.max(1) } else { 0 }
        })
        .collect();
    dice.pick(Purpose::Progression, 0, &weights)
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
