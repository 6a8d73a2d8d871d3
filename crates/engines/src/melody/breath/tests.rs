//! Breath.

use music::time::Meter;

use super::breathe;
use crate::dice::Dice;
use crate::melody::motif::{Measure, Motif, Tone};
use crate::placement::{BarGrid, TimeScale};

fn measure() -> Measure {
    let mut grid = BarGrid::default();
    grid.lay(Meter::default(), TimeScale::Plain, 0);
    Measure::new(Meter::default(), &grid)
}

fn quarters() -> Motif {
    let tones = (0..8).map(|n| Tone {
        at: 4 * n,
        length: 4,
        priority: 5,
        ..Tone::default()
    });
    Motif {
        tones: tones.collect(),
    }
}

#[test]
fn a_closing_unit_leaves_its_last_beats_free() {
    let mut motif = quarters();
    breathe(&mut motif, &measure(), 2, true, 0, Dice::song(1), 0);
    let last = motif.tones.last().unwrap();
    assert!(last.at <= 24 && last.priority == 9 && last.length == 0);
    assert_eq!(motif.tones.len(), 7);
}

#[test]
fn rests_follow_the_styles_share() {
    let silent = |rests| {
        (0..200)
            .filter(|seed| {
                let mut motif = quarters();
                breathe(
                    &mut motif,
                    &measure(),
                    2,
                    false,
                    rests,
                    Dice::song(*seed),
                    0,
                );
                motif.tones.iter().all(|t| t.at <= 16)
            })
            .count()
    };
    assert_eq!(silent(0), 0);
    assert!((60..=140).contains(&silent(25)), "{}", silent(25));
}

#[test]
fn an_open_unit_without_rests_stays_whole() {
    let mut motif = quarters();
    breathe(&mut motif, &measure(), 2, false, 0, Dice::song(1), 0);
    assert_eq!(motif.tones.len(), 8);
}
