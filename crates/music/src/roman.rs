//! Chords as scale degrees: what progressions in style files are made of, and how any chord is read in a key.

mod read;
mod text;

use serde::{Deserialize, Serialize};

use crate::chord::{Chord, Quality};
use crate::pitch::{Key, Scale};

pub use read::{Reading, Sense, is_dominant_kind, read};
pub use text::NumeralText;

/// What a chord does in a key.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Function {
    /// Home.
    Tonic,
    /// Away from home.
    Subdominant,
    /// Back towards home.
    Dominant,
}

/// A chord on a degree of the scale: `ii7`, `bVI`, `V7/vi` (the target is `applied_to`).
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Roman {
    /// Degree, 0 = I … 6 = VII, on the harmonic parent of the song's scale.
    pub degree: u8,
    /// Semitones that the degree is raised (+1) or lowered (−1) **against the major scale's degree**
    /// when `borrowed` is set; otherwise 0.
    pub accidental: i8,
    /// Written with `b` or `#`: taken from outside the scale, counted from the major scale.
    pub borrowed: bool,
    /// Explicit quality; `None` takes what the scale gives: a triad, or a seventh chord if `seventh`.
    pub quality: Option<Quality>,
    /// Without an explicit quality: the scale's seventh chord, so that `ii7` follows the mode.
    #[serde(default)]
    pub seventh: bool,
    /// Degree (0–6) that this chord is a secondary dominant or leading chord of.
    pub applied_to: Option<u8>,
    /// Chord tone in the bass: 0 root, 1 third, 2 fifth.
    pub inversion: u8,
}

impl Roman {
    /// The chord in a key. Scale triads come from stacking thirds on the scale's harmonic parent.
    pub fn resolve(self, tonic: Key, scale: Scale) -> Chord {
        let parent = scale.harmonic_parent();
        let degree = self.degree as i32;
        let stack = if self.seventh { seventh } else { triad };
        let (root, diatonic) = if let Some(target) = self.applied_to {
            let target_root = tonic.up(parent.degree(target as i32));
            (
                target_root.up(Scale::Major.degree(degree)),
                stack(Scale::Major, degree),
            )
        } else if self.borrowed {
            (
                tonic.up(Scale::Major.degree(degree) + self.accidental as i32),
                Quality::Major,
            )
        } else {
            (tonic.up(parent.degree(degree)), stack(parent, degree))
        };
        let quality = self.quality.unwrap_or(diatonic);
        let chord = Chord::new(root, quality);
        Chord {
            bass: chord.tone(self.inversion as usize),
            ..chord
        }
    }
}

/// The triad on a degree of a seven-note scale.
pub fn triad(scale: Scale, degree: i32) -> Quality {
    let root = scale.degree(degree);
    match (
        scale.degree(degree + 2) - root,
        scale.degree(degree + 4) - root,
    ) {
        (4, 8) => Quality::Augmented,
        (4, _) => Quality::Major,
        (3, 6) => Quality::Diminished,
        (3, _) => Quality::Minor,
        (2, _) => Quality::Sus2,
        _ => Quality::Sus4,
    }
}

/// The seventh chord on a degree of a seven-note scale.
pub fn seventh(scale: Scale, degree: i32) -> Quality {
    let root = scale.degree(degree);
    match (triad(scale, degree), scale.degree(degree + 6) - root) {
        (Quality::Major, 11) => Quality::Major7,
        (Quality::Major, _) => Quality::Dominant7,
        (Quality::Minor, 11) => Quality::MinorMajor7,
        (Quality::Minor, _) => Quality::Minor7,
        (Quality::Diminished, 9) => Quality::Diminished7,
        (Quality::Diminished, _) => Quality::HalfDiminished,
        (Quality::Augmented, _) => Quality::Augmented7,
        (other, _) => other,
    }
}

#[cfg(test)]
mod tests;
