//! A private Python with the hosts that live there; never the user's own.

use std::fs;
use std::path::PathBuf;
use std::process::{Command, Stdio};

use anyhow::{Context, Result, bail};

use crate::paths;

/// The interpreter of target/venv, made and filled when it is not there yet.
pub fn interpreter() -> Result<PathBuf> {
    let folder = paths::target().join("venv");
    let python = if cfg!(target_os = "windows") {
        folder.join("Scripts/python.exe")
    } else {
        folder.join("bin/python")
    };
    let list = paths::root().join("tests/python/requirements.txt");
    let wanted =
        fs::read_to_string(&list).with_context(|| format!("cannot read {}", list.display()))?;
    let stamp = folder.join("requirements.txt");
    if python.exists() && fs::read_to_string(&stamp).is_ok_and(|have| have == wanted) {
        return Ok(python);
    }
    eprintln!("making a private Python in {}", paths::shown(&folder));
    run(Command::new("python3").args(["-m", "venv"]).arg(&folder))?;
    run(Command::new(&python)
        .args([
            "-m",
            "pip",
            "install",
            "--quiet",
            "--disable-pip-version-check",
            "-r",
        ])
        .arg(&list))?;
    fs::write(&stamp, wanted)?;
    Ok(python)
}

fn run(command: &mut Command) -> Result<()> {
    let out = command
        .stdin(Stdio::null())
        .output()
        .with_context(|| format!("cannot run {command:?}"))?;
    if out.status.success() {
        return Ok(());
    }
    let text = String::from_utf8_lossy(&out.stderr);
    bail!("{}", text.lines().last().unwrap_or("pip failed"))
}
