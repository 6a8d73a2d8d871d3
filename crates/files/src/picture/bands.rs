//! The picture of a measurement: by metric the band of human music, where our songs lie in it, and where music that is
//! bad on purpose lies.
//!
//! Every row has its own scale: the band in the middle, once its width on both sides.

use std::path::Path;

use super::canvas::{Align, Canvas, Colour};
use super::{BACKGROUND, DIM, LINE, PANEL, TEXT, save};
use crate::error::FileError;

/// One metric.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct BandRow {
    /// What is measured, of which songs.
    pub label: String,
    /// Where nine tenths of human music lie.
    pub band: (f64, f64),
    /// 5th percentile, median and 95th percentile of our songs.
    pub ours: (f64, f64, f64),
    /// Medians of the bad music, with the place of its name in the list of controls.
    pub controls: Vec<(usize, f64)>,
    /// Whether the target is met.
    pub is_met: bool,
}

const WIDTH: f32 = 1600.0;
const LEFT: f32 = 430.0;
const RIGHT: f32 = 90.0;
const ROW: f32 = 26.0;
const HEADER: f32 = 100.0;
const HUMAN: Colour = Colour(0x2f_5f58);
const OURS: Colour = Colour(0x5a_b0f0);
const MISSED: Colour = Colour(0xe8_6a7b);
/// Taste: told apart by hue and by the number beside the mark.
const MARKS: [Colour; 8] = [
    Colour(0xf0_9d51),
    Colour(0xe8_d36a),
    Colour(0xa0_8bf2),
    Colour(0xe8_6a7b),
    Colour(0x6f_d69a),
    Colour(0xc0_7a4a),
    Colour(0xd9_8be8),
    Colour(0x8d_94a6),
];

/// Draws the rows under a title into a PNG file, at `zoom` pixels a point. `controls` names the bad music.
///
/// # Errors
/// When the disk refuses.
pub fn write_bands(
    path: &Path,
    title: &str,
    controls: &[String],
    rows: &[BandRow],
    zoom: f32,
) -> Result<(), FileError> {
    save(&draw(title, controls, rows, zoom), path)
}

fn draw(title: &str, controls: &[String], rows: &[BandRow], zoom: f32) -> Canvas {
    let height = HEADER + ROW * rows.len() as f32 + 24.0;
    let mut canvas = Canvas::new(WIDTH, height, zoom, BACKGROUND);
    canvas.text(24.0, 18.0, 26.0, TEXT, Align::Left, title);
    legend(&mut canvas, controls);
    for (index, row) in rows.iter().enumerate() {
        let y = HEADER + ROW * index as f32;
        canvas.rounded(LEFT, y, WIDTH - LEFT - RIGHT, ROW - 4.0, 3.0, PANEL, 1.0);
        let colour = if row.is_met { TEXT } else { MISSED };
        canvas.text(LEFT - 12.0, y + 3.0, 14.0, colour, Align::Right, &row.label);
        canvas.text(
            WIDTH - RIGHT + 10.0,
            y + 3.0,
            14.0,
            colour,
            Align::Left,
            &format!("{:.3}", row.ours.1),
        );
        one(&mut canvas, row, y);
    }
    canvas
}

fn legend(canvas: &mut Canvas, controls: &[String]) {
    let mut x = 24.0;
    let mut entry = |canvas: &mut Canvas, colour, text: &str| {
        canvas.rounded(x, 64.0, 14.0, 14.0, 2.0, colour, 1.0);
        x += 20.0 + canvas.text(x + 20.0, 62.0, 14.0, DIM, Align::Left, text) + 22.0;
    };
    entry(canvas, HUMAN, "human band");
    entry(canvas, OURS, "MuseAroo: median, 5th to 95th percentile");
    for (index, name) in controls.iter().enumerate() {
        let text = format!("bad: {}", name.replace('_', " "));
        entry(canvas, MARKS[index % MARKS.len()], &text);
    }
}

/// The place of a value in a row's scale; outside it, the edge.
fn place(row: &BandRow, value: f64) -> f32 {
    let (low, high) = row.band;
    let width = (high - low).max(1e-9);
    let share = (value - (low - width)) / (3.0 * width);
    LEFT + share.clamp(0.0, 1.0) as f32 * (WIDTH - LEFT - RIGHT)
}

fn one(canvas: &mut Canvas, row: &BandRow, y: f32) {
    let bar = |canvas: &mut Canvas, from: f64, to: f64, inset: f32, colour, alpha| {
        let (x, end) = (place(row, from), place(row, to));
        let height = ROW - 4.0 - 2.0 * inset;
        canvas.rect(x, y + inset, (end - x).max(1.0), height, colour, alpha);
    };
    bar(canvas, row.band.0, row.band.1, 1.0, HUMAN, 0.9);
    bar(canvas, row.ours.0, row.ours.2, 8.0, OURS, 0.75);
    let x = place(row, row.ours.1);
    let colour = if row.is_met { OURS } else { MISSED };
    canvas.rect(x - 2.0, y + 3.0, 4.0, ROW - 10.0, colour, 1.0);
    for (index, value) in &row.controls {
        let x = place(row, *value);
        let colour = MARKS[index % MARKS.len()];
        canvas.rounded(x - 3.0, y + ROW - 12.0, 6.0, 6.0, 3.0, colour, 1.0);
    }
    canvas.rect(LEFT, y + ROW - 4.0, WIDTH - LEFT - RIGHT, 1.0, LINE, 0.5);
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn values_lie_where_the_band_says() {
        let row = BandRow {
            band: (1.0, 2.0),
            ..BandRow::default()
        };
        let middle = LEFT + (WIDTH - LEFT - RIGHT) / 2.0;
        assert!((place(&row, 1.5) - middle).abs() < 0.01);
        assert!((place(&row, 99.0) - (WIDTH - RIGHT)).abs() < 0.01);
        assert!(place(&row, 0.9) < place(&row, 1.0));
    }
}
