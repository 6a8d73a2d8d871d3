//! The picture of a strip's compressor: what comes out over what goes in, the level of this moment on its way, and
//! what is taken away from it.

use egui::{Align2, Pos2, Rect, Sense, Shape, Stroke, Ui, WidgetInfo, pos2, vec2};
use music::lane::Lane;
use music::mix::Dynamics;

use super::picture::number;
use crate::editor::access::lane_param;
use crate::editor::desk::View;
use crate::editor::theme;
use crate::editor::widgets::text;

/// Lowest and highest level of the picture, dB.
const LEVELS: (f32, f32) = (-54.0, 0.0);
/// Least reduction that is said, dB. Taste: less is not heard.
const SAID_DB: f32 = 0.3;

/// The compressor as it stands: the mix's, turned by the lane's knob.
fn dynamics(lane: Lane, view: &View) -> Dynamics {
    let turn = number(&view.params.shown(&lane_param(lane, "compression"))).unwrap_or(0.0);
    dsp::compressed(view.score.strips[lane.index()].compressor, turn / 100.0)
}

/// Whether a lane has one at all.
pub fn is_on(lane: Lane, view: &View) -> bool {
    dynamics(lane, view).is_on()
}

/// Draws it.
pub fn show(ui: &Ui, rect: Rect, lane: Lane, view: &View) {
    let with = dynamics(lane, view);
    let level = view.pulse.strip_level_db[lane.index()];
    let taken = view.pulse.strip_db[lane.index()];
    let response = ui.interact(rect, ui.scope_id().with("compressor"), Sense::hover());
    let words = words(&with, taken);
    response.widget_info(|| {
        let name = format!("Compressor of {}", lane.name());
        let mut info = WidgetInfo::labeled(egui::accesskit::Role::Image, true, name);
        info.current_text_value = Some(words.clone());
        info
    });
    let painter = ui.painter().with_clip_rect(rect);
    theme::control(&painter, rect, theme::well());
    let share = |db: f32| ((db - LEVELS.0) / (LEVELS.1 - LEVELS.0)).clamp(0.0, 1.0);
    let x = |db: f32| rect.min.x + share(db) * rect.width();
    let y = |db: f32| rect.max.y - share(db) * rect.height();
    for db in [-36.0, -18.0] {
        let line = Stroke::new(1.0, theme::grid_beat());
        painter.vline(x(db), rect.y_range(), line);
        painter.hline(rect.x_range(), y(db), line);
    }
    let straight = [
        pos2(x(LEVELS.0), y(LEVELS.0)),
        pos2(x(LEVELS.1), y(LEVELS.1)),
    ];
    painter.line_segment(straight, Stroke::new(1.0, theme::line()));
    let out = |db: f32| db - dsp::compressor_reduction_db(&with, db);
    let points = (rect.width() as usize / 3).clamp(16, 64);
    let curve: Vec<Pos2> = (0..=points)
        .map(|i| LEVELS.0 + (LEVELS.1 - LEVELS.0) * i as f32 / points as f32)
        .map(|db| pos2(x(db), y(out(db))))
        .collect();
    let ink = match with.is_on() {
        true => theme::lane(lane),
        false => theme::text_faint(),
    };
    painter.add(Shape::line(curve, Stroke::new(1.5, ink)));
    if level > LEVELS.0 {
        let (from, to) = (pos2(x(level), y(level)), pos2(x(level), y(level - taken)));
        if taken > SAID_DB {
            painter.line_segment([from, to], Stroke::new(2.0, theme::warning()));
        }
        painter.circle(to, 3.0, theme::text(), Stroke::new(1.0, theme::well()));
    }
    let corner = Rect::from_min_size(rect.min + vec2(4.0, 2.0), vec2(rect.width() - 8.0, 11.0));
    let (said, ink) = match (with.is_on(), taken > SAID_DB) {
        (false, _) => ("off".to_owned(), theme::text_faint()),
        (true, false) => (format!("{:.1}:1", with.ratio), theme::text_faint()),
        (true, true) => (format!("\u{2212}{taken:.1} dB"), theme::warning()),
    };
    let font = theme::font(theme::TINY);
    text::line(&painter, corner, Align2::LEFT_CENTER, &said, font, ink);
    response.on_hover_text(format!("Compressor: {words}. Turned by Compress in Strip."));
}

fn words(with: &Dynamics, taken: f32) -> String {
    if !with.is_on() {
        return "off".to_owned();
    }
    format!(
        "{:.1} to 1 from {:.0} dB on, takes {taken:.1} dB away",
        with.ratio, with.threshold_db
    )
}
