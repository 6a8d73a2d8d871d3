//! Whether songs of a style differ, and styles from one another: the host measures, this names what fails.

use std::fs;
use std::path::Path;
use std::process::Command;

use anyhow::Result;
use serde_json::Value;

use crate::host;

/// Lanes that are compared, with the most that two songs may share in the middle.
const MOST_SHARED: [(&str, f64); 2] = [("melody", 0.05), ("drums", 0.20)];

/// Measures over so many seeds of every style, and prints what fails; the answer goes into the report.
pub fn measure(host: &Path, out: &Path, seeds: usize) -> Result<Value> {
    eprintln!(" comparing {seeds} songs of every style with each other");
    let file = out.join("variety.json");
    let seeds = seeds.to_string();
    host::finish(Command::new(host).arg("variety").arg(&file).arg(seeds))?;
    let found: Value = serde_json::from_str(&fs::read_to_string(&file)?)?;
    let styles = found["styles"].as_array().map_or(&[][..], Vec::as_slice);
    let mut failed = Vec::new();
    for style in styles {
        for (lane, most) in MOST_SHARED {
            let shared = style[lane]["shared"].as_f64().unwrap_or(1.0);
            let twins = style[lane]["twins"].as_u64().unwrap_or(1);
            if shared > most || twins > 0 {
                let name = style["style"].as_str().unwrap_or("?");
                failed.push(format!(
                    "{name:<20} {lane}: songs share {shared:.3} (at most {most:.2}), {twins} repeat another"
                ));
            }
        }
    }
    let close = found["close"].as_array().map_or(0, Vec::len);
    println!(
        "\nvariety: {} of {} figures of styles inside; {close} of {} pairs of styles share as much as songs of one",
        MOST_SHARED.len() * styles.len() - failed.len(),
        MOST_SHARED.len() * styles.len(),
        found["pairs"],
    );
    for line in &failed {
        println!("  {line}");
    }
    Ok(found)
}
