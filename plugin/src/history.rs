//! What the user did, step by step: a log of commands that can be taken back, done again, and compared.
//!
//! A step holds what it changed and nothing else: members of the song before and after ([`patch`]), parameters
//! that were turned by hand in the window, and a take that the change took out of play. So taking a step back
//! restores the very same notes. The log is bounded, the oldest steps are folded away, and a project carries it.
//!
//! Kept by the worker's side of [`crate::handoff::Shared`]; the audio thread never sees it. What a host automates
//! is the host's to undo and is in no step.

mod patch;
mod steps;
#[cfg(test)]
mod tests;
mod words;

use std::collections::VecDeque;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use serde::{Deserialize, Serialize};
use serde_json::Value;

use self::patch::Member;
use crate::take::Take;

pub(crate) use self::steps::turned;
pub use self::words::of_song as words_of_song;

/// Most steps kept. Taste: more than anyone counts back.
const MOST_STEPS: usize = 200;
/// Most bytes that the steps may have when written out. Taste: a project stays small.
const MOST_BYTES: usize = 512 << 10;
/// Longest words of a step, characters.
const MOST_WORDS: usize = 60;

/// A parameter that was turned by hand, 0–1.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Turn {
    /// Parameter.
    pub id: String,
    /// Before.
    pub before: f32,
    /// After.
    pub after: f32,
}

/// One thing that the user did.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(default)]
pub struct Step {
    /// In words: `Bass density 62 %`.
    pub words: String,
    /// What it changed in the song.
    song: Vec<Member>,
    /// What it turned.
    turns: Vec<Turn>,
    /// The take that stopped playing with it.
    #[serde(with = "kept_take")]
    take: Option<Arc<Take>>,
    /// It went over to the other of two versions.
    compares: bool,
}

impl Step {
    /// About how many bytes it takes when written out.
    fn bytes(&self) -> usize {
        let song: usize = self.song.iter().map(Member::bytes).sum();
        // A take is large and there is one at most; it does not push other steps out.
        self.words.len() + song + self.turns.len() * 60 + 40
    }
}

/// The version that does not play, while two are compared.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
struct Version {
    song: Value,
    turned: Vec<(String, f32)>,
}

/// The log.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(default)]
pub struct History {
    steps: VecDeque<Step>,
    /// Steps that are done; those behind were taken back.
    done: usize,
    /// Version B plays.
    is_b: bool,
    other: Option<Version>,
}

/// What the editor shows of the log.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Log {
    /// Words of every step, the oldest first.
    pub steps: Vec<String>,
    /// How many of them are done.
    pub done: usize,
    /// Version B plays.
    pub is_b: bool,
}

impl Log {
    /// What undo would take back.
    pub fn undo(&self) -> Option<&str> {
        self.steps
            .get(self.done.checked_sub(1)?)
            .map(String::as_str)
    }
    /// What redo would do again.
    pub fn redo(&self) -> Option<&str> {
        self.steps.get(self.done).map(String::as_str)
    }
}

impl History {
    /// For the editor.
    pub fn log(&self) -> Log {
        Log {
            steps: self.steps.iter().map(|step| step.words.clone()).collect(),
            done: self.done,
            is_b: self.is_b,
        }
    }
    /// Adds a step; what was taken back is gone, and the oldest steps are folded away.
    fn push(&mut self, mut step: Step) {
        step.words = short(&step.words);
        self.steps.truncate(self.done);
        self.steps.push_back(step);
        let mut bytes: usize = self.steps.iter().map(Step::bytes).sum();
        while self.steps.len() > MOST_STEPS || bytes > MOST_BYTES && self.steps.len() > 1 {
            bytes -= self.steps.pop_front().map_or(0, |step| step.bytes());
        }
        self.done = self.steps.len();
    }
    /// Adds what was turned by hand. It joins the last step if that turned the same ones a moment ago, or if it
    /// is one and the same deed, by its words.
    fn turned(&mut self, words: &str, turns: Vec<Turn>, soon: bool) {
        let words = short(words);
        let newest = self.done == self.steps.len();
        if let Some(last) = self.steps.back_mut().filter(|_| newest) {
            let same = last.turns.len() == turns.len()
                && last.turns.iter().zip(&turns).all(|(a, b)| a.id == b.id);
            if soon && same && last.song.is_empty() && !last.compares {
                for (turn, new) in last.turns.iter_mut().zip(turns) {
                    turn.after = new.after;
                }
                last.words = words;
                return;
            }
            if last.turns.is_empty() && last.words == words {
                last.turns = turns;
                return;
            }
        }
        self.push(Step {
            words,
            turns,
            ..Step::default()
        });
    }
    /// As a saved project may be believed.
    pub fn mended(mut self) -> History {
        self.done = self.done.min(self.steps.len());
        while self.steps.len() > MOST_STEPS {
            self.steps.pop_front();
            self.done = self.done.saturating_sub(1);
        }
        for step in &mut self.steps {
            step.turns.retain(|turn| {
                (0.0..=1.0).contains(&turn.before) && (0.0..=1.0).contains(&turn.after)
            });
        }
        self
    }
}

/// Words that are not too long for a list.
fn short(words: &str) -> String {
    match words.char_indices().nth(MOST_WORDS) {
        Some((at, _)) => format!("{}\u{2026}", &words[..at]),
        None => words.to_owned(),
    }
}

/// The log between threads: whoever changes it also renews what the editor shows.
#[derive(Default)]
pub struct Kept {
    history: Mutex<History>,
    shown: Mutex<Arc<Log>>,
}

impl Kept {
    /// Reads.
    pub fn read<R>(&self, read: impl FnOnce(&History) -> R) -> R {
        read(&locked(&self.history))
    }
    /// Changes.
    pub fn change<R>(&self, change: impl FnOnce(&mut History) -> R) -> R {
        let mut history = locked(&self.history);
        let done = change(&mut history);
        *locked(&self.shown) = Arc::new(history.log());
        done
    }
    /// For the editor.
    pub fn shown(&self) -> Arc<Log> {
        locked(&self.shown).clone()
    }
}

fn locked<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}

/// Saves a take as projects do.
mod kept_take {
    use std::sync::Arc;

    use serde::{Deserialize, Deserializer, Serialize, Serializer};
    use serde_json::Value;

    use crate::take::Take;

    pub fn serialize<S: Serializer>(take: &Option<Arc<Take>>, to: S) -> Result<S::Ok, S::Error> {
        take.as_ref().map(|take| take.to_json()).serialize(to)
    }
    pub fn deserialize<'de, D: Deserializer<'de>>(from: D) -> Result<Option<Arc<Take>>, D::Error> {
        let value = Option::<Value>::deserialize(from)?;
        Ok(value.and_then(|v| Take::from_json(&v)).map(Arc::new))
    }
}
