//! Cadences: a phrase inside a section ends open on the dominant, a section's last phrase ends at home.
//!
//! Sections that lead somewhere (intro, pre-chorus, bridge, build, breakdown) stay open to their end.

use music::plan::{Phrase, Section, SectionKind};
use music::roman::Roman;

use super::grammar::{dominant, is_dominant};
use super::progression::Laid;
use crate::dice::{Dice, Purpose};
use music::pitch::Scale;

/// How a phrase ends.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Cadence {
    /// As the progression has it.
    AsWritten,
    /// On the dominant.
    Half,
    /// Dominant, then tonic.
    Full,
}

/// How the phrase ends, by Dice in `percent` of the places where a cadence can stand.
pub fn choose(
    section: &Section,
    phrase: &Phrase,
    closes: bool,
    percent: u8,
    dice: Dice,
) -> Cadence {
    let last = phrase.first_in_section + phrase.bars >= section.bars;
    let place = (phrase.first_in_section / 4) as u32;
    if phrase.bars < 2 || !(closes || last) {
        return Cadence::AsWritten;
    }
    if last && section.kind == SectionKind::Outro {
        return Cadence::Full;
    }
    if !dice.chance(Purpose::Cadence, place, percent as u32) {
        return Cadence::AsWritten;
    }
    let leads = matches!(
        section.kind,
        SectionKind::Intro
            | SectionKind::PreChorus
            | SectionKind::Bridge
            | SectionKind::Build
            | SectionKind::Breakdown
    );
    if last && !leads {
        Cadence::Full
    } else {
        Cadence::Half
    }
}

/// Writes a cadence into the phrase's last half bars, where they do not cadence already.
pub fn close(laid: &mut Laid, cadence: Cadence, scale: Scale, dice: Dice) {
    let cells = &mut laid.cells;
    let count = cells.len();
    if count < 4 {
        return;
    }
    let home = Roman::default();
    match cadence {
        Cadence::AsWritten => {}
        Cadence::Half => {
            if !is_dominant(cells[count - 1].roman, scale) {
                let whole = cells[count - 1].joins(&cells[count - 2])
                    && dice.chance(Purpose::Cadence, 90, 50);
                let from = if whole { count - 2 } else { count - 1 };
                for cell in &mut cells[from..] {
                    cell.roman = dominant(scale);
                }
            }
        }
        Cadence::Full => {
            if !is_dominant(cells[count - 3].roman, scale) {
                cells[count - 3].roman = dominant(scale);
            }
            for cell in &mut cells[count - 2..] {
                cell.roman = home;
            }
        }
    }
}

#[cfg(test)]
mod tests;
