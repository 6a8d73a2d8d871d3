//! Blocks with two strong modes: side stick, cowbell, claves.

use music::patch::BlockTable;

use super::Stroke;
use super::struck::{Band, Design, Struck};
use crate::modes::Modes;

pub(crate) fn design(table: &BlockTable, stroke: &Stroke<'_>) -> Struck {
    let (hit, force) = (stroke.hit, stroke.force());
    let rate = hit.rate;
    let hz = table.pitch_hz * stroke.vary(1, 0.006);
    let t60 = table.decay_ms * 0.001 * (0.8 + 0.25 * force);
    let bright = table.upper * (0.45 + 0.7 * force);
    let mut modes = Modes::new();
    modes.strike(hz, t60, 0.7, rate);
    modes.strike(
        hz * table.overtone,
        0.8 * t60,
        0.7 * bright * stroke.vary(2, 0.2),
        rate,
    );
    modes.strike(
        hz * table.overtone * 1.72,
        0.45 * t60,
        0.3 * bright * force * stroke.vary(3, 0.3),
        rate,
    );
    modes.strike(
        hz * table.overtone * 2.61,
        0.3 * t60,
        0.2 * bright * force,
        rate,
    );
    let knock = Band {
        hz: (hz * 3.0).clamp(1500.0, 6000.0) * (0.7 + 0.6 * force),
        damping: 1.2,
        level: 1.2 * table.knock * (0.3 + force),
        t60_s: 0.02,
        ..Band::default()
    };
    let design = Design {
        level_db: table.level_db,
        gain: 0.55 * hit.gain(),
        body: None,
        bands: [Some(knock), None],
        drive: 0.05,
    };
    Struck::new(&design, modes, hit.phase, rate)
}
