//! A sheet of sounds: waveform over spectrogram, cell by cell, each with its name and a figure or two.
//!
//! Frequencies are spaced as the ear hears them, by whoever measured; levels go from dark to bright.

use std::path::Path;

use super::canvas::{Align, Canvas, Colour};
use super::{BACKGROUND, DIM, PANEL, TEXT, save};
use crate::error::FileError;

/// One sound.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct SoundCell {
    /// What it is.
    pub label: String,
    /// What was measured.
    pub figures: String,
    /// Whether that is as it should be.
    pub is_good: bool,
    /// Lowest and highest sample by column, −1 to 1.
    pub wave: Vec<(f32, f32)>,
    /// Levels by column, each from the lowest band up: 0 silent, 1 loudest.
    pub columns: Vec<Vec<f32>>,
}

const CELL: f32 = 250.0;
const GAP: f32 = 8.0;
const WORDS: f32 = 34.0;
const WAVE: f32 = 36.0;
const IMAGE: f32 = 108.0;
const HEADER: f32 = 56.0;
const BAD: Colour = Colour(0xe8_6a7b);
const INK: Colour = Colour(0x5a_b0f0);

/// Draws cells under a title into a PNG file, so many a row, at `zoom` pixels a point.
///
/// # Errors
/// When the disk refuses.
pub fn write_sheet(
    path: &Path,
    title: &str,
    per_row: usize,
    cells: &[SoundCell],
    zoom: f32,
) -> Result<(), FileError> {
    save(&draw(title, per_row.max(1), cells, zoom), path)
}

fn draw(title: &str, per_row: usize, cells: &[SoundCell], zoom: f32) -> Canvas {
    let height = WORDS + WAVE + IMAGE + GAP;
    let rows = cells.len().div_ceil(per_row);
    let mut canvas = Canvas::new(
        2.0 * GAP + per_row as f32 * (CELL + GAP),
        HEADER + rows as f32 * height,
        zoom,
        BACKGROUND,
    );
    canvas.text(2.0 * GAP, 14.0, 24.0, TEXT, Align::Left, title);
    for (index, cell) in cells.iter().enumerate() {
        let x = GAP + (index % per_row) as f32 * (CELL + GAP);
        let y = HEADER + (index / per_row) as f32 * height;
        one(&mut canvas, cell, x, y);
    }
    canvas
}

fn one(canvas: &mut Canvas, cell: &SoundCell, x: f32, y: f32) {
    let colour = if cell.is_good { DIM } else { BAD };
    canvas.text(x, y, 15.0, TEXT, Align::Left, &cell.label);
    canvas.text(x, y + 16.0, 12.0, colour, Align::Left, &cell.figures);
    let top = y + WORDS;
    canvas.rect(x, top, CELL, WAVE + IMAGE, PANEL, 1.0);
    let step = CELL / cell.wave.len().max(1) as f32;
    for (column, (low, high)) in cell.wave.iter().enumerate() {
        let place = |v: f32| top + WAVE * (0.5 - 0.5 * v.clamp(-1.0, 1.0));
        let (from, to) = (place(*high), place(*low));
        let left = x + step * column as f32;
        canvas.rect(left, from, step, (to - from).max(0.5), INK, 1.0);
    }
    let step = CELL / cell.columns.len().max(1) as f32;
    for (column, bands) in cell.columns.iter().enumerate() {
        let tall = IMAGE / bands.len().max(1) as f32;
        for (band, level) in bands.iter().enumerate() {
            let left = x + step * column as f32;
            let upper = top + WAVE + IMAGE - tall * (band + 1) as f32;
            // A quarter point over: neighbours meet without a seam.
            canvas.rect(left, upper, step + 0.25, tall + 0.25, heat(*level), 1.0);
        }
    }
}

/// Taste: blue through red to pale yellow, brighter all the way, so that grey print tells the same.
fn heat(level: f32) -> Colour {
    const STOPS: [(f32, f32, f32); 5] = [
        (18.0, 20.0, 30.0),
        (44.0, 44.0, 112.0),
        (150.0, 48.0, 108.0),
        (238.0, 130.0, 62.0),
        (255.0, 246.0, 190.0),
    ];
    let at = level.clamp(0.0, 1.0) * (STOPS.len() - 1) as f32;
    let index = (at as usize).min(STOPS.len() - 2);
    let (a, b, share) = (STOPS[index], STOPS[index + 1], at - index as f32);
    let mix = |a: f32, b: f32| (a + share * (b - a)).round() as u32;
    Colour(mix(a.0, b.0) << 16 | mix(a.1, b.1) << 8 | mix(a.2, b.2))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_louder_band_is_brighter_and_cells_stand_in_rows() {
        let brightness = |level| {
            let Colour(c) = heat(level);
            (c >> 16 & 255) + (c >> 8 & 255) + (c & 255)
        };
        assert!((0..10).all(|i| brightness(i as f32 / 10.0) < brightness((i + 1) as f32 / 10.0)));
        let cells = vec![SoundCell::default(); 5];
        let canvas = draw("Sounds", 2, &cells, 1.0);
        assert_eq!(canvas.width, (2.0 * GAP + 2.0 * (CELL + GAP)) as usize);
        assert_eq!(
            canvas.height,
            (HEADER + 3.0 * (WORDS + WAVE + IMAGE + GAP)) as usize
        );
    }
}
