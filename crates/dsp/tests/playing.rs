//! How notes follow one another: legato, hammered and slid strings, ghosts; the knobs; every patch at any
//! partition of time.
// Tests print what they measure.
#![allow(clippy::disallowed_macros)]

mod common;

use common::expected::Family;
use common::measure::{RATE, rms};
use common::{Do, bank, dry, index_of, patches, player, render};
use music::lane::Lane;
use music::patch::{Macros, Patch};

/// Frequency between rising zeros of a stretch, lowest partial.
fn hz_of(x: &[f32]) -> f64 {
    let power = common::spectrum(&x[..32_768]);
    let bin = f64::from(RATE) / 32_768.0;
    let most = power.iter().copied().fold(0.0, f64::max);
    let k = (4..power.len() - 1)
        .find(|k| power[*k] > 0.003 * most && power[*k] >= power[k - 1] && power[*k] > power[k + 1])
        .expect("a partial");
    let [a, b, c] = [k - 1, k, k + 1].map(|k| power[k].ln());
    (k as f64 + 0.5 * (a - c) / (a - 2.0 * b + c)) * bin
}

/// The largest jump of the wave's slope.
fn corner(x: &[f32]) -> f32 {
    x.windows(3)
        .map(|w| (w[2] - 2.0 * w[1] + w[0]).abs())
        .fold(0.0, f32::max)
}

#[test]
fn tied_notes_go_on_in_the_same_voice() {
    let patches = patches();
    for (stem, from, to) in [
        ("finger-bass", 33u8, 35u8),
        ("fretless-bass", 33, 40),
        ("acid-bass", 36, 43),
        ("sub-bass", 36, 41),
        ("fm-lead", 69, 72),
        ("saxophone", 60, 64),
        ("flute", 72, 76),
        ("clarinet", 60, 62),
        ("lead-guitar", 64, 67),
    ] {
        let (index, lane) = (index_of(stem), Family::of(stem).lane());
        let events = [
            (0, Do::On(lane, from, 100, index)),
            (24_000, Do::On(lane, to, 100, index)),
            (24_001, Do::Off(lane, from)),
        ];
        let mut player = player(&patches, RATE, &dry());
        let audio = render(&mut player, &events, 24_000 + 48_000, 512);
        assert_eq!(player.voices(), 1, "{stem}");
        let bus = &audio[1 + lane.index()][0];
        let hz = hz_of(&bus[24_000 + 14_000..]);
        let want = 440.0 * ((f64::from(to) - 69.0) / 12.0).exp2();
        let cents = 1200.0 * (hz / want).log2();
        assert!(cents.abs() < 50.0, "{stem}: {cents:+.0} cents");
        let (before, after) = (corner(&bus[12_000..24_000]), corner(&bus[24_000..25_000]));
        let start = corner(&bus[..2_000]);
        assert!(
            after < 1.6 * before.max(start) + 0.006,
            "{stem}: {before} before, {after} after"
        );
    }
}

#[test]
fn a_synthetic_bass_glides_where_notes_touch_and_strikes_anew_where_they_do_not() {
    let patches = patches();
    for stem in ["sub-bass", "reese-bass", "saw-bass"] {
        let index = index_of(stem);
        let voices = |gap: usize| {
            let events = [
                (0, Do::On(Lane::Bass, 33, 100, index)),
                (24_000 - gap, Do::Off(Lane::Bass, 33)),
                (24_000, Do::On(Lane::Bass, 45, 100, index)),
            ];
            let mut player = player(&patches, RATE, &dry());
            let _ = render(&mut player, &events, 24_000 + 64, 512);
            player.voices()
        };
        assert_eq!(voices(0), 1, "{stem} glides");
        assert_eq!(voices(200), 2, "{stem} strikes anew");
    }
}

#[test]
fn a_hammered_note_has_no_pluck_and_a_struck_one_has() {
    let patches = patches();
    let (index, lane) = (index_of("pick-bass"), Lane::Bass);
    // High frequencies in the 20 ms after the second note.
    let edge = |gap: usize| {
        let events = [
            (0, Do::On(lane, 33, 100, index)),
            (24_000 - gap, Do::Off(lane, 33)),
            (24_000, Do::On(lane, 35, 100, index)),
        ];
        let audio = render(&mut player(&patches, RATE, &dry()), &events, 30_000, 512);
        let bus = &audio[1 + lane.index()][0];
        let slopes: Vec<f32> = bus[24_000..25_000]
            .windows(2)
            .map(|w| w[1] - w[0])
            .collect();
        rms(&slopes)
    };
    let (hammered, struck) = (edge(0), edge(1_000));
    assert!(
        struck > 1.5 * hammered,
        "{struck} struck, {hammered} hammered"
    );
}

#[test]
fn a_soft_short_bass_note_is_a_thud() {
    let patches = patches();
    for stem in ["finger-bass", "pick-bass", "upright-bass", "slap-bass"] {
        let index = index_of(stem);
        let fall = |velocity| {
            let events = [(0, Do::On(Lane::Bass, 33, velocity, index))];
            let audio = render(&mut player(&patches, RATE, &dry()), &events, 24_000, 512);
            let bus = &audio[1 + Lane::Bass.index()][0];
            rms(&bus[9_600..14_400]) / rms(&bus[..4_800])
        };
        let (ghost, soft) = (fall(44), fall(70));
        assert!(
            ghost < 0.5 * soft,
            "{stem}: {ghost} of a ghost, {soft} of a note"
        );
    }
}

#[test]
fn knobs_turn_and_at_rest_change_nothing() {
    let patches = patches();
    for (index, (stem, patch)) in bank().iter().enumerate() {
        if matches!(patch, Patch::Kit(_)) {
            continue;
        }
        let (family, only) = (Family::of(stem), &patches[index..=index]);
        let play = |macros: Option<Macros>| {
            let mut mix = dry();
            if let Some(macros) = macros {
                mix.lanes[family.lane().index()].macros = macros;
            }
            let events = [(5, Do::On(family.lane(), family.keys()[1], 90, 0))];
            let audio = render(&mut player(only, RATE, &mix), &events, 12_000, 512);
            audio[1 + family.lane().index()][0].clone()
        };
        let rest = play(None);
        assert_eq!(rest, play(Some(Macros::default())), "{stem}");
        for (attack, body) in [(1.0, 0.0), (-1.0, 0.0), (0.0, 1.0), (0.0, -1.0)] {
            let turned = play(Some(Macros {
                attack,
                body,
                ..Macros::default()
            }));
            assert!(
                turned.iter().all(|x| x.is_finite() && x.abs() < 2.0),
                "{stem}"
            );
            let moved: Vec<f32> = turned.iter().zip(&rest).map(|(a, b)| a - b).collect();
            assert!(rms(&moved) > 0.003 * rms(&rest), "{stem}: {attack} {body}");
        }
    }
}

#[test]
fn every_patch_sounds_the_same_however_time_is_cut() {
    let patches = patches();
    for (index, (stem, patch)) in bank().iter().enumerate() {
        if matches!(patch, Patch::Kit(_)) {
            continue;
        }
        let (family, only) = (Family::of(stem), &patches[index..=index]);
        let (lane, key) = (family.lane(), family.keys()[1]);
        let events = [
            (3, Do::On(lane, key, 90, 0)),
            (2_001, Do::On(lane, key + 2, 100, 0)),
            (2_003, Do::Off(lane, key)),
            (3_600, Do::Off(lane, key + 2)),
        ];
        let play = |block| {
            let audio = render(&mut player(only, RATE, &dry()), &events, 4_800, block);
            audio[1 + lane.index()].clone()
        };
        let whole = play(4_800);
        for block in [1, 37] {
            assert!(whole == play(block), "{stem}, blocks of {block}");
        }
    }
}
