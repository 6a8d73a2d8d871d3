//! Every style plays, sounds on every lane and stays under full scale.

use tests::fixtures::{edit_song, rig_with, take};
use tests::script::Script;

/// Share of the styles that one test plays: tests run side by side.
const SHARES: usize = 4;

/// Stems lie before the limiter and keep headroom of their own.
const STEM_PEAK: f32 = 1.0;

/// A whole song, so that every lane has its sections.
fn plays(style: &music::style::Style) {
    let stem = style.stem.as_str();
    let mut rig = rig_with(&[("style", style.name.as_str())]);
    edit_song(&mut rig, |song| song["bars"] = 24.into());
    let script = Script {
        rate_hz: 44_100.0,
        ..Script::bars(24.0, style.tempo.1 as f64, (4, 4))
    };
    let frames = (script.frames as f64 / 48_000.0 * 44_100.0) as u64;
    let take = take(&mut rig, &Script { frames, ..script });
    for (bus, name) in ["Main", "Drums", "Bass", "Harmony", "Texture", "Melody"]
        .iter()
        .enumerate()
    {
        let highest = if bus == 0 { 1.0 } else { STEM_PEAK };
        assert!(
            take.peak(bus) > 0.002,
            "{stem}: {name} is silent ({})",
            take.peak(bus)
        );
        assert!(
            take.peak(bus) <= highest,
            "{stem}: {name} reaches {}",
            take.peak(bus)
        );
    }
    for channel in [10, 2, 3, 4, 1] {
        assert!(
            take.ons().iter().any(|on| on.1 == channel),
            "{stem}: no notes on channel {channel}"
        );
    }
    assert_eq!(take.unbalanced(), Vec::<String>::new(), "{stem}");
}

fn share(number: usize) {
    tests::stage::styles()
        .iter()
        .skip(number)
        .step_by(SHARES)
        .for_each(plays);
}

#[test]
fn every_style_plays_first_share() {
    share(0);
}

#[test]
fn every_style_plays_second_share() {
    share(1);
}

#[test]
fn every_style_plays_third_share() {
    share(2);
}

#[test]
fn every_style_plays_fourth_share() {
    share(SHARES - 1);
}

#[test]
fn presets_load_without_a_word() {
    let problems: Vec<String> = tests::stage::library()
        .problems
        .iter()
        .map(|p| p.to_string())
        .collect();
    assert_eq!(problems, Vec::<String>::new());
}

#[test]
fn there_are_eight_styles_at_least() {
    assert!(tests::stage::styles().len() >= 8);
}
