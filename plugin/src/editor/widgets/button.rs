//! Buttons: plain, main (one a row), on/off, and a row of choices for a stepped parameter.

use egui::{
    Align2, Color32, Rect, Response, Sense, Stroke, StrokeKind, Ui, WidgetInfo, accesskit::Role,
};

use super::text;
use crate::editor::access::{Outbox, ParamAccess};
use crate::editor::{space, theme};

/// Weight of a button in its row.
#[derive(Clone, Copy, PartialEq, Eq)]
pub enum Weight {
    /// One among others.
    Plain,
    /// The one that a user comes for.
    Main,
    /// Chosen or open.
    Chosen,
}

/// Outlines what has the keyboard focus.
pub fn focus_ring(ui: &Ui, response: &Response) {
    if response.has_focus() {
        let ring = Stroke::new(1.5, theme::accent());
        ui.painter().rect_stroke(
            response.rect.expand(1.0),
            theme::ROUND_SMALL,
            ring,
            StrokeKind::Outside,
        );
    }
}

/// A button with a word on it. `label` is its name to a screen reader.
pub fn button(ui: &mut Ui, rect: Rect, label: &str, words: &str, weight: Weight) -> Response {
    let response = ui.interact(rect, ui.scope_id().with(("button", label)), Sense::click());
    response.widget_info(|| WidgetInfo::labeled(Role::Button, true, label));
    let (fill, ink) = match (weight, response.hovered()) {
        (Weight::Plain, false) => (theme::raised(), theme::text()),
        (Weight::Plain, true) => (theme::hovered(), theme::text()),
        (Weight::Main, false) => (theme::accent_fill(), theme::on_accent()),
        (Weight::Main, true) => (theme::accent_fill_hovered(), theme::on_accent()),
        (Weight::Chosen, _) => (
            theme::mix(theme::raised(), theme::accent_fill(), 0.28),
            theme::accent(),
        ),
    };
    theme::control(ui.painter(), rect, fill);
    let inner = rect.shrink2(egui::vec2(6.0, 0.0));
    text::line(
        ui.painter(),
        inner,
        Align2::CENTER_CENTER,
        words,
        theme::font(theme::BODY),
        ink,
    );
    focus_ring(ui, &response);
    response
}

/// A plain button that waits, faint, while there is nothing to do; gives whether it was clicked.
pub fn faint(ui: &mut Ui, rect: Rect, label: &str, words: &str, rests: bool, hint: &str) -> bool {
    if !rests {
        let response = button(ui, rect, label, words, Weight::Plain);
        return response.on_hover_text(hint).clicked();
    }
    let response = ui.interact(rect, ui.scope_id().with(("button", label)), Sense::hover());
    response.widget_info(|| WidgetInfo::labeled(Role::Button, false, label));
    theme::waiting(ui.painter(), rect);
    let (font, ink) = (theme::font(theme::BODY), theme::text_faint());
    text::line(ui.painter(), rect, Align2::CENTER_CENTER, words, font, ink);
    response.on_hover_text(hint);
    false
}

/// A round light that switches an on/off parameter.
pub fn power(
    ui: &mut Ui,
    rect: Rect,
    id: &str,
    label: &str,
    color: Color32,
    params: &dyn ParamAccess,
    out: &mut Outbox,
) {
    let on = params.value(id) >= 0.5;
    let response = ui.interact(rect, ui.scope_id().with(("power", id)), Sense::click());
    response.widget_info(|| WidgetInfo::selected(Role::CheckBox, true, on, label));
    if response.clicked() {
        out.change(id, if on { 0.0 } else { 1.0 });
    }
    let painter = ui.painter();
    let radius = 5.0;
    if response.hovered() {
        painter.circle_filled(rect.center(), radius + 4.0, theme::hovered());
    }
    if on {
        painter.circle_filled(rect.center(), radius, color);
    } else {
        painter.circle_stroke(
            rect.center(),
            radius - 0.75,
            Stroke::new(1.5, theme::text_faint()),
        );
    }
    focus_ring(ui, &response);
    response.on_hover_text(if on {
        "Plays, here and on MIDI out. Click to leave it out."
    } else {
        "Left out, here and on MIDI out. Click to let it play."
    });
}

/// How a small button that switches an on/off parameter looks and what it says.
pub struct Toggle<'a> {
    /// Parameter id.
    pub id: &'a str,
    /// Name to a screen reader.
    pub label: &'a str,
    /// Word or letter on it.
    pub words: &'a str,
    /// Ink while it is on.
    pub color: Color32,
    /// What it does.
    pub hint: &'a str,
}

impl Toggle<'_> {
    /// Draws the button and switches its parameter.
    pub fn show(&self, ui: &mut Ui, rect: Rect, params: &dyn ParamAccess, out: &mut Outbox) {
        let on = params.value(self.id) >= 0.5;
        let response = ui.interact(
            rect,
            ui.scope_id().with(("toggle", self.label)),
            Sense::click(),
        );
        response.widget_info(|| WidgetInfo::selected(Role::CheckBox, true, on, self.label));
        if response.clicked() {
            out.change(self.id, if on { 0.0 } else { 1.0 });
        }
        let ink = match (on, response.hovered()) {
            (true, _) => self.color,
            (false, true) => theme::text(),
            (false, false) => theme::text_dim(),
        };
        match (on, response.hovered()) {
            (true, _) => theme::switched(ui.painter(), rect, self.color),
            (false, true) => theme::control(ui.painter(), rect, theme::hovered()),
            (false, false) => theme::control(ui.painter(), rect, theme::raised()),
        }
        let font = theme::font(if rect.height() < 20.0 {
            theme::SMALL
        } else {
            theme::BODY
        });
        text::line(
            ui.painter(),
            rect,
            Align2::CENTER_CENTER,
            self.words,
            font,
            ink,
        );
        focus_ring(ui, &response);
        response.on_hover_text(self.hint);
    }
}

/// Choices side by side; gives the one that was clicked.
pub fn choices(
    ui: &mut Ui,
    rect: Rect,
    group: &str,
    names: &[&str],
    hints: &[&str],
    chosen: usize,
) -> Option<usize> {
    theme::control(ui.painter(), rect, theme::well());
    let mut clicked = None;
    for (i, place) in space::columns(rect.shrink(2.0), names.len()).enumerate() {
        let response = ui.interact(place, ui.scope_id().with((group, i)), Sense::click());
        let label = format!("{group}: {}", names[i]);
        response.widget_info(|| WidgetInfo::selected(Role::RadioButton, true, i == chosen, &label));
        if response.clicked() && i != chosen {
            clicked = Some(i);
        }
        let (fill, ink) = match (i == chosen, response.hovered()) {
            (true, _) => (
                theme::mix(theme::raised(), theme::accent_fill(), 0.45),
                theme::text(),
            ),
            (false, true) => (theme::raised(), theme::text()),
            (false, false) => (Color32::TRANSPARENT, theme::text_dim()),
        };
        ui.painter().rect_filled(place, 3, fill);
        text::line(
            ui.painter(),
            place,
            Align2::CENTER_CENTER,
            names[i],
            theme::font(theme::BODY - 1.0),
            ink,
        );
        focus_ring(ui, &response);
        if let Some(hint) = hints.get(i) {
            response.on_hover_text(*hint);
        }
    }
    clicked
}
