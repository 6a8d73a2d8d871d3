//! Toms: a body that falls a little, two upper modes, the skin's noise.

use music::drum::Piece;
use music::patch::TomTable;

use super::Stroke;
use super::struck::{Band, Body, Design, Part, Struck};
use crate::modes::Modes;

pub(crate) fn design(table: &TomTable, piece: Piece, stroke: &Stroke<'_>) -> Struck {
    let (hit, force) = (stroke.hit, stroke.force());
    let rate = hit.rate;
    let pitch = match piece {
        Piece::TomHigh => table.high_hz,
        Piece::TomLow => table.low_hz,
        _ => table.mid_hz,
    };
    let hz = pitch * stroke.vary(1, 0.012);
    // Larger drums ring longer.
    let t60 = table.decay_ms * 0.001 * (table.mid_hz / pitch).sqrt();
    let body = Body::new(
        hz,
        (table.sweep - 1.0) * (0.4 + 0.8 * force),
        0.045,
        t60,
        0.9,
        rate,
    );
    let mut modes = Modes::new();
    modes.strike(hz * 1.59, 0.45 * t60, 0.3 * stroke.vary(2, 0.3), rate);
    modes.strike(
        hz * 2.14,
        0.3 * t60,
        0.18 * force * stroke.vary(3, 0.3),
        rate,
    );
    modes.strike(hz * 2.65, 0.2 * t60, 0.14 * force, rate);
    let skin = Band {
        hz: 1100.0 + 2400.0 * force,
        damping: 1.5,
        level: 0.8 * table.skin * (0.4 + force),
        t60_s: 0.035,
        ..Band::default()
    };
    let air = Band {
        hz: pitch * 4.5,
        damping: 1.4,
        part: Part::Low,
        level: 0.18 * table.skin,
        attack_s: 0.002,
        t60_s: 0.4 * t60,
        ..Band::default()
    };
    let design = Design {
        level_db: table.level_db,
        gain: 0.75 * hit.gain(),
        body: Some(body),
        bands: [Some(skin), Some(air)],
        drive: 0.05,
    };
    Struck::new(&design, modes, hit.phase, rate)
}
