//! Laying progressions over phrases.

use music::plan::Phrase;
use music::roman::Roman;
use music::style::ProgressionChord;

use super::over;

fn chord(degree: u8, half_bars: u8) -> ProgressionChord {
    ProgressionChord {
        roman: Roman {
            degree,
            ..Roman::default()
        },
        half_bars,
    }
}

fn phrase(first_in_section: u16, bars: u16) -> Phrase {
    Phrase {
        first_in_section,
        bars,
        ..Phrase::default()
    }
}

#[test]
fn a_progression_goes_round_with_the_section() {
    let chords = [chord(0, 2), chord(5, 2), chord(3, 1), chord(4, 1)];
    let laid = over(&chords, &phrase(0, 4));
    let degrees = |laid: &super::Laid| {
        laid.cells
            .iter()
            .map(|c| c.roman.degree)
            .collect::<heapless::Vec<u8, 16>>()
    };
    assert_eq!(degrees(&laid), [0, 0, 5, 5, 3, 4, 0, 0]);
    assert!(!laid.closes);
    // The next phrase goes on where this one stopped, without having seen it.
    let next = over(&chords, &phrase(4, 2));
    assert_eq!(degrees(&next), [5, 5, 3, 4]);
    assert!(next.closes);
    assert_eq!(next.cells[0].round, 1);
}

#[test]
fn chords_of_no_length_do_not_hang() {
    let laid = over(&[chord(0, 0), chord(4, 0)], &phrase(3, 2));
    assert_eq!(laid.cells.len(), 4);
}
