//! Colour.

use music::chord::Chord;
use music::pitch::{PitchClass, Scale};
use music::roman::Roman;

use super::{Colour, sounding};
use crate::dice::Dice;
use crate::harmony::progression::Cell;

fn chord(degree: u8, scale: Scale, sevenths: u8, extensions: u8, seed: u16) -> Chord {
    let cell = Cell {
        roman: Roman {
            degree,
            ..Roman::default()
        },
        chord: degree as u16,
        round: 0,
    };
    sounding(
        &cell,
        PitchClass(0),
        scale,
        Colour {
            sevenths,
            extensions,
        },
        Dice::song(seed),
    )
}

#[test]
fn plain_styles_play_triads_and_rich_ones_the_scales_sevenths() {
    assert_eq!(chord(1, Scale::Major, 0, 0, 1).symbol(true), "Dm");
    assert_eq!(chord(1, Scale::Major, 100, 0, 1).symbol(true), "Dm7");
    assert_eq!(chord(0, Scale::Major, 100, 0, 1).symbol(true), "Cmaj7");
    assert_eq!(chord(4, Scale::Major, 100, 0, 1).symbol(true), "G7");
}

#[test]
fn extensions_belong_to_the_scale() {
    for seed in 0..40 {
        for degree in 0..7 {
            let found = chord(degree, Scale::Major, 100, 100, seed);
            for tone in found.tones() {
                assert!(
                    Scale::Major.contains(PitchClass(0), tone),
                    "{}",
                    found.symbol(true)
                );
            }
        }
    }
}

#[test]
fn modes_avoid_their_diminished_degree() {
    // IV in Lydian is diminished; a chord a third away takes its place.
    assert_eq!(chord(3, Scale::Lydian, 0, 0, 1).symbol(true), "D");
    assert_eq!(chord(5, Scale::Dorian, 0, 0, 1).symbol(true), "F");
    assert_eq!(chord(6, Scale::Major, 0, 0, 1).symbol(true), "Bdim");
}

#[test]
fn a_chord_of_the_progression_keeps_its_colour() {
    let first = chord(5, Scale::Major, 50, 50, 7);
    assert!((0..5).all(|_| chord(5, Scale::Major, 50, 50, 7) == first));
    assert!((0..40).any(|seed| chord(5, Scale::Major, 50, 50, seed) != first));
}

#[test]
fn neighbours_that_share_three_tones_by_colour_alone_stay_apart() {
    let parse = |text: &str| music::chord::Chord::parse(text).unwrap();
    let kept = |first: (&str, &str), second: (&str, &str)| {
        let pair = |(rich, bare): (&str, &str)| (parse(rich), parse(bare));
        let (a, b) = super::apart(pair(first), pair(second));
        (a.symbol(true), b.symbol(true))
    };
    assert_eq!(
        kept(("Am7", "Am"), ("C", "C")),
        (parse("Am").symbol(true), parse("C").symbol(true))
    );
    assert_eq!(kept(("F", "F"), ("Dm7", "Dm")).1, "Dm");
    assert_eq!(kept(("C", "C"), ("G7", "G")).1, "G7");
    // What is written stays.
    assert_eq!(kept(("Am7", "Am7"), ("C", "C")).0, "Am7");
}

#[test]
fn plain_styles_keep_home_plain_and_timid_ones_alter_no_dominant() {
    for seed in 0..40 {
        assert_eq!(chord(0, Scale::Major, 39, 100, seed).symbol(true), "C");
        let fifth = chord(4, Scale::HarmonicMinor, 100, 49, seed).symbol(true);
        assert_eq!(fifth, "G7");
    }
    assert!((0..40).any(|seed| chord(4, Scale::HarmonicMinor, 100, 50, seed).tones().len() > 4));
}
