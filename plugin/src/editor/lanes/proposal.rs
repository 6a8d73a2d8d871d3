//! A proposed take over a lane's notes: what stays is dim, what comes is full, what goes is hollow and struck
//! through, and what changes stands beside the outline of what it was.

use std::ops::Range;

use egui::{Color32, Painter, Rect, Stroke, StrokeKind};
use music::lane::Lane;
use music::note::Note;

use super::Window;
use super::figures::LaneFigures;
use super::roll;
use crate::editor::desk::View;
use crate::editor::theme;
use crate::refine::{Fate, Proposal};

/// What comes.
pub fn added() -> Color32 {
    theme::playing()
}
/// What goes.
pub fn removed() -> Color32 {
    theme::error()
}
/// What changes.
pub fn changed() -> Color32 {
    theme::warning()
}

/// The proposal for a lane.
pub fn of<'a>(view: &View<'a>, lane: Lane) -> Option<&'a Proposal> {
    let proposal = view.refining.proposal.as_ref();
    proposal.filter(|proposal| proposal.lane == lane)
}

/// Bars of which the proposal shows the notes.
pub fn bars(view: &View, lane: Lane) -> Range<u16> {
    of(view, lane).map_or(0..0, |proposal| proposal.bars.clone())
}

/// Whether a note of the score is shown by the proposal.
pub fn holds(view: &View, lane: Lane, index: usize, bars: &Range<u16>) -> bool {
    if bars.is_empty() {
        return false;
    }
    let origin = view.score.origins[lane.index()].get(index);
    let sections = &view.score.form.sections;
    origin.is_some_and(|origin| {
        let section = sections.iter().find(|s| s.key == origin.spot.section);
        section.is_some_and(|s| bars.contains(&(s.first_bar + origin.spot.bar)))
    })
}

/// Draws the proposal's notes in view.
pub fn show(painter: &Painter, window: &Window, figures: &LaneFigures, view: &View, lane: Lane) {
    let Some(proposal) = of(view, lane) else {
        return;
    };
    let (left, right) = (
        window.x(proposal.bars.start.into()),
        window.x(proposal.bars.end.into()),
    );
    let x = left.max(window.rect.min.x)..=right.min(window.rect.max.x);
    if x.start() < x.end() {
        let line = Stroke::new(1.5, theme::accent());
        let frame = Rect::from_x_y_ranges(*x.start()..=*x.end(), window.rect.y_range());
        painter.rect_stroke(frame, 2, line, StrokeKind::Inside);
    }
    let place = |note: &Note| {
        let place = roll::place(window, lane, figures, note)?;
        place.intersects(window.rect).then_some(place)
    };
    let dim = theme::mix(theme::well(), theme::lane(lane), 0.32);
    for (note, fate) in &proposal.notes {
        let Some(at) = place(note) else { continue };
        match fate {
            Fate::Same => painter.rect_filled(at, 0, dim),
            Fate::Added => painter.rect_filled(at.expand(0.5), 1, added()),
            Fate::Removed => {
                painter.rect_stroke(at, 1, Stroke::new(1.0, removed()), StrokeKind::Inside);
                let strike = [at.left_bottom(), at.right_top()];
                painter.line_segment(strike, Stroke::new(1.0, removed()))
            }
            Fate::Changed(was) => {
                if let Some(was) = place(was) {
                    let ghost = Stroke::new(1.0, theme::mix(theme::well(), changed(), 0.6));
                    painter.rect_stroke(was.expand(1.0), 1, ghost, StrokeKind::Outside);
                }
                painter.rect_filled(at, 1, changed())
            }
        };
    }
}
