use std::vec::Vec as Heap;

use music::drum::Piece;
use music::lane::Lane;
use music::note::{Candidate, Role};
use music::technique::Rhythm;

use super::{density_sets, heard};
use crate::drums::kit::piece_of;
use crate::fixture::{Stage, pattern};
use crate::placement::density_gate;

/// Ticks from the section's start at which a role is heard in the verse (bars 4–11 of the form).
fn ticks(stage: &mut Stage, fits: impl Fn(&Candidate) -> bool) -> Heap<i64> {
    let from = stage.place(4).start;
    let mut found = Heap::new();
    for bar in 4..11 {
        let all = density_sets(stage, bar);
        let open = heard(&all, [60, 100, 50, 0, 0, 60]);
        found.extend(open.iter().filter(|c| fits(c)).map(|c| c.grid.since(from)));
    }
    found.sort_unstable();
    found
}

fn asked(style: u8, rhythm: Rhythm) -> Stage {
    let mut stage = Stage::new(style, 4, 4);
    stage.controls.humanize = 0;
    stage.controls.lanes[Lane::Drums.index()].rhythm = rhythm;
    stage
}

#[test]
fn the_kick_follows_a_resultant_and_the_backbeat_stays() {
    let mut stage = asked(0, Rhythm::Resultant(4, 3));
    let end = 7 * 3840;
    let kicks = ticks(&mut stage, |c| c.role == Role::Beat(Piece::Kick));
    // 3+1+2+2+1+3 sixteenths, round after round, across bar lines.
    let mut wanted = Heap::new();
    let (mut at, mut term) = (0, 0);
    while at < end {
        wanted.push(at);
        at += 240 * [3, 1, 2, 2, 1, 3][term % 6];
        term += 1;
    }
    assert_eq!(kicks, wanted);
    let backbeats = ticks(&mut stage, |c| {
        c.role == Role::Beat(Piece::Snare) && c.velocity > 80
    });
    assert!((0..7).all(|bar| {
        let beats = [bar * 3840 + 960, bar * 3840 + 2880];
        beats.iter().all(|b| backbeats.contains(b))
    }));
}

#[test]
fn beats_rest_in_turn() {
    let groove = |c: &Candidate| matches!(c.role, Role::Beat(_));
    let all = ticks(&mut asked(0, Rhythm::Style), groove);
    let kept = ticks(&mut asked(0, Rhythm::Rotating(2, 3)), groove);
    let rests = |tick: &i64| tick / 960 % 3 == (2 + tick / 2880) % 3;
    assert!(all.iter().any(rests) && !kept.iter().any(rests));
    assert!(kept.len() * 2 > all.len());
}

#[test]
fn a_cycle_runs_across_bar_lines() {
    let mut stage = asked(0, Rhythm::Cycle(12));
    let kicks = ticks(&mut stage, |c| c.role == Role::Beat(Piece::Kick));
    let inside = |k: &i64| (k.rem_euclid(12 * 240)) / 240;
    let first: Heap<i64> = kicks.iter().filter(|k| **k < 2880).map(inside).collect();
    assert!(!first.is_empty());
    for round in 1..9 {
        let of_round = kicks.iter().filter(|k| **k / 2880 == round);
        let own: Heap<i64> = of_round.map(inside).collect();
        assert_eq!(own, first, "round {round}");
    }
}

#[test]
fn a_polyrhythm_is_exact_to_the_tick_however_the_beat_swings() {
    for style in [0, 128] {
        for (strokes, beats) in [(3, 2), (4, 3), (5, 4), (7, 4), (3, 4)] {
            let mut stage = asked(style, Rhythm::Polyrhythm(strokes, beats));
            let from = stage.place(4).start;
            let mut onsets = Heap::new();
            for bar in 4..11 {
                let all = density_sets(&mut stage, bar);
                let layer = all
                    .iter()
                    .filter(|c| matches!(c.role, Role::Polyrhythm(_)))
                    .map(|c| c.onset.since(from));
                onsets.extend(layer);
            }
            onsets.sort_unstable();
            let round = beats as i64 * 960;
            for (k, onset) in onsets.iter().enumerate() {
                assert_eq!(
                    *onset,
                    k as i64 * round / strokes as i64,
                    "{strokes}:{beats}"
                );
            }
            assert!(onsets.len() as i64 >= 7 * 3840 / round * strokes as i64);
        }
    }
}

#[test]
fn in_three_a_kick_on_every_beat_stays_a_pulse_under_a_half_time_snare() {
    let mut stage = Stage::new(0, 3, 4);
    for groove in &mut stage.styles[0].drums.grooves {
        groove.lines.clear();
        for (piece, played) in [
            (Piece::Kick, "9... 8... 9... 8..."),
            (Piece::Snare, ".... .... 9... ...."),
        ] {
            let pattern = pattern(played);
            let line = music::style::DrumLine { piece, pattern };
            groove.lines.push(line).unwrap();
        }
    }
    let mut found = 0;
    for bar in 4..24 {
        let start = stage.place(bar).start;
        for c in heard(&density_sets(&mut stage, bar), [60, 50, 50, 0, 0, 60]) {
            let tick = c.grid.since(start);
            if c.role == Role::Beat(Piece::Kick) && (tick == 960 || tick == 1920) {
                // Neither beat takes the accent of the third.
                assert_eq!(c.gate.density, density_gate(8, 2), "bar {bar}, {tick}");
                found += 1;
            }
        }
    }
    assert!(found > 10, "{found}");
}

#[test]
fn a_phrase_on_the_rim_is_stated_then_varied() {
    let mut stage = Stage::new(0, 4, 4);
    for groove in &mut stage.styles[0].drums.grooves {
        groove.lines.clear();
        let played = "9... .... 9... 9... .... 9... ..9. ....";
        let pattern = pattern(played);
        let piece = Piece::Rim;
        let line = music::style::DrumLine { piece, pattern };
        groove.lines.push(line).unwrap();
    }
    // Where the rim is struck in each bar of the verse.
    let mut rims = |variation: u8| -> Heap<Heap<i64>> {
        let one = |bar: i32| {
            let start = stage.place(bar).start;
            let open = heard(
                &density_sets(&mut stage, bar),
                [60, 50, 50, variation, 0, 60],
            );
            let rim = open.iter().filter(|c| piece_of(c) == Some(Piece::Rim));
            let mut at: Heap<i64> = rim.map(|c| c.grid.since(start)).collect();
            at.sort_unstable();
            at
        };
        (4..12).map(one).collect()
    };
    let plain = rims(0);
    for bar in 2..8 {
        assert_eq!(plain[bar], plain[bar % 2], "bar {bar}");
    }
    let varied = rims(100);
    assert_eq!(varied[..2], plain[..2]);
    assert!(varied[2..].iter().zip(&plain[2..]).any(|(a, b)| a != b));
}
