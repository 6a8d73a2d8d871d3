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

use music::lane::LANES;

use super::job::Job;
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
    job: Job,
    /// The song that was last begun with by itself: a mix that fails is not tried again and again.
    renewed: Option<u64>,
}

impl Listener {
    /// Listens for an instance.
    pub fn new(shared: &Arc<Shared>) -> Listener {
        Listener {
            shared: shared.clone(),
            job: Job::default(),
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
        let mut task = Task::new(&self.shared, params, self.job.renew());
        task.faders.solo = [false; LANES];
        task.wish = wish;
        self.shared.show_mixing(Some(Mixing {
            share: 0.0,
            what: "listening to the parts".to_owned(),
        }));
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
        if let Err(why) = self.job.run("mix", run) {
            self.shared.show_mixing(None);
            self.shared.say(format!("The mix is as it was: {why}."));
        }
    }
    /// Stops within a block.
    pub fn cancel(&mut self) {
        self.job.cancel();
    }
}

#[cfg(test)]
mod tests;
