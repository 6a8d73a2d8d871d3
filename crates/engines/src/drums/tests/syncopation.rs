use std::collections::BTreeSet;
use std::vec::Vec as Heap;

use music::drum::Piece;
use music::lane::Lane;
use music::note::Candidate;

use crate::fixture::Stage;

/// Reference: Longuet-Higgins & Lee 1984, weights of the sixteenths of common time.
fn lhl(onsets: &BTreeSet<i64>) -> i64 {
    let weight = |step: i64| match step % 16 {
        0 => 0,
        8 => -1,
        4 | 12 => -2,
        s if s % 2 == 0 => -3,
        _ => -4,
    };
    let all: Heap<i64> = onsets.iter().copied().collect();
    let mut total = 0;
    for (i, onset) in all.iter().enumerate() {
        let next = all.get(i + 1).copied().unwrap_or(all[0] + 16);
        let silent = (onset + 1..next).map(weight).max();
        total += silent.map_or(0, |s| (s - weight(*onset)).max(0));
    }
    total
}

/// Sum of the syncopation of a lane's bars over some seeds at a setting.
fn measured(style: u8, lane: Lane, setting: u8) -> i64 {
    let mut total = 0;
    for seed in 1..9 {
        let mut stage = Stage::new(style, 4, 4);
        (stage.controls.seed, stage.controls.humanize) = (seed, 0);
        for bar in 0..24 {
            let start = stage.place(bar).start;
            let open = |c: &&Candidate| {
                let (low, high) = c.gate.syncopation;
                let body = [Piece::Kick, Piece::Snare, Piece::Rim].map(Piece::general_midi);
                c.gate.density <= 60
                    && c.gate.complexity <= 50
                    && (low..=high).contains(&setting)
                    && (c.gate.variation.0..=c.gate.variation.1).contains(&40)
                    && (c.gate.fills.0..=c.gate.fills.1).contains(&60)
                    && (c.gate.lock.0..=c.gate.lock.1).contains(&50)
                    && (lane != Lane::Drums || body.contains(&c.pitch))
            };
            let notes = stage.lane(bar, lane);
            let onsets = notes.iter().filter(open);
            total += lhl(&onsets.map(|c| c.grid.since(start) / 240).collect());
        }
    }
    total
}

#[test]
fn accents_leave_the_beat_as_syncopation_rises() {
    for style in [0, 128] {
        for lane in [Lane::Drums, Lane::Bass] {
            let sums: Heap<i64> = (1..=9).map(|n| measured(style, lane, 10 * n)).collect();
            let falls = sums.windows(2).filter(|w| w[1] < w[0]).count();
            assert!(falls == 0, "{style} {lane:?} {sums:?}");
            assert!(
                sums[8] > sums[6] && sums[6] > sums[4],
                "{style} {lane:?} {sums:?}"
            );
        }
    }
}
