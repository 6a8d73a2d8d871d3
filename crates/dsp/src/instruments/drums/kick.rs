//! Bass drum: a skin struck near its middle, so that the modes with rings sound and those with spokes hardly
//! do; the shell, the beater's push and knock, a breath of air, and the snare's wires answering from afar.

use music::patch::{KickTable, Make};

use super::bands::{Band, Part};
use super::pulse::Pulse;
use super::skin::{MEMBRANE, Skin, Sweep};
use super::struck::{Design, Struck};
use super::{Stroke, machine, soft};
use crate::modes::Modes;

/// Which modes of [`MEMBRANE`], their share, and their decay against the lowest.
///
/// Taste: 02 and 03 strong, spokes weak, as of a beater a hand's breadth off the middle.
const MODES: [(usize, f32, f32); 8] = [
    (0, 1.0, 1.0),
    (1, 0.20, 0.5),
    (3, 0.42, 0.45),
    (2, 0.14, 0.4),
    (5, 0.16, 0.3),
    (8, 0.30, 0.28),
    (7, 0.12, 0.25),
    (10, 0.12, 0.2),
];

pub(crate) fn design(table: &KickTable, stroke: &Stroke<'_>) -> Struck {
    match table.make {
        Make::Acoustic => drum(table, stroke),
        Make::Ringing => machine::ringing_kick(table, stroke),
        Make::Swept => machine::swept_kick(table, stroke),
    }
}

fn drum(table: &KickTable, stroke: &Stroke<'_>) -> Struck {
    let (hit, force, rate) = (stroke.hit, stroke.force(), stroke.hit.rate);
    let hz = table.pitch_hz * stroke.tune(0.012);
    let t60 = table.decay_ms * 0.001 * stroke.long();
    // A harder stroke stretches the skin further and so starts higher.
    let sweep = Sweep {
        fast: (table.sweep - 1.0) * (0.3 + 0.8 * force),
        fast_s: table.sweep_ms * 0.001 / 1.1,
        slow: 0.03 * force,
        slow_s: 0.09,
    };
    let mut skin = Skin::new(&sweep, rate);
    // Felt swallows what is quicker than its touch; a harder stroke touches for a shorter time.
    let corner = 150.0 * (2.2 * force).exp2() * stroke.hard();
    for (i, (mode, share, decay)) in MODES.into_iter().enumerate() {
        let own = hz * MEMBRANE[mode];
        let level = if i == 0 {
            stroke.full()
        } else {
            let touch = soft(own, corner) / soft(hz, corner);
            1.5 * share * (0.35 + table.ring) * touch * stroke.vary(20 + i as u32, 0.35)
        };
        let open = if i == 0 { 1.0 } else { 0.35 + 1.1 * table.ring };
        skin.strike(own, t60 * decay * open, level);
    }
    let click = table.click * (0.08 + 1.5 * force * force) * stroke.vary(2, 0.25) * stroke.hard();
    let mut modes = Modes::new();
    // Shell and hoop: wood, short.
    let wood = table.shell * force * soft(300.0, corner);
    modes.strike(hz * 3.37, 0.11, 0.5 * wood, rate);
    modes.strike(hz * 5.21, 0.08, 0.4 * wood * stroke.vary(3, 0.3), rate);
    modes.strike(hz * 7.9, 0.055, 0.3 * wood * force, rate);
    modes.strike(table.click_hz * 0.37, 0.022, 0.22 * click, rate);
    modes.strike(
        table.click_hz * 0.74 * stroke.vary(4, 0.05),
        0.014,
        0.25 * click,
        rate,
    );
    let bands = [
        Band {
            hz: table.click_hz * (0.75 + 0.4 * force),
            damping: 1.2,
            level: 0.75 * click,
            t60_s: 0.024,
            ..Band::default()
        },
        Band {
            hz: 1.6 * table.click_hz,
            part: Part::High,
            level: 0.16 * click * force,
            t60_s: 0.016,
            ..Band::default()
        },
        Band {
            hz: 700.0,
            part: Part::Low,
            level: 0.3 * table.air,
            attack_s: 0.003,
            t60_s: 0.17 * stroke.long(),
            ..Band::default()
        },
        stroke.rattle(0.005, 0.16),
    ];
    let design = Design {
        level_db: table.level_db,
        gain: hit.gain(),
        bands: &bands,
        cross: 0.8,
        pulse: Pulse::new(1.3 / table.click_hz * stroke.quick(), 0.7 * click, rate),
        drive: table.drive,
        rise_s: 0.0004 * stroke.quick(),
    };
    Struck::new(&design, skin, modes, hit.phase, rate)
}
