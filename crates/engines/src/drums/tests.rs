mod memory;
mod rhythms;
mod syncopation;

use std::vec::Vec as Heap;

use music::drum::{Limb, Piece};
use music::lane::Lane;
use music::note::{Candidate, Role};
use music::time::ticks_from_micros;

use super::kit::piece_of;
use crate::fixture::{Stage, pattern};

fn density_sets(stage: &mut Stage, bar: i32) -> Heap<Candidate> {
    stage.lane(bar, Lane::Drums)
}

/// What is heard of a bar under fixed controls.
fn heard(
    all: &[Candidate],
    [density, complexity, syncopation, variation, fills, energy]: [u8; 6],
) -> Heap<Candidate> {
    let inside = |v: u8, r: (u8, u8)| v >= r.0 && v <= r.1;
    let open = |c: &&Candidate| {
        density >= c.gate.density
            && complexity >= c.gate.complexity
            && inside(syncopation, c.gate.syncopation)
            && inside(variation, c.gate.variation)
            && inside(fills, c.gate.fills)
            && inside(energy, c.gate.energy)
    };
    all.iter().filter(open).copied().collect()
}

fn corners() -> Heap<[u8; 6]> {
    let mut all = Heap::new();
    for density in [30, 100] {
        for complexity in [0, 100] {
            for syncopation in [0, 50, 100] {
                for variation in [0, 40, 100] {
                    for fills in [0, 60, 100] {
                        for energy in [10, 60, 100] {
                            all.push([density, complexity, syncopation, variation, fills, energy]);
                        }
                    }
                }
            }
        }
    }
    all
}

/// Most hands and feet that an instant asks of what is heard, with what the bar before left sounding.
fn most_limbs(strokes: &[(i64, Piece)], window: i64) -> (usize, bool) {
    let mut hands = 0;
    let mut doubled = false;
    for (i, (at, _)) in strokes.iter().enumerate() {
        let together: Heap<Piece> = strokes[i..]
            .iter()
            .take_while(|(t, _)| t - at <= window)
            .map(|(_, p)| *p)
            .collect();
        hands = hands.max(together.iter().filter(|p| p.limb() == Limb::Hand).count());
        for limb in [Limb::KickFoot, Limb::HatFoot] {
            doubled |= together.iter().filter(|p| p.limb() == limb).count() > 1;
        }
    }
    (hands, doubled)
}

#[test]
fn every_instant_is_playable_whatever_is_turned() {
    for style in [0, 128] {
        for (n, d) in [(4, 4), (7, 8), (5, 4), (6, 8)] {
            for tempo_mbpm in [70_000, 120_000, 165_000, 240_000] {
                let mut stage = Stage::new(style, n, d);
                (stage.tempo_mbpm, stage.controls.humanize) = (tempo_mbpm, 100);
                let window = ticks_from_micros(25_000, tempo_mbpm);
                let bars: Heap<Heap<Candidate>> =
                    (0..20).map(|b| density_sets(&mut stage, b)).collect();
                for corner in corners() {
                    let mut strokes: Heap<(i64, Piece)> = Heap::new();
                    for bar in &bars {
                        strokes.extend(
                            heard(bar, corner)
                                .iter()
                                .map(|c| (c.onset.0, piece_of(c).unwrap())),
                        );
                    }
                    strokes.sort_unstable();
                    let (hands, doubled) = most_limbs(&strokes, window);
                    assert!(
                        hands <= 2 && !doubled,
                        "{style} {n}/{d} {tempo_mbpm} {corner:?}: {hands} hands"
                    );
                }
            }
        }
    }
}

#[test]
fn more_density_is_a_superset() {
    let mut stage = Stage::new(0, 4, 4);
    for bar in 0..16 {
        let all = density_sets(&mut stage, bar);
        let mut before = 0;
        for density in 0..=100 {
            let now = heard(&all, [density, 50, 50, 40, 60, 60]).len();
            assert!(now >= before);
            before = now;
        }
        let (thin, plain) = (
            heard(&all, [10, 50, 50, 40, 60, 60]).len(),
            heard(&all, [60, 50, 50, 40, 60, 60]).len(),
        );
        assert!(thin >= 1 && thin < plain, "bar {bar}: {thin} of {plain}");
    }
}

#[test]
fn no_place_is_struck_twice() {
    let mut stage = Stage::new(0, 4, 4);
    stage.controls.humanize = 100;
    for bar in 0..32 {
        let all = density_sets(&mut stage, bar);
        for corner in corners() {
            let mut places: Heap<_> = heard(&all, corner)
                .iter()
                .map(|c| (c.grid, c.pitch))
                .collect();
            let count = places.len();
            places.sort_unstable();
            places.dedup();
            assert_eq!(places.len(), count, "bar {bar} {corner:?}");
        }
    }
}

/// Steps of the bar on which plain kicks and loud snares fall, over some bars, most frequent first.
fn usual(stage: &mut Stage, piece: Piece, share: usize) -> Heap<i64> {
    stage.controls.humanize = 0;
    let mut counts = [0usize; 64];
    for bar in 4..12 {
        let start = stage.place(bar).start;
        for c in heard(&density_sets(stage, bar), [60, 0, 50, 0, 0, 60]) {
            if c.role == Role::Beat(piece) && c.velocity > 80 {
                counts[(c.grid.since(start) / 240) as usize] += 1;
            }
        }
    }
    (0..64)
        .filter(|s| counts[*s as usize] * 100 >= 8 * share)
        .collect()
}

#[test]
fn accents_follow_the_grouping_of_odd_meters() {
    let backbeats = |n, d| usual(&mut Stage::new(0, n, d), Piece::Snare, 90);
    let kicks = |n, d| usual(&mut Stage::new(0, n, d), Piece::Kick, 90);
    assert_eq!(backbeats(4, 4), [4, 12]);
    // 3: one group, the backbeat ends it. 3+2: both groups end with one. 2+2+3 eighths: on the last three.
    assert_eq!(backbeats(3, 4), [8]);
    assert_eq!(backbeats(5, 4), [8, 16]);
    assert_eq!(backbeats(6, 8), [6]);
    assert_eq!(backbeats(7, 8), [8]);
    assert!(
        kicks(5, 4).contains(&0) && kicks(5, 4).contains(&12),
        "{:?}",
        kicks(5, 4)
    );
    assert!(!kicks(5, 4).contains(&4), "a weak beat has no heavy kick");
    assert!(kicks(7, 8).contains(&0) && !kicks(7, 8).contains(&4));
}

#[test]
fn a_half_time_backbeat_survives_meters_of_one_group() {
    let mut stage = Stage::new(0, 3, 4);
    for groove in &mut stage.styles[0].drums.grooves {
        for line in groove.lines.iter_mut().filter(|l| l.piece == Piece::Snare) {
            line.pattern = pattern(".... .... 9... ....");
        }
    }
    assert_eq!(usual(&mut stage, Piece::Snare, 90), [8]);
}

#[test]
fn section_ends_are_filled_and_no_fill_comes_twice_running() {
    let mut stage = Stage::new(0, 4, 4);
    let form = stage.form();
    let mut before: Option<Heap<(i64, u8)>> = None;
    for section in &form.sections {
        let last = (section.first_bar + section.bars - 1) as i32;
        let start = stage.place(last).start;
        let fill: Heap<(i64, u8)> = density_sets(&mut stage, last)
            .iter()
            .filter(|c| matches!(c.role, Role::Fill(_)))
            .map(|c| (c.grid.since(start), c.pitch.0))
            .collect();
        if section.kind != music::plan::SectionKind::Outro {
            assert!(!fill.is_empty(), "{section:?}");
        }
        assert_ne!(before.as_ref(), Some(&fill), "{section:?}");
        before = Some(fill);
    }
}

#[test]
fn fills_at_nought_leave_the_groove_alone() {
    let mut stage = Stage::new(0, 4, 4);
    for bar in 0..64 {
        let all = density_sets(&mut stage, bar);
        let plain = heard(&all, [100, 100, 50, 0, 0, 60]);
        assert!(plain.iter().all(|c| !matches!(c.role, Role::Fill(_))));
        assert!(!plain.is_empty());
    }
}

#[test]
fn the_song_ends_with_one_stroke() {
    let mut stage = Stage::new(0, 4, 4);
    let bars = stage.form().bars() as i32;
    let all = density_sets(&mut stage, bars - 1);
    let start = stage.place(bars - 1).start;
    assert!(!all.is_empty() && all.iter().all(|c| c.grid == start));
}

#[test]
fn a_fast_song_runs_at_half_time() {
    let mut stage = Stage::new(0, 4, 4);
    stage.tempo_mbpm = 200_000;
    assert_eq!(usual(&mut stage, Piece::Snare, 40), [8]);
}

#[test]
fn density_at_nought_keeps_what_always_plays() {
    let mut stage = Stage::new(128, 4, 4);
    for bar in 0..8 {
        let all = density_sets(&mut stage, bar);
        // The foot may rest, and a beat of the ride.
        assert!(heard(&all, [0, 50, 50, 0, 0, 60]).len() >= 2);
    }
}

#[test]
fn a_machine_may_strike_everything_at_once() {
    let mut stage = Stage::new(0, 4, 4);
    stage.styles[0].drums.players = 0;
    for groove in &mut stage.styles[0].drums.grooves {
        for piece in [Piece::Clap, Piece::Cowbell, Piece::Tambourine] {
            let line = music::style::DrumLine {
                piece,
                pattern: pattern("9... 9... 9... 9..."),
            };
            groove.lines.push(line).unwrap();
        }
    }
    // Some sections leave a colour out.
    let together = (0..40).map(|bar| {
        let start = stage.place(bar).start;
        let all = density_sets(&mut stage, bar);
        all.iter().filter(|c| c.grid == start).count()
    });
    let most = together.max().unwrap();
    assert!(most >= 5, "{most}");
}

#[test]
fn of_two_players_one_sits_at_the_kit() {
    let mut stage = Stage::new(0, 4, 4);
    stage.styles[0].drums.players = 2;
    for groove in &mut stage.styles[0].drums.grooves {
        for piece in [Piece::Clap, Piece::TomLow, Piece::Tambourine, Piece::Shaker] {
            let line = music::style::DrumLine {
                piece,
                pattern: pattern("9... 9... 9... 9..."),
            };
            groove.lines.push(line).unwrap();
        }
    }
    let percussion = [Piece::Tambourine, Piece::Shaker];
    let mut most = 0;
    for bar in 0..40 {
        let all = density_sets(&mut stage, bar);
        let (with, kit): (Heap<Candidate>, Heap<Candidate>) = heard(&all, [100, 50, 50, 0, 0, 60])
            .iter()
            .partition(|c| percussion.contains(&piece_of(c).unwrap()));
        let mut kit: Heap<(i64, Piece)> = kit
            .iter()
            .map(|c| (c.onset.0, piece_of(c).unwrap()))
            .collect();
        kit.sort_unstable();
        let window = ticks_from_micros(25_000, stage.tempo_mbpm);
        let (hands, doubled) = most_limbs(&kit, window);
        assert!(hands <= 2 && !doubled, "bar {bar}: {hands} hands");
        let start = stage.place(bar).start;
        most = most.max(hands + with.iter().filter(|c| c.grid == start).count());
    }
    assert!(most > 2, "the other plays, too: {most}");
}
