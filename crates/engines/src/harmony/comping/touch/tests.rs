//! Light strokes on a stage.

use std::vec::Vec as Heap;

use music::lane::Lane;
use music::note::{Candidate, Gate};
use music::style::{CompTechnique, LanePattern};

use super::{Touch, mask, part};
use crate::fixture::{Stage, pattern};

/// Four voices on a pattern whose strokes ring `span` steps (0: until the next one).
fn stage(technique: CompTechnique, text: &str, span: u8, seed: u16) -> Stage {
    let mut stage = Stage::new(0, 4, 4);
    for style in &mut stage.styles {
        style.harmony.technique = technique;
        style.harmony.voices = 4;
        style.harmony.range = (50, 74);
        style.harmony.patterns = [LanePattern {
            weight: 5,
            pattern: pattern(text),
            ..LanePattern::default()
        }]
        .into_iter()
        .collect();
        for step in &mut style.harmony.patterns[0].pattern.steps {
            step.span = if step.priority > 0 { span } else { 0 };
        }
    }
    stage.controls.humanize = 0;
    stage.controls.seed = seed;
    stage
}

/// The notes of a bar that are heard without pushes.
fn heard(stage: &mut Stage, bar: i32) -> Heap<Candidate> {
    let mut notes = stage.lane(bar, Lane::Harmony);
    notes.retain(|n| n.gate.syncopation.0 == 0 && n.gate.variation == Gate::OPEN.variation);
    notes
}

#[test]
fn light_strokes_move_part_of_a_chord_that_rings_on() {
    let mut partly = [0; 2];
    for seed in 0..40 {
        let mut stage = stage(CompTechnique::Block, "9... 5.5. 8... 5.5.", 0, seed);
        // A verse and a chorus.
        for (kind, bar) in [5, 17].into_iter().enumerate() {
            let notes = heard(&mut stage, bar);
            assert!(notes.len() > 8, "seed {seed}, bar {bar}");
            let start = bar as i64 * stage.meter.bar_ticks();
            let at = |step: i64| start + step * 240;
            let sounding = |tick: i64| {
                let rings = |n: &&Candidate| n.grid.0 + n.duration as i64 > tick + 60;
                let begun = notes.iter().filter(|n| n.grid.0 <= tick);
                begun.filter(rings).count()
            };
            for (step, whole) in [(4, 0), (6, 0), (12, 8), (14, 8)] {
                let struck = notes.iter().filter(|n| n.grid.0 == at(step)).count();
                let chord = sounding(at(whole));
                assert_eq!(sounding(at(step)), chord, "seed {seed}, bar {bar}, {step}");
                partly[kind] += u32::from(struck < chord);
            }
        }
    }
    assert!(partly[0] > 60, "verses are broken up: {partly:?}");
    assert!(
        partly[0] > partly[1] && partly[1] > 20,
        "choruses are struck: {partly:?}"
    );
}

#[test]
fn stabs_and_heavy_strokes_stay_whole() {
    for seed in 0..12 {
        for (text, span) in [("9... 5.5. 8... 5.5.", 1), ("9... 8.8. 9... 8.8.", 0)] {
            let mut stage = stage(CompTechnique::Block, text, span, seed);
            let notes = heard(&mut stage, 5);
            for note in &notes {
                let together = notes.iter().filter(|n| n.grid == note.grid).count();
                assert_eq!(together, 4, "seed {seed}, {text}");
            }
        }
    }
}

#[test]
fn strums_leave_out_low_strings_alone() {
    for seed in 0..30 {
        let mut stage = stage(CompTechnique::Strum, "9... 5.5. 8... 5.5.", 0, seed);
        let notes = heard(&mut stage, 5);
        let bar_line = 5 * stage.meter.bar_ticks();
        let top = |step: i64| {
            let struck = notes.iter().filter(|n| n.grid.0 == bar_line + step * 240);
            struck.map(|n| n.pitch).max()
        };
        assert!(top(0).is_some());
        assert_eq!([top(4), top(6)], [top(0); 2], "seed {seed}");
        assert_eq!([top(12), top(14)], [top(8); 2], "seed {seed}");
    }
}

#[test]
fn every_touch_moves_voices_that_there_are() {
    use Touch::{Inner, Rocking, Rolling, Upper};
    for voices in 3..=6 {
        for turn in 0..8 {
            for touch in [Upper, Inner, Rocking, Rolling] {
                let part = part(touch, turn, voices);
                assert!(part > 0 && part & !mask(0, voices) == 0);
                assert_ne!(part, mask(0, voices));
            }
        }
    }
    assert_eq!(part(Rolling, 0, 4), 0b0010);
    assert_eq!(part(Rolling, 2, 4), 0b1000);
    assert_eq!(part(Rolling, 3, 4), 0b0010);
}
