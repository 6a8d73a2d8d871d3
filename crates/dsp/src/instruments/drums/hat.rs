//! Hi-hat: one pair of cymbals, closed, by the pedal, open. The low plate modes give the "chick", squares in
//! pairs and noise the sheen, and loose cymbals rattle on each other.

use music::drum::Piece;
use music::patch::{HatTable, Make};

use super::bands::Band;
use super::metal::{Design, Metal, Squares};
use super::plate::Plate;
use super::pulse::Pulse;
use super::{Stroke, machine};

pub(crate) fn design(table: &HatTable, piece: Piece, stroke: &Stroke<'_>) -> Metal {
    if table.make == Make::Ringing {
        return machine::ringing_hat(table, piece, stroke);
    }
    let (hit, force, rate) = (stroke.hit, stroke.force(), stroke.hit.rate);
    let open = piece == Piece::HatOpen;
    let pedal = piece == Piece::HatPedal;
    let swept = table.make == Make::Swept;
    let t60 = 0.001
        * stroke.long()
        * match piece {
            Piece::HatOpen => table.open_ms * (0.75 + 0.35 * force),
            Piece::HatPedal => table.pedal_ms,
            _ => table.closed_ms * (0.6 + 0.55 * force) * stroke.vary(1, 0.25),
        };
    let level = if open {
        0.62
    } else if pedal {
        0.8
    } else {
        1.0
    };
    let stick = if pedal {
        0.0
    } else {
        table.stick * (0.2 + force) * stroke.hard()
    };
    // A soft stroke is dull as well as quiet.
    let bright = (0.9 * (force - 0.8)).exp2() * if pedal { 0.8 } else { 1.0 };
    let seed = table.pitch_hz.to_bits();
    let low = table.body * if swept { 0.6 } else { 1.0 };
    let ring = if open { 0.9 } else { 0.55 };
    let modes = Plate::new(
        24,
        table.pitch_hz * stroke.tune(0.004),
        seed,
        rate,
        |i, hz| {
            let n = i as f32;
            let tip = (hz / 3400.0).log2();
            let level = 0.045 * low * (0.35 + 1.2 * (-0.5 * tip * tip).exp()) * (0.4 + bright);
            let fall = ring * t60 / (1.0 + 0.03 * n);
            (level * stroke.vary(20 + i as u32, 0.6), fall.max(0.015))
        },
    );
    let attack = if pedal { 0.003 } else { 0.0004 } * stroke.quick();
    let (early, tail) = if open { (0.3, 0.75) } else { (0.4 * t60, 0.3) };
    let metal = table.metal;
    let rattle = table.sizzle * if open { 0.8 } else { 0.3 };
    let sheen = |purpose: u32, apart: f32| Band {
        hz: (1.22 * table.high_pass_hz * bright * apart * stroke.vary(purpose, 0.03)).min(14_000.0),
        damping: 1.25,
        level: 1.35,
        attack_s: attack,
        t60_s: early,
        tail,
        tail_t60_s: t60,
        density: 1.0 - 0.85 * rattle,
        metal,
        ..Band::default()
    };
    let bands = [
        sheen(1, 0.93),
        sheen(2, 1.07),
        // The top. Taste: it falls from about 10 kHz on, as metal before a microphone does.
        Band {
            hz: (1.55 * table.high_pass_hz * (0.8 + 0.2 * bright)).min(11_000.0),
            damping: 1.3,
            level: 1.1 * bright,
            attack_s: attack,
            t60_s: 0.5 * early,
            tail: 0.8 * tail,
            tail_t60_s: 0.65 * t60,
            metal: 0.6 * metal,
            ..Band::default()
        },
        // The edge against the other edge.
        Band {
            hz: 0.55 * table.high_pass_hz,
            damping: 1.1,
            level: 0.26 * low * if pedal { 1.8 } else { 1.0 },
            attack_s: attack,
            t60_s: if open { 0.25 } else { 0.5 * t60 },
            tail: if open { 0.4 } else { 0.2 },
            tail_t60_s: 0.8 * t60,
            metal,
            bursts: u8::from(pedal),
            spread_s: 0.006 * stroke.vary(7, 0.3),
            ..Band::default()
        },
    ];
    let squares = Squares::paired(table.pitch_hz * stroke.tune(0.006), hit.phase, rate);
    let design = Design {
        level_db: table.level_db,
        gain: level * hit.gain(),
        bands: &bands,
        steep: true,
        pulse: Pulse::new(0.00028 * stroke.quick(), 0.5 * stick, rate),
        rise_s: 0.0002 * stroke.quick(),
        cross: if swept { 0.85 } else { 0.5 },
    };
    Metal::new(&design, modes, Some(squares), hit.phase, rate)
}
