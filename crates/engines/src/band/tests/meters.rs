//! Every meter that a song may be in, also with a grouping of its own.

use std::vec::Vec as Heap;

use music::lane::Lane;
use music::time::{BeatRole, Meter};

use crate::fixture::Stage;

const METERS: [&str; 22] = [
    "2/4",
    "3/4",
    "4/4",
    "5/4",
    "6/4",
    "7/4",
    "3/8",
    "5/8",
    "6/8",
    "7/8",
    "8/8",
    "9/8",
    "10/8",
    "11/8",
    "12/8",
    "13/8",
    "5/4=2+3",
    "7/8=3+2+2",
    "8/8=2+3+3",
    "9/8=2+2+2+3",
    "12/8=3+3+2+2+2",
    "7/4=4+3",
];

/// Ticks in the bar at which a key of the kit is struck at full density, plain.
fn struck(stage: &mut Stage, bar: i32, key: u8) -> Heap<i64> {
    let start = stage.place(bar).start;
    stage
        .lane(bar, Lane::Drums)
        .iter()
        .filter(|c| c.pitch.0 == key && c.gate.density <= 60 && c.gate.complexity == 0)
        .filter(|c| c.gate.variation.0 == 0 && c.gate.fills.0 == 0)
        .filter(|c| c.gate.syncopation.0 <= 50 && c.gate.syncopation.1 >= 50)
        .map(|c| c.grid.since(start))
        .collect()
}

#[test]
fn kick_and_backbeat_fall_where_the_grouping_puts_them() {
    const LOUD: usize = 2;
    for text in METERS {
        let meter = Meter::parse(text).unwrap();
        let mut stage = Stage::new(0, 4, 4);
        stage.meter = meter;
        stage.controls.humanize = 0;
        let beats = meter.beats();
        let ticks = |role: BeatRole| -> Heap<i64> {
            let of_role = beats.iter().filter(|b| b.role == role);
            of_role.map(|b| b.first_step as i64 * 240).collect()
        };
        let (mut backbeats, mut pushed) = (0, 0);
        for bar in 5..11 {
            let kicks = struck(&mut stage, bar, 36);
            assert!(kicks.contains(&0), "{text} bar {bar}: {kicks:?}");
            let snares = struck(&mut stage, bar, 38);
            let backs = ticks(BeatRole::Back);
            backbeats += backs.iter().filter(|t| snares.contains(t)).count();
            let weak = ticks(BeatRole::Weak);
            pushed += weak.iter().filter(|t| kicks.contains(t)).count();
        }
        // A variation may push a kick there; the groove itself does not.
        assert!(
            pushed * 2 <= 6 * ticks(BeatRole::Weak).len(),
            "{text}: {pushed} kicks on weak beats"
        );
        assert!(
            backbeats >= LOUD * ticks(BeatRole::Back).len(),
            "{text}: {backbeats}"
        );
    }
}

#[test]
fn every_lane_keeps_inside_its_bar_and_sounds() {
    for text in METERS {
        for style in [0, 128] {
            let mut stage = Stage::new(style, 4, 4);
            stage.meter = Meter::parse(text).unwrap();
            let mut heard = [0; 6];
            for bar in 4..12 {
                let place = stage.place(bar);
                let notes = stage.bar(bar);
                for lane in Lane::PLAYED {
                    heard[lane.index()] += notes.lane(lane).len();
                    for c in notes.lane(lane) {
                        let inside = c.grid.since(place.start);
                        assert!(
                            (0..place.meter.bar_ticks()).contains(&inside),
                            "{text} {c:?}"
                        );
                    }
                }
            }
            for lane in [Lane::Drums, Lane::Bass, Lane::Harmony, Lane::Melody] {
                assert!(heard[lane.index()] > 0, "{text} {lane:?}");
            }
        }
    }
}

#[test]
fn a_grouping_moves_the_backbeat() {
    let mut late = Stage::new(0, 7, 8);
    let mut early = Stage::new(0, 7, 8);
    early.meter = Meter::parse("7/8=4+3").unwrap();
    late.meter = Meter::parse("7/8=3+2+2").unwrap();
    let last = |stage: &mut Stage| stage.meter.beats().last().unwrap().first_step as i64 * 240;
    for stage in [&mut late, &mut early] {
        let at = last(stage);
        assert!(struck(stage, 5, 38).contains(&at));
    }
    assert_ne!(last(&mut late), last(&mut early));
}
