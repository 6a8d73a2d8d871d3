//! The background thread of an instance: reads prompts, applies commands, writes the score out.
//!
//! Started with the instance and joined when it goes. Nothing that sounds waits for it: song and styles are
//! in place before the first block, and the audio thread composes for itself. The worker looks at the
//! parameters a few times a second and writes the score anew once they stand still. What takes seconds,
//! learning a style, has a thread of its own that the worker ends before it goes ([`learn`]). Orders are obeyed at the
//! [`bench`], one after another; none of them can end the worker.

mod bench;
pub mod export;
mod hand;
mod import;
mod job;
mod learn;
pub mod listen;
mod place;
mod preview;
mod prompt;
mod refine;
mod round;
mod score;
mod shelf;
mod speech;
#[cfg(test)]
mod tests;

use std::path::PathBuf;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::mpsc::{Receiver, RecvTimeoutError};
use std::thread::JoinHandle;
use std::time::Duration;

use self::bench::Bench;
use crate::handoff::Shared;
use crate::material;
use crate::params::MuseParams;
use crate::snapshot::Command;

/// How often the worker looks whether something changed.
const LOOK: Duration = Duration::from_millis(40);

/// The thread, and the way to end it.
pub struct Worker {
    thread: Option<JoinHandle<()>>,
    stop: Arc<AtomicBool>,
    shared: Arc<Shared>,
}

impl Worker {
    /// Starts the thread. `None` where the system gives none: everything still sounds, and the editor shows
    /// no score.
    pub fn start(shared: &Arc<Shared>, params: &Arc<MuseParams>) -> Option<Worker> {
        Worker::start_with(shared, params, material::user_folder())
    }
    /// As [`Worker::start`], with another place for what is stored for the user.
    fn start_with(
        shared: &Arc<Shared>,
        params: &Arc<MuseParams>,
        user_folder: Option<PathBuf>,
    ) -> Option<Worker> {
        let inbox = shared.take_inbox()?;
        let stop = Arc::new(AtomicBool::new(false));
        let (own, params, stopped) = (shared.clone(), Arc::downgrade(params), stop.clone());
        let thread = std::thread::Builder::new()
            .name("MuseAroo worker".to_owned())
            // Styles and bars are large tables; composing keeps some of them on the stack.
            .stack_size(8 << 20)
            .spawn(move || {
                // Dropped on every way out, which ends what still runs.
                let mut bench = Bench::new(&own, params, user_folder);
                work(&mut bench, &inbox, &stopped);
            })
            .ok()?;
        Some(Worker {
            thread: Some(thread),
            stop,
            shared: shared.clone(),
        })
    }
}

impl Drop for Worker {
    fn drop(&mut self) {
        self.stop.store(true, Ordering::Release);
        if let Some(thread) = self.thread.take() {
            self.shared.wake_worker();
            // A worker that panicked has said so on its own.
            let _ = thread.join();
        }
    }
}

fn work(bench: &mut Bench, inbox: &Receiver<Option<Command>>, stop: &AtomicBool) {
    if let Some(folder) = &bench.folder {
        export::clean(folder);
    }
    while !stop.load(Ordering::Acquire) {
        let command = match inbox.recv_timeout(LOOK) {
            Ok(command) => command,
            Err(RecvTimeoutError::Timeout) => None,
            Err(RecvTimeoutError::Disconnected) => return,
        };
        let Some(params) = bench.params() else {
            return;
        };
        if let Some(command) = command {
            bench.obey(&params, command);
        }
        bench.guarded("Looking around", |bench| bench.look_around(&params));
    }
}
