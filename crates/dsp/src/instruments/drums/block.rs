//! Wood and bells without a skin: side stick, claves, cowbell.

use music::patch::{BlockTable, Make};

use super::bands::{Band, Part};
use super::pulse::Pulse;
use super::skin::{Skin, Sweep};
use super::struck::{Design, Struck};
use super::{Stroke, soft};
use crate::modes::Modes;

/// A bar free at both ends. Reference: Fletcher and Rossing, "The Physics of Musical Instruments", ch. 2.
const BAR: [f32; 4] = [1.0, 2.756, 5.404, 8.933];

fn still(rate: f32) -> Skin {
    Skin::new(&Sweep::default(), rate)
}

/// The stick laid over the snare and tipped on its rim: stick and hoop, and the drum below.
pub(crate) fn side_stick(table: &BlockTable, stroke: &Stroke<'_>) -> Struck {
    let (hit, force, rate) = (stroke.hit, stroke.force(), stroke.hit.rate);
    let hz = table.pitch_hz * stroke.tune(0.008);
    let t60 = table.decay_ms * 0.001 * (0.8 + 0.25 * force) * stroke.long();
    let corner = 900.0 * (2.0 * force).exp2() * stroke.hard();
    let mut modes = Modes::new();
    modes.strike(hz, t60, 0.6 * stroke.full(), rate);
    let upper = table.upper * stroke.vary(2, 0.2);
    for (i, (ratio, share)) in [
        (1.0, 0.8),
        (1.27, 0.5),
        (1.81, 0.4),
        (2.43, 0.3),
        (3.2, 0.2),
    ]
    .into_iter()
    .enumerate()
    {
        let own = hz * table.overtone * ratio;
        let level = share * upper * soft(own, 2.0 * corner) * stroke.vary(20 + i as u32, 0.3);
        modes.strike(own, t60 * (0.55 - 0.07 * i as f32), level, rate);
    }
    if table.make == Make::Acoustic {
        // The skin under the hand.
        modes.strike(0.43 * hz, 0.9 * t60, 0.18 * stroke.full(), rate);
    }
    let knock = table.knock * (0.25 + force) * stroke.hard();
    let bands = [
        Band {
            hz: (hz * 3.4).clamp(1500.0, 6000.0) * (0.7 + 0.6 * force),
            damping: 1.2,
            level: 0.8 * knock,
            t60_s: 0.02,
            ..Band::default()
        },
        Band {
            hz: 5200.0,
            part: Part::High,
            level: 0.3 * knock * force,
            t60_s: 0.012,
            ..Band::default()
        },
        stroke.rattle(0.002, 0.1),
    ];
    let design = Design {
        level_db: table.level_db,
        gain: 0.55 * hit.gain(),
        bands: &bands,
        cross: 0.7,
        pulse: Pulse::new(0.0006 * stroke.quick(), 0.8 * knock, rate),
        drive: 0.05,
        rise_s: 0.0002 * stroke.quick(),
    };
    Struck::new(&design, still(rate), modes, hit.phase, rate)
}

/// Two rods of hard wood: a bar over a hollow hand.
pub(crate) fn claves(table: &BlockTable, stroke: &Stroke<'_>) -> Struck {
    let (hit, force, rate) = (stroke.hit, stroke.force(), stroke.hit.rate);
    let hz = table.pitch_hz * stroke.tune(0.005);
    let t60 = table.decay_ms * 0.001 * (0.8 + 0.25 * force) * stroke.long();
    let mut modes = Modes::new();
    modes.strike(hz, t60, 0.75 * stroke.full(), rate);
    // The second rod, held, is a shade higher and dies sooner.
    modes.strike(hz * 1.043, 0.5 * t60, 0.25 * stroke.vary(2, 0.5), rate);
    let bright = table.upper * (0.3 + 0.9 * force) * stroke.hard();
    modes.strike(
        hz * BAR[1] * table.overtone / 2.756,
        0.4 * t60,
        0.9 * bright,
        rate,
    );
    modes.strike(hz * BAR[2], 0.25 * t60, 0.4 * bright * force, rate);
    let knock = table.knock * (0.3 + force) * stroke.hard();
    let bands = [Band {
        hz: 1.4 * hz,
        damping: 1.1,
        level: 0.7 * knock,
        t60_s: 0.012,
        ..Band::default()
    }];
    let design = Design {
        level_db: table.level_db,
        gain: 0.55 * hit.gain(),
        bands: &bands,
        pulse: Pulse::new(0.0004 * stroke.quick(), 0.5 * knock, rate),
        rise_s: 0.0002 * stroke.quick(),
        ..Design::default()
    };
    Struck::new(&design, still(rate), modes, hit.phase, rate)
}

/// Bent sheet, struck on its mouth with the shoulder of a stick.
pub(crate) fn cowbell(table: &BlockTable, stroke: &Stroke<'_>) -> Struck {
    let (hit, force, rate) = (stroke.hit, stroke.force(), stroke.hit.rate);
    let hz = table.pitch_hz * stroke.tune(0.006);
    let t60 = table.decay_ms * 0.001 * (0.8 + 0.25 * force) * stroke.long();
    let corner = 1100.0 * (1.8 * force).exp2() * stroke.hard();
    let mut modes = Modes::new();
    modes.strike(hz, t60, 0.6 * stroke.full(), rate);
    modes.strike(
        hz * table.overtone,
        0.9 * t60,
        0.6 * table.upper * stroke.vary(2, 0.15),
        rate,
    );
    // Taste: sheet modes between the two that give the pitch and the sparkle.
    for (i, (ratio, share)) in [
        (2.34, 0.35),
        (3.13, 0.42),
        (3.87, 0.3),
        (5.06, 0.28),
        (6.71, 0.2),
        (8.4, 0.16),
    ]
    .into_iter()
    .enumerate()
    {
        let own = hz * ratio;
        let level = share * table.upper * soft(own, 2.5 * corner) * stroke.vary(20 + i as u32, 0.4);
        modes.strike(own, t60 * (0.6 - 0.07 * i as f32), level, rate);
    }
    let knock = table.knock * (0.3 + force) * stroke.hard();
    let bands = [Band {
        hz: (hz * 5.0).min(7000.0),
        damping: 1.3,
        level: 0.8 * knock,
        t60_s: 0.018,
        ..Band::default()
    }];
    let design = Design {
        level_db: table.level_db,
        gain: 0.55 * hit.gain(),
        bands: &bands,
        pulse: Pulse::new(0.0005 * stroke.quick(), 0.7 * knock, rate),
        drive: 0.12,
        rise_s: 0.0002 * stroke.quick(),
        ..Design::default()
    };
    Struck::new(&design, still(rate), modes, hit.phase, rate)
}
