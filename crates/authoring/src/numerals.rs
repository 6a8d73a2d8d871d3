//! Progressions in roman numerals: `"I | vi | IV V | V7/vi"`, a bar between bars, up to two chords in each.
//!
//! A numeral whose kind is what the scale gives anyway keeps no quality of its own, so that it follows the
//! song's mode; every other numeral is meant as written.

use music::chord::Quality;
use music::pitch::Scale;
use music::roman::{Roman, seventh, triad};
use music::style::ProgressionChord;

/// Longest word first, so that `vii` is not read as `v`.
const NUMERALS: [(&str, u8); 7] = [
    ("vii", 6),
    ("iii", 2),
    ("vi", 5),
    ("iv", 3),
    ("ii", 1),
    ("v", 4),
    ("i", 0),
];

fn degree(text: &str) -> Option<(u8, bool, &str)> {
    let lower = text.to_ascii_lowercase();
    let (word, degree) = NUMERALS.iter().find(|(word, _)| lower.starts_with(word))?;
    let (numeral, rest) = text.split_at(word.len());
    let upper = numeral.chars().all(|c| c.is_ascii_uppercase());
    let same_case = upper || numeral.chars().all(|c| c.is_ascii_lowercase());
    same_case.then_some((*degree, upper, rest))
}

fn quality(suffix: &str, upper: bool) -> Option<Quality> {
    Some(match (suffix, upper) {
        ("", true) => Quality::Major,
        ("", false) => Quality::Minor,
        ("7", true) => Quality::Dominant7,
        ("7", false) => Quality::Minor7,
        ("maj7", true) => Quality::Major7,
        ("maj7", false) => Quality::MinorMajor7,
        ("6", true) => Quality::Sixth,
        ("6", false) => Quality::MinorSixth,
        ("9", true) => Quality::Dominant9,
        ("9", false) => Quality::Minor9,
        ("11", false) => Quality::Minor11,
        ("add9", true) => Quality::Add9,
        ("add9", false) => Quality::MinorAdd9,
        ("o" | "°" | "dim", false) => Quality::Diminished,
        ("o7" | "°7" | "dim7", false) => Quality::Diminished7,
        ("ø" | "ø7" | "7b5" | "h7", false) => Quality::HalfDiminished,
        ("+" | "aug", true) => Quality::Augmented,
        ("+7" | "aug7", true) => Quality::Augmented7,
        (other, true) => *Quality::ALL
            .iter()
            .filter(|q| !matches!(q, Quality::Minor | Quality::Minor7 | Quality::MinorSixth))
            .find(|q| q.suffix() == other)?,
        _ => return None,
    })
}

/// Reads one numeral: `ii7`, `bVII`, `♮VI` (the major scale's sixth, in minor), `V7/vi`, `I/3` (third in the
/// bass), `V7/vi/3`, `viio7`. It reads what [`Roman::text`] writes.
///
/// # Errors
/// Says what was not understood.
pub fn roman(text: &str, minor: bool) -> Result<Roman, String> {
    let wrong = || {
        format!(
            "\"{text}\" is no roman numeral; write I to vii with b or #, a kind (7, maj7, sus4, o7 …), /vi or /3"
        )
    };
    let mut parts = text.split('/');
    let body = parts.next().unwrap_or_default();
    let (accidental, body) = match body.chars().next() {
        Some('b' | '♭') => (Some(-1), body.trim_start_matches(['b', '♭'])),
        Some('#' | '♯') => (Some(1), body.trim_start_matches(['#', '♯'])),
        Some('n' | '♮') => (Some(0), body.trim_start_matches(['n', '♮'])),
        _ => (None, body),
    };
    let (degree_index, upper, suffix) = degree(body).ok_or_else(wrong)?;
    let quality = quality(suffix, upper).ok_or_else(wrong)?;
    let mut out = Roman {
        degree: degree_index,
        accidental: accidental.unwrap_or(0),
        borrowed: accidental.is_some(),
        ..Roman::default()
    };
    for slash in parts {
        match slash {
            _ if out.inversion > 0 => return Err(wrong()),
            "3" => out.inversion = 1,
            "5" => out.inversion = 2,
            "7" => out.inversion = 3,
            target => {
                let (target, _, rest) = degree(target).ok_or_else(wrong)?;
                if !rest.is_empty() || out.borrowed || out.applied_to.is_some() {
                    return Err(wrong());
                }
                out.applied_to = Some(target);
            }
        }
    }
    // A secondary chord's own kind is meant as written; `resolve` would take the major scale's.
    let scale = if minor { Scale::Minor } else { Scale::Major };
    let at = degree_index as i32;
    if out.borrowed || out.applied_to.is_some() {
        out.quality = Some(quality);
    } else if quality == seventh(scale, at) {
        out.seventh = true;
    } else if quality != triad(scale, at) {
        out.quality = Some(quality);
    }
    Ok(out)
}

/// Reads a progression; `%` holds the chord before for another bar (or half).
///
/// # Errors
/// Says which bar was not understood.
pub fn progression(text: &str, minor: bool) -> Result<Vec<ProgressionChord>, String> {
    let mut chords: Vec<ProgressionChord> = Vec::new();
    for (bar, cell) in text.trim().trim_matches('|').split('|').enumerate() {
        let words: Vec<&str> = cell.split_whitespace().collect();
        let half_bars = match words.len() {
            1 => 2,
            2 => 1,
            0 => return Err(format!("bar {} is empty", bar + 1)),
            n => {
                return Err(format!(
                    "bar {} has {n} chords, a bar holds one or two",
                    bar + 1
                ));
            }
        };
        for word in words {
            match (word, chords.last_mut()) {
                ("%", Some(before)) => before.half_bars += half_bars,
                ("%", None) => return Err("\"%\" in bar 1 repeats nothing".to_string()),
                _ => {
                    let roman = roman(word, minor).map_err(|e| format!("bar {}: {e}", bar + 1))?;
                    chords.push(ProgressionChord { roman, half_bars });
                }
            }
        }
    }
    Ok(chords)
}

#[cfg(test)]
mod tests {
    use super::*;
    use music::chord::Chord;
    use music::pitch::PitchClass;

    fn symbol(text: &str, minor: bool) -> String {
        let scale = if minor { Scale::Minor } else { Scale::Major };
        roman(text, minor)
            .unwrap()
            .resolve(PitchClass(0), scale)
            .symbol(true)
            .to_string()
    }

    #[test]
    fn numerals_are_the_chords_that_a_musician_means() {
        for (text, minor, expected) in [
            ("I", false, "C"),
            ("vi", false, "Am"),
            ("ii7", false, "Dm7"),
            ("V7", false, "G7"),
            ("Imaj7", false, "Cmaj7"),
            ("I7", false, "C7"),
            ("II", false, "D"),
            ("iv", false, "Fm"),
            ("bVII", false, "Bb"),
            ("#ivo7", false, "Gbdim7"),
            ("viio", false, "Bdim"),
            ("viiø7", false, "Bm7b5"),
            ("V7/vi", false, "E7"),
            ("ii7/IV", false, "Gm7"),
            ("viio7/V", false, "Gbdim7"),
            ("I/3", false, "C/E"),
            ("V/5", false, "G/D"),
            ("Vsus4", false, "Gsus4"),
            ("V7sus4", false, "G7sus4"),
            ("V7b9", false, "G7b9"),
            ("V13", false, "G13"),
            ("IVadd9", false, "Fadd9"),
            ("I5", false, "C5"),
            ("III+", false, "Eaug"),
            ("Imaj9", false, "Cmaj9"),
            ("vi9", false, "Am9"),
            ("i", true, "Cm"),
            ("VI", true, "Ab"),
            ("VII", true, "Bb"),
            ("III", true, "Eb"),
            ("V7", true, "G7"),
            ("v", true, "Gm"),
            ("iio", true, "Ddim"),
            ("ii7b5", true, "Dm7b5"),
            ("bII", true, "Db"),
            ("imaj7", true, "Cmmaj7"),
            ("i6", true, "Cm6"),
            ("♮vi", true, "Am"),
            ("V7/V/3", false, "D7/Gb"),
            ("IV7", true, "F7"),
        ] {
            assert_eq!(symbol(text, minor), expected, "{text}");
        }
    }

    #[test]
    fn numerals_of_the_scale_follow_the_mode() {
        let four = roman("iv", true).unwrap();
        assert_eq!(four.resolve(PitchClass(0), Scale::Dorian).symbol(true), "F");
        let five = roman("V7", true).unwrap();
        assert_eq!(
            five.resolve(PitchClass(0), Scale::Dorian).symbol(true),
            "G7"
        );
    }

    #[test]
    fn what_the_reading_of_a_chord_writes_is_read() {
        for minor in [false, true] {
            let scale = if minor { Scale::Minor } else { Scale::Major };
            for root in 0..12 {
                for quality in Quality::ALL {
                    let mut chord = Chord::new(PitchClass(root), quality);
                    for tone in 0..quality.intervals().len().min(4) {
                        chord.bass = chord.tone(tone);
                        let text = music::roman::read(chord, PitchClass(0), scale)
                            .roman
                            .text(scale);
                        let read = roman(&text, minor).unwrap_or_else(|e| panic!("{e}"));
                        assert_eq!(read.resolve(PitchClass(0), scale), chord, "{text}");
                    }
                }
            }
        }
    }

    #[test]
    fn nonsense_is_refused() {
        for text in [
            "", "H", "iV", "VIII", "I/9", "bV/vi", "I?", "7", "vsus", "Im7",
        ] {
            assert!(roman(text, false).is_err(), "{text}");
        }
        assert!(progression("I | | V", false).unwrap_err().contains("bar 2"));
        assert!(
            progression("I ii iii", false)
                .unwrap_err()
                .contains("one or two")
        );
        assert!(progression("% | I", false).is_err());
        assert!(
            progression("I | blue | V", false)
                .unwrap_err()
                .contains("bar 2")
        );
    }

    #[test]
    fn bars_split_in_halves_and_hold() {
        let halves: Vec<u8> = progression("I | vi IV | V | %", false)
            .unwrap()
            .iter()
            .map(|c| c.half_bars)
            .collect();
        assert_eq!(halves, [2, 1, 1, 4]);
    }
}
