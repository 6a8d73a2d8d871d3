//! One row of notes: a drum grid or a piano roll, drawn as one mesh of what lies in view.

use egui::{Align2, Color32, Mesh, Rect, Shape, Stroke, Ui, pos2, vec2};
use music::drum::Piece;
use music::lane::Lane;
use music::note::Note;

use super::figures::{LaneFigures, piece};
use super::{Window, hover, locks, proposal};
use crate::editor::access::lane_param;
use crate::editor::desk::View;
use crate::editor::theme;
use crate::editor::widgets::text;

/// How long a drum stroke stays lit, ticks. Taste: a sixteenth is seen, not blurred.
const STROKE_TICKS: i64 = 240;

/// Draws the row.
pub fn show(ui: &Ui, window: &Window, lane: Lane, figures: &LaneFigures, view: &View) {
    let painter = ui
        .painter()
        .with_clip_rect(window.rect.intersect(ui.clip_rect()));
    painter.rect_filled(window.rect, 0, theme::well());
    let mut mesh = Mesh::default();
    grid(&mut mesh, window, view, painter.pixels_per_point());
    if lane == Lane::Drums {
        stripes(&mut mesh, window, figures);
    }
    let on = view.params.value(&lane_param(lane, "on")) >= 0.5;
    let base = if on {
        theme::lane(lane)
    } else {
        theme::mix(theme::lane(lane), theme::text_faint(), 0.8)
    };
    let now = now_ticks(view);
    let scale = painter.pixels_per_point();
    let mouse = ui
        .rect_contains_pointer(window.rect)
        .then(|| {
            ui.input(|i| {
                if i.pointer.any_down() {
                    None
                } else {
                    i.pointer.hover_pos()
                }
            })
        })
        .flatten();
    let proposed = proposal::bars(view, lane);
    for (index, note) in in_view(window, figures, &view.score.notes[lane.index()]) {
        if proposal::holds(view, lane, index, &proposed) {
            continue;
        }
        let Some(place) = place(window, lane, figures, note) else {
            continue;
        };
        let place = Rect::from_min_max(snap(place.min, scale), snap(place.max, scale));
        let sounding = on && now.is_some_and(|now| sounds(lane, note, now));
        let ink = if sounding {
            let (ink, ring) = theme::sounding(base);
            if let Some(ring) = ring {
                mesh.add_colored_rect(place.expand(1.0), ring);
            }
            ink
        } else {
            theme::note(base, note.velocity)
        };
        mesh.add_colored_rect(place, ink);
        if mouse.is_some_and(|at| place.expand(1.5).contains(at)) {
            let origin = view.score.origins[lane.index()].get(index);
            hover::found(ui, note, origin.is_some_and(|origin| origin.kept));
        }
    }
    painter.add(Shape::mesh(mesh));
    proposal::show(&painter, window, figures, view, lane);
    locks::show(ui, window, lane, view);
    if view.score.notes[lane.index()].is_empty() && view.score.form.bars() > 0 {
        let words = if on {
            "Plays nothing in this song."
        } else {
            "Off."
        };
        let at = window.rect.shrink2(vec2(8.0, 0.0));
        text::line(
            &painter,
            at,
            Align2::LEFT_CENTER,
            words,
            theme::font(theme::SMALL),
            theme::text_faint(),
        );
    }
    painter.hline(
        window.rect.x_range(),
        window.rect.max.y + 0.75,
        Stroke::new(1.5, theme::panel()),
    );
}

/// Notes that lie in view, whole or in part, each with its place in the list.
pub fn in_view<'a>(
    window: &Window,
    figures: &LaneFigures,
    notes: &'a [Note],
) -> impl Iterator<Item = (usize, &'a Note)> + use<'a> {
    let from = (window.first_bar * window.bar_ticks) as i64;
    let to = ((window.first_bar + window.bars) * window.bar_ticks) as i64;
    let first = notes.partition_point(|n| n.onset.0 < from - figures.longest_ticks);
    let all = notes.iter().enumerate().skip(first);
    all.take_while(move |(_, n)| n.onset.0 < to)
        .filter(move |(_, n)| n.onset.0 + i64::from(n.duration) > from)
}

/// Where a note is drawn.
pub fn place(window: &Window, lane: Lane, figures: &LaneFigures, note: &Note) -> Option<Rect> {
    let left = window.x_tick(note.onset.0 as f64);
    if lane == Lane::Drums {
        let row = figures
            .pieces
            .iter()
            .position(|p| Some(*p) == piece(note))?;
        let height = window.rect.height() / figures.pieces.len() as f32;
        let bottom = window.rect.max.y - height * row as f32;
        let step = window.bar_width() * 240.0 / window.bar_ticks as f32;
        let width = (step * 0.7).clamp(2.0, 9.0);
        // Loud strokes fill their line, soft ones half of it.
        let tall = (height - 1.0).max(1.0) * (0.45 + 0.55 * f32::from(note.velocity) / 127.0);
        let top = bottom - height / 2.0 - tall / 2.0;
        return Some(Rect::from_min_size(
            pos2(left, top),
            vec2(width, tall.max(1.5)),
        ));
    }
    let right = window.x_tick((note.onset.0 + i64::from(note.duration)) as f64);
    let height = window.rect.height() / figures.lines(lane) as f32;
    let line = figures.line_of(note.pitch.0)?;
    let bottom = window.rect.max.y - height * line as f32;
    if bottom > window.rect.max.y + 0.5 || bottom - height < window.rect.min.y - 0.5 {
        return None;
    }
    let tall = height.clamp(2.0, 9.0);
    let top = bottom - height / 2.0 - tall / 2.0;
    Some(Rect::from_min_max(
        pos2(left, top),
        pos2((right - 1.0).max(left + 2.0), top + tall),
    ))
}

fn snap(at: egui::Pos2, scale: f32) -> egui::Pos2 {
    pos2(
        (at.x * scale).round() / scale,
        (at.y * scale).round() / scale,
    )
}

/// The playhead in ticks of the form, while it plays.
fn now_ticks(view: &View) -> Option<i64> {
    let head = view.playhead_bars()?;
    view.pulse
        .playing
        .then_some((head * view.bar_ticks()) as i64)
}

fn sounds(lane: Lane, note: &Note, now: i64) -> bool {
    let lasts = if lane == Lane::Drums {
        STROKE_TICKS
    } else {
        i64::from(note.duration)
    };
    (note.onset.0..note.onset.0 + lasts).contains(&now)
}

/// Bar and beat lines.
fn grid(mesh: &mut Mesh, window: &Window, view: &View, scale: f32) {
    let beats = usize::from(view.score.meter.numerator.max(1));
    let every = bars_a_line(window.bar_width());
    let first = window.first_bar.floor() as i64;
    let last = (window.first_bar + window.bars).ceil() as i64;
    let mut line = |x: f32, color: Color32| {
        let left = (x * scale).round() / scale;
        let place = Rect::from_min_max(
            pos2(left, window.rect.min.y),
            pos2(left + 1.0 / scale, window.rect.max.y),
        );
        mesh.add_colored_rect(place, color);
    };
    for bar in first..=last {
        if window.bar_width() / beats as f32 > 9.0 {
            for beat in 1..beats {
                line(
                    window.x(bar as f64 + beat as f64 / beats as f64),
                    theme::grid_beat(),
                );
            }
        }
        let steps = beats * 4;
        if window.bar_width() / steps as f32 > 14.0 {
            let ink = theme::mix(theme::well(), theme::grid_beat(), 0.5);
            for step in (1..steps).filter(|step| step % 4 != 0) {
                line(window.x(bar as f64 + step as f64 / steps as f64), ink);
            }
        }
        if bar % every == 0 {
            line(window.x(bar as f64), theme::grid_bar());
        }
    }
}

/// How many bars a line or number stands for, so that they never crowd.
pub fn bars_a_line(bar_width: f32) -> i64 {
    [1, 2, 4, 8, 16]
        .into_iter()
        .find(|n| bar_width * *n as f32 >= 14.0)
        .unwrap_or(32)
}

/// Every other line of the drum grid, a shade lighter.
fn stripes(mesh: &mut Mesh, window: &Window, figures: &LaneFigures) {
    let height = window.rect.height() / figures.pieces.len().max(1) as f32;
    for row in (1..figures.pieces.len()).step_by(2) {
        let bottom = window.rect.max.y - height * row as f32;
        let place = Rect::from_min_max(
            pos2(window.rect.min.x, bottom - height),
            pos2(window.rect.max.x, bottom),
        );
        mesh.add_colored_rect(place, theme::text().gamma_multiply(0.02));
    }
}

/// Height of a line of the drum grid from which its piece is named.
const NAMED_LINE: f32 = 8.6;

/// Whether the lines of a drum grid in `rect` are named.
pub fn names_pieces(rect: Rect, figures: &LaneFigures) -> bool {
    !figures.pieces.is_empty() && rect.height() / figures.pieces.len() as f32 >= NAMED_LINE
}

/// Names of the pieces in `rect`, each beside its line.
pub fn piece_names(painter: &egui::Painter, rect: Rect, figures: &LaneFigures) {
    let height = rect.height() / figures.pieces.len().max(1) as f32;
    let font = theme::font(height.clamp(9.0, 10.5));
    for (row, piece) in figures.pieces.iter().enumerate() {
        let bottom = rect.max.y - height * row as f32;
        let at = Rect::from_min_max(pos2(rect.min.x, bottom - height), pos2(rect.max.x, bottom));
        let ink = theme::text_dim();
        text::line(
            painter,
            at,
            Align2::RIGHT_CENTER,
            piece_name(*piece),
            font.clone(),
            ink,
        );
    }
}

/// A piece's name on screen.
pub const fn piece_name(piece: Piece) -> &'static str {
    match piece {
        Piece::Kick => "Kick",
        Piece::Snare => "Snare",
        Piece::Rim => "Rim",
        Piece::Clap => "Clap",
        Piece::HatClosed => "Hat",
        Piece::HatPedal => "Hat foot",
        Piece::HatOpen => "Hat open",
        Piece::Ride => "Ride",
        Piece::RideBell => "Bell",
        Piece::Crash => "Crash",
        Piece::Splash => "Splash",
        Piece::TomHigh => "Tom high",
        Piece::TomMid => "Tom mid",
        Piece::TomLow => "Tom low",
        Piece::Shaker => "Shaker",
        Piece::Tambourine => "Tambourine",
        Piece::Cowbell => "Cowbell",
        Piece::CongaHigh => "Conga high",
        Piece::CongaLow => "Conga low",
        Piece::Claves => "Claves",
        Piece::BongoHigh => "Bongo high",
        Piece::BongoLow => "Bongo low",
    }
}
