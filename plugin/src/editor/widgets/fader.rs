//! A fader: drags like a knob, shows its place on a scale.

use egui::{Align2, Color32, CursorIcon, Rect, Sense, Stroke, Ui, WidgetInfo, pos2, vec2};

use super::{button, gesture, menu, text};
use crate::editor::access::{Outbox, ParamAccess};
use crate::editor::space::Cut;
use crate::editor::theme;

/// How a fader looks and what it says.
pub struct Fader<'a> {
    /// Parameter id.
    pub id: &'a str,
    /// Name to a screen reader.
    pub name: &'a str,
    /// What it does.
    pub hint: &'a str,
    /// Colour of the part below its cap.
    pub color: Color32,
    /// Drawn faint: nothing is heard of it.
    pub faint: bool,
}

impl Fader<'_> {
    /// Draws the fader, its value below, and turns its parameter.
    pub fn show(&self, ui: &mut Ui, mut rect: Rect, params: &dyn ParamAccess, out: &mut Outbox) {
        let value_at = rect.cut_bottom(16.0, 2.0);
        let widget = ui.scope_id().with(("fader", self.id));
        let response = ui.interact(rect, widget, Sense::click_and_drag());
        let value = gesture::turn(ui, &response, self.id, params, out);
        menu::show(ui, &response, self.id, self.name, params, out);
        let shown = params.text(self.id, value);
        response.widget_info(|| {
            let mut info = WidgetInfo::slider(true, f64::from(value), self.name);
            info.current_text_value = Some(shown.clone());
            info
        });
        let painter = ui.painter();
        let track = Rect::from_center_size(rect.center(), vec2(4.0, rect.height() - 10.0));
        painter.rect_filled(track, 2, theme::well());
        let y = track.max.y - track.height() * value.clamp(0.0, 1.0);
        let ink = if self.faint {
            theme::mix(self.color, theme::panel(), 0.6)
        } else {
            self.color
        };
        let filled = Rect::from_min_max(pos2(track.min.x, y), track.max);
        painter.rect_filled(filled, 2, ink);
        let rest = params.default_value(self.id);
        let notch = track.max.y - track.height() * rest;
        let around = track.center().x - 9.0..=track.center().x + 9.0;
        painter.hline(around, notch, Stroke::new(1.0, theme::text_faint()));
        let lit = response.hovered() || response.dragged() || response.has_focus();
        let cap = Rect::from_center_size(pos2(track.center().x, y), vec2(26.0, 10.0));
        let fill = if lit {
            theme::text()
        } else {
            theme::text_dim()
        };
        painter.rect_filled(cap, 3, fill);
        let line = Stroke::new(1.5, theme::background());
        painter.hline(cap.x_range().shrink(4.0), y, line);
        let font = theme::font(theme::SMALL);
        let ink = theme::text_dim();
        text::line(painter, value_at, Align2::CENTER_CENTER, &shown, font, ink);
        if gesture::typing(ui, widget) {
            gesture::text_entry(ui, widget, value_at, self.id, params, out);
        }
        button::focus_ring(ui, &response);
        if !response.dragged() {
            let rest = params.text(self.id, rest);
            let hint = format!(
                "{}\nShift moves finely, a double-click sets {rest}.",
                self.hint
            );
            response
                .on_hover_cursor(CursorIcon::ResizeVertical)
                .on_hover_text(hint);
        }
    }
}
