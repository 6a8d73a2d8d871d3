//! Reads any chord in any key and scale as a roman numeral, and says in what sense it belongs there.
//!
//! The nearest sense wins: the scale's own chords, then dominants of its degrees, then the chromatic chords
//! that have names, then what a parallel scale lends. Every chord has a reading; resolving it gives the same
//! chord again, but for a bass that is no chord tone.

use super::{Function, Roman, seventh, triad};
use crate::chord::{Chord, Quality};
use crate::pitch::{Key, PitchClass, Scale};

/// In what sense a chord belongs to a key.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Sense {
    /// Of the scale's own tones; in minor also the dominants with the raised leading tone.
    Diatonic,
    /// Dominant or leading chord of a degree other than the tonic.
    Secondary,
    /// The major chord on the lowered second degree.
    Neapolitan,
    /// The German augmented sixth chord, which sounds like a seventh chord on the lowered sixth degree.
    AugmentedSixth,
    /// A dominant seventh chord a semitone above what it leads to.
    TritoneSubstitute,
    /// Of a parallel scale.
    Borrowed,
    /// Of equal intervals: it leads anywhere.
    Symmetric,
    /// None of these.
    Chromatic,
}

/// A chord as it is read in a key.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Reading {
    /// Its numeral.
    pub roman: Roman,
    /// How it belongs.
    pub sense: Sense,
    /// What it does.
    pub function: Function,
}

/// Reads a chord in a key.
///
/// # Example
/// ```
/// use music::chord::Chord;
/// use music::pitch::{PitchClass, Scale};
/// use music::roman::{Sense, read};
/// let reading = read(Chord::parse("A7").unwrap(), PitchClass(0), Scale::Major);
/// assert_eq!(reading.roman.text(Scale::Major), "V7/ii");
/// assert_eq!(reading.sense, Sense::Secondary);
/// ```
pub fn read(chord: Chord, key: Key, scale: Scale) -> Reading {
    let parent = scale.harmonic_parent();
    let (mut roman, sense) = sense(chord, key, scale);
    let tones = chord.tones();
    roman.inversion = tones.iter().position(|t| *t == chord.bass).unwrap_or(0) as u8;
    Reading {
        roman,
        sense,
        function: function(chord, key, parent, roman, sense),
    }
}

/// Whether a chord of this kind leads down a fifth.
pub const fn is_dominant_kind(quality: Quality) -> bool {
    use Quality::*;
    matches!(
        quality,
        Dominant7 | Dominant9 | Dominant13 | Dominant7Flat9 | Dominant7Sharp9 | Augmented7
    )
}

fn sense(chord: Chord, key: Key, scale: Scale) -> (Roman, Sense) {
    let parent = scale.harmonic_parent();
    let above = key.to(chord.root);
    let inside = |scale: Scale| chord.tones().iter().all(|t| scale.contains(key, *t));
    let here = on_degree(chord, above, parent);
    let written = here.unwrap_or_else(|| lowered(chord, above));
    if here.is_some() && inside(parent) || is_raised_dominant(chord, above, parent) {
        return (written, Sense::Diatonic);
    }
    if let Some(applied) = applied(chord, above, parent) {
        return (applied, Sense::Secondary);
    }
    let leads_on = is_dominant_kind(chord.quality);
    let sense = match (above, chord.quality) {
        (1, Quality::Major | Quality::Major7) => Sense::Neapolitan,
        (8, Quality::Dominant7) => Sense::AugmentedSixth,
        _ if leads_on && is_target(above as i32 - 1, parent) => Sense::TritoneSubstitute,
        _ if LENDERS.iter().any(|lender| inside(*lender)) => Sense::Borrowed,
        (_, Quality::Augmented | Quality::Diminished7 | Quality::Augmented7) => Sense::Symmetric,
        _ => Sense::Chromatic,
    };
    (written, sense)
}

/// Scales that a key borrows from.
const LENDERS: [Scale; 6] = [
    Scale::Major,
    Scale::Minor,
    Scale::Dorian,
    Scale::Mixolydian,
    Scale::HarmonicMinor,
    Scale::Phrygian,
];

/// The numeral of a chord whose root is a degree of the scale.
fn on_degree(chord: Chord, above: u8, parent: Scale) -> Option<Roman> {
    let degree = (0..7).find(|d| parent.degree(*d) == above as i32)?;
    let plain = Roman {
        degree: degree as u8,
        ..Roman::default()
    };
    Some(if chord.quality == triad(parent, degree) {
        plain
    } else if chord.quality == seventh(parent, degree) {
        Roman {
            seventh: true,
            ..plain
        }
    } else {
        Roman {
            quality: Some(chord.quality),
            ..plain
        }
    })
}

/// The numeral of a chord on any root, counted from the major scale.
fn lowered(chord: Chord, above: u8) -> Roman {
    let (degree, accidental) = match above {
        1 => (1, -1),
        3 => (2, -1),
        6 => (3, 1),
        8 => (5, -1),
        10 => (6, -1),
        natural => {
            let degree = (0..7).find(|d| Scale::Major.degree(*d) == natural as i32);
            (degree.unwrap_or(0) as u8, 0)
        }
    };
    Roman {
        degree,
        accidental,
        borrowed: true,
        quality: Some(chord.quality),
        ..Roman::default()
    }
}

/// V and vii° of minor with the raised leading tone, which minor keys use as their own.
fn is_raised_dominant(chord: Chord, above: u8, parent: Scale) -> bool {
    use Quality::*;
    let fifth = is_dominant_kind(chord.quality) || chord.quality == Major;
    let leading = matches!(chord.quality, Diminished | Diminished7);
    parent.is_minor() && (above == 7 && fifth || above == 11 && leading)
}

/// Whether so many semitones above the tonic a stable chord other than the tonic stands.
fn is_target(above: i32, parent: Scale) -> bool {
    (1..7).any(|degree| {
        let stable = matches!(triad(parent, degree), Quality::Major | Quality::Minor);
        stable && parent.degree(degree) == above.rem_euclid(12)
    }) || above == 0
}

/// The chord as dominant or leading chord of a degree other than the tonic.
fn applied(chord: Chord, above: u8, parent: Scale) -> Option<Roman> {
    use Quality::*;
    let (degree, down) = match chord.quality {
        Diminished | Diminished7 | HalfDiminished => (6, 11),
        Major => (4, 7),
        quality if is_dominant_kind(quality) => (4, 7),
        _ => return None,
    };
    let goal = (above as i32 - down).rem_euclid(12);
    let target = (1..7).find(|d| parent.degree(*d) == goal)?;
    is_target(goal, parent).then_some(Roman {
        degree,
        quality: Some(chord.quality),
        applied_to: Some(target as u8),
        ..Roman::default()
    })
}

/// What a chord does: by its degree, or where it leads.
fn function(chord: Chord, key: Key, parent: Scale, roman: Roman, sense: Sense) -> Function {
    let of_degree = |degree: u8| match degree {
        0 | 2 | 5 => Function::Tonic,
        1 | 3 => Function::Subdominant,
        _ => Function::Dominant,
    };
    match sense {
        Sense::Diatonic if parent.degree(1) == 1 && roman.degree == 1 => Function::Dominant,
        Sense::Diatonic if roman.degree == 6 && parent.degree(6) == 10 => {
            // The subtonic leads home where no leading tone does.
            Function::Dominant
        }
        Sense::Diatonic => of_degree(roman.degree),
        Sense::Secondary | Sense::TritoneSubstitute | Sense::Symmetric => Function::Dominant,
        Sense::Neapolitan | Sense::AugmentedSixth => Function::Subdominant,
        Sense::Borrowed | Sense::Chromatic => {
            // Who has the leading tone leads, who has the fourth or the lowered sixth sets out.
            let has = |above: i32| chord.has(PitchClass(key.0).up(above));
            if has(11) && !has(0) {
                Function::Dominant
            } else if has(5) || has(8) && !has(7) {
                Function::Subdominant
            } else {
                Function::Tonic
            }
        }
    }
}
