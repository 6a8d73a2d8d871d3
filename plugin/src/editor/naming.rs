//! What notes are called on screen: C D E, C D E with the German H, or Do Re Mi. Songs, files and parameters keep the
//! English names; only what is shown and typed in the window is turned into the user's.

use std::borrow::Cow;

use serde::{Deserialize, Serialize};

/// A way to name notes.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum NoteNames {
    /// C D E F G A B.
    #[default]
    English,
    /// C D E F G A H; B is the flat one.
    German,
    /// Do Re Mi Fa Sol La Si.
    Solfege,
}

/// Every way, as it is chosen.
pub const NOTE_NAMES: [(NoteNames, &str); 3] = [
    (NoteNames::English, "C D E"),
    (NoteNames::German, "C D E, H"),
    (NoteNames::Solfege, "Do Re Mi"),
];

/// English letters and their syllables; the longer ones first where one begins with another.
const SYLLABLES: [(&str, &str); 7] = [
    ("C", "Do"),
    ("D", "Re"),
    ("E", "Mi"),
    ("F", "Fa"),
    ("G", "Sol"),
    ("A", "La"),
    ("B", "Si"),
];

impl NoteNames {
    /// An English note or chord symbol as the user reads it: `Bb7/F` is `B7/F`, or `Sib7/Fa`.
    pub fn shown<'a>(self, english: &'a str) -> Cow<'a, str> {
        match self {
            NoteNames::English => Cow::Borrowed(english),
            _ => Cow::Owned(self.each_root(english, |names, root| names.root_shown(root))),
        }
    }
    /// What the user typed in English.
    pub fn typed<'a>(self, own: &'a str) -> Cow<'a, str> {
        match self {
            NoteNames::English => Cow::Borrowed(own),
            _ => Cow::Owned(self.each_root(own, |names, root| names.root_typed(root))),
        }
    }

    /// Turns the root and, behind a stroke, the bass note.
    fn each_root(
        self,
        text: &str,
        turn: impl Fn(NoteNames, &str) -> Option<(String, usize)>,
    ) -> String {
        let mut out = String::with_capacity(text.len() + 4);
        let mut rest = text;
        let mut fresh = true;
        while !rest.is_empty() {
            if fresh && let Some((name, length)) = turn(self, rest) {
                out.push_str(&name);
                rest = &rest[length..];
                fresh = false;
                continue;
            }
            let mut chars = rest.chars();
            let Some(c) = chars.next() else { break };
            fresh = matches!(c, '/' | ' ' | '|' | '\n');
            out.push(c);
            rest = chars.as_str();
        }
        out
    }
    /// The name of the root at the start of an English text, and how many bytes it stood on.
    fn root_shown(self, text: &str) -> Option<(String, usize)> {
        if self == NoteNames::German {
            return match (text.starts_with("Bb"), text.starts_with('B')) {
                (true, _) => Some(("B".into(), 2)),
                (false, true) => Some(("H".into(), 1)),
                _ => None,
            };
        }
        let (letter, syllable) = SYLLABLES
            .iter()
            .find(|(letter, _)| text.starts_with(letter))?;
        Some(((*syllable).into(), letter.len()))
    }
    /// The other way.
    fn root_typed(self, text: &str) -> Option<(String, usize)> {
        if self == NoteNames::German {
            return match text.chars().next()? {
                'H' => Some(("B".into(), 1)),
                // Who writes Bb says it in English.
                'B' if text[1..].starts_with('b') => Some(("Bb".into(), 2)),
                'B' => Some(("Bb".into(), 1)),
                _ => None,
            };
        }
        let of = |(letter, syllable): &(&str, &str)| {
            let head = text.get(..syllable.len())?;
            head.eq_ignore_ascii_case(syllable)
                .then(|| ((*letter).to_owned(), syllable.len()))
        };
        SYLLABLES.iter().find_map(of)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn symbols_are_read_and_typed_in_the_users_own_names() {
        let cases = [
            ("Bb7", "B7", "Sib7"),
            ("Bm7b5", "Hm7b5", "Sim7b5"),
            ("C#m7/B", "C#m7/H", "Do#m7/Si"),
            ("Gsus4/Bb", "Gsus4/B", "Solsus4/Sib"),
            (
                "Dm7 | G7 | Cmaj7",
                "Dm7 | G7 | Cmaj7",
                "Rem7 | Sol7 | Domaj7",
            ),
            ("Ab", "Ab", "Lab"),
        ];
        for (english, german, solfege) in cases {
            for (names, own) in [
                (NoteNames::English, english),
                (NoteNames::German, german),
                (NoteNames::Solfege, solfege),
            ] {
                assert_eq!(names.shown(english), own);
                assert_eq!(names.typed(own), english, "{own}");
            }
        }
    }

    #[test]
    fn what_is_no_note_stays_as_it_is() {
        for names in [NoteNames::English, NoteNames::German, NoteNames::Solfege] {
            for text in ["", "|", "N.C.", "%", "7", "ü"] {
                assert_eq!(names.typed(text), text);
            }
        }
    }
}
