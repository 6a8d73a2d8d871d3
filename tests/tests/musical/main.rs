//! What makes the music worth hearing twice, style by style: songs that differ, controls that do what they say,
//! styles that are more than tempo and sounds.
//!
//! Measured on the engines alone, from the built-in presets. What human music is compared with lies outside:
//! `cargo xtask musicality`.

mod measures;

use std::collections::HashSet;

use measures::{Print, drum_onsets, fingerprint, jaccard, lhl, median, onsets_by_bar, spearman};
use music::lane::Lane;
use music::style::Style;
use music::time::Meter;
use tests::stage::{self, Cue, Sounded};

/// Fewest notes that tell one song from another: a bar of a first pick-up does not.
const TELLING: usize = 8;
/// Songs compared in every style, and in the styles that stand for their kind.
const SEEDS: u16 = 60;
const MANY_SEEDS: u16 = 1000;
const MANY: [&str; 4] = ["pop", "rock", "trap", "jazz"];
/// Most that the first eight bars of two songs of a style may share.
const MELODY_SHARED: f64 = 0.05;
const DRUMS_SHARED: f64 = 0.20;
/// How far a median of few songs strays from that of many.
const SCATTER: f64 = 0.01;

fn cue(style: &Style, seed: u16, bars: i32) -> Cue {
    let mut cue = Cue::new(style, Meter::default(), 64, seed);
    cue.bars = 0..bars;
    cue
}

/// The first eight bars in which each of melody and drums plays.
fn prints(style: &Style, seed: u16) -> [Print; 2] {
    let notes = cue(style, seed, 24).play();
    [Lane::Melody, Lane::Drums].map(|lane| fingerprint(&notes, lane, 8))
}

/// Median of what pairs of songs share; every song is compared with some others spread over the set.
fn shared(prints: &[Print]) -> f64 {
    let played: Vec<&Print> = prints.iter().filter(|p| p.len() >= TELLING).collect();
    let mut values = Vec::new();
    for (index, print) in played.iter().enumerate() {
        for step in [1, 7, 19, 31, 57] {
            let other = (index + step) % played.len();
            if other > index {
                values.push(jaccard(print, played[other]));
            }
        }
    }
    median(&mut values)
}

/// Pairs of songs that are the same.
fn twins(prints: &[Print]) -> usize {
    let played: Vec<&Print> = prints.iter().filter(|p| p.len() >= TELLING).collect();
    let different: HashSet<&Print> = played.iter().copied().collect();
    played.len() - different.len()
}

/// What songs of a style share too much of, in words.
fn alike(style: &Style, seeds: u16) -> Vec<String> {
    let all: Vec<[Print; 2]> = (0..seeds).map(|seed| prints(style, seed)).collect();
    let lanes = [("melody", MELODY_SHARED), ("drums", DRUMS_SHARED)];
    let mut found = Vec::new();
    for (lane, (name, most)) in lanes.into_iter().enumerate() {
        let of_lane: Vec<Print> = all.iter().map(|p| p[lane].clone()).collect();
        let share = shared(&of_lane);
        let scatter = if seeds < MANY_SEEDS { SCATTER } else { 0.0 };
        if share > most + scatter {
            found.push(format!(
                "{}: songs share {share:.3} of their {name}",
                style.stem
            ));
        }
        if twins(&of_lane) > 0 {
            found.push(format!("{}: two songs with one {name}", style.stem));
        }
    }
    found
}

#[test]
fn songs_of_a_style_differ() {
    let all = stage::styles().iter().flat_map(|style| alike(style, SEEDS));
    let found: Vec<String> = all.collect();
    assert!(found.is_empty(), "{}", found.join("\n"));
}

#[test]
fn a_thousand_songs_of_a_style_differ() {
    let all = MANY
        .iter()
        .flat_map(|stem| alike(stage::style(stem), MANY_SEEDS));
    let found: Vec<String> = all.collect();
    assert!(found.is_empty(), "{}", found.join("\n"));
}

#[test]
fn two_styles_differ_more_than_two_songs_of_one() {
    let seeds = 12;
    let all: Vec<(&Style, Vec<Print>)> = stage::styles()
        .iter()
        .map(|style| {
            let of_style = (0..seeds).map(|seed| prints(style, seed)[1].clone());
            (style, of_style.collect())
        })
        .collect();
    let (mut pairs, mut alike) = (0, Vec::new());
    for (index, (style, own)) in all.iter().enumerate() {
        let inside = shared(own);
        for (other, others) in &all[index + 1..] {
            let mut between: Vec<f64> = own
                .iter()
                .flat_map(|a| others.iter().map(move |b| jaccard(a, b)))
                .collect();
            let between = median(&mut between);
            let inside = inside.max(shared(others));
            pairs += 1;
            if between >= inside {
                alike.push((
                    between - inside,
                    format!("{} {} {between:.3} {inside:.3}", style.stem, other.stem),
                ));
            }
        }
    }
    // Neighbours of one family come close; nothing else may, and they not by much.
    let most = alike.iter().map(|a| a.0).fold(0.0, f64::max);
    assert!(
        alike.len() * 100 <= pairs && most < 0.04,
        "{} of {pairs} pairs of styles share more than two songs of one: {alike:?}",
        alike.len()
    );
}

/// What a lane's syncopation control is measured on.
fn measured(notes: &[Sounded], lane: Lane) -> Vec<Vec<u8>> {
    match lane {
        Lane::Drums => drum_onsets(notes, &[35, 36, 38, 40, 37, 39]),
        lane => onsets_by_bar(notes, lane),
    }
}

#[test]
fn syncopation_does_what_it_says_in_every_style() {
    let settings: Vec<u8> = (1..=9).map(|n| n * 10).collect();
    let mut weak = Vec::new();
    for style in stage::styles() {
        for lane in [Lane::Drums, Lane::Bass, Lane::Melody] {
            let means: Vec<f64> = settings
                .iter()
                .map(|setting| {
                    let mut all = Vec::new();
                    for seed in 0..10 {
                        let mut cue = cue(style, seed, 16);
                        // Some styles keep a lane for later, or rest it for a while.
                        cue.bars = 16..40;
                        cue.controls.humanize = 0;
                        cue.controls.lanes[lane.index()].syncopation = *setting;
                        let notes = cue.play();
                        all.extend(measured(&notes, lane).iter().map(|bar| lhl(bar)));
                    }
                    all.iter().sum::<f64>() / all.len().max(1) as f64
                })
                .collect();
            let wanted: Vec<f64> = settings.iter().map(|s| f64::from(*s)).collect();
            let follows = spearman(&wanted, &means);
            if follows < 0.9 {
                weak.push(format!(
                    "{} {}: {follows:.2} {means:.2?}",
                    style.stem,
                    lane.id()
                ));
            }
        }
    }
    assert!(weak.is_empty(), "{}", weak.join("\n"));
}

#[test]
fn nothing_human_is_left_at_no_humanize() {
    for style in stage::styles() {
        let mut cue = cue(style, 3, 8);
        cue.controls.humanize = 0;
        cue.controls.swing = -100;
        for note in cue.play() {
            let is_drum = note.lane == Lane::Drums;
            assert!(
                !is_drum || note.onset.0 % 20 == 0,
                "{}: a stroke off the grid at {:?}",
                style.stem,
                note.onset
            );
        }
    }
}
