//! MuseAroo in a window of its own.

use std::process::Command;

use anyhow::{Result, bail};

use crate::build::{self, Profile};
use crate::{Usage, host, system};

/// `cargo xtask run`
pub fn command(words: &[String]) -> Result<()> {
    let words = match words.split_first() {
        None => &[],
        Some((dashes, rest)) if dashes == "--" => rest,
        Some((word, _)) => bail!(Usage(format!(
            "unknown option \"{word}\": put options of the program after --"
        ))),
    };
    if cfg!(target_os = "linux") {
        system::require(&[system::SOUND, system::GL])?;
    }
    let profile = Profile::Quick;
    build::run(
        "building",
        &[
            "build",
            "--profile",
            profile.name(),
            "-p",
            "musearoo",
            "--features",
            "standalone",
        ],
    )?;
    let program = profile.folder().join(format!(
        "musearoo-standalone{}",
        std::env::consts::EXE_SUFFIX
    ));
    host::finish(Command::new(program).args(words))
}
