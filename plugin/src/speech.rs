//! Spoken prompts on their way: the user holds a button, the audio thread passes on what the Listen input carries,
//! the worker has it read, the editor shows how far that is.
//!
//! Nothing is passed on but while the button is held, and nothing that was said is kept.

use std::sync::atomic::{AtomicBool, AtomicU32, Ordering};
use std::sync::{Mutex, PoisonError};

/// Samples on their way to the worker, which empties the ring every few hundredths of a second: at 192 kHz a third
/// of a second.
const RING: usize = 1 << 16;

/// How far a spoken prompt is.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub enum Dictation {
    /// Nobody speaks.
    #[default]
    Rests,
    /// The button is held; the highest sample of late, 0–1.
    Listens {
        /// Linear.
        peak: f32,
    },
    /// What was said is being read.
    Reads,
}

/// What became of it: a line for the prompt, or why there is none.
pub type Heard = Result<String, String>;

/// Everyone's end but the audio thread's.
pub struct Speech {
    wanted: AtomicBool,
    rate_hz: AtomicU32,
    samples: Mutex<rtrb::Consumer<f32>>,
    shown: Mutex<Dictation>,
    heard: Mutex<Option<Heard>>,
}

/// The audio thread's end.
pub struct SpeechEnd(rtrb::Producer<f32>);

impl Speech {
    /// Both ends.
    pub fn new() -> (Speech, SpeechEnd) {
        let (to_worker, samples) = rtrb::RingBuffer::new(RING);
        let speech = Speech {
            wanted: AtomicBool::new(false),
            rate_hz: AtomicU32::new(0),
            samples: Mutex::new(samples),
            shown: Mutex::default(),
            heard: Mutex::default(),
        };
        (speech, SpeechEnd(to_worker))
    }
    /// Whether the audio thread shall pass on what it hears.
    pub fn want(&self, wanted: bool) {
        self.wanted.store(wanted, Ordering::Release);
    }
    /// Appends what has come, and gives its sample rate; `None` before the first.
    pub fn take(&self, to: &mut Vec<f32>) -> Option<u32> {
        let mut samples = self.samples.lock().unwrap_or_else(PoisonError::into_inner);
        while let Ok(sample) = samples.pop() {
            to.push(sample);
        }
        let rate_hz = self.rate_hz.load(Ordering::Acquire);
        (rate_hz > 0).then_some(rate_hz)
    }
    /// How far it is.
    pub fn shown(&self) -> Dictation {
        *self.shown.lock().unwrap_or_else(PoisonError::into_inner)
    }
    /// Shows how far it is.
    pub fn show(&self, dictation: Dictation) {
        *self.shown.lock().unwrap_or_else(PoisonError::into_inner) = dictation;
    }
    /// Puts in place what became of it.
    pub fn answer(&self, heard: Heard) {
        *self.heard.lock().unwrap_or_else(PoisonError::into_inner) = Some(heard);
    }
    /// What became of it, once.
    pub fn take_heard(&self) -> Option<Heard> {
        let mut heard = self.heard.lock().unwrap_or_else(PoisonError::into_inner);
        heard.take()
    }
}

impl SpeechEnd {
    /// Passes on a block of the Listen input, both sides as one; what finds no room is lost.
    ///
    /// # Realtime
    /// Two atomics, and a ring while somebody speaks.
    pub fn pass_on(&mut self, speech: &Speech, listen: &[&mut [f32]], rate_hz: f32) {
        if !speech.wanted.load(Ordering::Acquire) {
            return;
        }
        speech.rate_hz.store(rate_hz as u32, Ordering::Release);
        let [left, right, ..] = listen else { return };
        for (left, right) in left.iter().zip(right.iter()) {
            let sample = 0.5 * (left + right);
            if self.0.push(sample).is_err() {
                return;
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_what_is_said_while_the_button_is_held_is_passed_on() {
        let (speech, mut end) = Speech::new();
        let (mut left, mut right) = ([0.5; 64], [0.25; 64]);
        let mut heard = Vec::new();
        end.pass_on(&speech, &[&mut left, &mut right], 48_000.0);
        assert_eq!((speech.take(&mut heard), heard.len()), (None, 0));
        speech.want(true);
        end.pass_on(&speech, &[&mut left, &mut right], 48_000.0);
        // A host that leaves the input out, and one that gives one side of it.
        end.pass_on(&speech, &[], 48_000.0);
        assert_eq!(speech.take(&mut heard), Some(48_000));
        assert_eq!(heard, [0.375; 64]);
        speech.want(false);
        end.pass_on(&speech, &[&mut left, &mut right], 48_000.0);
        speech.take(&mut heard);
        assert_eq!(heard.len(), 64);
    }

    #[test]
    fn a_worker_that_sleeps_costs_samples_and_nothing_else() {
        let (speech, mut end) = Speech::new();
        speech.want(true);
        let (mut left, mut right) = ([0.5; 4096], [0.5; 4096]);
        for _ in 0..100 {
            end.pass_on(&speech, &[&mut left, &mut right], 192_000.0);
        }
        let mut heard = Vec::new();
        assert_eq!(speech.take(&mut heard), Some(192_000));
        assert_eq!(heard.len(), RING);
    }
}
