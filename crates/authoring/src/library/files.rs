//! Finds preset files: those in the binary and those in a folder.

use std::path::{Path, PathBuf};

use include_dir::{Dir, include_dir};

use crate::problem::Problem;

static BUILT_IN: Dir<'_> = include_dir!("$CARGO_MANIFEST_DIR/../../presets");

/// Folders below which preset files are looked for.
const FOLDERS: [&str; 7] = [
    "styles",
    "grooves",
    "instruments",
    "kits",
    "mixes",
    "drum_maps",
    "words",
];

/// Taste: deepest folder and largest file that belong to a preset folder; more is a mistake.
const MAX_DEPTH: usize = 6;
const MAX_BYTES: u64 = 1 << 20;

/// A file as it was found.
#[derive(Clone, Debug)]
pub struct PresetFile {
    /// Path from the preset folder, as messages name it.
    pub path: String,
    /// First folder: `styles`.
    pub folder: String,
    /// File name without `.toml`.
    pub stem: String,
    /// From the user's folder.
    pub user: bool,
    /// What it holds.
    pub text: String,
}

fn stem_and_folder(path: &Path) -> Option<(String, String)> {
    if path.extension()? != "toml" {
        return None;
    }
    let folder = path.components().next()?.as_os_str().to_str()?;
    let known = FOLDERS.contains(&folder);
    known.then(|| Some((path.file_stem()?.to_str()?.to_string(), folder.to_string())))?
}

/// The presets in the binary.
pub fn built_in() -> Vec<PresetFile> {
    let mut out = Vec::new();
    let mut dirs = vec![&BUILT_IN];
    while let Some(dir) = dirs.pop() {
        dirs.extend(dir.dirs());
        for file in dir.files() {
            let (Some((stem, folder)), Some(text)) =
                (stem_and_folder(file.path()), file.contents_utf8())
            else {
                continue;
            };
            let path = file.path().to_string_lossy().replace('\\', "/");
            out.push(PresetFile {
                path,
                folder,
                stem,
                user: false,
                text: text.to_string(),
            });
        }
    }
    out.sort_by(|a, b| a.path.cmp(&b.path));
    out
}

/// The presets in a user's folder. What cannot be read is named.
pub fn in_folder(root: &Path, problems: &mut Vec<Problem>) -> Vec<PresetFile> {
    let mut out = Vec::new();
    let mut dirs: Vec<(PathBuf, usize)> = FOLDERS
        .iter()
        .map(|f| root.join(f))
        .filter(|d| d.is_dir())
        .map(|d| (d, 1))
        .collect();
    while let Some((dir, depth)) = dirs.pop() {
        let entries = match std::fs::read_dir(&dir) {
            Ok(entries) => entries,
            Err(error) => {
                problems.push(unreadable(root, &dir, &error.to_string()));
                continue;
            }
        };
        for path in entries.flatten().map(|e| e.path()) {
            if path.is_dir() {
                if depth < MAX_DEPTH {
                    dirs.push((path, depth + 1));
                }
                continue;
            }
            let Some((stem, folder)) = path.strip_prefix(root).ok().and_then(stem_and_folder)
            else {
                continue;
            };
            let large = path.metadata().is_ok_and(|m| m.len() > MAX_BYTES);
            let text = if large {
                Err("is larger than 1 MB, which no preset is".to_string())
            } else {
                std::fs::read_to_string(&path).map_err(|e| e.to_string())
            };
            match text {
                Ok(text) => {
                    out.push(PresetFile {
                        path: shown(root, &path),
                        folder,
                        stem,
                        user: true,
                        text,
                    });
                }
                Err(message) => problems.push(unreadable(root, &path, &message)),
            }
        }
    }
    out.sort_by(|a, b| a.path.cmp(&b.path));
    out
}

fn shown(root: &Path, path: &Path) -> String {
    path.strip_prefix(root)
        .unwrap_or(path)
        .to_string_lossy()
        .replace('\\', "/")
}

fn unreadable(root: &Path, path: &Path, message: &str) -> Problem {
    Problem {
        file: shown(root, path),
        line: 0,
        key: String::new(),
        message: format!("cannot be read: {message}"),
    }
}
