//! Which notes are held into the next, so that the bass slides there.
//!
//! A share of the notes that the style asks for, chosen by kind of section and bar in it, so that a figure slides
//! where it slid before. A slide goes to another pitch within an octave, from and to notes that sound. What leads
//! by nature, an approach or a passing tone, slides twice as readily; what leads into the next bar may too.

use music::lane::Lane;
use music::note::TIE_TICKS;
use music::style::BassRole;

use super::line::{Draft, Line};
use crate::dice::Purpose;

/// Widest slide in semitones.
const WIDEST: u8 = 12;
/// Ticks that a note which does not slide lets go before the next: more than what instruments take for tied.
///
/// Taste: 4 ms at 120 BPM; a pick or a finger needs longer.
pub(super) const APART: i64 = 8;

/// Whether a draft is held into what follows; `next` is `None` at the end of the bar.
pub(super) fn slides(line: &Line, draft: &Draft, next: Option<&Draft>) -> bool {
    let view = line.view;
    let share = u32::from(view.style.bass.slide);
    let leads = matches!(draft.role, BassRole::Approach | BassRole::Passing);
    let fits = match next {
        Some(next) => {
            let steps = next.pitch.0.abs_diff(draft.pitch.0);
            next.role != BassRole::Dead && (1..=WIDEST).contains(&steps)
        }
        None => draft.role == BassRole::Approach && !view.is_last_of_section(),
    };
    if share == 0 || draft.role == BassRole::Dead || !fits {
        return false;
    }
    let dice = view
        .kind_dice
        .lane(Lane::Bass)
        .at(0x400 + view.bar_in_section as u32);
    let share = if leads { 2 * share } else { share };
    dice.chance(Purpose::Slide, draft.tick as u32, share.min(100))
}

/// Length of a note that slides over a way of so many ticks, and of one that does not and would sound for `ticks`.
pub(super) fn length(slides: bool, ticks: i64, way: i64) -> i64 {
    if slides {
        way + TIE_TICKS
    } else {
        ticks.min(way - APART).max(ticks.min(way / 2))
    }
}
