//! Fits a planned note to a chord that is held on MIDI in.
//!
//! The performer asks at each candidate's own onset. The answer depends on that one note and on the two
//! chords, never on other notes, so it is the same at any block size. It moves pitches and nothing else.
//!
//! Chords are re-voiced by mapping the planned chord's tones onto the held chord's tones around the circle
//! of pitch classes, with the least total movement: every voice stays near its planned pitch, different
//! tones stay different, and every essential tone of the held chord is reached.

use heapless::Vec;
use music::chord::Chord;
use music::lane::Lane;
use music::note::Role;
use music::pitch::{Key, Pitch, PitchClass, Scale};

/// Highest pitch at which a root is a bass note and takes the written bass of a slash chord.
/// Taste: E3, the top of a bass guitar's usual range.
const BASS_TOP: u8 = 52;

/// Tones of a chord, most wanted first.
type Tones = Vec<PitchClass, 8>;

/// The pitch of a planned note under the chord that is held.
///
/// Bass notes keep their place in the chord (a fifth stays a fifth), harmony and texture voices are
/// re-voiced near where they were, tune notes on strong places go to the nearest chord tone and others to
/// the nearest tone of scale or chord. Drums, and what the user plays, stay.
///
/// # Realtime
/// Bounded, no allocation.
pub fn fit_to_chord(
    lane: Lane,
    role: Role,
    pitch: Pitch,
    planned: Option<Chord>,
    held: &Chord,
    key: Key,
    scale: Scale,
) -> Pitch {
    match (lane, role) {
        (Lane::Drums, _)
        | (
            _,
            Role::Beat(_) | Role::Ghost(_) | Role::Fill(_) | Role::Polyrhythm(_) | Role::Played,
        ) => pitch,
        (Lane::Bass, Role::ChordTone(n) | Role::Voice(n)) => bass_tone(n, pitch, held),
        (Lane::Harmony | Lane::Texture, Role::ChordTone(_) | Role::Voice(_)) => {
            voice(pitch, planned, held)
        }
        (_, Role::ChordTone(_) | Role::Voice(_)) => nearest_of(pitch, held.tones().as_slice()),
        _ => scale_or_chord_tone(pitch, held, key, scale),
    }
}

/// The `n`-th tone of the held chord, near the planned pitch; the written bass for a low root.
fn bass_tone(n: u8, pitch: Pitch, held: &Chord) -> Pitch {
    let class = match n {
        0 if pitch.0 <= BASS_TOP => held.bass,
        // A chord without a seventh has its sixth, or else its root, in that place.
        3 if held.quality.intervals().len() < 4 => held.root,
        2 if held.quality.intervals().len() < 3 => held.tone(1),
        n => held.tone(n as usize),
    };
    pitch.nearest(class)
}

/// A voice of a planned chord, moved to its partner in the held chord.
fn voice(pitch: Pitch, planned: Option<Chord>, held: &Chord) -> Pitch {
    let Some(planned) = planned else {
        return nearest_of(pitch, held.tones().as_slice());
    };
    match partner(&planned, held, pitch.class()) {
        Some(class) => pitch.nearest(class),
        None => nearest_of(pitch, held.tones().as_slice()),
    }
}

/// The tone of `held` that takes the place of `class`, a tone of `planned`. `None` when it is none.
fn partner(planned: &Chord, held: &Chord, class: PitchClass) -> Option<PitchClass> {
    let mut from: Tones = planned.tones();
    let mut to: Tones = essential(held, from.len());
    from.sort_unstable();
    to.sort_unstable();
    let at = from.iter().position(|c| *c == class)?;
    // The least movement between two sets on a circle, in order, is one of the rotations.
    let count = from.len();
    let mut best = (u32::MAX, 0);
    for turn in 0..count {
        let cost = (0..count)
            .map(|i| circle(from[i], to[(i + turn) % count]))
            .sum();
        if cost < best.0 {
            best = (cost, turn);
        }
    }
    Some(to[(at + best.1) % count])
}

/// `count` tones of a chord: all of them with root and fifth doubled as needed, or the most telling ones.
fn essential(chord: &Chord, count: usize) -> Tones {
    // Third, seventh and root tell a chord apart; then its tensions; the fifth is the first to go.
    const ORDER: [usize; 6] = [1, 3, 0, 4, 5, 2];
    let all = chord.tones();
    let mut chosen = Tones::new();
    if all.len() >= count {
        for n in ORDER {
            if n < all.len() && chosen.len() < count {
                let _ = chosen.push(all[n]);
            }
        }
    } else {
        let _ = chosen.extend_from_slice(&all);
        for n in [0, 2, 1, 0, 2, 1] {
            if chosen.len() < count {
                let _ = chosen.push(all[n % all.len()]);
            }
        }
    }
    chosen
}

/// Semitones between two pitch classes, the short way.
fn circle(a: PitchClass, b: PitchClass) -> u32 {
    let up = a.to(b) as u32;
    up.min(12 - up)
}

/// The nearest pitch whose class is one of `classes`, the lower of two as near; `pitch` for none.
pub(crate) fn nearest_of(pitch: Pitch, classes: &[PitchClass]) -> Pitch {
    let mut best = pitch;
    let mut best_distance = u8::MAX;
    for class in classes {
        let found = pitch.nearest(*class);
        let distance = found.0.abs_diff(pitch.0);
        if distance < best_distance || (distance == best_distance && found < best) {
            (best, best_distance) = (found, distance);
        }
    }
    best
}

/// The nearest tone of the held chord or of the scale. A scale tone gives way where the held chord has an
/// altered form of it: C is not played against A major.
pub(crate) fn scale_or_chord_tone(pitch: Pitch, held: &Chord, key: Key, scale: Scale) -> Pitch {
    let has = |set: u16, class: u8| set & (1 << (class % 12)) != 0;
    let (tones, degrees) = (
        held.root.rotated(held.quality.mask()),
        key.rotated(scale.mask()),
    );
    // Tones of the chord that are none of the scale.
    let foreign = tones & !degrees;
    let altered = |class: u8| has(foreign, class + 1) || has(foreign, class + 11);
    let mut allowed: Vec<PitchClass, 12> = Vec::new();
    for class in 0..12 {
        if has(tones, class) || has(degrees, class) && !altered(class) {
            let _ = allowed.push(PitchClass(class));
        }
    }
    nearest_of(pitch, &allowed)
}

#[cfg(test)]
mod tests;
