//! Congas and bongos: a short tuned skin; harder strokes slap.

use music::patch::HandDrumTable;

use super::Stroke;
use super::struck::{Band, Body, Design, Struck};
use crate::modes::Modes;

pub(crate) fn design(table: &HandDrumTable, high: bool, stroke: &Stroke<'_>) -> Struck {
    let (hit, force) = (stroke.hit, stroke.force());
    let rate = hit.rate;
    let hz = if high { table.high_hz } else { table.low_hz } * stroke.vary(1, 0.015);
    let slap = table.slap * force * force * stroke.vary(2, 0.3);
    let t60 = table.decay_ms * 0.001 * if high { 0.85 } else { 1.1 };
    let body = Body::new(hz, 0.06 + 0.1 * force, 0.02, t60, 0.85, rate);
    let mut modes = Modes::new();
    modes.strike(hz * 1.58, 0.35 * t60, 0.25 + 0.3 * slap, rate);
    modes.strike(hz * 2.24, 0.25 * t60, 0.12 + 0.4 * slap, rate);
    modes.strike(hz * 3.6, 0.15 * t60, 0.35 * slap, rate);
    modes.strike(hz * 5.1, 0.1 * t60, 0.3 * slap, rate);
    let skin = Band {
        hz: 1400.0 + 2600.0 * force,
        damping: 1.3,
        level: 0.35 + 1.1 * slap,
        t60_s: 0.022,
        ..Band::default()
    };
    let design = Design {
        level_db: table.level_db,
        gain: 0.65 * hit.gain(),
        body: Some(body),
        bands: [Some(skin), None],
        drive: 0.05,
    };
    Struck::new(&design, modes, hit.phase, rate)
}
