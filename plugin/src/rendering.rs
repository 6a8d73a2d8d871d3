//! Whether the host renders faster than it plays, as it says with each block.
//!
//! The framework hears of it when a plug-in is activated, and hosts may change their mind later. Both entries hear
//! every word and pass it on here, on the thread that runs the block.

use std::cell::Cell;

thread_local! {
    static OFFLINE: Cell<bool> = const { Cell::new(false) };
}

/// Says it for the block that is processed next on this thread.
pub fn set_offline(is_offline: bool) {
    OFFLINE.set(is_offline);
}

/// Whether the host said so for the block that runs on this thread.
pub fn is_offline() -> bool {
    OFFLINE.get()
}
