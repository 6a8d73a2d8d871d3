//! A groove file (TOML) to a [`GrooveTemplate`]: per piece sixteen places, forces and their spread.

use music::drum::Piece;
use music::groove::{GROOVE_STEPS, GrooveTemplate};
use music::name;

use crate::problem::Problem;
use crate::reader::{Reader, Source};

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
