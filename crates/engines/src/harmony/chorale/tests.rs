//! Four voices.

use music::chord::Chord;
use music::pitch::{PitchClass, Scale};
use music::plan::Voicing;

use super::{Before, RANGES, lead};

const SONGS: [&str; 5] = [
    "C F G C Am Dm G7 C",
    "C Em Am F Dm G C F G7 Am F C G C",
    "Am Dm E Am F C G C E7 Am Dm Am E Am",
    "C/E F G7 C D7 G E7 Am Dm G7 C",
    "C G/B Am Em F C Dm G7 C F Bdim Em Am D7 G7 C",
];

fn sung(song: &str) -> std::vec::Vec<(Chord, Voicing)> {
    let mut out: std::vec::Vec<(Chord, Voicing)> = std::vec::Vec::new();
    for text in song.split(' ') {
        let chord = Chord::parse(text).unwrap();
        let before = out.last().map(|(chord, voices)| Before {
            voices,
            chord: *chord,
        });
        let scale = if song.starts_with('A') {
            Scale::HarmonicMinor
        } else {
            Scale::Major
        };
        let key = if song.starts_with('A') { 9 } else { 0 };
        let found = lead(chord, PitchClass(key), scale, before, !out.is_empty());
        out.push((chord, found));
    }
    out
}

#[test]
fn every_chord_has_four_voices_in_their_ranges_that_do_not_cross() {
    for song in SONGS {
        for (chord, voices) in sung(song) {
            assert_eq!(voices.len(), 4, "{song}");
            for (voice, (low, high)) in voices.iter().zip(RANGES) {
                assert!((low..=high).contains(&voice.0), "{song} {voices:?}");
                assert!(chord.has(voice.class()), "{song} {voices:?}");
            }
            assert!(voices.windows(2).all(|w| w[0] < w[1]));
            assert!(voices[2].0 - voices[1].0 <= 12 && voices[3].0 - voices[2].0 <= 12);
            assert!(
                voices.iter().any(|v| v.class() == chord.tone(1)),
                "{chord:?} lacks its third"
            );
        }
    }
}

#[test]
fn no_two_voices_go_in_fifths_or_octaves() {
    for song in SONGS {
        let sung = sung(song);
        for pair in sung.windows(2) {
            let (a, b) = (&pair[0].1, &pair[1].1);
            for i in 0..4 {
                for k in i + 1..4 {
                    let moves = a[i] != b[i] && a[k] != b[k];
                    let was = (a[k].0 - a[i].0) % 12;
                    let is = (b[k].0 - b[i].0) % 12;
                    assert!(
                        !(moves && was == is && (is == 0 || is == 7)),
                        "{song} {a:?} {b:?}"
                    );
                }
            }
        }
    }
}

#[test]
fn leading_tones_rise_and_sevenths_fall() {
    for song in SONGS {
        let sung = sung(song);
        for pair in sung.windows(2) {
            let ((first, a), (second, b)) = (&pair[0], &pair[1]);
            if second.root != first.root.up(5) || first.tones().len() < 4 {
                continue;
            }
            for (from, to) in a.iter().zip(b) {
                if from.class() == first.tone(3) {
                    assert!(from.0 >= to.0 && from.0 - to.0 <= 2, "{song} {a:?} {b:?}");
                }
            }
            let soprano = (a[3], b[3]);
            if soprano.0.class() == first.tone(1) && second.has(first.tone(1).up(1)) {
                assert_eq!(soprano.1.0, soprano.0.0 + 1, "{song} {a:?} {b:?}");
            }
        }
    }
}

#[test]
fn a_foreign_bass_and_six_tones_still_find_four_voices() {
    for text in ["C/D", "Dm11", "G13", "Csus4", "F#dim7", "Caug"] {
        let chord = Chord::parse(text).unwrap();
        let found = lead(chord, PitchClass(0), Scale::Major, None, false);
        assert_eq!(found.len(), 4, "{text}");
        assert_eq!(found[0].class(), chord.bass, "{text}");
    }
}
