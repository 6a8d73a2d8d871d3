//! What makes the music worth hearing twice, style by style: songs that differ, controls that do what they say,
//! styles that are more than tempo and sounds.
//!
//! Measured on the engines alone, from the built-in presets. What human music is compared with lies outside:
//! `cargo xtask musicality`.

mod measures;

use measures::{drum_onsets, lhl, onsets_by_bar, spearman};
use music::lane::Lane;
use music::style::Style;
use music::time::Meter;
use tests::stage::{self, Cue, Sounded};
use tests::variety::{MOST_SHARED, NAMES, Print, between, prints, scatter, within};

/// Songs compared in every style, and in the styles that stand for their kind. `cargo xtask musicality` compares a
/// thousand of every style.
const SEEDS: u16 = 60;
const MANY_SEEDS: u16 = 1000;
const MANY: [&str; 4] = ["pop", "rock", "trap", "jazz"];
/// Songs of each style that are compared with other styles'.
const SEEDS_BETWEEN: u16 = 100;
/// Standard errors that a median of few songs may stray: of 140 figures half a one strays further upwards by chance.
const STRAYS: f64 = 2.69;

fn cue(style: &Style, seed: u16, bars: i32) -> Cue {
    let mut cue = Cue::new(style, Meter::default(), 64, seed);
    cue.bars = 0..bars;
    cue
}

/// What songs of a style share too much of, in words.
fn alike(style: &Style, seeds: u16) -> Vec<String> {
    let all = (0..seeds).map(|seed| prints(style, seed));
    let (melodies, drums): (Vec<Print>, Vec<Print>) = all.map(|[m, d]| (m, d)).unzip();
    let mut found = Vec::new();
    for (lane, songs) in [melodies, drums].into_iter().enumerate() {
        let (name, all) = (NAMES[lane], within(&songs));
        // A thousand songs are what the promise is about: they have to keep it to the letter.
        let strays = if seeds < MANY_SEEDS {
            STRAYS * strays(&songs)
        } else {
            0.0
        };
        if all.shared - strays > MOST_SHARED[lane] {
            found.push(format!(
                "{}: songs share {:.3} of their {name}",
                style.stem, all.shared
            ));
        }
        if all.twins > 0 {
            found.push(format!(
                "{}: {} songs repeat another one's {name}",
                style.stem, all.twins
            ));
        }
        if all.compared * 2 < songs.len() {
            found.push(format!(
                "{}: only {} songs have enough {name}",
                style.stem, all.compared
            ));
        }
    }
    found
}

/// Standard error of what the songs of a style share.
fn strays(songs: &[Print]) -> f64 {
    scatter(songs.len(), |has| within(&kept(songs, has)).shared)
}

/// Some of the songs.
fn kept(songs: &[Print], has: &dyn Fn(usize) -> bool) -> Vec<Print> {
    let kept = songs.iter().enumerate().filter(|(index, _)| has(*index));
    kept.map(|(_, song)| song.clone()).collect()
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
    let all: Vec<(&Style, Vec<Print>)> = stage::styles()
        .iter()
        .map(|style| {
            let of_style = (0..SEEDS_BETWEEN).map(|seed| prints(style, seed)[1].clone());
            (style, of_style.collect())
        })
        .collect();
    let inside: Vec<f64> = all.iter().map(|(_, own)| within(own).shared).collect();
    let mut found = Vec::new();
    for (a, (style, own)) in all.iter().enumerate() {
        for (b, (other, others)) in all.iter().enumerate().skip(a + 1) {
            let across = between(own, others);
            let over = |across: f64, a: f64, b: f64| across - a.min(b);
            if over(across, inside[a], inside[b]) < 0.0 {
                continue;
            }
            let strays = scatter(own.len(), |has| {
                let (own, others) = (kept(own, has), kept(others, has));
                over(
                    between(&own, &others),
                    within(&own).shared,
                    within(&others).shared,
                )
            });
            if over(across, inside[a], inside[b]) > STRAYS * strays {
                found.push(format!(
                    "{} and {} share {across:.3}, within they share {:.3} and {:.3}",
                    style.stem, other.stem, inside[a], inside[b]
                ));
            }
        }
    }
    assert!(found.is_empty(), "{}", found.join("\n"));
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
