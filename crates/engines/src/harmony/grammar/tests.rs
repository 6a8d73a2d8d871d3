//! The grammar in every scale.

use music::chord::Quality;
use music::pitch::{PitchClass, Scale};
use music::plan::SectionKind;

use super::{dominant, grow};
use crate::dice::Dice;

#[test]
fn every_scale_gets_eight_bars_of_stable_chords() {
    for scale in Scale::ALL {
        for seed in 0..20 {
            for kind in SectionKind::ALL {
                let grown = grow(scale, kind, Dice::song(seed));
                let half_bars: u32 = grown.iter().map(|c| c.half_bars as u32).sum();
                assert_eq!(half_bars, 16, "{scale:?} {kind:?}");
                for chord in &grown {
                    let found = chord.roman.resolve(PitchClass(0), scale);
                    let stable = matches!(found.quality, Quality::Major | Quality::Minor);
                    assert!(
                        stable || chord.roman.degree == 0,
                        "{scale:?}: {}",
                        found.symbol(true)
                    );
                }
            }
        }
    }
}

#[test]
fn modes_keep_their_own_leading_chord() {
    let symbol = |scale| dominant(scale).resolve(PitchClass(0), scale).symbol(true);
    assert_eq!(symbol(Scale::Major), "G");
    assert_eq!(symbol(Scale::Minor), "G");
    assert_eq!(symbol(Scale::Mixolydian), "Bb");
    assert_eq!(symbol(Scale::Dorian), "Bb");
    assert_eq!(symbol(Scale::Phrygian), "Db");
    assert_eq!(symbol(Scale::Lydian), "G");
    assert_eq!(symbol(Scale::Blues), "G");
}

#[test]
fn verses_set_out_from_home() {
    for seed in 0..20 {
        let grown = grow(Scale::Major, SectionKind::Verse, Dice::song(seed));
        assert_eq!(grown[0].roman.degree, 0);
    }
}
