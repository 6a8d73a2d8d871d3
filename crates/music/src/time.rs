//! Musical time in integers: ticks, spans, meters and their beat grouping.

use heapless::Vec;
use serde::{Deserialize, Serialize};

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

/// One beat as a player counts it: 4 sixteenths (a quarter), 6 (a dotted quarter), 2 or 3 (short beats).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Beat {
    /// First step of the beat in the bar.
    pub first_step: u8,
    /// Steps that it lasts.
    pub steps: u8,
    /// What the beat does in the bar.
    pub role: BeatRole,
}

/// What a beat does in its bar; patterns written for 4/4 find their place in any meter by it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum BeatRole {
    /// The first beat of the bar: pattern beat 1.
    Down,
    /// The last beat of a group, where a backbeat falls: pattern beats 2 and 4.
    Back,
    /// The first beat of a later group: pattern beat 3.
    Mid,
    /// Between the first and the last of a group of three or more.
    Weak,
}

/// A time signature.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct Meter {
    /// Beats as written, 1–32.
    pub numerator: u8,
    /// Note value as written: 1, 2, 4, 8, 16 or 32.
    pub denominator: u8,
}

impl Default for Meter {
    fn default() -> Self {
        Meter {
            numerator: 4,
            denominator: 4,
        }
    }
}

impl Meter {
    /// A meter, if it is one that a bar of at most [`MAX_STEPS`] sixteenths can hold.
    pub const fn new(numerator: u8, denominator: u8) -> Option<Meter> {
        let known = matches!(denominator, 1 | 2 | 4 | 8 | 16);
        if !known || numerator == 0 || numerator > 32 {
            return None;
        }
        let meter = Meter {
            numerator,
            denominator,
        };
        if meter.steps() > MAX_STEPS || meter.steps() == 0 {
            None
        } else {
            Some(meter)
        }
    }
    /// Length of a bar in ticks.
    pub const fn bar_ticks(self) -> i64 {
        self.numerator as i64 * TICKS_PER_QUARTER * 4 / self.denominator as i64
    }
    /// Length of a bar in sixteenth steps.
    pub const fn steps(self) -> usize {
        self.numerator as usize * 16 / self.denominator as usize
    }
    /// Groups of counted beats, as numbers of eighths (or quarters in simple meters): 7/8 is 2+2+3.
    ///
    /// Rules: simple meters (…/4, …/2) count quarters or halves in groups of 2, with one 3 first when odd
    /// (5/4 = 3+2, 3/4 = 3); 6/8, 9/8, 12/8 count dotted quarters; other …/8 meters are 2+2+…+3.
    pub fn beats(self) -> Vec<Beat, MAX_BEATS> {
        let mut beats = Vec::new();
        let mut lengths: Vec<u8, MAX_BEATS> = Vec::new();
        let mut groups: Vec<u8, MAX_BEATS> = Vec::new();
        let n = self.numerator;
        if self.denominator >= 8 {
            let unit = 16 / self.denominator;
            if n % 3 == 0 && n > 3 {
                for _ in 0..n / 3 {
                    let _ = lengths.push(3 * unit);
                }
            } else if n <= 3 {
                let _ = lengths.push(n * unit);
            } else {
                let threes = n % 2;
                for _ in 0..(n - 3 * threes) / 2 {
                    let _ = lengths.push(2 * unit);
                }
                if threes == 1 {
                    let _ = lengths.push(3 * unit);
                }
            }
        } else {
            // A half or whole note is counted as quarters, so that patterns keep their density.
            let quarters = n as usize * 4 / self.denominator as usize;
            for _ in 0..quarters.min(MAX_BEATS) {
                let _ = lengths.push(4);
            }
        }
        let mut left = lengths.len() as u8;
        if left % 2 == 1 && left >= 3 {
            let _ = groups.push(3);
            left -= 3;
        } else if left == 1 {
            let _ = groups.push(1);
            left = 0;
        }
        while left > 0 {
            let _ = groups.push(2);
            left -= 2;
        }
        let (mut step, mut index) = (0, 0);
        for (g, &size) in groups.iter().enumerate() {
            for k in 0..size {
                let role = match (g, k) {
                    (0, 0) => BeatRole::Down,
                    (_, 0) => BeatRole::Mid,
                    _ if k + 1 == size => BeatRole::Back,
                    _ => BeatRole::Weak,
                };
                let steps = lengths[index];
                let _ = beats.push(Beat {
                    first_step: step,
                    steps,
                    role,
                });
                step += steps;
                index += 1;
            }
        }
        beats
    }
    /// How strong a step is: 4 the bar line, 3 the first of a later group, 2 any other beat,
    /// 1 the middle of a beat (an eighth), 0 in between.
    pub fn strength(self, step: usize) -> u8 {
        for beat in &self.beats() {
            let first = beat.first_step as usize;
            if step >= first && step < first + beat.steps as usize {
                return match (step - first, beat.role) {
                    (0, BeatRole::Down) => 4,
                    (0, BeatRole::Mid) => 3,
                    (0, _) => 2,
                    (inside, _) if inside % 2 == 0 => 1,
                    _ => 0,
                };
            }
        }
        0
    }
}

/// A position as musicians say it: bar and beat from 1, ticks within the written beat.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct BarBeat {
    /// Bar, 1-based.
    pub bar: i32,
    /// Beat of the written denominator, 1-based.
    pub beat: u8,
    /// Ticks into the beat.
    pub tick: u16,
}

#[cfg(test)]
mod tests {
    use super::*;

    fn shape(n: u8, d: u8) -> (Vec<u8, MAX_BEATS>, Vec<BeatRole, MAX_BEATS>) {
        let beats = Meter::new(n, d).unwrap().beats();
        (
            beats.iter().map(|b| b.steps).collect(),
            beats.iter().map(|b| b.role).collect(),
        )
    }

    #[test]
    fn beats_follow_the_grouping() {
        use BeatRole::{Back, Down, Mid, Weak};
        assert_eq!(shape(4, 4).1, [Down, Back, Mid, Back]);
        assert_eq!(shape(3, 4).1, [Down, Weak, Back]);
        assert_eq!(shape(5, 4).1, [Down, Weak, Back, Mid, Back]);
        assert_eq!(shape(6, 8).0, [6, 6]);
        assert_eq!(shape(7, 8).0, [4, 4, 6]);
        assert_eq!(shape(12, 8).1, [Down, Back, Mid, Back]);
        assert_eq!(shape(13, 8).0, [4, 4, 4, 4, 4, 6]);
    }

    #[test]
    fn every_meter_is_filled_exactly() {
        for d in [2, 4, 8, 16] {
            for n in 1..=16 {
                if let Some(m) = Meter::new(n, d) {
                    let sum: usize = m.beats().iter().map(|b| b.steps as usize).sum();
                    assert_eq!(sum, m.steps(), "{n}/{d}");
                }
            }
        }
    }
}
