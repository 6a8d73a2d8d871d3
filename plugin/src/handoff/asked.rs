//! What the user asks of the audio thread outside the song: silence at once.

use std::sync::atomic::{AtomicBool, Ordering};

/// What was asked and not yet done.
#[derive(Debug, Default)]
pub struct Asked {
    panic: AtomicBool,
}

impl Asked {
    /// Every note shall end at once.
    pub fn panic(&self) {
        self.panic.store(true, Ordering::Release);
    }
    /// Whether every note shall end, once.
    ///
    /// # Realtime
    /// One atomic.
    pub fn take_panic(&self) -> bool {
        self.panic.swap(false, Ordering::AcqRel)
    }
}
