//! Chords: symbols, tones, and recognising what is held on a keyboard.

use core::fmt::Write;

use heapless::{String, Vec};
use serde::{Deserialize, Serialize};

use crate::pitch::{Pitch, PitchClass};

/// The kind of a chord. Order is not stored anywhere; symbols are.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub enum Quality {
    /// 1 3 5
    #[default]
    Major,
    /// 1 b3 5
    Minor,
    /// 1 b3 b5
    Diminished,
    /// 1 3 #5
    Augmented,
    /// 1 2 5
    Sus2,
    /// 1 4 5
    Sus4,
    /// 1 5
    Power,
    /// 1 3 5 6
    Sixth,
    /// 1 b3 5 6
    MinorSixth,
    /// 1 3 5 7
    Major7,
    /// 1 b3 5 b7
    Minor7,
    /// 1 3 5 b7
    Dominant7,
    /// 1 b3 b5 b7
    HalfDiminished,
    /// 1 b3 b5 bb7
    Diminished7,
    /// 1 b3 5 7
    MinorMajor7,
    /// 1 4 5 b7
    Dominant7Sus4,
    /// 1 3 5 7 9
    Major9,
    /// 1 b3 5 b7 9
    Minor9,
    /// 1 3 5 b7 9
    Dominant9,
    /// 1 3 5 9
    Add9,
    /// 1 b3 5 9
    MinorAdd9,
    /// 1 b3 5 b7 9 11
    Minor11,
    /// 1 3 5 b7 9 13
    Dominant13,
    /// 1 3 5 b7 b9
    Dominant7Flat9,
    /// 1 3 5 b7 #9
    Dominant7Sharp9,
    /// 1 3 #5 b7
    Augmented7,
    /// 1 3 5 7 #11
    Major7Sharp11,
}

impl Quality {
    /// Every quality, simplest first: recognition prefers the earlier of two that fit.
    pub const ALL: [Quality; 27] = [
        Quality::Major,
        Quality::Minor,
        Quality::Diminished,
        Quality::Augmented,
        Quality::Sus4,
        Quality::Sus2,
        Quality::Power,
        Quality::Dominant7,
        Quality::Minor7,
        Quality::Major7,
        Quality::HalfDiminished,
        Quality::Diminished7,
        Quality::MinorMajor7,
        Quality::Sixth,
        Quality::MinorSixth,
        Quality::Dominant7Sus4,
        Quality::Add9,
        Quality::MinorAdd9,
        Quality::Dominant9,
        Quality::Minor9,
        Quality::Major9,
        Quality::Minor11,
        Quality::Dominant13,
        Quality::Dominant7Flat9,
        Quality::Dominant7Sharp9,
        Quality::Augmented7,
        Quality::Major7Sharp11,
    ];
    /// Semitones above the root, in the order a player thinks of them (1 3 5 7 9 …).
    pub const fn intervals(self) -> &'static [u8] {
        match self {
            Quality::Major => &[0, 4, 7],
            Quality::Minor => &[0, 3, 7],
            Quality::Diminished => &[0, 3, 6],
            Quality::Augmented => &[0, 4, 8],
            Quality::Sus2 => &[0, 2, 7],
            Quality::Sus4 => &[0, 5, 7],
            Quality::Power => &[0, 7],
            Quality::Sixth => &[0, 4, 7, 9],
            Quality::MinorSixth => &[0, 3, 7, 9],
            Quality::Major7 => &[0, 4, 7, 11],
            Quality::Minor7 => &[0, 3, 7, 10],
            Quality::Dominant7 => &[0, 4, 7, 10],
            Quality::HalfDiminished => &[0, 3, 6, 10],
            Quality::Diminished7 => &[0, 3, 6, 9],
            Quality::MinorMajor7 => &[0, 3, 7, 11],
            Quality::Dominant7Sus4 => &[0, 5, 7, 10],
            Quality::Major9 => &[0, 4, 7, 11, 2],
            Quality::Minor9 => &[0, 3, 7, 10, 2],
            Quality::Dominant9 => &[0, 4, 7, 10, 2],
            Quality::Add9 => &[0, 4, 7, 2],
            Quality::MinorAdd9 => &[0, 3, 7, 2],
            Quality::Minor11 => &[0, 3, 7, 10, 2, 5],
            Quality::Dominant13 => &[0, 4, 7, 10, 2, 9],
            Quality::Dominant7Flat9 => &[0, 4, 7, 10, 1],
            Quality::Dominant7Sharp9 => &[0, 4, 7, 10, 3],
            Quality::Augmented7 => &[0, 4, 8, 10],
            Quality::Major7Sharp11 => &[0, 4, 7, 11, 6],
        }
    }
    /// What follows the root in a symbol.
    pub const fn suffix(self) -> &'static str {
        match self {
            Quality::Major => "",
            Quality::Minor => "m",
            Quality::Diminished => "dim",
            Quality::Augmented => "aug",
            Quality::Sus2 => "sus2",
            Quality::Sus4 => "sus4",
            Quality::Power => "5",
            Quality::Sixth => "6",
            Quality::MinorSixth => "m6",
            Quality::Major7 => "maj7",
            Quality::Minor7 => "m7",
            Quality::Dominant7 => "7",
            Quality::HalfDiminished => "m7b5",
            Quality::Diminished7 => "dim7",
            Quality::MinorMajor7 => "mmaj7",
            Quality::Dominant7Sus4 => "7sus4",
            Quality::Major9 => "maj9",
            Quality::Minor9 => "m9",
            Quality::Dominant9 => "9",
            Quality::Add9 => "add9",
            Quality::MinorAdd9 => "madd9",
            Quality::Minor11 => "m11",
            Quality::Dominant13 => "13",
            Quality::Dominant7Flat9 => "7b9",
            Quality::Dominant7Sharp9 => "7#9",
            Quality::Augmented7 => "aug7",
            Quality::Major7Sharp11 => "maj7#11",
        }
    }
    /// Bit set of the intervals.
    pub const fn mask(self) -> u16 {
        MASKS[self as usize]
    }
}

const MASKS: [u16; Quality::ALL.len()] = {
    let mut masks = [0; Quality::ALL.len()];
    let mut place = 0;
    while place < masks.len() {
        let quality = Quality::ALL[place];
        masks[quality as usize] = crate::pitch::bits(quality.intervals());
        place += 1;
    }
    masks
};

/// A chord symbol as text.
pub type ChordText = String<16>;

/// A chord: root, quality, and the bass note if it is not the root.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct Chord {
    /// Root.
    pub root: PitchClass,
    /// Kind.
    pub quality: Quality,
    /// Lowest note (equals the root unless it is a slash chord).
    pub bass: PitchClass,
}

impl Chord {
    /// A chord in root position.
    pub const fn new(root: PitchClass, quality: Quality) -> Chord {
        Chord {
            root,
            quality,
            bass: root,
        }
    }
    /// Pitch classes in the order 1 3 5 7 9 ….
    pub fn tones(self) -> Vec<PitchClass, 8> {
        self.quality
            .intervals()
            .iter()
            .map(|i| self.root.up(*i as i32))
            .collect()
    }
    /// The `n`-th chord tone (0 root, 1 third, 2 fifth, 3 seventh …), wrapping.
    pub fn tone(self, n: usize) -> PitchClass {
        let intervals = self.quality.intervals();
        self.root.up(intervals[n % intervals.len()] as i32)
    }
    /// Whether `class` is one of its tones (tensions included).
    pub const fn has(self, class: PitchClass) -> bool {
        self.quality.mask() & (1 << self.root.to(class)) != 0
    }
    /// Whether `class` is root, third, fifth, sixth or seventh: a chord tone, not a tension.
    pub fn has_core(self, class: PitchClass) -> bool {
        let interval = self.root.to(class);
        let intervals = self.quality.intervals();
        let core = if matches!(self.quality, Quality::Add9 | Quality::MinorAdd9) {
            3
        } else {
            4
        };
        intervals.iter().take(core).any(|i| *i == interval)
    }
    /// `C/E`, `F#m7b5`; flats where `flats` is set.
    pub fn symbol(self, flats: bool) -> ChordText {
        let names = if flats {
            PitchClass::FLATS
        } else {
            PitchClass::SHARPS
        };
        let mut text = ChordText::new();
        let _ = write!(
            text,
            "{}{}",
            names[self.root.0 as usize % 12],
            self.quality.suffix()
        );
        if self.bass != self.root {
            let _ = write!(text, "/{}", names[self.bass.0 as usize % 12]);
        }
        text
    }
    /// Reads a symbol as [`Chord::symbol`] writes it; also `min`, `-`, `maj`, `M7`, `ø`, `°`, `+`, `sus`.
    ///
    /// # Errors
    /// `None` when root, quality or bass is not understood.
    pub fn parse(text: &str) -> Option<Chord> {
        let (root, rest) = PitchClass::parse(text.trim())?;
        let (kind, bass) = match rest.rsplit_once('/') {
            Some((kind, bass)) => {
                let (bass, tail) = PitchClass::parse(bass)?;
                if !tail.is_empty() {
                    return None;
                }
                (kind, bass)
            }
            None => (rest, root),
        };
        let quality = match kind {
            "maj" | "M" => Quality::Major,
            "min" | "-" => Quality::Minor,
            "°" | "o" => Quality::Diminished,
            "+" => Quality::Augmented,
            "sus" => Quality::Sus4,
            "M7" | "Maj7" | "Δ" | "Δ7" => Quality::Major7,
            "min7" | "-7" => Quality::Minor7,
            "ø" | "ø7" => Quality::HalfDiminished,
            "°7" | "o7" => Quality::Diminished7,
            "mM7" => Quality::MinorMajor7,
            "+7" | "7#5" => Quality::Augmented7,
            "M9" => Quality::Major9,
            kind => *Quality::ALL.iter().find(|q| q.suffix() == kind)?,
        };
        Some(Chord {
            root,
            quality,
            bass,
        })
    }
    /// Names the chord in a set of held pitches: the exact quality over some root, the lowest pitch as
    /// root where it can be; otherwise the quality that shares most tones. `None` under two pitch classes.
    pub fn recognise(held: &[Pitch]) -> Option<Chord> {
        let lowest = held.iter().min()?.class();
        let mask = held.iter().fold(0u16, |m, p| m | 1 << p.class().0);
        if mask.count_ones() < 2 {
            return None;
        }
        let mut best: Option<(i32, Chord)> = None;
        for (rank, quality) in Quality::ALL.iter().enumerate() {
            for r in 0..12u8 {
                let root = PitchClass(r);
                if mask & 1 << r == 0 {
                    continue;
                }
                let tones = quality
                    .intervals()
                    .iter()
                    .fold(0u16, |m, i| m | 1 << root.up(*i as i32).0);
                let missing = (tones & !mask).count_ones() as i32;
                let extra = (mask & !tones).count_ones() as i32;
                let cost =
                    100 * extra + 60 * missing + if root == lowest { 0 } else { 15 } + rank as i32;
                if best.is_none_or(|(c, _)| cost < c) {
                    let bass = if tones & 1 << lowest.0 != 0 {
                        lowest
                    } else {
                        root
                    };
                    best = Some((
                        cost,
                        Chord {
                            root,
                            quality: *quality,
                            bass,
                        },
                    ));
                }
            }
        }
        best.map(|(_, chord)| chord)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn symbols_survive_a_round_trip() {
        for q in Quality::ALL {
            for root in 0..12 {
                for bass in [0, 4, 7] {
                    let c = Chord {
                        root: PitchClass(root),
                        quality: q,
                        bass: PitchClass(root).up(bass),
                    };
                    assert_eq!(
                        Chord::parse(&c.symbol(root % 2 == 0)),
                        Some(c),
                        "{}",
                        c.symbol(true)
                    );
                }
            }
        }
        assert_eq!(Chord::parse("H7"), None);
        assert_eq!(Chord::parse("Cxyz"), None);
    }

    #[test]
    fn held_notes_are_named() {
        let named = |p: &[u8]| {
            let held: Vec<Pitch, 12> = p.iter().map(|p| Pitch(*p)).collect();
            Chord::recognise(&held).map(|c| c.symbol(false))
        };
        assert_eq!(named(&[60, 64, 67]).unwrap(), "C");
        assert_eq!(named(&[57, 60, 64, 67]).unwrap(), "Am7");
        assert_eq!(named(&[64, 67, 72]).unwrap(), "C/E");
        assert_eq!(named(&[54, 57, 60, 64]).unwrap(), "F#m7b5");
        assert_eq!(named(&[60, 67]).unwrap(), "C5");
        assert_eq!(named(&[60]), None);
    }
}
