//! Voices both lanes of a phrase, each from its own voicing before, as style or control has them led: the hand's
//! before the tune, which listens to it, the pad's once all chords stand.

use music::chord::Chord;
use music::lane::Lane;
use music::plan::{SectionKind, Voicing};
use music::style::Ornament;
use music::technique::VoiceLeading;

use super::chorale;
use super::progression::kind_dice;
use super::typed::Spans;
use super::voicing::{self, Rules, Spacing};
use crate::band::PhraseSeat;
use crate::dice::Purpose;

/// How far a hand wanders from the middle of its range, in semitones. Measured against pianists, who move
/// their hands more than the least movement asks.
const WANDER: u32 = 6;
/// How strongly a comping hand keeps to its place, and a pad to the middle of its range: see
/// [`Rules::pull`]. Measured: voices then move two semitones a change, as pianists' do. A pad only
/// stays in range. Taste.
const HAND_PULL: i32 = 40;
const PAD_PULL: i32 = 6;
/// The semitones that a hand needs. Taste: four voices in a tenth.
const ROOM: u8 = 15;
/// How much wider than its own a range is for open voicings, in semitones at either end. Taste.
const OPENED: u8 = 5;

/// Voices the hand's chords from one on, but for those that have voices which followed from the very ones before;
/// bit `i` of `hand` says that the user typed chord `i`.
pub fn voice(seat: &PhraseSeat, first_in_section: u16, spans: &mut Spans, hand: u64, from: usize) {
    let harmony = &seat.style.harmony;
    let way = seat.latch.voice_leading;
    let dice = kind_dice(seat);
    let shift = shift(seat, first_in_section);
    let (low, high) = sane(harmony.range, (52, 76));
    let high = below_tune(seat, low, high);
    let wide = way == VoiceLeading::Open;
    let opened = |(low, high): (u8, u8)| match wide {
        true => (low.saturating_sub(OPENED), high.saturating_add(OPENED)),
        false => (low, high),
    };
    let comp = Rules {
        voices: harmony.voices.clamp(2, 6),
        range: opened((low, high)),
        rootless: harmony.rootless,
        centre: ((low as i32 + high as i32) / 2 + shift) as u8,
        pull: HAND_PULL,
        spacing: match way {
            VoiceLeading::Close => Spacing::Close,
            VoiceLeading::Open => Spacing::Open,
            _ => Spacing::Free,
        },
        shun: None,
    };
    // Whether the chord before kept the voices that it had.
    let mut kept = false;
    for index in from..spans.len() {
        let (done, rest) = spans.split_at_mut(index);
        let before = done.last();
        let span = &mut rest[0];
        if kept && !span.voicing.is_empty() {
            continue;
        }
        let typed = hand & 1 << index != 0;
        let shun = (!typed).then(|| span.chord.bass.up(1));
        let place = 16 + 2 * span.bar as u32 + (span.step > 0) as u32;
        let moved = dice.throw(Purpose::Voicing, place, 2 * WANDER + 1) as i32 - WANDER as i32;
        let centre = (comp.centre as i32 + moved).clamp(low as i32, high as i32) as u8;
        let rules = Rules {
            centre,
            shun,
            ..comp
        };
        let voices = before.map(|b| &b.voicing);
        let found = match way {
            VoiceLeading::Chorale => {
                let before = before.map(|b| chorale::Before {
                    voices: &b.voicing,
                    chord: b.chord,
                });
                let inverts = index > 0 && !typed;
                sung(seat, span.chord, before, inverts, rules)
            }
            VoiceLeading::DropTwo => voicing::drop_two(span.chord, rules, voices, &[]),
            _ => voicing::lead(span.chord, rules, voices, &[]),
        };
        kept = span.voicing == found;
        span.voicing = found;
    }
}

/// The top of the hand's range: where a tune is sung it stays below most of the tune, if a chord has room there.
fn below_tune(seat: &PhraseSeat, low: u8, high: u8) -> u8 {
    let melody = &seat.style.melody;
    let sung = seat.section.lanes.has(Lane::Melody) && melody.ornament != Ornament::Jazz;
    let (Some(lies), true) = (tune_lies(seat.section.kind), sung) else {
        return high;
    };
    let span = melody.range.1.saturating_sub(melody.range.0) as u16;
    let lies = melody.range.0 + (span * lies / 100) as u8;
    high.min(lies.max(low + ROOM))
}

/// Where in its range the tune of a kind of section lies, in percent; `None`: it is not sung there. Taste: above where
/// its ideas sit, so that its low tones may touch the chord. Measured: lower than this, voices move less than pianists'.
const fn tune_lies(kind: SectionKind) -> Option<u16> {
    match kind {
        SectionKind::Verse => Some(35),
        SectionKind::PreChorus => Some(48),
        SectionKind::Bridge => Some(60),
        SectionKind::Chorus => Some(72),
        _ => None,
    }
}

/// Voices the pad's chords, away from the hand's.
pub fn wash(seat: &PhraseSeat, first_in_section: u16, spans: &mut Spans, hand: u64) {
    let texture = &seat.texture_style.texture;
    let shift = shift(seat, first_in_section);
    let (under, over) = sane(texture.range, (60, 84));
    let wash = Rules {
        voices: texture.voices.clamp(1, 5),
        range: (under, over),
        rootless: texture.voices <= 3,
        centre: ((under as i32 + over as i32) / 2 + shift) as u8,
        pull: PAD_PULL,
        spacing: Spacing::Free,
        shun: None,
    };
    for index in 0..spans.len() {
        let (done, rest) = spans.split_at_mut(index);
        let before = done.last();
        let span = &mut rest[0];
        let typed = hand & 1 << index != 0;
        let shun = (!typed).then(|| span.chord.bass.up(1));
        let rules = Rules { shun, ..wash };
        span.texture = voicing::lead(span.chord, rules, before.map(|b| &b.texture), &span.voicing);
    }
}

/// How far a phrase's first chord lies above or below the middle, so that phrases differ. Taste.
fn shift(seat: &PhraseSeat, first_in_section: u16) -> i32 {
    let place = first_in_section as u32 / 8;
    kind_dice(seat).throw(Purpose::Voicing, place, 5) as i32 - 2
}

/// Four voices, or what a hand would play where a choir finds nothing.
fn sung(
    seat: &PhraseSeat,
    chord: Chord,
    before: Option<chorale::Before>,
    inverts: bool,
    rules: Rules,
) -> Voicing {
    let (key, scale) = (seat.latch.key, seat.latch.scale);
    let found = chorale::lead(chord, key, scale, before, inverts);
    if found.is_empty() {
        voicing::lead(chord, rules, None, &[])
    } else {
        found
    }
}

/// A range that a chord fits into, or the one given instead.
fn sane(range: (u8, u8), otherwise: (u8, u8)) -> (u8, u8) {
    if range.1 >= range.0.saturating_add(9) && range.1 <= 127 {
        range
    } else {
        otherwise
    }
}

#[cfg(test)]
mod tests;
