//! A groove file (TOML) to a [`GrooveTemplate`] and back: per piece sixteen places, forces and their spread.

use std::fmt::Write;

use music::drum::Piece;
use music::groove::{GROOVE_STEPS, GrooveStep, GrooveSwing, GrooveTemplate, SwingUnit};
use music::name;

use crate::problem::{Problem, unknown};
use crate::reader::{Reader, Source};
use crate::writing::{comment, quoted};

/// Reads a groove.
///
/// # Errors
/// Everything that is wrong with the file, by line.
pub fn read(file: &str, text: &str) -> Result<GrooveTemplate, Vec<Problem>> {
    let source = Source::new(file, text);
    let mut out = GrooveTemplate::default();
    if let Some(table) = source.parse() {
        let mut root = Reader::root(&source, &table);
        if let Some((text, _)) = root.need_text("name") {
            out.name = name(text);
        }
        root.need_text("source");
        out.slot = root.whole("slot", 0..=63, 0);
        out.residual_sd_us =
            (root.number("residual_sd_ms", 0.0..=40.0, 14.0) * 1000.0).round() as u16;
        out.residual_lag1 = (root.number("residual_lag1", 0.0..=0.99, 0.6) * 100.0).round() as u8;
        if let Some(mut table) = root.table("swing") {
            let unit = match table.need_text("unit") {
                Some(("sixteenth", _)) => SwingUnit::Sixteenth,
                Some(("eighth", _)) | None => SwingUnit::Eighth,
                Some((other, place)) => {
                    place.wrong(unknown("unit", other, &["eighth", "sixteenth"]));
                    SwingUnit::Eighth
                }
            };
            if !table.keys().contains(&"ratio") {
                table.missing("ratio");
            }
            let ratio = (table.number("ratio", 1.0..=3.0, 1.0) * 1000.0).round() as u16;
            out.swing = Some(GrooveSwing { unit, ratio });
            table.finish();
        }
        for piece in Piece::ALL {
            let Some(mut table) = root.table(piece.word()) else {
                continue;
            };
            let mut row = |key: &str, low: f64, high: f64| -> Vec<f64> {
                let Some((list, place)) = table.numbers(key) else {
                    table.missing(key);
                    return vec![0.0; GROOVE_STEPS];
                };
                if list.len() != GROOVE_STEPS {
                    place.wrong(format!(
                        "has {} numbers, must have {GROOVE_STEPS}",
                        list.len()
                    ));
                    return vec![0.0; GROOVE_STEPS];
                }
                if let Some(n) = list.iter().find(|n| !(low..=high).contains(*n)) {
                    place.wrong(format!("{n} is outside {low} to {high}"));
                }
                list
            };
            let offset_ms = row("offset_ms", -32.0, 32.0);
            let velocity = row("velocity", 0.0, 127.0);
            let velocity_sd = row("velocity_sd", 0.0, 127.0);
            for (step, to) in out.pieces[piece as usize].iter_mut().enumerate() {
                to.offset_us = (offset_ms[step] * 1000.0).round() as i16;
                to.velocity = velocity[step] as u8;
                to.velocity_sd = velocity_sd[step] as u8;
            }
            table.finish();
        }
        root.finish();
    }
    let problems = source.into_problems();
    if problems.is_empty() {
        Ok(out)
    } else {
        Err(problems)
    }
}

/// Writes a groove so that [`read`] gives it again, to a tenth of a millisecond. `comments` stand on top,
/// `source` says whose playing it is.
pub fn write(groove: &GrooveTemplate, source: &str, comments: &[String]) -> String {
    let mut out = String::new();
    for line in comments {
        out.push_str(&comment(line));
    }
    let _ = writeln!(out, "\nname = {}", quoted(&groove.name));
    if groove.slot > 0 {
        let _ = writeln!(out, "slot = {}", groove.slot);
    }
    let _ = writeln!(out, "source = {}", quoted(source));
    let sd = groove.residual_sd_us as f64 / 1000.0;
    let lag1 = groove.residual_lag1 as f64 / 100.0;
    let _ = writeln!(out, "residual_sd_ms = {sd:.1}\nresidual_lag1 = {lag1:.2}");
    if let Some(swing) = groove.swing {
        let unit = match swing.unit {
            SwingUnit::Eighth => "eighth",
            SwingUnit::Sixteenth => "sixteenth",
        };
        let ratio = swing.ratio as f64 / 1000.0;
        let _ = writeln!(out, "\n[swing]\nunit  = \"{unit}\"\nratio = {ratio:.3}");
    }
    for piece in Piece::ALL {
        let row = &groove.pieces[piece as usize];
        if row.iter().all(|s| s.velocity == 0) {
            continue;
        }
        let list = |of: &dyn Fn(&GrooveStep) -> String| {
            let beats: Vec<String> = row
                .chunks(4)
                .map(|beat| beat.iter().map(|s| format!("{:>5}", of(s))).collect())
                .map(|beat: Vec<String>| beat.join(", "))
                .collect();
            beats.join(",  ")
        };
        let offset = list(&|s| format!("{:.1}", s.offset_us as f64 / 1000.0));
        let velocity = list(&|s| s.velocity.to_string());
        let spread = list(&|s| s.velocity_sd.to_string());
        let _ = writeln!(
            out,
            "\n[{}]\noffset_ms   = [{offset}]\nvelocity    = [{velocity}]\nvelocity_sd = [{spread}]",
            piece.word()
        );
    }
    out
}
