//! Measures of music, by their published formulas.

use std::collections::BTreeSet;

use music::lane::Lane;
use tests::stage::Sounded;

/// Ticks of a 4/4 bar and of a sixteenth.
const BAR: i64 = 3840;
const STEP: i64 = 240;

/// Bar and sixteenth of a note, to the nearest.
fn place(note: &Sounded) -> (i64, i64) {
    let step = (note.onset.0 + STEP / 2).div_euclid(STEP);
    (step.div_euclid(BAR / STEP), step.rem_euclid(BAR / STEP))
}

/// The sixteenths that each bar of a lane strikes.
pub fn onsets_by_bar(notes: &[Sounded], lane: Lane) -> Vec<Vec<u8>> {
    by_bar(notes.iter().filter(|n| n.lane == lane))
}

/// The same for some pieces of the kit.
pub fn drum_onsets(notes: &[Sounded], pieces: &[u8]) -> Vec<Vec<u8>> {
    by_bar(
        notes
            .iter()
            .filter(|n| n.lane == Lane::Drums && pieces.contains(&n.pitch.0)),
    )
}

fn by_bar<'a>(notes: impl Iterator<Item = &'a Sounded>) -> Vec<Vec<u8>> {
    let all: BTreeSet<(i64, i64)> = notes.map(place).collect();
    let bars: BTreeSet<i64> = all.iter().map(|p| p.0).collect();
    bars.into_iter()
        .map(|bar| {
            let inside = all.iter().filter(|p| p.0 == bar);
            inside.map(|p| p.1 as u8).collect()
        })
        .collect()
}

/// Metrical weight of a sixteenth in 4/4. Reference: H. C. Longuet-Higgins & C. S. Lee, "The rhythmic interpretation
/// of monophonic music", Music Perception 1(4), 1984.
const fn weight(step: u8) -> i32 {
    match step % 16 {
        0 => 0,
        8 => -1,
        4 | 12 => -2,
        s if s % 2 == 0 => -3,
        _ => -4,
    }
}

/// Syncopation of a bar's onsets: for every onset, how much stronger the strongest silent place before the next one is.
pub fn lhl(onsets: &[u8]) -> f64 {
    let mut total = 0;
    for (index, onset) in onsets.iter().enumerate() {
        let next = onsets.get(index + 1).map_or(16 + onsets[0], |next| *next);
        let silent = (onset + 1..next).map(weight).max();
        total += silent.map_or(0, |s| (s - weight(*onset)).max(0));
    }
    f64::from(total)
}

/// Rank correlation; equal values share their rank.
pub fn spearman(a: &[f64], b: &[f64]) -> f64 {
    let (a, b) = (ranks(a), ranks(b));
    let mean = |v: &[f64]| v.iter().sum::<f64>() / v.len() as f64;
    let (ma, mb) = (mean(&a), mean(&b));
    let dot: f64 = a.iter().zip(&b).map(|(x, y)| (x - ma) * (y - mb)).sum();
    let size = |v: &[f64], m: f64| v.iter().map(|x| (x - m) * (x - m)).sum::<f64>();
    let all = (size(&a, ma) * size(&b, mb)).sqrt();
    if all > 0.0 { dot / all } else { 0.0 }
}

fn ranks(values: &[f64]) -> Vec<f64> {
    values
        .iter()
        .map(|v| {
            let below = values.iter().filter(|x| *x < v).count() as f64;
            let same = values.iter().filter(|x| *x == v).count() as f64;
            below + (same - 1.0) / 2.0
        })
        .collect()
}

#[test]
fn measures_agree_with_hand_counts() {
    // On the beat: nothing silent is stronger. Off it: the next beat is silent and stronger.
    assert_eq!(lhl(&[0, 4, 8, 12]), 0.0);
    assert_eq!(lhl(&[2]), 3.0);
    assert_eq!(lhl(&[0, 6, 12]), 2.0);
    assert_eq!(spearman(&[1.0, 2.0, 3.0], &[5.0, 6.0, 9.0]), 1.0);
    assert_eq!(spearman(&[1.0, 2.0, 3.0], &[9.0, 6.0, 5.0]), -1.0);
}
