//! Where the tune rests, and what may be said there: call and response.
//!
//! The tune is read as it is planned, as it sounds while nobody has turned its controls. A rest of a beat and a
//! half or more is a gap. What the tune said last before it, up to four notes, is the call: its rhythm comes back
//! in the gap, on tones of the chord, its contour kept or turned over.

use heapless::Vec;
use music::controls::{DENSITY, SYNCOPATION, VARIATION};
use music::lane::Lane;
use music::note::Gate;
use music::pitch::Pitch;

use crate::dice::Purpose;
use crate::harmony::comping::chord_at;
use crate::view::BarView;

/// Shortest gap in ticks. Taste: less is a breath.
const GAP: i64 = 1440;
/// Longest pause between two notes of one call.
const JOINED: i64 = 960;
/// Answers stand on eighths.
const EIGHTH: i64 = 480;
/// Notes of a call.
const CALL: usize = 4;

/// Ticks of the bar in which the tune rests, from and to.
pub type Gap = (i64, i64);

/// A note of an answer.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Said {
    /// Ticks from the bar's start.
    pub tick: i64,
    /// Where it ends.
    pub end: i64,
    /// Pitch.
    pub pitch: Pitch,
}

/// What is said in a gap.
#[derive(Clone, Debug, Default)]
pub struct Answer {
    /// Variation from which on it is heard, 1–100.
    pub from: u8,
    /// Its notes, by rising tick.
    pub notes: Vec<Said, CALL>,
}

impl Answer {
    /// From its first note's start to its last one's end.
    pub fn span(&self) -> (i64, i64) {
        let first = self.notes.first().map_or(0, |n| n.tick);
        (first, self.notes.last().map_or(first, |n| n.end))
    }
}

/// Whether a note of the tune sounds while its controls stand as in a new song.
pub fn is_usual(gate: &Gate) -> bool {
    let inside = |(low, high): (u8, u8), value: i32| (low as i32..=high as i32).contains(&value);
    gate.density as i32 <= DENSITY.default
        && inside(gate.variation, VARIATION.default)
        && inside(gate.syncopation, SYNCOPATION.default)
}

/// Start and end of the tune's notes from two bars before the bar on, in ticks from its start.
fn tune<'v>(view: &'v BarView) -> impl Iterator<Item = (i64, i64, Pitch)> + 'v {
    let bar_ticks = view.phrase.meter.bar_ticks();
    let here = view.bar_in_phrase as i64;
    view.phrase
        .tune
        .iter()
        .filter(move |n| is_usual(&n.gate) && (n.bar as i64 - here).abs() <= 2)
        .map(move |n| {
            let start = (n.bar as i64 - here) * bar_ticks + n.tick as i64;
            (start, start + n.duration as i64, n.pitch)
        })
}

/// The bar's longest gap, if the tune has spoken before it.
pub fn gap(view: &BarView) -> Option<Gap> {
    if !view.section.lanes.has(Lane::Melody) {
        return None;
    }
    let bar_ticks = view.place.meter.bar_ticks();
    let mut best: Option<Gap> = None;
    let mut heard = None;
    // The tune is sorted by onset.
    for (next, end, _) in tune(view).chain([(bar_ticks, 0, Pitch(0))]) {
        if let Some(silent) = heard {
            let gap = (i64::max(silent, 0), next.min(bar_ticks));
            let longer = best.is_none_or(|b| gap.1 - gap.0 > b.1 - b.0);
            if gap.1 - gap.0 >= GAP && longer {
                best = Some(gap);
            }
        }
        if next >= bar_ticks {
            break;
        }
        heard = heard.max(Some(end));
    }
    best
}

/// The answer in the bar's gap.
pub fn answer(view: &BarView) -> Option<Answer> {
    let gap = gap(view)?;
    let mut call: Vec<(i64, Pitch), CALL> = Vec::new();
    for (start, _, pitch) in tune(view).filter(|n| n.0 < gap.0) {
        let joined = call
            .last()
            .is_none_or(|(before, _)| start - before <= JOINED);
        if !joined {
            call.clear();
        } else if call.is_full() {
            call.remove(0);
        }
        let again = call.last().is_some_and(|(before, _)| *before == start);
        if !again {
            let _ = call.push((start, pitch));
        }
    }
    let first = call.first()?.0;
    let dice = view.dice.lane(Lane::Texture);
    let turned = dice.chance(Purpose::Figure, 20, 40);
    // On an eighth, after a breath where there is time.
    let roomy = gap.1 - gap.0 >= GAP + EIGHTH;
    let begins = (gap.0 + if roomy { 1 } else { 0 } + EIGHTH - 1) / EIGHTH * EIGHTH;
    let mut out = Answer {
        from: 15 + dice.throw(Purpose::Figure, 21, 75) as u8,
        notes: Vec::new(),
    };
    let mut place: Option<i32> = None;
    for (index, (start, pitch)) in call.iter().enumerate() {
        let tick = begins + start - first;
        if tick + EIGHTH > gap.1 {
            break;
        }
        let next = call
            .get(index + 1)
            .map_or(tick + JOINED, |n| begins + n.0 - first);
        let (chord, change) = chord_at(view, tick)?;
        let voices = &view.phrase.chords[chord].texture;
        let count = voices.len() as i32;
        let before = index.checked_sub(1).map_or(*pitch, |i| call[i].1);
        let up = (pitch.0 as i32 - before.0 as i32).signum();
        let step = if turned { -up } else { up };
        let voice = place
            .map_or(count / 2, |v| v + step)
            .clamp(0, (count - 1).max(0));
        place = Some(voice);
        let said = Said {
            tick,
            end: next.min(gap.1).min(change).max(tick + 1),
            pitch: *voices.get(voice as usize)?,
        };
        let _ = out.notes.push(said);
    }
    (out.notes.len() >= 2).then_some(out)
}
