//! Fills the slots from left to right: at each word the longest phrase that means something.

mod amounts;
mod keys;
mod lanes;
mod moods;

use super::slots::Slots;
use super::tokens::Token;
use super::words::{LONGEST, Meaning, Unit, Words};
use crate::library::Library;

/// Reads one prompt.
pub struct Parser<'a> {
    tokens: Vec<Token>,
    words: &'a Words,
    library: &'a Library,
    at: usize,
    slots: Slots,
    not_understood: Vec<String>,
    /// The word before was not understood either: they belong together.
    lost: bool,
}

/// Taste: strokes that a typo may differ by, by length of the word.
const fn typo_reach(letters: usize) -> usize {
    match letters {
        0..=2 => 0,
        3..=7 => 1,
        _ => 2,
    }
}

impl<'a> Parser<'a> {
    pub fn new(tokens: Vec<Token>, words: &'a Words, library: &'a Library) -> Parser<'a> {
        Parser {
            tokens,
            words,
            library,
            at: 0,
            slots: Slots::default(),
            not_understood: Vec::new(),
            lost: false,
        }
    }

    pub fn run(&mut self) {
        while self.at < self.tokens.len() {
            let used = self.understand();
            if used > 0 {
                self.at += used;
                self.lost = false;
            } else if let Some(word) = self.typo() {
                let token = &mut self.tokens[self.at];
                let typed = std::mem::replace(&mut token.low, word.clone());
                token.raw = word.clone();
                let used = self.understand();
                if used > 0 {
                    self.slots.corrected.push((typed, word));
                    self.at += used;
                    self.lost = false;
                } else {
                    self.tokens[self.at].raw = typed.clone();
                    self.tokens[self.at].low = typed;
                    self.give_up(1, "");
                }
            } else {
                self.give_up(1, "");
            }
        }
    }

    pub fn finish(self) -> (Slots, Vec<String>) {
        (self.slots, self.not_understood)
    }

    /// Reads what stands here; gives how many words it took.
    fn understand(&mut self) -> usize {
        for read in [
            Parser::lane_list,
            Parser::number_phrase,
            Parser::knob_number,
            Parser::key,
            Parser::mood,
            Parser::named,
        ] {
            let used = read(self);
            if used > 0 {
                return used;
            }
        }
        self.filler()
    }

    fn give_up(&mut self, count: usize, why: &str) {
        let words: Vec<&str> = self.tokens[self.at..self.at + count]
            .iter()
            .map(|t| t.raw.as_str())
            .collect();
        let mut text = words.join(" ");
        if !why.is_empty() {
            text = format!("{text} ({why})");
        }
        let fresh = self.tokens[self.at].fresh;
        match self.not_understood.last_mut() {
            Some(last) if self.lost && !fresh && why.is_empty() => {
                last.push(' ');
                last.push_str(&text);
            }
            _ => self.not_understood.push(text),
        }
        self.at += count;
        self.lost = why.is_empty();
    }

    fn low(&self, at: usize) -> Option<&str> {
        self.tokens.get(at).map(|t| t.low.as_str())
    }

    fn phrase(&self, at: usize, length: usize) -> Option<String> {
        let words = self.tokens.get(at..at + length)?;
        // A phrase does not run over a sentence mark.
        (!words[1..].iter().any(|t| t.fresh)).then(|| {
            words
                .iter()
                .map(|t| t.low.as_str())
                .collect::<Vec<_>>()
                .join(" ")
        })
    }

    /// The longest phrase here that a look-up knows.
    fn longest<T>(&self, at: usize, look: impl Fn(&str) -> Option<T>) -> Option<(T, usize)> {
        (1..=LONGEST).rev().find_map(|n| {
            self.phrase(at, n)
                .and_then(|p| look(&p))
                .map(|found| (found, n))
        })
    }

    fn meaning(&self, at: usize) -> Option<(Meaning, usize)> {
        self.longest(at, |p| self.words.meaning(p).cloned())
    }

    fn unit(&self, at: usize) -> Option<(Unit, usize)> {
        self.longest(at, |p| self.words.unit(p))
    }

    fn refuse(&mut self, count: usize, why: &str) -> usize {
        let here = self.at;
        self.give_up(count, why);
        self.at = here;
        count
    }

    /// The prompt or the part of a sentence ends here.
    fn ends(&self, at: usize) -> bool {
        self.tokens.get(at).is_none_or(|t| t.fresh)
    }

    fn filler(&self) -> usize {
        let phrase = self.longest(self.at, |p| self.words.is_filler(p).then_some(()));
        let join = self.low(self.at).is_some_and(|w| self.words.joins(w));
        phrase.map_or(usize::from(join), |(_, n)| n)
    }

    /// The one known word that the word here can only have been meant for.
    fn typo(&self) -> Option<String> {
        let word = self.low(self.at)?;
        let letters = word.chars().count();
        if self.words.knows(word) || !word.chars().all(char::is_alphabetic) {
            return None;
        }
        let reach = typo_reach(letters);
        let mut best: Option<(usize, &str)> = None;
        let mut tied = false;
        for known in self.words.single_words() {
            let length = known.chars().count();
            if length < 4 || known.chars().next() != word.chars().next() {
                continue;
            }
            let distance = strsim::osa_distance(word, known);
            match best {
                _ if distance > reach => {}
                Some((d, other)) if d == distance && other != known => tied = true,
                Some((d, _)) if d <= distance => {}
                _ => {
                    best = Some((distance, known));
                    tied = false;
                }
            }
        }
        best.filter(|_| !tied).map(|(_, known)| known.to_string())
    }
}
