//! Voices give way to the tune.

use music::chord::Chord;
use music::note::{Gate, Role};
use music::pitch::Pitch;
use music::plan::{ChordSpan, Phrase, TuneNote, Voicing};

use super::{rubs, settle};

fn phrase(chord: &str, voices: &[u8], tune: &[(u16, u16, u8, u8)]) -> Phrase {
    let mut phrase = Phrase {
        bars: 1,
        ..Phrase::default()
    };
    let voicing: Voicing = voices.iter().map(|p| Pitch(*p)).collect();
    let span = ChordSpan {
        chord: Chord::parse(chord).unwrap(),
        texture: voicing.iter().map(|p| Pitch(p.0 + 12)).collect(),
        voicing,
        ..ChordSpan::default()
    };
    phrase.chords.push(span).unwrap();
    for (tick, duration, pitch, density) in tune {
        let note = TuneNote {
            bar: 0,
            tick: *tick,
            duration: *duration,
            pitch: Pitch(*pitch),
            velocity: 80,
            gate: Gate::density(*density),
            role: Role::ScaleTone,
        };
        phrase.tune.push(note).unwrap();
    }
    phrase
}

#[test]
fn a_voice_under_the_tune_s_strong_tone_moves() {
    let mut phrase = phrase("Cmaj7", &[52, 55, 59, 64], &[(0, 960, 72, 0)]);
    settle(&mut phrase);
    let span = &phrase.chords[0];
    assert!(
        span.voicing
            .iter()
            .chain(&span.texture)
            .all(|v| !rubs(*v, Pitch(72)))
    );
    assert_eq!(span.chord.symbol(true), "Cmaj7");
    assert!(span.voicing.windows(2).all(|w| w[0] < w[1]));
}

#[test]
fn what_does_not_rub_stays() {
    let quiet: [(u16, u16, u8, u8); 3] = [(0, 960, 76, 0), (240, 240, 72, 0), (0, 3840, 72, 90)];
    for tone in quiet {
        let mut settled = phrase("Cmaj7", &[52, 55, 59, 64], &[tone]);
        let before = settled.chords.clone();
        settle(&mut settled);
        assert_eq!(settled.chords, before, "{tone:?}");
    }
}

#[test]
fn a_tone_held_over_a_strong_place_counts() {
    let mut settled = phrase("Cmaj7", &[52, 55, 59, 64], &[(1680, 960, 72, 0)]);
    settle(&mut settled);
    assert!(
        settled.chords[0]
            .voicing
            .iter()
            .all(|v| !rubs(*v, Pitch(72)))
    );
}

#[test]
fn two_voices_always_stay() {
    let mut settled = phrase("C", &[64, 67], &[(0, 3840, 65, 0), (0, 3840, 68, 0)]);
    settle(&mut settled);
    assert_eq!(settled.chords[0].voicing.len(), 2);
}
