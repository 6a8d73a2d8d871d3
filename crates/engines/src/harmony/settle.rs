//! Settles what the chords' voices do to the tune, once both stand: where a voice lies a minor ninth from a
//! tone that the tune has on a strong place, the voice moves, since it matters less.
//!
//! It goes to the nearest tone of its chord that rubs against nothing; where there is none it joins a
//! neighbour or falls silent, but the last two voices of a lane stay. Chords and tune are not touched, and
//! a voice that rubs against nothing never moves.

use heapless::Vec;
use music::chord::Chord;
use music::pitch::Pitch;
use music::plan::{ChordSpan, Phrase, Voicing};
use music::time::TICKS_PER_STEP;

use crate::placement::{BarGrid, TimeScale};

/// Furthest that a voice moves out of the way, in semitones. Taste: an octave would be another voice.
const FURTHEST: i32 = 9;
/// From this density on a tone of the tune is ornament: who plays that much is not asked. Taste: above what
/// songs start with.
const ORNAMENT: u8 = 75;
/// Strength from which on a place is strong.
const STRONG: u8 = 3;

/// Tones of the tune that sound on strong places under one chord.
type Heard = Vec<Pitch, 24>;

/// Moves voices of both lanes out of the tune's way.
pub fn settle(phrase: &mut Phrase) {
    let mut grid = BarGrid::default();
    grid.lay(phrase.meter, TimeScale::Plain, 0);
    let mut strong: Vec<i64, 16> = Vec::new();
    for slot in grid.slots.iter().filter(|s| s.strength >= STRONG) {
        let _ = strong.push(slot.tick);
    }
    for index in 0..phrase.chords.len() {
        let heard = heard(phrase, index, &strong);
        if heard.is_empty() {
            continue;
        }
        let span = &mut phrase.chords[index];
        let ChordSpan {
            chord,
            voicing,
            texture,
            ..
        } = span;
        clear(*chord, voicing, &heard, &[]);
        clear(*chord, texture, &heard, voicing);
    }
}

/// The tones of the tune on strong places, from a chord's start to the next one's.
fn heard(phrase: &Phrase, index: usize, strong: &[i64]) -> Heard {
    let bar_ticks = phrase.meter.bar_ticks();
    let place = |span: &ChordSpan| span.bar as i64 * bar_ticks + span.step as i64 * TICKS_PER_STEP;
    let from = place(&phrase.chords[index]);
    let end = phrase.bars as i64 * bar_ticks;
    let to = phrase.chords.get(index + 1).map_or(end, place);
    let mut out = Heard::new();
    for note in &phrase.tune {
        let start = note.bar as i64 * bar_ticks + note.tick as i64;
        let stop = start + note.duration as i64;
        if stop <= from || start >= to || note.gate.density > ORNAMENT {
            continue;
        }
        let bars = start.max(from) / bar_ticks..=stop.min(to) / bar_ticks;
        let sounds = bars
            .flat_map(|bar| strong.iter().map(move |tick| bar * bar_ticks + tick))
            .any(|at| at >= start.max(from) && at < stop.min(to));
        if sounds && !out.contains(&note.pitch) {
            let _ = out.push(note.pitch);
        }
    }
    out
}

/// Whether two pitches lie a semitone or a minor ninth apart.
pub fn rubs(a: Pitch, b: Pitch) -> bool {
    a.0.abs_diff(b.0) % 12 == 1
}

/// Moves the voices that rub against `heard`; `others` are another lane's, which come before.
fn clear(chord: Chord, voices: &mut Voicing, heard: &[Pitch], others: &[Pitch]) {
    let mut index = 0;
    while index < voices.len() {
        let voice = voices[index];
        if !heard.iter().any(|h| rubs(*h, voice)) {
            index += 1;
            continue;
        }
        if let Some(free) = free(chord, voices, index, heard, others) {
            voices[index] = free;
            index += 1;
        } else if voices.len() > 2 {
            voices.remove(index);
        } else {
            index += 1;
        }
    }
}

/// The nearest tone of the chord between the neighbouring voices that rubs against nothing.
fn free(
    chord: Chord,
    voices: &Voicing,
    index: usize,
    heard: &[Pitch],
    others: &[Pitch],
) -> Option<Pitch> {
    let voice = voices[index].0 as i32;
    // The outer voices only move inwards: the chord stays in its range.
    let below = index
        .checked_sub(1)
        .map_or(voice - 2, |i| voices[i].0 as i32);
    let above = voices.get(index + 1).map_or(voice + 2, |v| v.0 as i32);
    let mut best = None;
    for by in (1..=FURTHEST).flat_map(|d| [-d, d]) {
        let pitch = voice + by;
        if pitch <= below + 1 || pitch >= above - 1 {
            continue;
        }
        let to = Pitch(pitch.clamp(0, 127) as u8);
        let quiet = !heard.iter().chain(others).any(|h| rubs(*h, to))
            && voices
                .iter()
                .enumerate()
                .all(|(i, v)| i == index || !rubs(*v, to));
        if quiet && chord.has(to.class()) && chord.bass.to(to.class()) != 1 {
            best = Some(to);
            break;
        }
    }
    best
}

#[cfg(test)]
mod tests;
