//! The editor without a host: its panels as pictures, and what a frame of it costs. Both live beside the editor's
//! tests, which hold the busy song that is drawn.

use std::process::Stdio;

use anyhow::{Context, Result, bail};

use crate::{build, cli, paths};

/// `cargo xtask shot --all`: every panel in every theme at both scales, into `target/shots`.
pub fn shots() -> Result<()> {
    let folder = paths::target().join("shots");
    tests(
        "dev",
        &["pictures::shots", "--ignored"],
        &[("MUSEAROO_SHOTS", &folder.display().to_string())],
    )?;
    cli::say(&format!("{}", folder.display()));
    Ok(())
}

/// `cargo xtask shot --bless`: what is drawn is right, and later pictures are compared with it.
pub fn bless() -> Result<()> {
    tests(
        "dev",
        &["pictures::", "--skip", "shots"],
        &[("MUSEAROO_BLESS_PICTURES", "1")],
    )?;
    cli::say("plugin/snapshots holds what is drawn");
    Ok(())
}

/// What a frame costs, for `cargo xtask bench`.
pub fn frame_cost() -> Result<()> {
    let said = tests("quick", &["editor_frame", "--ignored", "--nocapture"], &[])?;
    let figure = |name: &str| {
        let line = said
            .lines()
            .find_map(|line| line.trim().strip_prefix(name))?;
        line.trim().parse::<f64>().ok()
    };
    let (Some(drawn), Some(cut)) = (figure("editor_frame_ms"), figure("editor_triangles_ms"))
    else {
        bail!("the editor's measurement said nothing:\n{said}");
    };
    let verdict = if drawn <= 3.0 { "ok" } else { "MISSED" };
    cli::say(&format!(
        "editor_frame_ms           {drawn:.2}  <= 3  {verdict}  one frame of our own code, six busy lanes at 1400 x 900"
    ));
    cli::say(&format!(
        "editor_triangles_ms       {cut:.2}        egui's own cutting of it into triangles"
    ));
    Ok(())
}

/// Runs tests of the plug-in's library by name; gives what they said.
fn tests(profile: &str, words: &[&str], set: &[(&str, &str)]) -> Result<String> {
    let output = build::cargo()
        .args([
            "test",
            "--profile",
            profile,
            "-p",
            "musearoo",
            "--lib",
            "--",
        ])
        .args(words)
        .envs(set.iter().copied())
        .stdin(Stdio::null())
        .stderr(Stdio::inherit())
        .output()
        .context("cannot run cargo")?;
    let said = String::from_utf8_lossy(&output.stdout).into_owned();
    if !output.status.success() {
        bail!("the editor's tests failed:\n{said}");
    }
    Ok(said)
}
