//! Every style plays, sounds on every lane and stays under full scale.

use tests::fixtures::{edit_song, rig_with, take};
use tests::script::Script;

/// A whole song, so that every lane has its sections.
fn plays(stem: &str) {
    let style = tests::stage::style(stem);
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
        assert!(
            take.peak(bus) > 0.002,
            "{stem}: {name} is silent ({})",
            take.peak(bus)
        );
        assert!(
            take.peak(bus) <= 1.0,
            "{stem}: {name} goes over full scale ({})",
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

macro_rules! styles {
    ($($name:ident)*) => {
        $( #[test] fn $name() { plays(stringify!($name)); } )*
        #[test]
        fn every_style_is_played() {
            let have: Vec<&str> = tests::stage::styles().iter().map(|s| s.stem.as_str()).collect();
            for stem in have {
                assert!([$(stringify!($name)),*].contains(&stem), "{stem} has no test here");
            }
        }
    };
}

styles! { rock pop ballad funk lofi trap house jazz bossa }
