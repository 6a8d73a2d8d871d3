//! Spoken prompts: gathers what the Listen input carries while the button is held, and has it read.
//!
//! Reading is a recogniser's work, a program of its own that the user has installed or not ([`recogniser`]). It takes
//! a second or two on a thread of its own. What it read goes into the prompt line for the user to look at: a recogniser
//! mishears, and nobody wants a song changed by a mistake.

mod recogniser;
mod resample;
#[cfg(test)]
mod tests;

use std::sync::Arc;

use self::recogniser::Recogniser;
use super::job::Job;
use crate::handoff::Shared;
use crate::material;
use crate::speech::{Dictation, Heard};

/// Longest prompt, seconds; the button then lets go by itself. Taste: a long sentence.
const LONGEST_S: f32 = 20.0;
/// Shorter ones are a slip of the mouse, seconds.
const SHORTEST_S: f32 = 0.3;
/// Highest sample of what counts as silence: −54 dBFS. Taste: a microphone's noise.
const SILENT: f32 = 0.002;

/// Who listens and has it read.
pub struct Dictator {
    shared: Arc<Shared>,
    said: Vec<f32>,
    rate_hz: Option<u32>,
    listens: bool,
    job: Job,
    find: fn() -> Option<Recogniser>,
}

impl Dictator {
    /// By what is installed.
    pub fn new(shared: &Arc<Shared>) -> Dictator {
        Dictator {
            shared: shared.clone(),
            said: Vec::new(),
            rate_hz: None,
            listens: false,
            job: Job::default(),
            find: recogniser::find,
        }
    }

    /// The button goes down or up.
    pub fn obey(&mut self, speaks: bool) {
        match (self.listens, speaks) {
            (false, true) => self.begin(),
            (true, false) => self.end(),
            _ => {}
        }
    }

    fn begin(&mut self) {
        if (self.find)().is_none() {
            return self.answer(Err(recogniser::MISSING.to_owned()));
        }
        // What lay in the ring is from an earlier time.
        self.shared.speech.take(&mut self.said);
        self.said.clear();
        self.listens = true;
        self.shared.speech.want(true);
        self.show(Dictation::Listens { peak: 0.0 });
    }

    /// Takes what has come; called a few times a second.
    pub fn listen(&mut self) {
        if !self.listens {
            return;
        }
        let before = self.said.len();
        self.rate_hz = self.shared.speech.take(&mut self.said);
        let peak = peak(&self.said[before..]);
        self.show(Dictation::Listens { peak });
        if self.seconds() > LONGEST_S {
            self.end();
        }
    }

    fn seconds(&self) -> f32 {
        self.rate_hz
            .map_or(0.0, |hz| self.said.len() as f32 / hz as f32)
    }

    fn end(&mut self) {
        self.listens = false;
        self.rate_hz = self.shared.speech.take(&mut self.said);
        self.shared.speech.want(false);
        let said = std::mem::take(&mut self.said);
        match self.rate_hz {
            None => self.answer(Err(
                "The host plays no audio through MuseAroo at the moment, so nothing was heard.".into(),
            )),
            Some(_) if (said.len() as f32) < SHORTEST_S * self.rate_hz.unwrap_or(1) as f32 => self
                .answer(Err("Hold the button for as long as you speak.".into())),
            Some(_) if peak(&said) < SILENT => self.answer(Err(
                "Nothing came in: send your microphone to MuseAroo's Listen input (the manual says how).".into(),
            )),
            Some(rate_hz) => self.read(said, rate_hz),
        }
    }

    fn read(&mut self, said: Vec<f32>, rate_hz: u32) {
        let Some(recogniser) = (self.find)() else {
            return self.answer(Err(recogniser::MISSING.to_owned()));
        };
        self.show(Dictation::Reads);
        let (shared, cancel) = (self.shared.clone(), self.job.renew());
        let read = move || {
            let words = &material::library().words;
            let speech = resample::to(recogniser::RATE_HZ, &said, rate_hz);
            let heard = recogniser.read(&speech, words, &cancel);
            give(&shared, heard);
        };
        if let Err(why) = self.job.run("recogniser", read) {
            self.answer(Err(format!("The system has no thread to give: {why}.")));
        }
    }

    fn show(&self, dictation: Dictation) {
        self.shared.speech.show(dictation);
        self.shared.repaint.request_repaint();
    }

    fn answer(&self, heard: Heard) {
        give(&self.shared, heard);
    }
}

fn give(shared: &Shared, heard: Heard) {
    if let Err(why) = &heard {
        shared.say(why.as_str());
    }
    shared.speech.show(Dictation::Rests);
    shared.speech.answer(heard);
    shared.repaint.request_repaint();
}

fn peak(samples: &[f32]) -> f32 {
    samples.iter().fold(0.0, |peak, s| peak.max(s.abs()))
}
