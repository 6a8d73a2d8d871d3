//! What the project keeps: everything comes back; what is damaged comes back as far as it can.

use tests::fixtures::{edit_song, first_difference, rig, rig_with, take};
use tests::saved;
use tests::script::{Script, Take};

fn script() -> Script {
    Script {
        keep_sound: true,
        ..Script::bars(6.0, 120.0, (4, 4))
    }
}

fn assert_same(a: &Take, b: &Take) {
    assert_eq!(first_difference(&a.events, &b.events), None);
    assert!(a.sound == b.sound, "the sound differs");
}

#[test]
fn a_state_brings_back_notes_and_sound() {
    let mut one = rig_with(&[
        ("style", "Bossa nova"),
        ("key", "Eb"),
        ("scale", "Dorian"),
        ("seed", "77"),
        ("drums_density", "85 %"),
        ("bass_push", "+12 ms"),
        ("harmony_level", "-4.5 dB"),
        ("melody_channel", "7"),
    ]);
    edit_song(&mut one, |song| {
        song["bars"] = 12.into();
        song["start_bar"] = 2.into();
    });
    let state = one.save().unwrap();
    let first = take(&mut one, &script());
    assert!(first.ons().len() > 20);
    let mut other = rig();
    other.restore(&state).unwrap();
    assert_same(&first, &take(&mut other, &script()));
    let ids: Vec<String> = one.params().iter().map(|p| p.id.clone()).collect();
    for id in ids {
        assert_eq!(one.value(&id).unwrap(), other.value(&id).unwrap(), "{id}");
    }
}

#[test]
fn a_state_saved_while_playing_is_the_same() {
    let mut one = rig();
    let state = one.save().unwrap();
    one.activate(48_000.0, 512).unwrap();
    tests::script::roll(&mut one, &script()).unwrap();
    let playing = one.save().unwrap();
    one.deactivate();
    let without_meter = |state: &[u8]| {
        let mut json = saved::open(state).unwrap();
        // What the host said about its meter may show in the lead sheet alone.
        json["fields"].as_object_mut().unwrap().remove("lead_sheet");
        json
    };
    assert_eq!(
        without_meter(&state)["params"],
        without_meter(&playing)["params"]
    );
    assert_eq!(
        saved::field(&state, "song").unwrap(),
        saved::field(&playing, "song").unwrap()
    );
}

/// Engines that this build is not: later ones, which tie notes as these do (what older ones saved is in
/// `clap_engines.rs`).
const OTHERS: u32 = 9_000;

#[test]
fn a_song_that_other_engines_saved_plays_as_it_was() {
    let mut one = rig_with(&[("style", "Rock"), ("seed", "11")]);
    let first = take(&mut one, &script());
    let saved_by_others = |state: &[u8], seed: u16| {
        let mut engines = saved::field(state, "engines").unwrap();
        engines["engines"] = OTHERS.into();
        let mut notes = saved::field(state, "take").unwrap();
        notes["engines"] = OTHERS.into();
        notes["latch"]["seed"] = seed.into();
        (engines, notes)
    };
    // The notes of seed 11 as if other engines had played them for seed 12.
    let (engines, notes) = saved_by_others(&one.save().unwrap(), 12);
    let mut other = rig_with(&[("style", "Rock"), ("seed", "12")]);
    let state = other.save().unwrap();
    let own = take(&mut other, &script());
    assert!(first_difference(&first.events, &own.events).is_some());
    let state = saved::with_field(&state, "engines", &engines).unwrap();
    let state = saved::with_field(&state, "take", &notes).unwrap();
    let mut old = rig();
    old.restore(&state).unwrap();
    let kept = take(&mut old, &script());
    assert_eq!(first_difference(&first.events, &kept.events), None);
    // Saved again it is still theirs, and another seed is played anew.
    let again = old.save().unwrap();
    assert_eq!(saved::field(&again, "engines").unwrap()["engines"], OTHERS);
    assert_eq!(saved::field(&again, "take").unwrap(), notes);
    old.set("seed", "13").unwrap();
    let fresh = tests::fixtures::fresh_take(&[("style", "Rock"), ("seed", "13")], &script());
    let turned = take(&mut old, &script());
    assert_eq!(first_difference(&fresh.events, &turned.events), None);
}

#[test]
fn loading_a_state_while_notes_sound_ends_them() {
    let mut one = rig();
    let state = rig_with(&[("style", "House"), ("seed", "5")])
        .save()
        .unwrap();
    one.activate(48_000.0, 512).unwrap();
    let part = Script {
        frames: 60_000,
        keep_sound: false,
        ..script()
    };
    let mut all = tests::script::roll(&mut one, &part).unwrap();
    assert!(!all.unbalanced().is_empty(), "nothing sounds at the cut");
    one.restore(&state).unwrap();
    one.settle(100);
    let rest = Script {
        from_beats: 2.5,
        ..part
    };
    let mut later = tests::script::roll(&mut one, &rest).unwrap();
    tests::script::stop(&mut one, &rest, &mut later).unwrap();
    all.events.extend(later.events);
    assert_eq!(all.unbalanced(), Vec::<String>::new());
}

/// Damaged states in which there is nothing to keep.
const FOREIGN: [&str; 5] = [
    "nothing",
    "a length alone",
    "noise",
    "another program's",
    "an array",
];

#[test]
fn damaged_states_are_survived_and_what_is_whole_is_kept() {
    let mut donor = rig_with(&[("style", "Funk"), ("seed", "31"), ("humanize", "12 %")]);
    let whole = donor.save().unwrap();
    let packed = |text: &[u8]| {
        let mut state = (text.len() as u64).to_le_bytes().to_vec();
        state.extend(text);
        state
    };
    let cut = |share: f64| packed(&whole[8..8 + ((whole.len() - 8) as f64 * share) as usize]);
    let mut wrong_kind = saved::open(&whole).unwrap();
    wrong_kind["params"]["seed"] = "not a number".into();
    wrong_kind["fields"]["song"] = "{\"bars\": \"many\"".into();
    let states: Vec<(&str, Vec<u8>)> = vec![
        ("nothing", vec![]),
        ("a length alone", 5u64.to_le_bytes().to_vec()),
        ("a length that lies", {
            let mut s = whole.clone();
            s[0..8].copy_from_slice(&u64::MAX.to_le_bytes());
            s
        }),
        (
            "noise",
            packed(
                &(0..4000u32)
                    .map(|i| (i.wrapping_mul(2_654_435_761) >> 13) as u8)
                    .collect::<Vec<_>>(),
            ),
        ),
        (
            "another program's",
            packed(br#"{"gain": 3, "preset": "Strings"}"#),
        ),
        ("an array", packed(b"[1, 2, 3]")),
        ("cut at a tenth", cut(0.1)),
        ("cut in the middle", cut(0.5)),
        ("cut before the end", cut(0.98)),
        ("wrong kinds", saved::pack(&wrong_kind)),
    ];
    for (what, state) in &states {
        let mut rig = rig();
        // A host is told when nothing of ours was in it; the plug-in goes on playing either way.
        let foreign = FOREIGN.contains(what);
        assert_eq!(rig.restore(state).is_err(), foreign, "{what}");
        let take = take(&mut rig, &script());
        assert!(take.ons().len() > 10, "{what}: it plays no more");
        assert_eq!(take.unbalanced(), Vec::<String>::new(), "{what}");
    }
    let mut kept = rig();
    kept.restore(&saved::pack(&wrong_kind)).unwrap();
    assert_eq!(kept.text("style").unwrap(), "Funk");
    assert_eq!(kept.text("humanize").unwrap(), "12 %");
    assert_eq!(
        kept.value("seed").unwrap(),
        kept.param("seed").unwrap().default
    );
}

#[test]
fn every_parameter_reads_its_own_text() {
    let mut rig = rig();
    let params: Vec<_> = rig.params().to_vec();
    for param in params {
        let steps = (param.max - param.min).clamp(1.0, 300.0) as i32;
        for step in 0..=steps {
            let value = param.min + (param.max - param.min) * step as f64 / steps as f64;
            let text = rig.text_of(&param.id, value).unwrap();
            let back = rig
                .value_of(&param.id, &text)
                .unwrap_or_else(|e| panic!("{}: {text}: {e}", param.id));
            let again = rig.text_of(&param.id, back).unwrap();
            assert_eq!(text, again, "{} at {value}", param.id);
        }
        assert!(
            !param.name.is_empty() && !param.module.is_empty(),
            "{} has no group",
            param.id
        );
    }
}

#[test]
fn an_instrument_that_the_song_chose_is_heard_and_changes_no_note() {
    let plain = take(&mut rig(), &script());
    let chosen = |stem: &str| {
        let mut rig = rig();
        edit_song(&mut rig, |song| song["instruments"][2] = stem.into());
        take(&mut rig, &script())
    };
    let organ = chosen("organ");
    assert_eq!(first_difference(&plain.events, &organ.events), None);
    assert!(plain.sound != organ.sound, "the organ is not heard");
    assert_same(&organ, &chosen("organ"));
    // One that is not installed, and one that cannot play chords: the style's own.
    assert_same(&plain, &chosen("theremin"));
    assert_same(&plain, &chosen("saw-lead"));
}
