//! Named techniques that a style may use and a user may choose: rhythms, root cycles, voice leading, pace.
//!
//! Each list is frozen and appended to: the host's parameter stores the place in it.

use core::fmt::Write;

use heapless::String;
use serde::{Deserialize, Serialize};

/// What lays a lane's onsets.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Rhythm {
    /// The style's own patterns, in the bar's meter.
    #[default]
    Style,
    /// The style's pattern cut to this many sixteenth steps, running on across the bar lines of its section
    /// (polymeter).
    Cycle(u8),
    /// Onsets of two periodic generators together, in sixteenth steps, running on across bar lines.
    Resultant(u8, u8),
    /// Onsets of three generators together.
    Resultant3(u8, u8, u8),
    /// Resultant with the minor generator begun at every multiple of the major one that still fits.
    Fractioned(u8, u8),
    /// So many even strokes in so many beats (polyrhythm).
    Polyrhythm(u8, u8),
    /// A group of two or three durations (the third may be 0), every term times every term: the group within itself.
    Squared(u8, u8, u8),
    /// The same once more, of two durations.
    Cubed(u8, u8),
    /// The resultant of two generators, begun one term later each time it has gone round.
    Permuted(u8, u8),
    /// Durations that grow, each the sum of the two before: 1 2 3 5 8 13.
    Slowing,
    /// The same backwards.
    Quickening,
    /// The style's pattern, heard in so many of so many beats, which move on by one beat each time.
    Rotating(u8, u8),
}

/// A technique's name on screen.
pub type TechniqueName = String<24>;

impl Rhythm {
    /// Every rhythm that can be chosen, in the frozen order.
    pub const ALL: [Rhythm; 37] = [
        Rhythm::Style,
        Rhythm::Cycle(12),
        Rhythm::Cycle(20),
        Rhythm::Cycle(28),
        Rhythm::Cycle(6),
        Rhythm::Cycle(10),
        Rhythm::Cycle(14),
        Rhythm::Resultant(3, 2),
        Rhythm::Resultant(4, 3),
        Rhythm::Resultant(5, 2),
        Rhythm::Resultant(5, 3),
        Rhythm::Resultant(5, 4),
        Rhythm::Resultant(7, 4),
        Rhythm::Resultant3(5, 3, 2),
        Rhythm::Resultant3(7, 4, 3),
        Rhythm::Fractioned(3, 2),
        Rhythm::Fractioned(4, 3),
        Rhythm::Fractioned(5, 3),
        Rhythm::Fractioned(5, 4),
        Rhythm::Polyrhythm(3, 2),
        Rhythm::Polyrhythm(4, 3),
        Rhythm::Polyrhythm(5, 4),
        Rhythm::Polyrhythm(7, 4),
        Rhythm::Polyrhythm(3, 4),
        Rhythm::Squared(3, 1, 0),
        Rhythm::Squared(2, 1, 1),
        Rhythm::Squared(1, 2, 1),
        Rhythm::Squared(3, 3, 2),
        Rhythm::Cubed(2, 1),
        Rhythm::Permuted(3, 2),
        Rhythm::Permuted(4, 3),
        Rhythm::Permuted(5, 4),
        Rhythm::Slowing,
        Rhythm::Quickening,
        Rhythm::Rotating(1, 2),
        Rhythm::Rotating(2, 3),
        Rhythm::Rotating(3, 4),
    ];
    /// Reads a name, in any case; generators and beats from 1 to 16. `None` for anything else.
    ///
    /// # Example
    /// ```
    /// use music::technique::Rhythm;
    /// assert_eq!(Rhythm::parse("resultant 4:3"), Some(Rhythm::Resultant(4, 3)));
    /// assert_eq!(Rhythm::parse("Cycle of 3 beats"), Some(Rhythm::Cycle(12)));
    /// ```
    pub fn parse(text: &str) -> Option<Rhythm> {
        let mut words = text.split_whitespace();
        let word = words.next()?;
        let is = |name: &str| word.eq_ignore_ascii_case(name);
        let last = |mut words: core::str::SplitWhitespace| words.next().is_none();
        for plain in [Rhythm::Style, Rhythm::Slowing, Rhythm::Quickening] {
            if is(&plain.name()) {
                return last(words).then_some(plain);
            }
        }
        if is("cycle") {
            let mut number = words.next()?;
            if number.eq_ignore_ascii_case("of") {
                number = words.next()?;
            }
            let count: u8 = number.parse().ok()?;
            let unit = words.next()?;
            let steps = match unit.trim_end_matches('s') {
                "beat" => 4,
                "eighth" => 2,
                _ => return None,
            };
            let fits = last(words) && count > 0 && count <= 32 / steps;
            return fits.then_some(Rhythm::Cycle(count * steps));
        }
        let mut numbers = words.next()?.split(':').map(|n| match n.parse::<u8>() {
            Ok(n @ 1..=16) => Some(n),
            _ => None,
        });
        let (a, b) = (numbers.next()??, numbers.next()??);
        let third = match numbers.next() {
            Some(number) => Some(number?),
            None => None,
        };
        if numbers.next().is_some() || !last(words) {
            return None;
        }
        match third {
            None if is("resultant") => Some(Rhythm::Resultant(a, b)),
            Some(c) if is("resultant") && a.max(b).max(c) <= 9 => Some(Rhythm::Resultant3(a, b, c)),
            None if is("fractioned") && a.max(b) <= 9 => Some(Rhythm::Fractioned(a, b)),
            None if is("polyrhythm") => Some(Rhythm::Polyrhythm(a, b)),
            None if is("permuted") && a.max(b) <= 5 => Some(Rhythm::Permuted(a, b)),
            None if is("cubed") && a.max(b) <= 3 => Some(Rhythm::Cubed(a, b)),
            None if is("rotating") && a < b => Some(Rhythm::Rotating(a, b)),
            _ if is("squared") && a.max(b).max(third.unwrap_or(0)) <= 4 => {
                Some(Rhythm::Squared(a, b, third.unwrap_or(0)))
            }
            _ => None,
        }
    }
    /// Name on screen: `Resultant 4:3`, `Cycle of 3 beats`, `Polyrhythm 5:4`.
    pub fn name(self) -> TechniqueName {
        let mut out = TechniqueName::new();
        let _ = match self {
            Rhythm::Style => out.write_str("Style"),
            Rhythm::Cycle(steps) if steps % 4 == 0 => {
                write!(out, "Cycle of {} beats", steps / 4)
            }
            Rhythm::Cycle(steps) => write!(out, "Cycle of {} eighths", steps / 2),
            Rhythm::Resultant(a, b) => write!(out, "Resultant {a}:{b}"),
            Rhythm::Resultant3(a, b, c) => write!(out, "Resultant {a}:{b}:{c}"),
            Rhythm::Fractioned(a, b) => write!(out, "Fractioned {a}:{b}"),
            Rhythm::Polyrhythm(strokes, beats) => write!(out, "Polyrhythm {strokes}:{beats}"),
            Rhythm::Squared(a, b, 0) => write!(out, "Squared {a}:{b}"),
            Rhythm::Squared(a, b, c) => write!(out, "Squared {a}:{b}:{c}"),
            Rhythm::Cubed(a, b) => write!(out, "Cubed {a}:{b}"),
            Rhythm::Permuted(a, b) => write!(out, "Permuted {a}:{b}"),
            Rhythm::Slowing => out.write_str("Slowing"),
            Rhythm::Quickening => out.write_str("Quickening"),
            Rhythm::Rotating(heard, beats) => write!(out, "Rotating {heard}:{beats}"),
        };
        out
    }
}

/// How the roots of chords follow one another.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum RootCycle {
    /// The style's progressions.
    #[default]
    Style,
    /// Diatonic roots falling by thirds: 1 6 4 2 7 5 3.
    Thirds,
    /// Diatonic roots falling by fifths: 1 4 7 3 6 2 5.
    Fifths,
    /// Diatonic roots rising by steps (falling by sevenths): 1 2 3 4 5 6 7.
    Sevenths,
    /// Diatonic roots rising by thirds: the negative cycle of thirds.
    RisingThirds,
    /// Diatonic roots rising by fifths: the negative cycle of fifths.
    RisingFifths,
    /// Two roots that halve the octave.
    TwoTonics,
    /// Three roots that divide the octave evenly.
    ThreeTonics,
    /// Four roots that divide the octave evenly.
    FourTonics,
    /// Six roots, a whole tone apart.
    SixTonics,
    /// Twelve roots, a semitone apart.
    TwelveTonics,
}

impl RootCycle {
    /// Every cycle, in the frozen order.
    pub const ALL: [RootCycle; 11] = [
        RootCycle::Style,
        RootCycle::Thirds,
        RootCycle::Fifths,
        RootCycle::Sevenths,
        RootCycle::RisingThirds,
        RootCycle::RisingFifths,
        RootCycle::TwoTonics,
        RootCycle::ThreeTonics,
        RootCycle::FourTonics,
        RootCycle::SixTonics,
        RootCycle::TwelveTonics,
    ];
    /// Name on screen.
    pub const fn name(self) -> &'static str {
        [
            "Style",
            "Thirds",
            "Fifths",
            "Sevenths",
            "Rising thirds",
            "Rising fifths",
            "Two tonics",
            "Three tonics",
            "Four tonics",
            "Six tonics",
            "Twelve tonics",
        ][self as usize]
    }
}

/// How chords are voiced and led.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum VoiceLeading {
    /// As the style has it.
    #[default]
    Style,
    /// Voices as near to each other as the chord allows.
    Close,
    /// The second voice from the top an octave lower.
    DropTwo,
    /// Wide spacing, about a sixth between voices.
    Open,
    /// Four voices under the classical rules: no parallel fifths and octaves, no crossing, leading tones rise.
    Chorale,
}

impl VoiceLeading {
    /// Every way, in the frozen order.
    pub const ALL: [VoiceLeading; 5] = [
        VoiceLeading::Style,
        VoiceLeading::Close,
        VoiceLeading::DropTwo,
        VoiceLeading::Open,
        VoiceLeading::Chorale,
    ];
    /// Name on screen.
    pub const fn name(self) -> &'static str {
        ["Style", "Close", "Drop 2", "Open", "Chorale"][self as usize]
    }
}

/// Pace of all patterns against the beat.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Pace {
    /// Half time outside the style's tempo range, double time below it.
    #[default]
    Auto,
    /// Half time.
    Half,
    /// As written, at any tempo.
    Plain,
    /// Double time.
    Double,
}

impl Pace {
    /// Every pace, in the frozen order.
    pub const ALL: [Pace; 4] = [Pace::Auto, Pace::Half, Pace::Plain, Pace::Double];
    /// Name on screen.
    pub const fn name(self) -> &'static str {
        ["Auto", "Half time", "As written", "Double time"][self as usize]
    }
}

/// How the next section's new key is reached from the end of the one before.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Modulation {
    /// The key stays, or the new one simply begins.
    #[default]
    Direct,
    /// A chord of both keys, then the new key's dominant.
    Pivot,
    /// The new key's dominant alone, as a lift for the last chorus.
    TruckDriver,
}

#[cfg(test)]
mod tests {
    extern crate std;
    use super::*;

    #[test]
    fn names_are_distinct_and_fit() {
        let names: std::vec::Vec<_> = Rhythm::ALL.iter().map(|r| r.name()).collect();
        for (i, name) in names.iter().enumerate() {
            assert!(!name.is_empty() && !names[..i].contains(name), "{name}");
        }
        for rhythm in Rhythm::ALL {
            assert_eq!(Rhythm::parse(&rhythm.name()), Some(rhythm));
        }
        for wrong in [
            "",
            "resultant",
            "resultant 4:",
            "resultant 0:3",
            "cycle of 3",
            "polyrhythm 3:2:1",
            "style x",
            "slowing 2",
            "squared 5:1",
            "permuted 7:4",
            "rotating 4:4",
            "cubed 2:1:1",
        ] {
            assert_eq!(Rhythm::parse(wrong), None, "{wrong}");
        }
        assert_eq!(Rhythm::Cycle(12).name(), "Cycle of 3 beats");
        assert_eq!(Rhythm::Resultant3(5, 3, 2).name(), "Resultant 5:3:2");
    }
}
