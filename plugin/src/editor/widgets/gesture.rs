//! How a parameter is turned, whatever it looks like: drag, fine drag, wheel, keys, double-click, typed text.
//!
//! A drag keeps its own value from its start on: the host may take a block to tell the new value back.

use egui::{EventFilter, Id, Key, Modifiers, Response, Ui};

use crate::editor::access::{Outbox, ParamAccess};

/// Mouse travel over the whole range, points. Taste: a hand's easy sweep.
const TRAVEL: f32 = 170.0;
/// What Shift divides movement by. Taste.
const FINE: f32 = 8.0;

/// Turns `id` by what the user does to `response`. Gives the value to show.
pub fn turn(
    ui: &Ui,
    response: &Response,
    id: &str,
    params: &dyn ParamAccess,
    out: &mut Outbox,
) -> f32 {
    let host = params.value(id);
    let held = response.id.with("held");
    let fine = ui.input(|i| i.modifiers.shift);
    if response.double_clicked() {
        out.change(id, params.default_value(id));
        return params.default_value(id);
    }
    if response.drag_started_by(egui::PointerButton::Primary) {
        out.begin(id);
        ui.data_mut(|d| d.insert_temp(held, (host, host)));
    }
    if let Some((exact, sent)) = ui.data(|d| d.get_temp::<(f32, f32)>(held)) {
        let moved = response.drag_delta();
        let travel = if fine { TRAVEL * FINE } else { TRAVEL };
        let exact = (exact + (moved.x * 0.5 - moved.y) / travel).clamp(0.0, 1.0);
        let value = params.snapped(id, exact);
        if value != sent {
            out.set(id, value);
        }
        if response.drag_stopped() || !response.is_pointer_button_down_on() {
            out.end(id);
            ui.data_mut(|d| d.remove_temp::<(f32, f32)>(held));
        } else {
            ui.data_mut(|d| d.insert_temp(held, (exact, value)));
        }
        return value;
    }
    let notches = wheel(ui, response) + keys(ui, response);
    if notches != 0.0 {
        let value = params.snapped(id, host + notches * notch(params, id, fine));
        if value != host {
            out.change(id, value);
        }
        return value;
    }
    host
}

/// What one notch of the wheel moves: a step of a short range, two percent of a long one, fine one step.
fn notch(params: &dyn ParamAccess, id: &str, fine: bool) -> f32 {
    match params.steps(id) {
        Some(steps) => {
            let steps = steps.max(1) as f32;
            let coarse = if steps > 60.0 && steps <= 1000.0 {
                (steps / 50.0).round()
            } else {
                1.0
            };
            if fine { 1.0 / steps } else { coarse / steps }
        }
        None => {
            if fine {
                0.0025
            } else {
                0.02
            }
        }
    }
}

fn wheel(ui: &Ui, response: &Response) -> f32 {
    if !response.contains_pointer() {
        return 0.0;
    }
    ui.input(|i| {
        i.events
            .iter()
            .map(|event| match event {
                egui::Event::MouseWheel {
                    unit,
                    delta,
                    modifiers,
                    ..
                } if !modifiers.ctrl => {
                    // Some systems turn a shifted wheel sideways.
                    let way = if delta.y != 0.0 { delta.y } else { delta.x };
                    match unit {
                        egui::MouseWheelUnit::Point => way / 24.0,
                        _ => way.signum(),
                    }
                }
                _ => 0.0,
            })
            .sum()
    })
}

fn keys(ui: &Ui, response: &Response) -> f32 {
    if !response.has_focus() {
        return 0.0;
    }
    ui.memory_mut(|m| {
        m.set_focus_lock_filter(
            response.id,
            EventFilter {
                vertical_arrows: true,
                horizontal_arrows: true,
                ..Default::default()
            },
        );
    });
    ui.input_mut(|i| {
        let mut notches = 0.0;
        for modifiers in [Modifiers::NONE, Modifiers::SHIFT] {
            for (key, way) in [
                (Key::ArrowUp, 1.0),
                (Key::ArrowRight, 1.0),
                (Key::ArrowDown, -1.0),
                (Key::ArrowLeft, -1.0),
            ] {
                notches += way * i.count_and_consume_key(modifiers, key) as f32;
            }
        }
        notches
    })
}

/// Text being typed over a value, if any.
pub fn typing(ui: &Ui, widget: Id) -> bool {
    ui.data(|d| d.get_temp::<String>(widget.with("typed")).is_some())
}

/// Starts typing over a value.
pub fn start_typing(ui: &Ui, widget: Id, text: String) {
    ui.data_mut(|d| d.insert_temp(widget.with("typed"), text));
}

/// The field that stands in a value's place while it is typed. Enter sets, Escape and a click elsewhere leave.
pub fn text_entry(
    ui: &mut Ui,
    widget: Id,
    rect: egui::Rect,
    id: &str,
    params: &dyn ParamAccess,
    out: &mut Outbox,
) {
    let key = widget.with("typed");
    let field = widget.with("field");
    let Some(mut text) = ui.data(|d| d.get_temp::<String>(key)) else {
        return;
    };
    let first = ui.data(|d| d.get_temp::<bool>(key.with("seen")).is_none());
    let mut output = ui
        .scope_builder(egui::UiBuilder::new().max_rect(rect), |ui| {
            egui::TextEdit::singleline(&mut text)
                .id(field)
                .font(crate::editor::theme::font(crate::editor::theme::SMALL))
                .align(egui::Align2::CENTER_CENTER)
                .margin(egui::Margin::ZERO)
                .desired_width(rect.width())
                .min_size(rect.size())
                .show(ui)
        })
        .inner;
    if first {
        output.response.request_focus();
        let all = egui::text::CCursorRange::two(
            egui::text::CCursor::default(),
            egui::text::CCursor::new(text.chars().count()),
        );
        output.state.cursor.set_char_range(Some(all));
        output.state.store(ui.ctx(), output.response.id);
        ui.data_mut(|d| d.insert_temp(key.with("seen"), true));
    }
    let enter = ui.input(|i| i.key_pressed(Key::Enter));
    if output.response.lost_focus() || (!output.response.has_focus() && !first) {
        if enter && let Some(value) = params.parse(id, text.trim()) {
            out.change(id, params.snapped(id, value));
        }
        ui.data_mut(|d| {
            d.remove_temp::<String>(key);
            d.remove_temp::<bool>(key.with("seen"));
        });
    } else {
        ui.data_mut(|d| d.insert_temp(key, text));
    }
}
