//! The user's chords.

use music::chord::Chord;
use music::plan::Phrase;
use music::song::TypedChord;

use super::{Spans, merge, push};

fn chord(text: &str) -> Chord {
    Chord::parse(text).unwrap()
}

fn typed(bar: u16, step: u8, text: Option<&str>) -> TypedChord {
    TypedChord {
        bar,
        step,
        chord: text.map(chord),
    }
}

fn own() -> Spans {
    let mut own = Spans::new();
    for (bar, text) in ["C", "Am", "F", "G"].iter().enumerate() {
        push(&mut own, bar as u8, 0, chord(text));
    }
    own
}

fn merged(typed: &[TypedChord], first_bar: u16) -> heapless::Vec<(u8, u8, Chord), 40> {
    let phrase = Phrase {
        first_bar,
        bars: 4,
        ..Phrase::default()
    };
    let mut out = Spans::new();
    merge(typed, &phrase, 16, &own(), &mut out);
    out.iter().map(|s| (s.bar, s.step, s.chord)).collect()
}

#[test]
fn typed_chords_stand_from_their_place_until_the_plan_has_its_turn_again() {
    let song = [typed(9, 8, Some("D7")), typed(11, 0, None)];
    let expected = [
        (0, 0, chord("C")),
        (1, 0, chord("Am")),
        (1, 8, chord("D7")),
        (3, 0, chord("G")),
    ];
    assert_eq!(merged(&song, 8), expected);
}

#[test]
fn it_is_told_which_chords_are_the_user_s() {
    let song = [typed(9, 8, Some("D7")), typed(11, 0, None)];
    let phrase = Phrase {
        first_bar: 8,
        bars: 4,
        ..Phrase::default()
    };
    let hands = merge(&song, &phrase, 16, &own(), &mut Spans::new());
    assert_eq!(hands, 0b0100);
}

#[test]
fn a_chord_typed_before_the_phrase_still_counts() {
    assert_eq!(merged(&[typed(2, 0, Some("Eb"))], 8), [(0, 0, chord("Eb"))]);
}

#[test]
fn chords_typed_after_the_phrase_do_not() {
    assert_eq!(merged(&[typed(12, 0, Some("Eb"))], 8).len(), 4);
    assert_eq!(merged(&[], 8).len(), 4);
}
