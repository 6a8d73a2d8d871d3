//! Where a section is cut into phrases: fours, or eights where the style's progressions are that long.

use music::plan::{PHRASE_BARS, Section};
use music::style::Style;

/// A phrase's place in its section.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct PhraseSpan {
    /// First bar, counted in the section.
    pub first: u16,
    /// Length in bars, 1 to [`PHRASE_BARS`].
    pub bars: u16,
    /// Place among the section's phrases, from 0.
    pub index: u16,
}

/// Whether the style thinks in eights in this section: its chord progressions there last five bars or more,
/// and the section holds whole eights.
fn thinks_in_eights(style: &Style, section: &Section) -> bool {
    let long = |p: &music::style::Progression| {
        let half_bars: u32 = p.chords.iter().map(|c| c.half_bars as u32).sum();
        p.kinds.suits(section.kind) && half_bars > 8 && half_bars.is_multiple_of(16)
    };
    section.bars >= PHRASE_BARS
        && section.bars.is_multiple_of(PHRASE_BARS)
        && style.harmony.progressions.iter().any(long)
}

/// The phrase that a bar of the section lies in.
pub fn phrase_at(style: &Style, section: &Section, bar_in_section: u16) -> PhraseSpan {
    let length = if thinks_in_eights(style, section) {
        8
    } else {
        4
    };
    let index = bar_in_section / length;
    let mut span = PhraseSpan {
        first: index * length,
        bars: length,
        index,
    };
    // A single bar left over belongs to the phrase before it.
    if section.bars > length && section.bars % length == 1 {
        let last = section.bars / length - 1;
        if index > last {
            span = PhraseSpan {
                first: last * length,
                bars: length,
                index: last,
            };
        }
        if span.index == last {
            span.bars = (length + 1).min(PHRASE_BARS);
        }
    }
    span.bars = span
        .bars
        .min(section.bars - span.first.min(section.bars - 1));
    span
}
