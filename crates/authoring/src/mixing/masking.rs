//! Who covers whom: the bass and the kick below, the accompaniment and the tune in the middle.

use music::lane::Lane;
use music::mix::{Decisions, Reason, What};

use super::{Heard, note, tenth};
use crate::mastering::BAND_HZ;

/// Where kick and bass meet.
const LOW_HZ: core::ops::RangeInclusive<f32> = 40.0..=125.0;
/// Where a tune is understood.
///
/// Reference: the ear is keenest between 1 and 5 kHz (ISO 226).
const TUNE_HZ: core::ops::RangeInclusive<f32> = 800.0..=5000.0;
/// A band of the tune this far under its strongest one carries nothing.
const CARRIES_DB: f32 = 9.0;
/// Accompaniment this far under the tune leaves it free.
///
/// Taste: partly masked sounds stay clear some dB above what covers them.
const CLEAR_DB: f32 = 4.0;

fn strongest(spectrum: &[f32], hz: &core::ops::RangeInclusive<f32>) -> usize {
    (0..BAND_HZ.len())
        .filter(|band| hz.contains(&BAND_HZ[*band]))
        .max_by(|a, b| spectrum[*a].total_cmp(&spectrum[*b]))
        .unwrap_or(0)
}

/// Makes room for the kick where the bass has its strongest band in the same place.
pub fn low(heard: &Heard, out: &mut Decisions) {
    let (Some(drums), Some(bass)) = (heard.lane(Lane::Drums), heard.lane(Lane::Bass)) else {
        return;
    };
    let (drums, bass) = (drums.spectrum_db(), bass.spectrum_db());
    let (kick, low) = (strongest(&drums, &LOW_HZ), strongest(&bass, &LOW_HZ));
    let together = kick.abs_diff(low) <= 1;
    // A kick far over or far under the bass is not covered by it, or is not there.
    let over = drums[kick] - bass[kick];
    if !together || !(-9.0..=6.0).contains(&over) {
        return;
    }
    let eq = &mut out.lanes[Lane::Bass.index()].eq[1];
    (eq.hz, eq.db, eq.q) = (BAND_HZ[kick], -2.0, 1.2);
    let hz = eq.hz;
    note(
        out,
        What::Eq(Lane::Bass, hz),
        -2.0,
        Reason::Masks(Lane::Drums),
    );
    if over < 0.0 {
        let depth = tenth((1.0 - 0.25 * over).min(3.0));
        out.lanes[Lane::Bass.index()].duck_db = depth;
        note(out, What::Duck(Lane::Bass), depth, Reason::Kick);
    }
}

/// Opens the accompaniment where it covers the tune most.
pub fn tune(heard: &Heard, out: &mut Decisions) {
    let Some(tune) = heard.lane(Lane::Melody) else {
        return;
    };
    let tune = tune.spectrum_db();
    let top = tune[strongest(&tune, &TUNE_HZ)];
    for lane in [Lane::Harmony, Lane::Texture] {
        let Some(own) = heard.lane(lane) else {
            continue;
        };
        let own = own.spectrum_db();
        // As loud as it will be once its level is corrected.
        let level = out.lanes[lane.index()].level_db - out.lanes[Lane::Melody.index()].level_db;
        let worst = (0..BAND_HZ.len())
            .filter(|b| TUNE_HZ.contains(&BAND_HZ[*b]) && tune[*b] > top - CARRIES_DB)
            .map(|b| (b, own[b] + level - tune[b]))
            .max_by(|a, b| a.1.total_cmp(&b.1));
        let Some((band, covers)) = worst else {
            continue;
        };
        if covers <= -CLEAR_DB {
            continue;
        }
        let cut = tenth((-0.5 * (covers + CLEAR_DB)).clamp(-4.0, -1.0));
        let eq = &mut out.lanes[lane.index()].eq[2];
        (eq.hz, eq.db, eq.q) = (BAND_HZ[band], cut, 0.9);
        let what = What::Eq(lane, BAND_HZ[band]);
        note(out, what, cut, Reason::Masks(Lane::Melody));
    }
}
