//! MixAroo listens: the song is played through in silence, measured, and the mix decided.
//!
//! On a thread of its own, as fast as it can; it plays the way the audio thread does (the same performer, the
//! same player, the same [`play`]), so that what was measured is what is heard. Three steps: every stem and
//! the mix without its master say what to correct; the master's gain is found by playing through the
//! master; a reference, where one is given, is approached in between. The numbers go into the song.
//!
//! [`play`]: crate::plugin::playing::play

mod fingerprint;
mod task;
mod through;

use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::thread::JoinHandle;

use dsp::Faders;
use music::lane::LANES;

use crate::handoff::Shared;
use crate::params::MuseParams;
use crate::snapshot::Mixing;

pub use self::fingerprint::fingerprint;
pub(in crate::worker) use self::task::Task;
pub(in crate::worker) use self::through::Through;

/// What is asked for.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Wish {
    /// A piece to sound like; empty: none.
    pub reference: String,
}

/// One listening at a time.
pub struct Listener {
    shared: Arc<Shared>,
    running: Option<JoinHandle<()>>,
    cancel: Arc<AtomicBool>,
    /// The song that was last begun with by itself: a mix that fails is not tried again and again.
    renewed: Option<u64>,
}

impl Listener {
    /// Listens for an instance.
    pub fn new(shared: &Arc<Shared>) -> Listener {
        Listener {
            shared: shared.clone(),
            running: None,
            cancel: Arc::default(),
            renewed: None,
        }
    }
    /// Begins by itself for a song, once.
    pub fn renew(&mut self, params: &MuseParams, reference: String, song: u64) {
        if self.renewed != Some(song) {
            self.renewed = Some(song);
            self.start(params, Wish { reference });
        }
    }
    /// Begins; what runs is ended first.
    pub fn start(&mut self, params: &MuseParams, wish: Wish) {
        self.cancel();
        self.join();
        self.cancel = Arc::default();
        let task = Task {
            material: self.shared.material(),
            controls: params.controls(),
            faders: Faders {
                solo: [false; LANES],
                main_carries_rest: false,
                ..params.faders()
            },
            tempo_mbpm: self.shared.heard.tempo_mbpm(),
            wish,
            shared: self.shared.clone(),
            cancel: self.cancel.clone(),
        };
        self.shared.show_mixing(Some(Mixing {
            share: 0.0,
            what: "listening to the parts".to_owned(),
        }));
        let shared = self.shared.clone();
        let run = move || {
            let end = catch_unwind(AssertUnwindSafe(|| task.listen()));
            let why = match end {
                Ok(Ok(Some(decisions))) => {
                    task.put_in_place(decisions);
                    String::new()
                }
                // Whoever cancelled knows; what took its place speaks for itself.
                Ok(Ok(None)) => String::new(),
                Ok(Err(why)) => why,
                Err(_) => "that is a bug in MuseAroo".to_owned(),
            };
            task.shared.setup.fail(&why);
            if !why.is_empty() {
                task.shared.say(format!("The mix is as it was: {why}."));
            }
            task.shared.show_mixing(None);
        };
        let thread = std::thread::Builder::new()
            .name("MuseAroo mix".to_owned())
            // The band and its bars are large.
            .stack_size(16 << 20)
            .spawn(run);
        match thread {
            Ok(thread) => self.running = Some(thread),
            Err(error) => {
                shared.show_mixing(None);
                shared.say(format!("The mix is as it was: {error}."));
            }
        }
    }
    /// Stops within a block.
    pub fn cancel(&mut self) {
        self.cancel.store(true, Ordering::Release);
    }
    fn join(&mut self) {
        if let Some(running) = self.running.take() {
            // One that panicked has said so on its own.
            let _ = running.join();
        }
    }
}

impl Drop for Listener {
    fn drop(&mut self) {
        self.cancel();
        self.join();
    }
}

#[cfg(test)]
mod tests;
