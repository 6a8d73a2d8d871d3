//! `demo`, `render` and `bench`: the built plug-in plays, files and figures come out.

use std::fs;
use std::path::Path;
use std::process::{Command, Stdio};
use std::time::Instant;

use anyhow::Result;
use serde_json::Value;

use crate::{editor, host, paths};

/// `cargo xtask demo`
pub fn demo(words: &[String]) -> Result<()> {
    let begun = Instant::now();
    let out = paths::target().join("demo");
    let (bundles, mut command) = host::ready()?;
    let built_s = begun.elapsed().as_secs_f64();
    host::finish(
        command
            .arg("render")
            .arg(&bundles.clap)
            .arg("--out")
            .arg(&out)
            .args(words),
    )?;
    eprintln!(" measuring  the engines and the plug-in on this machine");
    let figures = paths::target().join("demo-bench.json");
    let mut bench = Command::new(command.get_program());
    host::finish(
        bench
            .arg("bench")
            .arg(&bundles.clap)
            .arg("--json")
            .arg(&figures)
            .stdout(Stdio::null()),
    )?;
    keep_figures(&figures)?;
    let all_s = begun.elapsed().as_secs_f64();
    println!();
    println!(
        "A song is in {}: song.mid, mix.wav, stems/, song.png, report.json.",
        paths::shown(&out)
    );
    println!(
        "It took {}: {} to build, {} to play.",
        time(all_s),
        time(built_s),
        time(all_s - built_s)
    );
    println!();
    println!("Listen to mix.wav, look at song.png, drop song.mid into a DAW. What next:");
    println!(
        "  cargo xtask install    put MuseAroo into your plug-in folders, then load it in a DAW and press play"
    );
    println!("  cargo xtask run        play it in a window of its own");
    println!("  cargo xtask render --out song --style bossa --key \"D minor\" --bars 32 --seed 7");
    Ok(())
}

/// `cargo xtask render`
pub fn render(words: &[String]) -> Result<()> {
    host::with_bundle("render", words)
}

/// `cargo xtask bench`: the figures also go into the demo's report, if there is one.
pub fn bench(words: &[String]) -> Result<()> {
    host::with_bundle("bench", words)?;
    editor::frame_cost()?;
    match words {
        [option, file] if option == "--json" => keep_figures(Path::new(file)),
        _ => Ok(()),
    }
}

/// Puts figures into the demo's report, if there is one.
fn keep_figures(file: &Path) -> Result<()> {
    let report = paths::target().join("demo/report.json");
    let Ok(text) = fs::read_to_string(&report) else {
        return Ok(());
    };
    let mut json: Value = serde_json::from_str(&text)?;
    json["bench"] = serde_json::from_str(&fs::read_to_string(file)?)?;
    fs::write(&report, serde_json::to_string_pretty(&json)? + "\n")?;
    Ok(())
}

fn time(seconds: f64) -> String {
    if seconds < 90.0 {
        format!("{seconds:.0} s")
    } else {
        format!(
            "{:.0} min {:.0} s",
            (seconds / 60.0).floor(),
            seconds % 60.0
        )
    }
}
