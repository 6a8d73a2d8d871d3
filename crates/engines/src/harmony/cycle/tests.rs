//! Cycles of roots.

use music::pitch::{PitchClass, Scale};
use music::technique::RootCycle;

use super::lay;
use crate::harmony::progression::{Cell, Cells};

fn laid(cycle: RootCycle, scale: Scale) -> heapless::Vec<heapless::String<16>, 16> {
    let mut cells: Cells = (0..14)
        .map(|i| Cell {
            chord: i % 4,
            round: i / 4,
            ..Cell::default()
        })
        .collect();
    lay(&mut cells, cycle, scale, 4);
    let symbol = |c: &Cell| c.roman.resolve(PitchClass(0), scale).symbol(true);
    cells.iter().map(symbol).collect()
}

#[test]
fn diatonic_cycles_take_the_scale_s_chords_and_run_on_over_rounds() {
    let falling = laid(RootCycle::Fifths, Scale::Major);
    let expected = ["C", "F", "Bdim", "Em", "Am", "Dm", "G", "C", "F"];
    assert_eq!(falling[..9], expected);
    let thirds = laid(RootCycle::Thirds, Scale::Minor);
    assert_eq!(thirds[..5], ["Cm", "Ab", "Fm", "Ddim", "Bb"]);
}

#[test]
fn symmetric_cycles_build_every_chord_like_the_tonic_s() {
    let major = laid(RootCycle::ThreeTonics, Scale::Major);
    assert_eq!(major[..4], ["C", "E", "Ab", "C"]);
    let minor = laid(RootCycle::FourTonics, Scale::Dorian);
    assert_eq!(minor[..5], ["Cm", "Ebm", "Gbm", "Am", "Cm"]);
    let all = laid(RootCycle::TwelveTonics, Scale::Major);
    assert_eq!(all[..4], ["C", "Db", "D", "Eb"]);
}
