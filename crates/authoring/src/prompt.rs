//! A line of words to a song: "slow lo-fi in D minor, 92 bpm, 32 bars, no drums".
//!
//! An own tokenizer, a lexicon that is data (`presets/words`) and slots that are filled from left to right;
//! no model, no network. What is not understood is said and never guessed; a typo is read as the one word
//! that it can only have been, and that is said too. Runs on the worker or a command line.

mod numbers;
mod parse;
mod slots;
pub mod spoken;
mod tokens;
mod words;

use music::Name;
use music::lane::{LANES, LaneSet};
use music::song::Song;
use music::time::Meter;

pub use self::words::Words;
use crate::library::Library;

/// Where the song stands before the prompt.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Context {
    /// Slot of the style that plays.
    pub style: u8,
    /// Tempo that plays, BPM.
    pub tempo_bpm: f64,
    /// The tempo is the host's: a prompt cannot change how long a minute is.
    pub host_tempo: bool,
    /// Meter that plays.
    pub meter: Meter,
}

impl Default for Context {
    fn default() -> Self {
        Context {
            style: 0,
            tempo_bpm: 120.0,
            host_tempo: false,
            meter: Meter::default(),
        }
    }
}

/// What a prompt changes about the song itself; `None` leaves it.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct SongChange {
    /// Length of the form in bars.
    pub bars: Option<u16>,
    /// Meter.
    pub meter: Option<Meter>,
    /// Lanes that may play.
    pub lanes: Option<LaneSet>,
    /// Stems of the instruments that lanes sound with; an empty one is the style's own choice.
    pub instruments: [Option<Name>; LANES],
}

impl SongChange {
    /// Changes a song. A form that the user placed gives way to a new length.
    pub fn apply(&self, song: &mut Song) {
        if let Some(bars) = self.bars {
            song.bars = bars;
            song.form.clear();
        }
        if let Some(meter) = self.meter {
            song.meter = meter;
        }
        if let Some(lanes) = self.lanes {
            song.lanes = lanes;
        }
        for (to, from) in song.instruments.iter_mut().zip(&self.instruments) {
            if let Some(stem) = from {
                *to = stem.clone();
            }
        }
    }
}

/// What a prompt means.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct PromptResult {
    /// (parameter id, text as the host shows it), each id once.
    pub set: Vec<(String, String)>,
    /// What changes about the song.
    pub song: SongChange,
    /// What was understood, in one line.
    pub understood: String,
    /// Words that were not, with the reason in brackets where there is one.
    pub not_understood: Vec<String>,
}

/// Reads a prompt.
///
/// # Example
/// ```
/// use authoring::{Library, prompt};
/// let library = Library::load(None);
/// let result = prompt::read("funk in D minor, 96 bpm, no melody", &library, prompt::Context::default());
/// assert!(result.set.contains(&("tempo".to_string(), "96 BPM".to_string())));
/// assert!(result.not_understood.is_empty());
/// ```
pub fn read(text: &str, library: &Library, context: Context) -> PromptResult {
    let mut parser = parse::Parser::new(tokens::tokens(text), &library.words, library);
    parser.run();
    let (slots, not_understood) = parser.finish();
    slots.result(library, context, not_understood)
}

#[cfg(test)]
mod tests;
