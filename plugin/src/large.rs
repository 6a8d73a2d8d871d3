//! Room for large things.
//!
//! The band with its bars in hand is several hundred kilobytes, and the compiler may build it on the stack
//! before it goes to its box. Hosts call on threads with small stacks, so such things are built, and such
//! work is done, on a thread of ours that has room. Never on the audio thread.

use std::thread::{Builder, scope};

/// Room on the stack of the thread that builds.
const STACK_BYTES: usize = 16 << 20;

/// Does something that needs a large stack, and waits for it. `None` if it panicked, which is our bug; the
/// panic was logged.
pub fn with_room<T: Send>(work: impl Fn() -> T + Send + Sync) -> Option<T> {
    scope(|scope| {
        match Builder::new()
            .stack_size(STACK_BYTES)
            .spawn_scoped(scope, &work)
        {
            Ok(thread) => thread.join().ok(),
            // The system gives no thread: the caller's stack may still do.
            Err(_) => Some(work()),
        }
    })
}

/// A default value in a box.
pub fn made<T: Default + Send>() -> Box<T> {
    with_room(Box::default).unwrap_or_default()
}
