//! What the host calls itself: both formats tell it as an instance is made, and the manual opens at its page.
//!
//! Kept once for the whole process, since a process is one host's. Told on the host's main thread, read by windows.

use std::sync::OnceLock;

static NAME: OnceLock<String> = OnceLock::new();

/// Remembers the name that a host gives; the first one counts.
pub fn told(name: &str) {
    keep(&NAME, name);
}

/// As it was told; empty where it was not.
pub fn name() -> &'static str {
    NAME.get().map_or("", String::as_str)
}

fn keep(place: &OnceLock<String>, name: &str) {
    let name = name.trim();
    if !name.is_empty() {
        _ = place.set(name.to_owned());
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_first_name_counts_and_a_blank_one_is_none() {
        let place = OnceLock::new();
        keep(&place, "  ");
        assert_eq!(place.get(), None);
        keep(&place, " REAPER\n");
        keep(&place, "another");
        assert_eq!(place.get().map(String::as_str), Some("REAPER"));
    }
}
