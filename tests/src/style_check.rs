//! `host check-styles`: what is weak in the styles, one line each. Loads no plug-in.

use std::path::PathBuf;

use anyhow::{Result, bail};
use authoring::library::{Library, style_texts};
use authoring::style_check::{SEEDS, check_pairs, check_style};

use crate::render::arguments::usage;

/// `check-styles [--folder DIR] [NAME]...`: built-in styles, and those of a folder of one's own.
///
/// # Errors
/// [`crate::render::arguments::Usage`] for a name that no style has; a count where something is weak.
pub fn command(words: &[String]) -> Result<()> {
    let mut folder: Option<PathBuf> = None;
    let mut names = Vec::new();
    let mut words = words.iter();
    while let Some(word) = words.next() {
        match word.as_str() {
            "--folder" => match words.next() {
                Some(path) if PathBuf::from(path).is_dir() => folder = Some(path.into()),
                Some(path) => bail!(usage(format!("--folder {path}: there is no such folder"))),
                None => bail!(usage("--folder needs a value")),
            },
            option if option.starts_with('-') => bail!(usage(format!(
                "unknown option \"{option}\", nearest is \"--folder\""
            ))),
            name => names.push(name.to_owned()),
        }
    }
    let library = Library::load(folder.as_deref());
    for name in &mut names {
        *name = library.style(name).map_err(usage)?.stem.to_string();
    }
    let texts = style_texts(folder.as_deref());
    let mut weak = 0;
    let mut say = |line: String| {
        weak += 1;
        println!("{line}");
    };
    if names.is_empty() {
        for problem in &library.problems {
            say(problem.to_string());
        }
    }
    let mut checked = 0;
    for style in &library.styles {
        let asked = names.is_empty() || names.iter().any(|n| *n == *style.stem);
        let Some(text) = texts.iter().find(|t| t.stem == *style.stem && asked) else {
            continue;
        };
        checked += 1;
        for problem in check_style(style, &library, text, SEEDS) {
            say(problem.to_string());
        }
    }
    for problem in check_pairs(&library, &texts, &names) {
        say(problem.to_string());
    }
    let styles = if checked == 1 { "style" } else { "styles" };
    if weak > 0 {
        bail!("{checked} {styles}, {weak} weak points");
    }
    println!("{checked} {styles}, nothing weak");
    Ok(())
}
