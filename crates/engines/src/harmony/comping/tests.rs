//! Comping on a stage.

use std::vec::Vec as Heap;

use music::lane::Lane;
use music::note::{Candidate, Gate};
use music::style::{CompTechnique, LanePattern};
use music::time::TICKS_PER_STEP;

use crate::fixture::{Stage, pattern};

/// Whether two gates are open under the same controls somewhere.
fn meet(a: &Gate, b: &Gate) -> bool {
    let over = |a: (u8, u8), b: (u8, u8)| a.0 <= b.1 && b.0 <= a.1;
    over(a.syncopation, b.syncopation) && over(a.variation, b.variation)
}

fn stage(n: u8, d: u8, text: &str) -> Stage {
    let mut stage = Stage::new(0, n, d);
    for style in &mut stage.styles {
        style.harmony.voices = 4;
        style.harmony.range = (50, 74);
        style.harmony.patterns = [LanePattern {
            weight: 5,
            pattern: pattern(text),
            ..LanePattern::default()
        }]
        .into_iter()
        .collect();
    }
    stage.controls.humanize = 0;
    stage
}

/// Bars whose section has the lane.
fn bars(stage: &mut Stage) -> Heap<(i32, Heap<Candidate>)> {
    (0..64)
        .map(|bar| (bar, stage.lane(bar, Lane::Harmony)))
        .filter(|(_, notes)| !notes.is_empty())
        .collect()
}

#[test]
fn the_pattern_is_struck_with_all_voices() {
    let mut stage = stage(4, 4, "9... .... 7... ..3.");
    let found = bars(&mut stage);
    assert!(found.len() > 20);
    for (bar, notes) in &found {
        let start = *bar as i64 * stage.meter.bar_ticks();
        let first = notes
            .iter()
            .filter(|n| n.grid.0 == start && n.gate.syncopation.0 == 0)
            .count();
        assert_eq!(first, 4, "bar {bar}");
    }
}

#[test]
fn thin_chords_keep_the_voices_that_tell_them() {
    let mut stage = stage(4, 4, "9... .... .... ....");
    for (bar, notes) in bars(&mut stage) {
        let heard = |density: u8| notes.iter().filter(|n| n.gate.density <= density).count();
        assert!(heard(5) >= 2, "bar {bar}");
        assert!(heard(5) < heard(60), "bar {bar}");
        assert_eq!(heard(60), heard(100), "bar {bar}");
    }
}

#[test]
fn chords_end_with_their_chord_and_what_rings_on_is_struck_again() {
    // One long chord a bar, over a progression that may change in mid-bar.
    let mut stage = stage(4, 4, "9... .... .... ....");
    for style in &mut stage.styles {
        style.harmony.patterns[0].pattern.steps[0].span = 16;
        style.harmony.secondary = 100;
    }
    let mut struck_again = 0;
    for (bar, notes) in bars(&mut stage) {
        let end = (bar as i64 + 1) * stage.meter.bar_ticks();
        for note in notes.iter().filter(|n| n.gate.syncopation.0 == 0) {
            let late = note.onset.0 - note.grid.0;
            assert!(
                note.grid.0 + late + note.duration as i64 <= end,
                "bar {bar}"
            );
            struck_again +=
                (note.grid.0 % stage.meter.bar_ticks() != 0 && note.gate.syncopation.0 == 0) as u32;
        }
        let same = |a: &Candidate, b: &Candidate| a.pitch == b.pitch && meet(&a.gate, &b.gate);
        for (i, a) in notes.iter().enumerate() {
            for b in notes[i + 1..]
                .iter()
                .filter(|b| same(a, b) && b.onset > a.onset)
            {
                assert!(
                    a.onset.0 + a.duration as i64 <= b.onset.0,
                    "bar {bar}: {a:?} {b:?}"
                );
            }
        }
    }
    assert!(struck_again > 0);
}

#[test]
fn a_pushed_bar_line_moves_its_chord_and_leaves_no_hole() {
    let mut stage = stage(4, 4, "9... .... 8... ....");
    let found = bars(&mut stage);
    let (mut pushed, bar_ticks) = (0, stage.meter.bar_ticks());
    for pair in found.windows(2).filter(|p| p[1].0 == p[0].0 + 1) {
        let line = pair[1].0 as i64 * bar_ticks;
        let early: Heap<&Candidate> = pair[0]
            .1
            .iter()
            .filter(|n| n.grid.0 == line - 2 * TICKS_PER_STEP)
            .collect();
        let plain: Heap<&Candidate> = pair[1].1.iter().filter(|n| n.grid.0 == line).collect();
        if early.is_empty() {
            assert!(plain.iter().all(|n| n.gate.syncopation == (0, 100)));
            continue;
        }
        pushed += 1;
        let from = early[0].gate.syncopation.0;
        assert!(plain.iter().all(|n| n.gate.syncopation == (0, from - 1)));
        let pitches = |notes: &[&Candidate]| notes.iter().map(|n| n.pitch.0 as u32).sum::<u32>();
        assert_eq!(pitches(&early), pitches(&plain));
    }
    assert!(pushed > 0);
}

#[test]
fn strums_go_up_on_the_beat_and_broken_chords_one_by_one() {
    let mut strummed = stage(4, 4, "9... .... .... ....");
    strummed.styles[0].harmony.technique = CompTechnique::Strum;
    for (bar, notes) in bars(&mut strummed) {
        let start = bar as i64 * strummed.meter.bar_ticks();
        let chord: Heap<&Candidate> = notes
            .iter()
            .filter(|n| n.grid.0 == start && n.gate.syncopation.0 == 0)
            .collect();
        assert!(
            chord
                .windows(2)
                .all(|w| w[0].onset < w[1].onset && w[0].pitch < w[1].pitch)
        );
    }
    let mut broken = stage(4, 4, "9.9. 9.9. 9.9. 9.9.");
    broken.styles[0].harmony.technique = CompTechnique::Broken;
    for step in &mut broken.styles[0].harmony.patterns[0].pattern.steps {
        step.tag = 2;
    }
    for (_, notes) in bars(&mut broken)
        .iter()
        .take(12)
        .filter(|(bar, _)| *bar < 20)
    {
        let mut places: Heap<i64> = notes.iter().map(|n| n.grid.0).collect();
        let count = places.len();
        places.dedup();
        assert_eq!(places.len(), count);
    }
}

#[test]
fn every_meter_has_its_chords() {
    for (n, d) in [(3, 4), (5, 4), (6, 8), (7, 8), (12, 8), (2, 4), (3, 8)] {
        let mut stage = stage(n, d, "9... 6... 8... 6...");
        assert!(bars(&mut stage).len() > 20, "{n}/{d}");
    }
}

#[test]
fn chords_stop_where_the_band_stops() {
    let mut stops = 0;
    for seed in 1..60 {
        let mut stage = stage(4, 4, "9... 8... 8... 8.8.");
        stage.controls.seed = seed;
        // Pre-choruses end at bars 15 and 35.
        for last in [15, 35] {
            let start = stage.place(last).start;
            let drums = stage.lane(last, Lane::Drums);
            let silent = |c: &&Candidate| c.gate.fills.1 == 100 && c.gate.variation.1 == 100;
            let late = |c: &&Candidate| c.grid.since(start) > 3 * 960;
            let stopped = drums.iter().filter(silent).filter(late).count() <= 1;
            if !stopped {
                continue;
            }
            let notes = stage.lane(last, Lane::Harmony);
            let open = |c: &&Candidate| c.gate.variation.1 == 100;
            let rings = |c: &&Candidate| c.grid.since(start) + c.duration as i64 > 3 * 960 + 60;
            stops += 1;
            assert_eq!(notes.iter().filter(open).filter(rings).count(), 0, "{seed}");
        }
    }
    assert!(stops > 5, "{stops}");
}
