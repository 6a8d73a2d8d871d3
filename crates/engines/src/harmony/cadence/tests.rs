//! Phrase endings.

use music::pitch::Scale;
use music::plan::{Phrase, Section, SectionKind};
use music::roman::Roman;

use super::{Cadence, choose, close};
use crate::dice::Dice;
use crate::harmony::grammar::is_dominant;
use crate::harmony::progression::{Cell, Cells, Laid};

fn ending(kind: SectionKind, bars: u16, first: u16) -> Cadence {
    let section = Section {
        kind,
        bars,
        ..Section::default()
    };
    let phrase = Phrase {
        first_in_section: first,
        bars: 8,
        ..Phrase::default()
    };
    choose(&section, &phrase, true, 100, Dice::song(1))
}

#[test]
fn inner_phrases_stay_open_and_the_last_comes_home() {
    assert_eq!(ending(SectionKind::Verse, 16, 0), Cadence::Half);
    assert_eq!(ending(SectionKind::Verse, 16, 8), Cadence::Full);
    assert_eq!(ending(SectionKind::PreChorus, 8, 0), Cadence::Half);
    assert_eq!(ending(SectionKind::Outro, 8, 0), Cadence::Full);
}

#[test]
fn cadences_end_as_they_are_named() {
    let cells: Cells = (0..8)
        .map(|i| Cell {
            roman: Roman {
                degree: 3,
                ..Roman::default()
            },
            chord: i / 2,
            round: 0,
        })
        .collect();
    for scale in Scale::ALL {
        let mut half = Laid {
            cells: cells.clone(),
            closes: true,
            chords: 4,
        };
        close(&mut half, Cadence::Half, scale, Dice::song(2));
        assert!(is_dominant(half.cells[7].roman, scale), "{scale:?}");
        let mut full = Laid {
            cells: cells.clone(),
            closes: true,
            chords: 4,
        };
        close(&mut full, Cadence::Full, scale, Dice::song(2));
        assert!(is_dominant(full.cells[5].roman, scale), "{scale:?}");
        assert_eq!(full.cells[6].roman.degree + full.cells[7].roman.degree, 0);
        let mut free = Laid {
            cells: cells.clone(),
            closes: true,
            chords: 4,
        };
        close(&mut free, Cadence::AsWritten, scale, Dice::song(2));
        assert_eq!(free.cells, cells);
    }
}
