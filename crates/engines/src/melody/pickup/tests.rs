//! Pick-ups.

use music::time::Meter;

use super::lead_in;
use crate::dice::Dice;
use crate::melody::draft::{Draft, Drafts};
use crate::melody::motif::Measure;
use crate::placement::{BarGrid, TimeScale};

fn with_last_tone_at(last: u16, goal: u16, seed: u16) -> Drafts {
    let mut grid = BarGrid::default();
    grid.lay(Meter::default(), TimeScale::Plain, 0);
    let measure = Measure::new(Meter::default(), &grid);
    let draft = |at| Draft {
        at,
        ..Draft::default()
    };
    let mut drafts: Drafts = [draft(0), draft(last)].into_iter().collect();
    lead_in(&mut drafts, &draft(goal), 32, &measure, Dice::song(seed));
    drafts
}

#[test]
fn a_pick_up_leaves_a_breath_and_ends_at_its_goal() {
    let mut longest = 0;
    for seed in 0..80 {
        for last in [8, 20, 24, 28, 30] {
            let drafts = with_last_tone_at(last, 32, seed);
            let added = &drafts[2..];
            longest = longest.max(added.len());
            assert!(
                added.iter().all(|d| d.at >= last + 4 && d.at < 32),
                "{added:?}"
            );
            assert!(added.windows(2).all(|w| w[1].at - w[0].at == 2));
            assert!(added.last().is_none_or(|d| d.at == 30));
        }
    }
    assert_eq!(longest, 3);
}

#[test]
fn what_begins_after_the_bar_line_needs_none() {
    assert!((0..80).all(|seed| with_last_tone_at(8, 36, seed).len() == 2));
}
