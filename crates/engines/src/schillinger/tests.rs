//! Exact tables, worked out by hand from the definitions.

use music::technique::{Rhythm, RootCycle};

use super::accents::{Growth, cubed, grown, is_stressed, product, squared};
use super::permutation::{reversed, rotated, round};
use super::resultant::{fractioned, three, two};
use super::roots::{Root, root};
use super::*;

#[test]
fn resultants_of_two() {
    assert_eq!(two(3, 2), [2, 1, 1, 2]);
    assert_eq!(two(4, 3), [3, 1, 2, 2, 1, 3]);
    assert_eq!(two(5, 2), [2, 2, 1, 1, 2, 2]);
    assert_eq!(two(5, 3), [3, 2, 1, 3, 1, 2, 3]);
    assert_eq!(two(5, 4), [4, 1, 3, 2, 2, 3, 1, 4]);
    assert_eq!(two(7, 3), [3, 3, 1, 2, 3, 2, 1, 3, 3]);
    assert_eq!(two(7, 4), [4, 3, 1, 4, 2, 2, 4, 1, 3, 4]);
    assert_eq!(two(8, 3), [3, 3, 2, 1, 3, 3, 1, 2, 3, 3]);
    // With a common factor the cycle is the least common multiple.
    assert_eq!(two(4, 2), [2, 2]);
    assert_eq!(two(6, 4), [4, 2, 2, 4]);
}

#[test]
fn resultants_are_symmetric_and_fill_their_cycle() {
    for a in 1..=9u8 {
        for b in 1..=9 {
            let series = two(a, b);
            assert_eq!(reversed(&series), series, "{a}:{b}");
            assert_eq!(series, two(b, a));
            assert!(length(&series).is_multiple_of(u32::from(a)));
            assert!(length(&series).is_multiple_of(u32::from(b)));
        }
    }
    for (a, b, c) in [(5, 3, 2), (7, 4, 3), (4, 3, 2)] {
        assert_eq!(reversed(&three(a, b, c)), three(a, b, c));
    }
}

#[test]
fn resultants_of_three() {
    assert_eq!(
        three(5, 3, 2).as_slice(),
        &[
            2, 1, 1, 1, 1, 2, 1, 1, 2, 2, 1, 1, 2, 2, 1, 1, 2, 1, 1, 1, 1, 2
        ]
    );
    assert_eq!(length(&three(5, 3, 2)), 30);
    assert_eq!(three(4, 3, 2), [2, 1, 1, 2, 2, 1, 1, 2]);
}

#[test]
fn fractioning() {
    assert_eq!(fractioned(3, 2), [2, 1, 1, 1, 1, 1, 2]);
    assert_eq!(fractioned(4, 3), [3, 1, 2, 1, 1, 1, 1, 2, 1, 3]);
    assert_eq!(length(&fractioned(5, 3)), 25);
    assert_eq!(length(&fractioned(5, 4)), 25);
    assert_eq!(
        fractioned(5, 4).as_slice(),
        &[4, 1, 3, 1, 1, 2, 1, 2, 1, 1, 3, 1, 4]
    );
    assert_eq!(
        fractioned(5, 3).as_slice(),
        &[3, 2, 1, 2, 1, 1, 1, 1, 1, 1, 1, 1, 1, 2, 1, 2, 3]
    );
}

#[test]
fn permutations() {
    assert_eq!(rotated(&[3, 1, 2], 1), [1, 2, 3]);
    assert_eq!(rotated(&[], 4), []);
    assert_eq!(reversed(&[3, 1, 2]), [2, 1, 3]);
    assert_eq!(round(&[2, 1, 1]), [2, 1, 1, 1, 1, 2, 1, 2, 1]);
    assert_eq!(
        series(Rhythm::Permuted(3, 2)).unwrap().as_slice(),
        &[2, 1, 1, 2, 1, 1, 2, 2, 1, 2, 2, 1, 2, 2, 1, 1]
    );
}

#[test]
fn powers_and_growth() {
    assert_eq!(squared(&[3, 1, 2, 2]), {
        let mut all = Series::new();
        for d in [9, 3, 6, 6, 3, 1, 2, 2, 6, 2, 4, 4, 6, 2, 4, 4] {
            all.push(d).unwrap();
        }
        all
    });
    assert_eq!(cubed(&[2, 1]), [8, 4, 4, 2, 4, 2, 2, 1]);
    assert_eq!(product(&[2, 1], &[3, 2]), [6, 4, 3, 2]);
    assert_eq!(grown(Growth::Natural, 4), [1, 2, 3, 4]);
    assert_eq!(grown(Growth::Odd, 4), [1, 3, 5, 7]);
    assert_eq!(grown(Growth::Doubling, 5), [1, 2, 4, 8, 16]);
    assert_eq!(grown(Growth::Summation, 6), [1, 2, 3, 5, 8, 13]);
    assert_eq!(grown(Growth::Prime, 6), [1, 2, 3, 5, 7, 11]);
    let stressed: std::vec::Vec<u32> = (0..16).filter(|u| is_stressed(&[3, 3, 2], *u)).collect();
    assert_eq!(stressed, [0, 3, 6, 8, 11, 14]);
}

#[test]
fn powers_by_name() {
    let of = |rhythm| series(rhythm).unwrap();
    assert_eq!(of(Rhythm::Squared(3, 1, 0)), [9, 3, 3, 1]);
    assert_eq!(of(Rhythm::Squared(2, 1, 1)), [4, 2, 2, 2, 1, 1, 2, 1, 1]);
    assert_eq!(
        of(Rhythm::Cubed(2, 1)).as_slice(),
        &[8, 4, 4, 2, 4, 2, 2, 1]
    );
    assert_eq!(of(Rhythm::Slowing), [1, 2, 3, 5, 8, 13]);
    assert_eq!(of(Rhythm::Quickening), [13, 8, 5, 3, 2, 1]);
    assert_eq!(groups(Rhythm::Squared(2, 1, 1)), [8, 4, 4]);
    assert_eq!(groups(Rhythm::Cubed(2, 1)), [12, 6, 6, 3]);
}

/// A group is stressed where it begins, and it begins with a stroke.
#[test]
fn groups_begin_with_strokes() {
    for rhythm in Rhythm::ALL {
        let Some(series) = series(rhythm) else {
            assert!(groups(rhythm).is_empty(), "{rhythm:?}");
            continue;
        };
        let (units, groups) = (length(&series), groups(rhythm));
        assert!(units.is_multiple_of(length(&groups)), "{rhythm:?}");
        for unit in (0..units).filter(|unit| is_stressed(&groups, *unit)) {
            assert!(struck(&series, unit).is_some(), "{rhythm:?} at {unit}");
        }
    }
}

#[test]
fn expansions() {
    assert_eq!(expansion::degrees(7, 0), [0, 1, 2, 3, 4, 5, 6]);
    assert_eq!(expansion::degrees(7, 1), [0, 2, 4, 6, 1, 3, 5]);
    assert_eq!(expansion::degrees(7, 2), [0, 3, 6, 2, 5, 1, 4]);
    assert_eq!(expansion::degrees(7, 3), [0, 4, 1, 5, 2, 6, 3]);
    assert_eq!(expansion::degrees(5, 1), [0, 2, 4, 1, 3]);
    assert_eq!(expansion::expanded(-2, 1), -4);
}

#[test]
fn cycles_of_roots() {
    let degrees = |cycle| -> std::vec::Vec<u8> {
        (0..7)
            .map(|i| match root(cycle, i) {
                Some(Root::Degree(d)) => d + 1,
                _ => 0,
            })
            .collect()
    };
    assert_eq!(degrees(RootCycle::Thirds), [1, 6, 4, 2, 7, 5, 3]);
    assert_eq!(degrees(RootCycle::Fifths), [1, 4, 7, 3, 6, 2, 5]);
    assert_eq!(degrees(RootCycle::Sevenths), [1, 2, 3, 4, 5, 6, 7]);
    assert_eq!(degrees(RootCycle::RisingThirds), [1, 3, 5, 7, 2, 4, 6]);
    assert_eq!(degrees(RootCycle::RisingFifths), [1, 5, 2, 6, 3, 7, 4]);
    let tonics =
        |cycle, n| -> std::vec::Vec<Option<Root>> { (0..n).map(|i| root(cycle, i)).collect() };
    let semitones = |all: &[u8]| -> std::vec::Vec<Option<Root>> {
        all.iter().map(|s| Some(Root::Semitones(*s))).collect()
    };
    assert_eq!(tonics(RootCycle::TwoTonics, 3), semitones(&[0, 6, 0]));
    assert_eq!(tonics(RootCycle::ThreeTonics, 3), semitones(&[0, 4, 8]));
    assert_eq!(
        tonics(RootCycle::FourTonics, 5),
        semitones(&[0, 3, 6, 9, 0])
    );
    assert_eq!(tonics(RootCycle::SixTonics, 3), semitones(&[0, 2, 4]));
    assert_eq!(root(RootCycle::Style, 3), None);
}

#[test]
fn densities_rotate() {
    assert_eq!(density::sounding(5, 0, 2), 0);
    assert_eq!(density::sounding(5, 3, 4), 0b1_0011);
    let turns: std::vec::Vec<u16> = (0..5).map(|p| density::sounding(4, 3, p)).collect();
    assert_eq!(turns, [0b0111, 0b1110, 0b1101, 0b1011, 0b0111]);
}

#[test]
fn named_rhythms_have_series() {
    for rhythm in Rhythm::ALL {
        let series = series(rhythm);
        let is_series = !matches!(
            rhythm,
            Rhythm::Style | Rhythm::Cycle(_) | Rhythm::Polyrhythm(..) | Rhythm::Rotating(..)
        );
        assert_eq!(series.is_some(), is_series, "{rhythm:?}");
        if let Some(series) = series {
            let begun = (0..length(&series)).filter(|u| struck(&series, *u).is_some());
            assert_eq!(begun.count(), series.len());
        }
    }
    assert_eq!(struck(&[], 3), None);
}

#[test]
fn strokes_are_exact_to_the_tick() {
    let five_four: std::vec::Vec<i64> = (0..=5).map(|i| stroke_tick(i, 5, 3840)).collect();
    assert_eq!(five_four, [0, 768, 1536, 2304, 3072, 3840]);
    assert_eq!(stroke_tick(3, 7, 3840), 1645);
}
