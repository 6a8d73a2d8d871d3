//! What an engine sees when it plays one bar.

use music::controls::Latch;
use music::lane::Lane;
use music::note::Candidates;
use music::plan::{BarPlace, Phrase, Section};
use music::song::Song;
use music::style::{Style, StyleBook};

use crate::dice::Dice;

/// The song and every style: what the plan is made from, swapped in whole.
#[derive(Clone, Copy, Debug)]
pub struct Material<'a> {
    /// What the user decided.
    pub song: &'a Song,
    /// Every style at hand.
    pub styles: StyleBook<'a>,
}

/// One bar as an engine sees it. Live controls are not in it: they act on candidates at their onset.
#[derive(Clone, Copy, Debug)]
pub struct BarView<'a> {
    /// The style that plays.
    pub style: &'a Style,
    /// The phrase that the bar belongs to.
    pub phrase: &'a Phrase,
    /// The section that it belongs to.
    pub section: &'a Section,
    /// Bar within the section, from 0.
    pub bar_in_section: u16,
    /// Bar within the phrase, from 0.
    pub bar_in_phrase: u8,
    /// Where it is played.
    pub place: BarPlace,
    /// What latched at its bar line.
    pub latch: &'a Latch,
    /// Dice of (seed, section id, bar in section); engines add their lane.
    pub dice: Dice,
}

impl BarView<'_> {
    /// Whether it is the last bar of its section: where fills and pick-ups are.
    pub const fn is_last_of_section(&self) -> bool {
        self.bar_in_section + 1 == self.section.bars
    }
    /// Whether it is the last bar of its phrase.
    pub const fn is_last_of_phrase(&self) -> bool {
        self.bar_in_phrase as u16 + 1 == self.phrase.bars
    }
    /// Energy of the section at this bar, percent.
    pub const fn energy(&self) -> u8 {
        let (from, to) = (self.section.energy as i32, self.section.energy_end as i32);
        let bars = if self.section.bars > 1 { self.section.bars as i32 - 1 } else { 1 };
        (from + (to - from) * self.bar_in_section as i32 / bars) as u8
    }
}

/// An engine: writes the candidates of its lane in one bar.
pub trait Engine: Sync {
    /// Its lane.
    fn lane(&self) -> Lane;
    /// Appends the bar's candidates to `out`, by any order; the band sorts them.
    ///
    /// # Realtime
    /// Runs in the audio callback, in bounded time.
    fn perform(&self, view: &BarView, out: &mut Candidates);
}
