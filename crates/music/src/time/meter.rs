//! Meters: how a bar is divided into beats, and what each beat does in it.

use core::fmt::{self, Display};

use heapless::Vec;
use serde::{Deserialize, Serialize};

use super::{MAX_BEATS, MAX_STEPS, TICKS_PER_QUARTER};

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

/// Most groups that a grouping may tell.
const MAX_GROUPS: usize = 8;

/// How the written beats of a bar are grouped: 7/8 as 3+2+2. Groups of 1 to 15 written beats, the first in the
/// lowest four bits; 0 leaves it to the meter.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct Grouping(u32);

impl Grouping {
    /// A grouping; `None` where there are more than eight groups or one is empty or too long.
    pub fn new(groups: &[u8]) -> Option<Grouping> {
        if groups.len() > MAX_GROUPS || groups.iter().any(|g| !(1..=15).contains(g)) {
            return None;
        }
        let bits = groups.iter().rev().fold(0, |bits, g| bits << 4 | *g as u32);
        Some(Grouping(bits))
    }
    /// The groups in order; empty where the meter decides.
    pub fn groups(self) -> Vec<u8, MAX_GROUPS> {
        let groups = (0..MAX_GROUPS).map(|i| (self.0 >> (4 * i) & 15) as u8);
        groups.take_while(|g| *g > 0).collect()
    }
    /// Written beats in all.
    fn beats(self) -> u32 {
        self.groups().iter().map(|g| *g as u32).sum()
    }
}

/// A time signature, with the grouping of its beats where the user chose one.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct Meter {
    /// Beats as written, 1–32.
    pub numerator: u8,
    /// Note value as written: 1, 2, 4, 8 or 16.
    pub denominator: u8,
    /// Groups of written beats; the usual ones where it is empty.
    #[serde(default)]
    pub grouping: Grouping,
}

impl Default for Meter {
    fn default() -> Self {
        Meter {
            numerator: 4,
            denominator: 4,
            grouping: Grouping(0),
        }
    }
}

impl Display for Meter {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}/{}", self.numerator, self.denominator)?;
        for (index, group) in self.grouping.groups().iter().enumerate() {
            write!(f, "{}{group}", if index == 0 { '=' } else { '+' })?;
        }
        Ok(())
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
            grouping: Grouping(0),
        };
        if meter.steps() > MAX_STEPS || meter.steps() == 0 {
            None
        } else {
            Some(meter)
        }
    }
    /// The same meter in other groups; `None` where they do not fill the bar.
    pub fn grouped(self, groups: &[u8]) -> Option<Meter> {
        let grouping = Grouping::new(groups)?;
        let fits = grouping.beats() == self.numerator as u32;
        fits.then_some(Meter { grouping, ..self })
    }
    /// The same meter in the groups of another, where that one is written alike.
    pub fn grouped_like(self, other: Meter) -> Meter {
        let alike = (self.numerator, self.denominator) == (other.numerator, other.denominator);
        Meter {
            grouping: if alike { other.grouping } else { self.grouping },
            ..self
        }
    }
    /// Reads `7/8`, or `7/8=3+2+2` with the groups of its beats.
    ///
    /// # Example
    /// ```
    /// use music::time::Meter;
    /// assert_eq!(Meter::parse("7/8"), Meter::new(7, 8));
    /// assert_eq!(Meter::parse("7/8=3+2+2").unwrap().beats().len(), 3);
    /// assert_eq!(Meter::parse("7/8=3+3"), None);
    /// ```
    pub fn parse(text: &str) -> Option<Meter> {
        let (written, groups) = match text.trim().split_once('=') {
            Some((written, groups)) => (written, Some(groups)),
            None => (text.trim(), None),
        };
        let (n, d) = written.split_once('/')?;
        let meter = Meter::new(n.trim().parse().ok()?, d.trim().parse().ok()?)?;
        let Some(groups) = groups else {
            return Some(meter);
        };
        let mut read: Vec<u8, MAX_GROUPS> = Vec::new();
        for group in groups.split('+') {
            read.push(group.trim().parse().ok()?).ok()?;
        }
        meter.grouped(&read)
    }
    /// Whether a grouping that came from elsewhere fills the bar; an empty one always does.
    pub fn is_whole(self) -> bool {
        self.grouping == Grouping(0) || self.grouping.beats() == self.numerator as u32
    }
    /// Length of a bar in ticks.
    pub const fn bar_ticks(self) -> i64 {
        self.numerator as i64 * TICKS_PER_QUARTER * 4 / self.denominator as i64
    }
    /// Length of a bar in sixteenth steps.
    pub const fn steps(self) -> usize {
        self.numerator as usize * 16 / self.denominator as usize
    }
    /// The beats that players count, with their lengths and roles.
    ///
    /// Simple meters (…/4, …/2) count quarters, in groups of two with one group of three first when odd
    /// (5/4 = 3+2, 3/4 = 3). Meters in eighths and sixteenths count their groups: 6/8, 9/8 and 12/8 threes,
    /// 8/8 is 3+3+2, 10/8 3+3+2+2, others are twos with a three at the end (5/8 = 2+3, 7/8 = 2+2+3), and a
    /// bar of two or three (3/8) counts each. A grouping that was chosen comes first.
    pub fn beats(self) -> Vec<Beat, MAX_BEATS> {
        let chosen = if self.is_whole() {
            self.grouping.groups()
        } else {
            Vec::new()
        };
        if self.denominator >= 8 {
            let unit = 16 / self.denominator;
            let lengths = if chosen.is_empty() {
                usual_groups(self.numerator)
            } else {
                split(&chosen)
            };
            return laid(&lengths, unit, &in_pairs(lengths.len()));
        }
        // A half or whole note is counted as quarters, so that patterns keep their density.
        let per_written = 4 / self.denominator;
        let quarters = (self.numerator as usize * per_written as usize).min(MAX_BEATS);
        let mut lengths: Lengths = Vec::new();
        let _ = lengths.resize(quarters, 1);
        let groups = if chosen.is_empty() {
            in_pairs(quarters)
        } else {
            let quarters: Lengths = chosen.iter().map(|g| g * per_written).collect();
            split_long(&quarters)
        };
        laid(&lengths, 4, &groups)
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

type Lengths = Vec<u8, MAX_BEATS>;

/// Lengths of the counted beats of a meter in eighths or sixteenths, in written beats.
fn usual_groups(numerator: u8) -> Lengths {
    let mut lengths = Lengths::new();
    let mut fill = |count: u8, length: u8| {
        for _ in 0..count {
            let _ = lengths.push(length);
        }
    };
    match numerator {
        1..=3 => fill(numerator, 1),
        8 | 10 => {
            fill(2, 3);
            fill((numerator - 6) / 2, 2);
        }
        n if n % 3 == 0 => fill(n / 3, 3),
        n => {
            let three = n % 2;
            fill((n - 3 * three) / 2, 2);
            fill(three, 3);
        }
    }
    lengths
}

/// Counted beats of chosen groups: a group of four or more is counted in twos, with a three last when odd.
fn split(groups: &[u8]) -> Lengths {
    let mut lengths = Lengths::new();
    for group in groups {
        let mut left = *group;
        while left > 3 {
            let _ = lengths.push(2);
            left -= 2;
        }
        let _ = lengths.push(left);
    }
    lengths
}

/// Groups of quarters with those longer than four cut in two, so that each keeps its backbeat.
fn split_long(groups: &[u8]) -> Lengths {
    let mut out = Lengths::new();
    for group in groups {
        let mut left = *group;
        while left > 4 {
            let _ = out.push(2);
            left -= 2;
        }
        if left == 4 {
            let _ = out.push(2);
            left = 2;
        }
        let _ = out.push(left);
    }
    out
}

/// Groups of two beats, with one of three first when they are odd.
fn in_pairs(beats: usize) -> Lengths {
    let mut groups = Lengths::new();
    let mut left = beats;
    if left % 2 == 1 {
        let first = left.min(3);
        let _ = groups.push(first as u8);
        left -= first;
    }
    while left > 0 {
        let _ = groups.push(2);
        left -= 2;
    }
    groups
}

/// Beats of `lengths` units in groups of so many beats.
fn laid(lengths: &[u8], unit: u8, groups: &[u8]) -> Vec<Beat, MAX_BEATS> {
    let mut beats = Vec::new();
    let mut step = 0;
    let mut lengths = lengths.iter();
    for (g, size) in groups.iter().enumerate() {
        for k in 0..*size {
            let role = match (g, k) {
                (0, 0) => BeatRole::Down,
                (_, 0) => BeatRole::Mid,
                _ if k + 1 == *size => BeatRole::Back,
                _ => BeatRole::Weak,
            };
            let steps = lengths.next().map_or(0, |l| l * unit);
            let _ = beats.push(Beat {
                first_step: step,
                steps,
                role,
            });
            step += steps;
        }
    }
    beats
}

#[cfg(test)]
mod tests;
