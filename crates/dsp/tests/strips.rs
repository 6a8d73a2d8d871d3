//! Strips as they are heard: knobs, equaliser, compressor, width, spaces, ducking.
// Tests print what they measure and walk over samples by number.
#![allow(clippy::disallowed_macros, clippy::needless_range_loop)]

mod common;

use common::{Audio, Do, db, dry, index_of, patches, player, render, sine};
use dsp::Mix;
use music::lane::Lane;
use music::mix::Space;
use music::patch::Macros;

const RATE: f32 = 48_000.0;
const LEAD: usize = 4;

fn rms(x: &[f32]) -> f32 {
    (x.iter().map(|x| x * x).sum::<f32>() / x.len() as f32).sqrt()
}

/// A held sine on the tune's lane, its mix changed at half time.
fn changed(pitch: u8, before: &Mix, after: &Mix) -> Audio {
    let mut player = player(&sine(), RATE, before);
    let mut first = render(
        &mut player,
        &[(0, Do::On(Lane::Melody, pitch, 127, 0))],
        24_005,
        512,
    );
    player.set_mix(after);
    let second = render(&mut player, &[], 24_000, 512);
    for (first, second) in first.iter_mut().zip(second) {
        for (first, second) in first.iter_mut().zip(second) {
            first.extend(second);
        }
    }
    first
}

fn knobs(set: impl Fn(&mut Macros)) -> Mix {
    let mut mix = dry();
    set(&mut mix.lanes[LEAD].macros);
    mix
}

#[test]
fn knobs_in_the_middle_are_exactly_nothing() {
    let bank = patches();
    let events = [(5, Do::On(Lane::Melody, 60, 100, index_of("saw-lead")))];
    let plain = render(
        &mut player(&bank, RATE, &Mix::default()),
        &events,
        24_000,
        512,
    );
    let mut mix = Mix::default();
    for lane in &mut mix.lanes {
        lane.macros = Macros {
            tone: 0.0,
            attack: 0.0,
            body: 0.0,
            drive: -0.0,
            space: 0.0,
        };
        lane.eq[0].hz = 300.0;
        lane.compressor.threshold_db = -50.0;
    }
    assert!(render(&mut player(&bank, RATE, &mix), &events, 24_000, 512) == plain);
    mix.lanes[LEAD].macros.tone = 0.1;
    assert!(render(&mut player(&bank, RATE, &mix), &events, 24_000, 512) != plain);
}

#[test]
fn tone_tilts_and_body_fills() {
    let level = |pitch: u8, set: &dyn Fn(&mut Macros)| {
        let audio = changed(pitch, &dry(), &knobs(set));
        let bus = &audio[1 + LEAD][0];
        db(rms(&bus[40_000..]) / rms(&bus[10_000..24_000]))
    };
    for (pitch, low, high) in [(36, -9.0, -7.5), (83, -0.5, 0.5), (127, 8.0, 9.0)] {
        let bright = level(pitch, &|k| k.tone = 1.0);
        let dark = level(pitch, &|k| k.tone = -1.0);
        assert!(low <= bright && bright <= high, "key {pitch}: {bright} dB");
        assert!((bright + dark).abs() < 0.05, "key {pitch}: {bright} {dark}");
    }
    assert!((level(59, &|k| k.body = 1.0) - 4.5).abs() < 0.1);
    assert!(level(103, &|k| k.body = 1.0).abs() < 0.1);
}

#[test]
fn no_knob_clicks() {
    // No jump from sample to sample beyond what the wave has.
    let steepest = |x: &[f32]| {
        x.windows(2)
            .map(|w| (w[1] - w[0]).abs())
            .fold(0.0, f32::max)
    };
    type Knob<'a> = (&'a str, &'a dyn Fn(&mut Mix));
    let knobs: [Knob; 8] = [
        ("tone", &|m| m.lanes[LEAD].macros.tone = -1.0),
        ("body", &|m| m.lanes[LEAD].macros.body = 1.0),
        ("space", &|m| m.lanes[LEAD].macros.space = 1.0),
        ("width", &|m| m.lanes[LEAD].width = 0.0),
        ("eq", &|m| m.lanes[LEAD].eq[1].db = -9.0),
        ("pan", &|m| m.lanes[LEAD].pan = 1.0),
        ("level", &|m| m.lanes[LEAD].level_db = -30.0),
        ("compressor", &|m| {
            m.lanes[LEAD].compressor.ratio = 8.0;
            m.lanes[LEAD].compressor.threshold_db = -40.0;
        }),
    ];
    for (name, set) in knobs {
        let mut mix = dry();
        set(&mut mix);
        for (from, to) in [(dry(), mix), (mix, dry())] {
            let audio = changed(60, &from, &to);
            for bus in [1 + LEAD, 7, 0] {
                let bus = &audio[bus][0];
                let steady = steepest(&bus[10_000..20_000]).max(steepest(&bus[40_000..48_000]));
                let change = steepest(&bus[23_900..30_000]);
                assert!(
                    change < 1.06 * steady + 1e-6,
                    "{name}: {change} at the change, {steady} beside it"
                );
            }
        }
    }
}

#[test]
fn drive_adds_overtones_and_comes_without_a_click() {
    let audio = changed(60, &dry(), &knobs(|k| k.drive = 1.0));
    let bus = &audio[1 + LEAD][0];
    let clean = common::spectrum(&bus[8_000..16_192]);
    let hot = common::spectrum(&bus[36_000..44_192]);
    let third = (3.0 * 261.626 * 8192.0 / RATE) as usize;
    let near = |s: &[f64]| s[third - 3..third + 4].iter().sum::<f64>();
    let whole = |s: &[f64]| s.iter().sum::<f64>();
    assert!(near(&hot) / whole(&hot) > 1e-3);
    assert!(near(&clean) / whole(&clean) < 1e-8);
    let jump = bus[23_900..26_000]
        .windows(2)
        .map(|w| (w[1] - w[0]).abs())
        .fold(0.0, f32::max);
    let usual = bus[40_000..]
        .windows(2)
        .map(|w| (w[1] - w[0]).abs())
        .fold(0.0, f32::max);
    assert!(jump < 1.2 * usual, "{jump} {usual}");
}

#[test]
fn width_is_from_mono_to_the_sides_alone() {
    let bank = patches();
    let events = [(0, Do::On(Lane::Texture, 60, 100, index_of("string-pad")))];
    let likeness = |width: f32| {
        let mut mix = dry();
        mix.lanes[Lane::Texture.index()].width = width;
        let audio = render(&mut player(&bank, RATE, &mix), &events, 48_000, 512);
        let [l, r] = &audio[1 + Lane::Texture.index()];
        let mid: f32 = l.iter().zip(r).map(|(l, r)| (l + r).powi(2)).sum();
        let side: f32 = l.iter().zip(r).map(|(l, r)| (l - r).powi(2)).sum();
        (mid, side)
    };
    let (mid, side) = likeness(1.0);
    assert!(side > 1e-3 * mid, "the pad is wide");
    let (mono_mid, mono_side) = likeness(0.0);
    assert_eq!(mono_side, 0.0);
    assert!((mono_mid / mid - 1.0).abs() < 1e-4);
    let (wide_mid, wide_side) = likeness(2.0);
    assert!((wide_side / side - 4.0).abs() < 1e-2 && (wide_mid / mid - 1.0).abs() < 1e-4);
}

#[test]
fn each_space_answers_alone_and_in_its_time() {
    let bank = patches();
    let events = [(0, Do::On(Lane::Drums, 37, 127, index_of("rock-kit")))];
    let mut tails = Vec::new();
    for space in Space::ALL {
        let mut mix = dry().with_reverb_s(1.5);
        mix.lanes[0].reverb_send = 0.5;
        mix.lanes[0].space = space;
        let audio = render(&mut player(&bank, RATE, &mix), &events, 72_000, 512);
        tails.push(db(rms(&audio[7][0][48_000..])));
    }
    println!("after a second: {tails:?} dB");
    assert!(tails[0] + 15.0 < tails[1] && tails[1] + 4.0 < tails[2]);
}

#[test]
fn the_drums_own_level_may_duck_too() {
    let bank = patches();
    let (kit, pad) = (index_of("house-kit"), index_of("soft-organ"));
    let depth = |follow: f32, key: u8| {
        let mut mix = dry();
        mix.duck.depth_db[Lane::Texture.index()] = 9.0;
        mix.duck.follow = follow;
        let events = [
            (0, Do::On(Lane::Texture, 60, 100, pad)),
            (24_000, Do::On(Lane::Drums, key, 110, kit)),
        ];
        let audio = render(&mut player(&bank, RATE, &mix), &events, 48_000, 512);
        let bus = &audio[1 + Lane::Texture.index()][0];
        db(rms(&bus[24_600..25_400]) / rms(&bus[20_000..23_900]))
    };
    assert!(depth(1.0, 36) < -5.0, "a kick is heard: {}", depth(1.0, 36));
    assert!(depth(1.0, 42) > -1.0, "a hat is not: {}", depth(1.0, 42));
    assert!((depth(0.0, 36) + 9.0).abs() < 1.5);
}

#[test]
fn parallel_compression_lifts_what_is_soft() {
    let bank = patches();
    let kit = index_of("rock-kit");
    let levels = |share: f32| {
        let mut mix = dry();
        mix.parallel = (share, music::mix::DrumBusProfile::default().compressor);
        let mut events = vec![(0, Do::On(Lane::Drums, 38, 20, kit))];
        for n in 0..20 {
            events.push((24_000 + 3_000 * n, Do::On(Lane::Drums, 38, 127, kit)));
        }
        let audio = render(&mut player(&bank, RATE, &mix), &events, 84_000, 512);
        (
            db(rms(&audio[1][0][..6_000])),
            db(rms(&audio[1][0][60_000..])),
        )
    };
    let ((soft, loud), (soft_more, loud_more)) = (levels(0.0), levels(0.5));
    let (soft, loud) = (soft_more - soft, loud_more - loud);
    println!("soft strokes +{soft:.1} dB, loud ones +{loud:.1} dB");
    assert!(soft > loud + 1.0 && loud > 0.0);
}

/// Curves bend what is higher than deep into an offset. Stems and main carry none.
#[test]
fn nothing_has_an_offset() {
    let bank = patches();
    for (stem, pitch) in [
        ("lead-guitar", 64),
        ("crunch-guitar", 52),
        ("saxophone", 65),
        ("acid-bass", 40),
        ("trumpet", 67),
    ] {
        let mut mix = Mix::default();
        mix.lanes[LEAD].macros.drive = 1.0;
        let events = [(0, Do::On(Lane::Melody, pitch, 120, index_of(stem)))];
        let audio = render(&mut player(&bank, RATE, &mix), &events, 96_000, 512);
        for (bus, name) in [(0, "main"), (1 + LEAD, "stem")] {
            let held = &audio[bus][0][48_000..];
            let sum: f64 = held.iter().map(|x| f64::from(*x)).sum();
            let offset = (sum / held.len() as f64) as f32;
            let below = db(offset.abs() / rms(held));
            println!("{stem} {name}: offset {below:.1} dB of its level");
            assert!(below < -50.0, "{stem} {name}: {below:.1} dB");
        }
    }
}
