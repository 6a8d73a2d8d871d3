//! What drums and bass agree on when they leave the beat: ranges of the control, and which bar lines are pushed.
//!
//! The bass never reads what the drums were turned to; both ask the same dice about the same bar line, so that at
//! equal settings a push is played together.

use crate::dice::Purpose;
use crate::placement::Slot;
use crate::view::BarView;

/// Syncopation in which strokes leave the beat one after another. At 50 % a style is as written.
pub const FROM: (u8, u8) = (52, 96);
/// Syncopation below which strokes come home one after another.
pub const UP_TO: (u8, u8) = (12, 48);
/// Taste: syncopation from which a bar line may be anticipated.
pub const BAR_LINES_FROM: u8 = 66;
const BAR_LINES_SPREAD: u32 = 24;

/// Syncopation from which the bar line that starts a bar of the section is played early; never where a four
/// begins, and never a bar that the section does not have.
pub fn bar_line_pushed(view: &BarView, bar_in_section: u16) -> Option<u8> {
    if bar_in_section.is_multiple_of(4) || bar_in_section >= view.section.bars {
        return None;
    }
    let late =
        view.kind_dice
            .at(bar_in_section as u32 % 8)
            .throw(Purpose::Accent, 700, BAR_LINES_SPREAD);
    Some(BAR_LINES_FROM + late as u8)
}

/// Whether the next bar of the section plays on, so that its bar line may be anticipated here: not the song's last.
pub fn is_carried(view: &BarView) -> bool {
    let last = view.bar_in_section + 2 >= view.section.bars;
    !(last && matches!(view.section.kind, music::plan::SectionKind::Outro))
}

/// The next place of the bar that is stronger than the slot at `place`; `None` where that is the next bar line.
pub fn next_stronger(slots: &[Slot], place: usize) -> Option<i64> {
    let own = slots.get(place)?.strength;
    let later = slots.get(place + 1..)?;
    later.iter().find(|s| s.strength > own).map(|s| s.tick)
}
