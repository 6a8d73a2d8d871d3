//! The prompt's lexicon, as data: what each word or phrase of `presets/words` means.

mod read;

use std::collections::BTreeMap;

use music::lane::Lane;
use music::pitch::Scale;
use music::time::Meter;

use crate::problem::Problem;
use crate::reader::{Reader, Source};

/// A control that moods move, with the end of its parameter id.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Knob {
    /// `energy`
    Energy,
    /// `density` of lanes
    Density,
    /// `complexity` of lanes
    Complexity,
    /// `syncopation` of lanes
    Syncopation,
    /// `variation` of lanes
    Variation,
    /// `fills` of the drums
    Fills,
    /// `swing`
    Swing,
    /// `humanize`
    Humanize,
    /// `push` of lanes
    Push,
    /// `register` of lanes
    Register,
}

impl Knob {
    /// Every knob.
    pub const ALL: [Knob; 10] = [
        Knob::Energy,
        Knob::Density,
        Knob::Complexity,
        Knob::Syncopation,
        Knob::Variation,
        Knob::Fills,
        Knob::Swing,
        Knob::Humanize,
        Knob::Push,
        Knob::Register,
    ];
    /// Its word, which is its key in files and the end of its parameter ids.
    pub const fn word(self) -> &'static str {
        [
            "energy",
            "density",
            "complexity",
            "syncopation",
            "variation",
            "fills",
            "swing",
            "humanize",
            "push",
            "register",
        ][self as usize]
    }
}

/// What a mood word changes.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Mood {
    /// A scale that it asks for, unless another word does.
    pub scale: Option<Scale>,
    /// Added to the usual values.
    pub moves: Vec<(Knob, f64)>,
}

/// A unit or word that gives a number its meaning.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Unit {
    /// After a tempo.
    Bpm,
    /// After a length in bars.
    Bars,
    /// After a length in minutes.
    Minutes,
    /// After a length in seconds.
    Seconds,
    /// Before a tempo.
    Tempo,
    /// Before a seed.
    Seed,
    /// Before a key.
    Key,
}

/// What a word or phrase means.
#[derive(Clone, Debug, PartialEq)]
pub enum Meaning {
    /// A style, by stem.
    Style(String),
    /// A scale.
    Scale(Scale),
    /// A meter.
    Meter(Meter),
    /// A part of the band.
    Lane(Lane),
    /// Instruments by their files' stems, a space between, and the lane that they play unless another is named.
    Instrument(Lane, String),
    /// Takes lanes out.
    Without,
    /// Leaves only these lanes.
    Only,
    /// Names lanes that play.
    With,
    /// Weighs the next mood.
    Degree(f64),
    /// A place in the style's range of tempos, 0–1.
    Tempo(f64),
    /// A mood.
    Mood(Mood),
    /// A number.
    Number(u16),
}

/// The lexicon: phrases of lower-case words. A phrase may have one meaning and be filler, joiner or unit
/// beside it.
#[derive(Clone, Debug, Default)]
pub struct Words {
    meanings: BTreeMap<String, Meaning>,
    units: BTreeMap<String, Unit>,
    ands: Vec<String>,
    filler: Vec<String>,
    others: Vec<String>,
    /// Words whose sounds no dictionary has, in the phones of Carnegie Mellon University's.
    sounds: BTreeMap<String, String>,
    /// What 1, 2, 3… are called, then 20, 30, 40….
    cardinals: (Vec<String>, Vec<String>),
}

/// Words of a phrase at most.
pub const LONGEST: usize = 5;

/// A phrase as it is looked up: lower case, without hyphens and apostrophes.
pub fn plain(text: &str) -> String {
    let mut out = String::new();
    for c in text.trim().chars().flat_map(char::to_lowercase) {
        match c {
            '-' | '_' | '\t' => out.push(' '),
            '\'' | '’' => {}
            c => out.push(c),
        }
    }
    out.split_whitespace().collect::<Vec<_>>().join(" ")
}

impl Words {
    /// What a phrase means.
    pub fn meaning(&self, phrase: &str) -> Option<&Meaning> {
        self.meanings.get(phrase)
    }
    /// What it does to a number or key beside it.
    pub fn unit(&self, phrase: &str) -> Option<Unit> {
        self.units.get(phrase).copied()
    }
    /// Whether it joins lanes: "drums and bass".
    pub fn joins(&self, word: &str) -> bool {
        self.ands.iter().any(|w| w == word)
    }
    /// Whether it says nothing by itself.
    pub fn is_filler(&self, phrase: &str) -> bool {
        self.filler.iter().any(|w| w == phrase)
    }
    /// Whether it is known at all, alone or as a part of a phrase.
    pub fn knows(&self, word: &str) -> bool {
        let others = self.others.iter().flat_map(|p| p.split(' '));
        self.single_words().chain(others).any(|w| w == word)
    }
    /// Every single word, for reading typos.
    pub fn single_words(&self) -> impl Iterator<Item = &str> {
        let phrases = self.meanings.keys().chain(self.units.keys());
        phrases
            .chain(&self.ands)
            .chain(&self.filler)
            .flat_map(|p| p.split(' '))
    }

    /// Every phrase that means something.
    pub fn phrases(&self) -> impl Iterator<Item = (&str, &Meaning)> {
        self.meanings.iter().map(|(phrase, m)| (phrase.as_str(), m))
    }
    /// Phrases that are said between those that mean something: units, joiners, filler.
    pub fn said_beside(&self) -> impl Iterator<Item = &str> {
        let units = self.units.keys();
        (units.chain(&self.ands).chain(&self.filler)).map(String::as_str)
    }
    /// Words with their sounds, where a dictionary lacks them.
    pub const fn sounds(&self) -> &BTreeMap<String, String> {
        &self.sounds
    }
    /// What 1, 2, 3… are called, and 20, 30, 40….
    pub fn cardinals(&self) -> (&[String], &[String]) {
        (&self.cardinals.0, &self.cardinals.1)
    }

    /// Adds a file's words; later files win over earlier ones.
    ///
    /// # Errors
    /// Everything that is wrong with the file, by line; nothing of it is added then.
    pub fn add(&mut self, file: &str, text: &str) -> Result<(), Vec<Problem>> {
        let source = Source::new(file, text);
        let mut read = Words::default();
        if let Some(table) = source.parse() {
            read::fill(&mut read, Reader::root(&source, &table));
        }
        let problems = source.into_problems();
        if !problems.is_empty() {
            return Err(problems);
        }
        self.meanings.extend(read.meanings);
        self.units.extend(read.units);
        self.ands.extend(read.ands);
        self.filler.extend(read.filler);
        self.others.extend(read.others);
        self.sounds.extend(read.sounds);
        if !read.cardinals.0.is_empty() {
            self.cardinals = read.cardinals;
        }
        Ok(())
    }
}
