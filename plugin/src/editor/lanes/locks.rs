//! Bars that stand as the hand left them, and notes that it keeps: tinted, with a padlock where a stretch begins.

use egui::{Rect, Ui, pos2, vec2};
use music::lane::Lane;

use super::Window;
use super::edit::spot;
use crate::editor::desk::View;
use crate::editor::song_strip::padlock;
use crate::editor::theme;

/// Draws them over a row.
pub fn show(ui: &Ui, window: &Window, lane: Lane, view: &View) {
    if view.song.edits.is_empty() {
        return;
    }
    let first = window.first_bar.max(0.0) as u16;
    let last = (window.first_bar + window.bars).ceil() as u16;
    let painter = ui.painter().with_clip_rect(window.rect);
    let (mut before, last) = (false, last.min(view.score.form.bars()));
    for bar in first..last {
        let locked = is_locked(view, lane, bar);
        if locked {
            let rect = window.rect;
            let (left, right) = (window.x(bar.into()), window.x(f64::from(bar) + 1.0));
            let place = Rect::from_min_max(pos2(left, rect.min.y), pos2(right, rect.max.y));
            painter.rect_filled(place, 0, theme::accent().gamma_multiply(0.07));
            if !before {
                let at = pos2(left.max(rect.min.x) + 10.0, rect.min.y + 10.0);
                padlock(&painter, at, theme::accent());
            }
        }
        before = locked;
    }
}

/// Whether a bar of a lane stands as the hand left it.
pub fn is_locked(view: &View, lane: Lane, bar: u16) -> bool {
    let spot = spot(&view.score.form, bar, lane);
    spot.is_some_and(|spot| authoring::editing::notes::is_own(view.song, spot))
}

/// Whether every bar of a lane does.
pub fn is_whole(view: &View, lane: Lane) -> bool {
    let bars = view.score.form.bars();
    !view.song.edits.is_empty() && bars > 0 && (0..bars).all(|bar| is_locked(view, lane, bar))
}

/// The line over a note that a hand keeps.
pub fn kept(painter: &egui::Painter, place: Rect) {
    let top = Rect::from_min_size(place.min, vec2(place.width(), 1.5));
    painter.rect_filled(top, 0, theme::text());
}
