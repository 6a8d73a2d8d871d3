//! Main: the limiter's ceiling, loudness, faults.
// Tests print what they measure and walk over samples by number.
#![allow(clippy::disallowed_macros, clippy::needless_range_loop)]

mod common;

use common::{Do, db, dry, index_of, patches, player, render, sine, true_peak};
use dsp::{Mix, Player};
use music::lane::Lane;
use music::patch::{Patch, SynthTable};

/// A song far too loud: everything at full velocity, faders up.
fn torture(rate: f32) -> (Vec<Patch>, Vec<(usize, Do)>, Mix) {
    let bank = patches();
    let parts = [
        (Lane::Drums, "trap-kit", vec![36, 38, 39, 42, 49, 54]),
        (Lane::Bass, "saw-bass", vec![28, 40]),
        (Lane::Harmony, "clean-guitar", vec![52, 59, 64, 68, 71, 76]),
        (Lane::Texture, "string-pad", vec![48, 55, 60, 64, 67]),
        (Lane::Melody, "saw-lead", vec![84]),
    ];
    let mut events = Vec::new();
    for (lane, stem, pitches) in parts {
        let patch = index_of(stem);
        for beat in 0..6 {
            let at = (beat as f32 * 0.25 * rate) as usize;
            for pitch in &pitches {
                events.push((at, Do::On(lane, *pitch, 127, patch)));
                events.push((at + (0.2 * rate) as usize, Do::Off(lane, *pitch)));
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
    (bank, events, mix)
}

#[test]
fn the_limiter_keeps_true_peaks_under_full_scale() {
    for rate in [44_100.0, 48_000.0, 96_000.0] {
        let (bank, events, mix) = torture(rate);
        let mut player = player(&bank, rate, &mix);
        let audio = render(&mut player, &events, (1.6 * rate) as usize, 512);
        let peak = audio[0]
            .iter()
            .map(|side| true_peak(side))
            .fold(0.0, f32::max);
        let reduction = player.take_meters().reduction_db;
        println!(
            "{rate} Hz: {:.2} dBTP with {reduction:.1} dB of reduction",
            db(peak)
        );
        assert!(reduction > 6.0, "the signal is no torture: {reduction} dB");
        assert!(db(peak) < 0.0, "{:.2} dBTP at {rate} Hz", db(peak));
    }
}

#[test]
fn a_usual_band_stays_under_minus_1_dbtp() {
    let (bank, events, mut mix) = torture(48_000.0);
    mix.master_db = 0.0;
    for lane in &mut mix.lanes {
        lane.level_db = 0.0;
    }
    let audio = render(&mut player(&bank, 48_000.0, &mix), &events, 76_800, 512);
    let peak = audio[0]
        .iter()
        .map(|side| true_peak(side))
        .fold(0.0, f32::max);
    println!("{:.2} dBTP", db(peak));
    assert!(db(peak) <= -1.0, "{:.2} dBTP", db(peak));
}

#[test]
fn loudness_of_a_sine_follows_the_standard() {
    // A sine of 988 Hz (key B5) in both channels reads its peak level in LUFS within the weighting's
    // 0.0x LU at 1 kHz.
    for rate in [44_100.0, 48_000.0, 96_000.0, 192_000.0] {
        let mut player = player(&sine(), rate, &dry());
        let events = [(0, Do::On(Lane::Melody, 83, 127, 0))];
        let audio = render(&mut player, &events, rate as usize, 512);
        let settled = &audio[0][0][rate as usize / 2..];
        let peak = db(settled.iter().fold(0.0f32, |p, x| p.max(x.abs())));
        let lufs = player.take_meters().lufs_momentary;
        println!("{rate} Hz: peak {peak:.2} dBFS, {lufs:.2} LUFS");
        assert!(
            (lufs - peak).abs() < 0.1,
            "{lufs} LUFS for {peak} dBFS at {rate} Hz"
        );
    }
}

#[test]
fn a_sample_that_is_no_number_stays_on_its_bus_and_is_reported() {
    let mut bank = patches();
    let broken = bank.len() as u8;
    let mut table = SynthTable {
        name: music::name("Broken"),
        ..SynthTable::default()
    };
    table.a.level = f32::NAN;
    bank.push(Patch::Synth(table));
    let piano = index_of("piano");
    let mut player = player(&bank, 48_000.0, &dry());
    let events = [
        (0, Do::On(Lane::Harmony, 60, 100, piano)),
        (100, Do::On(Lane::Bass, 40, 100, broken)),
        (10_000, Do::On(Lane::Bass, 40, 100, index_of("finger-bass"))),
    ];
    let audio = render(&mut player, &events, 24_000, 512);
    assert!(audio.iter().flatten().flatten().all(|x| x.is_finite()));
    assert!(player.take_meters().not_a_number);
    assert!(
        common::peak(&audio[1 + Lane::Harmony.index()]) > 0.01,
        "the others go on"
    );
    assert!(
        common::peak(&audio[1 + Lane::Bass.index()]) > 0.01,
        "the lane comes back"
    );
    let mut clean = Player::new(&bank, 48_000.0, 512);
    clean.set_mix(&Mix {
        master_db: f32::NAN,
        delay_s: f32::NAN,
        ..dry().with_reverb_s(f32::NAN)
    });
    let audio = render(
        &mut clean,
        &[(0, Do::On(Lane::Harmony, 60, 100, piano))],
        4_800,
        512,
    );
    assert!(common::peak(&audio[0]) > 0.01);
    assert!(!clean.take_meters().not_a_number);
}

#[test]
fn the_kick_ducks_what_it_should() {
    let bank = patches();
    let (kit, pad) = (index_of("house-kit"), index_of("soft-organ"));
    let level = |duck_db: f32| {
        let mut mix = dry();
        mix.duck.depth_db[Lane::Texture.index()] = duck_db;
        let events = [
            (0, Do::On(Lane::Texture, 60, 100, pad)),
            (24_000, Do::On(Lane::Drums, 36, 110, kit)),
        ];
        let audio = render(&mut player(&bank, 48_000.0, &mix), &events, 48_000, 512);
        let rms = |x: &[f32]| (x.iter().map(|x| x * x).sum::<f32>() / x.len() as f32).sqrt();
        let bus = &audio[1 + Lane::Texture.index()][0];
        (
            db(rms(&bus[24_600..25_400]) / rms(&bus[20_000..23_900])),
            db(rms(&bus[44_000..])),
        )
    };
    let (plain, _) = level(0.0);
    let (ducked, later) = level(9.0);
    assert!((plain - ducked - 9.0).abs() < 1.5, "{plain} {ducked}");
    assert!((later - level(0.0).1).abs() < 1.0);
}

#[test]
fn reverb_and_delay_ring_and_end() {
    let bank = patches();
    let mut mix = Mix {
        master_on: false,
        delay_s: 0.12,
        delay_feedback: 0.3,
        ..Mix::default()
    }
    .with_reverb_s(0.6);
    mix.lanes[0].reverb_send = 0.5;
    mix.lanes[0].delay_send = 0.5;
    let events = [(0, Do::On(Lane::Drums, 37, 127, index_of("rock-kit")))];
    let audio = render(
        &mut player(&bank, 48_000.0, &mix),
        &events,
        48_000 * 12,
        512,
    );
    let returns = &audio[7];
    let power = |from: f32, to: f32| {
        let x = &returns[0][(from * 48_000.0) as usize..(to * 48_000.0) as usize];
        10.0 * (x.iter().map(|x| x * x).sum::<f32>() / x.len() as f32 + 1e-20).log10()
    };
    assert!(power(0.1, 0.4) > -70.0);
    assert!(power(3.0, 3.3) < power(0.1, 0.4) - 50.0);
    let end: f32 = returns
        .iter()
        .flat_map(|c| &c[48_000 * 11..])
        .fold(0.0, |p, x| p.max(x.abs()));
    assert_eq!(end, 0.0, "silence is digital silence");
}
