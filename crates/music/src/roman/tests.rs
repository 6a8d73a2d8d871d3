//! Readings, by table.

extern crate std;

use super::{Function, Roman, Sense, read, seventh};
use crate::chord::{Chord, Quality};
use crate::pitch::{PitchClass, Scale};

/// Chord, scale in C, numeral, sense, function.
type Line = (&'static str, Scale, &'static str, Sense, Function);

const TABLE: [Line; 38] = {
    use Function::{Dominant as D, Subdominant as S, Tonic as T};
    use Scale::{Dorian, HarmonicMinor, Major, Minor, Mixolydian, Phrygian};
    use Sense::*;
    [
        ("C", Major, "I", Diatonic, T),
        ("Cmaj7", Major, "Imaj7", Diatonic, T),
        ("Dm", Major, "ii", Diatonic, S),
        ("Dm7", Major, "ii7", Diatonic, S),
        ("Dm9", Major, "ii9", Diatonic, S),
        ("Em7", Major, "iii7", Diatonic, T),
        ("F/A", Major, "IV/3", Diatonic, S),
        ("G7", Major, "V7", Diatonic, D),
        ("G7/F", Major, "V7/7", Diatonic, D),
        ("G7sus4", Major, "V7sus4", Diatonic, D),
        ("Am", Major, "vi", Diatonic, T),
        ("Bm7b5", Major, "viiø7", Diatonic, D),
        ("Bdim", Major, "viio", Diatonic, D),
        ("A7", Major, "V7/ii", Secondary, D),
        ("D", Major, "V/V", Secondary, D),
        ("E7b9", Major, "V7b9/vi", Secondary, D),
        ("C7", Major, "V7/IV", Secondary, D),
        ("F#dim7", Major, "viio7/V", Secondary, D),
        ("G#dim7", Major, "viio7/vi", Secondary, D),
        ("Db", Major, "bII", Neapolitan, S),
        ("Dbmaj7/F", Major, "bIImaj7/3", Neapolitan, S),
        ("Ab7", Major, "bVI7", AugmentedSixth, S),
        ("Db7", Major, "bII7", TritoneSubstitute, D),
        ("Eb7", Major, "bIII7", TritoneSubstitute, D),
        ("Fm", Major, "iv", Borrowed, S),
        ("Bb", Major, "bVII", Borrowed, S),
        ("Ab", Major, "bVI", Borrowed, S),
        ("Eb", Major, "bIII", Borrowed, T),
        ("Caug", Major, "I+", Symmetric, D),
        ("F#m", Major, "#iv", Chromatic, T),
        ("G7", Minor, "V7", Diatonic, D),
        ("Bdim7", Minor, "♮viio7", Diatonic, D),
        ("Bb", Minor, "VII", Diatonic, D),
        ("Am", Minor, "♮vi", Borrowed, T),
        ("F", Dorian, "IV", Diatonic, S),
        ("Db", Phrygian, "II", Diatonic, D),
        ("G", HarmonicMinor, "V", Diatonic, D),
        ("Bb", Mixolydian, "VII", Diatonic, D),
    ]
};

#[test]
fn chords_are_read_as_a_musician_reads_them() {
    for (symbol, scale, numeral, sense, function) in TABLE {
        let reading = read(Chord::parse(symbol).unwrap(), PitchClass(0), scale);
        assert_eq!(reading.roman.text(scale), numeral, "{symbol} {scale:?}");
        assert_eq!(reading.sense, sense, "{symbol} {scale:?}");
        assert_eq!(reading.function, function, "{symbol} {scale:?}");
    }
}

#[test]
fn every_chord_has_a_reading_that_gives_it_back() {
    for scale in Scale::ALL {
        for key in 0..12 {
            for root in 0..12 {
                for quality in Quality::ALL {
                    let chord = Chord::new(PitchClass(root), quality);
                    for tone in 0..quality.intervals().len() {
                        let chord = Chord {
                            bass: chord.tone(tone),
                            ..chord
                        };
                        let reading = read(chord, PitchClass(key), scale);
                        let again = reading.roman.resolve(PitchClass(key), scale);
                        assert_eq!(again, chord, "{reading:?} in {key} {scale:?}");
                    }
                }
            }
        }
    }
}

#[test]
fn a_bass_outside_the_chord_is_left_out() {
    let slash = Chord::parse("C/D").unwrap();
    let reading = read(slash, PitchClass(0), Scale::Major);
    assert_eq!(reading.roman.text(Scale::Major), "I");
}

#[test]
fn readings_move_with_the_key() {
    for (symbol, scale, numeral, ..) in TABLE {
        for by in 0..12 {
            let chord = Chord::parse(symbol).unwrap();
            let moved = Chord {
                root: chord.root.up(by),
                bass: chord.bass.up(by),
                ..chord
            };
            let reading = read(moved, PitchClass(0).up(by), scale);
            assert_eq!(reading.roman.text(scale), numeral);
        }
    }
}

#[test]
fn degrees_become_chords() {
    let c = PitchClass(0);
    let plain = |degree| Roman {
        degree,
        ..Roman::default()
    };
    assert_eq!(plain(1).resolve(c, Scale::Major).symbol(true), "Dm");
    assert_eq!(plain(6).resolve(c, Scale::Major).symbol(true), "Bdim");
    assert_eq!(plain(5).resolve(c, Scale::Minor).symbol(true), "Ab");
    let flat_seven = Roman {
        degree: 6,
        accidental: -1,
        borrowed: true,
        ..Roman::default()
    };
    assert_eq!(flat_seven.resolve(c, Scale::Major).symbol(true), "Bb");
    let applied = Roman {
        degree: 4,
        quality: Some(Quality::Dominant7),
        applied_to: Some(1),
        ..Roman::default()
    };
    assert_eq!(applied.resolve(c, Scale::Major).symbol(true), "A7");
    assert_eq!(seventh(Scale::Major, 4), Quality::Dominant7);
    let two = Roman {
        degree: 1,
        seventh: true,
        ..Roman::default()
    };
    assert_eq!(two.resolve(c, Scale::Major).symbol(true), "Dm7");
    assert_eq!(two.resolve(c, Scale::Minor).symbol(true), "Dm7b5");
}
