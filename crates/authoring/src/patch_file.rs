//! An instrument file (TOML) to a [`Patch`]: one table named after the technique that makes the sound.

use music::patch::Patch;

use crate::problem::{Problem, unknown};

/// Reads a patch and checks its ranges.
///
/// # Errors
/// The first fault, with its line.
pub fn read(file: &str, text: &str) -> Result<Patch, Vec<Problem>> {
    let problem = |line: usize, key: &str, message: String| {
        vec![Problem {
            file: file.to_string(),
            line,
            key: key.to_string(),
            message,
        }]
    };
    let patch: Patch = toml::from_str(text).map_err(|error| {
        let line = error
            .span()
            .map_or(0, |span| 1 + text[..span.start].matches('\n').count());
        let (key, message) = plain(error.message());
        problem(line, &key, message)
    })?;
    if let Err(error) = patch.validate() {
        let message = error.to_string();
        // The message starts with "[table] field": the line that sets the field is the one to mend.
        let field = message.split_whitespace().nth(1).unwrap_or("");
        let sets = |line: &str| {
            line.split('=')
                .next()
                .is_some_and(|key| key.trim() == field)
        };
        let line = text.lines().position(sets).map_or(0, |index| index + 1);
        return Err(problem(line, "", message));
    }
    Ok(patch)
}

/// serde's words for an unknown name, with the nearest known one instead of all of them.
fn plain(message: &str) -> (String, String) {
    let message = message.lines().next().unwrap_or("").to_string();
    let quoted: Vec<&str> = message.split('`').skip(1).step_by(2).collect();
    let what = match message.split('`').next().map(str::trim) {
        Some("unknown field") => "key",
        Some("unknown variant") => "name",
        _ => return (String::new(), message),
    };
    match quoted[..] {
        [name, ref known @ ..] if !known.is_empty() => {
            (name.to_string(), unknown(what, name, known))
        }
        _ => (String::new(), message),
    }
}
