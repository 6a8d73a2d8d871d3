//! Files and folders as users write or paste them.

use std::path::PathBuf;

/// The whole path that is meant: in quotes, or from the home folder on. `what` is named where it is missing: `file`.
///
/// # Errors
/// In words.
pub fn read(text: &str, what: &str) -> Result<PathBuf, String> {
    let bare = text.trim().trim_matches(['"', '\'']);
    if bare.is_empty() {
        return Err(format!("name a {what}"));
    }
    let home = || {
        std::env::var_os("HOME")
            .or_else(|| std::env::var_os("USERPROFILE"))
            .map(PathBuf::from)
    };
    let path = match (bare, bare.strip_prefix("~/")) {
        ("~", _) => home(),
        (_, Some(rest)) => home().map(|home| home.join(rest)),
        _ => None,
    };
    let path = path.unwrap_or_else(|| PathBuf::from(bare));
    match path.is_absolute() {
        true => Ok(path),
        false => Err(format!("\u{201c}{bare}\u{201d} is not the whole path")),
    }
}
