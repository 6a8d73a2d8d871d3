//! What it costs: the engines' bar, phrase and plan; the whole plug-in in a host; size and memory.
//!
//! Every figure is over bars, phrases or blocks, each the least of five passes: a shared machine interrupts,
//! and an interruption is nobody's cost.

mod engine;
mod plugin;

use std::path::Path;

use anyhow::{Context, Result, bail};
use serde_json::{Map, Value, json};

use crate::render::arguments::usage;

/// Passes of which the least counts.
const PASSES: usize = 5;

/// Key, goal of this stage in words, unit.
const ROWS: [(&str, &str); 10] = [
    (
        "perform_bar_median_us",
        "one bar of all lanes, median (goal 50 us)",
    ),
    (
        "perform_bar_worst_us",
        "one bar of all lanes, worst (goal 300 us)",
    ),
    (
        "compose_phrase_worst_us",
        "one cold phrase, worst of bars 1 to 400 (goal 300 us)",
    ),
    ("plan_64_bars_ms", "a whole new plan of 64 bars (goal 5 ms)"),
    (
        "realtime_factor_512",
        "times faster than real time, 512 frames (goal 60)",
    ),
    (
        "realtime_factor_64",
        "times faster than real time, 64 frames (goal 60)",
    ),
    (
        "block_64_worst_share",
        "worst 64-frame block with a bar start, share of its time (goal 0.5)",
    ),
    ("load_ms", "from loading to ready to play"),
    ("binary_mb", "size of the plug-in"),
    ("instance_mb", "memory that one more instance takes"),
];

/// Everything measured.
///
/// # Errors
/// When the plug-in cannot be played.
pub fn measure(bundle: &Path) -> Result<Map<String, Value>> {
    let mut figures = engine::measure();
    figures.extend(plugin::measure(bundle)?);
    Ok(figures)
}

/// The command: prints, and writes with `--json FILE`.
///
/// # Errors
/// Unknown options; a plug-in or disk that refuses.
pub fn command(bundle: &Path, words: &[String]) -> Result<()> {
    let file = match words {
        [] => None,
        [option, file] if option == "--json" => Some(file),
        _ => bail!(usage("bench takes --json FILE and nothing else")),
    };
    let figures = measure(bundle)?;
    for (key, meaning) in ROWS {
        let value = figures.get(key).context("a figure is missing")?;
        println!("{key:<26} {:>10}   {meaning}", value.to_string());
    }
    if let Some(file) = file {
        let text = serde_json::to_string_pretty(&figures)? + "\n";
        std::fs::write(file, text).with_context(|| format!("cannot write {file}"))?;
    }
    Ok(())
}

/// A figure with three digits after the point.
fn figure(value: f64) -> Value {
    json!((value * 1000.0).round() / 1000.0)
}
