//! What an engine sees when it plays one bar.

use music::controls::Latch;
use music::lane::{LANES, Lane};
use music::note::Candidates;
use music::plan::{BarPlace, Phrase, Section, SectionKind};
use music::song::Song;
use music::style::{Style, StyleBook};
use music::take::TakeView;
use music::technique::Rhythm;
use music::time::Meter;

use crate::dice::Dice;
use crate::feel::Groove;
use crate::placement::{BarGrid, TimeScale};

/// The song and every style: what the plan is made from, swapped in whole.
#[derive(Clone, Copy, Debug)]
pub struct Material<'a> {
    /// What the user decided.
    pub song: &'a Song,
    /// Every style at hand.
    pub styles: StyleBook<'a>,
    /// What was played when the song was saved, while it is to stay so.
    pub take: Option<TakeView<'a>>,
}

impl Material<'_> {
    /// Whether a lane's notes that reach a little into the next are tied to it: the bass's, but in takes that know no
    /// ties.
    pub fn ties(&self, lane: Lane, latch: &Latch, meter: Meter) -> bool {
        let take = self.take.as_ref();
        lane == Lane::Bass
            && take.is_none_or(|take| take.ties || take.meter != meter || !take.fits(latch))
    }
}

/// What one lane plays from in a bar.
#[derive(Clone, Copy, Debug)]
pub struct LaneSeat<'a> {
    /// The style that it plays.
    pub style: &'a Style,
    /// The bar's steps, with the pattern step that each takes: meter and the style's pace are settled in it.
    pub grid: &'a BarGrid,
    /// How it feels time.
    pub groove: Groove<'a>,
    /// Its dice of (seed, section id, bar in section), of (seed, section id) and of (seed, section kind), as
    /// [`BarView`] has them: a lane that was sent back for another take has others.
    pub dice: [Dice; 3],
}

/// One bar as an engine sees it. Live controls are not in it: they act on candidates at their onset.
#[derive(Clone, Copy, Debug)]
pub struct BarView<'a> {
    /// Whose bar it is.
    pub lane: Lane,
    /// The style that the lane plays in this bar; blending may give each lane another one.
    pub style: &'a Style,
    /// The phrase that the bar belongs to.
    pub phrase: &'a Phrase,
    /// The section that it belongs to.
    pub section: &'a Section,
    /// Bar within the section, from 0.
    pub bar_in_section: u16,
    /// Bar within the phrase, from 0.
    pub bar_in_phrase: u8,
    /// Place of the phrase among the section's, from 0.
    pub phrase_index: u16,
    /// Where it is played.
    pub place: BarPlace,
    /// What latched at its bar line; its key is the section's.
    pub latch: &'a Latch,
    /// The bar's steps, with the pattern step that each takes: meter and pace are settled in it.
    pub grid: &'a BarGrid,
    /// What every lane plays from, by [`Lane::index`].
    pub seats: &'a [LaneSeat<'a>; LANES],
    /// Dice of (seed, section id, bar in section); engines add their lane.
    pub dice: Dice,
    /// Dice of (seed, section id): what holds for the section.
    pub section_dice: Dice,
    /// Dice of (seed, section kind): what returns with every section of the kind.
    pub kind_dice: Dice,
}

impl<'a> BarView<'a> {
    /// The same bar as another lane sees it: its style, its grid. Bass and texture read the drums' groove so.
    pub const fn of(&self, lane: Lane) -> BarView<'a> {
        let seat = &self.seats[lane.index()];
        BarView {
            lane,
            style: seat.style,
            grid: seat.grid,
            dice: seat.dice[0],
            section_dice: seat.dice[1],
            kind_dice: seat.dice[2],
            ..*self
        }
    }
    /// What lays the lane's onsets: what the user chose, else what the style says.
    pub const fn rhythm(&self) -> Rhythm {
        match self.latch.rhythm[self.lane.index()] {
            Rhythm::Style => self.style.rhythms[self.lane.index()],
            chosen => chosen,
        }
    }
    /// Pace of the patterns: half or double time outside the style's tempo range, or as it was chosen.
    pub const fn time_scale(&self) -> TimeScale {
        self.grid.scale
    }
    /// Ticks from the section's start to the bar's, while the section keeps its meter.
    pub const fn section_tick(&self) -> i64 {
        self.bar_in_section as i64 * self.place.meter.bar_ticks()
    }
    /// Whether the song ends in this bar: a final stroke and chord, then rest. Only an outro ends.
    pub const fn is_ending(&self) -> bool {
        matches!(self.section.kind, SectionKind::Outro) && self.is_last_of_section()
    }
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
        let bars = if self.section.bars > 1 {
            self.section.bars as i32 - 1
        } else {
            1
        };
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
