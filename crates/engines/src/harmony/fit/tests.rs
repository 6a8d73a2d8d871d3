//! Fitting notes to a held chord.

use heapless::Vec;
use music::chord::Chord;
use music::lane::Lane;
use music::note::Role;
use music::pitch::{Pitch, PitchClass, Scale};

use super::fit_to_chord;

fn chord(text: &str) -> Chord {
    Chord::parse(text).unwrap()
}

fn fit(lane: Lane, role: Role, pitch: u8, planned: &str, held: &str) -> u8 {
    fit_to_chord(
        lane,
        role,
        Pitch(pitch),
        Some(chord(planned)),
        &chord(held),
        PitchClass(0),
        Scale::Major,
    )
    .0
}

#[test]
fn a_bass_note_keeps_its_place_in_the_chord() {
    assert_eq!(fit(Lane::Bass, Role::ChordTone(0), 36, "C", "F"), 41);
    assert_eq!(fit(Lane::Bass, Role::ChordTone(2), 43, "C", "Am"), 40);
    assert_eq!(fit(Lane::Bass, Role::ChordTone(0), 36, "C", "C/E"), 40);
    assert_eq!(fit(Lane::Bass, Role::ChordTone(3), 46, "C7", "F"), 41);
}

#[test]
fn voices_move_little_and_reach_every_tone() {
    for held in [
        "F", "Am", "Dm7", "G7", "Bb", "F#m7b5", "E7#9", "Ab", "Bmaj7",
    ] {
        for (planned, voicing) in [
            ("C", &[60, 64, 67][..]),
            ("Cmaj7", &[59, 60, 64, 67]),
            ("Dm9", &[53, 57, 60, 64]),
        ] {
            let mut classes: Vec<PitchClass, 8> = Vec::new();
            for pitch in voicing {
                let fitted = fit(Lane::Harmony, Role::Voice(0), *pitch, planned, held);
                assert!(chord(held).has(Pitch(fitted).class()), "{held}: {fitted}");
                assert!(
                    fitted.abs_diff(*pitch) <= 5,
                    "{planned} to {held}: {pitch} to {fitted}"
                );
                if !classes.contains(&Pitch(fitted).class()) {
                    let _ = classes.push(Pitch(fitted).class());
                }
            }
            // A rootless voicing of five tones may lose one of a triad's three: one class stands for two.
            let least = if planned == "Dm9" && chord(held).tones().len() == 3 {
                2
            } else {
                3
            };
            assert!(
                classes.len() >= least,
                "{planned} to {held} collapses to {classes:?}"
            );
        }
    }
}

#[test]
fn a_tune_goes_to_chord_tones_where_it_is_strong_and_to_the_scale_elsewhere() {
    assert_eq!(fit(Lane::Melody, Role::ChordTone(1), 64, "C", "F"), 65);
    assert_eq!(fit(Lane::Melody, Role::Passing, 62, "C", "F"), 62);
    // C gives way to C# under A major.
    assert_eq!(fit(Lane::Melody, Role::Passing, 60, "C", "A"), 59);
    assert_eq!(fit(Lane::Melody, Role::Neighbour, 61, "C", "A"), 61);
}

#[test]
fn drums_and_hands_stay() {
    assert_eq!(fit(Lane::Drums, Role::ChordTone(0), 36, "C", "F"), 36);
    assert_eq!(fit(Lane::Melody, Role::Played, 61, "C", "F"), 61);
}
