//! Learns a style from a folder of MIDI files: one style file that a musician can read and edit.
//!
//! What is kept are statistics and cells, never passages: how often each step is struck and how hard, bars
//! gathered into a few kinds, roles against the chords, chords as numerals, rhythms of single bars. What a
//! folder cannot tell (form, mix, the mode that nobody plays in) comes from the built-in style whose
//! parts are nearest. Takes seconds for a hundred files; runs on a worker or a command line, never on the audio
//! thread.
//!
//! Reading order: [`source`] (a file becomes bars), [`cluster`] (bars become kinds), then a file a lane, and
//! [`whole`] (a style of all that).

mod bars;
mod bass;
mod chords;
mod cluster;
mod comping;
mod drums;
mod fills;
mod melody;
mod source;
mod whole;

use std::fmt;
use std::path::{Path, PathBuf};

use files::midi::AnyFile;
use music::chord::Chord;
use music::style::Style;

use crate::Library;

/// Most files that are read, and the largest one. Taste: more says nothing new, and larger is no song.
const MOST_FILES: usize = 2000;
const LARGEST_BYTES: u64 = 8 << 20;
/// Deepest folder that is looked into.
const DEEPEST: usize = 8;

/// How far the learning has come.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Progress {
    /// Files read.
    pub done: usize,
    /// Files in all.
    pub total: usize,
    /// What is being done: a file's name, or "writing the style".
    pub what: String,
}

/// What the style shall be called.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Wish {
    /// Name on screen.
    pub name: String,
    /// Stem of the file that it will be stored in.
    pub stem: String,
}

/// A style that was learnt.
#[derive(Clone, Debug, PartialEq)]
pub struct Learnt {
    /// The style file.
    pub text: String,
    /// What it says, with the library's instruments: a slot that no style of the library has.
    pub style: Box<Style>,
    /// Files that it was learnt from.
    pub files: usize,
    /// Bars in them.
    pub bars: usize,
    /// Files that were left out, and why.
    pub skipped: Vec<(String, String)>,
    /// Lanes that nobody played, taken from `template`.
    pub missing: Vec<&'static str>,
    /// Stem of the built-in style that form, mix and missing lanes come from.
    pub template: String,
}

/// Why nothing was learnt.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum LearnError {
    /// The folder cannot be read.
    Folder(PathBuf, String),
    /// There are no MIDI files in it.
    NoFiles(PathBuf),
    /// None of its files is of use; each with the reason.
    NothingUsable(Vec<(String, String)>),
    /// The caller asked to stop.
    Cancelled,
    /// Our own mistake: the style that was written does not read.
    Unreadable(String),
}

impl fmt::Display for LearnError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            LearnError::Folder(path, said) => write!(f, "{}: {said}", path.display()),
            LearnError::NoFiles(path) => {
                write!(
                    f,
                    "{}: there are no MIDI files (.mid, .midi)",
                    path.display()
                )
            }
            LearnError::NothingUsable(all) => match &all[..] {
                [(name, why), ..] => {
                    write!(f, "none of {} files is of use: {name} {why}", all.len())
                }
                [] => write!(f, "no file is of use"),
            },
            LearnError::Cancelled => write!(f, "cancelled"),
            LearnError::Unreadable(said) => write!(f, "the learnt style does not read: {said}"),
        }
    }
}

impl std::error::Error for LearnError {}

/// Learns from every MIDI file in a folder and the folders in it. `progress` is told before each file and
/// stops everything by answering `false`. `library` gives the template and says which slots are taken.
///
/// # Errors
/// [`LearnError`]; broken files are left out and named, as long as one is of use.
pub fn from_folder(
    folder: &Path,
    wish: &Wish,
    library: &Library,
    progress: &mut dyn FnMut(&Progress) -> bool,
) -> Result<Learnt, LearnError> {
    let paths = midi_files(folder)?;
    if paths.is_empty() {
        return Err(LearnError::NoFiles(folder.to_path_buf()));
    }
    let total = paths.len();
    let (mut songs, mut skipped) = (Vec::new(), Vec::new());
    for (done, path) in paths.iter().enumerate() {
        let shown = path.strip_prefix(folder).unwrap_or(path);
        let name = shown.to_string_lossy().replace('\\', "/");
        let step = Progress {
            done,
            total,
            what: name.clone(),
        };
        if !progress(&step) {
            return Err(LearnError::Cancelled);
        }
        match read(path) {
            Ok(song) => songs.push(song),
            Err(why) => skipped.push((name, why)),
        }
    }
    if songs.is_empty() {
        return Err(LearnError::NothingUsable(skipped));
    }
    let last = Progress {
        done: total,
        total,
        what: "writing the style".to_string(),
    };
    if !progress(&last) {
        return Err(LearnError::Cancelled);
    }
    let mut learnt = whole::style(&songs, wish, library)?;
    learnt.skipped = skipped;
    Ok(learnt)
}

/// The chords of both halves of every bar of a file, as they are heard.
///
/// # Errors
/// Why the file is of no use.
pub fn heard_chords(file: &AnyFile) -> Result<Vec<[Option<Chord>; 2]>, String> {
    let song = source::song(file.clone())?;
    Ok(song.bars.iter().map(|bar| bar.chords).collect())
}

fn read(path: &Path) -> Result<source::Song, String> {
    let bytes = match path.metadata() {
        Ok(meta) if meta.len() > LARGEST_BYTES => return Err("is larger than 8 MB".to_string()),
        _ => std::fs::read(path).map_err(|e| e.to_string())?,
    };
    source::song(AnyFile::from_bytes(&bytes)?)
}

/// Every MIDI file below a folder, by name.
fn midi_files(folder: &Path) -> Result<Vec<PathBuf>, LearnError> {
    let mut out = Vec::new();
    let mut folders = vec![(folder.to_path_buf(), 0)];
    while let Some((at, depth)) = folders.pop() {
        let entries = match std::fs::read_dir(&at) {
            Ok(entries) => entries,
            Err(error) if depth == 0 => return Err(LearnError::Folder(at, error.to_string())),
            Err(_) => continue,
        };
        for path in entries.flatten().map(|e| e.path()) {
            if path.is_dir() {
                if depth < DEEPEST {
                    folders.push((path, depth + 1));
                }
            } else if path
                .extension()
                .is_some_and(|e| e.eq_ignore_ascii_case("mid") || e.eq_ignore_ascii_case("midi"))
            {
                out.push(path);
            }
        }
    }
    out.sort();
    out.truncate(MOST_FILES);
    Ok(out)
}

#[cfg(test)]
mod tests;
