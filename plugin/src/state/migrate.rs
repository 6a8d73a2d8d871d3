//! Brings a state of any revision up to this one, and fills in what it does not say.
//!
//! nice-plug leaves a parameter that a state does not mention where it stands; a project must sound the
//! same wherever it is loaded, so missing parameters and fields are set to their defaults here. Numbers
//! outside their range are brought to its end.

use std::collections::BTreeMap;
use std::sync::LazyLock;

use nice_plug::plugin::{ParamValue, PluginState};
use serde_json::Value;

use super::STATE_REVISION;
use super::fields::Revisions;
use crate::handoff::Shared;
use crate::params::{Knobs, MuseParams, Plain};

/// What may be said of every parameter, by its id.
static KNOWN: LazyLock<BTreeMap<String, Plain>> = LazyLock::new(|| {
    let params = MuseParams::new(&Shared::new());
    let knobs = Knobs::of(&params);
    let known = |id: &String| Some((id.clone(), knobs.plain(id)?));
    knobs.ids().filter_map(known).collect()
});

/// Prepares a state for loading.
pub fn migrate(state: &mut PluginState) {
    let mut said: Vec<String> = Vec::new();
    let saved: Revisions = field(state, "engines").unwrap_or_else(|| Revisions {
        state: 0,
        ..Revisions::default()
    });
    if saved.state > STATE_REVISION {
        said.push(format!(
            "Saved by a newer MuseAroo ({}); what this one ({}) does not know is left out.",
            saved.program,
            env!("CARGO_PKG_VERSION"),
        ));
    }
    let (unknown, mended) = fit_params(state);
    if unknown > 0 {
        said.push(format!(
            "{unknown} saved parameters are unknown here and were left out."
        ));
    }
    if mended > 0 {
        said.push(format!(
            "{mended} saved parameters were out of range and were brought into it."
        ));
    }
    for (name, default) in [
        ("song", "{}"),
        ("styles", "[]"),
        ("take", "null"),
        ("fonts", "[]"),
        ("setup", "{}"),
        ("history", "{}"),
        ("variations", "[]"),
    ] {
        state
            .fields
            .entry(name.to_owned())
            .or_insert_with(|| default.to_owned());
    }
    // A field of the wrong shape would be skipped in silence.
    if field::<Vec<Value>>(state, "styles").is_none() {
        state.fields.insert("styles".into(), "[]".into());
        said.push(
            "The project's copies of its styles are damaged; the installed ones play.".into(),
        );
    }
    if field::<Revisions>(state, "engines").is_none() {
        state.fields.remove("engines");
    }
    // Never read back, and long.
    state.fields.remove("lead_sheet");
    if field::<Value>(state, "song").is_none() {
        state.fields.insert("song".into(), "{}".into());
        said.push("The saved song is damaged; a new song takes its place.".into());
    }
    let mut all: Vec<String> = field(state, "said").unwrap_or_default();
    all.extend(said);
    state
        .fields
        .insert("said".into(), serde_json::json!(all).to_string());
}

fn field<T: serde::de::DeserializeOwned>(state: &PluginState, name: &str) -> Option<T> {
    serde_json::from_str(state.fields.get(name)?).ok()
}

/// Leaves out unknown parameters, brings the others into range and adds the missing ones. Gives how many
/// were unknown and how many were mended.
fn fit_params(state: &mut PluginState) -> (usize, usize) {
    let before = state.params.len();
    state.params.retain(|id, _| KNOWN.contains_key(id));
    let unknown = before - state.params.len();
    let mut mended = 0;
    for (id, known) in KNOWN.iter() {
        let value = match (state.params.get(id), &known.default) {
            (None, default) => default.clone(),
            (Some(ParamValue::F32(v)), ParamValue::F32(_)) if v.is_finite() => {
                let fitted = v.clamp(known.low, known.high);
                mended += usize::from(fitted != *v);
                ParamValue::F32(fitted)
            }
            (Some(ParamValue::I32(v)), ParamValue::I32(_)) => {
                let fitted = (*v).clamp(known.low as i32, known.high as i32);
                mended += usize::from(fitted != *v);
                ParamValue::I32(fitted)
            }
            (Some(ParamValue::Bool(v)), ParamValue::Bool(_)) => ParamValue::Bool(*v),
            (Some(_), default) => {
                mended += 1;
                default.clone()
            }
        };
        state.params.insert(id.clone(), value);
    }
    (unknown, mended)
}
