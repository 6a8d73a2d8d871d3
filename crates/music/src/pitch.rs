//! Pitches, keys and scales.

use serde::{Deserialize, Serialize};

/// A MIDI pitch, 0–127, C4 = 60.
#[derive(
    Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize,
)]
pub struct Pitch(pub u8);

impl Pitch {
    /// Pitch class, 0 = C.
    pub const fn class(self) -> PitchClass {
        PitchClass(self.0 % 12)
    }
    /// The pitch of `class` nearest to `self` (the lower one of two as near).
    ///
    /// # Example
    /// ```
    /// use music::pitch::{Pitch, PitchClass};
    /// assert_eq!(Pitch(60).nearest(PitchClass(11)), Pitch(59));
    /// ```
    pub fn nearest(self, class: PitchClass) -> Pitch {
        let up = (class.0 as i16 - self.0 as i16).rem_euclid(12);
        let moved = if up < 6 {
            self.0 as i16 + up
        } else {
            self.0 as i16 + up - 12
        };
        let fitted = if moved < 0 {
            moved + 12
        } else if moved > 127 {
            moved - 12
        } else {
            moved
        };
        Pitch(fitted as u8)
    }
    /// Moved by whole octaves until it lies in `low..=high`, if an octave of it does.
    pub fn folded(self, low: u8, high: u8) -> Pitch {
        let mut p = self.0 as i16;
        while p < low as i16 {
            p += 12;
        }
        while p > high as i16 && p - 12 >= 0 {
            p -= 12;
        }
        Pitch(p.clamp(0, 127) as u8)
    }
}

/// A pitch class, 0 = C … 11 = B.
#[derive(
    Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize,
)]
pub struct PitchClass(pub u8);

impl PitchClass {
    /// Names with sharps.
    pub const SHARPS: [&'static str; 12] = [
        "C", "C#", "D", "D#", "E", "F", "F#", "G", "G#", "A", "A#", "B",
    ];
    /// Names with flats.
    pub const FLATS: [&'static str; 12] = [
        "C", "Db", "D", "Eb", "E", "F", "Gb", "G", "Ab", "A", "Bb", "B",
    ];

    /// Moved up by `semitones`.
    pub const fn up(self, semitones: i32) -> PitchClass {
        PitchClass((self.0 as i32 + semitones).rem_euclid(12) as u8)
    }
    /// A set of semitones above this class as a set of pitch classes, both as bits.
    pub const fn rotated(self, semitones: u16) -> u16 {
        let by = self.0 as u16 % 12;
        (semitones << by | semitones >> (12 - by)) & 0xfff
    }
    /// Semitones up from `self` to `other`, 0–11.
    pub const fn to(self, other: PitchClass) -> u8 {
        (other.0 as i32 - self.0 as i32).rem_euclid(12) as u8
    }
    /// Reads `C`, `F#`, `Bb` (case of the letter does not matter) and gives what follows.
    pub fn parse(text: &str) -> Option<(PitchClass, &str)> {
        let mut chars = text.chars();
        let natural = match chars.next()?.to_ascii_uppercase() {
            'C' => 0,
            'D' => 2,
            'E' => 4,
            'F' => 5,
            'G' => 7,
            'A' => 9,
            'B' => 11,
            _ => return None,
        };
        let rest = chars.as_str();
        if let Some(rest) = rest.strip_prefix(['#', '♯']) {
            return Some((PitchClass(natural).up(1), rest));
        }
        if let Some(rest) = rest.strip_prefix(['b', '♭']) {
            return Some((PitchClass(natural).up(-1), rest));
        }
        Some((PitchClass(natural), rest))
    }
}

/// The tonic.
pub type Key = PitchClass;

/// A scale. The order is frozen: the host's parameter stores the place in [`Scale::ALL`].
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Scale {
    /// Ionian.
    #[default]
    Major,
    /// Natural minor, Aeolian.
    Minor,
    /// Minor with a raised sixth.
    Dorian,
    /// Minor with a lowered second.
    Phrygian,
    /// Major with a raised fourth.
    Lydian,
    /// Major with a lowered seventh.
    Mixolydian,
    /// Minor with lowered second and fifth.
    Locrian,
    /// Minor with a raised seventh.
    HarmonicMinor,
    /// Minor with raised sixth and seventh.
    MelodicMinor,
    /// 1 2 3 5 6.
    MajorPentatonic,
    /// 1 b3 4 5 b7.
    MinorPentatonic,
    /// Minor pentatonic with the flat fifth.
    Blues,
    /// Major with a lowered sixth.
    HarmonicMajor,
    /// Fifth mode of harmonic minor.
    PhrygianDominant,
    /// Six whole tones.
    WholeTone,
    /// Half-whole octatonic.
    Diminished,
}

impl Scale {
    /// Every scale, in the frozen order.
    pub const ALL: [Scale; 16] = [
        Scale::Major,
        Scale::Minor,
        Scale::Dorian,
        Scale::Phrygian,
        Scale::Lydian,
        Scale::Mixolydian,
        Scale::Locrian,
        Scale::HarmonicMinor,
        Scale::MelodicMinor,
        Scale::MajorPentatonic,
        Scale::MinorPentatonic,
        Scale::Blues,
        Scale::HarmonicMajor,
        Scale::PhrygianDominant,
        Scale::WholeTone,
        Scale::Diminished,
    ];

    /// Name on screen.
    pub const fn name(self) -> &'static str {
        [
            "Major",
            "Minor",
            "Dorian",
            "Phrygian",
            "Lydian",
            "Mixolydian",
            "Locrian",
            "Harmonic minor",
            "Melodic minor",
            "Major pentatonic",
            "Minor pentatonic",
            "Blues",
            "Harmonic major",
            "Phrygian dominant",
            "Whole tone",
            "Diminished",
        ][self as usize]
    }
    /// Semitones above the tonic, ascending.
    pub const fn steps(self) -> &'static [u8] {
        match self {
            Scale::Major => &[0, 2, 4, 5, 7, 9, 11],
            Scale::Minor => &[0, 2, 3, 5, 7, 8, 10],
            Scale::Dorian => &[0, 2, 3, 5, 7, 9, 10],
            Scale::Phrygian => &[0, 1, 3, 5, 7, 8, 10],
            Scale::Lydian => &[0, 2, 4, 6, 7, 9, 11],
            Scale::Mixolydian => &[0, 2, 4, 5, 7, 9, 10],
            Scale::Locrian => &[0, 1, 3, 5, 6, 8, 10],
            Scale::HarmonicMinor => &[0, 2, 3, 5, 7, 8, 11],
            Scale::MelodicMinor => &[0, 2, 3, 5, 7, 9, 11],
            Scale::MajorPentatonic => &[0, 2, 4, 7, 9],
            Scale::MinorPentatonic => &[0, 3, 5, 7, 10],
            Scale::Blues => &[0, 3, 5, 6, 7, 10],
            Scale::HarmonicMajor => &[0, 2, 4, 5, 7, 8, 11],
            Scale::PhrygianDominant => &[0, 1, 4, 5, 7, 8, 10],
            Scale::WholeTone => &[0, 2, 4, 6, 8, 10],
            Scale::Diminished => &[0, 1, 3, 4, 6, 7, 9, 10],
        }
    }
    /// The seven-note scale that chords are built on: pentatonic and blues scales borrow their parent's,
    /// symmetric scales the nearest mode's.
    pub const fn harmonic_parent(self) -> Scale {
        match self {
            Scale::MajorPentatonic => Scale::Major,
            Scale::MinorPentatonic | Scale::Blues => Scale::Minor,
            Scale::WholeTone => Scale::Mixolydian,
            Scale::Diminished => Scale::HarmonicMinor,
            other => other,
        }
    }
    /// Whether the tonic chord is minor (or diminished).
    pub fn is_minor(self) -> bool {
        !self.steps().contains(&4)
    }
    /// Bit set of pitch classes above the tonic.
    pub const fn mask(self) -> u16 {
        MASKS[self as usize]
    }
    /// Whether `class` belongs to the scale on `tonic`.
    pub const fn contains(self, tonic: Key, class: PitchClass) -> bool {
        self.mask() & (1 << tonic.to(class)) != 0
    }
    /// Semitones above the tonic of `degree` (0 = tonic); degrees outside one octave carry on.
    ///
    /// # Example
    /// ```
    /// use music::pitch::Scale;
    /// assert_eq!(Scale::Major.degree(7), 12);
    /// assert_eq!(Scale::Major.degree(-1), -1);
    /// ```
    pub fn degree(self, degree: i32) -> i32 {
        let steps = self.steps();
        let n = steps.len() as i32;
        steps[degree.rem_euclid(n) as usize] as i32 + 12 * degree.div_euclid(n)
    }
}

const MASKS: [u16; Scale::ALL.len()] = {
    let mut masks = [0; Scale::ALL.len()];
    let mut place = 0;
    while place < masks.len() {
        masks[Scale::ALL[place] as usize] = bits(Scale::ALL[place].steps());
        place += 1;
    }
    masks
};

/// Semitones above a root as a set of bits.
pub(crate) const fn bits(semitones: &[u8]) -> u16 {
    let (mut mask, mut place) = (0, 0);
    while place < semitones.len() {
        mask |= 1 << semitones[place];
        place += 1;
    }
    mask
}
