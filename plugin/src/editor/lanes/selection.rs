//! Bars that are selected across the lanes: dragged over their numbers in the time line.

use std::ops::Range;

use egui::{CursorIcon, Key, Rect, Sense, Ui, WidgetInfo, pos2};

use super::Window;
use crate::editor::desk::{Desk, View};
use crate::editor::theme;

/// Takes a drag or a click on the numbers in `rect`.
pub fn choose(ui: &mut Ui, rect: Rect, window: &Window, view: &View, desk: &mut Desk) {
    let id = ui.scope_id().with("bars");
    let response = ui.interact(rect, id, Sense::click_and_drag());
    response
        .widget_info(|| WidgetInfo::labeled(egui::accesskit::Role::Canvas, true, "Bar numbers"));
    let last = view.bars() as u16 - 1;
    let bar = |x: f32| {
        let share = f64::from((x - window.rect.min.x) / window.rect.width());
        ((window.first_bar + share * window.bars).max(0.0) as u16).min(last)
    };
    let between = |a: u16, b: u16| a.min(b)..a.max(b) + 1;
    let (origin, at, shift) = ui.input(|i| {
        let pointer = &i.pointer;
        let at = pointer.interact_pos();
        (pointer.press_origin(), at, i.modifiers.shift)
    });
    if response.dragged_by(egui::PointerButton::Primary)
        && let (Some(from), Some(at)) = (origin, at)
    {
        desk.bars = Some(between(bar(from.x), bar(at.x)));
    } else if response.clicked()
        && let Some(at) = at
    {
        let own = bar(at.x);
        desk.bars = match &desk.bars {
            Some(bars) if shift => Some(between(bars.start.min(own), own.max(bars.end - 1))),
            Some(bars) if *bars == (own..own + 1) => None,
            _ => Some(own..own + 1),
        };
    }
    let lists_closed = !egui::Popup::is_any_open(ui.ctx());
    let fields_left = ui.memory(|m| m.focused()).is_none();
    let free = lists_closed && fields_left && desk.bars.is_some();
    if free && ui.input_mut(|i| i.consume_key(egui::Modifiers::NONE, Key::Escape)) {
        desk.bars = None;
    }
    if !response.dragged() {
        response.on_hover_cursor(CursorIcon::Text).on_hover_text(
            "Drag across to select bars, Escape to let go; then Takes, or a right-click.",
        );
    }
}

/// Shades what is selected over `rect`.
pub fn show(ui: &Ui, rect: Rect, window: &Window, view: &View, desk: &Desk) {
    let Some(bars) = selected(view, desk) else {
        return;
    };
    let (left, right) = (
        window.x(bars.start.into()).max(rect.min.x),
        window.x(bars.end.into()).min(rect.max.x),
    );
    if right > left {
        let place = Rect::from_min_max(pos2(left, rect.min.y), pos2(right, rect.max.y));
        let painter = ui.painter();
        painter.rect_filled(place, 0, theme::accent().gamma_multiply(0.10));
        let line = egui::Stroke::new(1.0, theme::accent());
        painter.vline(left, place.y_range(), line);
        painter.vline(right, place.y_range(), line);
    }
}

/// What is selected of the form as it stands.
pub fn selected(view: &View, desk: &Desk) -> Option<Range<u16>> {
    let bars = desk.bars.clone()?;
    let end = bars.end.min(view.score.form.bars());
    (bars.start < end).then_some(bars.start..end)
}
