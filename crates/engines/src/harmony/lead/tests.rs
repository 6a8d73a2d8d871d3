//! Where the hand lies under a tune.

use music::lane::Lane;
use music::style::Ornament;

use crate::fixture::Stage;

/// The highest pitch of the hand over bars of a few songs.
fn top(ornament: Ornament, bars: core::ops::Range<i32>) -> u8 {
    let mut top = 0;
    for seed in 0..12 {
        let mut stage = Stage::new(0, 4, 4);
        for style in &mut stage.styles {
            style.melody.range = (60, 80);
            style.melody.ornament = ornament;
            style.harmony.range = (50, 79);
            style.harmony.voices = 4;
        }
        stage.controls.seed = seed;
        for bar in bars.clone() {
            let notes = stage.lane(bar, Lane::Harmony);
            top = notes.iter().map(|n| n.pitch.0).fold(top, u8::max);
        }
    }
    top
}

#[test]
fn a_hand_keeps_below_what_is_sung() {
    let (verse, chorus) = (4..12, 16..24);
    assert!(top(Ornament::Pop, verse.clone()) <= 67);
    assert!(top(Ornament::Pop, chorus.clone()) <= 74);
    // Jazz players share a register with the tune and hear it instead.
    assert!(top(Ornament::Jazz, verse) > 67);
    assert!(top(Ornament::Jazz, chorus) > 74);
}
