//! Repairs a state before nice-plug reads it: truncated, foreign or with members of the wrong kind.
//!
//! nice-plug refuses a whole state for one wrong byte. Here as much as can be understood is kept: the text
//! is cut after its last complete member, brackets are closed, parameters that are no parameters are left
//! out, and a message for the user travels along in the field `said`. Never fails and never panics: the
//! worst outcome is an empty state, which means defaults.

use serde_json::{Map, Value, json};

/// A state that nice-plug can read.
pub struct Mended {
    /// JSON of the whole state.
    pub json: Vec<u8>,
    /// Whether anything had to be done.
    pub changed: bool,
    /// Whether it was a state of ours at all; if not, `json` holds defaults and a message.
    pub ours: bool,
}

/// Makes `bytes` readable.
pub fn mend(bytes: &[u8]) -> Mended {
    let mut said: Vec<String> = Vec::new();
    let parsed = serde_json::from_slice::<Value>(bytes).ok().or_else(|| {
        let rescued = rescue(bytes)?;
        said.push("The saved state was cut short; what could be read is kept, the rest is at its default.".into());
        Some(rescued)
    });
    let Some(Value::Object(mut state)) = parsed.filter(is_ours) else {
        said.clear();
        said.push(
            "The saved state is not MuseAroo's or is damaged; everything is at its default.".into(),
        );
        return Mended {
            ours: false,
            ..finish(Map::new(), said)
        };
    };
    if !state.contains_key("fields") {
        said.push("The saved state had no song in it; the song is at its default.".into());
    }
    let dropped = clean_params(&mut state) + clean_fields(&mut state);
    if dropped > 0 {
        said.push(format!(
            "{dropped} saved settings were not readable; they are at their defaults."
        ));
    }
    if said.is_empty() {
        return Mended {
            json: bytes.to_vec(),
            changed: false,
            ours: true,
        };
    }
    finish(state, said)
}

/// A state of nice-plug's is an object that has parameters.
fn is_ours(value: &Value) -> bool {
    value.get("params").is_some_and(Value::is_object)
}

fn finish(mut state: Map<String, Value>, said: Vec<String>) -> Mended {
    let fields = state.entry("fields").or_insert_with(|| json!({}));
    if let Value::Object(fields) = fields {
        fields.insert("said".into(), Value::String(json!(said).to_string()));
    }
    state.entry("params").or_insert_with(|| json!({}));
    Mended {
        json: Value::Object(state).to_string().into_bytes(),
        changed: true,
        ours: true,
    }
}

/// Leaves out what is not a parameter value; counts it.
fn clean_params(state: &mut Map<String, Value>) -> usize {
    if !state.get("version").is_none_or(Value::is_string) {
        state.remove("version");
    }
    let Some(Value::Object(params)) = state.get_mut("params") else {
        return 0;
    };
    let before = params.len();
    params.retain(|_, value| is_param_value(value));
    before - params.len()
}

/// nice-plug's own writing: `{"i32": 60}`, `{"f32": 0.5}`, `{"bool": true}`, `{"string": "x"}`.
fn is_param_value(value: &Value) -> bool {
    let Value::Object(tagged) = value else {
        return false;
    };
    let mut members = tagged.iter();
    let (Some((tag, value)), None) = (members.next(), members.next()) else {
        return false;
    };
    match tag.as_str() {
        "i32" => value.as_i64().is_some_and(|v| i32::try_from(v).is_ok()),
        "f32" => value
            .as_f64()
            .is_some_and(|v| v.is_finite() && v.abs() < 1e30),
        "bool" => value.is_boolean(),
        "string" => value.is_string(),
        _ => false,
    }
}

/// Leaves out fields that are not text with JSON in it; counts them.
fn clean_fields(state: &mut Map<String, Value>) -> usize {
    let fields = state.entry("fields").or_insert_with(|| json!({}));
    let Value::Object(fields) = fields else {
        state.insert("fields".into(), json!({}));
        return 1;
    };
    let before = fields.len();
    fields.retain(|_, value| {
        value
            .as_str()
            .is_some_and(|text| serde_json::from_str::<serde::de::IgnoredAny>(text).is_ok())
    });
    before - fields.len()
}

/// Reads as much of a JSON object as is complete: cuts after the last complete member and closes what
/// stands open there.
fn rescue(bytes: &[u8]) -> Option<Value> {
    // Hosts that pad or cut inside a character leave bytes that are no text.
    let text = match std::str::from_utf8(bytes) {
        Ok(text) => text,
        Err(error) => std::str::from_utf8(&bytes[..error.valid_up_to()]).ok()?,
    };
    let mut open: Vec<u8> = Vec::new();
    let mut best: Option<(usize, Vec<u8>)> = None;
    let (mut in_string, mut escaped) = (false, false);
    for (at, byte) in text.bytes().enumerate() {
        if in_string {
            match byte {
                _ if escaped => escaped = false,
                b'\\' => escaped = true,
                b'"' => in_string = false,
                _ => {}
            }
            continue;
        }
        match byte {
            b'"' => in_string = true,
            b'{' => open.push(b'}'),
            b'[' => open.push(b']'),
            b'}' | b']' => {
                if open.pop() != Some(byte) {
                    break;
                }
                best = Some((at + 1, open.clone()));
                if open.is_empty() {
                    break;
                }
            }
            b',' => best = Some((at, open.clone())),
            _ => {}
        }
        if open.len() > 64 {
            break;
        }
    }
    let (end, open) = best?;
    let mut whole = text[..end].to_owned();
    whole.extend(open.iter().rev().map(|byte| *byte as char));
    serde_json::from_str(&whole).ok()
}
