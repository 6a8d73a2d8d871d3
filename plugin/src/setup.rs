//! Settings of an instance that are neither automated nor part of the song: how late it may come, whether the mix
//! renews itself, and the piece that the master goes towards. Saved with the project.

use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Mutex, MutexGuard, PoisonError};

use dsp::Latency;
use serde::{Deserialize, Serialize};

/// What a project saves.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Chosen {
    /// The limiter looks ahead, and everything comes some milliseconds late, which hosts even out.
    pub look_ahead: bool,
    /// The mix is decided anew whenever the song has changed and stands still.
    pub renew_mix: bool,
    /// An audio file that the master goes towards; empty: none.
    pub reference: String,
}

/// The settings, for every thread.
#[derive(Default)]
pub struct Setup {
    chosen: Mutex<Chosen>,
    /// Of `chosen`, for the audio thread.
    look_ahead: AtomicBool,
    /// Why the last mix was not decided, in words.
    problem: Mutex<String>,
    /// The mix was decided for the song as it stands.
    mix_is_fresh: AtomicBool,
}

impl Setup {
    /// As chosen.
    pub fn get(&self) -> Chosen {
        locked(&self.chosen).clone()
    }
    /// Chooses.
    pub fn set(&self, chosen: Chosen) {
        self.look_ahead.store(chosen.look_ahead, Ordering::Relaxed);
        *locked(&self.chosen) = chosen;
    }
    /// How late everything shall come.
    ///
    /// # Realtime
    /// One atomic.
    pub fn latency(&self) -> Latency {
        if self.look_ahead.load(Ordering::Relaxed) {
            Latency::LookAhead
        } else {
            Latency::Zero
        }
    }
    /// Why the last mix was not decided; empty if it was.
    pub fn problem(&self) -> String {
        locked(&self.problem).clone()
    }
    /// Whether the mix was decided for the song as the worker last saw it.
    pub fn mix_is_fresh(&self) -> bool {
        self.mix_is_fresh.load(Ordering::Acquire)
    }
    /// Keeps whether it was.
    pub fn note_fresh(&self, fresh: bool) {
        self.mix_is_fresh.store(fresh, Ordering::Release);
    }
    /// Keeps why a mix was not decided.
    pub fn fail(&self, why: &str) {
        why.clone_into(&mut locked(&self.problem));
    }
}

fn locked<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}
