//! Note chase: after a locate into the middle of a held note of harmony or texture it sounds from there.
//!
//! Looks back through the bars of the same phrase, which is as far as a note can have been held. The
//! controls of the moment decide what was heard, since what they were then is not known.

use heapless::Vec;
use music::lane::Lane;
use music::pitch::Pitch;
use music::plan::{BarPlace, PHRASE_BARS};
use music::time::{TICKS_PER_STEP, Tick};

use super::bars::Bars;
use super::seat::{Offer, Seat};
use super::timeline::{Situation, Timeline};

/// Most pitches that are told apart.
const PITCHES: usize = 64;

/// Shortest rest of a note that is worth sounding. Taste: a 32nd; less is heard as a click.
const SHORTEST_TICKS: i64 = TICKS_PER_STEP / 2;

/// Hands every note that is held across `at` to `sound`, which says whether a candidate is heard at all.
pub(super) fn chase(
    timeline: &mut Timeline,
    bars: &mut impl Bars,
    now: &Situation,
    at: Tick,
    mut sound: impl FnMut(&Offer, Sounds) -> bool,
) {
    let (current, spare) = timeline.current_and_spare();
    let Some((place, latch)) = current.taken else {
        return;
    };
    let mut settled = Settled::default();
    settled.struck_at(current, at);
    settled.look(current, at, &mut sound);
    let back = bars
        .bars_into_phrase(now.material, &latch, &place)
        .min(PHRASE_BARS);
    for bar in 1..=back as i32 {
        let start = place.start.plus(-(bar as i64) * place.meter.bar_ticks());
        let earlier = BarPlace {
            bar_index: place.bar_index - bar,
            start,
            ..place
        };
        spare.perform(bars, now.material, &latch, &earlier);
        settled.look(spare, at, &mut sound);
    }
}

/// Whether a candidate is only asked about or is to be sounded.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Sounds {
    /// Would it be heard?
    Ask,
    /// It sounds from here.
    Start,
}

/// Lanes and pitches about which nothing earlier matters.
#[derive(Default)]
struct Settled {
    pitches: Vec<(Lane, Pitch), PITCHES>,
}

impl Settled {
    fn settle(&mut self, lane: Lane, pitch: Pitch) -> bool {
        !self.pitches.contains(&(lane, pitch)) && self.pitches.push((lane, pitch)).is_ok()
    }
    /// What is struck at the point itself is not chased.
    fn struck_at(&mut self, seat: &Seat, at: Tick) {
        for lane in Lane::ALL.into_iter().filter(|lane| lane.is_chased()) {
            for candidate in seat.notes.lane(lane) {
                let clamped = candidate.onset < at && candidate.grid >= at;
                let soon = candidate.onset >= at && candidate.onset.since(at) < SHORTEST_TICKS;
                if clamped || soon {
                    self.settle(lane, candidate.pitch);
                }
            }
        }
    }
    /// Looks through a bar from its end, so that the last onset of a pitch settles it.
    fn look(&mut self, seat: &Seat, at: Tick, sound: &mut impl FnMut(&Offer, Sounds) -> bool) {
        for lane in Lane::ALL.into_iter().filter(|lane| lane.is_chased()) {
            for candidate in seat.notes.lane(lane).iter().rev().filter(|c| c.onset < at) {
                if self.pitches.contains(&(lane, candidate.pitch)) {
                    continue;
                }
                let Some(offer) = seat.offer(*candidate) else {
                    return;
                };
                if !sound(&offer, Sounds::Ask) || !self.settle(lane, candidate.pitch) {
                    continue;
                }
                let left = candidate.onset.plus(candidate.duration as i64).since(at);
                if left >= SHORTEST_TICKS {
                    sound(&offer, Sounds::Start);
                }
            }
        }
    }
}
