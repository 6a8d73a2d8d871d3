//! Ornaments.

use std::vec::Vec as Heap;

use music::style::Ornament;

use super::{Figure, place};
use crate::melody::draft::Draft;
use crate::melody::ear::Ear;
use crate::melody::motif::Measure;
use crate::placement::{BarGrid, TimeScale};
use music::pitch::{PitchClass, Scale};
use music::plan::Phrase;
use music::time::Meter;

/// Ticks and pitches of a figure on a tone in C minor pentatonic (blues) or C major.
fn played(figure: Figure, pitch: u8, scale: Scale) -> Heap<(i64, u8)> {
    let mut grid = BarGrid::default();
    grid.lay(Meter::default(), TimeScale::Plain, 0);
    let measure = Measure::new(Meter::default(), &grid);
    let phrase = Phrase::default();
    let ear = Ear::new(&phrase, &measure, (PitchClass(0), 0), scale, (48, 84));
    let draft = Draft {
        pitch,
        length: 8,
        ..Draft::default()
    };
    let mut out = Heap::new();
    place(figure, &draft, &ear, &mut |tick, _, pitch, _| {
        out.push((tick, pitch))
    });
    out
}

#[test]
fn a_blue_third_slides_into_the_third_and_an_enclosure_surrounds_its_tone() {
    assert_eq!(played(Figure::Blue, 64, Scale::Major), [(-160, 63)]);
    assert_eq!(played(Figure::Blue, 67, Scale::Major), [(-160, 66)]);
    assert_eq!(played(Figure::Blue, 62, Scale::Major), [(-160, 60)]);
    assert_eq!(
        played(Figure::Enclosure, 64, Scale::Major),
        [(-480, 65), (-240, 63)]
    );
    assert_eq!(
        played(Figure::Turn, 64, Scale::Major),
        [(-360, 65), (-240, 64), (-120, 62)]
    );
    assert_eq!(
        played(Figure::Fall, 67, Scale::Major),
        [(1680, 65), (1800, 64)]
    );
}

#[test]
fn every_kind_of_style_has_its_own_figures() {
    let kinds = [
        Ornament::Pop,
        Ornament::Blues,
        Ornament::Jazz,
        Ornament::Latin,
        Ornament::Folk,
    ];
    for (index, kind) in kinds.iter().enumerate() {
        let own = Figure::of(*kind);
        assert!(kinds[..index].iter().all(|other| Figure::of(*other) != own));
    }
    assert!(Figure::of(Ornament::Blues).contains(&Figure::Blue));
    assert!(!Figure::of(Ornament::Folk).contains(&Figure::Enclosure));
}
