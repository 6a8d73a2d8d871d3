//! Breath.

use music::plan::SectionKind;
use music::time::Meter;

use super::{Unit, breathe, share};
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

fn unit(ends: bool, rests: u8, comes_home: bool) -> Unit {
    Unit {
        bars: 2,
        ends,
        rests,
        place: 0,
        comes_home,
    }
}

#[test]
fn a_closing_unit_leaves_its_last_beats_free() {
    let mut motif = quarters();
    let unit = unit(true, 0, false);
    breathe(&mut motif, &measure(), &unit, Dice::song(1));
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
                let unit = unit(false, rests, false);
                breathe(&mut motif, &measure(), &unit, Dice::song(*seed));
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
    let unit = unit(false, 0, false);
    breathe(&mut motif, &measure(), &unit, Dice::song(1));
    assert_eq!(motif.tones.len(), 8);
}

#[test]
fn answers_speak_through_and_bridges_run_on() {
    assert_eq!(share(20, SectionKind::Verse, 0), 20);
    assert_eq!(share(20, SectionKind::Verse, 1), 0);
    assert_eq!(share(20, SectionKind::Bridge, 2), 0);
}

#[test]
fn three_tones_are_not_left_alone() {
    for seed in 0..40 {
        let mut motif = quarters();
        motif.tones.retain(|t| t.at != 8);
        let count = motif.tones.len();
        let unit = unit(false, 40, false);
        breathe(&mut motif, &measure(), &unit, Dice::song(seed));
        assert_eq!(motif.tones.len(), count, "{seed}");
    }
}

#[test]
fn a_line_that_closes_arrives() {
    let mut motif = quarters();
    motif.tones.retain(|t| t.at < 16 || t.at > 26);
    let unit = unit(true, 0, false);
    breathe(&mut motif, &measure(), &unit, Dice::song(1));
    assert_eq!(motif.tones.last().unwrap().at, 16);
}

#[test]
fn a_section_comes_home_early_in_its_last_bar() {
    let mut motif = quarters();
    let unit = unit(true, 0, true);
    breathe(&mut motif, &measure(), &unit, Dice::song(1));
    assert_eq!(motif.tones.last().unwrap().at, 20);
}
