//! Where a grid place really falls: swing, push, and the drift of human hands.

use music::drum::Piece;
use music::lane::Lane;
use music::time::Tick;

use crate::view::BarView;

/// Furthest that push and human timing together move an onset, microseconds.
pub const MAX_SHIFT_US: i64 = 60_000;

/// A place and a force after feel.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Felt {
    /// Place on the grid, unmoved.
    pub grid: Tick,
    /// Place as played.
    pub onset: Tick,
    /// Velocity as played, 1–127.
    pub velocity: u8,
}

/// Places a stroke: `tick` counts from the bar's start, `velocity` is what the pattern asks for.
pub fn place(view: &BarView, lane: Lane, piece: Option<Piece>, tick: i64, velocity: u8) -> Felt {
    let _ = (lane, piece);
    let grid = view.place.start.plus(tick);
    Felt { grid, onset: grid, velocity: velocity.clamp(1, 127) }
}
