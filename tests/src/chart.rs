//! Draws the report of `cargo xtask musicality`.

use std::path::Path;

use anyhow::{Context, Result};
use files::picture::{BandRow, write_bands};
use serde_json::Value;

/// `chart REPORT.json OUT.png`
///
/// # Errors
/// When the report cannot be read or the picture not be written.
pub fn command(words: &[String]) -> Result<()> {
    let report = words.first().context("which report?")?;
    let out = words.get(1).context("which picture?")?;
    let text = std::fs::read_to_string(report).with_context(|| format!("cannot read {report}"))?;
    let report: Value = serde_json::from_str(&text)?;
    let chart = report["chart"].as_array().map_or(&[][..], Vec::as_slice);
    let mut controls: Vec<String> = chart
        .iter()
        .filter_map(|row| row["controls"].as_object())
        .flat_map(|o| o.keys().cloned())
        .collect();
    controls.sort();
    controls.dedup();
    let rows: Vec<BandRow> = chart.iter().filter_map(|r| row(r, &controls)).collect();
    let title = format!("Against human music: {} metrics", rows.len());
    write_bands(Path::new(out), &title, &controls, &rows, 1.5)?;
    Ok(())
}

/// A metric that has a band and values.
fn row(row: &Value, controls: &[String]) -> Option<BandRow> {
    let place = |name: &String| controls.iter().position(|c| c == name);
    let bad = row["controls"].as_object();
    Some(BandRow {
        label: format!("{}: {}", row["songs"].as_str()?, row["metric"].as_str()?),
        band: (row["band"][0].as_f64()?, row["band"][1].as_f64()?),
        ours: (
            row["low"].as_f64()?,
            row["median"].as_f64()?,
            row["high"].as_f64()?,
        ),
        controls: bad.map_or_else(Vec::new, |bad| {
            bad.iter()
                .filter_map(|(name, value)| Some((place(name)?, value.as_f64()?)))
                .collect()
        }),
        is_met: row["met"].as_bool().unwrap_or(false),
    })
}
