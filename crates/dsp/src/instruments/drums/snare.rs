//! Snare: modes of two skins over wires. Brushes turn the stroke into a sweep.

use music::patch::SnareTable;

use super::Stroke;
use super::struck::{Band, Body, Design, Part, Struck};
use crate::modes::Modes;

pub(crate) fn design(table: &SnareTable, stroke: &Stroke<'_>) -> Struck {
    let (hit, force) = (stroke.hit, stroke.force());
    let rate = hit.rate;
    let stick = 1.0 - 0.85 * table.brush;
    let hz = table.pitch_hz * stroke.vary(1, 0.015);
    let t60 = table.shell_ms * 0.001;
    let shell = table.shell * stick;
    let body = Body::new(hz, 0.35 * force, 0.012, t60, 0.8 * shell, rate);
    let mut modes = Modes::new();
    // Reference: ratios of the lowest modes of a circular membrane, stretched by air and shell.
    modes.strike(
        hz * table.overtone,
        0.75 * t60,
        0.5 * shell * stroke.vary(2, 0.3),
        rate,
    );
    modes.strike(
        hz * 2.26,
        0.5 * t60,
        0.22 * shell * force * stroke.vary(3, 0.4),
        rate,
    );
    modes.strike(
        hz * 2.93,
        0.4 * t60,
        0.15 * shell * force * stroke.vary(4, 0.4),
        rate,
    );
    modes.strike(hz * 4.1, 0.25 * t60, 0.12 * shell * force, rate);
    let wires_hz = table.wires_hz * (0.55 + 0.6 * force) * stroke.vary(5, 0.06);
    let wires = Band {
        hz: wires_hz * (1.0 - 0.25 * table.brush),
        damping: 1.7,
        level: 1.5 * table.wires * (0.75 + 0.4 * (1.0 - force) * (1.0 - table.brush)),
        attack_s: 0.0006 + 0.022 * table.brush * (1.2 - force),
        t60_s: table.wires_ms * 0.001 * (0.75 + 0.3 * force),
        grain: 0.25 * table.brush,
        ..Band::default()
    };
    let snap = Band {
        hz: 2600.0 + 3200.0 * force,
        damping: 1.4,
        part: Part::High,
        level: 0.8 * table.snap * force * (0.35 + 0.65 * stick),
        t60_s: 0.03,
        ..Band::default()
    };
    let design = Design {
        level_db: table.level_db,
        gain: 1.05 * hit.gain(),
        body: Some(body),
        bands: [Some(wires), Some(snap)],
        drive: table.drive,
    };
    Struck::new(&design, modes, hit.phase, rate)
}
