//! Secondary dominants.

use music::pitch::{PitchClass, Scale};
use music::roman::Roman;

use super::{insert, of};
use crate::dice::Dice;
use crate::harmony::progression::{Cell, Cells};

fn cells(degrees: &[u8]) -> Cells {
    let cell = |d: &u8| Cell {
        roman: Roman {
            degree: *d,
            ..Roman::default()
        },
        chord: *d as u16,
        round: 0,
    };
    degrees.iter().map(cell).collect()
}

#[test]
fn a_target_gets_its_dominant_in_the_half_bar_before() {
    let mut laid = cells(&[0, 0, 5, 5, 1, 1, 4, 4]);
    insert(&mut laid, Scale::Major, 100, Dice::song(1));
    assert_eq!(laid[1].roman, of(5));
    assert_eq!(
        laid[1]
            .roman
            .resolve(PitchClass(0), Scale::Major)
            .symbol(false),
        "E7"
    );
    assert_eq!(laid[3].roman, of(1));
    // The first half of the chord before stays, and so do the targets.
    assert_eq!(laid[0].roman.degree, 0);
    assert!(
        [2, 4, 6]
            .iter()
            .all(|i| laid[*i].roman.applied_to.is_none())
    );
}

#[test]
fn neither_the_tonic_nor_a_diminished_chord_is_a_target() {
    for degrees in [[5, 5, 0, 0], [0, 0, 6, 6]] {
        let mut laid = cells(&degrees);
        insert(&mut laid, Scale::Major, 100, Dice::song(1));
        assert!(
            laid.iter().all(|c| c.roman.applied_to.is_none()),
            "{degrees:?}"
        );
    }
}

#[test]
fn none_without_a_share() {
    let mut laid = cells(&[0, 0, 5, 5]);
    insert(&mut laid, Scale::Major, 0, Dice::song(1));
    assert_eq!(laid, cells(&[0, 0, 5, 5]));
}
