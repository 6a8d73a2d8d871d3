//! Fills the slots from left to right: at each word the longest phrase that means something.

use music::lane::{Lane, LaneSet};
use music::pitch::Scale;

use super::numbers;
use super::slots::{self, Length, Slots};
use super::tokens::Token;
use super::words::{Knob, LONGEST, Meaning, Mood, Unit, Words};
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

    /// A lane here, past an article.
    fn lane(&self, at: usize) -> Option<(Lane, usize)> {
        let skip = usize::from(matches!(
            self.low(at),
            Some("the" | "a" | "an" | "any" | "some")
        ));
        match self.meaning(at + skip) {
            Some((Meaning::Lane(lane), used)) => Some((lane, skip + used)),
            _ => None,
        }
    }

    /// Lanes in a row: "drums, bass and keys".
    fn lanes(&self, at: usize) -> Option<(LaneSet, usize)> {
        let (first, mut used) = self.lane(at)?;
        let mut set = LaneSet::default().with(first);
        loop {
            let join = usize::from(self.low(at + used).is_some_and(|w| self.words.joins(w)));
            let listed = join > 0 || self.tokens.get(at + used).is_some_and(|t| t.fresh);
            match self.lane(at + used + join) {
                Some((lane, more)) if listed => {
                    set = set.with(lane);
                    used += join + more;
                }
                _ => return Some((set, used)),
            }
        }
    }

    /// "no drums", "just bass and keys", "with pads", "drums only".
    fn lane_list(&mut self) -> usize {
        let before = self.slots.lanes.unwrap_or(LaneSet::ALL);
        let (join, used) = match self.meaning(self.at) {
            Some((join @ (Meaning::Without | Meaning::Only | Meaning::With), used)) => (join, used),
            Some((Meaning::Lane(_), _)) => {
                let Some((set, used)) = self.lanes(self.at) else {
                    return 0;
                };
                return match self.meaning(self.at + used) {
                    Some((Meaning::Only, more)) => {
                        self.slots.lanes = Some(set);
                        used + more
                    }
                    // Which instrument plays is the style's choice; whether it plays is the user's.
                    _ if !self.knob_follows() => self.refuse(used, "say with, no or only"),
                    _ => 0,
                };
            }
            _ => return 0,
        };
        let Some((set, more)) = self.lanes(self.at + used) else {
            return 0;
        };
        let lanes = match join {
            Meaning::Without => LaneSet(before.0 & !set.0),
            Meaning::Only => set,
            _ => LaneSet(before.0 | set.0),
        };
        if lanes.0 & !LaneSet::default().with(Lane::Vocal).0 == 0 {
            return 0;
        }
        self.slots.lanes = Some(lanes);
        used + more
    }

    /// "drums density 40": the lane belongs to a number.
    fn knob_follows(&self) -> bool {
        let Some((Meaning::Lane(_), used)) = self.meaning(self.at) else {
            return false;
        };
        let word = self.low(self.at + used);
        Knob::ALL.into_iter().any(|k| Some(k.word()) == word)
    }

    fn number(&self, at: usize) -> Option<(f64, usize)> {
        let half = |used: usize| {
            let words = ["and", "a", "half"];
            let said = (0..3).all(|i| self.low(at + used + i) == Some(words[i]));
            if said { (0.5, used + 3) } else { (0.0, used) }
        };
        if let Some(n) = self.tokens.get(at).and_then(|t| numbers::number(&t.raw)) {
            let (more, used) = half(1);
            return Some((n + more, used));
        }
        match (self.low(at), self.low(at + 1), self.meaning(at)) {
            (_, _, Some((Meaning::Number(n), used))) => {
                let (more, used) = half(used);
                Some((n as f64 + more, used))
            }
            (Some("half"), Some("a"), _) => Some((0.5, 2)),
            (Some("a" | "an"), Some(_), _) => Some((1.0, 1)),
            _ => None,
        }
    }

    fn typed_digits(&self, at: usize) -> bool {
        self.tokens
            .get(at)
            .is_some_and(|t| t.raw.starts_with(|c: char| c.is_ascii_digit()))
    }

    fn refuse(&mut self, count: usize, why: &str) -> usize {
        let here = self.at;
        self.give_up(count, why);
        self.at = here;
        count
    }

    /// Meters, lengths, tempos and seeds.
    fn number_phrase(&mut self) -> usize {
        let here = self.at;
        let Some(token) = self.tokens.get(here).cloned() else {
            return 0;
        };
        if token.raw.contains('/') {
            return match numbers::meter(&token.raw) {
                Some(meter) => {
                    self.slots.meter = Some(meter);
                    1
                }
                None => self.refuse(1, "no meter that a bar can hold"),
            };
        }
        if let Some(seconds) = numbers::clock(&token.raw) {
            self.slots.length = Some(Length::Seconds(seconds));
            return 1;
        }
        if let Some((unit @ (Unit::Tempo | Unit::Seed), used)) = self.unit(here)
            && let Some((n, more)) = self.number(here + used)
            && (unit == Unit::Seed || self.typed_digits(here + used))
        {
            let after = self.unit(here + used + more);
            let own_unit = matches!(after, Some((Unit::Bpm, _)));
            if unit == Unit::Seed {
                return match slots::seed(n) {
                    Some(seed) => {
                        self.slots.seed = Some(seed);
                        used + more
                    }
                    None => self.refuse(used + more, "seeds go from 0 to 9999"),
                };
            }
            let other = matches!(after, Some((Unit::Bars | Unit::Minutes | Unit::Seconds, _)));
            if !other {
                let count = used
                    + more
                    + if own_unit {
                        after.map_or(0, |(_, n)| n)
                    } else {
                        0
                    };
                return self.set_tempo(n, count);
            }
        }
        let Some((n, used)) = self.number(here) else {
            return 0;
        };
        let Some((unit, more)) = self.unit(here + used) else {
            return 0;
        };
        let count = used + more;
        match unit {
            Unit::Bpm => self.set_tempo(n, count),
            Unit::Bars => match slots::bars(n) {
                Some(bars) => {
                    self.slots.length = Some(Length::Bars(bars));
                    count
                }
                None => self.refuse(count, "a song has 4 to 400 bars"),
            },
            Unit::Minutes => {
                let mut seconds = n * 60.0;
                let mut count = count;
                let join = usize::from(self.low(here + count) == Some("and"));
                if let Some((n, used)) = self.number(here + count + join)
                    && let Some((Unit::Seconds, more)) = self.unit(here + count + join + used)
                {
                    seconds += n;
                    count += join + used + more;
                }
                self.slots.length = Some(Length::Seconds(seconds));
                count
            }
            Unit::Seconds => {
                self.slots.length = Some(Length::Seconds(n));
                count
            }
            Unit::Tempo | Unit::Seed | Unit::Key => 0,
        }
    }

    fn set_tempo(&mut self, bpm: f64, count: usize) -> usize {
        match slots::tempo(bpm) {
            Some(bpm) => {
                self.slots.tempo_bpm = Some(bpm);
                count
            }
            None => self.refuse(count, "tempos go from 20 to 300 BPM"),
        }
    }

    /// "energy 80 %", "drums density 40".
    fn knob_number(&mut self) -> usize {
        let here = self.at;
        let (lane, skip) = match self.meaning(here) {
            Some((Meaning::Lane(lane), used)) => (Some(lane), used),
            _ => (None, 0),
        };
        let word = self.low(here + skip);
        let Some(knob) = Knob::ALL.into_iter().find(|k| Some(k.word()) == word) else {
            return 0;
        };
        let Some(n) = self
            .tokens
            .get(here + skip + 1)
            .and_then(|t| numbers::number(&t.raw))
        else {
            return 0;
        };
        let unit = usize::from(matches!(self.low(here + skip + 2), Some("%" | "percent")));
        let count = skip + 2 + unit;
        if !slots::fits(lane, knob, n) {
            return self.refuse(count, "out of range");
        }
        self.slots.fixed.insert((lane, knob), n);
        count
    }

    /// A scale here.
    fn scale(&self, at: usize) -> Option<(Scale, usize)> {
        match self.meaning(at) {
            Some((Meaning::Scale(scale), used)) => Some((scale, used)),
            _ => None,
        }
    }

    /// "in D minor", "F# dorian", "Am", "key of E flat".
    fn key(&mut self) -> usize {
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

    /// The prompt or the part of a sentence ends here.
    fn ends(&self, at: usize) -> bool {
        self.tokens.get(at).is_none_or(|t| t.fresh)
    }

    /// "dark", "very busy drums", "less dense".
    fn mood(&mut self) -> usize {
        let (mut times, mut used) = (1.0, 0);
        if let Some((Meaning::Degree(degree), n)) = self.meaning(self.at) {
            (times, used) = (degree, n);
        }
        let Some((Meaning::Mood(mood), more)) = self.meaning(self.at + used) else {
            return 0;
        };
        used += more;
        let lane = match self.meaning(self.at + used) {
            Some((Meaning::Lane(lane), more)) if !self.ends(self.at + used) => Some((lane, more)),
            _ => None,
        };
        self.turn(&mood, times, lane.map(|(lane, _)| lane));
        used + lane.map_or(0, |(_, n)| n)
    }

    fn turn(&mut self, mood: &Mood, times: f64, lane: Option<Lane>) {
        if let Some(scale) = mood.scale
            && times > 0.0
            && lane.is_none()
        {
            self.slots.mood_scale = Some(scale);
        }
        for &(knob, amount) in &mood.moves {
            self.slots.turn(lane, knob, amount * times);
        }
    }

    /// Styles, scales, meters and tempo words.
    fn named(&mut self) -> usize {
        let Some((meaning, used)) = self.meaning(self.at) else {
            return 0;
        };
        match meaning {
            Meaning::Style(stem) => {
                if self.library.style(&stem).is_err() {
                    return self.refuse(used, "this style is not installed");
                }
                match &self.slots.style {
                    Some(own) if *own != stem => {
                        return self.refuse(used, "one style at a time");
                    }
                    _ => self.slots.style = Some(stem),
                }
            }
            Meaning::Scale(scale) => self.slots.scale = Some(scale),
            Meaning::Meter(meter) => self.slots.meter = Some(meter),
            Meaning::Tempo(place) => self.slots.tempo_place = Some(place),
            Meaning::Degree(_) => {
                // "not too fast" and the like: a degree of a word that is not a mood.
                return match self.meaning(self.at + used) {
                    Some((Meaning::Tempo(place), more)) => {
                        self.slots.tempo_place = Some(0.5 + (0.5 - place) * 0.3);
                        used + more
                    }
                    _ => 0,
                };
            }
            _ => return 0,
        }
        used
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
