//! What songs share: the notes of their first bars, compared by place and pitch.

use music::lane::Lane;
use music::style::Style;
use music::time::Meter;

use crate::stage::{Cue, Sounded};

/// Ticks of a 4/4 bar and of a sixteenth.
const BAR: i64 = 3840;
const STEP: i64 = 240;
/// Bars that are compared.
const BARS: i64 = 8;
/// Bars of a song, and those in which most lanes have begun. A style that keeps its tune for later is
/// heard to its end.
const WHOLE: u16 = 64;
const HEARD: i32 = 24;
/// Fewest notes that tell one song from another: a bar of a first pick-up does not.
const TELLING: usize = 8;

/// Place, to the nearest sixteenth, and pitch of each note of some bars, by rising place.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Print(Vec<u32>);

/// Melody and drums of a song of a style, as [`Print::new`] takes them.
pub fn prints(style: &Style, seed: u16) -> [Print; 2] {
    let mut cue = Cue::new(style, Meter::default(), WHOLE, seed);
    cue.bars = 0..HEARD;
    let notes = cue.play();
    let early = [Lane::Melody, Lane::Drums].map(|lane| Print::new(&notes, lane));
    if early.iter().all(Print::tells) {
        return early;
    }
    cue.bars = 0..i32::from(WHOLE);
    let notes = cue.play();
    [Lane::Melody, Lane::Drums].map(|lane| Print::new(&notes, lane))
}

impl Print {
    /// The first eight bars in which a lane plays.
    pub fn new(notes: &[Sounded], lane: Lane) -> Print {
        let steps = |note: &Sounded| (note.onset.0 + STEP / 2).div_euclid(STEP);
        let own = || notes.iter().filter(|n| n.lane == lane);
        let first = own().map(steps).min().unwrap_or(0);
        let start = first.div_euclid(BAR / STEP) * (BAR / STEP);
        let places = own().map(|n| (steps(n) - start, n.pitch.0));
        let inside = places.filter(|(step, _)| *step < BARS * BAR / STEP);
        let mut all: Vec<u32> = inside
            .map(|(step, pitch)| (step as u32) << 7 | u32::from(pitch))
            .collect();
        all.sort_unstable();
        all.dedup();
        Print(all)
    }
    /// Whether there is enough to compare.
    pub fn tells(&self) -> bool {
        self.0.len() >= TELLING
    }
    /// What two prints share, of what they have together.
    pub fn jaccard(&self, other: &Print) -> f64 {
        let (mut a, mut b) = (self.0.iter().peekable(), other.0.iter().peekable());
        let mut both = 0;
        while let (Some(x), Some(y)) = (a.peek(), b.peek()) {
            let order = x.cmp(y);
            both += u32::from(order.is_eq());
            if order.is_le() {
                a.next();
            }
            if order.is_ge() {
                b.next();
            }
        }
        let all = (self.0.len() + other.0.len()) as u32 - both;
        if all > 0 {
            f64::from(both) / f64::from(all)
        } else {
            1.0
        }
    }
}

/// The middle value; 0 of none.
pub fn median(values: &mut [f64]) -> f64 {
    let middle = values.len() / 2;
    if values.is_empty() {
        return 0.0;
    }
    *values.select_nth_unstable_by(middle, f64::total_cmp).1
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn prints_agree_with_hand_counts() {
        let (a, b) = (Print(vec![1, 4, 9]), Print(vec![1, 5, 9, 12]));
        assert!((a.jaccard(&b) - 2.0 / 5.0).abs() < 1e-12);
        assert!((b.jaccard(&a) - 2.0 / 5.0).abs() < 1e-12);
        assert_eq!(a.jaccard(&a), 1.0);
        assert_eq!(Print(vec![]).jaccard(&a), 0.0);
        assert_eq!(median(&mut [3.0, 1.0, 2.0]), 2.0);
    }
}
