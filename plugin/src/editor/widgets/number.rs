//! A number in a box: drags like a knob, a click types into it.

use egui::{Align2, Rect, Sense, Ui, WidgetInfo};

use super::{button, gesture, text};
use crate::editor::access::{Outbox, ParamAccess};
use crate::editor::theme;

/// A parameter as a number in a box.
pub fn number(
    ui: &mut Ui,
    rect: Rect,
    id: &str,
    name: &str,
    hint: &str,
    params: &dyn ParamAccess,
    out: &mut Outbox,
) {
    let widget = ui.scope_id().with(("number", id));
    if gesture::typing(ui, widget) {
        theme::control(ui.painter(), rect, theme::well());
        gesture::text_entry(ui, widget, rect.shrink(2.0), id, params, out);
        return;
    }
    let response = ui.interact(rect, widget, Sense::click_and_drag());
    let value = gesture::turn(ui, &response, id, params, out);
    let shown = params.text(id, value);
    response.widget_info(|| {
        let mut info = WidgetInfo::slider(true, f64::from(value), name);
        info.current_text_value = Some(shown.clone());
        info
    });
    let by_key = response.has_focus() && ui.input(|i| i.key_pressed(egui::Key::Enter));
    if response.clicked() || by_key {
        gesture::start_typing(ui, widget, shown.clone());
    }
    let lit = response.hovered() || response.dragged();
    let fill = if lit {
        theme::hovered()
    } else {
        theme::raised()
    };
    theme::control(ui.painter(), rect, fill);
    text::line(
        ui.painter(),
        rect.shrink2(egui::vec2(4.0, 0.0)),
        Align2::CENTER_CENTER,
        &shown,
        theme::font(theme::BODY),
        theme::text(),
    );
    button::focus_ring(ui, &response);
    if !response.dragged() {
        response
            .on_hover_cursor(egui::CursorIcon::ResizeVertical)
            .on_hover_text(format!("{hint}\nDrag, wheel, or click to type."));
    }
}

/// A whole number that is no parameter: drags and steps; gives the new value once a drag, a step or an edit
/// has ended, so that one move of the hand is one change.
pub fn whole(
    ui: &mut Ui,
    rect: Rect,
    name: &str,
    value: i32,
    range: core::ops::RangeInclusive<i32>,
) -> Option<i32> {
    let widget = ui.scope_id().with(("whole", name));
    let held = ui.data(|data| data.get_temp::<i32>(widget));
    let mut new = held.unwrap_or(value);
    let place = egui::DragValue::new(&mut new)
        .range(range)
        .speed(0.12)
        .update_while_editing(false);
    let response = ui.put(rect, place);
    theme::edge(ui.painter(), rect);
    response.widget_info(|| WidgetInfo::slider(true, f64::from(value), name));
    if response.dragged() {
        ui.data_mut(|data| data.insert_temp(widget, new));
        return None;
    }
    if held.is_some() {
        ui.data_mut(|data| data.remove::<i32>(widget));
    }
    (new != value).then_some(new)
}
