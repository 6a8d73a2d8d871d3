//! Keys, meters and numbers of a prompt.

use music::pitch::PitchClass;
use music::time::Meter;

/// Reads `7/8` or `7/8=3+2+2`.
pub fn meter(text: &str) -> Option<Meter> {
    Meter::parse(text)
}

/// Reads a number as typed: `92`, `92.5`.
pub fn number(text: &str) -> Option<f64> {
    if !text.starts_with(|c: char| c.is_ascii_digit()) {
        return None;
    }
    text.parse::<f64>().ok().filter(|n| n.is_finite())
}

/// Seconds of `2:30`.
pub fn clock(text: &str) -> Option<f64> {
    let (minutes, seconds) = text.split_once(':')?;
    let (minutes, seconds): (u32, u32) = (minutes.parse().ok()?, seconds.parse().ok()?);
    (seconds < 60 && minutes < 100).then_some((minutes * 60 + seconds) as f64)
}

/// A note name as typed, and whether "m" or "maj" hung on it: `F#m`, `Bb`, `Cmaj`.
pub struct NoteName {
    /// The tonic.
    pub class: PitchClass,
    /// What hung on the name.
    pub minor: Option<bool>,
    /// It has a sharp, flat or a kind, so that it can be nothing but a key.
    pub certain: bool,
    /// It is one letter.
    pub bare: bool,
}

/// Reads a note name; `next` is the word after it ("sharp", "flat").
pub fn note(text: &str, next: Option<&str>) -> Option<(NoteName, usize)> {
    let (class, rest) = PitchClass::parse(text)?;
    let minor = match rest {
        "" => None,
        "m" | "min" | "minor" => Some(true),
        "maj" | "major" | "M" => Some(false),
        _ => return None,
    };
    let accidental = text
        .chars()
        .nth(1)
        .is_some_and(|c| matches!(c, '#' | '♯' | 'b' | '♭'));
    let upper = text.starts_with(|c: char| c.is_ascii_uppercase());
    let bare = text.chars().count() == 1;
    let (class, used) = match next {
        Some("sharp") if bare => (class.up(1), 2),
        Some("flat") if bare => (class.up(-1), 2),
        _ => (class, 1),
    };
    let certain = used == 2 || (upper && (accidental || minor.is_some()));
    Some((
        NoteName {
            class,
            minor,
            certain,
            bare: bare && used == 1,
        },
        used,
    ))
}
