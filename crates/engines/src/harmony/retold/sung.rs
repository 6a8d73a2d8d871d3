//! Whether the tune that stands bears another chord under it.

use music::chord::Chord;
use music::pitch::PitchClass;
use music::time::TICKS_PER_STEP;

use super::Telling;
use crate::harmony::typed::Spans;

/// A place in the phrase: bar and step.
pub type Place = (u8, u8);

/// From this density on a tone of the tune is ornament. Taste: above what songs start with.
const ORNAMENT: u8 = 75;
/// What a tone a semitone from one of the chord's costs, and one that is only foreign. Taste.
const RUBS: i32 = 4;
const FOREIGN: i32 = 1;
/// How much dearer a chord may be than the one that it follows. Taste: one foreign tone in passing.
const SLACK: i32 = 1;
/// From so many ticks on a tone is long and counts twice.
const LONG: i64 = 480;

impl Telling<'_> {
    /// Where a span starts and where the next one does.
    pub fn bounds(&self, spans: &Spans, index: usize) -> (Place, Place) {
        let end = (self.phrase.bars as u8, 0);
        let start = |i: usize| spans.get(i).map_or(end, |s| (s.bar, s.step));
        (start(index), start(index + 1))
    }
    /// Whether the tune bears a chord in another's place about as well.
    pub fn suits(&self, old: Chord, new: Chord, from: Place, to: Place) -> bool {
        let bar_ticks = self.phrase.meter.bar_ticks();
        let tick = |(bar, step): Place| bar as i64 * bar_ticks + step as i64 * TICKS_PER_STEP;
        let (from, to) = (tick(from), tick(to));
        let mut more = 0;
        for note in &self.phrase.tune {
            let start = note.bar as i64 * bar_ticks + note.tick as i64;
            let sounds = i64::min(start + note.duration as i64, to) - start.max(from);
            if sounds <= 0 || note.gate.density > ORNAMENT {
                continue;
            }
            let weight = 1 + i32::from(sounds >= LONG);
            let class = note.pitch.class();
            more += weight * (strain(new, class) - strain(old, class));
        }
        more <= SLACK
    }
}

/// What a tone costs over a chord.
fn strain(chord: Chord, class: PitchClass) -> i32 {
    if chord.bass.to(class) == 1 {
        RUBS
    } else if chord.has(class) {
        0
    } else if chord.has(class.up(1)) || chord.has(class.up(-1)) {
        RUBS
    } else {
        FOREIGN
    }
}
