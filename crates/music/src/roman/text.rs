//! Numerals as text, as style files write them.

use core::fmt::Write;

use heapless::String;

use super::{Roman, seventh, triad};
use crate::chord::Quality;
use crate::pitch::Scale;

/// A numeral as text: `bVII`, `V7/vi`, `ii7/3`.
pub type NumeralText = String<24>;

const NUMERALS: [&str; 7] = ["i", "ii", "iii", "iv", "v", "vi", "vii"];

/// Whether the numeral is written small, and what follows it.
const fn written(quality: Quality) -> (bool, &'static str) {
    use Quality::*;
    match quality {
        Major => (false, ""),
        Minor => (true, ""),
        Diminished => (true, "o"),
        Augmented => (false, "+"),
        Minor7 => (true, "7"),
        MinorMajor7 => (true, "maj7"),
        HalfDiminished => (true, "ø7"),
        Diminished7 => (true, "o7"),
        MinorSixth => (true, "6"),
        Minor9 => (true, "9"),
        MinorAdd9 => (true, "add9"),
        Minor11 => (true, "11"),
        Augmented7 => (false, "+7"),
        other => (false, other.suffix()),
    }
}

impl Roman {
    /// The numeral as a musician writes it in a key of this scale: small for minor, with `b`, `#` or `♮`
    /// where it is counted from the major scale, its target and the chord tone in the bass behind slashes.
    pub fn text(self, scale: Scale) -> NumeralText {
        let parent = scale.harmonic_parent();
        let stack = if self.seventh { seventh } else { triad };
        let on = match (self.applied_to, self.borrowed) {
            (Some(_), _) => stack(Scale::Major, self.degree as i32),
            (None, true) => Quality::Major,
            (None, false) => stack(parent, self.degree as i32),
        };
        let mut out = NumeralText::new();
        if self.borrowed {
            let _ = out.write_str(match self.accidental {
                ..0 => "b",
                0 => "♮",
                1.. => "#",
            });
        }
        let (small, suffix) = written(self.quality.unwrap_or(on));
        numeral(&mut out, self.degree, small);
        let _ = out.write_str(suffix);
        if let Some(target) = self.applied_to {
            let _ = out.write_char('/');
            let small = written(triad(parent, target as i32)).0;
            numeral(&mut out, target, small);
        }
        let _ = match self.inversion {
            1 => out.write_str("/3"),
            2 => out.write_str("/5"),
            3 => out.write_str("/7"),
            _ => Ok(()),
        };
        out
    }
}

fn numeral(out: &mut NumeralText, degree: u8, small: bool) {
    for c in NUMERALS[degree as usize % 7].chars() {
        let c = if small { c } else { c.to_ascii_uppercase() };
        let _ = out.write_char(c);
    }
}
