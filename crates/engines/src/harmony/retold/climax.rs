//! The last hook, reharmonised: what was home is put off, the fourth degree darkens on its way.

use music::chord::{Chord, Quality};

use super::{Telling, change, is_hollow, put};
use crate::harmony::candidates::bare;
use crate::harmony::typed::Spans;

/// Exchanges chords for others that do the same. The phrase's first chord stays, so that the hook is known at once,
/// and so does home at the section's end.
pub fn reharmonise(telling: &mut Telling, spans: &mut Spans, ends: bool) {
    let mut index = 1;
    while index < spans.len() {
        let span = spans[index].clone();
        let before = spans[index - 1].chord;
        let last = index + 1 == spans.len();
        let next = spans.get(index + 1).map(|s| s.chord);
        index += 1;
        if is_hollow(span.chord) || span.chord.bass != span.chord.root {
            continue;
        }
        let above = telling.above(span.chord);
        let minor = telling.scale.is_minor();
        let major = bare(span.chord.quality) == Quality::Major;
        match above {
            // A dominant that does not come home: the submediant takes its place.
            0 if telling.is_dominant(before) && !(last && ends) => {
                let instead = telling.degree(5);
                let (from, to) = telling.bounds(spans, index - 1);
                if next.is_none_or(|n| n.root != instead.root)
                    && telling.suits(span.chord, instead, from, to)
                    && telling.spend(7, &span)
                {
                    change(spans, index - 1, instead);
                }
            }
            // The fourth degree darkens before it goes on to home or to the dominant.
            5 if major && !minor && next.is_none_or(|n| goes_on(telling, n)) => {
                let lasts = telling.room_before(spans, index).or_else(|| {
                    let bar = telling.phrase.bars.saturating_sub(1) as u8;
                    let whole = last && (span.bar, span.step) <= (bar, 0);
                    telling.half.filter(|_| whole).map(|half| (bar, half))
                });
                let quality = if telling.sevenths >= super::PLAIN {
                    Quality::MinorSixth
                } else {
                    Quality::Minor
                };
                let dark = Chord::new(span.chord.root, quality);
                if let Some(place) = lasts
                    && telling.suits(span.chord, dark, place, telling.bounds(spans, index - 1).1)
                    && telling.spend(8, &span)
                {
                    put(spans, index, place, dark);
                    index += 1;
                }
            }
            _ => {}
        }
    }
}

fn goes_on(telling: &Telling, next: Chord) -> bool {
    matches!(telling.above(next), 0 | 7)
}
