//! Musical time in integers: ticks, spans, meters and their beat grouping.

mod meter;

use serde::{Deserialize, Serialize};

pub use meter::{Beat, BeatRole, Grouping, Meter};

/// Ticks in a quarter note.
pub const TICKS_PER_QUARTER: i64 = 960;
/// Ticks in a sixteenth, the step of every pattern.
pub const TICKS_PER_STEP: i64 = TICKS_PER_QUARTER / 4;
/// Most beats that a bar may have.
pub const MAX_BEATS: usize = 16;
/// Most sixteenth steps that a bar may have (13/4 is 52).
pub const MAX_STEPS: usize = 64;

/// A position: ticks since bar 1 of the song. Negative before it.
#[derive(
    Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize,
)]
pub struct Tick(pub i64);

impl Tick {
    /// This position moved by some ticks.
    pub const fn plus(self, ticks: i64) -> Tick {
        Tick(self.0 + ticks)
    }
    /// Ticks from `earlier` to here.
    pub const fn since(self, earlier: Tick) -> i64 {
        self.0 - earlier.0
    }
}

/// A half-open stretch of song time: `start` belongs to it, `end` does not.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct TickSpan {
    /// First tick inside.
    pub start: Tick,
    /// First tick after.
    pub end: Tick,
}

impl TickSpan {
    /// Whether `at` lies inside.
    pub const fn contains(self, at: Tick) -> bool {
        at.0 >= self.start.0 && at.0 < self.end.0
    }
    /// Length in ticks.
    pub const fn ticks(self) -> i64 {
        self.end.0 - self.start.0
    }
}

/// Ticks that `micros` microseconds last at a tempo in thousandths of a BPM (quarter notes).
///
/// # Example
/// ```
/// assert_eq!(music::time::ticks_from_micros(500_000, 120_000), 960);
/// ```
pub const fn ticks_from_micros(micros: i64, tempo_mbpm: u32) -> i64 {
    micros * tempo_mbpm as i64 * TICKS_PER_QUARTER / 60_000_000_000
}
