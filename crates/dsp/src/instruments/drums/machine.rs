//! Drum machines: the one of ringing filters and the one of swept oscillators. Their strokes differ by little
//! but velocity, as their makers meant it.

mod metal;

use music::patch::{HandDrumTable, KickTable, SnareTable, TomTable};

pub(super) use self::metal::{cowbell, ringing_cymbal, ringing_hat};
use super::Stroke;
use super::bands::{Band, Part};
use super::pulse::Pulse;
use super::skin::{Skin, Sweep};
use super::struck::{Design, Struck};
use crate::modes::Modes;

/// A bridged-T filter that a trigger sets ringing: high for the first milliseconds, then a slow sigh.
///
/// Reference: K. Werner, J. Abel, J. Smith, "A physically-informed, circuit-bendable, digital model of the
/// Roland TR-808 bass drum circuit", DAFx 2014.
pub(super) fn ringing_kick(table: &KickTable, stroke: &Stroke<'_>) -> Struck {
    let (hit, force, rate) = (stroke.hit, stroke.force(), stroke.hit.rate);
    let sweep = Sweep {
        fast: (table.sweep - 1.0) * (0.5 + 0.5 * force),
        fast_s: table.sweep_ms * 0.0007,
        slow: 0.05 + 0.06 * force,
        slow_s: 0.11,
    };
    let mut skin = Skin::new(&sweep, rate);
    let hz = table.pitch_hz * stroke.tune(0.004);
    let t60 = table.decay_ms * 0.001 * stroke.long();
    skin.strike(hz, t60, 0.95 * stroke.full());
    let click = table.click * (0.1 + force * force) * stroke.hard();
    let bands = [Band {
        hz: 0.6 * table.click_hz,
        part: Part::Low,
        level: 0.25 * click,
        t60_s: 0.012,
        ..Band::default()
    }];
    let design = Design {
        level_db: table.level_db,
        gain: hit.gain(),
        bands: &bands,
        cross: 1.0,
        pulse: Pulse::new(1.8 / table.click_hz * stroke.quick(), 0.8 * click, rate),
        drive: table.drive,
        rise_s: 0.0006 * stroke.quick(),
    };
    Struck::new(&design, skin, Modes::new(), hit.phase, rate)
}

/// An oscillator bent to a sine that falls from far above, a click and a puff of filtered noise.
pub(super) fn swept_kick(table: &KickTable, stroke: &Stroke<'_>) -> Struck {
    let (hit, force, rate) = (stroke.hit, stroke.force(), stroke.hit.rate);
    let above = table.sweep - 1.0;
    let sweep = Sweep {
        fast: 0.65 * above * (0.6 + 0.4 * force),
        fast_s: 0.35 * table.sweep_ms * 0.001,
        slow: 0.35 * above,
        slow_s: 1.1 * table.sweep_ms * 0.001,
    };
    let mut skin = Skin::new(&sweep, rate);
    let hz = table.pitch_hz * stroke.tune(0.003);
    let t60 = table.decay_ms * 0.001 * stroke.long();
    skin.strike(hz, t60, 0.95 * stroke.full());
    // A triangle that is not quite bent to a sine keeps some of its third.
    skin.strike(3.0 * hz, 0.6 * t60, -0.07 - 0.12 * table.shell);
    let click = table.click * (0.15 + 1.1 * force * force) * stroke.hard();
    let bands = [
        Band {
            hz: table.click_hz,
            part: Part::Low,
            level: 0.5 * click,
            t60_s: 0.028,
            ..Band::default()
        },
        Band {
            hz: 1.3 * table.click_hz,
            damping: 1.0,
            level: 0.3 * click * force,
            t60_s: 0.012,
            ..Band::default()
        },
    ];
    let design = Design {
        level_db: table.level_db,
        gain: hit.gain(),
        bands: &bands,
        cross: 1.0,
        pulse: Pulse::new(1.1 / table.click_hz * stroke.quick(), 1.1 * click, rate),
        drive: table.drive,
        rise_s: 0.0003 * stroke.quick(),
    };
    Struck::new(&design, skin, Modes::new(), hit.phase, rate)
}

/// Two ringing filters for the shell, and "snappy": noise, its low part taken away.
pub(super) fn ringing_snare(table: &SnareTable, stroke: &Stroke<'_>) -> Struck {
    let (hit, force, rate) = (stroke.hit, stroke.force(), stroke.hit.rate);
    let mut skin = Skin::new(
        &Sweep {
            fast: 0.35 * force,
            fast_s: 0.004,
            ..Sweep::default()
        },
        rate,
    );
    let hz = table.pitch_hz * stroke.tune(0.004);
    let t60 = table.shell_ms * 0.001 * stroke.long();
    skin.strike(hz, t60, 0.6 * table.shell * stroke.full());
    skin.strike(
        table.overtone * hz,
        0.6 * t60,
        0.5 * table.shell * (0.4 + 0.6 * force),
    );
    let wires = table.wires_ms * 0.001 * stroke.long();
    let snappy = |purpose: u32| Band {
        hz: table.wires_hz * (0.7 + 0.2 * force) * stroke.vary(purpose, 0.03),
        damping: 1.9,
        level: 0.6 * table.wires * (0.5 + 0.6 * force),
        attack_s: 0.0006 * stroke.quick(),
        t60_s: 0.65 * wires,
        tail: 0.12,
        tail_t60_s: wires,
        ..Band::default()
    };
    let snap = table.snap * force * stroke.hard();
    let bands = [
        snappy(5),
        snappy(6),
        Band {
            hz: 3400.0 + 2000.0 * force,
            level: 0.7 * snap,
            t60_s: 0.02,
            ..Band::default()
        },
    ];
    let design = Design {
        level_db: table.level_db,
        gain: hit.gain(),
        bands: &bands,
        cross: 0.85,
        pulse: Pulse::new(0.0006 * stroke.quick(), 0.7 * snap, rate),
        drive: table.drive,
        rise_s: 0.0003 * stroke.quick(),
    };
    Struck::new(&design, skin, Modes::new(), hit.phase, rate)
}

/// Two swept oscillators, noise through a low-pass that lasts, and through a high-pass that does not.
pub(super) fn swept_snare(table: &SnareTable, stroke: &Stroke<'_>) -> Struck {
    let (hit, force, rate) = (stroke.hit, stroke.force(), stroke.hit.rate);
    let mut skin = Skin::new(
        &Sweep {
            fast: 0.6 + 0.4 * force,
            fast_s: 0.006,
            slow: 0.08,
            slow_s: 0.04,
        },
        rate,
    );
    let hz = table.pitch_hz * stroke.tune(0.003);
    let t60 = table.shell_ms * 0.001 * stroke.long();
    skin.strike(hz, t60, 0.75 * table.shell * stroke.full());
    skin.strike(table.overtone * hz, 0.75 * t60, 0.55 * table.shell);
    skin.strike(3.0 * hz, 0.5 * t60, -0.1 * table.shell);
    let wires = table.wires_ms * 0.001 * stroke.long();
    let long = |purpose: u32, apart: f32| Band {
        hz: table.wires_hz * apart * (0.7 + 0.35 * force) * stroke.vary(purpose, 0.03),
        part: Part::Low,
        level: 0.5 * table.wires,
        attack_s: 0.0005 * stroke.quick(),
        t60_s: 0.8 * wires,
        tail: 0.25,
        tail_t60_s: 1.2 * wires,
        ..Band::default()
    };
    let bands = [
        long(5, 1.0),
        long(6, 1.1),
        Band {
            hz: 0.8 * table.wires_hz,
            part: Part::High,
            level: 0.35 * table.wires * (0.3 + force),
            t60_s: 0.5 * wires,
            ..Band::default()
        },
        Band {
            hz: 2500.0,
            level: 0.8 * table.snap * force * stroke.hard(),
            t60_s: 0.015,
            ..Band::default()
        },
    ];
    let design = Design {
        level_db: table.level_db,
        gain: hit.gain(),
        bands: &bands,
        cross: 0.85,
        pulse: Pulse::new(
            0.0005 * stroke.quick(),
            0.6 * table.snap * stroke.hard(),
            rate,
        ),
        drive: table.drive,
        rise_s: 0.0002 * stroke.quick(),
    };
    Struck::new(&design, skin, Modes::new(), hit.phase, rate)
}

/// A tuned ring with a bend, and a whiff of pink room behind it.
pub(super) fn tom(table: &TomTable, pitch: f32, t60: f32, stroke: &Stroke<'_>) -> Struck {
    let (hit, force, rate) = (stroke.hit, stroke.force(), stroke.hit.rate);
    let above = (table.sweep - 1.0) * (0.6 + 0.4 * force);
    let mut skin = Skin::new(
        &Sweep {
            fast: 0.6 * above,
            fast_s: 0.02,
            slow: 0.4 * above,
            slow_s: 0.09,
        },
        rate,
    );
    let hz = pitch * stroke.tune(0.003);
    skin.strike(hz, t60, 0.9 * stroke.full());
    skin.strike(1.5 * hz, 0.4 * t60, 0.2 + 0.15 * table.ring);
    let bands = [
        Band {
            hz: 1600.0 + 2400.0 * force,
            part: Part::Low,
            level: 0.35 * table.skin * (0.3 + force) * stroke.hard(),
            t60_s: 0.03,
            ..Band::default()
        },
        Band {
            hz: 900.0,
            part: Part::Low,
            level: 0.12 * table.skin,
            attack_s: 0.002,
            t60_s: 0.5 * t60,
            ..Band::default()
        },
    ];
    let design = Design {
        level_db: table.level_db,
        gain: 0.75 * hit.gain(),
        bands: &bands,
        cross: 0.9,
        pulse: Pulse::new(
            0.0009 * stroke.quick(),
            0.6 * table.skin * (0.3 + force) * stroke.hard(),
            rate,
        ),
        drive: 0.15,
        rise_s: 0.0004 * stroke.quick(),
    };
    Struck::new(&design, skin, Modes::new(), hit.phase, rate)
}

/// The tom's circuit, tuned up and dry.
pub(super) fn hand_drum(
    table: &HandDrumTable,
    pitch: f32,
    t60: f32,
    stroke: &Stroke<'_>,
) -> Struck {
    let (hit, force, rate) = (stroke.hit, stroke.force(), stroke.hit.rate);
    let mut skin = Skin::new(
        &Sweep {
            fast: 0.08 + 0.1 * force,
            fast_s: 0.012,
            ..Sweep::default()
        },
        rate,
    );
    skin.strike(pitch * stroke.tune(0.003), t60, 0.9 * stroke.full());
    let slap = table.slap * (0.15 + force * force) * stroke.hard();
    let bands = [Band {
        hz: 1800.0 + 2600.0 * force,
        level: 0.35 * slap,
        t60_s: 0.012,
        ..Band::default()
    }];
    let design = Design {
        level_db: table.level_db,
        gain: 0.65 * hit.gain(),
        bands: &bands,
        cross: 1.0,
        pulse: Pulse::new(0.0007 * stroke.quick(), 0.7 * slap, rate),
        drive: 0.1,
        rise_s: 0.0004 * stroke.quick(),
    };
    Struck::new(&design, skin, Modes::new(), hit.phase, rate)
}
