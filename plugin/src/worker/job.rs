//! Work that takes long, on a thread of its own: one piece at a time, to be cancelled, and never longer than its
//! owner.

use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::thread::JoinHandle;

/// The band, its bars and the tables of styles are large, and some of them are on the stack.
const STACK_BYTES: usize = 16 << 20;

/// A thread that is waited for, and the word that ends it early.
#[derive(Default)]
pub struct Job {
    running: Option<JoinHandle<()>>,
    cancel: Arc<AtomicBool>,
}

impl Job {
    /// Ends what runs; gives the flag that the next work looks at.
    pub fn renew(&mut self) -> Arc<AtomicBool> {
        self.cancel();
        self.join();
        self.cancel = Arc::default();
        self.cancel.clone()
    }
    /// Begins.
    ///
    /// # Errors
    /// Why the system has no thread to give.
    pub fn run(&mut self, name: &str, work: impl FnOnce() + Send + 'static) -> Result<(), String> {
        let thread = std::thread::Builder::new()
            .name(format!("MuseAroo {name}"))
            .stack_size(STACK_BYTES)
            .spawn(work);
        self.running = Some(thread.map_err(|error| error.to_string())?);
        Ok(())
    }
    /// Asks what runs to end.
    pub fn cancel(&self) {
        self.cancel.store(true, Ordering::Release);
    }
    /// Waits for it.
    pub fn join(&mut self) {
        if let Some(running) = self.running.take() {
            // One that panicked has said so on its own.
            let _ = running.join();
        }
    }
}

impl Drop for Job {
    fn drop(&mut self) {
        self.cancel();
        self.join();
    }
}
