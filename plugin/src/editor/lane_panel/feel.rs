//! The picture of a lane's feel: how hard each place of the bar is played, where it really falls, and how far that
//! strays.

use egui::{Align2, Rect, Sense, Stroke, Ui, WidgetInfo, pos2, vec2};
use music::drum::Piece;
use music::lane::Lane;

use crate::editor::desk::{Desk, View};
use crate::editor::lanes::{Felt, piece_name};
use crate::editor::space::Cut;
use crate::editor::theme;
use crate::editor::widgets::picker::{self, Group};
use crate::editor::widgets::text;

/// How early or late the lower half reaches, milliseconds. Taste: laid back by half a sixteenth of a slow song.
const REACH_MS: f32 = 60.0;
/// Width of the choice of a piece, points.
const PIECE: f32 = 104.0;
/// Room for the words of the scale beside the bar, points.
const SCALE: f32 = 24.0;
/// Share of the height that velocities have.
const FORCE: f32 = 0.52;

/// Draws it.
pub fn show(ui: &mut Ui, mut rect: Rect, lane: Lane, view: &View, desk: &mut Desk) {
    let mut piece = None;
    if lane == Lane::Drums {
        piece = choose(ui, rect.cut_left(PIECE, 8.0), desk);
    }
    let figures = desk.figures.lane(lane);
    let at = piece.and_then(|piece| figures.pieces.iter().position(|own| *own == piece));
    let felt = at
        .and_then(|at| figures.felt_pieces.get(at))
        .unwrap_or(&figures.felt);
    let felt = felt.as_slice();
    let tempo = match view.pulse.tempo_bpm {
        bpm if bpm > 1.0 => bpm as f32,
        _ => 120.0,
    };
    let ms = |ticks: f32| ticks / 960.0 * 60_000.0 / tempo;
    let response = ui.interact(rect, ui.scope_id().with("feel"), Sense::hover());
    response.widget_info(|| {
        let of = piece.map_or(lane.name(), piece_name);
        let name = format!("Feel of {of}");
        let mut info = WidgetInfo::labeled(egui::accesskit::Role::Image, true, name);
        info.current_text_value = Some(summary(felt, &ms));
        info
    });
    let painter = ui.painter().with_clip_rect(rect);
    theme::control(&painter, rect, theme::well());
    let mut inner = rect.shrink2(vec2(8.0, 3.0));
    inner.min.x += SCALE;
    let (above, below) = inner.split_top_bottom_at_fraction(FORCE);
    let below = below.shrink2(vec2(0.0, 3.0));
    let ticks = view.bar_ticks() as f32;
    let x = |tick: f32| inner.min.x + tick / ticks * inner.width();
    for step in 0..=(ticks / 240.0) as usize {
        let ink = match step % 4 {
            0 => theme::grid_bar(),
            _ => theme::grid_beat(),
        };
        painter.vline(
            x(step as f32 * 240.0),
            rect.y_range(),
            Stroke::new(1.0, ink),
        );
    }
    let middle = below.center().y;
    painter.hline(inner.x_range(), middle, Stroke::new(1.0, theme::line()));
    let color = theme::lane(lane);
    let faint = theme::mix(theme::well(), color, 0.35);
    for place in felt {
        let at = x(place.grid + place.late.mean);
        let up = |velocity: f32| above.max.y - velocity / 127.0 * above.height();
        let force = &place.velocity;
        painter.vline(at, up(force.mean)..=above.max.y, Stroke::new(3.0, color));
        painter.vline(
            at,
            up(force.high)..=up(force.low),
            Stroke::new(1.0, theme::text_dim()),
        );
        let late =
            |ticks: f32| middle - (ms(ticks) / REACH_MS).clamp(-1.0, 1.0) * below.height() / 2.0;
        let (low, high) = (late(place.late.low), late(place.late.high));
        painter.vline(x(place.grid), high..=low, Stroke::new(2.0, faint));
        painter.circle_filled(pos2(x(place.grid), late(place.late.mean)), 2.5, color);
    }
    let small = theme::font(theme::TINY);
    for (words, place) in [
        (
            "hard",
            Rect::from_min_size(rect.min + vec2(4.0, 2.0), vec2(30.0, 11.0)),
        ),
        (
            "late",
            Rect::from_min_size(pos2(rect.min.x + 4.0, below.min.y - 2.0), vec2(30.0, 11.0)),
        ),
        (
            "early",
            Rect::from_min_size(pos2(rect.min.x + 4.0, rect.max.y - 14.0), vec2(30.0, 11.0)),
        ),
    ] {
        let (font, ink) = (small.clone(), theme::text_faint());
        text::line(&painter, place, Align2::LEFT_CENTER, words, font, ink);
    }
    let hover = response.hover_pos().and_then(|at| {
        let near = |felt: &&Felt| (x(felt.grid) - at.x).abs();
        felt.iter().min_by(|a, b| near(a).total_cmp(&near(b)))
    });
    let words = hover.map_or("Nothing is played here.".to_owned(), |place| {
        tip(place, &ms)
    });
    response.on_hover_text(words);
}

/// The piece of the kit whose feel is shown; `None` for the whole kit.
fn choose(ui: &mut Ui, rect: Rect, desk: &mut Desk) -> Option<Piece> {
    let pieces = &desk.figures.lane(Lane::Drums).pieces;
    let now = desk.felt_piece.filter(|piece| pieces.contains(piece));
    // On one line with the lane's other fields.
    let mut rect = rect.middle(14.0 + theme::CONTROL_HEIGHT + 2.0);
    let label = rect.cut_top(14.0, 2.0);
    text::words(ui, label, "Feel of", theme::SMALL, theme::text_dim());
    let field = rect.cut_top(theme::CONTROL_HEIGHT, 0.0);
    let at = now.and_then(|piece| pieces.iter().position(|own| *own == piece));
    let groups = || {
        let names = pieces.iter().map(|piece| piece_name(*piece).to_owned());
        let all = std::iter::once("All".to_owned()).chain(names);
        vec![Group {
            title: String::new(),
            entries: all.enumerate().collect(),
        }]
    };
    let shown = now.map_or("All", piece_name);
    let chosen = at.map_or(0, |at| at + 1);
    match picker::picker(ui, field, "Feel of a piece", shown, Some(chosen), 1, groups) {
        Some(0) => desk.felt_piece = None,
        Some(at) => desk.felt_piece = pieces.get(at - 1).copied(),
        None => {}
    }
    now
}

/// What a place says under the mouse.
fn tip(place: &Felt, ms: &impl Fn(f32) -> f32) -> String {
    let step = (place.grid / 240.0).round() as i32;
    let way = match ms(place.late.mean) {
        late if late >= 0.5 => format!("{late:.0} ms late"),
        early if early <= -0.5 => format!("{:.0} ms early", -early),
        _ => "on the grid".to_owned(),
    };
    format!(
        "Beat {}, sixteenth {}: {way} ({:+.0} to {:+.0} ms), velocity {:.0} ({:.0} to {:.0}), {} notes",
        step / 4 + 1,
        step % 4 + 1,
        ms(place.late.low),
        ms(place.late.high),
        place.velocity.mean,
        place.velocity.low,
        place.velocity.high,
        place.notes,
    )
}

/// The whole bar in words, for who cannot see it.
fn summary(felt: &[Felt], ms: &impl Fn(f32) -> f32) -> String {
    let late = |felt: &Felt| ms(felt.late.mean);
    let most = felt.iter().map(late).fold(0.0, f32::max);
    let least = felt.iter().map(late).fold(0.0, f32::min);
    format!(
        "{} places, {least:+.0} to {most:+.0} ms from the grid",
        felt.len()
    )
}
