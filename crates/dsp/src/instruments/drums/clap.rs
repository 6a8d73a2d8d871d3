//! Clap: bursts of narrow noise close together, the last one longer, with the room behind it.

use music::patch::ClapTable;

use super::Stroke;
use super::struck::{Band, Design, Part, Struck};
use crate::modes::Modes;

pub(crate) fn design(table: &ClapTable, stroke: &Stroke<'_>) -> Struck {
    let (hit, force) = (stroke.hit, stroke.force());
    let hands = Band {
        hz: table.tone_hz * (0.8 + 0.3 * force) * stroke.vary(1, 0.05),
        damping: 1.5 - 1.1 * table.focus,
        level: 1.5,
        t60_s: table.decay_ms * 0.001,
        bursts: table.bursts,
        spread_s: table.spread_ms * 0.001 * stroke.vary(2, 0.15),
        ..Band::default()
    };
    let crack = Band {
        hz: 2500.0 + 2000.0 * force,
        damping: 1.4,
        part: Part::High,
        level: 0.28 * force,
        t60_s: 0.35 * table.decay_ms * 0.001,
        bursts: table.bursts,
        spread_s: table.spread_ms * 0.001 * stroke.vary(2, 0.15),
        ..Band::default()
    };
    let design = Design {
        level_db: table.level_db,
        gain: 0.68 * hit.gain(),
        body: None,
        bands: [Some(hands), Some(crack)],
        drive: 0.15,
    };
    Struck::new(&design, Modes::new(), hit.phase, hit.rate)
}
