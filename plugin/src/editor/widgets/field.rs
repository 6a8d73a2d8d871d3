//! A field for a line of text, in a well with an edge that shows the focus.

use egui::{Align2, Rect, Response, TextEdit, Ui, vec2};

use crate::editor::theme;

/// Longest path that can be typed. Reference: Linux's PATH_MAX.
pub const PATH_CHARS: usize = 4096;

/// Draws the field. `name` is its name to a screen reader, `hint` what it says while it is empty.
pub fn field(
    ui: &mut Ui,
    rect: Rect,
    name: &str,
    hint: &str,
    size: f32,
    most_chars: usize,
    text: &mut String,
) -> Response {
    let id = ui.scope_id().with(("field", name));
    theme::control(ui.painter(), rect, theme::well());
    let inner = rect.shrink2(vec2(10.0, 2.0));
    let response = ui
        .scope_builder(egui::UiBuilder::new().max_rect(inner), |ui| {
            TextEdit::singleline(text)
                .id(id)
                .frame(egui::Frame::NONE)
                .margin(egui::Margin::ZERO)
                .font(theme::font(size))
                .hint_text(egui::RichText::new(hint).color(theme::text_faint()))
                .align(Align2::LEFT_CENTER)
                .desired_width(inner.width())
                .min_size(inner.size())
                .char_limit(most_chars)
                .show(ui)
        })
        .inner
        .response
        .response
        .accessible_name(name);
    let (edge, width) = match response.has_focus() {
        true => (theme::accent(), 1.5),
        false => (theme::line(), 1.0),
    };
    let stroke = egui::Stroke::new(width, edge);
    ui.painter()
        .rect_stroke(rect, theme::ROUND_SMALL, stroke, egui::StrokeKind::Inside);
    response
}
