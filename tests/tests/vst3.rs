//! The built `.vst3` in a raw host: buses that are missing, empty or null, automation at a sample, state.
#![cfg(target_os = "linux")]

mod vst3_rig;

use tests::fixtures::{first_difference, fresh_take};
use tests::paths::vst3_under_test;
use tests::script::Script;
use vst3_rig::{SENTINEL, Shape, Take, Vst3Rig};

const SECONDS: u64 = 48_000;

fn rig() -> Vst3Rig {
    Vst3Rig::load(&vst3_under_test())
}

fn peak(plane: &[f32]) -> f32 {
    plane.iter().fold(0.0, |peak, s| peak.max(s.abs()))
}

fn play(shape: Shape) -> Take {
    rig().play(shape, 512, 12 * SECONDS, false, &[])
}

#[test]
fn buses_and_units_are_declared() {
    let rig = rig();
    assert_eq!((rig.inputs, rig.outputs), (1, 8));
    assert!(rig.units() > 5, "parameters have groups: {}", rig.units());
    assert!(
        rig.params().len() < 400,
        "no parameters for each MIDI controller"
    );
    assert!(rig.params().iter().filter(|p| p.2 != 0).count() > 50);
}

#[test]
fn arrangements_are_checked() {
    let rig = rig();
    let stereo = |n: usize| vec![3u64; n];
    assert!(rig.arrange(stereo(1), stereo(8)));
    assert!(
        rig.arrange(vec![0], [3, 0, 0, 0, 0, 0, 0, 0].to_vec()),
        "stems and listen input switched off"
    );
    assert!(
        !rig.arrange(stereo(1), [1, 3, 3, 3, 3, 3, 3, 3].to_vec()),
        "a mono main"
    );
}

#[test]
fn whole_null_missing_and_empty_buses_play_the_same() {
    let whole = play(Shape::Whole);
    assert!(whole.notes.len() > 40, "{} events", whole.notes.len());
    assert!(peak(&whole.sound[0]) > 0.01 && peak(&whole.sound[1]) > 0.003);
    assert!(
        whole
            .sound
            .iter()
            .flatten()
            .all(|s| *s != SENTINEL && s.is_finite()),
        "an output was left unwritten"
    );
    for shape in [
        Shape::MainOnly,
        Shape::EmptyStems,
        Shape::NullChannels,
        Shape::NoInputs,
    ] {
        let part = play(shape);
        assert_eq!(
            first_difference(&whole.notes, &part.notes),
            None,
            "{shape:?}"
        );
        let at = whole.sound[0]
            .iter()
            .zip(&part.sound[0])
            .position(|(a, b)| a.to_bits() != b.to_bits());
        assert_eq!(at, None, "{shape:?}: main differs from frame on");
    }
}

#[test]
fn a_flush_without_a_main_output_is_survived() {
    let rig = rig();
    rig.play(Shape::Flush, 512, SECONDS / 4, false, &[]);
}

#[test]
fn it_plays_what_the_clap_plays() {
    let vst3 = play(Shape::Whole);
    let clap = fresh_take(
        &[],
        &Script {
            frames: 12 * SECONDS,
            keep_sound: true,
            ..Script::default()
        },
    );
    let vst3_ons: Vec<_> = vst3
        .notes
        .iter()
        .filter(|n| n.1)
        .map(|n| (n.0, n.2, n.3, n.4))
        .collect();
    assert_eq!(first_difference(&clap.ons(), &vst3_ons), None);
    let at = clap.sound[0][0]
        .iter()
        .zip(&vst3.sound[0])
        .position(|(a, b)| a.to_bits() != b.to_bits());
    assert_eq!(at, None, "main differs from frame on");
}

#[test]
fn offline_is_realtime() {
    let realtime = play(Shape::Whole);
    let offline = rig().play(Shape::Whole, 512, 12 * SECONDS, true, &[]);
    assert_eq!(first_difference(&realtime.notes, &offline.notes), None);
    assert!(realtime.sound == offline.sound);
}

#[test]
fn automation_is_sample_accurate_at_any_block_size() {
    let at = |rig: &Vst3Rig, block: usize| {
        let (bypass, seed) = (rig.param("Bypass"), rig.param("Seed"));
        let automation = [
            (100_000, bypass, 1.0),
            (190_000, bypass, 0.0),
            (250_123, seed, 0.5),
            (400_001, bypass, 1.0),
        ];
        rig.play(Shape::Whole, block, 10 * SECONDS, false, &automation)
    };
    let reference = at(&rig(), 512);
    assert!(
        reference
            .notes
            .iter()
            .all(|n| !n.1 || !(100_001..190_000).contains(&n.0)),
        "a note under bypass"
    );
    for block in [64, 1000, 4096] {
        let other = at(&rig(), block);
        assert_eq!(
            first_difference(&reference.notes, &other.notes),
            None,
            "blocks of {block}"
        );
    }
}

#[test]
fn a_state_comes_back() {
    let one = rig();
    let (seed, style) = (one.param("Seed"), one.param("Style"));
    one.play(
        Shape::Whole,
        512,
        SECONDS,
        false,
        &[(0, seed, 0.25), (0, style, 96.0 / 255.0)],
    );
    let state = one.save();
    let expected = one.play(Shape::Whole, 512, 6 * SECONDS, false, &[]);
    let other = rig();
    assert!(other.restore(&state));
    assert!((other.normalised(style) - 96.0 / 255.0).abs() < 1e-6);
    let again = other.play(Shape::Whole, 512, 6 * SECONDS, false, &[]);
    // The first instance still owed the end of what it had played before.
    let ons = |take: &Take| {
        take.notes
            .iter()
            .filter(|n| n.1)
            .copied()
            .collect::<Vec<_>>()
    };
    assert_eq!(first_difference(&ons(&expected), &ons(&again)), None);
    assert!(other.restore(b"nonsense") || !again.notes.is_empty());
    assert!(
        !other
            .play(Shape::Whole, 512, 2 * SECONDS, false, &[])
            .notes
            .is_empty(),
        "it plays on after nonsense"
    );
}
