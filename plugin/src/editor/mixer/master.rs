//! The master's part of the mixer: loudness over time against the target, spectrum, how alike both sides are, and
//! what MixAroo decided.

use egui::{Align2, Rect, Ui, vec2};

use super::picture;
use crate::editor::access::Outbox;
use crate::editor::desk::{Desk, View};
use crate::editor::mix;
use crate::editor::space::{self, Cut};
use crate::editor::theme;
use crate::editor::widgets::text;
use crate::params::LOUDNESS_NAMES;

/// Least height of the decisions, points.
const DECISIONS: f32 = 96.0;

/// Draws the part.
pub fn show(ui: &mut Ui, rect: Rect, view: &View, desk: &mut Desk, out: &mut Outbox) {
    theme::panel_at(ui.painter(), rect);
    let mut inner = rect.shrink2(vec2(10.0, 8.0));
    let target = target_lufs(view);
    figures(ui, inner.cut_top(30.0, 6.0), target, view);
    let pictures = (inner.height() - DECISIONS - 26.0).clamp(40.0, 170.0);
    let mut pictures = inner.cut_top(pictures, 4.0);
    let painter = ui.painter();
    let over_time = pictures.cut_left(pictures.width() * 0.5 - 3.0, 6.0);
    picture::loudness(painter, over_time, &desk.loudness, target, view.now);
    picture::spectrum(painter, pictures, &view.pulse.spectrum);
    let mut row = inner.cut_top(12.0, 8.0);
    let label = row.cut_left(72.0, 4.0);
    let font = theme::font(theme::SMALL);
    let dim = theme::text_dim();
    text::line(
        painter,
        label,
        Align2::LEFT_CENTER,
        "Correlation",
        font.clone(),
        dim,
    );
    let value = row.cut_right(34.0, 0.0);
    let words = format!("{:+.2}", view.pulse.correlation);
    text::line(
        painter,
        value,
        Align2::RIGHT_CENTER,
        &words,
        font,
        theme::text(),
    );
    picture::correlation(painter, row, view.pulse.correlation);
    let builder = egui::UiBuilder::new()
        .id_salt("mixer master")
        .max_rect(inner);
    ui.scope_builder(builder, |ui| mix::decisions(ui, inner, view, desk, out));
}

/// The loudness to arrive at.
fn target_lufs(view: &View) -> Option<f32> {
    let params = view.params;
    if params.value("master") < 0.5 {
        return None;
    }
    match params.step("loudness") {
        0 => Some(view.score.target_lufs),
        step if step + 1 == LOUDNESS_NAMES.len() => {
            picture::number(&params.shown("loudness_custom"))
        }
        step => LOUDNESS_NAMES
            .get(step)
            .and_then(|name| picture::number(name)),
    }
}

fn figures(ui: &Ui, rect: Rect, target: Option<f32>, view: &View) {
    let pulse = view.pulse;
    let words = |value: f32| match value > -99.0 && pulse.blocks > 0 {
        true => format!("{value:.1}"),
        false => "\u{2014}".to_owned(),
    };
    let hot = pulse.true_peak_dbtp > -0.1;
    // Between two columns there is air.
    let pick = |long, short| if rect.width() > 330.0 { long } else { short };
    let all = [
        (
            pick("Short term", "Short"),
            words(pulse.lufs_short),
            theme::text(),
        ),
        (
            pick("Integrated", "Integr."),
            words(pulse.lufs_integrated),
            theme::text(),
        ),
        (
            "Target",
            target.map_or("\u{2014}".to_owned(), |lufs| format!("{lufs:.1}")),
            theme::accent(),
        ),
        (
            pick("True peak", "dBTP"),
            words(pulse.true_peak_dbtp),
            if hot { theme::error() } else { theme::text() },
        ),
        ("Glue", format!("{:.1}", pulse.glue_db), theme::text()),
    ];
    let painter = ui.painter();
    for ((name, value, ink), mut cell) in all.iter().zip(space::columns(rect, all.len())) {
        let above = cell.cut_top(13.0, 0.0);
        let font = theme::font(theme::TINY);
        let faint = theme::text_faint();
        text::line(painter, above, Align2::LEFT_CENTER, name, font, faint);
        let font = theme::figures(theme::BODY);
        text::line(painter, cell, Align2::LEFT_CENTER, value, font, *ink);
    }
}
