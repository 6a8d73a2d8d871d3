//! Lines of the browser's lists.

use egui::accesskit::Role;
use egui::{Align2, Rect, Response, Sense, Shape, Stroke, Ui, WidgetInfo, pos2, vec2};

use super::lists::Entry;
use super::own::{self, Ask};
use crate::editor::space::Cut;
use crate::editor::theme;
use crate::editor::widgets::{button, text};
use crate::preview::Heard;

/// What was done with a line.
#[derive(Default)]
pub struct Done {
    /// Clicked.
    pub chosen: bool,
    /// What is asked of a song of the user's own.
    pub asks: Option<Ask>,
    /// Its star was clicked.
    pub starred: bool,
    /// Under the mouse, or in the focus.
    pub under: bool,
}

/// Draws an entry.
pub fn entry(ui: &mut Ui, rect: Rect, entry: &Entry, heard: Option<&Heard>) -> Done {
    let mut row = rect;
    let star_at = row.cut_left(28.0, 0.0);
    // The ground is known once it is clear what the mouse is over, and lies under the star.
    let ground = ui.painter().add(Shape::Noop);
    let name = format!("{} is a favourite", entry.name);
    let starred = star(ui, star_at, &name, entry.starred).clicked();
    let id = ui.scope_id().with(("entry", &entry.stem));
    let response = ui.interact(row, id, Sense::click());
    response
        .widget_info(|| WidgetInfo::selected(Role::ListBoxOption, true, entry.chosen, &entry.name));
    let under = response.hovered() || response.has_focus();
    let fill = match (entry.chosen, under) {
        (true, _) => Some(theme::mix(theme::panel(), theme::accent_fill(), 0.28)),
        (false, true) => Some(theme::raised()),
        (false, false) => None,
    };
    if let Some(fill) = fill {
        let place = rect.shrink2(vec2(0.0, 1.0));
        let filled = Shape::rect_filled(place, theme::ROUND_SMALL, fill);
        ui.painter().set(ground, filled);
    }
    let inner = &mut row;
    let mut asks = None;
    if entry.own {
        asks = own::menu(ui, inner.cut_right(24.0, 4.0), entry, &response);
    } else {
        inner.max.x -= 8.0;
    }
    let painter = ui.painter();
    // What is wrong takes the room of figures.
    let room = if entry.problem.is_empty() { 132.0 } else { 0.0 };
    let figures = inner.cut_right(room, 8.0);
    let font = theme::font(theme::SMALL + 0.5);
    if heard.is_some() && heard == entry.hears.as_ref() {
        bars(ui, figures.with_min_x(figures.max.x - 24.0));
    } else {
        text::line(
            painter,
            figures,
            Align2::RIGHT_CENTER,
            &entry.figures,
            font.clone(),
            theme::text_dim(),
        );
    }
    let painter = ui.painter();
    let ink = match (entry.problem.is_empty(), entry.chosen) {
        (false, _) => theme::text_faint(),
        (true, true) => theme::accent(),
        (true, false) => theme::text(),
    };
    let name_at = inner.cut_left(170.0, 8.0);
    text::line(
        painter,
        name_at,
        Align2::LEFT_CENTER,
        &entry.name,
        theme::font(theme::BODY),
        ink,
    );
    let ink = if entry.problem.is_empty() {
        theme::text_faint()
    } else {
        theme::warning()
    };
    text::line(
        painter,
        *inner,
        Align2::LEFT_CENTER,
        &entry.aside,
        font,
        ink,
    );
    button::focus_ring(ui, &response);
    let chosen = response.clicked();
    if !entry.problem.is_empty() {
        response.on_hover_text(&entry.problem);
    }
    Done {
        asks,
        chosen,
        starred,
        under,
    }
}

/// Three bars: this is heard.
fn bars(ui: &Ui, rect: Rect) {
    for (i, height) in [7.0, 12.0, 9.0].into_iter().enumerate() {
        let x = rect.min.x + 4.0 + 6.0 * i as f32;
        let bottom = rect.center().y + 6.0;
        let bar = Rect::from_min_max(pos2(x, bottom - height), pos2(x + 3.5, bottom));
        ui.painter().rect_filled(bar, 1, theme::playing());
    }
}

/// A star that is full or empty.
pub fn star(ui: &mut Ui, rect: Rect, label: &str, on: bool) -> Response {
    let response = ui.interact(rect, ui.scope_id().with(("star", label)), Sense::click());
    response.widget_info(|| WidgetInfo::selected(Role::CheckBox, true, on, label));
    let ink = match (on, response.hovered()) {
        (true, _) => theme::accent(),
        (false, true) => theme::text(),
        (false, false) => theme::mix(theme::panel(), theme::text_faint(), 0.55),
    };
    let at = rect.center();
    let points: Vec<_> = (0..10)
        .map(|i| {
            let angle = core::f32::consts::PI * (i as f32 / 5.0 - 0.5);
            let radius = if i % 2 == 0 { 7.0 } else { 3.1 };
            at + vec2(angle.cos(), angle.sin()) * radius
        })
        .collect();
    let painter = ui.painter();
    if on {
        // Five corners around a middle: no polygon of the whole star is convex.
        for i in 0..5 {
            let corner = [
                points[(2 * i + 9) % 10],
                points[2 * i],
                points[2 * i + 1],
                at,
            ];
            painter.add(Shape::convex_polygon(corner.to_vec(), ink, Stroke::NONE));
        }
    } else {
        painter.add(Shape::closed_line(points, Stroke::new(1.2, ink)));
    }
    button::focus_ring(ui, &response);
    response
}

/// A heading at the left.
pub fn heading(ui: &mut Ui, name: &str, count: usize, on: bool) -> Response {
    let (rect, _) = ui.allocate_exact_size(vec2(ui.available_width() - 6.0, 24.0), Sense::hover());
    let response = ui.interact(rect, ui.scope_id().with(("heading", name)), Sense::click());
    let words = name.trim();
    response
        .widget_info(|| WidgetInfo::selected(Role::RadioButton, true, on, format!("Only {words}")));
    let fill = match (on, response.hovered()) {
        (true, _) => Some(theme::mix(theme::panel(), theme::accent_fill(), 0.28)),
        (false, true) => Some(theme::raised()),
        (false, false) => None,
    };
    if let Some(fill) = fill {
        theme::control(ui.painter(), rect, fill);
    }
    let mut row = rect.shrink2(vec2(8.0, 0.0));
    let at = row.cut_right(24.0, 4.0);
    let (small, ink) = (
        theme::font(theme::SMALL),
        if on {
            theme::accent()
        } else {
            theme::text_dim()
        },
    );
    text::line(
        ui.painter(),
        at,
        Align2::RIGHT_CENTER,
        &count.to_string(),
        small,
        theme::text_faint(),
    );
    text::line(
        ui.painter(),
        row,
        Align2::LEFT_CENTER,
        words,
        theme::font(theme::BODY),
        ink,
    );
    button::focus_ring(ui, &response);
    response
}

/// A quiet line.
pub fn said(ui: &Ui, rect: Rect, words: &str) {
    let font = theme::font(theme::SMALL + 0.5);
    text::line(
        ui.painter(),
        rect,
        Align2::LEFT_CENTER,
        words,
        font,
        theme::text_dim(),
    );
}
