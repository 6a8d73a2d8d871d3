//! Shaker and tambourine: grains that strike a wall by chance while the hand moves; jingles that ring on.
//!
//! Reference: P. Cook, "Physically informed sonic modeling (PhISM)", 1997: collisions by chance, their
//! energy falling, each exciting the vessel.

use music::patch::ShakerTable;

use super::bands::Band;
use super::metal::{Design as MetalDesign, Metal};
use super::plate::Plate;
use super::pulse::Pulse;
use super::skin::{Skin, Sweep};
use super::struck::{Design, Struck};
use super::{DrumVoice, Stroke};
use crate::modes::Modes;

pub(crate) fn design(table: &ShakerTable, stroke: &Stroke<'_>) -> DrumVoice {
    if table.jingle > 0.5 {
        DrumVoice::Metal(jingles(table, stroke))
    } else {
        DrumVoice::Struck(grains(table, stroke))
    }
}

fn grains(table: &ShakerTable, stroke: &Stroke<'_>) -> Struck {
    let (hit, force, rate) = (stroke.hit, stroke.force(), stroke.hit.rate);
    let t60 = table.decay_ms * 0.001 * (0.8 + 0.3 * force) * stroke.long();
    let rise = table.attack_ms * 0.001 * (1.4 - 0.6 * force) * stroke.quick();
    let open = 0.75 + 0.35 * force;
    let wall = |purpose: u32, apart: f32| Band {
        hz: table.tone_hz * open * apart * stroke.vary(purpose, 0.05),
        damping: 0.8,
        level: 0.8,
        attack_s: rise,
        t60_s: 0.6 * t60,
        tail: 0.25,
        tail_t60_s: 1.3 * t60,
        density: 0.1 + 0.3 * force,
        ..Band::default()
    };
    let bands = [
        wall(1, 0.94),
        wall(2, 1.08),
        Band {
            hz: (1.3 * table.tone_hz).min(10_500.0),
            damping: 1.0,
            level: 0.25 * (0.3 + force) * stroke.hard(),
            attack_s: 0.7 * rise,
            t60_s: 0.5 * t60,
            density: 0.15 + 0.3 * force,
            ..Band::default()
        },
        // The gourd itself.
        Band {
            hz: 0.38 * table.tone_hz,
            damping: 0.7,
            level: 0.3 * stroke.full(),
            attack_s: rise,
            t60_s: 0.5 * t60,
            density: 0.08 + 0.2 * force,
            ..Band::default()
        },
    ];
    let design = Design {
        level_db: table.level_db,
        gain: 0.6 * hit.gain(),
        bands: &bands,
        cross: 0.6,
        ..Design::default()
    };
    let skin = Skin::new(&Sweep::default(), rate);
    Struck::new(&design, skin, Modes::new(), hit.phase, rate)
}

/// Pairs of small plates in a frame.
fn jingles(table: &ShakerTable, stroke: &Stroke<'_>) -> Metal {
    let (hit, force, rate) = (stroke.hit, stroke.force(), stroke.hit.rate);
    let t60 = table.decay_ms * 0.001 * (0.8 + 0.3 * force) * stroke.long();
    let centre = table.tone_hz * (0.78 + 0.29 * force);
    let lowest = 0.42 * table.tone_hz * stroke.tune(0.01);
    let modes = Plate::new(16, lowest, 0x7a3b, rate, |i, hz| {
        let near = (hz / centre).log2();
        // Above the middle they lie closer together.
        let slope = if near > 0.0 { 2.4 } else { 1.1 };
        // Each jingle is struck as it happens to lie.
        let level = 0.2 * (-slope * near * near).exp() * stroke.vary(20 + i as u32, 0.9);
        (level, t60 * (1.25 - 0.04 * i as f32))
    });
    let rattle = |purpose: u32, apart: f32| Band {
        hz: centre * apart * stroke.vary(purpose, 0.04),
        damping: 0.9,
        level: 0.75,
        delay_s: 0.002,
        attack_s: table.attack_ms * 0.001 * stroke.quick(),
        t60_s: 0.4 * t60,
        tail: 0.3,
        tail_t60_s: t60,
        density: 0.06 + 0.2 * force,
        bursts: 1,
        spread_s: 0.016 * stroke.vary(70 + purpose, 0.3),
        ..Band::default()
    };
    let bands = [
        rattle(1, 0.95),
        rattle(2, 1.09),
        Band {
            hz: (1.2 * table.tone_hz).min(10_500.0),
            damping: 1.0,
            level: 0.3 * (0.2 + force) * stroke.hard(),
            t60_s: 0.4 * t60,
            density: 0.3,
            ..Band::default()
        },
        // Hand on frame.
        Band {
            hz: 700.0 + 500.0 * force,
            damping: 0.9,
            level: 0.3 * force * stroke.full(),
            t60_s: 0.03,
            ..Band::default()
        },
    ];
    let design = MetalDesign {
        level_db: table.level_db,
        gain: 0.66 * hit.gain(),
        bands: &bands,
        steep: false,
        pulse: Pulse::new(0.0012 * stroke.quick(), 0.25 * force * stroke.hard(), rate),
        rise_s: 0.0004,
        cross: 0.5,
    };
    Metal::new(&design, modes, None, hit.phase, rate)
}
