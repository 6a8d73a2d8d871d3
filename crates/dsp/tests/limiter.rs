//! The limiter that looks ahead: no true peak above the ceiling, whatever comes, at any rate; and what
//! latency means for every bus.
// Tests print what they measure and walk over samples by number.
#![allow(clippy::disallowed_macros, clippy::needless_range_loop)]

mod common;

use common::{Do, db, index_of, patches, render, true_peak};
use dsp::{Latency, Mix, Player};
use music::lane::Lane;

fn ahead(rate: f32, mix: &Mix) -> Player {
    let mut player = Player::with_latency(&patches(), rate, 512, Latency::LookAhead);
    player.reset();
    player.set_mix(mix);
    player
}

/// Far too loud: everything at full velocity, faders up.
fn torture(rate: f32, lanes: &[(Lane, &str, &[u8])]) -> (Vec<(usize, Do)>, Mix) {
    let mut events = Vec::new();
    for (lane, stem, pitches) in lanes {
        let patch = index_of(stem);
        for beat in 0..5 {
            let at = (beat as f32 * 0.23 * rate) as usize + 7;
            for pitch in *pitches {
                events.push((at, Do::On(*lane, *pitch, 127, patch)));
                events.push((at + (0.2 * rate) as usize, Do::Off(*lane, *pitch)));
            }
        }
    }
    events.sort_by_key(|(at, what)| (*at, matches!(what, Do::On(..))));
    let mut mix = Mix {
        master_db: 12.0,
        ..Mix::default()
    };
    for lane in &mut mix.lanes {
        lane.level_db = 12.0;
    }
    (events, mix)
}

const BAND: &[(Lane, &str, &[u8])] = &[
    (Lane::Drums, "trap-kit", &[36, 38, 39, 42, 49, 54]),
    (Lane::Bass, "saw-bass", &[28, 40]),
    (Lane::Harmony, "clean-guitar", &[52, 59, 64, 68, 71, 76]),
    (Lane::Texture, "string-pad", &[48, 55, 60, 64, 67]),
    (Lane::Melody, "saw-lead", &[84]),
];
/// Cymbals and hats alone: noise up to the highest frequencies.
const NOISE: &[(Lane, &str, &[u8])] = &[(Lane::Drums, "house-kit", &[42, 46, 49, 51, 54, 39])];
/// One low note and one high one.
const TONES: &[(Lane, &str, &[u8])] = &[
    (Lane::Bass, "saw-bass", &[28]),
    (Lane::Melody, "saw-lead", &[108]),
];

/// True peak on a meter of few taps: ebur128's.
fn short_peak_db(main: &[Vec<f32>; 2], rate: f32) -> f32 {
    let mut meter = ebur128::EbuR128::new(2, rate as u32, ebur128::Mode::TRUE_PEAK).unwrap();
    meter.add_frames_planar_f32(&[&main[0], &main[1]]).unwrap();
    db(meter.true_peak(0).unwrap().max(meter.true_peak(1).unwrap()) as f32)
}

#[test]
fn no_true_peak_passes_the_ceiling() {
    for rate in [44_100.0, 48_000.0, 96_000.0] {
        for (name, lanes) in [("band", BAND), ("noise", NOISE), ("tones", TONES)] {
            for ceiling in [-1.0, -3.0] {
                let (events, mut mix) = torture(rate, lanes);
                mix.master.ceiling_dbtp = ceiling;
                let mut player = ahead(rate, &mix);
                player.watch(dsp::Watch::Strips);
                let audio = render(&mut player, &events, (1.2 * rate) as usize, 512);
                let peak = audio[0].iter().map(|s| true_peak(s)).fold(0.0, f32::max);
                let short = short_peak_db(&audio[0], rate);
                let meters = player.take_meters();
                println!(
                    "{rate} Hz, {name}, ceiling {ceiling}: {:.2}, {short:.2} dBTP (our meter {:.2}) with {:.1} dB",
                    db(peak),
                    meters.true_peak_dbtp,
                    meters.reduction_db
                );
                assert!(meters.reduction_db > 6.0, "no torture: {name}");
                assert!(
                    db(peak) <= ceiling - 0.1,
                    "{name} at {rate} Hz: {}",
                    db(peak)
                );
                assert!(short <= ceiling - 0.1, "{name} at {rate} Hz: {short}");
                assert!(
                    db(peak) > ceiling - 0.8,
                    "{name} at {rate} Hz is held too low"
                );
                assert!((meters.true_peak_dbtp - db(peak)).abs() < 0.3);
            }
        }
    }
}

#[test]
fn what_is_under_the_ceiling_passes_unchanged_and_late() {
    let bank = patches();
    let mut mix = Mix::default();
    mix.master.glue.ratio = 1.0;
    let events = [
        (100, Do::On(Lane::Harmony, 60, 60, index_of("piano"))),
        (9_000, Do::Off(Lane::Harmony, 60)),
    ];
    let mut zero = Player::with_latency(&bank, 48_000.0, 512, Latency::Zero);
    zero.set_mix(&mix);
    assert_eq!(zero.latency_samples(), 0);
    let plain = render(&mut zero, &events, 20_000, 512);
    let mut player = ahead(48_000.0, &mix);
    let late = player.latency_samples();
    assert_eq!(late, 128);
    let audio = render(&mut player, &events, 20_000, 512);
    assert_eq!(player.take_meters().reduction_db, 0.0);
    for bus in 0..8 {
        for side in 0..2 {
            assert!(audio[bus][side][..late].iter().all(|x| *x == 0.0));
            for i in 0..20_000 - late {
                let (a, b) = (plain[bus][side][i], audio[bus][side][i + late]);
                assert!(
                    (a - b).abs() <= 1e-7 * a.abs(),
                    "bus {bus}, sample {i}: {a} {b}"
                );
            }
        }
    }
}

#[test]
fn the_limiter_does_not_depend_on_how_time_is_cut() {
    let (events, mix) = torture(48_000.0, BAND);
    let whole = render(&mut ahead(48_000.0, &mix), &events, 24_000, 4096);
    for block in [1, 7, 333] {
        let cut = render(&mut ahead(48_000.0, &mix), &events, 24_000, block);
        assert!(whole == cut, "blocks of {block}");
    }
}

#[test]
fn with_the_master_off_stems_and_returns_sum_to_main_in_both_latencies() {
    let (events, mut mix) = torture(48_000.0, BAND);
    mix.master_on = false;
    mix.master_db = 0.0;
    mix.parallel = (0.5, music::mix::DrumBusProfile::default().compressor);
    mix.duck.depth_db = [6.0; 6];
    for (n, lane) in mix.lanes.iter_mut().enumerate() {
        lane.level_db = 0.0;
        lane.reverb_send = 0.2;
        lane.delay_send = 0.2;
        lane.width = 1.4;
        lane.drive = 0.3;
        lane.space = music::mix::Space::ALL[n % 3];
        lane.eq[1].db = 3.0;
        lane.compressor.ratio = 3.0;
    }
    for latency in [Latency::Zero, Latency::LookAhead] {
        let mut player = Player::with_latency(&patches(), 48_000.0, 512, latency);
        player.set_mix(&mix);
        let audio = render(&mut player, &events, 72_000, 512);
        let (mut left_over, mut whole) = (0.0f64, 0.0f64);
        for side in 0..2 {
            for i in 0..72_000 {
                let sum: f64 = (1..8).map(|bus| f64::from(audio[bus][side][i])).sum();
                let main = f64::from(audio[0][side][i]);
                left_over += (sum - main).powi(2);
                whole += main * main;
            }
        }
        let null = 10.0 * (left_over / whole).log10();
        println!("{latency:?}: {null:.1} dB");
        assert!(null < -120.0, "{latency:?}: {null} dB");
    }
}
