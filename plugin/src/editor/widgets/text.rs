//! Text in a rectangle: one line, cut with an ellipsis where it does not fit, never wrapped, never outside; and
//! small print that wraps.

use egui::text::{LayoutJob, TextFormat, TextWrapping};
use egui::{
    Align, Align2, Color32, FontId, Label, Layout, Painter, Pos2, Rect, RichText, Ui, UiBuilder,
};

use crate::editor::theme;

/// Draws one line inside `rect`, aligned in it. What stands before a figure is drawn as a minus, not as a hyphen.
pub fn line(
    painter: &Painter,
    rect: Rect,
    align: Align2,
    text: &str,
    font: FontId,
    color: Color32,
) -> Rect {
    let mut job = LayoutJob::single_section(typeset(text), TextFormat::simple(font, color));
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

/// Hosts are told hyphens, which they can read; eyes get minuses.
fn typeset(text: &str) -> String {
    let mut before = ' ';
    let mut letters = text.chars().peekable();
    let mut out = String::with_capacity(text.len() + 2);
    while let Some(letter) = letters.next() {
        let is_minus = letter == '-'
            && matches!(before, ' ' | '(')
            && letters.peek().is_some_and(char::is_ascii_digit);
        out.push(if is_minus { '\u{2212}' } else { letter });
        before = letter;
    }
    out
}

/// Small print over as many lines as it takes, from the top of `rect`.
pub fn small_print(ui: &mut Ui, rect: Rect, words: &str) {
    paragraph(ui, rect, words, theme::SMALL, theme::text_faint());
}

/// Words over as many lines as they take, from the top of `rect`, with an even gap between them.
pub fn paragraph(ui: &mut Ui, rect: Rect, words: &str, size: f32, ink: Color32) {
    let builder = UiBuilder::new()
        .max_rect(rect)
        .layout(Layout::top_down(Align::LEFT));
    let words = RichText::new(words).size(size).color(ink);
    ui.scope_builder(builder, |ui| ui.add(Label::new(words).wrap()));
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

#[cfg(test)]
mod tests {
    use super::typeset;

    #[test]
    fn a_hyphen_before_a_figure_is_a_minus_and_others_stay() {
        for (told, seen) in [
            ("-6.0 dB", "\u{2212}6.0 dB"),
            ("\u{2212}6.0 dB", "\u{2212}6.0 dB"),
            ("late (-3 ms)", "late (\u{2212}3 ms)"),
            ("Lo-fi", "Lo-fi"),
            ("take-2", "take-2"),
            ("Ctrl -", "Ctrl -"),
        ] {
            assert_eq!(typeset(told), seen);
        }
    }
}
