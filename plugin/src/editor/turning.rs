//! What the hand turned between taking hold and letting go, so that it can be taken back.
//!
//! The host may take a block to tell a new value back; so the value before is read when the hand takes hold, and
//! the value after is the last one that it set.

use std::collections::BTreeMap;

use crate::history::Turn;

/// Turns of one hand that follow within this are one, seconds. Taste: notches of a wheel belong together, two
/// thoughts do not.
const SOON_SECONDS: f64 = 1.2;

/// Parameters in hand, and when the last one was let go.
#[derive(Debug, Default)]
pub struct Turning {
    held: BTreeMap<String, (f32, f32)>,
    last: Option<f64>,
}

impl Turning {
    /// Takes hold of a parameter that stands at `value`.
    pub fn begin(&mut self, id: &str, value: f32) {
        self.held.insert(id.to_owned(), (value, value));
    }
    /// Moves it.
    pub fn set(&mut self, id: &str, value: f32) {
        if let Some((_, last)) = self.held.get_mut(id) {
            *last = value;
        }
    }
    /// Lets go. Gives what was turned, if anything was, and whether soon after the last turn.
    pub fn end(&mut self, id: &str, now: f64) -> Option<(Turn, bool)> {
        let (before, after) = self.held.remove(id)?;
        if before == after {
            return None;
        }
        let soon = self.last.is_some_and(|last| now - last < SOON_SECONDS);
        self.last = Some(now);
        let id = id.to_owned();
        Some((Turn { id, before, after }, soon))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_turn_runs_from_taking_hold_to_letting_go() {
        let mut turning = Turning::default();
        turning.begin("swing", 0.25);
        turning.set("swing", 0.5);
        turning.set("swing", 0.75);
        let turn = Turn {
            id: "swing".into(),
            before: 0.25,
            after: 0.75,
        };
        assert_eq!(turning.end("swing", 1.0), Some((turn, false)));
        assert_eq!(turning.end("swing", 1.0), None, "let go twice");
        turning.begin("swing", 0.75);
        assert_eq!(turning.end("swing", 2.0), None, "held and not moved");
        for (now, soon) in [(2.0, true), (9.0, false)] {
            turning.begin("swing", 0.0);
            turning.set("swing", 1.0);
            let (_, told) = turning.end("swing", now).expect("it moved");
            assert_eq!(told, soon, "at {now}");
        }
    }
}
