//! Chords that the user typed: from their place on they stand in front of the plan's own.

use music::chord::Chord;
use music::plan::{ChordSpan, PHRASE_CHORDS, Phrase};
use music::song::TypedChord;

use heapless::Vec;

/// The chords of a phrase by rising place.
pub type Spans = Vec<ChordSpan, PHRASE_CHORDS>;

/// Appends a chord, unless it is the one that sounds already.
pub fn push(spans: &mut Spans, bar: u8, step: u8, chord: Chord) {
    if spans.last().is_some_and(|last| last.chord == chord) {
        return;
    }
    if let Some(last) = spans.last_mut()
        && (last.bar, last.step) == (bar, step)
    {
        last.chord = chord;
        return;
    }
    let _ = spans.push(ChordSpan {
        bar,
        step,
        chord,
        ..ChordSpan::default()
    });
}

/// Merges the user's chords (absolute bars of the form) with the plan's (bars of the phrase).
///
/// A typed chord counts until the next typed place; a typed `None` gives the plan its turn again. The answer
/// has a bit for every chord of `out`, set where it is the user's.
pub fn merge(
    typed: &[TypedChord],
    phrase: &Phrase,
    steps: u8,
    own: &Spans,
    out: &mut Spans,
) -> u64 {
    out.clear();
    let mut hands = 0u64;
    let first = phrase.first_bar;
    let place = |t: &TypedChord| {
        (
            t.bar.saturating_sub(first) as u8,
            t.step.min(steps.saturating_sub(1)),
        )
    };
    let mut next = typed.partition_point(|t| (t.bar, t.step) <= (first, 0));
    let mut hand: Option<Chord> = next.checked_sub(1).and_then(|i| typed[i].chord);
    let mut plan: Option<Chord> = None;
    let mut index = 0;
    let inside = |i: usize| typed.get(i).filter(|t| t.bar < first + phrase.bars);
    loop {
        let from_plan = own.get(index).map(|span| (span.bar, span.step));
        let from_hand = inside(next).map(place);
        // The earlier of the two; together the hand wins, since it is read last.
        let at = match (from_plan, from_hand) {
            (None, None) => break,
            (Some(a), None) | (None, Some(a)) => a,
            (Some(a), Some(b)) => a.min(b),
        };
        if from_plan == Some(at) {
            plan = Some(own[index].chord);
            index += 1;
        }
        if from_hand == Some(at) {
            hand = typed[next].chord;
            next += 1;
        }
        if let Some(chord) = hand.or(plan) {
            push(out, at.0, at.1, chord);
            let last = out.len().saturating_sub(1);
            // A chord that goes on stays whose it was.
            if out.last().is_some_and(|s| (s.bar, s.step) == at) {
                hands = hands & !(1 << last) | (hand.is_some() as u64) << last;
            }
        }
    }
    hands
}

#[cfg(test)]
mod tests;
