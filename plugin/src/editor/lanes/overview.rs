//! The bar below the lanes: which part of the form is in view. Dragged it scrolls, by its ends it zooms; a click
//! beside it goes there, a double-click shows all; in the focus the arrows move it.

use egui::{CursorIcon, EventFilter, Key, Modifiers, Rect, Sense, Stroke, Ui, WidgetInfo, pos2};

use super::navigate::{scroll, show_bars, zoom};
use crate::editor::desk::{Desk, View};
use crate::editor::theme;
use crate::editor::widgets::button::focus_ring;

/// Width of an end that zooms, points.
const END: f32 = 7.0;
/// Least width of what is dragged, points.
const LEAST: f32 = 24.0;

/// What the hand holds of the bar, and what was in view when it took hold.
#[derive(Clone, Copy)]
struct Held {
    part: Part,
    from_x: f32,
    first: f64,
    bars: f64,
}

#[derive(Clone, Copy, PartialEq)]
enum Part {
    Middle,
    Left,
    Right,
}

/// Draws the bar and takes what is done to it.
pub fn show(ui: &mut Ui, rect: Rect, view: &View, desk: &mut Desk) {
    let id = ui.scope_id().with("overview");
    let response = ui.interact(rect, id, Sense::click_and_drag());
    let all = view.bars().max(f64::from(desk.state.bars_shown));
    let x = |bar: f64| rect.min.x + (bar / all) as f32 * rect.width();
    let thumb = |desk: &Desk| {
        let (first, bars) = (desk.first_bar, f64::from(desk.state.bars_shown));
        let (left, right) = (x(first), x((first + bars).min(all)));
        let wide = (right - left).max(LEAST);
        let left = left.min(rect.max.x - wide);
        Rect::from_min_max(pos2(left, rect.min.y), pos2(left + wide, rect.max.y))
    };
    response.widget_info(|| {
        let mut info = WidgetInfo::labeled(egui::accesskit::Role::ScrollBar, true, "Bars in view");
        let last = (desk.first_bar + f64::from(desk.state.bars_shown)).min(view.bars());
        let words = format!(
            "{} to {} of {}",
            desk.first_bar as u32 + 1,
            last.ceil(),
            view.bars()
        );
        info.current_text_value = Some(words);
        info
    });
    let part_at = |at: egui::Pos2, thumb: Rect| match thumb.contains(at) {
        true if at.x < thumb.min.x + END => Some(Part::Left),
        true if at.x > thumb.max.x - END => Some(Part::Right),
        true => Some(Part::Middle),
        false => None,
    };
    let now = thumb(desk);
    if response.double_clicked() {
        show_bars(view, desk, 0.0, view.bars());
    } else if let Some(at) = response
        .interact_pointer_pos()
        .filter(|_| response.clicked())
        && part_at(at, now).is_none()
    {
        go_to(
            view,
            desk,
            f64::from((at.x - rect.min.x) / rect.width()) * all,
        );
    }
    let origin = ui.input(|i| i.pointer.press_origin());
    if response.drag_started_by(egui::PointerButton::Primary)
        && let Some(from) = origin
    {
        let part = part_at(from, now);
        if part.is_none() {
            go_to(
                view,
                desk,
                f64::from((from.x - rect.min.x) / rect.width()) * all,
            );
        }
        let held = Held {
            part: part.unwrap_or(Part::Middle),
            from_x: from.x,
            first: desk.first_bar,
            bars: desk.state.bars_shown.into(),
        };
        ui.data_mut(|d| d.insert_temp(id, held));
    }
    if let (true, Some(held), Some(at)) = (
        response.dragged(),
        ui.data(|d| d.get_temp::<Held>(id)),
        ui.input(|i| i.pointer.latest_pos()),
    ) {
        let way = f64::from((at.x - held.from_x) / rect.width()) * all;
        desk.state.follow = false;
        match held.part {
            Part::Middle => show_bars(view, desk, held.first + way, held.bars),
            Part::Left => {
                let first = (held.first + way).clamp(0.0, held.first + held.bars - 0.25);
                show_bars(view, desk, first, held.first + held.bars - first);
            }
            Part::Right => show_bars(view, desk, held.first, held.bars + way),
        }
    }
    keys(ui, &response, view, desk);
    let shown = thumb(desk);
    let over = ui.input(|i| i.pointer.hover_pos());
    let over = over
        .filter(|_| response.hovered())
        .and_then(|at| part_at(at, shown));
    draw(ui, rect, shown, view, (over.is_some(), &x));
    focus_ring(ui, &response);
    let cursor = match over {
        Some(Part::Left | Part::Right) => CursorIcon::ResizeHorizontal,
        Some(Part::Middle) => CursorIcon::Grab,
        None => CursorIcon::Default,
    };
    response
        .on_hover_cursor(cursor)
        .on_hover_text("Bars in view: drag to scroll, by an end to zoom, double-click for all.");
}

/// The middle of the view goes to a bar.
fn go_to(view: &View, desk: &mut Desk, bar: f64) {
    let bars = f64::from(desk.state.bars_shown);
    desk.state.follow = false;
    show_bars(view, desk, bar - bars / 2.0, bars);
}

fn draw(ui: &Ui, rect: Rect, shown: Rect, view: &View, (over, x): (bool, &dyn Fn(f64) -> f32)) {
    let painter = ui.painter().with_clip_rect(rect);
    theme::control(&painter, rect, theme::well());
    for section in &view.score.form.sections {
        let at = x(section.first_bar.into());
        painter.vline(
            at,
            rect.y_range().shrink(2.0),
            Stroke::new(1.0, theme::grid_bar()),
        );
    }
    let fill = match over {
        true => theme::mix(theme::hovered(), theme::accent(), 0.45),
        false => theme::mix(theme::hovered(), theme::accent(), 0.25),
    };
    let bar = shown.shrink2(egui::vec2(0.5, 1.5));
    theme::control(&painter, bar, fill);
    for at in [bar.min.x + 3.0, bar.max.x - 3.0] {
        painter.vline(
            at,
            bar.y_range().shrink(2.0),
            Stroke::new(1.0, theme::text_dim()),
        );
    }
    if let Some(head) = view.playhead_bars() {
        let ink = match view.pulse.playing {
            true => theme::playing(),
            false => theme::text_faint(),
        };
        painter.vline(x(head), rect.y_range(), Stroke::new(1.5, ink));
    }
}

/// Arrows go by bars, pages by what is in view, up and down zoom.
fn keys(ui: &Ui, response: &egui::Response, view: &View, desk: &mut Desk) {
    if !response.has_focus() {
        return;
    }
    let filter = EventFilter {
        horizontal_arrows: true,
        vertical_arrows: true,
        ..EventFilter::default()
    };
    ui.memory_mut(|m| m.set_focus_lock_filter(response.id, filter));
    let pressed = |key| ui.input_mut(|i| i.consume_key(Modifiers::NONE, key));
    let bars = f64::from(desk.state.bars_shown);
    let ways = [
        (Key::ArrowLeft, -1.0),
        (Key::ArrowRight, 1.0),
        (Key::PageUp, -bars),
        (Key::PageDown, bars),
        (Key::Home, -view.bars()),
        (Key::End, view.bars()),
    ];
    for (key, way) in ways {
        if pressed(key) {
            scroll(desk, way);
        }
    }
    for (key, times) in [(Key::ArrowUp, 0.5), (Key::ArrowDown, 2.0)] {
        if pressed(key) {
            zoom(view, desk, times);
        }
    }
    desk.first_bar = desk.first_bar.clamp(0.0, (view.bars() - bars).max(0.0));
}
