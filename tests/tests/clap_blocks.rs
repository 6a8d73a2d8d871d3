//! The same song in blocks of any size: identical events, and identical sound to the bit.

use tests::fixtures::{first_difference, fresh_take};
use tests::script::{Script, Take};

/// A song short enough for blocks of one frame, at a tempo whose ticks fall between frames.
fn take(
    block: usize,
    set: &[(&str, &str)],
    bars: f64,
    meter: (u16, u16),
    keep_sound: bool,
) -> Take {
    let script = Script {
        block,
        keep_sound,
        ..Script::bars(bars, 173.0, meter)
    };
    fresh_take(set, &script)
}

fn assert_equal(a: &Take, b: &Take, what: &str) {
    if let Some(difference) = first_difference(&a.events, &b.events) {
        panic!("{what}: events differ {difference}");
    }
    for (bus, (x, y)) in a.sound.iter().zip(&b.sound).enumerate() {
        for (channel, (p, q)) in x.iter().zip(y).enumerate() {
            let at = p
                .iter()
                .zip(q)
                .position(|(s, t)| s.to_bits() != t.to_bits());
            assert_eq!(
                at.map(|at| (at, p[at], q[at])),
                None,
                "{what}: bus {bus} channel {channel} differs from a frame on"
            );
        }
    }
}

fn compare(sizes: &[usize], set: &[(&str, &str)], bars: f64, meter: (u16, u16)) {
    let reference = take(512, set, bars, meter, true);
    assert!(reference.ons().len() > 10, "the take is nearly empty");
    assert!(reference.peak(0) > 0.01, "the take is silent");
    for block in sizes {
        assert_equal(
            &reference,
            &take(*block, set, bars, meter, true),
            &format!("{set:?} in blocks of {block}"),
        );
    }
}

#[test]
fn blocks_of_1_frame() {
    compare(&[1], &[], 2.0, (4, 4));
}

#[test]
fn blocks_of_7_frames() {
    compare(&[7], &[], 4.0, (4, 4));
}

#[test]
fn blocks_of_64_333_and_4096_frames() {
    compare(&[64, 333, 4096], &[], 8.0, (4, 4));
}

#[test]
fn blocks_of_8192_frames_in_7_8() {
    compare(
        &[33, 8192],
        &[("style", "Jazz swing"), ("key", "D")],
        8.0,
        (7, 8),
    );
}

/// Every other style: two tests share them.
fn styles_in_blocks_of_64(first: usize) {
    for style in tests::stage::styles().iter().skip(first).step_by(2) {
        compare(
            &[64],
            &[("style", style.name.as_str()), ("seed", "9")],
            3.0,
            (4, 4),
        );
    }
}

#[test]
fn half_of_the_styles_in_blocks_of_64() {
    styles_in_blocks_of_64(0);
}

#[test]
fn the_other_styles_in_blocks_of_64() {
    styles_in_blocks_of_64(1);
}

#[test]
fn two_takes_of_one_instance_from_reset_are_the_same() {
    let mut rig = tests::fixtures::rig();
    let script = Script::bars(4.0, 120.0, (4, 4));
    let first = tests::fixtures::take(&mut rig, &script);
    let second = tests::fixtures::take(&mut rig, &script);
    assert_equal(&first, &second, "second take");
}

#[test]
fn offline_is_realtime() {
    let script = Script::bars(4.0, 97.0, (4, 4));
    let realtime = fresh_take(&[], &script);
    let mut rig = tests::fixtures::rig();
    rig.set_offline(true);
    assert_equal(
        &realtime,
        &tests::fixtures::take(&mut rig, &script),
        "offline",
    );
}

#[test]
fn notes_are_the_same_at_any_rate() {
    let ticks = |rate_hz: f64| {
        let script = Script {
            rate_hz,
            keep_sound: false,
            ..Script::bars(8.0, 120.0, (4, 4))
        };
        let frames = (script.frames as f64 / 48_000.0 * rate_hz) as u64;
        let take = fresh_take(&[], &Script { frames, ..script });
        let place = |frame: u64| (frame as f64 * 1920.0 / rate_hz).round() as i64;
        take.ons()
            .into_iter()
            .map(|(at, channel, key, velocity)| (place(at), channel, key, velocity))
            .collect()
    };
    let mut reference: Vec<(i64, u8, u8, u8)> = ticks(48_000.0);
    reference.sort();
    for rate in [22_050.0, 44_100.0, 96_000.0, 192_000.0] {
        let mut other = ticks(rate);
        other.sort();
        assert_eq!(first_difference(&reference, &other), None, "at {rate} Hz");
    }
}
