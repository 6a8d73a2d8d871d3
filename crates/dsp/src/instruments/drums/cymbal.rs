//! Ride, bell, crash, splash and china: a plate of many modes. The stick's ping comes first; the wash wakes
//! after it, as low modes feed high ones, and its top dies before its middle.

use music::drum::Piece;
use music::patch::{CymbalTable, Make};

use super::bands::Band;
use super::metal::{Design, Metal, Squares};
use super::plate::Plate;
use super::pulse::Pulse;
use super::{Stroke, machine};

pub(crate) fn design(table: &CymbalTable, piece: Piece, stroke: &Stroke<'_>) -> Metal {
    if table.make == Make::Ringing {
        return machine::ringing_cymbal(table, piece, stroke);
    }
    match piece {
        Piece::Ride => ride(table, stroke),
        Piece::RideBell => bell(table, stroke),
        _ => crash(table, stroke),
    }
}

/// Four bands of a wash from its middle to its top.
struct Wash {
    level: f32,
    /// Rise of the middle; the top follows later.
    rise_s: f32,
    t60_s: f32,
    bright: f32,
    centre_hz: f32,
    metal: f32,
    density: f32,
}

impl Wash {
    fn bands(&self, stroke: &Stroke<'_>) -> [Band; 4] {
        let side = |purpose: u32, apart: f32| Band {
            hz: self.centre_hz * apart * stroke.vary(purpose, 0.05),
            damping: 1.7,
            level: self.level,
            attack_s: 1.3 * self.rise_s,
            t60_s: 0.3 * self.t60_s,
            tail: 0.5,
            tail_t60_s: 0.85 * self.t60_s,
            metal: self.metal,
            density: self.density,
            ..Band::default()
        };
        [
            side(1, 0.92),
            side(2, 1.1),
            // The top. Taste: it falls from about 10 kHz on, as metal before a microphone does.
            Band {
                hz: (1.7 * self.centre_hz).min(10_500.0),
                damping: 1.2,
                level: 1.1 * self.level * self.bright,
                attack_s: 2.0 * self.rise_s,
                t60_s: 0.14 * self.t60_s,
                tail: 0.3,
                tail_t60_s: 0.5 * self.t60_s,
                metal: 0.5 * self.metal,
                ..Band::default()
            },
            Band {
                hz: 0.32 * self.centre_hz,
                damping: 1.6,
                level: 0.42 * self.level,
                attack_s: self.rise_s,
                t60_s: 0.4 * self.t60_s,
                tail: 0.55,
                tail_t60_s: 1.1 * self.t60_s,
                metal: self.metal,
                ..Band::default()
            },
        ]
    }
}

fn voice(
    table: &CymbalTable,
    stroke: &Stroke<'_>,
    bands: &[Band],
    plate_modes: Plate,
    stick: f32,
    gain: f32,
) -> Metal {
    let (hit, rate) = (stroke.hit, stroke.hit.rate);
    let design = Design {
        level_db: table.level_db,
        gain: gain * hit.gain(),
        bands,
        steep: false,
        pulse: Pulse::new(0.0004 * stroke.quick(), stick * stroke.hard(), rate),
        rise_s: 0.0003 * stroke.quick(),
        cross: 0.45,
    };
    let squares = Squares::paired(table.pitch_hz * 1.31 * stroke.tune(0.01), hit.phase, rate);
    Metal::new(&design, plate_modes, Some(squares), hit.phase, rate)
}

fn ride(table: &CymbalTable, stroke: &Stroke<'_>) -> Metal {
    let (force, rate) = (stroke.force(), stroke.hit.rate);
    let t60 = table.decay_ms * 0.001 * stroke.long();
    // The tip of the stick speaks about 3 to 6 kHz; a harder stroke higher.
    let tip = 3000.0 * (1.2 * force).exp2() * (0.5 + 0.5 * stroke.hard());
    let modes = Plate::new(
        40,
        table.pitch_hz * stroke.tune(0.002),
        table.pitch_hz.to_bits(),
        rate,
        |i, hz| {
            let away = (hz / tip).log2();
            let ping = (-0.55 * away * away).exp();
            let low = 0.1 / (1.0 + (hz / 900.0) * (hz / 900.0));
            let level = 0.13 * table.ping * (ping + low) * stroke.vary(20 + i as u32, 0.7);
            (level, 0.75 * t60 / (1.0 + hz / 2600.0))
        },
    );
    let wash = Wash {
        level: 0.34 * table.wash * (0.35 + 0.65 * force),
        rise_s: 0.02 * (1.3 - 0.6 * force) * stroke.quick(),
        t60_s: t60,
        bright: (1.6 * (force - 0.7)).exp2(),
        centre_hz: 1.45 * table.high_pass_hz,
        metal: 0.45,
        density: 1.0,
    };
    let bands = wash.bands(stroke);
    voice(
        table,
        stroke,
        &bands,
        modes,
        0.55 * table.ping * (0.2 + force),
        1.0,
    )
}

fn bell(table: &CymbalTable, stroke: &Stroke<'_>) -> Metal {
    let (force, rate) = (stroke.force(), stroke.hit.rate);
    let t60 = table.decay_ms * 0.001 * stroke.long();
    // The dome is a small thick plate of its own: fewer modes, clear and long.
    let modes = Plate::new(
        28,
        1.9 * table.pitch_hz * stroke.tune(0.002),
        0x5be1,
        rate,
        |i, hz| {
            let n = i as f32;
            let level = 0.3
                * table.ping
                * (-(0.17 - 0.09 * force) * n).exp()
                * stroke.vary(20 + i as u32, 0.4);
            (level, 0.8 * t60 / (1.0 + hz / 3200.0))
        },
    );
    let wash = Wash {
        level: 0.12 * table.wash * (0.3 + 0.7 * force),
        rise_s: 0.01 * stroke.quick(),
        t60_s: 0.8 * t60,
        bright: (1.6 * (force - 0.7)).exp2(),
        centre_hz: 1.45 * table.high_pass_hz,
        metal: 0.5,
        density: 1.0,
    };
    let bands = wash.bands(stroke);
    voice(
        table,
        stroke,
        &bands,
        modes,
        0.6 * table.ping * (0.2 + force),
        0.8,
    )
}

fn crash(table: &CymbalTable, stroke: &Stroke<'_>) -> Metal {
    let (force, rate) = (stroke.force(), stroke.hit.rate);
    let t60 = table.decay_ms * 0.001 * stroke.long();
    let trash = table.trash;
    let top = 1800.0 * (1.6 * force).exp2();
    let modes = Plate::new(
        40,
        table.pitch_hz * stroke.tune(0.002),
        table.pitch_hz.to_bits(),
        rate,
        |i, hz| {
            // A china's turned-up edge holds back the low modes and brings out its own band.
            let away = (hz / (1500.0 + 900.0 * trash)).log2();
            let body =
                (-(0.25 + 0.5 * trash) * away * away).exp() / (1.0 + (hz / top) * (hz / top));
            let level = 0.1 * (0.25 + table.ping) * body * stroke.vary(20 + i as u32, 0.7);
            (level, (0.9 - 0.35 * trash) * t60 / (1.0 + hz / 3000.0))
        },
    );
    let wash = Wash {
        level: 0.8 * table.wash,
        rise_s: 0.007 * (1.4 - 0.8 * force) * (1.0 - 0.7 * trash) * stroke.quick(),
        t60_s: t60,
        bright: (2.2 * (force - 0.75)).exp2() * (1.0 - 0.4 * trash),
        centre_hz: 1.5 * table.high_pass_hz * (0.75 + 0.3 * force),
        metal: 0.4 + 0.45 * trash,
        density: 1.0 - 0.75 * trash,
    };
    let bands = wash.bands(stroke);
    voice(table, stroke, &bands, modes, 0.3 * (0.2 + force), 1.0)
}
