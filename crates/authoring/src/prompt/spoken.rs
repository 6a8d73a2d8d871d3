//! A prompt that is spoken: what a recogniser has to know of our words, and what it heard as a line to read.
//!
//! A recogniser that expects any English hears little; one that expects a prompt hears most of it. The lexicon gives
//! both of what it needs: a pronouncing dictionary of our words alone, and a model of which word follows which.
//! Phrases follow each other as they like, weighed by what they mean; inside a phrase its words follow in order;
//! keys, numbers and lanes follow what usually stands before them.
//!
//! Reference: the ARPA format of n-gram models with back-off, as of D. Jurafsky, J. Martin, "Speech and Language
//! Processing", 3.

mod figures;

use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write;

pub use self::figures::in_figures;
use super::words::{Meaning, Words};

/// Share of prompts that end after a phrase. Taste: a prompt has some eight words.
const ENDS: f64 = 0.12;
/// The most that the words known to follow one take together: any other may follow too.
const MOST: f64 = 0.97;

/// What a recogniser is given.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Spoken {
    /// Which word follows which: ARPA, one and two words.
    pub model: String,
    /// A word and its sounds a line, as in the dictionary of Carnegie Mellon University.
    pub dictionary: String,
}

/// For a lexicon, by the recogniser's own dictionary. Words without known sounds are left out.
pub fn of(words: &Words, base: &str) -> Spoken {
    let mut counts = Counts::default();
    let own = words.sounds();
    let known: BTreeSet<&str> = (base.lines().filter_map(headword))
        .chain(own.keys().map(String::as_str))
        .collect();
    counts.read(words, &known);
    let dictionary = dictionary(&counts, own, base);
    Spoken {
        model: counts.model(),
        dictionary,
    }
}

/// The word of a line of a pronouncing dictionary, of which it may be a second way to say it: `a(2) EY`.
fn headword(line: &str) -> Option<&str> {
    let word = line.split_whitespace().next()?;
    Some(word.split_once('(').map_or(word, |(word, _)| word))
}

fn dictionary(counts: &Counts<'_>, own: &BTreeMap<String, String>, base: &str) -> String {
    let mut out = String::new();
    for line in base.lines() {
        let word = headword(line);
        if word.is_some_and(|w| counts.knows(w) && !own.contains_key(w)) {
            out.push_str(line);
            out.push('\n');
        }
    }
    for (word, sounds) in own {
        if counts.knows(word) {
            let _ = writeln!(out, "{word} {sounds}");
        }
    }
    out
}

/// How often words begin a phrase and follow each other.
#[derive(Default)]
struct Counts<'a> {
    begins: BTreeMap<&'a str, f64>,
    follows: BTreeMap<&'a str, BTreeMap<&'a str, f64>>,
    /// How often each stands anywhere, phrase ends included.
    stands: BTreeMap<&'a str, f64>,
}

impl<'a> Counts<'a> {
    fn read(&mut self, words: &'a Words, known: &BTreeSet<&str>) {
        let all: Vec<(&str, Kind)> = (words.phrases())
            .filter(|(phrase, _)| phrase.split(' ').all(|word| known.contains(word)))
            .map(|(phrase, meaning)| (phrase, Kind::of(meaning)))
            .chain(words.said_beside().map(|phrase| (phrase, Kind::Beside)))
            .filter(|(phrase, _)| phrase.split(' ').all(|word| known.contains(word)))
            .collect();
        for kind in Kind::ALL {
            let of: Vec<&str> = all.iter().filter(|p| p.1 == kind).map(|p| p.0).collect();
            for phrase in &of {
                self.phrase(phrase, kind.weight() / of.len() as f64);
            }
        }
        let first = |kind: Kind| -> Vec<&str> {
            let of = all.iter().filter(|p| p.1 == kind);
            of.filter_map(|p| p.0.split(' ').next()).collect()
        };
        let (ones, tens) = words.cardinals();
        let (ones, tens): (Vec<&str>, Vec<&str>) = (
            ones.iter().map(String::as_str).collect(),
            tens.iter().map(String::as_str).collect(),
        );
        let mut below_hundred = ones.clone();
        below_hundred.extend(&tens);
        // Taste, all of them: what is said before and after a number, a key, a lane.
        self.link(&tens, &ones, 2.0);
        self.link(&["hundred"], &below_hundred, 0.5);
        self.link(&["one", "a"], &["hundred"], 0.3);
        self.link(&["at"], &below_hundred, 1.5);
        self.link(&below_hundred, &["bars", "beats", "bpm"], 2.5);
        self.link(
            &["no", "without", "only", "with", "just"],
            &first(Kind::Lane),
            2.0,
        );
        for letter in LETTERS {
            self.begin(letter, 0.01);
            self.link(&["in"], &[letter], 0.15);
            self.link(&[letter], &["major", "minor"], 0.5);
            self.link(&[letter], &first(Kind::Scale), 0.1);
            self.link(&[letter], &["flat", "sharp"], 0.12);
            *self.stands.entry(letter).or_default() += 0.05;
        }
        self.link(&["flat", "sharp"], &["major", "minor"], 0.6);
        let known = |word: &&str| known.contains(*word);
        self.begins.retain(|word, _| known(word));
        self.follows.retain(|word, _| known(word));
        for after in self.follows.values_mut() {
            after.retain(|word, _| known(word));
        }
    }
    fn begin(&mut self, word: &'a str, weight: f64) {
        *self.begins.entry(word).or_default() += weight;
    }
    fn phrase(&mut self, phrase: &'a str, weight: f64) {
        let mut words = phrase.split(' ');
        let Some(mut before) = words.next() else {
            return;
        };
        self.begin(before, weight);
        for word in words {
            self.follow(before, word, weight);
            before = word;
        }
        *self.stands.entry(before).or_default() += weight;
    }
    fn follow(&mut self, before: &'a str, word: &'a str, weight: f64) {
        let after = self.follows.entry(before).or_default();
        *after.entry(word).or_default() += weight;
        *self.stands.entry(before).or_default() += weight;
    }
    fn link(&mut self, before: &[&'a str], after: &[&'a str], weight: f64) {
        let each = weight / (before.len() * after.len()).max(1) as f64;
        for a in before {
            for b in after {
                self.follow(a, b, each);
            }
        }
    }
    fn words(&self) -> BTreeSet<&'a str> {
        let after = self.follows.values().flat_map(BTreeMap::keys);
        (self.begins.keys().chain(self.follows.keys()).chain(after))
            .copied()
            .collect()
    }
    fn knows(&self, word: &str) -> bool {
        self.begins.contains_key(word)
            || self.follows.contains_key(word)
            || self.follows.values().any(|after| after.contains_key(word))
    }
    fn model(&self) -> String {
        let words = self.words();
        let all: f64 = self.begins.values().sum();
        let alone = |word: &str| {
            let begins = self.begins.get(word).copied().unwrap_or(0.0);
            (begins / all.max(1e-9)).max(1e-6) * (1.0 - ENDS)
        };
        let mut pairs = String::new();
        let mut count = 0;
        let mut singles = String::new();
        for word in &words {
            let after = self.follows.get(word);
            let total: f64 = after.map_or(0.0, |after| after.values().sum());
            let mut rest = 1.0;
            if let Some(after) = after.filter(|_| total > 0.0) {
                let stands = self.stands.get(word).copied().unwrap_or(total);
                let share = (total / stands.max(1e-9)).min(MOST);
                let mut named = 0.0;
                for (next, weight) in after {
                    named += alone(next);
                    count += 1;
                    let _ = writeln!(pairs, "{} {word} {next}", log(share * weight / total));
                }
                rest = (1.0 - share) / (1.0 - named).max(1e-6);
            }
            let _ = writeln!(singles, "{} {word} {}", log(alone(word)), log(rest));
        }
        format!(
            "\\data\\\nngram 1={}\nngram 2={count}\n\n\\1-grams:\n-99 <s> 0.0\n{} </s>\n{singles}\n\\2-grams:\n{pairs}\n\\end\\\n",
            words.len() + 2,
            log(ENDS),
        )
    }
}

fn log(share: f64) -> String {
    format!("{:.4}", share.max(1e-9).log10())
}

const LETTERS: [&str; 7] = ["a", "b", "c", "d", "e", "f", "g"];

/// What a phrase is, as far as it matters how often it is said.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Kind {
    Style,
    Scale,
    Meter,
    Lane,
    Instrument,
    Without,
    With,
    Degree,
    Tempo,
    Mood,
    Number,
    Beside,
}

impl Kind {
    const ALL: [Kind; 12] = [
        Kind::Style,
        Kind::Scale,
        Kind::Meter,
        Kind::Lane,
        Kind::Instrument,
        Kind::Without,
        Kind::With,
        Kind::Degree,
        Kind::Tempo,
        Kind::Mood,
        Kind::Number,
        Kind::Beside,
    ];
    fn of(meaning: &Meaning) -> Kind {
        match meaning {
            Meaning::Style(_) => Kind::Style,
            Meaning::Scale(_) => Kind::Scale,
            Meaning::Meter(_) => Kind::Meter,
            Meaning::Lane(_) => Kind::Lane,
            Meaning::Instrument(..) => Kind::Instrument,
            Meaning::Without => Kind::Without,
            Meaning::With | Meaning::Only => Kind::With,
            Meaning::Degree(_) => Kind::Degree,
            Meaning::Tempo(_) => Kind::Tempo,
            Meaning::Mood(_) => Kind::Mood,
            Meaning::Number(_) => Kind::Number,
        }
    }
    /// Taste: a prompt names a style, then moods; the rest is rarer.
    const fn weight(self) -> f64 {
        match self {
            Kind::Style => 6.0,
            Kind::Mood => 3.0,
            Kind::Lane | Kind::Without | Kind::With => 2.0,
            Kind::Number => 1.5,
            Kind::Instrument => 3.0,
            Kind::Beside => 2.5,
            Kind::Scale | Kind::Meter | Kind::Degree | Kind::Tempo => 1.0,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::Library;

    /// A dictionary of one's own, as a recogniser might have.
    const BASE: &str =
        "funk F AH NG K\nin IH N\nd D IY\nminor M AY N ER\na AH\na(2) EY\nzebra Z IY B R AH\n";

    #[test]
    fn the_dictionary_holds_our_words_alone_each_way_they_are_said() {
        let library = Library::load(None);
        let spoken = of(&library.words, BASE);
        let words: Vec<&str> = spoken.dictionary.lines().filter_map(headword).collect();
        assert!(words.contains(&"funk") && words.contains(&"lofi"));
        assert!(!words.contains(&"zebra") && !spoken.model.contains("zebra"));
        assert_eq!(words.iter().filter(|w| **w == "a").count(), 2);
        // No sounds are known for "melody" here: the model cannot expect it.
        assert!(!spoken.model.contains("melody"));
        for line in spoken.model.lines().filter(|l| l.starts_with('-')) {
            for word in line
                .split(' ')
                .skip(1)
                .filter(|w| w.parse::<f64>().is_err())
            {
                let mark = word.starts_with('<');
                assert!(mark || words.contains(&word), "{word} has no sounds");
            }
        }
    }

    #[test]
    fn what_follows_a_word_takes_no_more_than_the_whole() {
        let library = Library::load(None);
        // Every word is known, each by one sound.
        let base: String = (library.words.single_words())
            .map(|word| format!("{word} AH\n"))
            .collect();
        let model = of(&library.words, &base).model;
        let (mut singles, mut pairs) = (BTreeMap::new(), BTreeMap::<&str, Vec<(&str, f64)>>::new());
        let mut backs = BTreeMap::new();
        for line in model.lines() {
            match line.split(' ').collect::<Vec<_>>()[..] {
                [share, word, back] if back.parse::<f64>().is_ok() => {
                    singles.insert(word, 10f64.powf(share.parse().expect("a number")));
                    backs.insert(word, 10f64.powf(back.parse().expect("a number")));
                }
                [share, word, next] if share.starts_with(['-', '0']) => {
                    let share = 10f64.powf(share.parse().expect("a number"));
                    pairs.entry(word).or_default().push((next, share));
                }
                _ => {}
            }
        }
        assert!(
            singles.len() > 400 && pairs.len() > 100,
            "{} words",
            singles.len()
        );
        for (word, after) in &pairs {
            let named: f64 = after.iter().map(|(_, share)| share).sum();
            let unnamed: f64 = singles
                .iter()
                .filter(|(w, _)| !after.iter().any(|(next, _)| next == *w))
                .map(|(_, share)| share)
                .sum();
            let whole = named + backs[word] * unnamed;
            // The end of the prompt has its share in what comes by itself.
            assert!((0.8..1.01).contains(&whole), "after {word}: {whole}");
        }
        let after = |word: &str, next: &str| {
            let after = pairs
                .get(word)
                .and_then(|a| a.iter().find(|(w, _)| *w == next));
            after.map_or(0.0, |(_, share)| *share)
        };
        assert!(after("d", "minor") > 0.1 && after("bossa", "nova") > 0.3);
        assert!(after("d", "nova") == 0.0);
    }
}
