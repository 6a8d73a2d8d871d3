//! What a second of audio costs, printed. Nothing is asserted; run it alone, built for release:
//! `cargo test --release -p dsp --test cost -- --ignored --nocapture`.
#![allow(clippy::disallowed_macros, clippy::disallowed_types)]

mod common;

use std::time::Instant;

use common::{Do, dry, index_of, patches, player, render};
use dsp::Mix;
use music::lane::Lane;

const RATE: f32 = 48_000.0;

/// Four seconds of a busy band.
fn band() -> Vec<(usize, Do)> {
    let lanes = [
        (Lane::Drums, "rock-kit", vec![36, 42, 38, 46], 6_000),
        (Lane::Bass, "pick-bass", vec![36, 43, 36, 41], 12_000),
        (Lane::Harmony, "clean-guitar", vec![52, 59, 64, 68], 24_000),
        (Lane::Texture, "organ", vec![48, 55, 60, 64], 48_000),
        (Lane::Melody, "saw-lead", vec![72, 74, 76, 79], 12_000),
    ];
    let mut events = Vec::new();
    for (lane, stem, pitches, step) in lanes {
        let patch = index_of(stem);
        for (n, at) in (0..4 * 48_000).step_by(step).enumerate() {
            let pitch = pitches[n % 4];
            events.push((at, Do::On(lane, pitch, 60 + (n * 37 % 60) as u8, patch)));
            events.push((at + step - 500, Do::Off(lane, pitch)));
        }
    }
    events.sort_by_key(|(at, what)| (*at, matches!(what, Do::On(..))));
    events
}

/// Microseconds of this thread's time for a second of audio, the least of some passes.
fn cost(events: &[(usize, Do)], mix: &Mix) -> f64 {
    let bank = patches();
    (0..7)
        .map(|_| {
            let mut player = player(&bank, RATE, mix);
            let start = Instant::now();
            render(&mut player, events, 4 * 48_000, 512);
            start.elapsed().as_secs_f64() * 1e6 / 4.0
        })
        .fold(f64::MAX, f64::min)
}

fn wet() -> Mix {
    let mut mix = Mix {
        ..Mix::default()
    };
    mix.duck.depth_db = [6.0; 6];
    for lane in &mut mix.lanes {
        lane.reverb_send = 0.2;
        lane.delay_send = 0.1;
    }
    mix
}

#[test]
#[ignore = "prints timings"]
fn a_second_of_the_band() {
    println!("silence, dry: {:7.0} us/s", cost(&[], &dry()));
    println!("silence, wet: {:7.0} us/s", cost(&[], &wet()));
    println!("band, dry:    {:7.0} us/s", cost(&band(), &dry()));
    println!("band, wet:    {:7.0} us/s", cost(&band(), &wet()));
}
