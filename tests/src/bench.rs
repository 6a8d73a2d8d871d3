//! What it costs: the engines' bar, phrase and plan; the whole plug-in in a host; size and memory; a voice of every
//! instrument.
//!
//! Every figure is over bars, phrases or blocks, each the least of five passes: a shared machine interrupts,
//! and an interruption is nobody's cost.

mod engine;
mod instruments;
mod plugin;

use std::path::Path;

use anyhow::{Context, Result, bail};
use serde_json::{Map, Value, json};

use crate::render::arguments::usage;

/// Passes of which the least counts.
const PASSES: usize = 5;

/// Key with its unit, goal, meaning.
const ROWS: [(&str, &str, &str); 15] = [
    (
        "perform_bar_median_us",
        "<= 30",
        "one bar of all lanes, median of the heaviest style",
    ),
    ("perform_bar_worst_us", "<= 150", "the same, worst bar"),
    (
        "compose_phrase_worst_us",
        "<= 300",
        "one cold phrase, worst of all styles and of the dearest settings",
    ),
    (
        "compose_close_worst_us",
        "<= 300",
        "the same of close voicings",
    ),
    (
        "compose_drop_two_worst_us",
        "<= 300",
        "the same of drop-two voicings",
    ),
    (
        "plan_64_bars_ms",
        "<= 5",
        "a whole new plan of 64 bars, dearest style",
    ),
    ("plan_400_bars_ms", "<= 30", "the same of 400 bars"),
    (
        "bar_cost_4_to_400",
        "<= 1.25",
        "a bar's cost in songs of 4 to 400 bars, highest to lowest",
    ),
    (
        "realtime_factor_512",
        ">= 100",
        "times faster than real time, 512 frames",
    ),
    (
        "realtime_factor_busiest",
        ">= 100",
        "the same in the style that sets most voices to work",
    ),
    (
        "realtime_factor_64",
        ">= 60",
        "times faster than real time, 64 frames",
    ),
    (
        "block_64_worst_share",
        "<= 0.5",
        "worst 64-frame block with a bar start, share of its time",
    ),
    ("load_ms", "", "from loading to ready to play"),
    ("binary_mb", "", "size of the plug-in"),
    ("instance_mb", "", "memory that one more instance takes"),
];

/// Everything measured.
///
/// # Errors
/// When the plug-in cannot be played.
pub fn measure(bundle: &Path) -> Result<Map<String, Value>> {
    let mut figures = engine::measure();
    figures.extend(plugin::measure(bundle)?);
    let costs = instruments::measure()?;
    let voices = costs
        .iter()
        .map(|cost| (cost.stem.clone(), figure(cost.voices)));
    figures.insert(
        "voices_in_a_percent".into(),
        Value::Object(voices.collect()),
    );
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
    println!("{:<24} {:>9}  {:<8}", "figure", "measured", "goal");
    for (key, goal, meaning) in ROWS {
        let value = figures.get(key).context("a figure is missing")?;
        println!("{key:<24} {:>9}  {goal:<8} {meaning}", value.to_string());
    }
    let style = |key: &str| figures.get(key).and_then(Value::as_str).unwrap_or("none");
    println!(
        "heaviest bars: {}; dearest phrase: {}",
        style("perform_bar_style"),
        style("compose_phrase_style")
    );
    if let Some(costs) = figures
        .get("voices_in_a_percent")
        .and_then(Value::as_object)
    {
        let voices = |cost: &Value| cost.as_f64().unwrap_or(0.0);
        let mut costs: Vec<(&String, &Value)> = costs.iter().collect();
        costs.sort_by(|a, b| voices(a.1).total_cmp(&voices(b.1)));
        println!("\nvoices in a hundredth of a core, the dearest first");
        for (stem, cost) in costs {
            println!("{stem:<24} {:>9.1}", voices(cost));
        }
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
