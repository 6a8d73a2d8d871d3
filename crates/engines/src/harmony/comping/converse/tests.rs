//! Comping that hears the tune, on a stage.

use std::vec::Vec as Heap;

use music::lane::Lane;
use music::style::LanePattern;

use super::{is_usual, stroke, wanted};
use crate::fixture::{Stage, pattern};

/// A bar: where the tune has onsets and where chords are struck, in ticks.
type Bar = (Heap<i64>, Heap<i64>);

fn bars(converses: bool) -> Heap<Bar> {
    let mut out = Heap::new();
    for seed in 0..8 {
        let mut stage = Stage::new(128, 4, 4);
        (stage.controls.seed, stage.controls.humanize) = (seed, 0);
        let harmony = &mut stage.styles[1].harmony;
        (harmony.voices, harmony.range, harmony.converses) = (4, (50, 74), converses);
        harmony.patterns = [LanePattern {
            weight: 5,
            pattern: pattern("9... ..8. .... ...."),
            ..LanePattern::default()
        }]
        .into_iter()
        .collect();
        for bar in 4..56 {
            let phrase = stage.phrase(bar);
            let own =
                |n: &&music::plan::TuneNote| n.bar as u16 + phrase.first_bar == bar && is_usual(n);
            let tune = phrase.tune.iter().filter(own).map(|n| n.tick as i64);
            let start = stage.place(bar as i32).start;
            let notes = stage.lane(bar as i32, Lane::Harmony);
            let usual = |low: u8, high: u8, at: u8| low <= at && at <= high;
            let mut struck: Heap<i64> = notes
                .iter()
                .filter(|c| usual(c.gate.variation.0, c.gate.variation.1, 40))
                .filter(|c| usual(c.gate.syncopation.0, c.gate.syncopation.1, 50))
                .filter(|c| c.gate.density <= 60)
                .map(|c| c.grid.since(start))
                .collect();
            struck.dedup();
            out.push((tune.collect(), struck));
        }
    }
    out
}

/// Strokes in percent that fall on a tone's onset.
fn met(bars: &[Bar]) -> usize {
    let strokes = bars.iter().flat_map(|(tune, struck)| {
        let on = |at: &i64| tune.iter().any(|t| t.abs_diff(*at) < 120);
        struck.iter().map(on)
    });
    let (mut on, mut count) = (0, 0);
    for meets in strokes {
        count += 1;
        on += meets as usize;
    }
    on * 100 / count
}

#[test]
fn strokes_fall_between_the_tones_of_the_tune() {
    let (heard, deaf) = (met(&bars(true)), met(&bars(false)));
    assert!(heard * 2 < deaf, "{heard} {deaf}");
}

#[test]
fn busy_bars_are_thin_and_rhythms_change_from_bar_to_bar() {
    let bars = bars(true);
    let mean = |busy: bool| {
        let of = bars.iter().filter(|(tune, _)| (tune.len() >= 6) == busy);
        let (count, strokes) = of.fold((0, 0), |(n, s), (_, struck)| (n + 1, s + struck.len()));
        strokes * 100 / usize::max(count, 1)
    };
    assert!(mean(true) < mean(false), "{} {}", mean(true), mean(false));
    let same = bars.windows(2).filter(|w| w[0].1 == w[1].1).count();
    assert!(same * 100 / bars.len() < 35, "{same}");
    let out = bars.iter().filter(|(_, struck)| struck.is_empty()).count();
    assert!((1..=30).contains(&(out * 100 / bars.len())), "{out}");
}

#[test]
fn a_breath_wants_more_and_a_tone_less() {
    let tones = |list: &[(i64, i64)]| list.iter().copied().collect();
    assert_eq!(wanted(&tones(&[]), 3840), 3);
    assert_eq!(
        wanted(&tones(&[(0, 480), (480, 960), (960, 2400)]), 3840),
        2
    );
    let run: Heap<(i64, i64)> = (0..8).map(|i| (480 * i, 480 * i + 480)).collect();
    assert_eq!(wanted(&tones(&run), 3840), 1);
    let heard = tones(&[(0, 960)]);
    assert!(stroke(&heard, 1440) > stroke(&heard, 2880));
    assert!(stroke(&heard, 480) > stroke(&heard, 0));
}
