//! What is wrong with a preset file, in one line that names file, line, key and the nearest valid name.
//!
//! The user can fix each of them with a text editor; none of them stops the other files.

use std::fmt;

/// One fault of one file.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Problem {
    /// Path of the file, from the preset folder.
    pub file: String,
    /// Line, 1-based; 0 where no line is to blame.
    pub line: usize,
    /// Key with its tables, `drums.groove.kick`; empty where no key is to blame.
    pub key: String,
    /// What is wrong, and what would be right.
    pub message: String,
}

impl fmt::Display for Problem {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}", self.file)?;
        if self.line > 0 {
            write!(f, ":{}", self.line)?;
        }
        if !self.key.is_empty() {
            write!(f, ": {}", self.key)?;
        }
        write!(f, ": {}", self.message)
    }
}

/// The nearest of some names to a mistyped one, if any is near enough to be meant.
pub fn nearest<'a>(text: &str, names: impl IntoIterator<Item = &'a str>) -> Option<&'a str> {
    let wanted = text.to_lowercase();
    names
        .into_iter()
        .map(|name| (strsim::jaro_winkler(&wanted, &name.to_lowercase()), name))
        .filter(|(likeness, _)| *likeness >= NEAR)
        .max_by(|a, b| a.0.total_cmp(&b.0))
        .map(|(_, name)| name)
}

/// The name most like a mistyped one, however far.
pub fn most_like<'a>(text: &str, names: impl IntoIterator<Item = &'a str>) -> Option<&'a str> {
    let wanted = text.to_lowercase();
    names
        .into_iter()
        .map(|name| (strsim::jaro_winkler(&wanted, &name.to_lowercase()), name))
        .max_by(|a, b| a.0.total_cmp(&b.0))
        .map(|(_, name)| name)
}

/// Taste: likeness (Jaro-Winkler) from which a name is offered as the one that was meant.
const NEAR: f64 = 0.72;

/// `"x" is unknown, nearest is "y"`; lists the names where none is near.
pub fn unknown(what: &str, text: &str, names: &[&str]) -> String {
    match nearest(text, names.iter().copied()) {
        Some(name) => format!("unknown {what} \"{text}\", nearest is \"{name}\""),
        None => format!("unknown {what} \"{text}\", known are {}", names.join(", ")),
    }
}
