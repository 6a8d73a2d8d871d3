//! Runs the binary `host` on the bundle that was just built.

use std::process::{Command, Stdio};

use anyhow::{Context, Result, bail};

use crate::build::{self, Profile};
use crate::bundle::{self, Bundles};
use crate::display::Display;
use crate::{Ended, editor, system};

/// Builds plug-in and host, and bundles the plug-in apart from what `bundle` makes.
pub fn ready() -> Result<(Bundles, Command)> {
    let host = build::plugin_and_host(Profile::Quick)?;
    Ok((
        bundle::from_library(Profile::Quick, "bundled-quick")?,
        Command::new(host),
    ))
}

/// A host command that takes the bundle and then the user's words.
pub fn with_bundle(word: &str, words: &[String]) -> Result<()> {
    let (bundles, mut host) = ready()?;
    finish(host.arg(word).arg(&bundles.clap).args(words))
}

/// A host command that reads presets and files and needs no plug-in.
pub fn engines_only(word: &str, words: &[String]) -> Result<()> {
    let host = build::host(Profile::Quick)?;
    finish(Command::new(host).arg(word).args(words))
}

/// `cargo xtask shot`
pub fn shot(words: &[String]) -> Result<()> {
    match words {
        [word] if word == "--all" => return editor::shots(),
        [word] if word == "--bless" => return editor::bless(),
        _ => {}
    }
    if !cfg!(target_os = "linux") {
        bail!("shot needs X11: it works on Linux only so far");
    }
    system::require(&[system::XVFB, system::GL])?;
    let (bundles, mut host) = ready()?;
    let display = Display::start()?;
    finish(
        host.arg("shot")
            .arg(&bundles.clap)
            .args(words)
            .env("DISPLAY", &display.name),
    )
}

/// Runs it to its end; its own messages are enough when it fails.
pub fn finish(command: &mut Command) -> Result<()> {
    let status = command
        .stdin(Stdio::null())
        .status()
        .context("cannot run the host")?;
    match status.code() {
        Some(0) => Ok(()),
        Some(code) => bail!(Ended(code.clamp(1, 255) as u8)),
        None => bail!("the host was ended by a signal: the plug-in crashed or ran out of memory"),
    }
}
