//! The threads of windows that were closed, under X11.
//!
//! The framework gives each window a thread of its own. Closing tells it to end and waits for it, but not if the
//! thread stops listening just then: the wait is given up, and the thread takes the window down on its own. Its code is
//! in this library. A host may unload that as soon as the instance is gone, so the instance waits here.

use std::fs::read_link;
use std::path::{Path, PathBuf};
use std::sync::{Mutex, PoisonError};
use std::thread::sleep;
use std::time::{Duration, Instant};

/// Longest wait. Taste: taking a window down takes some milliseconds, and who closes a project waits for nothing longer.
const LONGEST: Duration = Duration::from_secs(2);

/// How long the system has to end a thread before it is looked at again.
const PAUSE: Duration = Duration::from_millis(1);

/// Threads of an instance's windows that may still run, as the system lists them.
#[derive(Debug, Default)]
pub struct Threads(Mutex<Vec<PathBuf>>);

impl Threads {
    /// The calling thread is a window's. Without proc(5) it is not known, and nobody waits for it.
    pub fn enter(&self) {
        let Ok(own) = read_link("/proc/thread-self") else {
            return;
        };
        let mut threads = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        threads.retain(|thread| runs(thread));
        threads.push(own);
    }
    /// Waits until all have ended; not for the calling one.
    pub fn wait(&self) {
        let own = read_link("/proc/thread-self").ok();
        let until = Instant::now() + LONGEST;
        let threads = std::mem::take(&mut *self.0.lock().unwrap_or_else(PoisonError::into_inner));
        for thread in threads
            .iter()
            .filter(|thread| Some(*thread) != own.as_ref())
        {
            while runs(thread) && Instant::now() < until {
                sleep(PAUSE);
            }
        }
    }
}

/// Whether the system lists a thread, a path below that of processes.
fn runs(thread: &Path) -> bool {
    Path::new("/proc").join(thread).exists()
}

#[cfg(all(test, target_os = "linux"))]
mod tests {
    use std::sync::Arc;
    use std::sync::mpsc::channel;
    use std::thread::spawn;

    use super::*;

    #[test]
    fn waiting_ends_with_the_last_thread() {
        let threads = Arc::new(Threads::default());
        let (entered, all) = channel();
        let begun = Instant::now();
        let work = Duration::from_millis(150);
        for part in 1..=2 {
            let (threads, entered) = (threads.clone(), entered.clone());
            spawn(move || {
                threads.enter();
                entered.send(()).expect("the test listens");
                sleep(work * part);
            });
        }
        for _ in 0..2 {
            all.recv().expect("both enter");
        }
        threads.wait();
        assert!(begun.elapsed() >= 2 * work, "{:?}", begun.elapsed());
        threads.enter();
        threads.wait();
        let took = begun.elapsed();
        assert!(took < LONGEST, "waited for itself: {took:?}");
    }
}
