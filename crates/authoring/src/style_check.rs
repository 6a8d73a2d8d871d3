//! What is weak in a style that reads without a fault: variants that nobody ever hears, sections with too
//! little to choose from, lanes that stay silent, drums that two hands cannot play, a copy of another style.
//!
//! Most of it is measured, not guessed: the style's own form is performed over many seeds at the usual
//! settings, and a variant counts as heard when putting a marker in its place changes what is played. Takes
//! its time; runs on a command line or a worker.

mod alike;
mod lines;
mod performed;
mod reach;
mod stage;
mod written;

use music::style::Style;

use crate::Library;
use crate::library::StyleText;
use crate::problem::Problem;

pub use lines::Lines;

/// Seeds over which a variant may show itself. Taste: what one song in two hundred has is as good as unheard.
pub const SEEDS: u16 = 200;

/// What is weak in one style, by its file's lines. `seeds` bounds the search for unheard variants.
pub fn check_style(style: &Style, library: &Library, text: &StyleText, seeds: u16) -> Vec<Problem> {
    let lines = Lines::new(&text.text);
    let mut found = Findings {
        file: &text.path,
        lines: &lines,
        found: Vec::new(),
    };
    written::check(style, library, &mut found);
    performed::check(style, &mut found);
    reach::check(style, seeds, &mut found);
    found.found.sort_by_key(|p| p.line);
    found.found
}

/// Pairs of styles whose drums are as like each other as the songs of one of them; `names` holds the stems
/// that are asked about, empty for all.
pub fn check_pairs(library: &Library, texts: &[StyleText], names: &[String]) -> Vec<Problem> {
    alike::check(&library.styles, texts, names)
}

/// What was found in one file so far.
struct Findings<'a> {
    file: &'a str,
    lines: &'a Lines,
    found: Vec<Problem>,
}

impl Findings<'_> {
    /// Notes something about the `index`-th table of a list: `note("drums.groove", Some(2), …)`; about a key
    /// or table itself without an index.
    fn note(&mut self, key: &str, index: Option<usize>, message: String) {
        self.found.push(Problem {
            file: self.file.to_string(),
            line: self.lines.of(key, index),
            key: key.to_string(),
            message,
        });
    }
}

/// The tune of a song of a style at the usual settings, as sixteenths from its start and pitches.
#[cfg(test)]
pub(crate) fn tune(style: &Style, seed: u16) -> Vec<(i64, u8)> {
    let mut stage = stage::Stage::new(style.clone());
    stage.controls.seed = seed;
    let mut out = Vec::new();
    for bar in 0..stage.form().bars() {
        stage.perform(bar);
        let notes = stage.heard(music::lane::Lane::Melody);
        out.extend(notes.map(|n| (n.grid.0 / 240, n.pitch.0)));
    }
    out
}

#[cfg(test)]
mod tests;
