//! Ride, bell, crash, splash: a ping of partials over a wash that rises, then darkens and falls.

use music::drum::Piece;
use music::patch::CymbalTable;

use super::Stroke;
use super::metal::{Design, Metal};
use crate::modes::Modes;

/// Partials of a ping as factors of the lowest.
///
/// Taste: roughly as the square of the mode number on a free plate, spread so that none align.
const PARTIALS: [f32; 18] = [
    1.0, 1.47, 2.09, 2.56, 3.39, 4.08, 4.62, 5.43, 6.27, 7.18, 8.3, 9.41, 10.9, 12.6, 14.3, 17.2,
    20.9, 26.3,
];

pub(crate) fn design(table: &CymbalTable, piece: Piece, stroke: &Stroke<'_>) -> Metal {
    let (hit, force) = (stroke.hit, stroke.force());
    let rate = hit.rate;
    let bell = piece == Piece::RideBell;
    let t60 = table.decay_ms * 0.001;
    let is_ride = matches!(piece, Piece::Ride | Piece::RideBell);
    let mut modes = Modes::new();
    let ping = table.ping * if bell { 1.5 } else { 1.0 };
    for (i, ratio) in PARTIALS.iter().enumerate() {
        let n = i as f32;
        // A bell rings low and clear; the bow speaks in the upper partials.
        let tilt = if bell {
            (-0.16 * n).exp()
        } else {
            (0.25 + 0.09 * n) * (-0.06 * n * (1.3 - force)).exp()
        };
        let level = 0.11 * ping * tilt * stroke.vary(40 + i as u32, 0.5);
        let fall = t60 * if bell { 0.7 } else { 0.5 } / (1.0 + 0.16 * n);
        modes.strike(
            table.pitch_hz * ratio * if bell { 1.9 } else { 1.0 },
            fall,
            level,
            rate,
        );
    }
    let wash = table.wash
        * if bell { 0.35 } else { 1.0 }
        * if is_ride { 0.35 + 0.35 * force } else { 0.75 };
    let design = Design {
        level_db: table.level_db,
        gain: hit.gain(),
        pitch_hz: table.pitch_hz * 1.31 * stroke.vary(4, 0.01),
        metal: 0.35,
        wash,
        high_pass_hz: table.high_pass_hz * stroke.vary(5, 0.04),
        bright_hz: 5500.0 * (force * 1.5).exp2(),
        attack_s: if is_ride { 0.002 } else { 0.006 },
        fast_share: 0.5,
        fast_t60_s: 0.28 * t60,
        slow_t60_s: t60,
    };
    Metal::new(&design, modes, hit.phase, rate)
}
