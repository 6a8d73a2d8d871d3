use std::collections::BTreeMap;

use nice_plug::params::Params;
use nice_plug::params::persist::PersistentField;
use nice_plug::plugin::{ParamValue, PluginState};
use serde_json::{Value, json};

use super::mend::mend;
use super::migrate::migrate;
use crate::handoff::Shared;
use crate::params::{MuseParams, param_ids};

/// What nice-plug would save for a new instance.
fn saved() -> PluginState {
    let params = MuseParams::new(&Shared::new());
    let mut state = PluginState {
        version: "0.1.0".into(),
        params: BTreeMap::new(),
        fields: params.serialize_fields(),
    };
    migrate(&mut state);
    state.fields = params.serialize_fields();
    state
}

fn json_of(state: &PluginState) -> Vec<u8> {
    serde_json::to_vec(state).unwrap()
}

fn loaded(state: &PluginState) -> std::sync::Arc<Shared> {
    let shared = Shared::new();
    let params = MuseParams::new(&shared);
    let mut state = state.clone();
    migrate(&mut state);
    params.deserialize_fields(&state.fields);
    shared
}

#[test]
fn a_song_carries_its_instruments_and_old_songs_have_none() {
    let mut state = saved();
    let song = |state: &PluginState| -> Value {
        serde_json::from_str(&state.fields["song"]).expect("the song is JSON")
    };
    let mut value = song(&state);
    value["instruments"][2] = json!("organ");
    value["instruments"][4] = json!("theremin");
    state.fields.insert("song".into(), value.to_string());
    let shared = loaded(&state);
    let organ = crate::material::library().instrument(music::lane::Lane::Harmony, "organ");
    assert!(organ.is_some());
    assert_eq!(
        shared.material().patches,
        [None, None, organ, None, None, None]
    );
    assert!(shared.log().iter().any(|line| line.contains("theremin")));
    value.as_object_mut().unwrap().remove("instruments");
    state.fields.insert("song".into(), value.to_string());
    let old = loaded(&state);
    assert_eq!(old.material().patches, [None; 6]);
    assert_eq!(old.log(), Shared::new().log());
}

#[test]
fn only_an_edit_of_the_song_marks_the_project() {
    let shared = loaded(&saved());
    assert!(!shared.project.wants_main_thread(), "loading is no edit");
    let song = shared.material().song.clone();
    shared.edit_song("", song.clone());
    assert!(!shared.project.wants_main_thread(), "nothing has changed");
    shared.edit_song("", music::song::Song { bars: 12, ..song });
    assert!(shared.project.wants_main_thread());
}

#[test]
fn a_whole_state_is_left_alone() {
    let bytes = json_of(&saved());
    let mended = mend(&bytes);
    assert!(!mended.changed);
    assert_eq!(mended.json, bytes);
}

#[test]
fn a_state_cut_anywhere_is_readable_and_keeps_what_it_has() {
    let mut state = saved();
    state.params.insert("seed".into(), ParamValue::I32(77));
    let bytes = json_of(&state);
    let seed_ends = bytes.windows(9).position(|w| w == b"\"i32\":77}").unwrap() + 9;
    let step = (bytes.len() / 1000).max(1);
    for cut in (0..bytes.len()).step_by(step).chain([seed_ends]) {
        let mended = mend(&bytes[..cut]);
        let read: PluginState = serde_json::from_slice(&mended.json)
            .unwrap_or_else(|error| panic!("cut at {cut}: {error}"));
        assert!(mended.changed, "cut at {cut}");
        assert!(
            read.fields.contains_key("said"),
            "cut at {cut} says nothing"
        );
        if cut >= seed_ends {
            assert!(
                matches!(read.params.get("seed"), Some(ParamValue::I32(77))),
                "cut at {cut} lost the seed"
            );
        }
        let mut read = read;
        migrate(&mut read);
        assert_eq!(read.params.len(), param_ids().len());
    }
}

#[test]
fn foreign_and_damaged_states_are_defaults_with_a_word() {
    let deep = "[".repeat(100_000);
    let nested = format!("{{\"params\":{}", "{\"a\":".repeat(5_000));
    let foreign: [&[u8]; 12] = [
        b"",
        b"hello",
        b"{}",
        b"[]",
        b"null",
        b"{\"params\":3}",
        b"\xff\xfe\x00\x01",
        b"VSTW\x00\x00\x00",
        b"{\"params\":{\"seed\":{\"i32\":1}},",
        b"{\"version\":3,\"params\":{},\"fields\":[]}",
        deep.as_bytes(),
        nested.as_bytes(),
    ];
    for bytes in foreign {
        let mended = mend(bytes);
        let mut state: PluginState = serde_json::from_slice(&mended.json).unwrap();
        migrate(&mut state);
        assert!(!loaded(&state).log().is_empty());
    }
}

#[test]
fn a_flipped_byte_never_breaks_loading() {
    let bytes = json_of(&saved());
    let step = (bytes.len() / 200).max(1);
    for at in (0..bytes.len()).step_by(step) {
        for with in [b'"', b'{', b'}', b'0', 0x80] {
            let mut damaged = bytes.clone();
            damaged[at] = with;
            let mended = mend(&damaged);
            let mut state: PluginState = serde_json::from_slice(&mended.json).unwrap();
            migrate(&mut state);
        }
    }
}

#[test]
fn a_state_without_its_song_keeps_its_settings() {
    for text in [
        r#"{"params":{"seed":{"i32":9}}}"#,
        r#"{"params":{"seed":{"i32":9}},"fiel0s":{}}"#,
    ] {
        let mended = mend(text.as_bytes());
        let mut read: PluginState = serde_json::from_slice(&mended.json).unwrap();
        migrate(&mut read);
        assert!(matches!(read.params["seed"], ParamValue::I32(9)));
        assert!(!loaded(&read).log().is_empty());
    }
}

#[test]
fn members_of_the_wrong_kind_cost_only_themselves() {
    let state = json!({
        "version": "0.1.0",
        "params": {
            "seed": {"i32": 9}, "key": 3, "scale": {"i32": 1e300}, "swing": null,
            "tempo": {"f32": 90.0}, "energy": {"i32": 70, "f32": 1.0},
        },
        "fields": {"song": "{not json", "engines": 7},
    });
    let mended = mend(state.to_string().as_bytes());
    let mut read: PluginState = serde_json::from_slice(&mended.json).unwrap();
    assert!(mended.changed);
    let kept: Vec<&str> = read.params.keys().map(String::as_str).collect();
    assert_eq!(kept, ["seed", "tempo"]);
    migrate(&mut read);
    assert!(matches!(read.params["seed"], ParamValue::I32(9)));
    assert!(matches!(read.params["key"], ParamValue::I32(0)));
}

#[test]
fn values_out_of_range_are_brought_in_and_missing_ones_are_defaults() {
    let mut state = saved();
    state
        .params
        .insert("seed".into(), ParamValue::I32(1_000_000));
    state.params.insert("key".into(), ParamValue::I32(-4));
    state
        .params
        .insert("tempo".into(), ParamValue::F32(f32::NAN));
    state.params.insert("bypass".into(), ParamValue::I32(1));
    state
        .params
        .insert("from_the_future".into(), ParamValue::Bool(true));
    state.params.remove("humanize");
    migrate(&mut state);
    assert!(matches!(state.params["seed"], ParamValue::I32(9999)));
    assert!(matches!(state.params["key"], ParamValue::I32(0)));
    assert!(matches!(state.params["tempo"], ParamValue::F32(t) if t == 120.0));
    assert!(matches!(state.params["bypass"], ParamValue::Bool(false)));
    assert!(matches!(state.params["humanize"], ParamValue::I32(70)));
    assert!(!state.params.contains_key("from_the_future"));
    let log = loaded(&state).log().join("\n");
    assert!(
        log.contains("unknown here") && log.contains("out of range"),
        "{log}"
    );
}

#[test]
fn a_song_comes_back_and_a_damaged_member_costs_only_itself() {
    let shared = Shared::new();
    let params = MuseParams::new(&shared);
    let mut song = shared.material().song.clone();
    song.bars = 48;
    song.start_bar = 5;
    song.title = music::name("Rain");
    shared.set_song(song.clone());
    let mut state = saved();
    state.fields = params.serialize_fields();
    assert_eq!(loaded(&state).material().song, song);

    let mut damaged: Value = serde_json::from_str(&state.fields["song"]).unwrap();
    damaged["meter"] = json!("seven");
    damaged["bars"] = json!(9_000);
    state.fields.insert("song".into(), damaged.to_string());
    let again = loaded(&state);
    assert_eq!(again.material().song.bars, 400);
    assert_eq!(again.material().song.title, song.title);
    assert_eq!(again.material().song.start_bar, 5);
    assert!(again.log().iter().any(|line| line.contains("meter")));
}

#[test]
fn another_projects_song_does_not_stay() {
    let shared = Shared::new();
    let params = MuseParams::new(&shared);
    let mut song = shared.material().song.clone();
    song.bars = 48;
    shared.set_song(song);
    let mut state = saved();
    state.fields.remove("song");
    migrate(&mut state);
    params.deserialize_fields(&state.fields);
    assert_eq!(shared.material().song, music::song::Song::default());
}

#[test]
fn a_missing_style_plays_from_the_project() {
    let shared = Shared::new();
    let params = MuseParams::new(&shared);
    let mut own = shared.material().style(0).unwrap().clone();
    let free = (0..=255u8)
        .find(|slot| shared.material().styles.iter().all(|s| s.slot != *slot))
        .unwrap();
    own.slot = free;
    own.name = music::name("Grandma's polka");
    own.stem = music::name("grandmas-polka");
    let text = authoring::library::style_to_json(&own);
    params
        .styles
        .set(vec![serde_json::from_str(&text).unwrap()]);
    let material = shared.material();
    assert_eq!(material.style(free).unwrap().name, own.name);
    assert_eq!(material.style(free).unwrap().mix.patches, own.mix.patches);
    assert!(
        shared
            .log()
            .iter()
            .any(|line| line.contains("Grandma's polka"))
    );
    // Saved again, it is still there.
    let fields = params.serialize_fields();
    assert!(fields["styles"].contains("Grandma's polka"));
    // The next project forgets it.
    params.styles.set(Vec::new());
    assert_ne!(shared.material().style(free).unwrap().name, own.name);
    assert!(!params.serialize_fields()["styles"].contains("Grandma's polka"));
}

#[test]
fn an_installed_style_that_is_the_same_is_not_doubled() {
    let shared = Shared::new();
    let params = MuseParams::new(&shared);
    let before = shared.log().len();
    let fields = params.serialize_fields();
    let saved: Vec<Value> = serde_json::from_str(&fields["styles"]).unwrap();
    assert_eq!(saved.len(), 1, "the style that stands is always saved");
    params.styles.set(saved);
    assert_eq!(shared.log().len(), before);
    assert_eq!(
        shared.material().styles.len(),
        crate::material::installed().len()
    );
}

#[test]
fn other_engines_are_noticed() {
    let mut state = saved();
    state.fields.insert(
        "engines".into(),
        r#"{"state":1,"engines":999,"program":"9.9"}"#.into(),
    );
    assert!(loaded(&state).log().iter().any(|line| line.contains("9.9")));
    state.fields.insert(
        "engines".into(),
        r#"{"state":99,"engines":1,"program":"9.9"}"#.into(),
    );
    assert!(
        loaded(&state)
            .log()
            .iter()
            .any(|line| line.contains("newer"))
    );
}
