//! What the user likes, the same in every project: colours, names of notes, favourites, whether the tour was seen.
//!
//! A small file in the user's own folder. A window reads it as it opens, the worker writes it; a file that cannot
//! be read costs its content and nothing else.

use std::fs;
use std::path::{Path, PathBuf};

use serde::{Deserialize, Serialize};

use crate::editor::naming::NoteNames;
use crate::editor::theme::Look;

/// Name of the file.
const FILE: &str = "preferences.json";
/// Most favourites of a kind. Taste: more are none.
const MOST_FAVOURITES: usize = 500;

/// What the user likes.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Preferences {
    /// Colours of the window.
    pub look: Look,
    /// What notes are called.
    pub note_names: NoteNames,
    /// Favourite styles by stem.
    pub styles: Vec<String>,
    /// Favourite songs by stem.
    pub songs: Vec<String>,
    /// Favourite instruments and kits by stem.
    pub instruments: Vec<String>,
    /// The tour was seen, or skipped.
    pub toured: bool,
}

impl Preferences {
    /// As the user's folder has them.
    pub fn read(folder: Option<&Path>) -> Preferences {
        let text = folder.and_then(|folder| fs::read_to_string(folder.join(FILE)).ok());
        let mut read: Preferences = text
            .and_then(|text| serde_json::from_str(&text).ok())
            .unwrap_or_default();
        for list in [&mut read.styles, &mut read.songs, &mut read.instruments] {
            list.truncate(MOST_FAVOURITES);
        }
        read
    }
    /// Puts them into the user's folder, whole or not at all.
    ///
    /// # Errors
    /// In words, where the folder cannot be written.
    pub fn write(&self, folder: &Path) -> Result<(), String> {
        let text = serde_json::to_string_pretty(self).unwrap_or_default();
        write_whole(&folder.join(FILE), &text)
    }
}

/// Writes a file whole or not at all: beside its place first, then into it.
///
/// # Errors
/// In words, with the file's name.
pub fn write_whole(path: &Path, text: &str) -> Result<(), String> {
    let said = |error: std::io::Error| format!("{} cannot be written: {error}", path.display());
    if let Some(folder) = path.parent() {
        fs::create_dir_all(folder).map_err(said)?;
    }
    let mut beside = path.as_os_str().to_owned();
    beside.push(".part");
    let beside = PathBuf::from(beside);
    fs::write(&beside, text).map_err(said)?;
    fs::rename(&beside, path).map_err(said)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::editor::theme::Base;

    #[test]
    fn what_was_liked_is_liked_after_a_restart_and_damage_costs_only_itself() {
        let folder = std::env::temp_dir().join(format!("musearoo-likes-{}", std::process::id()));
        let liked = Preferences {
            look: Look {
                base: Base::Light,
                safe_lanes: true,
            },
            note_names: NoteNames::Solfege,
            styles: vec!["lofi".into()],
            toured: true,
            ..Preferences::default()
        };
        liked.write(&folder).expect("it can be written");
        assert_eq!(Preferences::read(Some(&folder)), liked);
        fs::write(folder.join(FILE), "{ \"look\": 7").expect("it can be written");
        assert_eq!(Preferences::read(Some(&folder)), Preferences::default());
        fs::write(folder.join(FILE), "{ \"toured\": true, \"other\": 1 }").expect("written");
        assert!(Preferences::read(Some(&folder)).toured);
        fs::remove_dir_all(&folder).expect("it is ours");
        assert_eq!(Preferences::read(Some(&folder)), Preferences::default());
        assert_eq!(Preferences::read(None), Preferences::default());
    }
}
