//! A sound as a cell of a sheet: its waveform, and its levels over time in bands as the ear spaces them.

use files::picture::SoundCell;

use crate::common::measure::{RATE, middle};
use crate::common::{db, spectrum};
use crate::table::Row;

const COLUMNS: usize = 125;
const BANDS: usize = 54;
/// Samples of a window.
const WINDOW: usize = 4_096;
/// Between the darkest and the brightest, dB.
const RANGE_DB: f64 = 72.0;
const LOWEST_HZ: f64 = 35.0;
const HIGHEST_HZ: f64 = 18_000.0;

/// A sound's first seconds.
pub fn cell(row: &Row, note: &[Vec<f32>; 2], seconds: f32) -> SoundCell {
    let both = middle(note);
    let step = (seconds * RATE) as usize / COLUMNS;
    let top = both.iter().fold(1e-6f32, |p, x| p.max(x.abs()));
    let wave = both
        .chunks(step)
        .take(COLUMNS)
        .map(|c| {
            let (low, high) = c
                .iter()
                .fold((0.0f32, 0.0f32), |(l, h), x| (l.min(*x), h.max(*x)));
            (low / top, high / top)
        })
        .collect();
    let mut powers: Vec<Vec<f64>> = Vec::new();
    for column in 0..COLUMNS {
        let mut part = vec![0.0f32; WINDOW];
        let middle = column * step + step / 2;
        for (i, x) in part.iter_mut().enumerate() {
            let at = (middle + i).wrapping_sub(WINDOW / 2);
            *x = both.get(at).copied().unwrap_or(0.0);
        }
        let power = spectrum(&part);
        let bin = f64::from(RATE) / WINDOW as f64;
        let edge = |band: usize| {
            LOWEST_HZ * (HIGHEST_HZ / LOWEST_HZ).powf(band as f64 / BANDS as f64) / bin
        };
        let bands = (0..BANDS).map(|band| {
            let (a, b) = (edge(band) as usize, edge(band + 1) as usize + 1);
            // Peaks rather than sums: partials stay lines.
            power[a..b].iter().copied().fold(0.0, f64::max)
        });
        powers.push(bands.collect());
    }
    let most = powers.iter().flatten().copied().fold(1e-30, f64::max);
    let shade = |p: f64| 1.0 + 10.0 * (p / most).max(1e-20).log10() / RANGE_DB;
    let columns = powers
        .into_iter()
        .map(|bands| {
            bands
                .into_iter()
                .map(|p| shade(p).max(0.0) as f32)
                .collect()
        })
        .collect();
    let sound = &row.sound;
    let mut figures = format!(
        "{:.0} Hz, air {:.1} %, side {:.0} dB",
        sound.centroid_hz,
        100.0 * sound.air,
        sound.width_db.max(db(1e-3))
    );
    for fault in &row.faults {
        figures += &format!(" · {fault}");
    }
    SoundCell {
        label: format!("{} {}", row.stem, row.what),
        figures,
        is_good: row.faults.is_empty(),
        wave,
        columns,
    }
}
