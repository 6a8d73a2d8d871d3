use music::lane::Lane;
use music::retake::Retake;
use std::vec::Vec as Heap;

use super::{Lanes, all};
use crate::fixture::Stage;

const BARS: i32 = 64;

fn whole(stage: &mut Stage) -> Heap<Lanes> {
    (0..BARS).map(|bar| all(stage, bar)).collect()
}

/// Puts another take of a lane into bars of the song.
fn retake(stage: &mut Stage, lane: Lane, bars: core::ops::Range<u16>, turn: u8) {
    let form = stage.form();
    for bar in bars {
        let (_, section) = form.section_at(bar).unwrap();
        let retake = Retake {
            section: section.key,
            bar: bar - section.first_bar,
            lane,
            turn,
        };
        stage.song.retakes.push(retake).unwrap();
    }
    stage.song.retakes.sort_unstable_by_key(Retake::place);
}

#[test]
fn another_take_changes_its_bars_of_its_lane_and_nothing_else() {
    for (style, seed) in [(0, 1), (0, 77), (128, 5)] {
        for (turn, lane) in (1..).zip(Lane::PLAYED) {
            let mut stage = Stage::new(style, 4, 4);
            stage.controls.seed = seed;
            let before = whole(&mut stage);
            // Across a border of sections, and not from a phrase's start.
            let bars = 9..14;
            retake(&mut stage, lane, bars.clone(), turn);
            let after = whole(&mut stage);
            let mut changed = 0;
            for (bar, (old, new)) in before.iter().zip(&after).enumerate() {
                for other in Lane::PLAYED {
                    let (old, new) = (&old[other.index()], &new[other.index()]);
                    if other == lane && bars.contains(&(bar as u16)) {
                        changed += usize::from(old != new);
                    } else {
                        assert_eq!(new, old, "{lane:?} {other:?} bar {bar}");
                    }
                }
            }
            let plays = before[9..14]
                .iter()
                .any(|bar| !bar[lane.index()].is_empty());
            assert!(changed > 0 || !plays, "{lane:?}, style {style}");
        }
    }
}

#[test]
fn a_take_is_the_same_whatever_was_asked_before_and_the_first_one_comes_back() {
    let mut stage = Stage::new(0, 4, 4);
    let first = whole(&mut stage);
    for lane in Lane::PLAYED {
        retake(&mut stage, lane, 8..12, 3);
    }
    let straight = whole(&mut stage);
    let mut jumping = Stage::new(0, 4, 4);
    jumping.song = stage.song.clone();
    for i in 0..BARS {
        let bar = i * 37 % BARS;
        assert_eq!(all(&mut jumping, bar), straight[bar as usize], "bar {bar}");
    }
    for retake in &mut stage.song.retakes {
        retake.turn = 0;
    }
    assert_eq!(whole(&mut stage), first, "turn 0 is the first take");
}
