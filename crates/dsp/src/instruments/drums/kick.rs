//! Bass drum: a falling sine, the shell's second mode, the beater's knock and a breath of air.

use music::patch::KickTable;

use super::Stroke;
use super::struck::{Band, Body, Design, Part, Struck};
use crate::modes::Modes;

pub(crate) fn design(table: &KickTable, stroke: &Stroke<'_>) -> Struck {
    let (hit, force) = (stroke.hit, stroke.force());
    let rate = hit.rate;
    let hz = table.pitch_hz * stroke.vary(1, 0.012);
    // A harder stroke stretches the skin further and so starts higher.
    let above = (table.sweep - 1.0) * (0.35 + 0.8 * force);
    let body = Body::new(
        hz,
        above,
        table.sweep_ms * 0.001 / 1.1,
        table.decay_ms * 0.001,
        1.0,
        rate,
    );
    let click = table.click * (0.08 + 1.5 * force * force) * stroke.vary(2, 0.25);
    let mut modes = Modes::new();
    modes.strike(hz * 1.59, 0.16, 0.65 * table.shell * force, rate);
    modes.strike(hz * 2.92, 0.09, 0.35 * table.shell * force, rate);
    modes.strike(
        table.click_hz * stroke.vary(3, 0.05),
        0.018,
        0.45 * click,
        rate,
    );
    modes.strike(table.click_hz * 0.47, 0.026, 0.5 * click, rate);
    let knock = Band {
        hz: table.click_hz * (0.7 + 0.5 * force),
        damping: 1.2,
        level: 0.8 * click,
        t60_s: 0.022,
        ..Band::default()
    };
    let air = Band {
        hz: 900.0,
        damping: 1.4,
        part: Part::Low,
        level: 0.22 * table.air,
        attack_s: 0.002,
        t60_s: 0.16,
        ..Band::default()
    };
    let design = Design {
        level_db: table.level_db,
        gain: hit.gain(),
        body: Some(body),
        bands: [Some(knock), (table.air > 0.0).then_some(air)],
        drive: table.drive,
    };
    Struck::new(&design, modes, hit.phase, rate)
}
