use std::collections::HashSet;

use nice_plug::params::internals::ParamPtr;

use super::*;

fn every_param(check: impl Fn(&str, ParamPtr)) {
    let params = MuseParams::new(&Shared::new());
    for (id, ptr, _) in params.param_map() {
        check(&id, ptr);
    }
}

// SAFETY in this module: `every_param` keeps the parameters alive while `check` runs.
fn text(ptr: ParamPtr, normalized: f32, unit: bool) -> String {
    unsafe { ptr.normalized_value_to_string(normalized, unit) }
}
fn value(ptr: ParamPtr, text: &str) -> Option<f32> {
    unsafe { ptr.string_to_normalized_value(text) }
}
fn plain(ptr: ParamPtr, normalized: f32) -> f32 {
    unsafe { ptr.preview_plain(normalized) }
}
fn param(id: &str, check: impl Fn(ParamPtr)) {
    let found = std::cell::Cell::new(false);
    every_param(|other, ptr| {
        if other == id {
            found.set(true);
            check(ptr);
        }
    });
    assert!(found.get(), "{id}");
}

/// What the framework makes of an id for hosts that want numbers.
fn hash(id: &str) -> u32 {
    let sum = id.bytes().fold(0u32, |sum, byte| {
        sum.wrapping_mul(31).wrapping_add(u32::from(byte))
    });
    sum & !(1 << 31)
}

#[test]
fn ids_are_unique_words_and_hash_apart() {
    let ids = param_ids();
    let unique: HashSet<&String> = ids.iter().collect();
    let hashes: HashSet<u32> = ids.iter().map(|id| hash(id)).collect();
    assert_eq!(unique.len(), ids.len());
    assert_eq!(hashes.len(), ids.len());
    assert!(
        ids.iter()
            .all(|id| id.bytes().all(|b| b.is_ascii_lowercase() || b == b'_'))
    );
    assert_eq!(ids.len(), 13 + 5 * 13 + 1 + 9 + 5 * 3 + 2 + 5 * 15 + 6);
}

#[test]
fn every_parameter_reads_back_what_it_shows() {
    every_param(|id, ptr| {
        let steps = unsafe { ptr.step_count() }.unwrap_or(400).min(2000);
        for step in 0..=steps {
            let normalized = step as f32 / steps as f32;
            for unit in [true, false] {
                let shown = text(ptr, normalized, unit);
                let read =
                    value(ptr, &shown).unwrap_or_else(|| panic!("{id} does not read {shown:?}"));
                assert_eq!(text(ptr, read, unit), shown, "{id}");
                let (a, b) = (plain(ptr, read), plain(ptr, normalized));
                assert!(
                    (a - b).abs() <= 0.051,
                    "{id}: {shown:?} is {b} and reads as {a}"
                );
            }
        }
    });
}

#[test]
fn nonsense_is_refused() {
    every_param(|id, ptr| {
        for text in ["", "blorp", "NaN", "inf", "12 bananas", "\u{1f941}"] {
            assert_eq!(value(ptr, text), None, "{id} takes {text:?}");
        }
    });
}

#[test]
fn text_is_what_musicians_say() {
    let shows = |id: &str, text_in: &str, shown: &str| {
        param(id, |ptr| {
            let read =
                value(ptr, text_in).unwrap_or_else(|| panic!("{id} does not read {text_in:?}"));
            assert_eq!(text(ptr, read, true), shown, "{id} {text_in:?}");
        });
    };
    shows("humanize", "100 %", "100 %");
    shows("drums_density", "62%", "62 %");
    shows("drums_density", " 62 ", "62 %");
    shows("drums_density", "250", "100 %");
    shows("bass_push", "+12 ms", "+12 ms");
    shows("bass_push", "-7", "-7 ms");
    shows("bass_push", "\u{2212}7 ms", "-7 ms");
    shows("melody_register", "+1", "+1 oct");
    shows("swing", "-100 %", "-100 %");
    shows("key", "d", "D");
    shows("key", "C#", "Db");
    shows("key", "Gb", "F#");
    shows("scale", "dorian", "Dorian");
    shows("scale", "harmonic-minor", "Harmonic minor");
    shows("scale", "min", "Minor");
    shows("keys", "chords", "Chords");
    shows("run", "internal", "Internal");
    shows("bass_channel", "off", "Off");
    shows("drums_channel", "10", "10");
    shows("tempo", "92,5 bpm", "92.50 BPM");
    shows("master_level", "-inf", "-inf dB");
    shows("bass_level", "-3.24", "-3.2 dB");
    shows("bass_level", "0", "0.0 dB");
    shows("bass_pan", "30l", "30L");
    shows("bass_pan", "center", "C");
    shows("bypass", "on", "On");
    shows(
        "main_carries",
        "what is not on a stem",
        "What is not on a stem",
    );
    let installed = crate::material::installed();
    let free = (0..=255)
        .rev()
        .find(|slot| installed.iter().all(|s| s.slot != *slot));
    let free = format!("Style {} (missing)", free.unwrap_or(255));
    shows("style", &free, &free);
    shows("seed", "0007", "7");
    shows("bass_rhythm", "resultant 4:3", "Resultant 4:3");
    shows("drums_rhythm", "cycle of 3 beats", "Cycle of 3 beats");
    shows("groove", "jazz", "Jazz");
    shows("groove", "style's own", "Style's own");
    shows(
        "melody_groove",
        "Groove 60 (missing)",
        "Groove 60 (missing)",
    );
    shows("root_cycle", "three tonics", "Three tonics");
    shows("voice_leading", "drop 2", "Drop 2");
    shows("pace", "half time", "Half time");
    shows("texture_blend", "-30", "-30 %");
}

#[test]
fn styles_go_by_name_stem_and_number() {
    param("style", |ptr| {
        for style in crate::material::installed().iter() {
            let slot = f32::from(style.slot);
            for word in [style.name.as_str(), style.stem.as_str()] {
                for word in [word.to_owned(), word.to_uppercase()] {
                    assert_eq!(
                        value(ptr, &word).map(|v| plain(ptr, v)),
                        Some(slot),
                        "{word}"
                    );
                }
            }
            let number = style.slot.to_string();
            assert_eq!(value(ptr, &number).map(|v| plain(ptr, v)), Some(slot));
            assert_eq!(text(ptr, slot / 255.0, true), style.name.as_str());
        }
        assert_eq!(value(ptr, "256"), None);
    });
}

#[test]
fn defaults_are_musics() {
    let params = MuseParams::new(&Shared::new());
    assert_eq!(params.controls(), Controls::default());
}

/// Whether the mixer reads it and no engine.
fn is_mixers(id: &str) -> bool {
    const MASTER: [&str; 6] = [
        "master",
        "loudness",
        "loudness_custom",
        "ceiling",
        "auto_mix",
        "match",
    ];
    const STRIP: [&str; 15] = [
        "tone",
        "attack",
        "body",
        "drive",
        "space",
        "mute",
        "solo",
        "reverb",
        "delay",
        "width",
        "eq_low",
        "eq_low_mid",
        "eq_high_mid",
        "eq_high",
        "compression",
    ];
    let lanes = id
        .split_once('_')
        .filter(|(lane, _)| Lane::PLAYED.iter().any(|played| played.id() == *lane));
    MASTER.contains(&id) || lanes.is_some_and(|(_, control)| STRIP.contains(&control))
}

#[test]
fn every_knob_of_the_mixer_reaches_the_mixer() {
    let params = MuseParams::new(&Shared::new());
    let before = params.faders();
    let mut count = 0;
    for (id, ptr, _) in params.param_map() {
        if !is_mixers(&id) || id == "loudness_custom" {
            continue;
        }
        count += 1;
        let default = unsafe { ptr.default_normalized_value() };
        let moved = if default > 0.5 { 0.0 } else { 1.0 };
        unsafe { ptr._internal_set_normalized_value(moved) };
        assert_ne!(params.faders(), before, "{id}");
        unsafe { ptr._internal_set_normalized_value(default) };
        assert_eq!(params.faders(), before, "{id}");
    }
    assert_eq!(count, 5 * 15 + 5);
}

#[test]
fn every_control_reaches_the_engines() {
    // Which parameters are the mixer's, the clock's or the shell's.
    let others = [
        "bypass",
        "run",
        "tempo",
        "master_level",
        "main_carries",
        "level",
        "pan",
    ];
    let params = MuseParams::new(&Shared::new());
    let before = params.controls();
    for (id, ptr, _) in params.param_map() {
        let default = unsafe { ptr.default_normalized_value() };
        let word = id.rsplit('_').next().unwrap_or(&id);
        let moved = match (word, unsafe { ptr.step_count() }) {
            // The last places are kept for rhythms to come.
            ("rhythm", Some(steps)) => 1.0 / steps as f32,
            _ if default > 0.5 => 0.0,
            _ => 1.0,
        };
        unsafe { ptr._internal_set_normalized_value(moved) };
        let changed = params.controls() != before;
        let outside =
            others.contains(&id.as_str()) || matches!(word, "level" | "pan") || is_mixers(&id);
        assert_eq!(changed, !outside, "{id}");
        unsafe { ptr._internal_set_normalized_value(default) };
        assert_eq!(params.controls(), before, "{id}");
    }
}

#[test]
fn groups_are_the_lanes() {
    let params = MuseParams::new(&Shared::new());
    for (id, _, group) in params.param_map() {
        let lane = Lane::PLAYED
            .into_iter()
            .find(|lane| id.starts_with(&format!("{}_", lane.id())));
        assert_eq!(group, lane.map_or("Band", Lane::name), "{id}");
    }
}
