//! Toms: two skins a hair apart that beat slowly, upper modes that a harder stroke wakes, the stick, and the
//! snare's wires answering.

use music::drum::Piece;
use music::patch::{Make, TomTable};

use super::bands::{Band, Part};
use super::pulse::Pulse;
use super::skin::{MEMBRANE, Skin, Sweep};
use super::struck::{Design, Struck};
use super::{Stroke, machine, soft};
use crate::modes::Modes;

/// Share and decay of the modes above the lowest. Taste: struck half-way to the rim.
const UPPER: [(f32, f32); 9] = [
    (0.50, 0.55),
    (0.32, 0.45),
    (0.30, 0.42),
    (0.22, 0.36),
    (0.18, 0.32),
    (0.14, 0.30),
    (0.13, 0.26),
    (0.12, 0.25),
    (0.10, 0.24),
];

pub(crate) fn design(table: &TomTable, piece: Piece, stroke: &Stroke<'_>) -> Struck {
    let (hit, force, rate) = (stroke.hit, stroke.force(), stroke.hit.rate);
    let pitch = match piece {
        Piece::TomHigh => table.high_hz,
        Piece::TomLow => table.low_hz,
        _ => table.mid_hz,
    };
    // Larger drums ring longer.
    let t60 = table.decay_ms * 0.001 * (table.mid_hz / pitch).sqrt() * stroke.long();
    if table.make != Make::Acoustic {
        return machine::tom(table, pitch, t60, stroke);
    }
    let hz = pitch * stroke.tune(0.008);
    let sweep = Sweep {
        fast: (table.sweep - 1.0) * (0.12 + 0.76 * force),
        fast_s: 0.03,
        slow: (table.sweep - 1.0) * 0.25 * force,
        slow_s: 0.16,
    };
    let mut skin = Skin::new(&sweep, rate);
    // Taste: from the flat of a soft tip, which wakes the lowest mode alone, to a hard one's crack.
    let corner = 130.0 * (3.5 * force).exp2() * stroke.hard();
    let touch = |own: f32| soft(own, corner) / soft(hz, corner);
    skin.strike(hz, t60, 0.7 * stroke.full());
    // The lower skin, tuned a shade apart. Taste: 1.4 %, two beats a second on the middle tom.
    skin.strike(hz * 1.014, 0.85 * t60, 0.3 * stroke.full());
    let open = 0.35 + 1.2 * table.ring;
    for (i, (share, decay)) in UPPER.into_iter().enumerate() {
        let own = hz * MEMBRANE[i + 1];
        let level = share * touch(own) * (0.4 + table.ring) * stroke.vary(22 + i as u32, 0.35);
        skin.strike(own, open * decay * t60, level);
    }
    let skin_noise = table.skin * (0.1 + 0.2 * force + 1.2 * force * force) * stroke.hard();
    let side = |purpose: u32, hz: f32| Band {
        hz: hz * (0.45 + 1.1 * force) * stroke.vary(purpose, 0.06),
        damping: 1.6,
        level: 0.5 * skin_noise,
        t60_s: 0.04,
        ..Band::default()
    };
    let bands = [
        side(5, 2300.0),
        side(6, 2700.0),
        Band {
            hz: pitch * 4.5,
            part: Part::Low,
            level: 0.2 * table.skin,
            attack_s: 0.003,
            t60_s: 0.3 * t60,
            ..Band::default()
        },
        stroke.rattle(0.007, 0.3),
    ];
    let design = Design {
        level_db: table.level_db,
        gain: 0.75 * hit.gain(),
        bands: &bands,
        cross: 0.7,
        // A harder stroke is the shorter touch.
        pulse: Pulse::new(
            0.0012 * (-force).exp2() * stroke.quick(),
            0.8 * skin_noise,
            rate,
        ),
        drive: 0.05,
        rise_s: 0.0004 * stroke.quick(),
    };
    Struck::new(&design, skin, Modes::new(), hit.phase, rate)
}
