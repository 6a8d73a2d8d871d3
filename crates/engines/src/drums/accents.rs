//! How hard a stroke is meant: what the style writes, else what players were measured to do at that step,
//! else what the meter asks for.

use music::drum::Piece;
use music::lane::Lane;
use music::style::Step;
use music::time::BeatRole;

use super::architect::is_swung;
use crate::placement::Slot;
use crate::view::BarView;

/// Measured: players' snare strokes under this are ghosts.
const GHOST_BELOW: u8 = 50;

/// Velocity before human variation.
pub fn velocity(view: &BarView, piece: Piece, step: &Step, slot: &Slot) -> u8 {
    if step.velocity > 0 {
        return step.velocity;
    }
    let played = view.seats[Lane::Drums.index()]
        .groove
        .step(piece, slot.pattern_step)
        .velocity;
    let swung = is_swung(view);
    let base = if played > 0 {
        blend(played, piece, step, slot, swung)
    } else {
        by_strength(piece, step, slot, swung)
    };
    // Taste: inside a group of three the middle leans back, so that the grouping is heard.
    let lean = if slot.role == BeatRole::Weak { 8 } else { 0 };
    (base as i32 - lean).clamp(1, 127) as u8
}

/// What players do at the step, leaned towards what the pattern wants there: averages over many takes blur
/// the accents that each take has.
fn blend(played: u8, piece: Piece, step: &Step, slot: &Slot, swung: bool) -> u8 {
    let wanted = by_strength(piece, step, slot, swung);
    // Taste: half and half.
    ((played as u16 + wanted as u16) / 2) as u8
}

/// Taste: by piece, the pattern's priority and the strength of the step.
fn by_strength(piece: Piece, step: &Step, slot: &Slot, swung: bool) -> u8 {
    let (priority, strength) = (step.priority.min(9) as i32, slot.strength as i32);
    let on_beat = strength >= 2;
    let velocity = match piece {
        Piece::Kick => 60 + 4 * priority + 3 * strength,
        Piece::Snare | Piece::Clap if priority >= 7 => 108 + 2 * (priority - 7),
        Piece::Snare if priority >= 5 => 62 + 6 * (priority - 5) + 4 * strength,
        Piece::Snare | Piece::Clap => 26 + 5 * priority,
        Piece::Rim => 58 + 4 * priority,
        Piece::Crash | Piece::Splash => 108,
        Piece::HatOpen => 92 + strength,
        Piece::RideBell => 96,
        Piece::HatPedal => 60 + 2 * priority,
        _ if on_beat => 90 + 3 * strength,
        // Where eighths swing, the skipped stroke leans into the beat behind it and is nearly as loud.
        _ if strength == 1 && swung => 68 + priority,
        _ if strength == 1 => 54 + priority,
        _ => 29 + 2 * priority,
    };
    velocity.clamp(1, 127) as u8
}

/// Whether a stroke is a ghost.
pub const fn is_ghost(piece: Piece, velocity: u8) -> bool {
    matches!(piece, Piece::Snare) && velocity < GHOST_BELOW
}
