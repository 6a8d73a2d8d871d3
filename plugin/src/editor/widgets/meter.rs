//! Level meters: two bars on a dB scale, green to amber to red, with what was highest held.

use egui::{Color32, Mesh, Painter, Rect, Shape, pos2};

use crate::editor::theme;

/// Lowest level that a meter shows, dBFS.
pub const FLOOR_DB: f32 = -54.0;

/// Linear level to dBFS.
pub fn db(linear: f32) -> f32 {
    if linear > 1.0e-6 {
        20.0 * linear.log10()
    } else {
        -120.0
    }
}

/// Where a level lies on the scale, 0–1.
pub fn place(level_db: f32) -> f32 {
    ((level_db - FLOOR_DB) / -FLOOR_DB).clamp(0.0, 1.0)
}

fn color(level_db: f32) -> Color32 {
    if level_db >= -0.5 {
        theme::error()
    } else if level_db >= -9.0 {
        theme::warning()
    } else {
        theme::playing()
    }
}

/// One upright bar.
pub fn upright(painter: &Painter, rect: Rect, linear: f32) {
    theme::trough(painter, rect);
    let level = db(linear);
    let mut mesh = Mesh::default();
    let zones = [(FLOOR_DB, -9.0), (-9.0, -0.5), (-0.5, 0.0)];
    for (low, high) in zones {
        let top = level.min(high);
        if top <= low {
            break;
        }
        let y = |db: f32| rect.max.y - rect.height() * place(db);
        let zone = Rect::from_min_max(pos2(rect.min.x, y(top)), pos2(rect.max.x, y(low)));
        mesh.add_colored_rect(zone, color((low + high) / 2.0));
    }
    painter.add(Shape::mesh(mesh));
}

/// One thin lying bar, in a colour of its own: a lane's.
pub fn lying(painter: &Painter, rect: Rect, linear: f32, ink: Color32) {
    painter.rect_filled(rect, 1, theme::well());
    let width = rect.width() * place(db(linear));
    if width > 0.5 {
        let ink = if db(linear) >= -0.1 {
            theme::error()
        } else {
            ink
        };
        painter.rect_filled(
            Rect::from_min_size(rect.min, egui::vec2(width, rect.height())),
            1,
            ink,
        );
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_scale_runs_from_the_floor_to_full() {
        assert_eq!(place(db(0.0)), 0.0);
        assert_eq!(place(db(1.0)), 1.0);
        assert!((place(db(0.5)) - 0.888).abs() < 0.01);
    }
}
