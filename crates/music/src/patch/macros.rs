//! The five macro knobs that every instrument has.

use serde::{Deserialize, Serialize};

/// A player's five knobs on a lane's instrument: −1 … +1 each, 0 is the patch as written.
///
/// Tone, body, drive and space act on what sounds already; attack and the body's length count from the next
/// note on.
#[derive(Clone, Copy, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Macros {
    /// Dark to bright.
    pub tone: f32,
    /// Soft and slow to hard and quick.
    pub attack: f32,
    /// Thin and short to full and long.
    pub body: f32,
    /// Cleaner than written to hot.
    pub drive: f32,
    /// Closer than written to far.
    pub space: f32,
}

impl Macros {
    /// Every knob within −1 … +1; what is not a number is 0.
    #[must_use]
    pub fn bounded(self) -> Macros {
        let knob = |x: f32| if x.is_nan() { 0.0 } else { x.clamp(-1.0, 1.0) };
        Macros {
            tone: knob(self.tone),
            attack: knob(self.attack),
            body: knob(self.body),
            drive: knob(self.drive),
            space: knob(self.space),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn knobs_out_of_range_are_brought_back() {
        let wild = Macros {
            tone: f32::NAN,
            attack: f32::INFINITY,
            body: -3.0,
            drive: 0.25,
            space: f32::NEG_INFINITY,
        };
        let tame = Macros {
            tone: 0.0,
            attack: 1.0,
            body: -1.0,
            drive: 0.25,
            space: -1.0,
        };
        assert_eq!(wild.bounded(), tame);
    }
}
