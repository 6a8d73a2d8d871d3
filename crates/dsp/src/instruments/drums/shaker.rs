//! Shaker and tambourine: grains of noise that swell and stop; jingles ring on.

use music::patch::ShakerTable;

use super::Stroke;
use super::struck::{Band, Design, Part, Struck};
use crate::modes::Modes;

/// Jingles: partials of small plates as factors of the tone.
///
/// Taste: spread so that no two beat slowly.
const JINGLES: [f32; 8] = [0.62, 0.71, 0.83, 0.97, 1.09, 1.22, 1.41, 1.58];

pub(crate) fn design(table: &ShakerTable, stroke: &Stroke<'_>) -> Struck {
    let (hit, force) = (stroke.hit, stroke.force());
    let rate = hit.rate;
    let t60 = table.decay_ms * 0.001 * (0.8 + 0.3 * force);
    let grains = Band {
        hz: table.tone_hz * (0.75 + 0.35 * force) * stroke.vary(1, 0.05),
        damping: 1.1,
        level: 0.9,
        attack_s: table.attack_ms * 0.001 * (1.4 - 0.6 * force),
        t60_s: t60 * if table.jingle > 0.5 { 0.5 } else { 1.0 },
        grain: 0.35,
        ..Band::default()
    };
    let dust = Band {
        hz: table.tone_hz * 1.25,
        damping: 1.4,
        part: Part::High,
        level: 0.35 * force,
        attack_s: table.attack_ms * 0.0007,
        t60_s: 0.6 * t60,
        grain: 0.5,
        ..Band::default()
    };
    let mut modes = Modes::new();
    if table.jingle > 0.0 {
        for (i, ratio) in JINGLES.iter().enumerate() {
            let level = 0.16 * table.jingle * stroke.vary(20 + i as u32, 0.8);
            modes.strike(
                table.tone_hz * ratio * stroke.vary(30 + i as u32, 0.01),
                t60 * (1.3 - 0.08 * i as f32),
                level,
                rate,
            );
        }
    }
    let design = Design {
        level_db: table.level_db,
        gain: 0.6 * hit.gain(),
        body: None,
        bands: [Some(grains), Some(dust)],
        drive: 0.0,
    };
    Struck::new(&design, modes, hit.phase, rate)
}
