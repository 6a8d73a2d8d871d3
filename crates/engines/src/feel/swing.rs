//! Swing: pairs of eighths or sixteenths played long and short, by an exact ratio.

use music::groove::SwingUnit;

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
/// the beat's own thirds.
pub fn swung(view: &BarView, slot: &Slot, tick: i64, swing: i8) -> i64 {
    let table = &view.style.swing;
    let (pair_steps, first) = match table.unit {
        SwingUnit::Eighth if slot.beat_steps == 4 => (4, 0),
        SwingUnit::Eighth => return tick,
        SwingUnit::Sixteenth => (2, slot.in_beat & !1),
    };
    if first + pair_steps > slot.beat_steps {
        return tick;
    }
    let ratio = ratio(
        table.ratio_at(view.grid.scale.felt_tempo(view.place.tempo_mbpm)),
        swing,
    );
    let step_ticks = view.grid.step_ticks();
    let place = (slot.in_beat - first) as i64 * step_ticks + tick - slot.tick;
    tick - place + warp(place, pair_steps as i64 * step_ticks, ratio)
}

/// Whether the style's swing moves a slot off the even grid.
pub fn moves(view: &BarView, slot: &Slot) -> bool {
    let table = &view.style.swing;
    let late = match table.unit {
        SwingUnit::Eighth => slot.beat_steps == 4 && slot.in_beat > 0,
        SwingUnit::Sixteenth => slot.in_beat % 2 == 1,
    };
    late && table.ratio_at(view.grid.scale.felt_tempo(view.place.tempo_mbpm)) > 1100
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
