//! Where the band stops at a section's end, the texture stops with it.
//!
//! Drums say where ([`breaks`]). A note that would sound into the stop lets go at it, one that would begin in it is
//! not heard; behind the texture's own variation, from the place on at which the bass stops too, so that the
//! defaults of all lanes meet.

use music::lane::Lane;
use music::note::{Candidate, Candidates};
use music::time::Tick;

use crate::drums::breaks;
use crate::view::BarView;

/// Where and from which variation on.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Stop {
    /// Place on the grid.
    at: Tick,
    /// Where it is over: the next section's first bar line.
    until: Tick,
    /// Variation from which it is heard, 1–100.
    from: u8,
}

/// The stop at the end of the bar's section. It may lie in a later bar than this one.
pub fn stop(view: &BarView) -> Option<Stop> {
    if !view.section.lanes.has(Lane::Drums) {
        return None;
    }
    let last = view.section.bars.max(1) - 1;
    let seen = view.of(Lane::Drums);
    let end = BarView {
        bar_in_section: last,
        ..seen
    };
    let stop = breaks::stop(&end)?;
    let bar = view.place.meter.bar_ticks();
    let away = last.saturating_sub(view.bar_in_section) as i64 * bar;
    Some(Stop {
        at: view.place.start.plus(away + stop.tick),
        until: view.place.start.plus(away + bar),
        from: (stop.fills as u32 * 2 / 3).clamp(1, 100) as u8,
    })
}

/// Writes a note so that it keeps to the stop.
pub fn write(stop: Option<Stop>, note: Candidate, out: &mut Candidates) {
    let over = stop.map_or(0, |s| note.grid.0 + note.duration as i64 - s.at.0);
    let Some(stop) = stop.filter(|s| over > 0 && note.grid < s.until) else {
        let _ = out.push(note);
        return;
    };
    let (low, high) = note.gate.variation;
    let mut heard = |variation: (u8, u8), duration: i32| {
        if variation.0 <= variation.1 {
            let mut note = Candidate { duration, ..note };
            note.gate.variation = variation;
            let _ = out.push(note);
        }
    };
    heard((low, high.min(stop.from - 1)), note.duration);
    if note.grid < stop.at {
        let left = note.duration - over as i32;
        heard((low.max(stop.from), high), left.max(60));
    }
}
