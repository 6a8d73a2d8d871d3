//! Another bass under the same chord: inversions that make it walk, and a pedal under what builds up.

use music::chord::{Chord, Quality};

use super::{Telling, change, is_hollow, is_step};
use crate::harmony::candidates::bare;
use crate::harmony::typed::Spans;

/// Puts a third or fifth in the bass between two neighbours that lie a step from it.
pub fn invert(telling: &mut Telling, spans: &mut Spans) {
    let mut left = telling.phrase.bars.div_ceil(4);
    for index in 1..spans.len().saturating_sub(1) {
        let (before, span, after) = (&spans[index - 1], &spans[index], &spans[index + 1]);
        let chord = span.chord;
        let triad = matches!(bare(chord.quality), Quality::Major | Quality::Minor);
        if left == 0 || !triad || is_hollow(chord) || chord.bass != chord.root {
            continue;
        }
        let walks = |tone: &usize| {
            let bass = chord.tone(*tone);
            is_step(before.chord.bass, bass) && is_step(bass, after.chord.bass)
        };
        // Who walks already is left to.
        if walks(&0) {
            continue;
        }
        if let Some(tone) = [1, 2].into_iter().find(walks)
            && telling.chance(5, span, telling.freedom)
        {
            let inverted = Chord {
                bass: chord.tone(tone),
                ..chord
            };
            let (from, to) = telling.bounds(spans, index);
            if telling.suits(chord, inverted, from, to) {
                left -= 1;
                change(spans, index, inverted);
            }
        }
    }
}

/// Holds the key's fifth under the last two bars before what the section leads to.
pub fn pedal(telling: &Telling, spans: &mut Spans) {
    let from = telling.phrase.bars.saturating_sub(2) as u8;
    let fifth = telling.key.up(7);
    let Some(first) = spans.iter().find(|s| s.bar >= from) else {
        return;
    };
    let bears = |chord: Chord| !chord.has(fifth.up(1)) && !is_hollow(chord);
    let held = |chord: Chord| Chord {
        bass: fifth,
        ..chord
    };
    let fits = |index: usize| {
        let (chord, (from, to)) = (spans[index].chord, telling.bounds(spans, index));
        bears(chord) && telling.suits(chord, held(chord), from, to)
    };
    let all = spans.len() - spans.iter().filter(|s| s.bar >= from).count()..spans.len();
    if !all.clone().all(fits) || !telling.chance(6, first, telling.freedom) {
        return;
    }
    for index in all {
        change(spans, index, held(spans[index].chord));
    }
}
