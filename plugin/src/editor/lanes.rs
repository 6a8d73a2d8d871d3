//! The lanes: time line above, a row for each part of the band, the playhead through all.
//!
//! Drums are a grid by piece, the others piano rolls. Only what lies in view is drawn, and all notes of a
//! row are one mesh, so that a busy song costs little more than an empty one.

mod chords;
pub mod edit;
mod feel;
mod figures;
mod header;
mod hover;
pub mod locks;
mod navigate;
mod overview;
mod pitches;
pub mod proposal;
mod roll;
pub mod selection;
mod timeline;

pub use feel::Felt;
pub use figures::Figures;
pub use navigate::{fit, zoom};
pub use roll::piece_name;

use egui::{Align2, Rect, Stroke, Ui, pos2};
use music::lane::Lane;

use super::access::Outbox;
use super::desk::{Desk, View};
use super::space::Cut;
use super::theme;
use super::widgets::text;

/// Width of the lanes' heads.
const HEAD: f32 = 140.0;
/// Height of the time line.
const TIMELINE: f32 = 38.0;
/// Height of the drum grid against another row's. Taste: eleven pieces can be named in a usual window.
const DRUMS_SHARE: f32 = 2.6;
/// Height of the other rows while one lane is under the hand.
const RESTING_ROW: f32 = 26.0;
/// Height of the bar that shows which part of the form is in view.
const OVERVIEW: f32 = 11.0;
/// Height of a row that has nothing to show.
const SILENT_ROW: f32 = 18.0;

/// Which stretch of the form is in view, and where bars lie on the screen.
#[derive(Clone, Copy, Debug)]
pub struct Window {
    /// Where notes are drawn.
    pub rect: Rect,
    /// First bar in view.
    pub first_bar: f64,
    /// Bars in view.
    pub bars: f64,
    /// Ticks of a bar.
    pub bar_ticks: f64,
}

impl Window {
    /// Screen place of a bar.
    pub fn x(&self, bar: f64) -> f32 {
        self.rect.min.x + ((bar - self.first_bar) / self.bars) as f32 * self.rect.width()
    }
    /// Screen place of a tick.
    pub fn x_tick(&self, tick: f64) -> f32 {
        self.x(tick / self.bar_ticks)
    }
    /// Width of a bar.
    pub fn bar_width(&self) -> f32 {
        self.rect.width() / self.bars as f32
    }
}

/// Draws time line and rows.
pub fn show(ui: &mut Ui, rect: Rect, view: &View, desk: &mut Desk, out: &mut Outbox) {
    theme::panel_at(ui.painter(), rect);
    desk.figures.renew(view.score);
    let mut rest = rect.shrink(1.0);
    let mut top = rest.cut_top(TIMELINE, 0.0);
    let tools = top.cut_left(HEAD, 0.0);
    let mut rolls = rest;
    rolls.cut_left(HEAD, 0.0);
    rolls.max.x -= 6.0;
    top.max.x -= 6.0;

    rest.max.y -= 2.0;
    let mut foot = rest.cut_bottom(OVERVIEW, 1.0);
    let vocal = rest.cut_bottom(SILENT_ROW, 0.0);
    let (edited, all) = (desk.edited_lane(), rest.height());
    let rows = Lane::PLAYED.map(|lane| (lane, rest.cut_top(height(lane, edited, all), 0.0)));
    let under = edited.and_then(|lane| rows.iter().find(|(own, _)| *own == lane));
    let under = under.map(|(lane, row)| (*lane, upper_rect(*row)));
    navigate::show(ui, top.union(rolls), under, view, desk);
    let window = |rect: Rect, desk: &Desk| Window {
        rect,
        first_bar: desk.first_bar,
        bars: f64::from(desk.state.bars_shown),
        bar_ticks: view.bar_ticks(),
    };
    timeline::tools(ui, tools, view, desk);
    let above = window(top, desk);
    timeline::show(ui, &above, view, desk, out);

    for (lane, mut row) in rows {
        let head = row.cut_left(HEAD, 0.0);
        row.max.x -= 6.0;
        let roll = row.shrink2(egui::vec2(0.0, 1.5));
        header::show(ui, head, lane, view, desk, out);
        if edited == Some(lane) {
            let figures = pitches::figures(lane, view, desk);
            let whole = window(roll, desk);
            let upper = upper(&whole);
            roll::show(ui, &upper, lane, &figures, view);
            edit::show(ui, &whole, lane, &figures, view, desk, out);
        } else {
            let whole = window(roll, desk);
            let figures = pitches::at_rest(lane, view, desk);
            roll::show(ui, &whole, lane, &figures, view);
        }
    }
    silent(ui, vocal);
    foot.cut_left(HEAD, 0.0);
    foot.max.x -= 6.0;
    overview::show(ui, foot, view, desk);

    let all = window(
        Rect::from_min_max(top.min, pos2(rolls.max.x, vocal.min.y)),
        desk,
    );
    selection::show(ui, all.rect, &all, view, desk);
    playhead(ui, &all, view);
    hover::show(ui, view);
}

/// Height of a lane's row: drums need a line a piece, so they get more than the others; a lane under the hand
/// gets all that there is.
fn height(lane: Lane, edited: Option<Lane>, all: f32) -> f32 {
    let others = Lane::PLAYED.len() as f32 - 1.0;
    match edited {
        Some(own) if own == lane => all - others * RESTING_ROW,
        Some(_) => RESTING_ROW,
        None if lane == Lane::Drums => all / (others + DRUMS_SHARE) * DRUMS_SHARE,
        None => all / (others + DRUMS_SHARE),
    }
}

/// Where the notes of an edited lane's row lie.
fn upper_rect(mut row: Rect) -> Rect {
    row.cut_left(HEAD, 0.0);
    row.max -= egui::vec2(6.0, edit::VELOCITIES + 3.5);
    row
}

/// What is left for the notes above the velocities.
fn upper(window: &Window) -> Window {
    let mut rect = window.rect;
    rect.max.y -= edit::VELOCITIES + 2.0;
    Window { rect, ..*window }
}

fn playhead(ui: &Ui, window: &Window, view: &View) {
    let Some(head) = view.playhead_bars() else {
        return;
    };
    let painter = ui.painter().with_clip_rect(window.rect);
    let x = text::snap(&painter, pos2(window.x(head), 0.0)).x;
    let ink = if view.pulse.playing {
        theme::playing()
    } else {
        theme::text_faint()
    };
    painter.vline(
        x,
        window.rect.min.y + 2.0..=window.rect.max.y,
        Stroke::new(1.5, ink),
    );
    let tip = pos2(x, window.rect.min.y + 7.0);
    let triangle = vec![
        tip + egui::vec2(-5.0, -7.0),
        tip + egui::vec2(5.0, -7.0),
        tip,
    ];
    painter.add(egui::Shape::convex_polygon(triangle, ink, Stroke::NONE));
}

/// The row of the voice: said, not shown.
fn silent(ui: &Ui, mut rect: Rect) {
    let head = rect.cut_left(HEAD, 0.0);
    let painter = ui.painter();
    let bar = Rect::from_min_size(
        head.min + egui::vec2(0.0, 3.0),
        egui::vec2(3.0, head.height() - 6.0),
    );
    painter.rect_filled(
        bar,
        1,
        theme::mix(theme::lane(Lane::Vocal), theme::panel(), 0.6),
    );
    let name = Rect::from_min_max(head.min + egui::vec2(32.0, 0.0), head.max);
    let font = theme::font(theme::BODY);
    text::line(
        painter,
        name,
        Align2::LEFT_CENTER,
        Lane::Vocal.name(),
        font,
        theme::text_faint(),
    );
    let words = "Silent until its engine comes: bus 7 and channel 5 are kept for it.";
    text::line(
        painter,
        rect,
        Align2::LEFT_CENTER,
        words,
        theme::font(theme::SMALL),
        theme::text_faint(),
    );
}
