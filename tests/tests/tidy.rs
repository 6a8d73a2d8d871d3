//! The house keeps itself tidy: sizes, words and headers that a review would otherwise have to look for.

use std::path::{Path, PathBuf};

use tests::paths;

/// Longest source file. Tables of data may be longer: those are named.
const LONGEST: usize = 400;

fn files(ending: &str) -> Vec<(PathBuf, String)> {
    let mut found = Vec::new();
    for folder in ["crates", "plugin", "tests", "xtask", "presets"] {
        walk(&paths::root().join(folder), ending, &mut found);
    }
    assert!(!found.is_empty());
    found
}

fn walk(folder: &Path, ending: &str, found: &mut Vec<(PathBuf, String)>) {
    for entry in std::fs::read_dir(folder).into_iter().flatten().flatten() {
        let path = entry.path();
        if path.is_dir() {
            walk(&path, ending, found);
        } else if path.extension().is_some_and(|e| e == ending) {
            let text = std::fs::read_to_string(&path).expect("source is text");
            found.push((
                path.strip_prefix(paths::root()).unwrap_or(&path).to_owned(),
                text,
            ));
        }
    }
}

#[test]
fn source_files_are_short() {
    let long: Vec<String> = files("rs")
        .iter()
        .filter(|(_, text)| text.lines().count() > LONGEST)
        .map(|(path, text)| format!("{} has {} lines", path.display(), text.lines().count()))
        .collect();
    assert_eq!(long, Vec::<String>::new());
}

#[test]
fn every_module_says_what_it_is() {
    let silent: Vec<String> = files("rs")
        .iter()
        .filter(|(path, text)| !path.ends_with("tests.rs") && !text.trim_start().starts_with("//!"))
        .filter(|(path, _)| {
            !path
                .components()
                .any(|c| c.as_os_str() == "tests" && path.starts_with("crates"))
        })
        .map(|(path, _)| path.display().to_string())
        .collect();
    assert_eq!(
        silent,
        Vec::<String>::new(),
        "a module begins with //! and what it decides"
    );
}

#[test]
fn words_that_do_not_belong_are_not_there() {
    // Put together here, so that this file does not find itself.
    let banned = [
        ["TO", "DO"],
        ["FIX", "ME"],
        ["XX", "X:"],
        ["dbg", "!("],
        ["no lon", "ger"],
        ["/wo", "rk/"],
    ]
    .map(|w| w.concat());
    let mut found = Vec::new();
    for (path, text) in files("rs").into_iter().chain(files("toml")) {
        for (number, line) in text.lines().enumerate() {
            if let Some(word) = banned.iter().find(|w| line.contains(w.as_str())) {
                found.push(format!("{}:{}: {word}", path.display(), number + 1));
            }
        }
    }
    assert_eq!(found, Vec::<String>::new());
}

#[test]
fn pure_crates_forbid_unsafe_code() {
    for name in ["music", "engines", "dsp", "authoring", "files"] {
        let path = paths::root().join("crates").join(name).join("src/lib.rs");
        let text = std::fs::read_to_string(&path).expect("the crate has a root");
        assert!(text.contains("#![forbid(unsafe_code)]"), "{name}");
    }
}
