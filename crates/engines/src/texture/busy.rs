//! Where the tune moves in quick tones: other hands leave those beats room.

use music::time::TICKS_PER_QUARTER;

use super::answer::is_usual;
use crate::placement::Placed;
use crate::view::BarView;

use music::lane::Lane;

/// Tones of the tune in a quarter from which it is busy. Taste: three are a run.
const RUN: u8 = 3;
/// Quarters of the longest bar.
const QUARTERS: usize = 16;

/// How many tones the tune has in each quarter of the bar, as it is planned.
#[derive(Clone, Copy, Debug, Default)]
pub struct Beats {
    tones: [u8; QUARTERS],
}

/// Reads the bar's tune; nothing is busy where it does not play.
pub fn beats(view: &BarView) -> Beats {
    let mut beats = Beats::default();
    if !view.section.lanes.has(Lane::Melody) {
        return beats;
    }
    let own = view
        .phrase
        .tune
        .iter()
        .filter(|n| n.bar == view.bar_in_phrase);
    for note in own.filter(|n| n.gate.complexity == 0 && is_usual(&n.gate)) {
        let quarter = note.tick as i64 / TICKS_PER_QUARTER;
        if let Some(count) = beats.tones.get_mut(quarter as usize) {
            *count = count.saturating_add(1);
        }
    }
    beats
}

impl Beats {
    /// Whether the tune runs where a step stands.
    pub fn at(&self, view: &BarView, placed: &Placed) -> bool {
        let inside = (0..view.place.meter.bar_ticks()).contains(&placed.tick);
        let quarter = (placed.tick / TICKS_PER_QUARTER).max(0) as usize;
        inside && self.tones.get(quarter).is_some_and(|n| *n >= RUN)
    }
}
