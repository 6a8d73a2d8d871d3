//! What can go wrong with a file, said so that the reader knows whose fault it is.

use std::fmt;
use std::io;
use std::path::{Path, PathBuf};

/// A file that could not be read or written.
#[derive(Debug)]
pub enum FileError {
    /// The disk said no.
    Io(PathBuf, io::Error),
    /// The file is not what its name says, or is damaged.
    Format(PathBuf, String),
}

impl FileError {
    /// Names the file in an input/output error.
    pub fn io(path: &Path) -> impl FnOnce(io::Error) -> FileError {
        let path = path.to_owned();
        move |error| FileError::Io(path, error)
    }
    /// Names the file in a format error.
    pub fn format<E: fmt::Display>(path: &Path) -> impl FnOnce(E) -> FileError {
        let path = path.to_owned();
        move |error| FileError::Format(path, error.to_string())
    }
}

impl fmt::Display for FileError {
    fn fmt(&self, out: &mut fmt::Formatter) -> fmt::Result {
        match self {
            FileError::Io(path, error) => write!(out, "{}: {error}", path.display()),
            FileError::Format(path, error) => write!(out, "{}: {error}", path.display()),
        }
    }
}

impl std::error::Error for FileError {}
