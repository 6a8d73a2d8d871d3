//! Songs kept under a name: those to begin with, and those that the user saved.
//!
//! A saved song is one file in the user's own folder: every parameter that belongs to a version, and the whole song.
//! A song to begin with is a prompt. Read and written by the worker; the editor sees the [`Shelf`].

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex, PoisonError};

use serde::{Deserialize, Serialize};
use serde_json::Value;

use crate::preferences::write_whole;

/// Songs to begin with.
const FIRST: &str = include_str!("../../presets/songs/songs.json");
/// Folder of the user's own, in the user's folder.
const FOLDER: &str = "songs";
/// Longest name, bytes. Reference: `music::Name`.
const NAME: usize = 32;
/// Most tags, and bytes of each. Taste.
const TAGS: (usize, usize) = (8, 24);
/// Largest file that is read, bytes: a song with every edit has half of that.
const LARGEST: u64 = 8 << 20;

/// A song as its file has it.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(default)]
pub struct Saved {
    /// Name on screen.
    pub name: String,
    /// Words to find it by.
    pub tags: Vec<String>,
    /// What makes it, if it is made by words.
    #[serde(skip_serializing_if = "String::is_empty")]
    pub prompt: String,
    /// Stem of its style.
    #[serde(skip_serializing_if = "String::is_empty")]
    pub style: String,
    /// Revision of the engines that played it.
    pub engines: u32,
    /// Parameters, 0–1.
    #[serde(skip_serializing_if = "BTreeMap::is_empty")]
    pub turned: BTreeMap<String, f32>,
    /// The song.
    #[serde(skip_serializing_if = "Value::is_null")]
    pub song: Value,
}

/// A song that can be chosen.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct SongChoice {
    /// What it is found by: the file's stem, or a name of ours.
    pub stem: String,
    /// Name on screen.
    pub name: String,
    /// Words to find it by.
    pub tags: Vec<String>,
    /// The user saved it.
    pub own: bool,
    /// Why it cannot be read, in words; empty if it can.
    pub problem: String,
}

/// What the editor sees.
#[derive(Debug, Default)]
pub struct Shelf(Mutex<Arc<Vec<SongChoice>>>);

impl Shelf {
    /// As they were read last.
    pub fn get(&self) -> Arc<Vec<SongChoice>> {
        self.0
            .lock()
            .unwrap_or_else(PoisonError::into_inner)
            .clone()
    }
    /// Reads them anew.
    pub fn renew(&self, folder: Option<&Path>) {
        *self.0.lock().unwrap_or_else(PoisonError::into_inner) = Arc::new(list(folder));
    }
}

/// Every song: those to begin with, then the user's own by name.
fn list(folder: Option<&Path>) -> Vec<SongChoice> {
    let mut all: Vec<SongChoice> = first()
        .into_iter()
        .map(|saved| SongChoice {
            stem: format!("first/{}", stem(&saved.name)),
            name: saved.name,
            tags: saved.tags,
            own: false,
            problem: String::new(),
        })
        .collect();
    let files = folder.and_then(|folder| fs::read_dir(folder.join(FOLDER)).ok());
    let mut own: Vec<SongChoice> = files
        .into_iter()
        .flatten()
        .filter_map(|entry| Some(entry.ok()?.path()))
        .filter(|path| path.extension().is_some_and(|ending| ending == "json"))
        .filter_map(|path| {
            let stem = path.file_stem()?.to_str()?.to_owned();
            let (name, tags, problem) = match read_file(&path) {
                Ok(saved) => (saved.name, saved.tags, String::new()),
                Err(why) => (stem.clone(), Vec::new(), why),
            };
            Some(SongChoice {
                stem,
                name,
                tags,
                own: true,
                problem,
            })
        })
        .collect();
    own.sort_by_key(|choice| choice.name.to_lowercase());
    all.extend(own);
    all
}

fn first() -> Vec<Saved> {
    serde_json::from_str(FIRST).unwrap_or_default()
}

/// A song by its stem.
///
/// # Errors
/// In words, when it is missing or damaged.
pub fn read(folder: Option<&Path>, wanted: &str) -> Result<Saved, String> {
    if let Some(name) = wanted.strip_prefix("first/") {
        let found = first().into_iter().find(|saved| stem(&saved.name) == name);
        return found.ok_or_else(|| format!("there is no song \u{201c}{name}\u{201d}"));
    }
    let folder = folder.ok_or("there is no folder of yours to read from")?;
    read_file(&folder.join(FOLDER).join(format!("{wanted}.json")))
}

fn read_file(path: &Path) -> Result<Saved, String> {
    let said = |why: String| format!("{}: {why}", path.display());
    let size = fs::metadata(path)
        .map_err(|error| said(error.to_string()))?
        .len();
    if size > LARGEST {
        return Err(said("this is too large for a song".into()));
    }
    let text = fs::read_to_string(path).map_err(|error| said(error.to_string()))?;
    let saved: Saved = serde_json::from_str(&text).map_err(|error| {
        said(format!(
            "line {}: {error}. Save the song again, or mend the file",
            error.line()
        ))
    })?;
    if saved.name.is_empty() || (saved.prompt.is_empty() && !saved.song.is_object()) {
        return Err(said("this is no song of MuseAroo's".into()));
    }
    if saved
        .turned
        .values()
        .any(|value| !(0.0..=1.0).contains(value))
    {
        return Err(said("a knob's value is not between 0 and 1".into()));
    }
    Ok(saved)
}

/// Writes a song into the user's folder under its name; over the one that has it.
///
/// # Errors
/// In words, where it cannot be written.
pub fn write(folder: &Path, mut saved: Saved) -> Result<PathBuf, String> {
    saved.name = short(saved.name.trim(), NAME).to_owned();
    if saved.name.is_empty() {
        return Err("give the song a name".into());
    }
    let tags = saved
        .tags
        .iter()
        .map(|tag| short(tag.trim(), TAGS.1).to_lowercase());
    saved.tags = tags.filter(|tag| !tag.is_empty()).take(TAGS.0).collect();
    let path = place(folder, &saved.name);
    let text = serde_json::to_string_pretty(&saved).map_err(|error| error.to_string())?;
    write_whole(&path, &text)?;
    Ok(path)
}

/// Deletes a song of the user's own; gives its name.
///
/// # Errors
/// In words, where it is not the user's or cannot be removed.
pub fn delete(folder: &Path, wanted: &str) -> Result<String, String> {
    let path = own(folder, wanted)?;
    let name = read_file(&path).map_or_else(|_| wanted.to_owned(), |saved| saved.name);
    fs::remove_file(&path).map_err(|error| format!("{}: {error}", path.display()))?;
    Ok(name)
}

/// Gives a song of the user's own another name, and its file with it.
///
/// # Errors
/// In words, where that cannot be or another song has the name.
pub fn rename(folder: &Path, wanted: &str, name: &str) -> Result<PathBuf, String> {
    let path = own(folder, wanted)?;
    let mut saved = read_file(&path)?;
    saved.name = name.to_owned();
    let next = place(folder, name);
    if next != path && next.exists() {
        return Err(format!(
            "there is a song \u{201c}{}\u{201d} already; delete it first, or take another name",
            name.trim()
        ));
    }
    let written = write(folder, saved)?;
    if written != path {
        fs::remove_file(&path).map_err(|error| {
            format!(
                "it has its new name, but the old file stays: {}: {error}",
                path.display()
            )
        })?;
    }
    Ok(written)
}

/// The file of a song that the user saved.
fn own(folder: &Path, wanted: &str) -> Result<PathBuf, String> {
    // A stem is a file's name and nothing else.
    if wanted.is_empty() || wanted.contains(['/', '\\']) || wanted.starts_with('.') {
        return Err("only songs of your own can be changed".into());
    }
    Ok(folder.join(FOLDER).join(format!("{wanted}.json")))
}

/// Where a song of a name is kept.
fn place(folder: &Path, name: &str) -> PathBuf {
    let name = short(name.trim(), NAME);
    folder.join(FOLDER).join(format!("{}.json", stem(name)))
}

/// As much of a text as fits, whole characters.
fn short(text: &str, bytes: usize) -> &str {
    &text[..text.floor_char_boundary(bytes)]
}

/// A name as a file's: small letters, digits, and hyphens between them.
pub fn stem(name: &str) -> String {
    let words = name.split(|c: char| !c.is_alphanumeric());
    let words: Vec<String> = words
        .filter(|w| !w.is_empty())
        .map(str::to_lowercase)
        .collect();
    match words.join("-") {
        empty if empty.is_empty() => "song".into(),
        stem => stem,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn folder(name: &str) -> PathBuf {
        let folder =
            std::env::temp_dir().join(format!("musearoo-songs-{name}-{}", std::process::id()));
        let _ = fs::remove_dir_all(&folder);
        folder
    }

    #[test]
    fn every_song_to_begin_with_is_understood_word_by_word() {
        let all = first();
        assert!(all.len() >= 12);
        let mut wrong = Vec::new();
        for saved in &all {
            let library = crate::material::library();
            let read = authoring::prompt::read(&saved.prompt, library, Default::default());
            if !read.not_understood.is_empty() || !read.set.iter().any(|(id, _)| id == "style") {
                wrong.push((&saved.name, read.not_understood, read.set));
            }
            assert!(!saved.tags.is_empty() && saved.name.len() <= NAME);
        }
        assert!(wrong.is_empty(), "{wrong:?}");
        let mut stems: Vec<_> = list(None).into_iter().map(|choice| choice.stem).collect();
        stems.sort();
        stems.dedup();
        assert_eq!(stems.len(), all.len());
    }

    #[test]
    fn a_saved_song_is_found_by_name_and_tags_and_one_that_is_broken_says_why() {
        let folder = folder("kept");
        let saved = Saved {
            name: "  My Song: /No 2/ ".into(),
            tags: vec!["Calm".into(), " ".into()],
            song: serde_json::json!({}),
            turned: [("swing".to_owned(), 0.25)].into(),
            ..Saved::default()
        };
        let path = write(&folder, saved).expect("it can be written");
        assert_eq!(path.file_name().unwrap(), "my-song-no-2.json");
        let read_back = read(Some(&folder), "my-song-no-2").expect("it can be read");
        assert_eq!(
            (&*read_back.name, &read_back.tags[..]),
            ("My Song: /No 2/", &["calm".to_owned()][..])
        );
        for (name, text) in [
            ("cut", "{ \"name\": \"x\", "),
            ("foreign", "{ \"name\": \"x\" }"),
            (
                "loud",
                "{ \"name\": \"x\", \"song\": {}, \"turned\": { \"swing\": 7 } }",
            ),
        ] {
            fs::write(folder.join(FOLDER).join(format!("{name}.json")), text).expect("written");
        }
        let own: Vec<SongChoice> = list(Some(&folder)).into_iter().filter(|c| c.own).collect();
        let broken: Vec<&str> = own
            .iter()
            .filter(|c| !c.problem.is_empty())
            .map(|c| &*c.stem)
            .collect();
        assert_eq!(broken, ["cut", "foreign", "loud"]);
        let why = read(Some(&folder), "cut").unwrap_err();
        assert!(why.contains("cut.json: line 1"), "{why}");
        assert!(read(Some(&folder), "gone").is_err());
        fs::remove_dir_all(&folder).expect("it is ours");
    }

    #[test]
    fn a_song_of_ones_own_is_renamed_and_deleted_and_what_cannot_be_is_said() {
        let folder = folder("changed");
        let save = |name: &str| {
            let saved = Saved {
                name: name.into(),
                tags: vec!["calm".into()],
                song: serde_json::json!({}),
                ..Saved::default()
            };
            write(&folder, saved).expect("it can be written")
        };
        let names = || -> Vec<String> {
            let own = list(Some(&folder)).into_iter().filter(|c| c.own);
            own.map(|c| format!("{}: {}", c.stem, c.name)).collect()
        };
        save("Dusk");
        save("Dawn");
        let why = rename(&folder, "dusk", " DAWN ").expect_err("it would be lost");
        assert!(why.contains("\u{201c}DAWN\u{201d} already"), "{why}");
        rename(&folder, "dusk", "Late Dusk").expect("it is free");
        rename(&folder, "dawn", "DAWN").expect("it is its own");
        assert_eq!(names(), ["dawn: DAWN", "late-dusk: Late Dusk"]);
        let tags = read(Some(&folder), "late-dusk").expect("it is there").tags;
        assert_eq!(tags, ["calm"]);
        assert!(rename(&folder, "dawn", "  ").is_err());
        // What is broken has no name to change, and can go.
        fs::write(folder.join(FOLDER).join("cut.json"), "{").expect("written");
        assert!(rename(&folder, "cut", "Whole").is_err());
        assert_eq!(delete(&folder, "cut"), Ok("cut".into()));
        assert_eq!(delete(&folder, "dawn"), Ok("DAWN".into()));
        assert_eq!(names(), ["late-dusk: Late Dusk"]);
        assert!(
            delete(&folder, "dawn")
                .expect_err("gone")
                .contains("dawn.json")
        );
        // A folder in its place cannot be removed as a file.
        fs::create_dir(folder.join(FOLDER).join("stuck.json")).expect("made");
        assert!(
            delete(&folder, "stuck")
                .expect_err("a folder")
                .contains("stuck.json")
        );
        for outside in ["first/stage-lights", "../dusk", "..", ""] {
            assert!(delete(&folder, outside).is_err());
            assert!(rename(&folder, outside, "x").is_err());
        }
        fs::remove_dir_all(&folder).expect("it is ours");
    }
}
