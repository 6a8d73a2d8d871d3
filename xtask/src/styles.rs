//! Lists the built-in styles from their files, without building anything, and has them checked.

use std::fs;
use std::path::Path;

use anyhow::{Context, Result, bail};

use crate::{Usage, cli, host, paths};

/// What the first lines of a style file say.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct StyleRow {
    /// Stable number.
    pub slot: u16,
    /// Stem of the file.
    pub stem: String,
    /// Name on screen.
    pub name: String,
    /// Genre on screen.
    pub genre: String,
    /// Tempo range in words.
    pub tempo: String,
    /// Human music that it is measured against; empty for none.
    pub reference: String,
}

/// `cargo xtask styles`
pub fn command(words: &[String]) -> Result<()> {
    match words {
        [] => list(),
        [check, names @ ..] if check == "--check" => host::engines_only("check-styles", names),
        [other, ..] => bail!(Usage(format!(
            "unknown option \"{other}\": there is --check [NAME]..."
        ))),
    }
}

fn list() -> Result<()> {
    cli::say(&format!(
        "{:<16} {:<24} {:<18} {:>4}  tempo",
        "NAME", "on screen", "genre", "slot"
    ));
    for row in all()? {
        cli::say(&format!(
            "{:<16} {:<24} {:<18} {:>4}  {}",
            row.stem, row.name, row.genre, row.slot, row.tempo
        ));
    }
    Ok(())
}

/// Every built-in style by slot.
pub fn all() -> Result<Vec<StyleRow>> {
    let mut rows = Vec::new();
    collect(&paths::root().join("presets/styles"), &mut rows)?;
    rows.sort();
    Ok(rows)
}

/// Every style file in a folder and the folders in it.
fn collect(folder: &Path, rows: &mut Vec<StyleRow>) -> Result<()> {
    for entry in
        fs::read_dir(folder).with_context(|| format!("cannot read {}", folder.display()))?
    {
        let path = entry?.path();
        if path.is_dir() {
            collect(&path, rows)?;
        } else if path.extension().is_some_and(|e| e == "toml") {
            let text = fs::read_to_string(&path)?;
            let stem = path.file_stem().unwrap_or_default().to_string_lossy();
            rows.push(StyleRow {
                slot: value(&text, "slot").parse().unwrap_or(u16::MAX),
                stem: stem.into_owned(),
                name: value(&text, "name"),
                genre: value(&text, "genre"),
                tempo: tempo(&value(&text, "tempo")),
                reference: value(&text, "reference"),
            });
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
