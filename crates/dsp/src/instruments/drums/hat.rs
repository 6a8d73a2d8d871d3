//! Hi-hat: closed, pedal and open strokes of one pair of cymbals.

use music::drum::Piece;
use music::patch::HatTable;

use super::Stroke;
use super::metal::{Design, Metal};
use crate::modes::Modes;

pub(crate) fn design(table: &HatTable, piece: Piece, stroke: &Stroke<'_>) -> Metal {
    let (hit, force) = (stroke.hit, stroke.force());
    let rate = hit.rate;
    let (t60_ms, stick, level) = match piece {
        Piece::HatOpen => (table.open_ms * (0.75 + 0.35 * force), table.stick, 0.62),
        Piece::HatPedal => (table.pedal_ms, 0.0, 0.6),
        _ => (
            table.closed_ms * (0.6 + 0.55 * force) * stroke.vary(1, 0.25),
            table.stick,
            1.0,
        ),
    };
    let t60 = t60_ms * 0.001;
    let mut modes = Modes::new();
    let click = 0.22 * stick * (0.2 + force);
    modes.strike(
        table.pitch_hz * 8.3 * stroke.vary(2, 0.04),
        0.03,
        click,
        rate,
    );
    modes.strike(
        table.pitch_hz * 12.7 * stroke.vary(3, 0.04),
        0.022,
        0.8 * click,
        rate,
    );
    modes.strike(table.pitch_hz * 17.1, 0.018, 0.6 * click, rate);
    let design = Design {
        level_db: table.level_db,
        gain: level * hit.gain(),
        pitch_hz: table.pitch_hz * stroke.vary(4, 0.01),
        metal: table.metal,
        wash: if piece == Piece::HatPedal { 3.2 } else { 1.9 },
        high_pass_hz: table.high_pass_hz * (0.86 + 0.16 * force) * stroke.vary(5, 0.03),
        // A soft stroke is dull as well as quiet.
        bright_hz: 4200.0 * (2.0 * force).exp2(),
        attack_s: if piece == Piece::HatPedal {
            0.003
        } else {
            0.0004
        },
        fast_share: if piece == Piece::HatOpen { 0.35 } else { 0.65 },
        fast_t60_s: if piece == Piece::HatOpen {
            0.12
        } else {
            0.4 * t60
        },
        slow_t60_s: t60,
    };
    Metal::new(&design, modes, hit.phase, rate)
}
