//! The plug-in's saved state, opened: the framework's JSON with parameters and persisted fields.
//!
//! A CLAP state starts with the length of what follows (eight bytes, little end first); a VST3 state is
//! the same. Fields are JSON inside strings.

use anyhow::{Context, Result, anyhow, bail};
use serde_json::{Map, Value};

/// Reads the JSON of a state.
///
/// # Errors
/// When it is shorter than it says or no JSON object.
pub fn open(state: &[u8]) -> Result<Map<String, Value>> {
    let (length, rest) = state
        .split_first_chunk::<8>()
        .context("the state is too short")?;
    let length = u64::from_le_bytes(*length) as usize;
    let json = rest.get(..length).context("the state is cut off")?;
    match serde_json::from_slice(json)? {
        Value::Object(map) => Ok(map),
        _ => bail!("the state is no object"),
    }
}

/// Packs JSON as a state.
pub fn pack(json: &Map<String, Value>) -> Vec<u8> {
    let text = serde_json::to_vec(json).unwrap_or_default();
    let mut state = (text.len() as u64).to_le_bytes().to_vec();
    state.extend(text);
    state
}

/// The words of all parameters in a state.
///
/// # Errors
/// When it cannot be opened.
pub fn param_ids(state: &[u8]) -> Result<Vec<String>> {
    let json = open(state)?;
    let params = json
        .get("params")
        .and_then(Value::as_object)
        .context("no parameters in the state")?;
    Ok(params.keys().cloned().collect())
}

/// A persisted field, parsed.
///
/// # Errors
/// When there is no such field or it holds no JSON.
pub fn field(state: &[u8], name: &str) -> Result<Value> {
    let json = open(state)?;
    let text = json
        .get("fields")
        .and_then(|f| f.get(name))
        .and_then(Value::as_str)
        .ok_or_else(|| anyhow!("the state has no field {name}"))?;
    Ok(serde_json::from_str(text)?)
}

/// The state with a persisted field replaced.
///
/// # Errors
/// When it cannot be opened.
pub fn with_field(state: &[u8], name: &str, value: &Value) -> Result<Vec<u8>> {
    let mut json = open(state)?;
    let fields = json
        .entry("fields")
        .or_insert_with(|| Value::Object(Map::new()));
    let fields = fields.as_object_mut().context("fields is no object")?;
    fields.insert(name.to_owned(), Value::String(value.to_string()));
    Ok(pack(&json))
}
