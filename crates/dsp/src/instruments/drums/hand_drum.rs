//! Congas and bongos: one skin over an open shell whose air answers; harder strokes slap, and the fingers'
//! slap wakes the spokes.

use music::patch::{HandDrumTable, Make};

use super::bands::Band;
use super::pulse::Pulse;
use super::skin::{MEMBRANE, Skin, Sweep};
use super::struck::{Design, Struck};
use super::{Stroke, machine, soft};
use crate::modes::Modes;

pub(crate) fn design(table: &HandDrumTable, high: bool, stroke: &Stroke<'_>) -> Struck {
    let (hit, force, rate) = (stroke.hit, stroke.force(), stroke.hit.rate);
    let pitch = if high { table.high_hz } else { table.low_hz };
    let t60 = table.decay_ms * 0.001 * if high { 0.85 } else { 1.1 } * stroke.long();
    if table.make != Make::Acoustic {
        return machine::hand_drum(table, pitch, t60, stroke);
    }
    let hz = pitch * stroke.tune(0.012);
    let slap = table.slap * force * force * stroke.vary(2, 0.3) * stroke.hard();
    let sweep = Sweep {
        fast: 0.03 + 0.07 * force,
        fast_s: 0.014,
        slow: 0.01 * force,
        slow_s: 0.08,
    };
    let mut skin = Skin::new(&sweep, rate);
    // Flesh is soft: only a slap brings the top.
    let corner = 320.0 * (2.2 * force).exp2() * stroke.hard();
    let touch = |own: f32| soft(own, corner) / soft(hz, corner);
    skin.strike(hz, t60, 0.85 * stroke.full());
    for i in 1..9 {
        let own = hz * MEMBRANE[i];
        let n = i as f32;
        let level = (0.5 * touch(own) + 0.45 * slap) / (0.6 + 0.55 * n);
        skin.strike(
            own,
            t60 * (0.55 - 0.045 * n),
            level * stroke.vary(20 + i as u32, 0.35),
        );
    }
    let mut modes = Modes::new();
    // The air in the shell, a pipe open below. Taste.
    modes.strike(hz * 0.52, 0.12, 0.16 * (1.0 - slap), rate);
    modes.strike(hz * 4.6, 0.06, 0.4 * slap, rate);
    modes.strike(hz * 6.3, 0.05, 0.3 * slap * stroke.vary(3, 0.3), rate);
    modes.strike(hz * 8.9, 0.035, 0.25 * slap, rate);
    let side = |purpose: u32, hz: f32| Band {
        hz: hz * (0.6 + force) * stroke.vary(purpose, 0.07),
        damping: 1.5,
        level: 0.2 + 0.9 * slap,
        t60_s: 0.025,
        ..Band::default()
    };
    let bands = [side(5, 2000.0), side(6, 2500.0)];
    let design = Design {
        level_db: table.level_db,
        gain: 0.65 * hit.gain(),
        bands: &bands,
        cross: 0.75,
        pulse: Pulse::new(0.0011 * stroke.quick(), 0.3 + 0.8 * slap, rate),
        drive: 0.05,
        rise_s: 0.0005 * stroke.quick(),
    };
    Struck::new(&design, skin, modes, hit.phase, rate)
}
