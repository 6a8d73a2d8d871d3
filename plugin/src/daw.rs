//! What the host calls itself: both formats tell it as an instance is made, and the manual opens at its page.
//!
//! Kept once for the whole process, since a process is one host's. Told on the host's main thread, read by windows.

use std::sync::OnceLock;

static NAME: OnceLock<String> = OnceLock::new();

/// Remembers the name that a host gives; the first one counts.
pub fn told(name: &str) {
    let name = name.trim();
    if !name.is_empty() {
        _ = NAME.set(name.to_owned());
    }
}

/// As it was told; empty where it was not.
pub fn name() -> &'static str {
    NAME.get().map_or("", String::as_str)
}
