use heapless::Vec;
use music::style::Pattern;
use music::technique::Rhythm;
use music::time::Meter;

use super::{BarGrid, MAX_SLOTS, TimeScale, density_gate, lay};
use crate::fixture::{pattern, tagged};

fn laid(n: u8, d: u8, scale: TimeScale, bar: u16) -> BarGrid {
    let mut grid = BarGrid::default();
    grid.lay(Meter::new(n, d).unwrap(), scale, bar);
    grid
}

fn steps(grid: &BarGrid) -> Vec<u8, MAX_SLOTS> {
    grid.slots.iter().map(|s| s.pattern_step).collect()
}

#[test]
fn common_time_is_taken_as_it_is_written() {
    let grid = laid(4, 4, TimeScale::Plain, 0);
    assert!(
        grid.slots
            .iter()
            .enumerate()
            .all(|(i, s)| s.pattern_step as usize == i)
    );
    assert!(
        grid.slots
            .iter()
            .enumerate()
            .all(|(i, s)| s.tick == 240 * i as i64)
    );
}

#[test]
fn odd_meters_take_beats_by_their_role() {
    let seven = laid(7, 8, TimeScale::Plain, 0);
    assert_eq!(steps(&seven), [0, 1, 2, 3, 8, 9, 10, 11, 4, 5, 6, 7, 6, 7]);
    let five = laid(5, 4, TimeScale::Plain, 0);
    let beats: Vec<u8, 8> = five
        .slots
        .iter()
        .filter(|s| s.in_beat == 0)
        .map(|s| s.pattern_step / 4)
        .collect();
    assert_eq!(beats, [0, 2, 1, 2, 3]);
    assert_eq!(
        steps(&laid(6, 8, TimeScale::Plain, 0)),
        [0, 1, 2, 3, 2, 3, 4, 5, 6, 7, 6, 7]
    );
}

#[test]
fn strength_agrees_with_the_meter() {
    for (n, d) in [(4, 4), (3, 4), (5, 4), (6, 8), (7, 8), (13, 8), (5, 16)] {
        let meter = Meter::new(n, d).unwrap();
        for (i, slot) in laid(n, d, TimeScale::Plain, 0).slots.iter().enumerate() {
            assert_eq!(slot.strength, meter.strength(i), "{n}/{d} step {i}");
        }
    }
}

#[test]
fn half_time_spreads_a_pattern_bar_over_two() {
    let (a, b) = (
        laid(4, 4, TimeScale::Half, 2),
        laid(4, 4, TimeScale::Half, 3),
    );
    assert_eq!(steps(&a), [0, 1, 2, 3, 4, 5, 6, 7]);
    assert_eq!(steps(&b), [8, 9, 10, 11, 12, 13, 14, 15]);
    assert_eq!(a.slots[1].tick, 480);
    assert!(a.slots.iter().chain(&b.slots).all(|s| s.pattern_bar == 1));
}

#[test]
fn double_time_plays_two_pattern_bars_in_one() {
    let grid = laid(4, 4, TimeScale::Double, 3);
    assert_eq!(grid.slots.len(), 32);
    assert_eq!((grid.slots[16].tick, grid.slots[16].pattern_bar), (1920, 7));
}

#[test]
fn pace_follows_the_range() {
    assert_eq!(TimeScale::at(80, 140, 120_000), TimeScale::Plain);
    assert_eq!(TimeScale::at(80, 140, 200_000), TimeScale::Half);
    assert_eq!(TimeScale::at(160, 180, 200_000), TimeScale::Plain);
    assert_eq!(TimeScale::at(80, 140, 60_000), TimeScale::Double);
    assert_eq!(TimeScale::at(80, 90, 75_000), TimeScale::Plain);
    assert_eq!(TimeScale::at(0, 0, 75_000), TimeScale::Plain);
}

#[test]
fn every_slot_is_found_again() {
    for (n, d) in [(4, 4), (7, 8), (3, 16), (13, 4)] {
        for scale in [TimeScale::Half, TimeScale::Plain, TimeScale::Double] {
            for bar in 0..3 {
                let grid = laid(n, d, scale, bar);
                for (i, slot) in grid.slots.iter().enumerate() {
                    assert_eq!(
                        grid.slot_at(slot.tick).map(|(k, _)| k),
                        Some(i),
                        "{n}/{d} {scale:?}"
                    );
                }
            }
        }
    }
}

#[test]
fn gates_fall_with_priority() {
    assert_eq!(density_gate(9, 0), 0);
    assert_eq!(density_gate(4, 0), 60);
    assert_eq!(density_gate(1, 0), 96);
    assert!((1..9).all(|p| density_gate(p, 0) > density_gate(p + 1, 0)));
}

/// Ticks from the section's start at which a pattern sounds under a rhythm in some bars.
fn laid_over(
    meter: (u8, u8),
    scale: TimeScale,
    pattern: &Pattern,
    rhythm: Rhythm,
    bars: u16,
) -> std::vec::Vec<i64> {
    let mut out = std::vec::Vec::new();
    for bar in 0..bars {
        let grid = laid(meter.0, meter.1, scale, bar);
        for placed in &lay(&grid, pattern, rhythm, 0) {
            assert!((0..grid.bar_ticks).contains(&placed.tick));
            out.push(grid.section_tick + placed.tick);
        }
    }
    out
}

const METERS: [(u8, u8); 6] = [(4, 4), (3, 4), (7, 8), (5, 8), (13, 8), (5, 16)];

#[test]
fn a_cycle_runs_on_over_bar_lines_to_the_tick() {
    let three = Pattern {
        cycles: true,
        ..pattern("9... .... ....")
    };
    for meter in METERS {
        for scale in [TimeScale::Half, TimeScale::Plain, TimeScale::Double] {
            let ticks = laid_over(meter, scale, &three, Rhythm::Style, 24);
            let period = 12 * scale.step_ticks();
            let wanted = (0..ticks.len() as i64).map(|i| i * period);
            assert!(
                ticks.iter().copied().eq(wanted),
                "{meter:?} {scale:?} {ticks:?}"
            );
            assert!(ticks.len() > 2);
        }
    }
    let twenty = laid_over(
        (4, 4),
        TimeScale::Plain,
        &pattern("9... .... .... ...."),
        Rhythm::Cycle(20),
        10,
    );
    assert_eq!(twenty[..4], [0, 16 * 240, 20 * 240, 36 * 240]);
}

#[test]
fn series_are_exact_and_round_off_nothing() {
    let own = pattern("9.5. 7.5. 8.5. 7.5.");
    for meter in METERS {
        for (rhythm, durations) in [
            (Rhythm::Resultant(4, 3), [3, 1, 2, 2, 1, 3].as_slice()),
            (Rhythm::Resultant(3, 2), &[2, 1, 1, 2]),
            (Rhythm::Squared(3, 1, 0), &[9, 3, 3, 1]),
            (Rhythm::Quickening, &[13, 8, 5, 3, 2, 1]),
            (
                Rhythm::Permuted(3, 2),
                &[2, 1, 1, 2, 1, 1, 2, 2, 1, 2, 2, 1, 2, 2, 1, 1],
            ),
        ] {
            let ticks = laid_over(meter, TimeScale::Plain, &own, rhythm, 12);
            let mut at = 0;
            let wanted = durations.iter().cycle().map(|d| {
                let here = at;
                at += d * 240;
                here
            });
            let wanted: std::vec::Vec<i64> = wanted.take(ticks.len()).collect();
            assert_eq!(ticks, wanted, "{meter:?} {rhythm:?}");
        }
    }
}

#[test]
fn beats_rest_in_turn() {
    let own = pattern("9.5. 9.5. 9.5. 9.5.");
    let rhythm = Rhythm::Rotating(3, 4);
    for meter in METERS {
        let all = laid_over(meter, TimeScale::Plain, &own, Rhythm::Style, 16);
        let kept = laid_over(meter, TimeScale::Plain, &own, rhythm, 16);
        // Of four beats the last rests, then the first, the second, the third.
        let rests = |tick: &i64| (tick / 960 % 4) == (3 + tick / 3840) % 4;
        let wanted = all.iter().copied().filter(|tick| !rests(tick));
        assert!(kept.iter().copied().eq(wanted), "{meter:?}");
        assert!(kept.len() < all.len());
    }
}

#[test]
fn polyrhythms_divide_their_beats_evenly_across_bar_lines() {
    let own = pattern("9... 7... 8... 7...");
    for meter in METERS {
        for (strokes, beats) in [(3, 2), (4, 3), (5, 4), (7, 4), (3, 4)] {
            let rhythm = Rhythm::Polyrhythm(strokes, beats);
            let ticks = laid_over(meter, TimeScale::Plain, &own, rhythm, 16);
            let bar = Meter::new(meter.0, meter.1).unwrap().bar_ticks();
            let count = (16 * bar * strokes as i64 + 960 * beats as i64 - 1) / (960 * beats as i64);
            let wanted = (0..count).map(|i| i * 960 * beats as i64 / strokes as i64);
            assert!(ticks.iter().copied().eq(wanted), "{meter:?} {rhythm:?}");
        }
    }
}

#[test]
fn a_laid_onset_takes_the_stroke_before_it() {
    let own = tagged("9..7 .... 8... ....", "1..2 .... 3... ....");
    let grid = laid(4, 4, TimeScale::Plain, 0);
    let tags: std::vec::Vec<(i64, u8)> = lay(&grid, &own, Rhythm::Resultant(4, 3), 0)
        .iter()
        .map(|p| (p.tick / 240, p.step.tag))
        .collect();
    assert_eq!(
        tags,
        [
            (0, 1),
            (3, 2),
            (4, 2),
            (6, 2),
            (8, 3),
            (9, 3),
            (12, 3),
            (15, 3)
        ]
    );
    let strong: std::vec::Vec<u8> = lay(&grid, &own, Rhythm::Resultant(4, 3), 0)
        .iter()
        .map(|p| p.step.priority)
        .collect();
    assert_eq!(strong, [9, 5, 7, 5, 7, 5, 9, 5]);
}
