//! Long low notes that follow the kick.

use super::line::Line;
use super::pattern;

/// Drafts the written pattern where there is one; what follows the kick joins in.
pub fn play(line: &mut Line) {
    let view = line.view;
    if let Some(own) = pattern::own(view) {
        pattern::read(view, own, |draft| line.add(draft));
    }
}

/// Every note is held until the next.
pub fn hold(line: &mut Line) {
    let whole = line.view.grid.slots.len().min(255) as u8;
    for draft in line.drafts.iter_mut().filter(|d| d.span == 0) {
        draft.span = whole;
    }
}
