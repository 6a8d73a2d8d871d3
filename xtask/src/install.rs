//! Puts the release where hosts look for plug-ins.

use std::env;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use anyhow::{Context, Result};

use crate::build::Profile;
use crate::{bundle, cli};

/// `cargo xtask install`
pub fn command(words: &[String]) -> Result<()> {
    cli::no_more(words)?;
    let (clap, vst3) =
        folders().context("no home folder: HOME (LOCALAPPDATA on Windows) is not set")?;
    let bundles = bundle::make(Profile::Release)?;
    for (from, folder) in [(&bundles.clap, clap), (&bundles.vst3, vst3)] {
        let to = folder.join(from.file_name().unwrap_or_default());
        bundle::remove(&to)?;
        copy_all(from, &to)?;
        if cfg!(target_os = "macos") {
            // Apple silicon loads signed code only; a signature of one's own will do.
            let _ = Command::new("codesign")
                .args(["--force", "--deep", "--sign", "-"])
                .arg(&to)
                .status();
        }
        println!("installed {}", to.display());
    }
    println!(
        "Let your host scan for new plug-ins, then load MuseAroo as an instrument and press play."
    );
    Ok(())
}

/// The user's CLAP and VST3 folders.
fn folders() -> Option<(PathBuf, PathBuf)> {
    if cfg!(target_os = "windows") {
        let common = PathBuf::from(env::var_os("LOCALAPPDATA")?).join("Programs/Common");
        return Some((common.join("CLAP"), common.join("VST3")));
    }
    let home = PathBuf::from(env::var_os("HOME")?);
    if cfg!(target_os = "macos") {
        let plug_ins = home.join("Library/Audio/Plug-Ins");
        return Some((plug_ins.join("CLAP"), plug_ins.join("VST3")));
    }
    Some((home.join(".clap"), home.join(".vst3")))
}

/// Copies a file or a folder with all that is in it.
pub fn copy_all(from: &Path, to: &Path) -> Result<()> {
    if from.is_file() {
        return bundle::copy(from, to);
    }
    for entry in fs::read_dir(from).with_context(|| format!("cannot read {}", from.display()))? {
        let entry = entry?;
        copy_all(&entry.path(), &to.join(entry.file_name()))?;
    }
    Ok(())
}
