//! Clap: several pairs of hands, not quite together, left and right each in their own time; then the room.

use music::patch::{ClapTable, Make};

use super::Stroke;
use super::bands::{Band, Part};
use super::skin::{Skin, Sweep};
use super::struck::{Design, Struck};
use crate::modes::Modes;

pub(crate) fn design(table: &ClapTable, stroke: &Stroke<'_>) -> Struck {
    let (hit, force, rate) = (stroke.hit, stroke.force(), stroke.hit.rate);
    let t60 = table.decay_ms * 0.001 * stroke.long();
    let acoustic = table.make == Make::Acoustic;
    let narrow = 1.5 - 1.1 * table.focus;
    let hands = |purpose: u32, apart: f32| Band {
        hz: table.tone_hz * (0.8 + 0.3 * force) * apart * stroke.vary(purpose, 0.05),
        damping: narrow,
        level: 1.1,
        attack_s: 0.0003 * stroke.quick(),
        t60_s: 0.5 * t60,
        tail: 0.2 * stroke.full(),
        tail_t60_s: t60,
        bursts: table.bursts,
        spread_s: table.spread_ms
            * 0.001
            * stroke.vary(10 + purpose, 0.2)
            * if acoustic { apart } else { 1.0 },
        ..Band::default()
    };
    let crack = Band {
        hz: 2600.0 + 2400.0 * force,
        part: Part::High,
        level: 0.26 * force * stroke.hard(),
        t60_s: 0.2 * t60,
        tail: 0.1,
        tail_t60_s: 0.6 * t60,
        bursts: table.bursts,
        spread_s: table.spread_ms * 0.001 * stroke.vary(13, 0.2),
        ..Band::default()
    };
    // Cupped palms: the low part of a real clap.
    let palms = Band {
        hz: 0.55 * table.tone_hz,
        damping: 0.9,
        level: if acoustic { 0.5 } else { 0.15 } * stroke.full(),
        t60_s: 0.06,
        bursts: table.bursts.saturating_sub(1),
        spread_s: table.spread_ms * 0.0012,
        ..Band::default()
    };
    let bands = [hands(1, 1.0), hands(2, 1.13), crack, palms];
    let design = Design {
        level_db: table.level_db,
        gain: 0.68 * hit.gain(),
        bands: &bands,
        cross: if acoustic { 0.3 } else { 0.75 },
        drive: 0.15,
        ..Design::default()
    };
    let skin = Skin::new(&Sweep::default(), rate);
    Struck::new(&design, skin, Modes::new(), hit.phase, rate)
}
