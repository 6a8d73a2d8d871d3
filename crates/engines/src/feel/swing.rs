//! Swing: pairs of eighths or sixteenths played long and short, by an exact ratio.

use music::groove::SwingUnit;
use music::lane::Lane;

use crate::placement::Slot;
use crate::view::BarView;

/// Long against short at the control's upper end: 3:1, a dotted pair.
const DOTTED: i64 = 3000;

/// The ratio × 1000 under a style and a swing control of −100 (straight) … 0 (the style's) … +100 (dotted).
pub fn ratio(style_ratio: u16, swing: i8) -> i64 {
    let (own, swing) = ((style_ratio as i64).clamp(1000, DOTTED), swing as i64);
    if swing < 0 {
        own + (own - 1000) * swing / 100
    } else {
        own + (DOTTED - own) * swing / 100
    }
}

/// Where a tick of the bar falls, swung. Beats of three eighths swing in sixteenths only: their eighths are
/// the beat's own thirds. Between a style that swings eighths and one that swings sixteenths both give way,
/// so that each fades into the other; a control above the middle turns up what the nearer style swings.
pub fn swung(view: &BarView, lane: Lane, slot: &Slot, tick: i64, swing: i8) -> i64 {
    let groove = &view.seats[lane.index()].groove;
    let beat = slot.tick - slot.in_beat as i64 * view.grid.step_ticks();
    let mut inside = tick - beat;
    for unit in [SwingUnit::Sixteenth, SwingUnit::Eighth] {
        let swing = if unit == groove.unit() {
            swing
        } else {
            swing.min(0)
        };
        let ratio = ratio(groove.ratio(unit), swing);
        let Some((first, pair)) = pair(unit, slot).filter(|_| ratio != 1000) else {
            continue;
        };
        let (from, length) = (
            first as i64 * view.grid.step_ticks(),
            pair as i64 * view.grid.step_ticks(),
        );
        inside = from + warp(inside - from, length, ratio);
    }
    beat + inside
}

/// First step and length of the pair that a slot lies in, within its beat; `None` where it cannot swing.
fn pair(unit: SwingUnit, slot: &Slot) -> Option<(u8, u8)> {
    let (first, steps) = match unit {
        SwingUnit::Eighth if slot.beat_steps == 4 => (0, 4),
        SwingUnit::Eighth => return None,
        SwingUnit::Sixteenth => (slot.in_beat & !1, 2),
    };
    (first + steps <= slot.beat_steps).then_some((first, steps))
}

/// Whether the lane's swing moves a slot off the even grid.
pub fn moves(view: &BarView, lane: Lane, slot: &Slot) -> bool {
    let groove = &view.seats[lane.index()].groove;
    let late = |unit| match unit {
        SwingUnit::Eighth => slot.beat_steps == 4 && slot.in_beat > 0,
        SwingUnit::Sixteenth => slot.in_beat % 2 == 1,
    };
    [SwingUnit::Eighth, SwingUnit::Sixteenth]
        .into_iter()
        .any(|unit| late(unit) && groove.ratio(unit) > 1100)
}

/// A place in a pair, moved so that the first half lasts `ratio` thousandths of the second.
pub fn warp(place: i64, pair: i64, ratio: i64) -> i64 {
    if !(0..pair).contains(&place) {
        return place;
    }
    let whole = 1000 + ratio;
    let half = pair / 2;
    if place < half {
        (place * 2 * ratio + whole / 2) / whole
    } else {
        (pair * ratio + (place - half) * 2000 + whole / 2) / whole
    }
}
