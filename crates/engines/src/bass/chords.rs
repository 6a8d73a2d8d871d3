//! The plan's chords as a bass player reads them: which sounds here, which comes next.

use music::chord::{Chord, Quality};
use music::time::TICKS_PER_STEP;

use crate::view::BarView;

/// The chord at a tick of the bar (or of the next one, past its end), with its index in the phrase; the tonic's
/// where nothing is planned.
pub fn at(view: &BarView, tick: i64) -> (usize, Chord) {
    let bar_ticks = view.place.meter.bar_ticks();
    let (bar, tick) = if tick >= bar_ticks {
        (view.bar_in_phrase + 1, tick - bar_ticks)
    } else {
        (view.bar_in_phrase, tick)
    };
    let step = (tick / TICKS_PER_STEP).clamp(0, 255) as u8;
    match view.phrase.chord_at(bar, step) {
        Some((index, span)) => (index, span.chord),
        None => {
            let quality = if view.latch.scale.is_minor() {
                Quality::Minor
            } else {
                Quality::Major
            };
            (0, Chord::new(view.latch.key, quality))
        }
    }
}

/// The chord that follows the one with index `index`. After the phrase's last it is the phrase's first: what
/// a player who does not know the next phrase would lead to.
pub fn after(view: &BarView, index: usize) -> Option<Chord> {
    let chords = &view.phrase.chords;
    chords
        .get(index + 1)
        .or_else(|| chords.first())
        .map(|span| span.chord)
}

/// What the last note of the bar leads to: the chord at the next bar line, which may be the one that sounds. At the
/// phrase's end [`after`] the chord with index `index`.
pub fn next(view: &BarView, index: usize) -> Option<Chord> {
    if view.is_last_of_phrase() {
        return after(view, index);
    }
    Some(at(view, view.place.meter.bar_ticks()).1)
}

/// Ticks of this bar at which chords start, with their index.
pub fn starts<'v>(view: &'v BarView) -> impl Iterator<Item = (i64, usize)> + 'v {
    let bar = view.bar_in_phrase;
    let here = view
        .phrase
        .chords
        .iter()
        .enumerate()
        .filter(move |(_, c)| c.bar == bar);
    here.map(|(index, c)| (c.step as i64 * TICKS_PER_STEP, index))
}
