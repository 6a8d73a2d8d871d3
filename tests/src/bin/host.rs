//! The host that `cargo xtask` builds and runs: loads the built plug-in and renders, measures or pictures.
//!
//! Ends with code 2 after one line when the user can mend what is wrong, 1 when something failed.

use std::path::{Path, PathBuf};
use std::process::ExitCode;

use anyhow::{Context, Result, bail};
use tests::render::arguments::{Usage, usage};
use tests::render::{self, Arguments};

fn main() -> ExitCode {
    let words: Vec<String> = std::env::args().skip(1).collect();
    match run(&words) {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) if error.is::<Usage>() => {
            eprintln!("{error}");
            ExitCode::from(2)
        }
        Err(error) => {
            eprintln!("error: {error:#}");
            ExitCode::FAILURE
        }
    }
}

fn run(words: &[String]) -> Result<()> {
    let (command, rest) = words.split_first().context("which command?")?;
    match command.as_str() {
        "render" => render_songs(&bundle(rest)?, &rest[1..]),
        "bench" => tests::bench::command(&bundle(rest)?, &rest[1..]),
        "chart" => tests::chart::command(rest),
        "check-styles" => tests::style_check::command(rest),
        "groove" => tests::groove::command(rest),
        "learn" => tests::learn::command(rest),
        "variety" => tests::variety::command(rest),
        "bless" => tests::golden::bless(&bundle(rest)?),
        #[cfg(target_os = "linux")]
        "shot" => tests::gui_rig::command(&bundle(rest)?, &rest[1..]),
        other => bail!(usage(format!("unknown command {other}"))),
    }
}

/// The first word: the bundle to load.
fn bundle(words: &[String]) -> Result<PathBuf> {
    Ok(PathBuf::from(words.first().context("which bundle?")?))
}

fn render_songs(bundle: &Path, words: &[String]) -> Result<()> {
    let arguments = Arguments::parse(words)?;
    let made = render::run(bundle, &arguments)?;
    let factor = made.seconds / made.render_s.max(1e-9);
    println!(
        "{:.1} s of music in {:.1} s ({factor:.0} times faster than real time)",
        made.seconds, made.render_s
    );
    if let Some(loudness) = made.report.get("loudness") {
        println!(
            "loudness {} LUFS, true peak {} dBTP",
            loudness["integrated_lufs"], loudness["true_peak_dbtp"]
        );
    }
    if let Some(words) = made.report["settings"]["not_understood"]
        .as_array()
        .filter(|w| !w.is_empty())
    {
        println!(
            "not understood: {}",
            words
                .iter()
                .filter_map(|w| w.as_str())
                .collect::<Vec<_>>()
                .join(", ")
        );
    }
    let shown = if made.files.len() > 24 {
        3
    } else {
        made.files.len()
    };
    for file in &made.files[..shown] {
        println!("  {}", file.display());
    }
    if shown < made.files.len() {
        println!("  … {} files in all", made.files.len());
    }
    Ok(())
}
