//! The bars around the song's position: which is current, when the coming one is performed, and which
//! candidate is due next.
//!
//! The coming bar is performed under a preview of its latch as soon as its earliest onset could be due,
//! and again at its bar line if the latch turns out different. Onsets are handed out in order, each once:
//! what was played early is not handed out again.

use heapless::Vec;
use music::controls::Latch;
use music::plan::{BarPlace, SectionKind};
use music::time::{Meter, Tick, TickSpan, ticks_from_micros};

use super::bars::Bars;
use super::memory::EarlyOnsets;
use super::seat::{Offer, Seat};
use crate::feel::MAX_SHIFT_US;
use crate::view::Material;

/// Most candidates that wait outside their bar: late ones, and those held back or clamped.
const WAITING: usize = 96;

/// How far before the point that the song jumps to a grid place may lie and still be at it: hosts round.
/// Taste: 5 ticks are 2.6 ms at 120 BPM, too small to hear.
const AT_THE_POINT_TICKS: i64 = 5;

/// Where the next bar starts, as far as is known.
#[derive(Clone, Copy, Debug)]
struct NextBar {
    index: i32,
    start: Tick,
}

/// Something that happens to the bars at a tick.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Mark {
    /// The coming bar's early onsets become due.
    Preview,
    /// The coming bar starts.
    BarLine,
}

/// The bars around the position. Large: only ever changed in place.
#[derive(Clone, Debug, Default)]
pub(super) struct Timeline {
    seats: [Seat; 2],
    current: usize,
    next_bar: Option<NextBar>,
    previewed: bool,
    waiting: Vec<Offer, WAITING>,
    early: EarlyOnsets,
    jumped_to: Option<Tick>,
    /// First tick that has not been played.
    pub watermark: Tick,
    /// A candidate did not fit and was left out.
    pub overflow: bool,
}

/// What the host says about now; the same over a span.
#[derive(Clone, Copy, Debug)]
pub(super) struct Situation<'a> {
    /// Song and styles.
    pub material: Material<'a>,
    /// Latch of the controls as they stand.
    pub latch: Latch,
    /// Bar at the span's start.
    pub bar_index: i32,
    /// Its start.
    pub bar_start: Tick,
    /// Its meter.
    pub meter: Meter,
    /// Tempo.
    pub tempo_mbpm: u32,
    /// Loop.
    pub cycle: Option<TickSpan>,
}

impl Situation<'_> {
    fn bar(&self, index: i32, start: Tick) -> BarPlace {
        BarPlace {
            bar_index: index,
            start,
            meter: self.meter,
            tempo_mbpm: self.tempo_mbpm,
        }
    }
    /// Largest push in ticks.
    pub fn reach(&self) -> i64 {
        ticks_from_micros(MAX_SHIFT_US, self.tempo_mbpm)
    }
}

impl Timeline {
    /// The song jumps to `at`. Onsets before it whose grid place is not are clamped to it.
    pub fn jump(&mut self, bars: &mut impl Bars, now: &Situation, at: Tick) {
        self.waiting.clear();
        self.early.clear();
        self.watermark = at;
        self.jumped_to = Some(at);
        self.previewed = false;
        let place = now.bar(now.bar_index, now.bar_start);
        self.seats[self.current].perform(bars, now.material, &now.latch, &place);
        self.next_bar = Some(after(&place));
        self.clamp_skipped(self.current, at);
    }
    /// Makes the current seat begin after a jump: what lies before the point is passed by or clamped.
    fn clamp_skipped(&mut self, seat: usize, at: Tick) {
        while let Some(mut offer) = self.seats[seat].take_before(at) {
            if offer.candidate.grid.plus(AT_THE_POINT_TICKS) >= at {
                offer.due = at;
                offer.clamped_by_jump = true;
                self.wait(offer);
            }
        }
    }
    /// Takes what the host says about the bar at the start of a span that goes on from the one before.
    pub fn follow(&mut self, bars: &mut impl Bars, now: &Situation) {
        let Some((place, latch)) = self.seats[self.current].taken else {
            return;
        };
        if now.bar_start >= self.watermark {
            if self.next_bar.is_none_or(|next| next.start != now.bar_start) {
                self.previewed = false;
            }
            self.next_bar = Some(NextBar {
                index: now.bar_index,
                start: now.bar_start,
            });
            return;
        }
        let told = (now.bar_index, now.bar_start, now.meter);
        if told == (place.bar_index, place.start, place.meter) {
            return;
        }
        // The meter changed, or the host counts otherwise: the rest of this bar is performed anew.
        let latch = if now.bar_start == place.start {
            latch
        } else {
            now.latch
        };
        let place = now.bar(now.bar_index, now.bar_start);
        self.waiting.retain(|offer| offer.place.start < place.start);
        self.seats[self.current].perform(bars, now.material, &latch, &place);
        self.next_bar = Some(after(&place));
        self.previewed = false;
        self.leave_out_played(self.current, &latch);
        while self.seats[self.current]
            .take_before(self.watermark)
            .is_some()
        {}
    }
    /// The next mark before `end`.
    pub fn next_mark(&self, now: &Situation, end: Tick) -> Option<(Tick, Mark)> {
        let next = self.next_bar?;
        let (tick, mark) = if self.previewed {
            (next.start, Mark::BarLine)
        } else {
            // A tick more than the reach, since ticks are rounded.
            (Tick(next.start.0 - now.reach() - 1), Mark::Preview)
        };
        let tick = tick.max(self.watermark);
        (tick < end).then_some((tick, mark))
    }
    /// Passes a mark.
    pub fn pass(&mut self, bars: &mut impl Bars, now: &Situation, mark: Mark, at: Tick) {
        let Some(next) = self.next_bar else { return };
        let coming = 1 - self.current;
        let place = now.bar(next.index, next.start);
        match mark {
            Mark::Preview => {
                self.perform_coming(bars, now, &place, at);
                self.previewed = true;
            }
            Mark::BarLine => {
                // Late onsets of the bar that ends are still due. What the meter cut off is not.
                while let Some((_, lane)) = self.seats[self.current].first() {
                    let Some(offer) = self.seats[self.current].take(lane) else {
                        break;
                    };
                    if offer.candidate.grid < next.start {
                        self.wait(offer);
                    }
                }
                if self.seats[coming].taken != Some((place, now.latch)) {
                    self.waiting.retain(|offer| offer.place.start < place.start);
                    self.perform_coming(bars, now, &place, at);
                }
                self.current = coming;
                self.early.forget_before(place.start);
                self.previewed = false;
                self.next_bar = Some(after(&place));
            }
        }
        self.watermark = at;
    }
    /// Performs the coming bar, without what was played of it already; what should have been played
    /// before `at` is due at `at`.
    fn perform_coming(
        &mut self,
        bars: &mut impl Bars,
        now: &Situation,
        place: &BarPlace,
        at: Tick,
    ) {
        let coming = 1 - self.current;
        let seat = &mut self.seats[coming];
        seat.perform(bars, now.material, &now.latch, place);
        self.leave_out_played(coming, &now.latch);
        while let Some(mut offer) = self.seats[coming].take_before(at) {
            offer.due = at;
            offer.clamped_by_jump = self.jumped_to == Some(at);
            self.wait(offer);
        }
    }
    /// Takes what was played already out of a bar that was performed anew under `latch`.
    fn leave_out_played(&mut self, seat: usize, latch: &Latch) {
        let early = &self.early;
        for lane in &mut self.seats[seat].notes.lanes {
            lane.retain(|candidate| !early.repeats(candidate, latch));
        }
    }
    /// When the next candidate is due, if that is before `end`.
    pub fn next_onset(&mut self, now: &Situation, end: Tick) -> Option<Tick> {
        loop {
            let (due, from) = self.first()?;
            if due >= end {
                return None;
            }
            let From::Seat(seat, lane) = from else {
                return Some(due);
            };
            // An onset that belongs to what follows a loop waits for the loop's end, which does not come
            // while the song loops.
            let candidate = self.seats[seat].head(lane)?;
            match now.cycle {
                Some(cycle) if cycle.contains(due) && candidate.grid >= cycle.end => {
                    let mut offer = self.seats[seat].take(lane)?;
                    offer.due = cycle.end;
                    self.wait(offer);
                }
                _ => return Some(due),
            }
        }
    }
    /// Takes the candidate that is due first.
    pub fn take(&mut self) -> Option<Offer> {
        let (due, from) = self.first()?;
        let offer = match from {
            From::Waiting(index) => self.waiting.remove(index),
            From::Seat(seat, lane) => self.seats[seat].take(lane)?,
        };
        self.watermark = self.watermark.max(due);
        Some(offer)
    }
    /// Remembers that an offer was played, if that was before its bar or soon after its bar line.
    pub fn played(&mut self, offer: &Offer) {
        let reach = ticks_from_micros(MAX_SHIFT_US, offer.place.tempo_mbpm);
        if offer.due < offer.place.start.plus(reach) {
            self.early.add(&offer.candidate, &offer.latch);
        }
    }
    fn first(&self) -> Option<(Tick, From)> {
        let mut first: Option<(Tick, From)> = None;
        for (index, offer) in self.waiting.iter().enumerate() {
            if first.is_none_or(|(due, _)| offer.due < due) {
                first = Some((offer.due, From::Waiting(index)));
            }
        }
        let coming = 1 - self.current;
        for seat in [Some(self.current), self.previewed.then_some(coming)]
            .into_iter()
            .flatten()
        {
            if let Some((due, lane)) = self.seats[seat].first()
                && first.is_none_or(|(earliest, _)| due < earliest)
            {
                first = Some((due, From::Seat(seat, lane)));
            }
        }
        first
    }
    fn wait(&mut self, offer: Offer) {
        self.overflow |= self.waiting.push(offer).is_err();
    }
    /// The seat of the current bar, and one that may be written over while nothing is previewed.
    pub fn current_and_spare(&mut self) -> (&mut Seat, &mut Seat) {
        self.previewed = false;
        let [a, b] = &mut self.seats;
        if self.current == 0 { (a, b) } else { (b, a) }
    }
    /// The section of the current bar.
    pub fn section(&self) -> Option<SectionKind> {
        self.next_bar?;
        self.seats[self.current].notes.section
    }
    /// Forgets the bars.
    pub fn stop(&mut self) {
        self.waiting.clear();
        self.early.clear();
        self.previewed = false;
        self.next_bar = None;
    }
}

#[derive(Clone, Copy, Debug)]
enum From {
    Waiting(usize),
    Seat(usize, music::lane::Lane),
}

fn after(place: &BarPlace) -> NextBar {
    NextBar {
        index: place.bar_index + 1,
        start: place.start.plus(place.meter.bar_ticks()),
    }
}
