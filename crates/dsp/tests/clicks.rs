//! No clicks: starts, releases, steals and jumps never step.

mod common;

use common::{Do, bank, dry, patches, player, render};
use music::lane::Lane;
use music::patch::Patch;

const RATE: f32 = 48_000.0;

/// The sharpest corner of a stretch: the largest second difference.
fn corner(x: &[f32]) -> f32 {
    x.windows(3)
        .map(|w| (w[2] - 2.0 * w[1] + w[0]).abs())
        .fold(0.0, f32::max)
}

#[test]
fn a_note_starts_from_zero() {
    let patches = patches();
    for (index, (stem, patch)) in bank().iter().enumerate() {
        let (lane, pitch) = match patch {
            Patch::Kit(_) => (Lane::Drums, 36),
            _ => (Lane::Harmony, 60),
        };
        let events = [(100, Do::On(lane, pitch, 127, index as u8))];
        let audio = render(&mut player(&patches, RATE, &dry()), &events, 4_800, 512);
        let bus = &audio[1 + lane.index()][0];
        assert!(bus[..100].iter().all(|x| *x == 0.0), "{stem}");
        let peak = common::peak(&audio[1 + lane.index()]);
        assert!(
            bus[100].abs() < 0.12 * peak.max(0.1),
            "{stem} starts at {}",
            bus[100]
        );
    }
}

#[test]
fn a_release_does_not_step() {
    let patches = patches();
    for (index, (stem, patch)) in bank().iter().enumerate() {
        if let Patch::Kit(_) = patch {
            continue;
        }
        for off in [24_000, 24_005, 24_013] {
            let events = [
                (0, Do::On(Lane::Harmony, 55, 100, index as u8)),
                (off, Do::Off(Lane::Harmony, 55)),
            ];
            let audio = render(&mut player(&patches, RATE, &dry()), &events, 30_000, 512);
            let bus = &audio[1 + Lane::Harmony.index()][0];
            let before = corner(&bus[off - 2_400..off]);
            let after = corner(&bus[off..off + 2_400]);
            assert!(
                after < 1.5 * before + 0.002,
                "{stem}: {before} before, {after} after"
            );
        }
    }
}

#[test]
fn a_jump_fades_within_5_ms() {
    let patches = patches();
    for (index, (stem, patch)) in bank().iter().enumerate() {
        let (lane, pitch) = match patch {
            Patch::Kit(_) => (Lane::Drums, 46),
            _ => (Lane::Harmony, 55),
        };
        let at = 7_205;
        let events = [(0, Do::On(lane, pitch, 100, index as u8)), (at, Do::Cut)];
        // The strip's own effects ring a little longer than the voices.
        let mut player = player(&patches, RATE, &dry());
        let audio = render(&mut player, &events, at + 2_400, 512);
        let bus = &audio[1 + lane.index()][0];
        let (before, after) = (corner(&bus[at - 2_400..at]), corner(&bus[at..]));
        assert!(
            after < 1.5 * before + 0.003,
            "{stem}: {before} before, {after} after"
        );
        assert_eq!(player.voices(), 0, "{stem}");
    }
}

#[test]
fn a_cut_voice_is_gone_after_5_ms() {
    let patches = patches();
    let pad = common::index_of("air-pad");
    let events = [(0, Do::On(Lane::Texture, 60, 100, pad)), (20_000, Do::Cut)];
    let mut player = player(&patches, RATE, &dry());
    render(&mut player, &events, 20_000 + 240 + 16, 512);
    assert_eq!(player.voices(), 0);
}

#[test]
fn stealing_does_not_step() {
    let patches = patches();
    let organ = common::index_of("soft-organ");
    let mut events: Vec<(usize, Do)> = (0..64)
        .map(|i| (10 * i, Do::On(Lane::Harmony, 36 + i as u8, 60, organ)))
        .collect();
    for i in 0..20 {
        events.push((
            20_000 + 501 * i,
            Do::On(Lane::Texture, 40 + i as u8, 90, organ),
        ));
    }
    let mut player = player(&patches, RATE, &dry());
    let audio = render(&mut player, &events, 40_000, 512);
    let meters = player.take_meters();
    assert_eq!(meters.voices_stolen, 20);
    assert!(player.voices() <= 64);
    let bus = &audio[1 + Lane::Harmony.index()][0];
    let (before, after) = (corner(&bus[10_000..20_000]), corner(&bus[20_000..]));
    assert!(
        after < 1.3 * before + 0.002,
        "{before} before, {after} after"
    );
}

#[test]
fn closed_hats_end_the_open_one() {
    let patches = patches();
    let kit = common::index_of("rock-kit");
    let level = |close: Option<u8>| {
        let mut events = vec![(0, Do::On(Lane::Drums, 46, 110, kit))];
        if let Some(key) = close {
            events.push((4_800, Do::On(Lane::Drums, key, 20, kit)));
        }
        let audio = render(&mut player(&patches, RATE, &dry()), &events, 14_400, 512);
        audio[1][0][12_000..]
            .iter()
            .map(|x| x * x)
            .sum::<f32>()
            .sqrt()
    };
    let open = level(None);
    assert!(level(Some(42)) < 0.2 * open);
    assert!(level(Some(44)) < 0.2 * open);
}
