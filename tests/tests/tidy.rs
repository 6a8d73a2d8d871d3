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

/// Longer than that for a reason; each may only get shorter.
const LONGER: [(&str, usize); 3] = [
    // Every table that a style is made of, in one place to read.
    ("crates/music/src/style.rs", 480),
    // One pass over the words of a prompt.
    ("crates/authoring/src/prompt/parse.rs", 540),
    // One block from lanes to buses, in the order of the signal.
    ("crates/dsp/src/mixer.rs", 420),
];

/// Tests may be long: they are lists.
fn is_test(path: &Path) -> bool {
    path.ends_with("tests.rs")
        || path
            .parent()
            .is_some_and(|p| p.iter().any(|c| c == "tests"))
}

#[test]
fn source_files_are_short() {
    let longest = |path: &Path| {
        LONGER
            .iter()
            .find(|l| Path::new(l.0) == path)
            .map_or(LONGEST, |l| l.1)
    };
    let long: Vec<String> = files("rs")
        .iter()
        .filter(|(path, text)| !is_test(path) && text.lines().count() > longest(path))
        .map(|(path, text)| format!("{} has {} lines", path.display(), text.lines().count()))
        .collect();
    assert_eq!(long, Vec::<String>::new());
}

#[test]
fn every_module_says_what_it_is() {
    let silent: Vec<String> = files("rs")
        .iter()
        .filter(|(path, text)| !is_test(path) && !text.trim_start().starts_with("//!"))
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

/// Where the plug-in has unsafe code; `ARCHITECTURE.md` names the same places.
const UNSAFE: [&str; 5] = [
    "buses",
    "clap_entry",
    "vst3_entry",
    "editor/window",
    "params/knobs",
];

#[test]
fn unsafe_code_is_where_the_architecture_says() {
    let known = |path: &Path| {
        let text = path.to_string_lossy();
        let of = |place: &&str| {
            let rest = text.strip_prefix(&format!("plugin/src/{place}"));
            rest.is_some_and(|rest| rest.starts_with(['.', '/']))
        };
        is_test(path) || UNSAFE.iter().any(of)
    };
    let mut found = Vec::new();
    for (path, text) in files("rs") {
        let word = ["unsafe {", "unsafe fn", "unsafe impl"]
            .into_iter()
            .find(|word| text.contains(word));
        if path.starts_with("plugin") && word.is_some() && !known(&path) {
            found.push(path);
        }
    }
    assert_eq!(found, Vec::<PathBuf>::new());
    let house = std::fs::read_to_string(paths::root().join("ARCHITECTURE.md")).expect("a file");
    for place in UNSAFE {
        assert!(house.contains(&format!("`{place}`")), "{place}");
    }
}
