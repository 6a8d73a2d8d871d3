//! Lists the built-in styles from their files, without building anything.

use std::fs;
use std::path::Path;

use anyhow::{Context, Result};

use crate::{cli, paths};

/// `cargo xtask styles`
pub fn command(words: &[String]) -> Result<()> {
    cli::no_more(words)?;
    let mut rows = Vec::new();
    collect(&paths::root().join("presets/styles"), &mut rows)?;
    rows.sort();
    cli::say(&format!(
        "{:<14} {:<24} {:>4}  tempo",
        "NAME", "on screen", "slot"
    ));
    for (slot, stem, name, tempo) in rows {
        cli::say(&format!("{stem:<14} {name:<24} {slot:>4}  {tempo}"));
    }
    Ok(())
}

/// Slot, stem, name and tempo of every style file in a folder and the folders in it.
fn collect(folder: &Path, rows: &mut Vec<(u16, String, String, String)>) -> Result<()> {
    for entry in
        fs::read_dir(folder).with_context(|| format!("cannot read {}", folder.display()))?
    {
        let path = entry?.path();
        if path.is_dir() {
            collect(&path, rows)?;
        } else if path.extension().is_some_and(|e| e == "toml") {
            let text = fs::read_to_string(&path)?;
            let stem = path
                .file_stem()
                .unwrap_or_default()
                .to_string_lossy()
                .into_owned();
            let slot = value(&text, "slot").parse().unwrap_or(u16::MAX);
            rows.push((
                slot,
                stem,
                value(&text, "name"),
                tempo(&value(&text, "tempo")),
            ));
        }
    }
    Ok(())
}

/// `{ low = 84, usual = 120, high = 172 }` as `120 (84 to 172)`.
fn tempo(table: &str) -> String {
    let part = |name: &str| {
        let fields = table.trim_matches(['{', '}', ' ']).split(',');
        let found = fields
            .filter_map(|f| f.split_once('='))
            .find(|(n, _)| n.trim() == name);
        found.map_or("?", |(_, value)| value.trim())
    };
    format!("{} ({} to {})", part("usual"), part("low"), part("high"))
}

/// The value of a key in the file's first lines, before any table.
fn value(text: &str, key: &str) -> String {
    text.lines()
        .take_while(|line| !line.trim_start().starts_with('['))
        .filter_map(|line| line.split_once('='))
        .find(|(name, _)| name.trim() == key)
        .map(|(_, value)| {
            value
                .split('#')
                .next()
                .unwrap_or_default()
                .trim()
                .trim_matches('"')
                .to_owned()
        })
        .unwrap_or_default()
}
