//! How long the first of two is against the second.
//!
//! Ratios are tried on both subdivisions; the one whose uneven grid the onsets lie nearest to says which steps
//! they play. Then the ratio follows from where the off-beats lie against the beats, so that a band that lags
//! as a whole does not count as swinging.

use music::groove::{GrooveSwing, SwingUnit};
use music::time::TICKS_PER_STEP;

use super::STRAIGHT;
use super::grid::Place;

/// Furthest that a stroke counts as wrong, ticks: a triplet or a roll among sixteenths shall not decide.
const WORST: i64 = 60;
/// Share of the straight grid's error that a swung one must come under, percent. Taste.
const CLEARER: i64 = 80;
/// The same for a slight swing among human strokes, whose own spread is most of the error.
const SLIGHTLY: i64 = 99;
/// Ratio × 1000 from which playing counts as swung. Taste: under it the difference is a habit of some
/// milliseconds, which the usual places keep.
const LEAST: i64 = 1060;
/// Strokes on off-beats, percent of all, without which nothing can be said.
const OFF_BEATS: usize = 4;

fn error(places: &[Place], swing: GrooveSwing) -> i64 {
    let one = |p: &Place| p.read(swing).1.abs().min(WORST).pow(2);
    places.iter().map(one).sum()
}

/// The swing of some notes; straight where none is clear.
pub fn estimate(places: &[Place]) -> GrooveSwing {
    let straight = error(places, STRAIGHT);
    let mut best = (straight * CLEARER / 100, None);
    for unit in [SwingUnit::Eighth, SwingUnit::Sixteenth] {
        for ratio in (1040..=3000).step_by(20) {
            let swing = GrooveSwing { unit, ratio };
            let error = error(places, swing);
            if error < best.0 {
                best = (error, Some(swing));
            }
        }
    }
    let refined = match best.1 {
        Some(near) => refine(places, near),
        None => slight(places, straight),
    };
    match refined {
        Some(swing) if swing.ratio as i64 >= LEAST => swing,
        _ => STRAIGHT,
    }
}

/// A swing too slight to change which step a stroke plays: off-beats that come late as one.
fn slight(places: &[Place], straight: i64) -> Option<GrooveSwing> {
    let ratio = STRAIGHT.ratio;
    let both = [SwingUnit::Eighth, SwingUnit::Sixteenth];
    let found = both
        .into_iter()
        .filter_map(|unit| refine(places, GrooveSwing { unit, ratio }))
        .map(|swing| (error(places, swing), swing))
        .min_by_key(|(error, _)| *error)?;
    (found.0 * 100 < straight * SLIGHTLY).then_some(found.1)
}

/// The ratio that puts off-beats as late as beats.
fn refine(places: &[Place], near: GrooveSwing) -> Option<GrooveSwing> {
    let steps = match near.unit {
        SwingUnit::Eighth => 2,
        SwingUnit::Sixteenth => 1,
    };
    let pair = 2 * steps as i64 * TICKS_PER_STEP;
    // Beats and off-beats: how far into their pair, as sum and count.
    let (mut on, mut off) = ((0, 0), (0, 0));
    for place in places {
        let (slot, late) = place.read(near);
        if near.unit == SwingUnit::Eighth && slot.beat_steps != 4 {
            continue;
        }
        if slot.in_beat % (2 * steps) == 0 {
            on = (on.0 + late, on.1 + 1);
        } else if slot.in_beat % (2 * steps) == steps {
            let inside = place.tick - (slot.tick - steps as i64 * TICKS_PER_STEP);
            off = (off.0 + inside, off.1 + 1);
        }
    }
    if (off.1 as usize) * 100 < places.len() * OFF_BEATS || on.1 == 0 || off.1 == 0 {
        return None;
    }
    let first = off.0 as f64 / off.1 as f64 - on.0 as f64 / on.1 as f64;
    let ratio = 1000.0 * first / (pair as f64 - first).max(1.0);
    Some(GrooveSwing {
        unit: near.unit,
        ratio: ratio.round().clamp(1000.0, 3000.0) as u16,
    })
}
