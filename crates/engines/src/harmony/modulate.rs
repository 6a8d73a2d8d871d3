//! The way into the next section's key, in the last bar of the section before it.
//!
//! What leads on follows from the section's own attributes: its key, the key that it leads to, and the way.
//! A phrase that ends with the user's chords keeps them.

use music::chord::{Chord, Quality};
use music::pitch::{Key, Scale};
use music::plan::Phrase;
use music::roman::triad;
use music::technique::Modulation;

use super::half_bar::half_bar;
use super::typed::{Spans, push};
use crate::band::PhraseSeat;

/// Writes the way into the phrase's end, where the section's last bar is in it.
pub fn lead_on(seat: &PhraseSeat, phrase: &Phrase, spans: &mut Spans, hand: u64) {
    let section = seat.section;
    let by = section.leads_to as i32 - section.transpose as i32;
    let ends = phrase.first_in_section + phrase.bars >= section.bars;
    if by % 12 == 0 || !ends || phrase.bars == 0 || section.modulation == Modulation::Direct {
        return;
    }
    let bar = phrase.bars as u8 - 1;
    let typed = spans.iter().enumerate().rev().any(|(index, span)| {
        let sounds_here = span.bar == bar || index + 1 == spans.len();
        sounds_here && hand & 1 << index != 0
    });
    if typed {
        return;
    }
    let (key, scale) = (seat.latch.key, seat.latch.scale);
    let goal = key.up(by);
    let fifth = Chord::new(goal.up(7), Quality::Dominant7);
    let half = half_bar(phrase.meter);
    match (section.modulation, half) {
        (Modulation::Pivot, Some(half)) => {
            cut(spans, bar, 0);
            push(spans, bar, 0, pivot(key, goal, scale));
            push(spans, bar, half, fifth);
        }
        (_, half) => {
            let step = half.unwrap_or(0);
            cut(spans, bar, step);
            push(spans, bar, step, fifth);
        }
    }
}

/// Takes away what starts at a place or after it; the phrase's first chord stays to be replaced.
fn cut(spans: &mut Spans, bar: u8, step: u8) {
    while spans
        .last()
        .is_some_and(|span| (span.bar, span.step) >= (bar, step))
    {
        spans.pop();
    }
}

/// A chord of both keys that sets out in the new one; where they share none, one that the old key borrows;
/// where there is none either, the new key's fourth degree.
pub fn pivot(key: Key, goal: Key, scale: Scale) -> Chord {
    let parent = scale.harmonic_parent();
    let lender = if parent.is_minor() {
        Scale::Major
    } else {
        Scale::Minor
    };
    // Degrees of the new key that may set out, best first. Taste.
    let roles = [(1, 0), (3, 1), (5, 3), (2, 6), (0, 9)];
    let found = roles.into_iter().filter_map(|(degree, cost)| {
        let quality = triad(parent, degree);
        if !matches!(quality, Quality::Major | Quality::Minor) {
            return None;
        }
        let root = goal.up(parent.degree(degree));
        let of = |scale: Scale| {
            (0..7).any(|d| key.up(scale.degree(d)) == root && triad(scale, d) == quality)
        };
        let strange = match (of(parent), of(lender)) {
            (true, _) => 0,
            (_, true) => 10,
            _ => return None,
        };
        Some((cost + strange, Chord::new(root, quality)))
    });
    let found = found.min_by_key(|(cost, _)| *cost);
    let otherwise = Chord::new(goal.up(parent.degree(3)), triad(parent, 3));
    found.map_or(otherwise, |(_, chord)| chord)
}

#[cfg(test)]
mod tests;
