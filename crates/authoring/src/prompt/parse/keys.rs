//! Keys: "in D minor", "F# dorian", "Am", "key of E flat".

use music::pitch::Scale;

use super::Parser;
use crate::prompt::numbers;
use crate::prompt::words::{Meaning, Unit};

impl Parser<'_> {
    /// A scale here.
    fn scale(&self, at: usize) -> Option<(Scale, usize)> {
        match self.meaning(at) {
            Some((Meaning::Scale(scale), used)) => Some((scale, used)),
            _ => None,
        }
    }

    /// "in D minor", "F# dorian", "Am", "key of E flat".
    pub(super) fn key(&mut self) -> usize {
        let lead = match self.unit(self.at) {
            Some((Unit::Key, used)) => used,
            _ => 0,
        };
        let at = self.at + lead;
        let Some(token) = self.tokens.get(at) else {
            return 0;
        };
        let Some((note, used)) = numbers::note(&token.raw, self.low(at + 1)) else {
            return 0;
        };
        let scale = self.scale(at + used);
        let after = at + used + scale.map_or(0, |(_, n)| n);
        // "in a minor key": an article, not the note A.
        let article = token.raw == "a" && note.bare;
        if article
            && matches!(
                self.low(after),
                Some("key" | "mode" | "scale" | "feel" | "mood")
            )
        {
            return 0;
        }
        let spoken_of = lead > 0 && (!note.bare || token.low != "a" || self.ends(at + used));
        // "G blues": a capital before a style; "A blues" may be an article.
        let capital = note.bare
            && matches!(token.raw.as_str(), "B" | "C" | "D" | "E" | "F" | "G")
            && matches!(self.meaning(at + used), Some((Meaning::Style(_), _)));
        let accepted = note.certain || scale.is_some() || capital || (spoken_of && !article);
        if !accepted {
            return 0;
        }
        self.slots.key = Some(note.class);
        match (scale, note.minor) {
            (Some((scale, _)), _) => self.slots.scale = Some(scale),
            (None, Some(true)) => self.slots.scale = Some(Scale::Minor),
            (None, Some(false)) => self.slots.scale = Some(Scale::Major),
            (None, None) => {}
        }
        lead + used + scale.map_or(0, |(_, n)| n)
    }
}
