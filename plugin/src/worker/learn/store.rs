//! Where a learnt style comes from and goes to: folders as users write them, names that are free, the file.

use std::fs::{self, OpenOptions};
use std::io::Write;
use std::path::{Path, PathBuf};

use authoring::Library;
use authoring::learn::Wish;

use crate::worker::place;

/// What a style is called whose name has no letters that a file name may have.
const NAMELESS: &str = "my-style";
/// Longest stem without its number, and longest name on screen, bytes. Reference: `music::Name` holds 32, a
/// style's name 28.
const STEM: usize = 24;
const NAME: usize = 28;

/// A folder as a user writes or pastes it.
pub fn folder(text: &str) -> Result<PathBuf, String> {
    place::read(text, "folder of MIDI files")
}

/// Name and stem that neither a style at hand nor a file has: numbered from 2 on where they are taken.
pub fn free(name: &str, user_folder: &Path, known: &Library) -> Wish {
    let stem = stem(name);
    let taken = |wish: &Wish| {
        styles(user_folder)
            .join(&wish.stem)
            .with_extension("toml")
            .exists()
            || known.styles.iter().any(|style| {
                style.stem.eq_ignore_ascii_case(&wish.stem)
                    || style.name.eq_ignore_ascii_case(&wish.name)
            })
    };
    let first = Wish {
        name: cut(name, NAME).trim().to_owned(),
        stem: stem.clone(),
    };
    if !taken(&first) {
        return first;
    }
    let numbered = (2..).map(|number: u32| {
        let number = number.to_string();
        Wish {
            name: format!("{} {number}", cut(name, NAME - 1 - number.len()).trim()),
            stem: format!("{stem}-{number}"),
        }
    });
    // Styles and files are few, so a free number is soon found.
    numbered.into_iter().find(|w| !taken(w)).unwrap_or(first)
}

/// Writes the file of a new style; never over another.
pub fn write(user_folder: &Path, stem: &str, text: &str) -> Result<PathBuf, String> {
    let folder = styles(user_folder);
    let path = folder.join(stem).with_extension("toml");
    let said = |error: std::io::Error| format!("{} cannot be written: {error}", path.display());
    fs::create_dir_all(&folder).map_err(said)?;
    let mut file = OpenOptions::new()
        .write(true)
        .create_new(true)
        .open(&path)
        .map_err(said)?;
    if let Err(error) = file.write_all(text.as_bytes()) {
        drop(file);
        // Half a style is none; there is nothing more to do if it cannot even be removed.
        let _ = fs::remove_file(&path);
        return Err(said(error));
    }
    Ok(path)
}

fn styles(user_folder: &Path) -> PathBuf {
    user_folder.join("styles")
}

/// A name as a file's: small letters, digits and single hyphens.
fn stem(name: &str) -> String {
    let mut out = String::new();
    for c in name.chars() {
        if c.is_ascii_alphanumeric() {
            out.push(c.to_ascii_lowercase());
        } else if !out.is_empty() && !out.ends_with('-') {
            out.push('-');
        }
    }
    let out = cut(&out, STEM).trim_end_matches('-');
    if out.is_empty() { NAMELESS } else { out }.to_owned()
}

/// As much of a text as fits, whole characters.
fn cut(text: &str, bytes: usize) -> &str {
    let mut end = text.len().min(bytes);
    while !text.is_char_boundary(end) {
        end -= 1;
    }
    &text[..end]
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_stem_is_a_plain_file_name() {
        assert_eq!(stem("  My \"own\" Style! "), "my-own-style");
        assert_eq!(stem("../../etc/passwd"), "etc-passwd");
        assert_eq!(stem("日本"), NAMELESS);
        assert!(stem(&"long name ".repeat(9)).len() <= STEM);
    }

    #[test]
    fn folders_are_read_as_users_write_them() {
        let place = std::env::temp_dir();
        let quoted = format!(" \"{}\" ", place.display());
        assert_eq!(folder(&quoted), Ok(place));
        assert!(folder("songs").unwrap_err().contains("whole path"));
        assert!(folder("  ").is_err());
        let home = folder("~/songs");
        assert!(home.is_err() || home.is_ok_and(|path| path.ends_with("songs")));
    }

    #[test]
    fn a_taken_name_gets_a_number() {
        let known = Library::load(None);
        let nowhere = std::env::temp_dir().join("musearoo-no-such-folder");
        let fresh = free("Grandma's polka", &nowhere, &known);
        assert_eq!(
            (&*fresh.name, &*fresh.stem),
            ("Grandma's polka", "grandma-s-polka")
        );
        let again = free("rock", &nowhere, &known);
        assert_eq!((&*again.name, &*again.stem), ("rock 2", "rock-2"));
        let long = free(&"x".repeat(60), &nowhere, &known);
        assert_eq!((long.name.len(), long.stem.len()), (NAME, STEM));
    }
}
