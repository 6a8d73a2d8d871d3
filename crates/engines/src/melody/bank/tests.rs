//! The motif bank and its rhythms.

use std::vec::Vec as Heap;

use music::style::{RhythmCell, Style};
use music::technique::Rhythm;
use music::time::Meter;

use super::{Bank, Idea};
use crate::dice::Dice;
use crate::fixture::pattern;
use crate::melody::cells::Rhythms;
use crate::melody::motif::{Measure, Motif};
use crate::placement::{BarGrid, TimeScale};

fn style() -> Style {
    let mut style = Style {
        tempo: (90, 140, 150),
        ..Style::default()
    };
    (style.melody.steps, style.melody.repeats) = (60, 20);
    let cells = [
        "9.8. 7.6. 9... 6...",
        "..8. 7.7. 8..7 ....",
        "9... 8.7. ..8. 6.5.",
    ];
    style.melody.cells = cells
        .map(|text| RhythmCell {
            weight: 5,
            pattern: pattern(text),
        })
        .into_iter()
        .collect();
    style
}

/// Calls `each` with a bank of every seed.
fn banks(technique: Rhythm, style: &Style, mut each: impl FnMut(&Bank)) {
    let mut grid = BarGrid::default();
    grid.lay(Meter::default(), TimeScale::Plain, 0);
    let measure = Measure::new(Meter::default(), &grid);
    for seed in 0..40 {
        each(&Bank {
            style,
            rhythms: Rhythms {
                cells: &style.melody.cells,
                technique,
                grid: &grid,
            },
            measure: &measure,
            dice: Dice::song(seed),
        });
    }
}

/// Onsets of a motif's bar.
fn bar(motif: &Motif, bar: u8) -> Heap<u8> {
    let inside = |at: &u8| at / 16 == bar;
    motif.tones.iter().map(|t| t.at).filter(inside).collect()
}

#[test]
fn ideas_of_a_song_share_their_heads_or_tails() {
    banks(Rhythm::Style, &style(), |bank| {
        let [hook, answer, tale, reply] =
            [Idea::Hook, Idea::Answer, Idea::Tale, Idea::Reply].map(|idea| bank.idea(idea));
        let kin = |a: &Motif, b: &Motif| bar(a, 0) == bar(b, 0) || bar(a, 1) == bar(b, 1);
        assert!(kin(&hook, &answer) && kin(&tale, &reply));
        for motif in [&hook, &answer, &tale, &reply, &bank.idea(Idea::Away)] {
            assert!(
                motif.tones.windows(2).all(|w| w[0].at < w[1].at),
                "{motif:?}"
            );
        }
    });
}

#[test]
fn every_song_has_its_own_hook() {
    let mut hooks: Heap<Motif> = Heap::new();
    banks(Rhythm::Style, &style(), |bank| {
        hooks.push(bank.idea(Idea::Hook))
    });
    let mut same = 0;
    for (index, hook) in hooks.iter().enumerate() {
        same += hooks[..index].contains(hook) as u32;
    }
    assert!(same <= 1, "{same}");
}

#[test]
fn a_resultant_lays_the_onsets_of_a_motif() {
    banks(Rhythm::Resultant(4, 3), &style(), |bank| {
        let hook = bank.idea(Idea::Hook);
        assert_eq!(bar(&hook, 0), [0, 3, 4, 6, 8, 9, 12, 15]);
        assert_eq!(bar(&hook, 1), [16, 18, 20, 21, 24, 27, 28, 30]);
    });
}

#[test]
fn a_polyrhythm_is_exact_to_the_tick() {
    banks(Rhythm::Polyrhythm(3, 2), &style(), |bank| {
        let hook = bank.idea(Idea::Hook);
        let ticks: Heap<i64> = hook
            .tones
            .iter()
            .map(|t| t.at as i64 * 240 + t.late as i64)
            .collect();
        let even: Heap<i64> = (0..12).map(|n| n * 640).collect();
        assert_eq!(ticks, even);
    });
}

#[test]
fn slow_straight_songs_patter_and_fast_or_swung_ones_do_not() {
    let most = |style: &Style| {
        let mut most = 0;
        banks(Rhythm::Style, style, |bank| {
            let odd = |t: &&crate::melody::motif::Tone| t.at % 2 == 1;
            let hook = bank.idea(Idea::Hook);
            most = most.max(hook.tones.iter().filter(odd).count());
        });
        most
    };
    let mut style = style();
    style
        .melody
        .cells
        .retain(|c| c.pattern.steps[11].priority == 0);
    assert_eq!(most(&style), 0);
    style.tempo.1 = 96;
    assert!(most(&style) >= 3);
    style.swing.points = [(96, 1600)].into_iter().collect();
    assert_eq!(most(&style), 0);
}
