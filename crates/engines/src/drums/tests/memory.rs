use std::collections::BTreeSet;
use std::vec::Vec as Heap;

use music::drum::Piece;
use music::lane::Lane;
use music::note::{Candidate, Role};
use music::plan::{Section, SectionKind};

use super::{density_sets, heard};
use crate::fixture::Stage;

type Print = BTreeSet<(i64, u8)>;

/// What a bar strikes, by place in the bar, as it is heard in the middle of all controls.
fn print(stage: &mut Stage, bar: i32, fits: impl Fn(&Candidate) -> bool) -> Print {
    let start = stage.place(bar).start;
    heard(&density_sets(stage, bar), [60, 0, 50, 0, 100, 60])
        .iter()
        .filter(|c| fits(c))
        .map(|c| (c.grid.since(start), c.pitch.0))
        .collect()
}

fn sections(stage: &mut Stage, kind: SectionKind) -> Heap<Section> {
    let form = stage.form();
    let of_kind = form.sections.iter().filter(|s| s.kind == kind);
    of_kind.copied().collect()
}

#[test]
fn no_fill_comes_twice_running() {
    for style in [0, 128] {
        for seed in 1..24 {
            let mut stage = Stage::new(style, 4, 4);
            (stage.controls.seed, stage.controls.humanize) = (seed, 0);
            let mut before = Print::new();
            let bars = stage.form().bars() as i32;
            for bar in 0..bars {
                let fill = print(&mut stage, bar, |c| matches!(c.role, Role::Fill(_)));
                if !fill.is_empty() {
                    assert_ne!(fill, before, "style {style} seed {seed} bar {bar}");
                    before = fill;
                }
            }
        }
    }
}

#[test]
fn a_chorus_comes_back_as_itself_and_the_last_one_lifts() {
    let (mut alike, mut lifted, mut songs) = (0, 0, 0);
    for seed in 1..40 {
        let mut stage = Stage::new(0, 4, 4);
        (stage.controls.seed, stage.controls.humanize) = (seed, 0);
        let choruses = sections(&mut stage, SectionKind::Chorus);
        let body = |c: &Candidate| {
            matches!(c.role, Role::Beat(Piece::Kick)) || matches!(c.role, Role::Beat(Piece::Snare))
        };
        let (first, second) = (choruses[0].first_bar as i32, choruses[1].first_bar as i32);
        // The first bar of the scheme is always like itself; a crash may come with its own kick.
        alike +=
            u32::from(print(&mut stage, first + 2, body) == print(&mut stage, second + 2, body));
        let last = choruses.iter().find(|s| s.is_final).unwrap_or(&choruses[2]);
        let last = last.first_bar as i32;
        let time = |c: &Candidate| matches!(c.role, Role::Beat(p) if super::super::architect::is_timekeeper(p) || p == Piece::Crash || p == Piece::HatPedal);
        lifted +=
            u32::from(print(&mut stage, first + 2, time) != print(&mut stage, last + 2, time));
        songs += 1;
    }
    assert!(alike * 2 > songs, "{alike} of {songs} choruses come back");
    assert!(
        lifted * 2 > songs,
        "{lifted} of {songs} last choruses differ"
    );
}

#[test]
fn a_stop_is_a_stop_for_drums_and_bass() {
    let mut stops = 0;
    for seed in 1..60 {
        let mut stage = Stage::new(0, 4, 4);
        (stage.controls.seed, stage.controls.humanize) = (seed, 0);
        for section in sections(&mut stage, SectionKind::PreChorus) {
            let last = (section.first_bar + section.bars - 1) as i32;
            let start = stage.place(last).start;
            let struck = heard(
                &density_sets(&mut stage, last),
                [100, 100, 50, 100, 100, 60],
            );
            let after = |beat: i64| {
                let late = struck.iter().filter(|c| c.grid.since(start) > beat * 960);
                late.count()
            };
            // All but a stroke that leads on.
            if after(3) <= 1 {
                stops += 1;
                let bass: Heap<Candidate> = stage.lane(last, Lane::Bass);
                let sounding = |c: &&Candidate| c.gate.variation.1 == 100 && c.gate.lock.0 <= 50;
                let ringing = bass.iter().filter(sounding);
                assert!(
                    ringing.filter(|c| c.grid.since(start) >= 3 * 960).count() == 0,
                    "seed {seed}"
                );
            }
        }
    }
    assert!(stops > 5, "{stops} stops");
}
