//! A pattern's sounding steps where they fall in a bar.

use heapless::Vec;
use music::style::{Pattern, Step};

use crate::placement::{BarGrid, MAX_SLOTS};

/// A step of a pattern where it falls in a bar.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) struct Placed {
    /// Ticks from the bar's start.
    pub tick: i64,
    /// How strong that place is; see [`music::time::Meter::strength`].
    pub strength: u8,
    /// What the pattern says.
    pub step: Step,
}

/// A pattern's sounding steps in one bar, by rising tick.
pub(crate) type Laid = Vec<Placed, MAX_SLOTS>;

/// Lays a pattern on the bar's grid, or on that of the bar `ahead` of it (in plain time).
pub(crate) fn lay(grid: &BarGrid, pattern: &Pattern, ahead: u16) -> Laid {
    let mut out = Laid::new();
    for slot in &grid.slots {
        let mut slot = *slot;
        slot.pattern_bar = slot.pattern_bar.wrapping_add(ahead);
        let step = slot.step(pattern);
        if step.priority > 0 {
            let _ = out.push(Placed {
                tick: slot.tick,
                strength: slot.strength,
                step,
            });
        }
    }
    out
}
