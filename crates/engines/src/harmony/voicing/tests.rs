//! Voicings.

mod exhaustive;

use music::chord::Chord;
use music::pitch::Pitch;
use music::plan::Voicing;

use super::{Rules, Spacing, drop_two, lead};

fn chord(text: &str) -> Chord {
    Chord::parse(text).unwrap()
}

fn rules(voices: u8) -> Rules {
    Rules {
        voices,
        range: (50, 76),
        rootless: false,
        centre: 62,
        pull: 6,
        spacing: Spacing::Free,
        shun: None,
    }
}

const CHORDS: [&str; 12] = [
    "C", "Am7", "Dm9", "G7", "Cmaj7", "F#m7b5", "B7b9", "Em", "A13", "Dsus4", "Gaug", "C5",
];

#[test]
fn voicings_keep_to_range_and_tones_and_tell_the_chord() {
    for voices in 2..=6 {
        let mut before: Option<Voicing> = None;
        for text in CHORDS {
            let chord = chord(text);
            let found = lead(chord, rules(voices), before.as_ref(), &[]);
            // Two tones do not make five or six voices within reach.
            assert!(
                found.len() == voices as usize || text == "C5" && voices > 4,
                "{text}"
            );
            assert!(
                found
                    .iter()
                    .all(|p| (50..=76).contains(&p.0) && chord.has(p.class())),
                "{text} {found:?}"
            );
            assert!(found.windows(2).all(|w| w[0] < w[1]), "{text} {found:?}");
            let has = |n: usize| found.iter().any(|p| p.class() == chord.tone(n));
            assert!(has(1), "{text} in {voices} lacks its third: {found:?}");
            if voices >= 3 && chord.tones().len() >= 4 {
                assert!(has(3), "{text} in {voices} lacks its seventh: {found:?}");
            }
            before = Some(found);
        }
    }
}

#[test]
fn voices_move_little() {
    let start = lead(chord("C"), rules(4), None, &[]);
    for text in ["F", "Am", "Dm7", "G7", "Em7"] {
        let next = lead(chord(text), rules(4), Some(&start), &[]);
        let moved: i32 = start
            .iter()
            .zip(&next)
            .map(|(a, b)| (a.0 as i32 - b.0 as i32).abs())
            .sum();
        assert!(moved <= 10, "C to {text}: {start:?} {next:?}");
    }
    assert_eq!(lead(chord("C"), rules(4), Some(&start), &[]), start);
}

#[test]
fn low_voices_are_not_muddy() {
    for text in CHORDS {
        let low = Rules {
            range: (36, 67),
            centre: 48,
            ..rules(4)
        };
        let found = lead(chord(text), low, None, &[]);
        for pair in found.windows(2) {
            assert!(
                pair[0].0 >= 48 || pair[1].0 - pair[0].0 >= 5,
                "{text} {found:?}"
            );
        }
    }
}

#[test]
fn rootless_chords_leave_the_root_to_the_bass() {
    let rules = Rules {
        rootless: true,
        ..rules(4)
    };
    for text in ["Dm9", "G13", "Cmaj9"] {
        let found = lead(chord(text), rules, None, &[]);
        assert!(
            found.iter().all(|p| p.class() != chord(text).root),
            "{text} {found:?}"
        );
    }
    let triad = lead(chord("F"), rules, None, &[]);
    assert!(triad.iter().any(|p| p.class() == chord("F").root));
}

#[test]
fn the_second_lane_does_not_rub_against_the_first() {
    for text in CHORDS {
        let first = lead(chord(text), rules(4), None, &[]);
        let second = lead(
            chord(text),
            Rules {
                range: (60, 86),
                centre: 72,
                ..rules(3)
            },
            None,
            &first,
        );
        for a in &second {
            assert!(
                first.iter().all(|b| a.0.abs_diff(b.0) % 12 != 1),
                "{text} {first:?} {second:?}"
            );
        }
    }
}

#[test]
fn a_range_without_room_still_gives_a_chord() {
    let narrow = Rules {
        range: (60, 61),
        centre: 60,
        ..rules(4)
    };
    assert!(!lead(chord("F#"), narrow, None, &[]).is_empty());
    assert_eq!(
        lead(
            chord("D"),
            Rules {
                range: (63, 64),
                centre: 63,
                ..narrow
            },
            None,
            &[]
        ),
        [Pitch(62)]
    );
}

#[test]
fn spacing_is_as_it_is_named() {
    let of = |spacing| Rules {
        spacing,
        range: (45, 81),
        ..rules(4)
    };
    let span = |v: &Voicing| v[v.len() - 1].0 - v[0].0;
    for text in ["Cmaj7", "Am7", "Dm9", "G7", "F#m7b5"] {
        let close = lead(chord(text), of(Spacing::Close), None, &[]);
        let open = lead(chord(text), of(Spacing::Open), None, &[]);
        let dropped = drop_two(chord(text), of(Spacing::Free), None, &[]);
        assert!(span(&close) < 12, "{text} {close:?}");
        assert!(span(&open) >= 17, "{text} {open:?}");
        assert!((13..=19).contains(&span(&dropped)), "{text} {dropped:?}");
    }
}

#[test]
fn a_ninth_that_rubs_against_the_bass_is_left_out() {
    for text in ["G7b9", "A7b9"] {
        let shy = Rules {
            shun: Some(chord(text).root.up(1)),
            ..rules(4)
        };
        let found = lead(chord(text), shy, None, &[]);
        assert!(
            found.iter().all(|p| Some(p.class()) != shy.shun),
            "{text} {found:?}"
        );
        let bold = lead(chord(text), rules(4), None, &[]);
        assert!(
            bold.iter().any(|p| Some(p.class()) == shy.shun),
            "{text} {bold:?}"
        );
    }
}
