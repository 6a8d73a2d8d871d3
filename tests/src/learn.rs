//! `host learn`: a folder of MIDI files into one style file. Loads no plug-in.

use std::path::PathBuf;

use anyhow::{Context, Result, bail};
use authoring::learn::{LearnError, Wish, from_folder};
use authoring::{Library, problem};

use crate::render::arguments::usage;

const OPTIONS: [&str; 2] = ["--out", "--name"];

/// `learn FOLDER --out NAME.toml [--name "My style"]`
///
/// # Errors
/// [`crate::render::arguments::Usage`] for a folder without MIDI files, or with nothing of use in them.
pub fn command(words: &[String]) -> Result<()> {
    let (mut folder, mut out, mut name) = (None, None, None);
    let mut words = words.iter();
    while let Some(word) = words.next() {
        if !word.starts_with("--") {
            if folder.replace(PathBuf::from(word)).is_some() {
                bail!(usage(format!("one folder at a time: what is \"{word}\"?")));
            }
            continue;
        }
        if !OPTIONS.contains(&word.as_str()) {
            bail!(usage(problem::unknown("option", word, &OPTIONS)));
        }
        let Some(value) = words.next() else {
            bail!(usage(format!("{word} needs a value")));
        };
        match word.as_str() {
            "--out" => out = Some(PathBuf::from(value)),
            _ => name = Some(value.clone()),
        }
    }
    let Some(folder) = folder else {
        bail!(usage(
            "learn needs a folder of MIDI files: learn FOLDER --out NAME.toml"
        ));
    };
    let Some(out) = out.filter(|o| o.extension().is_some_and(|e| e == "toml")) else {
        bail!(usage("learn needs --out NAME.toml"));
    };
    let stem = out.file_stem().unwrap_or_default().to_string_lossy();
    let wish = Wish {
        name: name.unwrap_or_else(|| stem.to_string()),
        stem: stem.to_string(),
    };
    let library = Library::load(None);
    let learnt = from_folder(&folder, &wish, &library, &mut |progress| {
        if progress.done % 25 == 0 {
            eprintln!("{} of {}: {}", progress.done, progress.total, progress.what);
        }
        true
    });
    let learnt = match learnt {
        Ok(learnt) => learnt,
        Err(LearnError::Unreadable(said)) => bail!(said),
        Err(error) => bail!(usage(error.to_string())),
    };
    for (file, why) in &learnt.skipped {
        println!("left out {file}: {why}");
    }
    if let Some(folder) = out.parent().filter(|f| !f.as_os_str().is_empty()) {
        std::fs::create_dir_all(folder).with_context(|| folder.display().to_string())?;
    }
    std::fs::write(&out, &learnt.text).with_context(|| out.display().to_string())?;
    println!(
        "learnt from {} files with {} bars, form and mix as in \"{}\"",
        learnt.files, learnt.bars, learnt.template
    );
    if !learnt.missing.is_empty() {
        println!("nobody played {}", learnt.missing.join(", "));
    }
    println!("  {}", out.display());
    Ok(())
}
