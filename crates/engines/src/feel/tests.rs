use std::vec::Vec as Heap;

use music::lane::Lane;

use super::swing::{ratio, warp};
use crate::dice::Dice;
use crate::fixture::Stage;
use crate::placement::{BarGrid, TimeScale};
use music::time::Meter;

#[test]
fn swing_ratios_are_exact() {
    assert_eq!(warp(480, 960, 2000), 640);
    assert_eq!(warp(480, 960, 3000), 720);
    assert_eq!(warp(480, 960, 1000), 480);
    assert_eq!((warp(0, 960, 1700), warp(960, 960, 1700)), (0, 960));
    assert_eq!(warp(240, 480, 2000), 320);
    assert!((0..960).map(|t| warp(t, 960, 2500)).is_sorted());
}

#[test]
fn the_swing_control_goes_from_straight_over_the_style_to_dotted() {
    assert_eq!(
        (ratio(1600, -100), ratio(1600, 0), ratio(1600, 100)),
        (1000, 1600, 3000)
    );
}

#[test]
fn without_humanize_everything_lies_on_the_grid() {
    let mut stage = Stage::new(0, 4, 4);
    stage.controls.humanize = 0;
    for bar in 0..16 {
        let notes = stage.bar(bar);
        for lane in Lane::PLAYED {
            assert!(notes.lane(lane).iter().all(|c| c.onset == c.grid
                || c.role == music::note::Role::Voice(0)
                || lane == Lane::Harmony
                || lane == Lane::Texture
                || lane == Lane::Melody));
        }
        assert!(
            notes
                .lane(Lane::Drums)
                .iter()
                .chain(notes.lane(Lane::Bass))
                .all(|c| c.onset == c.grid)
        );
    }
}

#[test]
fn jazz_swings_its_off_beats_and_a_dotted_beat_does_not() {
    let mut stage = Stage::new(128, 4, 4);
    stage.controls.humanize = 0;
    stage.tempo_mbpm = 80_000;
    let bar = stage.bar(1);
    let start = stage.place(1).start;
    let late: Heap<i64> = bar
        .lane(Lane::Drums)
        .iter()
        .filter(|c| c.grid.since(start) % 960 == 480)
        .map(|c| c.onset.since(c.grid))
        .collect();
    assert!(
        !late.is_empty() && late.iter().all(|l| *l == 160),
        "{late:?}"
    );
    let mut six = Stage::new(128, 6, 8);
    six.controls.humanize = 0;
    six.tempo_mbpm = 80_000;
    assert!(
        six.bar(1)
            .lane(Lane::Drums)
            .iter()
            .all(|c| c.onset == c.grid)
    );
}

/// The drift over many sections, at every step.
fn drifts() -> Heap<Heap<f64>> {
    let mut all = Heap::new();
    for section in 0..200 {
        let mut line = Heap::new();
        for bar in 0..8 {
            let mut grid = BarGrid::default();
            grid.lay(Meter::default(), TimeScale::Plain, bar);
            super::drift(&mut grid, Dice::song(3).at(section), bar as i64 * 3840);
            line.extend(grid.slots.iter().map(|s| s.drift as f64));
        }
        all.push(line);
    }
    all
}

#[test]
fn drift_has_the_spread_and_the_memory_that_it_promises() {
    let all = drifts();
    let values: Heap<f64> = all.iter().flatten().copied().collect();
    let mean = values.iter().sum::<f64>() / values.len() as f64;
    let variance = values.iter().map(|v| (v - mean).powi(2)).sum::<f64>() / values.len() as f64;
    assert!(mean.abs() < 60.0, "{mean}");
    assert!(
        (variance.sqrt() - 1000.0).abs() < 60.0,
        "{}",
        variance.sqrt()
    );
    let at = |lag: usize| {
        let (mut sum, mut count) = (0.0, 0);
        for line in &all {
            for i in 0..line.len() - lag {
                sum += line[i] * line[i + lag];
                count += 1;
            }
        }
        sum / count as f64 / variance
    };
    assert!((at(2) - 0.96).abs() < 0.03, "an eighth apart: {}", at(2));
    assert!((at(4) - 0.89).abs() < 0.04, "a quarter apart: {}", at(4));
    assert!(at(1) > at(2) && at(2) > at(4) && at(4) > at(16));
}

#[test]
fn a_chosen_groove_brings_its_own_swing() {
    use music::groove::{GrooveSwing, GrooveTemplate, SwingUnit};
    let (rock, jazz) = (crate::fixture::rock(), crate::fixture::jazz());
    let mut template = GrooveTemplate::default();
    let of = |chosen: &GrooveTemplate, unit| {
        let groove = super::Groove::new((&jazz, &rock), 0, Some(chosen), 80_000);
        (groove.unit(), groove.ratio(unit))
    };
    // Without one, the style's stays.
    assert_eq!(of(&template, SwingUnit::Eighth), (SwingUnit::Eighth, 2000));
    template.swing = Some(GrooveSwing {
        unit: SwingUnit::Sixteenth,
        ratio: 1300,
    });
    assert_eq!(
        of(&template, SwingUnit::Sixteenth),
        (SwingUnit::Sixteenth, 1300)
    );
    assert_eq!(of(&template, SwingUnit::Eighth).1, 1000);
}
