//! From one piece to another: the settings of the master that bring the first to sound like the second, and
//! how far apart two pieces are.

use super::measure::{BAND_HZ, BANDS, Likeness, decibel, power};

/// Furthest that the equaliser goes in a band, dB.
///
/// Taste: beyond it a master is another arrangement, and noise is lifted.
const MOST_EQ_DB: f32 = 15.0;
/// Furthest that the side is moved, dB.
const MOST_WIDTH_DB: f32 = 12.0;
/// Bands that a comparison counts: below is rumble, above what lossy files leave out.
const COUNTED_HZ: core::ops::RangeInclusive<f32> = 40.0..=16_000.0;
/// A band this far under the loudest one is not lifted: there is nothing in it.
const EMPTY_DB: f32 = 70.0;

/// What carries one piece to another at an amount of 100 %.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Towards {
    /// Gain in each band of a third of an octave, dB; 0 on average.
    pub eq_db: [f32; BANDS],
    /// Gain of the side, dB.
    pub width_db: f32,
    /// Integrated loudness to arrive at, LUFS.
    pub lufs: f32,
    /// How far the true peak stands above the loudness there, dB: less asks for more compression.
    pub peak_to_loudness_db: f32,
}

impl Towards {
    /// The same way, gone in part: 0 stays, 1 arrives. `own` is where it starts.
    #[must_use]
    pub fn by(&self, amount: f32, own: &Likeness) -> Towards {
        let amount = if amount.is_finite() {
            amount.clamp(0.0, 1.0)
        } else {
            0.0
        };
        let between = |from: f32, to: f32| from + amount * (to - from);
        Towards {
            eq_db: self.eq_db.map(|db| amount * db),
            width_db: amount * self.width_db,
            lufs: between(own.lufs, self.lufs),
            peak_to_loudness_db: between(own.peak_to_loudness_db(), self.peak_to_loudness_db),
        }
    }
}

/// How far apart two pieces are.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Errors {
    /// Loudness, LU; positive where the first is louder.
    pub loudness_lu: f32,
    /// Mean absolute difference of the spectra in thirds of an octave, 40 Hz–16 kHz, at equal mean level, dB.
    pub spectrum_db: f32,
    /// Side against mid, dB; positive where the first is wider.
    pub width_db: f32,
}

impl Errors {
    /// Of `a` against `b`.
    pub fn between(a: &Likeness, b: &Likeness) -> Errors {
        let difference = differences(a, b);
        let counted = || {
            BAND_HZ
                .iter()
                .zip(difference)
                .filter(|(hz, _)| COUNTED_HZ.contains(*hz))
        };
        let spectrum = counted().map(|(_, d)| d.abs()).sum::<f32>() / counted().count() as f32;
        Errors {
            loudness_lu: a.lufs - b.lufs,
            spectrum_db: spectrum,
            width_db: a.width_db - b.width_db,
        }
    }
}

/// Spectrum of `a` less that of `b`, dB, 0 on average over the bands that count.
fn differences(a: &Likeness, b: &Likeness) -> [f32; BANDS] {
    let (a, b) = (a.spectrum_db(), b.spectrum_db());
    let raw: [f32; BANDS] = core::array::from_fn(|band| a[band] - b[band]);
    let counted = |band: &usize| COUNTED_HZ.contains(&BAND_HZ[*band]);
    let count = (0..BANDS).filter(counted).count() as f32;
    let mean = (0..BANDS)
        .filter(counted)
        .map(|band| raw[band])
        .sum::<f32>()
        / count;
    raw.map(|db| db - mean)
}

/// What brings `own` to `reference`. Silence on either side asks for nothing but loudness.
pub fn towards(own: &Likeness, reference: &Likeness) -> Towards {
    let mut out = Towards {
        eq_db: [0.0; BANDS],
        width_db: 0.0,
        lufs: reference.lufs,
        peak_to_loudness_db: reference.peak_to_loudness_db(),
    };
    if own.is_silent() || reference.is_silent() {
        return out;
    }
    let spectrum = own.spectrum_db();
    let loudest = spectrum.iter().copied().fold(f32::MIN, f32::max);
    let wanted = differences(reference, own);
    for (band, eq) in out.eq_db.iter_mut().enumerate() {
        let empty = spectrum[band] < loudest - EMPTY_DB;
        let most = if empty { 0.0 } else { MOST_EQ_DB };
        *eq = wanted[band].clamp(-MOST_EQ_DB, most);
    }
    // Outside of what counts the curve goes on as it stood at the edge.
    let first = BAND_HZ
        .iter()
        .position(|hz| COUNTED_HZ.contains(hz))
        .unwrap_or(0);
    let last = BAND_HZ
        .iter()
        .rposition(|hz| COUNTED_HZ.contains(hz))
        .unwrap_or(BANDS - 1);
    for band in 0..first {
        out.eq_db[band] = out.eq_db[band].min(out.eq_db[first]);
    }
    for band in last + 1..BANDS {
        out.eq_db[band] = out.eq_db[band].min(out.eq_db[last]);
    }
    // The equaliser alone moves the width, since side and mid differ in spectrum.
    let after = |levels: &[f32; BANDS]| -> f64 {
        levels
            .iter()
            .zip(out.eq_db)
            .map(|(db, eq)| power(db + eq))
            .sum()
    };
    let width = decibel(after(&own.side_db)) - decibel(after(&own.mid_db));
    out.width_db = (reference.width_db - width).clamp(-MOST_WIDTH_DB, MOST_WIDTH_DB);
    out
}
