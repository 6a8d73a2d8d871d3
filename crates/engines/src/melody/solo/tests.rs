//! Solos.

use std::vec::Vec as Heap;

use music::style::{MelodyStyle, Ornament};
use music::time::Meter;

use super::line::Pace;
use super::{Says, line, turn};
use crate::dice::Dice;
use crate::melody::motif::Measure;
use crate::placement::{BarGrid, TimeScale};

fn measure(n: u8, d: u8) -> Measure {
    let meter = Meter::new(n, d).unwrap();
    let mut grid = BarGrid::default();
    grid.lay(meter, TimeScale::Plain, 0);
    Measure::new(meter, &grid)
}

const PLAIN: Pace = Pace {
    quick: 0,
    triplets: 0,
    swings: false,
};

#[test]
fn lines_run_in_eighths_and_rest_before_the_end_in_every_meter() {
    for (n, d) in [(4, 4), (3, 4), (5, 4), (6, 8), (7, 8), (13, 8)] {
        let measure = measure(n, d);
        for seed in 0..20 {
            let line = line(&measure, PLAIN, Dice::song(seed));
            assert!(line.tones.len() >= 4, "{n}/{d} {seed}");
            assert!(line.tones.iter().all(|t| measure.strength(t.at) >= 1));
            let last = line.tones.last().unwrap();
            assert!(last.at + 3 <= 2 * measure.bar, "{n}/{d} {seed}");
            assert!(line.tones.iter().all(|t| (-4..=6).contains(&t.degree)));
        }
    }
}

#[test]
fn quick_beats_and_triplets_come_where_they_are_asked_for() {
    let measure = measure(4, 4);
    let of = |pace| {
        let measure = &measure;
        (0..40).flat_map(move |seed| line(measure, pace, Dice::song(seed)).tones)
    };
    let quick = Pace { quick: 40, ..PLAIN };
    let triplets = Pace {
        triplets: 40,
        ..PLAIN
    };
    assert!(of(PLAIN).all(|t| t.at % 2 == 0 && t.late == 0));
    assert!(of(quick).filter(|t| t.at % 2 == 1).count() > 60);
    assert!(of(triplets).filter(|t| t.late == 80).count() > 30);
    let thirds = of(triplets).filter(|t| t.late > 0);
    assert!(
        thirds
            .into_iter()
            .all(|t| t.late == 80 && t.at % 4 == 1 || t.late == 160 && t.at % 4 == 2)
    );
    // Swung sixteenths are thirds as they stand.
    let swung = Pace {
        swings: true,
        ..triplets
    };
    assert!(of(swung).all(|t| t.late == 0 && t.at % 4 != 3));
    assert!(of(swung).filter(|t| t.at % 4 == 1).count() > 30);
}

#[test]
fn a_solo_develops_one_idea_and_every_school_has_lines() {
    for ornament in [
        Ornament::Pop,
        Ornament::Blues,
        Ornament::Jazz,
        Ornament::Latin,
    ] {
        let style = MelodyStyle {
            ornament,
            ..MelodyStyle::default()
        };
        let (mut lines, mut own) = (0, 0);
        for seed in 0..40 {
            for count in [4, 6, 8, 16] {
                let units: Heap<_> = (0..count)
                    .map(|place| turn(&style, Dice::song(seed), place, count))
                    .collect();
                let says = |w: Says| units.iter().filter(|u| u.1 == w).count();
                assert!(says(Says::Own) >= 1, "{ornament:?} {seed} {count}");
                assert!(units.last().unwrap().0.closes);
                lines += says(Says::Line);
                own += says(Says::Own);
            }
        }
        let least = if ornament == Ornament::Jazz {
            own
        } else {
            own / 4
        };
        assert!(lines >= least, "{ornament:?}: {lines} lines, {own}");
    }
}
