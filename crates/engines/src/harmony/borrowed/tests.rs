//! Borrowed chords.

use music::pitch::{PitchClass, Scale};
use music::roman::Roman;

use super::{loan, substitute};
use crate::dice::Dice;
use crate::harmony::progression::{Cell, Cells};

#[test]
fn loans_come_from_the_parallel_key() {
    let symbol =
        |degree, scale| loan(degree, scale).map(|r| r.resolve(PitchClass(0), scale).symbol(true));
    assert_eq!(symbol(3, Scale::Major).unwrap(), "Fm");
    assert_eq!(symbol(4, Scale::Major).unwrap(), "Bb");
    assert_eq!(symbol(5, Scale::Major).unwrap(), "Ab");
    assert_eq!(symbol(1, Scale::Major).unwrap(), "Dm7b5");
    assert_eq!(symbol(3, Scale::Minor).unwrap(), "F");
    assert_eq!(symbol(0, Scale::Major), None);
}

#[test]
fn a_long_chord_keeps_its_first_half_and_the_first_chord_stays() {
    let cell = |degree: u8| Cell {
        roman: Roman {
            degree,
            ..Roman::default()
        },
        chord: degree as u16,
        round: 0,
    };
    let mut cells: Cells = [3, 3, 0, 0, 3, 3].into_iter().map(cell).collect();
    // The last chord is another one of the progression than the first.
    cells[4].chord = 9;
    cells[5].chord = 9;
    substitute(&mut cells, Scale::Major, 100, Dice::song(3));
    assert!(cells[..5].iter().all(|c| c.roman.quality.is_none()));
    assert_eq!(
        cells[5]
            .roman
            .resolve(PitchClass(0), Scale::Major)
            .symbol(true),
        "Fm"
    );
}

#[test]
fn a_loan_leads_where_its_kind_leads() {
    let roman = |degree| Roman {
        degree,
        ..Roman::default()
    };
    let symbols = |degrees: [u8; 3]| {
        let mut cells: Cells = degrees
            .into_iter()
            .enumerate()
            .map(|(at, degree)| Cell {
                roman: roman(degree),
                chord: at as u16,
                round: 0,
            })
            .collect();
        substitute(&mut cells, Scale::Major, 100, Dice::song(3));
        cells[1]
            .roman
            .resolve(PitchClass(0), Scale::Major)
            .symbol(true)
    };
    // The lowered sixth goes to the dominant, and not to the fourth degree.
    assert_eq!(symbols([0, 5, 4]), "Ab");
    assert_eq!(symbols([0, 5, 3]), "Am");
    assert_eq!(symbols([0, 4, 0]), "Bb");
    assert_eq!(symbols([0, 4, 5]), "G");
}
