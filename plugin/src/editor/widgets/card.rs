//! A framed card over the panels and below popups: a drawer, a card of the tour.

use egui::{Area, Frame, Id, Order, Pos2, Rect, Ui, Vec2};

/// Draws one with its corner at a place; `draw` is given its whole inside. Below `floor` it casts no shadow.
pub fn card(
    ui: &Ui,
    id: &'static str,
    (at, size): (Pos2, Vec2),
    floor: f32,
    draw: impl FnOnce(&mut Ui, Rect),
) {
    Area::new(Id::unique(id))
        .order(Order::Middle)
        .fixed_pos(at)
        .constrain(false)
        .show(ui.ctx(), |ui| {
            // Its own edge counts in any case.
            let end = floor.max(at.y + size.y + 2.0);
            ui.set_clip_rect(ui.clip_rect().intersect(Rect::everything_above(end)));
            Frame::window(ui.style()).inner_margin(0).show(ui, |ui| {
                ui.set_min_size(size);
                let inside = Rect::from_min_size(ui.min_rect().min, size);
                draw(ui, inside);
            });
        });
}
