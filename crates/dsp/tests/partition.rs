//! Equal events from reset give bit-identical audio, however the time is cut.
// Tests print what they measure and walk over samples by number.
#![allow(clippy::disallowed_macros, clippy::needless_range_loop)]

mod common;

use common::{Do, dry, index_of, patches, player, render};
use dsp::Mix;
use music::lane::Lane;

const RATE: f32 = 48_000.0;

/// Two seconds of every kind of instrument with all effects on.
fn song() -> Vec<(usize, Do)> {
    let mut events = Vec::new();
    let lanes = [
        (Lane::Drums, index_of("rock-kit"), [36, 42, 38, 46]),
        (Lane::Bass, index_of("sub-bass"), [36, 43, 36, 41]),
        (Lane::Harmony, index_of("electric-piano"), [60, 64, 67, 71]),
        (Lane::Texture, index_of("warm-pad"), [48, 55, 60, 64]),
        (Lane::Melody, index_of("flute"), [72, 74, 76, 79]),
        (Lane::Vocal, index_of("organ"), [60, 62, 64, 65]),
    ];
    for (k, (lane, patch, pitches)) in lanes.into_iter().enumerate() {
        for (i, pitch) in pitches.into_iter().enumerate() {
            let at = 1 + 977 * k + 21_013 * i;
            events.push((at, Do::On(lane, pitch, 60 + 15 * i as u8, patch)));
            events.push((at + 17_001, Do::Off(lane, pitch)));
        }
    }
    let strings = [
        index_of("clean-guitar"),
        index_of("piano"),
        index_of("vibraphone"),
    ];
    for (i, patch) in strings.into_iter().enumerate() {
        events.push((
            30_000 + 700 * i,
            Do::On(Lane::Harmony, 52 + 7 * i as u8, 100, patch),
        ));
    }
    events.push((80_005, Do::Cut));
    events.push((80_005, Do::On(Lane::Drums, 49, 110, lanes[0].1)));
    events.sort_by_key(|(at, _)| *at);
    events
}

fn wet() -> Mix {
    let mut mix = Mix {
        delay_s: 0.1,
        ..Mix::default()
    };
    mix.duck.depth_db = [6.0; 6];
    for lane in &mut mix.lanes {
        lane.reverb_send = 0.3;
        lane.delay_send = 0.3;
    }
    mix.lanes[Lane::Harmony.index()].tape = 0.7;
    mix
}

#[test]
fn any_block_size_gives_the_same_samples() {
    let (bank, events, mix) = (patches(), song(), wet());
    let length = 96_000;
    let whole = render(&mut player(&bank, RATE, &mix), &events, length, 4096);
    assert!(
        common::peak(&whole[0]) > 0.1,
        "there is something to compare"
    );
    for block in [1, 7, 64, 333, 512] {
        let cut = render(&mut player(&bank, RATE, &mix), &events, length, block);
        for (bus, (a, b)) in whole.iter().zip(&cut).enumerate() {
            for side in 0..2 {
                let differs = a[side]
                    .iter()
                    .zip(&b[side])
                    .position(|(x, y)| x.to_bits() != y.to_bits());
                assert_eq!(differs, None, "bus {bus}, side {side}, blocks of {block}");
            }
        }
    }
}

#[test]
fn what_rings_out_does_not_depend_on_the_blocks_either() {
    // A string's body sings on after the string: its modes die one after the other, and another patch's body has
    // another share, which is on its way for a while.
    let (bank, mix) = (patches(), wet());
    let basses = ["upright-bass", "fretless-bass"].map(index_of);
    let mut events = Vec::new();
    for i in 0..24 {
        let (at, pitch) = (5 + 9_001 * i, 28 + (7 * i % 24) as u8);
        events.push((at, Do::On(Lane::Bass, pitch, 110, basses[i / 4 % 2])));
        events.push((at + 2_000, Do::Off(Lane::Bass, pitch)));
    }
    let length = 230_000;
    let whole = render(&mut player(&bank, RATE, &mix), &events, length, 4096);
    for block in [7, 33] {
        let cut = render(&mut player(&bank, RATE, &mix), &events, length, block);
        for bus in [0, 1 + Lane::Bass.index()] {
            let bits = |audio: &[f32]| audio.iter().map(|x| x.to_bits()).collect::<Vec<_>>();
            for side in 0..2 {
                let (a, b) = (bits(&whole[bus][side]), bits(&cut[bus][side]));
                let differs = a.iter().zip(&b).position(|(x, y)| x != y);
                assert_eq!(differs, None, "bus {bus}, side {side}, blocks of {block}");
            }
        }
    }
}

#[test]
fn reset_starts_the_same_sound_again() {
    let (bank, events, mix) = (patches(), song(), wet());
    let mut player = player(&bank, RATE, &mix);
    let first = render(&mut player, &events, 40_000, 512);
    player.reset();
    player.set_mix(&mix);
    let second = render(&mut player, &events, 40_000, 512);
    assert_eq!(first, second);
}

#[test]
fn stems_and_returns_sum_to_main_without_its_processors() {
    let (bank, events) = (patches(), song());
    let mix = Mix {
        master_on: false,
        ..wet()
    };
    let audio = render(&mut player(&bank, RATE, &mix), &events, 96_000, 512);
    for side in 0..2 {
        for i in 0..96_000 {
            let sum: f32 = (1..8).map(|bus| audio[bus][side][i]).sum();
            assert!((sum - audio[0][side][i]).abs() < 1e-5, "sample {i}");
        }
    }
}

#[test]
fn main_carries_the_rest_when_asked() {
    let (bank, events) = (patches(), song());
    let mut mix = Mix {
        main_carries_rest: true,
        ..dry()
    };
    mix.routed[Lane::Drums.index()] = true;
    let audio = render(&mut player(&bank, RATE, &mix), &events, 48_000, 512);
    for i in 0..48_000 {
        let rest: f32 = (2..8).map(|bus| audio[bus][0][i]).sum();
        assert!((rest - audio[0][0][i]).abs() < 1e-5, "sample {i}");
    }
    assert!(
        common::peak(&audio[1]) > 0.05,
        "the drums are on their stem"
    );
}
