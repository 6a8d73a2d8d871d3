//! A knob: name above, dial, value below. The dial drags, the value is typed into.

use std::f32::consts::PI;

use egui::{Align2, Color32, Pos2, Rect, Sense, Stroke, Ui, WidgetInfo, vec2};

use super::{gesture, menu, text};
use crate::editor::access::{Outbox, ParamAccess};
use crate::editor::space::Cut;
use crate::editor::theme;

/// How a knob looks and what it says.
pub struct Knob<'a> {
    /// Parameter id.
    pub id: &'a str,
    /// Name above the dial.
    pub name: &'a str,
    /// What it does, for the tooltip.
    pub hint: &'a str,
    /// Colour of the arc.
    pub color: Color32,
    /// The arc grows from the middle: for controls that go both ways.
    pub from_middle: bool,
    /// Drawn faint: the lane is off.
    pub faint: bool,
}

impl Knob<'_> {
    /// Draws the knob into `rect`, name above and value below, and turns its parameter.
    pub fn show(&self, ui: &mut Ui, mut rect: Rect, params: &dyn ParamAccess, out: &mut Outbox) {
        let name_at = rect.cut_top(15.0, 0.0);
        let value_at = rect.cut_bottom(17.0, 0.0).shrink2(vec2(2.0, 0.0));
        let radius = (rect.height().min(rect.width()) / 2.0).clamp(6.0, 20.0);
        let dial = Rect::from_center_size(rect.center(), egui::Vec2::splat(radius * 2.0));
        self.draw(
            ui,
            [name_at, dial, value_at],
            Align2::CENTER_CENTER,
            params,
            out,
        );
    }

    /// The same lying down: the dial at the left, name and value beside it.
    pub fn show_lying(
        &self,
        ui: &mut Ui,
        mut rect: Rect,
        params: &dyn ParamAccess,
        out: &mut Outbox,
    ) {
        let size = rect.height().min(38.0);
        let dial = rect.cut_left(size, 4.0).middle(size);
        let mut words = rect.middle(34.0);
        let name_at = words.cut_top(16.0, 0.0);
        self.draw(ui, [name_at, dial, words], Align2::LEFT_CENTER, params, out);
    }

    fn draw(
        &self,
        ui: &mut Ui,
        [name_at, dial, value_at]: [Rect; 3],
        align: Align2,
        params: &dyn ParamAccess,
        out: &mut Outbox,
    ) {
        let radius = dial.width() / 2.0 - 1.0;

        let widget = ui.scope_id().with(("knob", self.id));
        let response = ui.interact(dial, widget, Sense::click_and_drag());
        let value = gesture::turn(ui, &response, self.id, params, out);
        menu::show(ui, &response, self.id, self.name, params, out);
        let shown = params.text(self.id, value);
        response.widget_info(|| {
            let mut info = WidgetInfo::slider(true, f64::from(value), self.name);
            info.current_text_value = Some(shown.clone());
            info
        });
        let typed = ui.interact(value_at, widget.with("value"), Sense::click());
        typed.widget_info(|| {
            WidgetInfo::labeled(
                egui::accesskit::Role::Button,
                true,
                format!("Type {}", self.name),
            )
        });
        let by_key = response.has_focus() && ui.input(|i| i.key_pressed(egui::Key::Enter));
        if typed.clicked() || by_key {
            gesture::start_typing(ui, widget, shown.clone());
        }

        let lit = response.hovered() || response.dragged() || response.has_focus();
        let painter = ui.painter();
        let name_color = if self.faint {
            theme::text_faint()
        } else {
            theme::text_dim()
        };
        text::line(
            painter,
            name_at,
            align,
            self.name,
            theme::font(theme::SMALL),
            name_color,
        );
        let color = if self.faint {
            theme::mix(self.color, theme::panel(), 0.6)
        } else {
            self.color
        };
        dial_shapes(
            painter,
            dial.center(),
            radius,
            value,
            self.from_middle,
            color,
            lit,
        );
        if response.has_focus() {
            painter.rect_stroke(
                dial.expand(1.0),
                theme::ROUND_SMALL,
                Stroke::new(1.5, theme::accent()),
                egui::StrokeKind::Outside,
            );
        }
        if gesture::typing(ui, widget) {
            gesture::text_entry(ui, widget, value_at, self.id, params, out);
        } else {
            if typed.hovered() || typed.has_focus() {
                painter.rect_filled(
                    value_at.expand2(vec2(2.0, 0.0)),
                    theme::ROUND_SMALL,
                    theme::hovered(),
                );
            }
            let ink = if self.faint {
                theme::text_faint()
            } else {
                theme::text()
            };
            text::line(
                ui.painter(),
                value_at,
                align,
                &shown,
                theme::font(theme::SMALL + 0.5),
                ink,
            );
            typed
                .on_hover_cursor(egui::CursorIcon::Text)
                .on_hover_text("Click to type a value");
        }
        if !response.dragged() {
            response
                .on_hover_cursor(egui::CursorIcon::ResizeVertical)
                .on_hover_text(format!(
                    "{}\nShift turns finely, a double-click sets {}.",
                    self.hint,
                    params.text(self.id, params.default_value(self.id)),
                ));
        }
    }
}

fn dial_shapes(
    painter: &egui::Painter,
    at: Pos2,
    radius: f32,
    value: f32,
    from_middle: bool,
    color: Color32,
    lit: bool,
) {
    let (low, high) = (PI * 0.75, PI * 2.25);
    let angle = |v: f32| low + (high - low) * v.clamp(0.0, 1.0);
    let arc = |from: f32, to: f32| -> Vec<Pos2> {
        let steps = (((to - from).abs() * radius / 2.5) as usize).clamp(2, 48);
        (0..=steps)
            .map(|i| from + (to - from) * i as f32 / steps as f32)
            .map(|a| at + vec2(a.cos(), a.sin()) * (radius - 1.5))
            .collect()
    };
    let body = if lit {
        theme::hovered()
    } else {
        theme::raised()
    };
    painter.circle_filled(at, radius - 4.5, body);
    painter.line(
        arc(low, high),
        Stroke::new(3.0, theme::mix(theme::line(), theme::well(), 0.2)),
    );
    let start = if from_middle { angle(0.5) } else { low };
    if from_middle {
        let up = vec2(0.0, -radius);
        painter.line_segment(
            [at + up * 0.98, at + up * 0.80],
            Stroke::new(1.5, theme::text_faint()),
        );
    }
    if (angle(value) - start).abs() > 0.01 {
        painter.line(arc(start, angle(value)), Stroke::new(3.0, color));
    }
    let way = vec2(angle(value).cos(), angle(value).sin());
    let ink = if lit { theme::lit() } else { theme::text() };
    painter.line_segment(
        [at + way * (radius * 0.28), at + way * (radius - 6.0)],
        Stroke::new(2.0, ink),
    );
}
