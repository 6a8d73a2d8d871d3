//! Which filter of a strip lies in which slot of the bank.

use music::mix::EQ_BANDS;

/// Filters of a strip, in the order of the signal.
pub(super) const HIGH_PASS: usize = 0;
pub(super) const LOW_SHELF: usize = 1;
pub(super) const MID: usize = 2;
pub(super) const HIGH_SHELF: usize = 3;
pub(super) const LOW_PASS: usize = 4;
pub(super) const TILT: usize = 5;
pub(super) const BODY: usize = 6;
pub(super) const EQ: usize = 7;
pub(super) const DECIDED: usize = EQ + EQ_BANDS;
/// Takes out what does not sway about zero.
pub(super) const FLOOR: usize = DECIDED + EQ_BANDS;
pub(super) const SLOTS: usize = FLOOR + 1;
/// Slots before the drive.
pub(super) const BEFORE: u32 = (1 << TILT) - 1;
