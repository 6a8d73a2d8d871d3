//! What makes a room, a plate and a hall of the same network.

use music::mix::Space;

pub(super) const LINES: usize = 8;
pub(super) const DIFFUSERS: usize = 3;

/// A reverb's proportions.
pub(super) struct Design {
    /// Lengths of the lines.
    pub(super) lengths_ms: [f32; LINES],
    /// Lengths of the diffusers before them, left and right.
    pub(super) diffusers_ms: [[f32; DIFFUSERS]; 2],
    pub(super) predelay_ms: f32,
    /// How far every other line moves.
    pub(super) swing_ms: f32,
}

/// Taste: no two lengths of a design in a simple ratio. The room's walls are 2 to 5 m away, the plate is
/// dense from the start, the hall leaves the first moment to the dry sound.
const DESIGNS: [Design; 3] = [
    Design {
        lengths_ms: [11.3, 13.7, 15.1, 17.9, 19.7, 22.3, 25.1, 28.7],
        diffusers_ms: [[1.3, 2.9, 4.7], [1.7, 2.3, 5.3]],
        predelay_ms: 3.0,
        swing_ms: 0.12,
    },
    Design {
        lengths_ms: [23.3, 26.9, 30.7, 34.1, 38.9, 43.7, 48.1, 54.7],
        diffusers_ms: [[2.3, 4.1, 6.7], [2.9, 3.7, 7.3]],
        predelay_ms: 8.0,
        swing_ms: 0.22,
    },
    Design {
        lengths_ms: [39.1, 45.7, 51.3, 59.9, 66.7, 75.1, 83.3, 93.7],
        diffusers_ms: [[5.3, 8.9, 13.7], [6.1, 9.7, 12.1]],
        predelay_ms: 22.0,
        swing_ms: 0.3,
    },
];

impl Design {
    pub(super) fn of(space: Space) -> &'static Design {
        &DESIGNS[space.index()]
    }
}
