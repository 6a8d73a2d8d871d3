//! The colour of the whole: what is muddy or harsh, and the slope of the spectrum.

use music::lane::Lane;
use music::mix::{Decisions, MixProfile, Reason, What};

use super::{Heard, note, tenth};
use crate::mastering::{BAND_HZ, BANDS};

/// Where the slope is read.
const SLOPE_HZ: core::ops::RangeInclusive<f32> = 100.0..=10_000.0;
/// Furthest that a shelf of the master goes.
const MOST_SHELF_DB: f32 = 4.0;

/// The straight line through a spectrum: dB at 1 kHz, dB an octave.
fn line(spectrum: &[f32; BANDS]) -> (f32, f32) {
    let counted = || (0..BANDS).filter(|b| SLOPE_HZ.contains(&BAND_HZ[*b]));
    let octave = |b: usize| (BAND_HZ[b] / 1000.0).log2();
    let n = counted().count() as f32;
    let (x, y) = counted().fold((0.0, 0.0), |(x, y), b| {
        (x + octave(b) / n, y + spectrum[b] / n)
    });
    let (xy, xx) = counted().fold((0.0, 0.0), |(xy, xx), b| {
        let d = octave(b) - x;
        (xy + d * (spectrum[b] - y), xx + d * d)
    });
    let slope = xy / xx;
    (y - slope * x, slope)
}

/// Slope of a spectrum between 100 Hz and 10 kHz, dB an octave.
pub fn slope_db(spectrum: &[f32; BANDS]) -> f32 {
    line(spectrum).1
}

/// Cuts what stands out of the mix's own line, on the lane that puts most of it there.
pub fn colours(heard: &Heard, out: &mut Decisions) {
    let spectrum = heard.mix.spectrum_db();
    let (at_1k, slope) = line(&spectrum);
    // Taste: a band of the mix this far over the line is heard as a fault.
    let faults = [
        (200.0..=500.0, 4.0, 1, Reason::Muddy),
        (2000.0..=6300.0, 4.5, 2, Reason::Harsh),
    ];
    for (hz, free, slot, why) in faults {
        let over = |b: usize| spectrum[b] - (at_1k + slope * (BAND_HZ[b] / 1000.0).log2());
        let worst = (0..BANDS)
            .filter(|b| hz.contains(&BAND_HZ[*b]))
            .max_by(|a, b| over(*a).total_cmp(&over(*b)));
        let Some(band) = worst.filter(|b| over(*b) > free) else {
            continue;
        };
        // The drums' snare and the tune's words live there: the accompaniment gives way.
        let lane = [Lane::Harmony, Lane::Texture, Lane::Bass]
            .into_iter()
            .filter_map(|lane| Some((lane, heard.lane(lane)?.spectrum_db()[band])))
            .max_by(|a, b| a.1.total_cmp(&b.1));
        let Some((lane, _)) = lane else { continue };
        let eq = &mut out.lanes[lane.index()].eq[slot];
        if eq.db != 0.0 {
            continue;
        }
        let cut = tenth((free - over(band)).clamp(-3.0, -1.0));
        (eq.hz, eq.db, eq.q) = (BAND_HZ[band], cut, 1.0);
        note(out, What::Eq(lane, BAND_HZ[band]), cut, why);
    }
}

/// Brings the slope into the genre's band by the master's shelves.
pub fn slope(heard: &Heard, profile: &MixProfile, out: &mut Decisions) {
    let slope = slope_db(&heard.mix.spectrum_db());
    let (low, high) = profile.tilt_db;
    let (edge, inside) = if slope < low {
        (low, 0.25)
    } else if slope > high {
        (high, -0.25)
    } else {
        return;
    };
    // Two shelves share the way; between them lie some five octaves.
    let shelf = tenth((2.5 * (edge + inside - slope)).clamp(-MOST_SHELF_DB, MOST_SHELF_DB));
    if shelf == 0.0 {
        return;
    }
    let eq = &mut out.master.eq;
    eq[0].db = -shelf;
    eq[3].db = shelf;
    let places = [(eq[0].hz, -shelf), (eq[3].hz, shelf)];
    for (hz, db) in places {
        note(out, What::MasterEq(hz), db, Reason::Tilt);
    }
}
