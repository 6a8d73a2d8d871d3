//! How loud each lane is against the whole, and where it stands.

use music::lane::Lane;
use music::mix::{Decisions, MixProfile, Reason, What};

use super::{Heard, note, tenth};
use crate::mastering::{BAND_HZ, Likeness};

/// A lane this near to its place stays.
///
/// Taste: what an engineer leaves alone; loudness of parts differs as much between good mixes.
const FREE_LU: f32 = 1.5;
/// Furthest that a level is moved, down and up.
const MOST_DB: core::ops::RangeInclusive<f32> = -6.0..=4.5;
/// Two lanes nearer than this stand in one place.
const APART: f32 = 0.3;
/// Likeness of two spectra above which lanes in one place cover each other.
const ALIKE: f32 = 0.75;
/// How far each is moved.
const STEP: f32 = 0.2;

/// Brings each lane towards its share of the mix.
pub fn levels(heard: &Heard, profile: &MixProfile, out: &mut Decisions) {
    for lane in Lane::PLAYED {
        let Some(own) = heard.lane(lane) else {
            continue;
        };
        let wanted = profile.strips[lane.index()].balance_lu;
        let away = own.lufs - heard.mix.lufs - wanted;
        if away.abs() <= FREE_LU {
            continue;
        }
        // To the edge of what is left alone, and a little inside.
        let change = -(away - 0.5 * FREE_LU * away.signum());
        let change = tenth(change.clamp(*MOST_DB.start(), *MOST_DB.end()));
        out.lanes[lane.index()].level_db = change;
        note(out, What::Level(lane), change, Reason::Balance);
    }
}

/// Cosine between the middle bands of two spectra, as amplitudes.
fn alike(a: &Likeness, b: &Likeness) -> f32 {
    let (a, b) = (a.spectrum_db(), b.spectrum_db());
    let (mut dot, mut aa, mut bb) = (0.0f32, 0.0f32, 0.0f32);
    for band in 0..BAND_HZ.len() {
        if (200.0..=5000.0).contains(&BAND_HZ[band]) {
            let (x, y) = (10f32.powf(a[band] / 20.0), 10f32.powf(b[band] / 20.0));
            (dot, aa, bb) = (dot + x * y, aa + x * x, bb + y * y);
        }
    }
    dot / (aa * bb).sqrt().max(1e-12)
}

/// Moves accompaniment apart that covers itself in one place.
pub fn pans(heard: &Heard, out: &mut Decisions) {
    let (a, b) = (Lane::Harmony, Lane::Texture);
    let (Some(first), Some(second)) = (heard.lane(a), heard.lane(b)) else {
        return;
    };
    let distance = heard.pans[b.index()] - heard.pans[a.index()];
    // What is wide by itself needs no place.
    let wide = |l: &Likeness| l.width_db > -6.0;
    if distance.abs() >= APART || alike(first, second) < ALIKE || (wide(first) && wide(second)) {
        return;
    }
    let side = if distance < 0.0 { -1.0 } else { 1.0 };
    for (lane, other, step) in [(a, b, -side * STEP), (b, a, side * STEP)] {
        out.lanes[lane.index()].pan = step;
        note(out, What::Pan(lane), step, Reason::Apart(other));
    }
}
