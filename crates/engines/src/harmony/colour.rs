//! Colour: triads become seventh chords, seventh chords get ninths and more, as often as the style says.
//!
//! Chance hashes the chord's place in its progression: each round of it sounds the same.

use music::chord::{Chord, Quality};
use music::pitch::{Key, PitchClass, Scale};
use music::roman::{Roman, seventh, triad};

use super::progression::Cell;
use crate::dice::{Dice, Purpose};

/// How often, in percent.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Colour {
    /// Triads that become seventh chords.
    pub sevenths: u8,
    /// Seventh chords that get more.
    pub extensions: u8,
}

/// Under this chance of sevenths home is a plain triad: its major seventh would be the only sweet chord of a plain
/// style. Taste.
const SWEET: u8 = 40;
/// From this chance of extensions on dominants may be altered. Taste.
const BOLD: u8 = 50;
/// No colour but what is written.
pub const PLAIN: Colour = Colour {
    sevenths: 0,
    extensions: 0,
};
/// From this chance on sevenths are a style's own sound, and neighbours may share what they like. Taste.
pub const RICH: u8 = 80;

/// Whether two chords on different roots share three tones, so that the change is hardly heard.
pub fn close(a: Chord, b: Chord) -> bool {
    let shared = b.tones().iter().take(4).filter(|t| a.has_core(**t)).count();
    a.root != b.root && shared >= 3
}

/// Two neighbours, each with its bare chord, kept apart: where colour alone makes them share three tones, so
/// that a change of harmony is hardly heard, one of them stays bare.
pub fn apart(first: (Chord, Chord), second: (Chord, Chord)) -> (Chord, Chord) {
    let choices = [
        (first.0, second.0),
        (first.0, second.1),
        (first.1, second.0),
        (first.1, second.1),
    ];
    let found = choices.into_iter().find(|(a, b)| !close(*a, *b));
    found.unwrap_or((first.0, second.0))
}

/// The chord of a cell in a key.
pub fn sounding(cell: &Cell, key: Key, scale: Scale, colour: Colour, dice: Dice) -> Chord {
    let roman = stable(cell.roman, scale);
    let plain = roman.resolve(key, scale);
    let place = cell.chord as u32 * 8 + (cell.roman != roman) as u32;
    let mut quality = plain.quality;
    let at_home = roman == Roman::default() && quality == Quality::Major;
    let plain_home = at_home && colour.sevenths < SWEET;
    if !plain_home && dice.chance(Purpose::Colour, place, colour.sevenths as u32) {
        quality = with_seventh(roman, quality, scale);
    }
    if dice.chance(Purpose::Colour, place + 1, colour.extensions as u32) {
        let wide = dice.chance(Purpose::Colour, place + 2, 30);
        let bold = colour.extensions >= BOLD;
        quality = extended(quality, plain.root, key, scale, wide, bold);
    }
    let chord = Chord::new(plain.root, quality);
    Chord {
        bass: chord.tone(roman.inversion as usize),
        ..chord
    }
}

/// In modes, a degree whose triad is diminished or augmented gives way to the one a third below or above,
/// which shares two of its tones: a progression written for major does not stumble in Lydian.
fn stable(roman: Roman, scale: Scale) -> Roman {
    let parent = scale.harmonic_parent();
    let is_stable = |degree: u8| {
        matches!(
            triad(parent, degree as i32),
            Quality::Major | Quality::Minor
        )
    };
    let as_written = matches!(parent, Scale::Major | Scale::Minor)
        || roman.borrowed
        || roman.applied_to.is_some()
        || roman.quality.is_some()
        || roman.degree == 0
        || is_stable(roman.degree);
    if as_written {
        return roman;
    }
    let below = (roman.degree + 5) % 7;
    let above = (roman.degree + 2) % 7;
    let degree = if below != 0 && is_stable(below) {
        below
    } else {
        above
    };
    Roman {
        degree,
        inversion: 0,
        ..roman
    }
}

/// The seventh chord over a triad: the scale's own where the triad is the scale's.
fn with_seventh(roman: Roman, quality: Quality, scale: Scale) -> Quality {
    let parent = scale.harmonic_parent();
    let degree = roman.degree as i32;
    let diatonic =
        roman.applied_to.is_none() && !roman.borrowed && triad(parent, degree) == quality;
    if diatonic {
        return seventh(parent, degree);
    }
    // Degrees lowered against major (bII, bIII, bVI) are major seventh chords in their own keys.
    let settled = roman.borrowed && roman.degree != 6;
    match quality {
        Quality::Major if settled => Quality::Major7,
        Quality::Major => Quality::Dominant7,
        Quality::Minor => Quality::Minor7,
        Quality::Diminished => Quality::HalfDiminished,
        other => other,
    }
}

/// A seventh chord with a ninth or more that belongs to the scale.
fn extended(
    quality: Quality,
    root: PitchClass,
    key: Key,
    scale: Scale,
    wide: bool,
    bold: bool,
) -> Quality {
    let parent = scale.harmonic_parent();
    let has = |interval| parent.contains(key, root.up(interval));
    match quality {
        Quality::Major7 if wide && has(6) => Quality::Major7Sharp11,
        Quality::Major7 if has(2) => Quality::Major9,
        Quality::Minor7 if wide && has(2) && has(5) => Quality::Minor11,
        Quality::Minor7 if has(2) => Quality::Minor9,
        Quality::Dominant7 if wide && has(2) && has(9) => Quality::Dominant13,
        Quality::Dominant7 if has(2) => Quality::Dominant9,
        Quality::Dominant7 if bold && wide && has(3) => Quality::Dominant7Sharp9,
        Quality::Dominant7 if bold && has(1) => Quality::Dominant7Flat9,
        other => other,
    }
}

#[cfg(test)]
mod tests;
