//! Snare: two skins and a shell over wires. The wires follow the lower skin: late and rattling under a soft
//! stroke, at once and dense under a hard one. Brushes sweep wire over the skin.

use music::patch::{Make, SnareTable};

use super::bands::{Band, Part};
use super::pulse::Pulse;
use super::skin::{MEMBRANE, Skin, Sweep};
use super::struck::{Design, Struck};
use super::{Stroke, machine, soft};
use crate::modes::Modes;

/// Share and decay against the lowest of the modes above it.
///
/// Taste: struck between middle and rim, where the spokes 11 21 31 sound as well as the ring 02.
const UPPER: [(f32, f32); 10] = [
    (0.42, 0.62),
    (0.34, 0.58),
    (0.36, 0.50),
    (0.28, 0.50),
    (0.28, 0.42),
    (0.24, 0.40),
    (0.22, 0.34),
    (0.24, 0.32),
    (0.18, 0.30),
    (0.18, 0.26),
];

pub(crate) fn design(table: &SnareTable, stroke: &Stroke<'_>) -> Struck {
    match table.make {
        Make::Ringing => machine::ringing_snare(table, stroke),
        Make::Swept => machine::swept_snare(table, stroke),
        Make::Acoustic if table.brush >= 0.5 => brushed(table, stroke),
        Make::Acoustic => sticks(table, stroke),
    }
}

/// Modes of the two skins; `share` scales all of them.
fn skins(table: &SnareTable, stroke: &Stroke<'_>, share: f32, corner: f32, glide: f32) -> Skin {
    let (force, rate) = (stroke.force(), stroke.hit.rate);
    let hz = table.pitch_hz * stroke.tune(0.012);
    let t60 = table.shell_ms * 0.001 * stroke.long();
    let sweep = Sweep {
        fast: glide * force,
        fast_s: 0.011,
        slow: 0.02 * force,
        slow_s: 0.06,
    };
    let mut skin = Skin::new(&sweep, rate);
    let touch = |own: f32| soft(own, corner) / soft(hz, corner);
    skin.strike(hz, t60, share * stroke.full());
    // The second skin, coupled by the air between them.
    let second = hz * table.overtone;
    skin.strike(
        second,
        0.8 * t60,
        0.6 * share * touch(second) * stroke.vary(21, 0.25),
    );
    let open = 0.3 + 1.5 * table.ring;
    for (i, (part, decay)) in UPPER.into_iter().enumerate() {
        let own = hz * MEMBRANE[i + 1];
        let level =
            share * part * touch(own) * (0.45 + table.ring) * stroke.vary(22 + i as u32, 0.4);
        skin.strike(own, decay * open * t60, level);
    }
    skin
}

fn sticks(table: &SnareTable, stroke: &Stroke<'_>) -> Struck {
    let (hit, force, rate) = (stroke.hit, stroke.force(), stroke.hit.rate);
    let corner = 330.0 * (2.6 * force).exp2() * stroke.hard();
    let skin = skins(table, stroke, 0.75 * table.shell, corner, 0.2);
    let mut modes = Modes::new();
    // A hard stroke meets the hoop too: the crack of shell and rim.
    let crack = table.snap * force * force * force * (0.4 + 0.6 * stroke.hard());
    for (i, ratio) in [4.9, 5.83, 7.1, 8.6].into_iter().enumerate() {
        modes.strike(
            table.pitch_hz * ratio * stroke.vary(40 + i as u32, 0.01),
            0.07 - 0.009 * i as f32,
            0.16 * crack * stroke.vary(44 + i as u32, 0.5),
            rate,
        );
    }
    let wires = table.wires * (0.8 + 0.35 * (1.0 - force));
    let late = 0.0022 * (1.0 - force);
    let t60 = table.wires_ms * 0.001 * (0.75 + 0.3 * force) * stroke.long();
    let side = |purpose: u32, hz: f32| Band {
        hz: hz * (0.55 + 0.6 * force) * stroke.vary(purpose, 0.05),
        damping: 1.8,
        level: 1.25 * wires,
        delay_s: late,
        attack_s: 0.0012 * stroke.quick(),
        t60_s: 0.5 * t60,
        tail: 0.42,
        tail_t60_s: t60,
        density: 0.3 + 0.7 * force,
        ..Band::default()
    };
    let snap = table.snap * (0.1 + force) * stroke.hard();
    let bands = [
        side(5, table.wires_hz),
        side(6, 1.1 * table.wires_hz),
        Band {
            hz: (1.75 * table.wires_hz).min(10_500.0),
            part: Part::High,
            level: 0.42 * wires * (0.25 + force),
            delay_s: late,
            attack_s: 0.001,
            t60_s: 0.3 * t60,
            tail: 0.3,
            tail_t60_s: 0.7 * t60,
            density: 0.3 + 0.7 * force,
            ..Band::default()
        },
        Band {
            hz: 2300.0 + 2200.0 * force,
            damping: 1.2,
            level: 0.9 * snap * force,
            t60_s: 0.028,
            ..Band::default()
        },
    ];
    let design = Design {
        level_db: table.level_db,
        gain: hit.gain(),
        bands: &bands,
        cross: 0.65,
        pulse: Pulse::new(0.00055 * stroke.quick(), 0.9 * snap, rate),
        drive: table.drive,
        rise_s: 0.0002 * stroke.quick(),
    };
    Struck::new(&design, skin, modes, hit.phase, rate)
}

/// A tap of brushes with its sweep: many ends of wire, one after the other, and little of the drum.
fn brushed(table: &SnareTable, stroke: &Stroke<'_>) -> Struck {
    let (hit, force, rate) = (stroke.hit, stroke.force(), stroke.hit.rate);
    let corner = 260.0 * (2.0 * force).exp2() * stroke.hard();
    let skin = skins(table, stroke, 0.55 * table.shell, corner, 0.06);
    let t60 = table.wires_ms * 0.001 * stroke.long();
    let open = 0.65 + 0.5 * force;
    let side = |purpose: u32, hz: f32| Band {
        hz: hz * open * stroke.vary(purpose, 0.07),
        damping: 1.9,
        level: 1.1 * table.wires,
        attack_s: 0.004 * stroke.quick() * stroke.vary(60 + purpose, 0.4),
        t60_s: 0.09 + 0.12 * force,
        tail: 0.3,
        tail_t60_s: t60,
        density: 0.14 + 0.3 * force,
        ..Band::default()
    };
    let bands = [
        side(5, 0.62 * table.wires_hz),
        side(6, 0.74 * table.wires_hz),
        // The sweep that follows the tap.
        Band {
            hz: 1.05 * table.wires_hz * open,
            damping: 1.6,
            level: 0.5 * table.wires * table.brush,
            delay_s: 0.006,
            attack_s: 0.05 * (1.4 - force),
            t60_s: 0.6 * t60,
            tail: 0.5,
            tail_t60_s: 1.3 * t60,
            density: 0.35,
            ..Band::default()
        },
        Band {
            hz: 900.0 + 500.0 * force,
            damping: 1.3,
            level: 0.35 * (0.4 + table.snap),
            attack_s: 0.001 * stroke.quick(),
            t60_s: 0.05,
            ..Band::default()
        },
    ];
    let design = Design {
        level_db: table.level_db,
        gain: hit.gain(),
        bands: &bands,
        cross: 0.45,
        pulse: Pulse::new(0.0012 * stroke.quick(), 0.15 * table.snap, rate),
        drive: table.drive,
        rise_s: 0.0006 * stroke.quick(),
    };
    Struck::new(&design, skin, Modes::new(), hit.phase, rate)
}
