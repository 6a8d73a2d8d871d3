//! How far two sounds lie apart once a fader and a smooth equaliser have done all they can to make them equal.
#![allow(dead_code)]
#![allow(clippy::needless_range_loop)] // Rows and columns of a matrix.

use super::measure::{THIRDS, middle, side, thirds};

/// Stretches of a sound: first sample and length.
const STRETCHES: [(usize, usize); 4] = [
    (0, 2_048),
    (2_048, 8_192),
    (16_384, 16_384),
    (36_864, 16_384),
];
/// Cosines over the bands that an equaliser can draw: its finest bell is about an octave wide.
const CURVES: usize = 10;
/// Quieter than this against the loudest counts as silence, dB.
const FLOOR_DB: f64 = -54.0;

/// Instruments nearer than this are one through a fader and an equaliser.
pub const LEAST_APART_DB: f64 = 2.5;

/// Levels of one sound in thirds of an octave, stretch by stretch, dB against its loudest band; then its width.
#[derive(Clone, Debug)]
pub struct Portrait {
    levels: [[f64; THIRDS]; STRETCHES.len()],
    width_db: f64,
}

impl Portrait {
    /// Of a sound from its onset on, at least 54,000 samples long or silent after its end.
    pub fn of(note: &[Vec<f32>; 2]) -> Portrait {
        let mut note = note.clone();
        for side in &mut note {
            side.resize(53_248, 0.0);
        }
        let (m, s) = (middle(&note), side(&note));
        let mut levels = STRETCHES.map(|(from, size)| {
            let both = [&m, &s].map(|x| thirds(&x[from..from + size]));
            // Stretches of any length on one scale.
            let scale = (size as f64).powi(2);
            core::array::from_fn(|band| (both[0][band] + both[1][band]) / scale)
        });
        let most = levels.iter().flatten().copied().fold(1e-30, f64::max);
        for level in levels.iter_mut().flatten() {
            *level = (10.0 * (*level / most).max(1e-30).log10()).max(FLOOR_DB);
        }
        let power = |x: &[f32]| super::measure::energy(x);
        Portrait {
            levels,
            width_db: (10.0 * (power(&s) / power(&m).max(1e-12)).max(1e-4).log10()).max(-30.0),
        }
    }
}

/// dB that several sounds of one instrument keep between them and those of another, in the mean, after one gain and
/// one equaliser for all of them have made them as equal as can be.
pub fn apart_db(one: &[Portrait], other: &[Portrait]) -> f64 {
    // Where either sounds at all.
    let mut cells: Vec<(usize, f64)> = Vec::new();
    for (a, b) in one.iter().zip(other) {
        for (a, b) in a.levels.iter().zip(&b.levels) {
            for (band, (a, b)) in a.iter().zip(b).enumerate() {
                if *a > FLOOR_DB || *b > FLOOR_DB {
                    cells.push((band, a - b));
                }
            }
        }
    }
    let (mut sums, mut counts) = ([0.0f64; THIRDS], [0.0f64; THIRDS]);
    for (band, difference) in &cells {
        sums[*band] += difference;
        counts[*band] += 1.0;
    }
    let curve = smooth(&sums, &counts);
    let squares: f64 = cells
        .iter()
        .map(|(band, difference)| (difference - curve[*band]).powi(2))
        .sum();
    let width = one.iter().zip(other).map(|(a, b)| a.width_db - b.width_db);
    let widths = width.map(|w| w * w).sum::<f64>() / one.len() as f64;
    // Width weighs as much as a third of an octave in every stretch.
    ((squares + cells.len() as f64 / THIRDS as f64 * widths.min(144.0))
        / (cells.len() as f64 * (1.0 + 1.0 / THIRDS as f64)))
        .sqrt()
}

/// The equaliser that fits best: least squares over a few cosines, bands weighted by how often they sound.
fn smooth(sums: &[f64; THIRDS], counts: &[f64; THIRDS]) -> [f64; THIRDS] {
    let basis = |k: usize, band: usize| {
        (std::f64::consts::PI * k as f64 * (band as f64 + 0.5) / THIRDS as f64).cos()
    };
    let mut matrix = [[0.0f64; CURVES + 1]; CURVES];
    for (band, (sum, count)) in sums.iter().zip(counts).enumerate() {
        for i in 0..CURVES {
            for j in 0..CURVES {
                matrix[i][j] += count * basis(i, band) * basis(j, band);
            }
            matrix[i][CURVES] += sum * basis(i, band);
        }
    }
    // A hair of restraint where hardly anything sounds.
    for (i, row) in matrix.iter_mut().enumerate() {
        row[i] += 0.5;
    }
    for i in 0..CURVES {
        for j in 0..CURVES {
            if i == j {
                continue;
            }
            let factor = matrix[j][i] / matrix[i][i];
            let row = matrix[i];
            for (x, y) in matrix[j].iter_mut().zip(row) {
                *x -= factor * y;
            }
        }
    }
    core::array::from_fn(|band| {
        (0..CURVES)
            .map(|k| matrix[k][CURVES] / matrix[k][k] * basis(k, band))
            .sum()
    })
}
