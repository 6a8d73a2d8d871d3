//! Metal of the machine of ringing filters: squares side by side through two bands, no plate at all.

use music::drum::Piece;
use music::patch::{BlockTable, CymbalTable, HatTable};

use super::super::Stroke;
use super::super::bands::{Band, Part};
use super::super::metal::{Design, Metal, Squares};
use super::super::plate::Plate;
use super::super::pulse::Pulse;

/// The machine's oscillators, Hz.
///
/// Reference: K. Werner, J. Abel, J. Smith, "The TR-808 cymbal: a physically-informed, circuit-bendable,
/// digital model", 2014.
const OSCILLATORS: [f32; 6] = [205.3, 304.4, 369.6, 522.7, 540.0, 800.0];
/// What a patch's pitch of this leaves where they are.
const PITCH_HZ: f32 = 520.0;

fn squares(pitch_hz: f32, stroke: &Stroke<'_>) -> Squares {
    let factor = pitch_hz / PITCH_HZ * stroke.tune(0.003);
    Squares::beside(
        &OSCILLATORS.map(|hz| hz * factor),
        stroke.hit.phase,
        stroke.hit.rate,
    )
}

fn voice(
    stroke: &Stroke<'_>,
    level_db: f32,
    gain: f32,
    bands: &[Band],
    click: f32,
    squares: Squares,
) -> Metal {
    let (hit, rate) = (stroke.hit, stroke.hit.rate);
    let design = Design {
        level_db,
        gain: gain * hit.gain(),
        bands,
        steep: true,
        pulse: Pulse::new(0.0003 * stroke.quick(), click * stroke.hard(), rate),
        rise_s: 0.0003 * stroke.quick(),
        cross: 0.85,
    };
    Metal::new(&design, Plate::silent(), Some(squares), hit.phase, rate)
}

pub(crate) fn ringing_hat(table: &HatTable, piece: Piece, stroke: &Stroke<'_>) -> Metal {
    let force = stroke.force();
    let t60 = 0.001
        * stroke.long()
        * match piece {
            Piece::HatOpen => table.open_ms,
            Piece::HatPedal => table.pedal_ms,
            _ => table.closed_ms * (0.75 + 0.35 * force),
        };
    let bright = (0.7 * (force - 0.8)).exp2();
    let band = |apart: f32, purpose: u32| Band {
        hz: (1.05 * table.high_pass_hz * apart * bright * stroke.vary(purpose, 0.02)).min(13_000.0),
        damping: 0.7,
        part: Part::Band,
        level: 1.6,
        t60_s: t60,
        metal: table.metal,
        ..Band::default()
    };
    let bands = [
        band(0.97, 1),
        band(1.04, 2),
        Band {
            hz: 1.3 * table.high_pass_hz,
            part: Part::High,
            level: 0.7 * bright,
            t60_s: 0.7 * t60,
            metal: table.metal,
            ..Band::default()
        },
        Band {
            hz: 0.48 * table.high_pass_hz,
            damping: 0.8,
            level: 0.25 * table.body,
            t60_s: 0.7 * t60,
            metal: 1.0,
            ..Band::default()
        },
    ];
    let click = 0.4 * table.stick * (0.2 + force);
    voice(
        stroke,
        table.level_db,
        0.8,
        &bands,
        click,
        squares(table.pitch_hz, stroke),
    )
}

pub(crate) fn ringing_cymbal(table: &CymbalTable, piece: Piece, stroke: &Stroke<'_>) -> Metal {
    let force = stroke.force();
    let ride = matches!(piece, Piece::Ride | Piece::RideBell);
    let t60 = table.decay_ms * 0.001 * stroke.long() * if ride { 0.5 } else { 1.0 };
    let bright = (0.9 * (force - 0.8)).exp2();
    let side = |apart: f32, purpose: u32| Band {
        hz: (7100.0 * apart * bright * stroke.vary(purpose, 0.02)).min(13_000.0),
        damping: 0.8,
        level: 0.9 * table.wash,
        t60_s: 0.35 * t60,
        tail: 0.35,
        tail_t60_s: t60,
        metal: 0.85,
        ..Band::default()
    };
    let bands = [
        side(0.97, 1),
        side(1.04, 2),
        Band {
            hz: 3440.0 * if piece == Piece::RideBell { 0.75 } else { 1.0 },
            damping: 0.6,
            level: (0.35 + table.ping) * if ride { 1.2 } else { 0.7 },
            t60_s: 0.3 * t60,
            tail: 0.4,
            tail_t60_s: 0.8 * t60,
            metal: 1.0,
            ..Band::default()
        },
        Band {
            hz: 9500.0,
            part: Part::High,
            level: 0.35 * table.wash * bright,
            t60_s: 0.25 * t60,
            tail: 0.2,
            tail_t60_s: 0.6 * t60,
            metal: 0.8,
            ..Band::default()
        },
    ];
    let click = 0.3 * table.ping * (0.2 + force);
    let own = squares(table.pitch_hz * PITCH_HZ / 320.0, stroke);
    voice(stroke, table.level_db, 0.7, &bands, click, own)
}

/// Two of the oscillators through one band: a knock, then a ring.
pub(crate) fn cowbell(table: &BlockTable, stroke: &Stroke<'_>) -> Metal {
    let force = stroke.force();
    let t60 = table.decay_ms * 0.001 * stroke.long();
    let hz = table.pitch_hz * stroke.tune(0.003);
    let two = [hz, table.overtone * hz];
    let bright = (0.8 * (force - 0.8)).exp2();
    let side = |purpose: u32| Band {
        hz: 1.55 * table.overtone * hz * bright * stroke.vary(purpose, 0.02),
        damping: 1.0,
        level: 1.0,
        t60_s: 0.25 * t60,
        tail: 0.5,
        tail_t60_s: 1.2 * t60,
        metal: 1.0,
        ..Band::default()
    };
    let bands = [
        side(1),
        side(2),
        Band {
            hz: 1.1 * hz,
            damping: 1.0,
            level: 0.5 * stroke.full(),
            t60_s: 0.3 * t60,
            tail: 0.5,
            tail_t60_s: t60,
            metal: 1.0,
            ..Band::default()
        },
    ];
    let own = Squares::beside(&two, stroke.hit.phase, stroke.hit.rate);
    voice(
        stroke,
        table.level_db,
        0.5,
        &bands,
        0.3 * table.knock * (0.2 + force),
        own,
    )
}
