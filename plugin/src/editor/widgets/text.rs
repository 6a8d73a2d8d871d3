//! Text in a rectangle: one line, cut with an ellipsis where it does not fit, never wrapped, never outside; and
//! small print that wraps.

use egui::text::{LayoutJob, TextFormat, TextWrapping};
use egui::{Align, Align2, Color32, FontId, Label, Painter, Pos2, Rect, RichText, Ui};

use crate::editor::theme;

/// Draws one line inside `rect`, aligned in it.
pub fn line(
    painter: &Painter,
    rect: Rect,
    align: Align2,
    text: &str,
    font: FontId,
    color: Color32,
) -> Rect {
    let mut job = LayoutJob::single_section(text.to_owned(), TextFormat::simple(font, color));
    job.wrap = TextWrapping {
        max_width: rect.width().max(1.0),
        max_rows: 1,
        ..Default::default()
    };
    job.wrap.break_anywhere = true;
    let galley = painter.layout_job(job);
    #[cfg(test)]
    if galley.elided {
        cut::note(text);
    }
    let place = align.align_size_within_rect(galley.size(), rect);
    let place = place.translate(snap(painter, place.min) - place.min);
    painter.galley(place.min, galley, color);
    place
}

/// One line from the left of `rect`, in running text.
pub fn words(ui: &Ui, rect: Rect, words: &str, size: f32, ink: Color32) {
    let font = theme::font(size);
    line(ui.painter(), rect, Align2::LEFT_CENTER, words, font, ink);
}

/// Small print over as many lines as it takes, from the top of `rect`.
pub fn small_print(ui: &mut Ui, rect: Rect, words: &str) {
    let words = RichText::new(words)
        .size(theme::SMALL)
        .color(theme::text_faint());
    ui.put(rect, Label::new(words).wrap().halign(Align::LEFT));
}

/// Width of a line of text.
pub fn width(painter: &Painter, text: &str, font: FontId) -> f32 {
    painter
        .layout_no_wrap(text.to_owned(), font, Color32::WHITE)
        .size()
        .x
}

/// A point on the grid of pixels, so that edges and letters are sharp at every scale.
pub fn snap(painter: &Painter, at: Pos2) -> Pos2 {
    let scale = painter.pixels_per_point();
    Pos2::new(
        (at.x * scale).round() / scale,
        (at.y * scale).round() / scale,
    )
}

/// Texts that did not fit, for tests to find.
#[cfg(test)]
pub mod cut {
    use std::cell::RefCell;
    use std::collections::BTreeSet;

    thread_local! {
        static CUT: RefCell<BTreeSet<String>> = RefCell::default();
    }

    pub(super) fn note(text: &str) {
        CUT.with_borrow_mut(|cut| cut.insert(text.to_owned()));
    }
    /// All since the last call.
    pub fn take() -> BTreeSet<String> {
        CUT.take()
    }
}
