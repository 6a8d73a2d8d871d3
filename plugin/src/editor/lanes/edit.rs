//! The lane under the hand: notes are added, moved, resized and deleted, velocities drawn, bars locked.
//!
//! A double-click writes a note or deletes one; a drag moves what is selected, by its right edge it lengthens, on
//! empty ground it selects; below lie the velocities ([`velocities`]); a right-click has the rest ([`menu`]). What
//! the hand does goes out as one order when it lets go.

mod change;
mod menu;
mod velocities;

pub use self::change::spot;

use authoring::editing::notes::Written;
use egui::{
    Align2, CursorIcon, Key, Pos2, Rect, Sense, Stroke, StrokeKind, Ui, WidgetInfo, pos2, vec2,
};
use music::lane::Lane;
use music::pitch::PitchClass;

use self::change::Step;
use super::Window;
use super::figures::LaneFigures;
use super::{locks, roll, selection};
use crate::editor::access::Outbox;
use crate::editor::desk::{Desk, View};
use crate::editor::theme;
use crate::editor::widgets::text;
use crate::export::Scope;
use crate::hand::Hand;
use crate::snapshot::Command;

/// Height of the velocities below the notes, points.
pub const VELOCITIES: f32 = 46.0;
/// Width of a note's edge that lengthens it, points.
const EDGE: f32 = 6.0;
/// Ticks that a move is laid on: a sixteenth.
const SNAP: i64 = 240;
/// The same with Alt held.
const FINE_SNAP: i64 = 10;

/// What the hand has selected and holds.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Editing {
    /// Notes of the lane.
    pub selected: Vec<Written>,
    /// A part that shall be exported.
    pub exported: Option<Scope>,
    /// Bars that are selected across the lanes.
    bars: Option<std::ops::Range<u16>>,
    held: Option<Held>,
    /// Velocities that are being drawn, by place in the score.
    drawn: Vec<(usize, u8)>,
    /// Where a menu was opened.
    menu_at: Option<Pos2>,
}

impl Editing {
    /// The selected notes, while the hand moves them.
    pub fn held_notes(&self) -> Option<&[Written]> {
        matches!(self.held, Some(Held::Notes(_))).then_some(&self.selected[..])
    }
    /// The hand lets go, and everything stays where it was.
    pub fn let_go(&mut self) {
        self.held = None;
    }
}

#[derive(Clone, Copy, Debug, PartialEq)]
enum Held {
    Notes(Pos2),
    Edge(Pos2),
    Frame(Pos2),
}

/// A note in view.
struct Shown {
    index: usize,
    place: Rect,
}

/// What the panel works on.
struct Roll<'r, 'a> {
    window: &'r Window,
    lane: Lane,
    figures: &'r LaneFigures,
    view: &'r View<'a>,
    shown: Vec<Shown>,
}

impl Roll<'_, '_> {
    fn written(&self, index: usize) -> Option<&Written> {
        self.view.score.origins[self.lane.index()].get(index)
    }
    fn under(&self, at: Pos2) -> Option<&Shown> {
        let hit = |shown: &&Shown| shown.place.expand(2.0).contains(at);
        self.shown.iter().rev().find(hit)
    }
    /// Ticks of the form at a place on the screen.
    fn tick(&self, x: f32) -> i64 {
        let bars = f64::from((x - self.window.rect.min.x) / self.window.rect.width());
        ((self.window.first_bar + bars * self.window.bars) * self.window.bar_ticks) as i64
    }
    /// Height of a line.
    fn line(&self) -> f32 {
        self.window.rect.height() / self.figures.lines(self.lane) as f32
    }
    /// Line at a place on the screen, from the bottom.
    fn row(&self, y: f32) -> i32 {
        ((self.window.rect.max.y - y) / self.line()).floor() as i32
    }
    /// How far a drag has gone.
    fn step(&self, ui: &Ui, from: Pos2, to: Pos2) -> Step {
        let snap = if ui.input(|i| i.modifiers.alt) {
            FINE_SNAP
        } else {
            SNAP
        };
        let ticks = f64::from((to.x - from.x) / self.window.bar_width()) * self.window.bar_ticks;
        Step {
            ticks: (ticks / snap as f64).round() as i64 * snap,
            rows: ((from.y - to.y) / self.line()).round() as i32,
        }
    }
}

/// Takes what the hand does to a lane's notes and draws what it holds.
pub fn show(
    ui: &mut Ui,
    window: &Window,
    lane: Lane,
    figures: &LaneFigures,
    view: &View,
    desk: &mut Desk,
    out: &mut Outbox,
) {
    let mut low = window.rect;
    low.min.y = low.max.y - VELOCITIES;
    let window = &Window {
        rect: Rect::from_min_max(window.rect.min, pos2(window.rect.max.x, low.min.y - 2.0)),
        ..*window
    };
    let notes = &view.score.notes[lane.index()];
    let place = |(index, note)| {
        let place = roll::place(window, lane, figures, note)?;
        Some(Shown { index, place })
    };
    let shown = roll::in_view(window, figures, notes).filter_map(place);
    let roll = Roll {
        window,
        lane,
        figures,
        view,
        shown: shown.collect(),
    };
    keys(ui, &roll);
    let id = ui.scope_id().with("notes");
    let response = ui.interact(window.rect, id, Sense::click_and_drag());
    response.widget_info(|| {
        let name = format!("Notes of {}", lane.name());
        WidgetInfo::labeled(egui::accesskit::Role::Canvas, true, name)
    });
    let bars = selection::selected(view, desk);
    let editing = &mut desk.editing;
    editing.bars = bars;
    editing.selected.retain(|note| note.spot.lane == lane);
    let (at, origin, shift, down) = ui.input(|i| {
        let pointer = &i.pointer;
        let at = pointer.latest_pos();
        (
            at,
            pointer.press_origin(),
            i.modifiers.shift,
            pointer.primary_down(),
        )
    });
    if let Some(at) = ui.input(|i| i.pointer.interact_pos()) {
        if response.double_clicked() {
            double_click(&roll, at, editing, out);
        } else if response.clicked() {
            click(&roll, at, shift, editing);
        }
    }
    if response.drag_started_by(egui::PointerButton::Primary)
        && let Some(origin) = origin
    {
        take_hold(&roll, origin, editing);
    }
    if let (Some(held), Some(at)) = (editing.held, at) {
        hold(ui, &roll, held, at, down, editing, out);
    }
    mark(ui, &roll, editing);
    let over = ui.input(|i| i.pointer.hover_pos()).and_then(|at| {
        let shown = roll.under(at)?;
        Some(is_edge(&roll, shown, at))
    });
    let response = match over {
        Some(true) => response.on_hover_cursor(CursorIcon::ResizeHorizontal),
        Some(false) => response.on_hover_cursor(CursorIcon::Grab),
        None => response.on_hover_cursor(CursorIcon::Crosshair),
    };
    let erase = ui.input(|i| i.key_pressed(Key::Delete) || i.key_pressed(Key::Backspace));
    let typing = ui.memory(|m| m.focused()).is_some();
    if erase && !typing && !editing.selected.is_empty() {
        delete(lane, editing, out);
    }
    menu::show(&response, &roll, editing, out);
    velocities::show(ui, low, &roll, editing, out);
}

/// The black keys' lines a shade darker, and every C by its name.
fn keys(ui: &Ui, roll: &Roll) {
    if roll.lane == Lane::Drums {
        return;
    }
    let (rect, line) = (roll.window.rect, roll.line());
    let painter = ui.painter().with_clip_rect(rect);
    for at in 0..roll.figures.lines(roll.lane) as i32 {
        let Some(pitch) = roll.figures.pitch_of(at) else {
            continue;
        };
        let bottom = rect.max.y - line * at as f32;
        let place = Rect::from_x_y_ranges(rect.x_range(), bottom - line..=bottom);
        if matches!(pitch % 12, 1 | 3 | 6 | 8 | 10) {
            painter.rect_filled(place, 0, theme::background().gamma_multiply(0.28));
        }
        let folded = !roll.figures.folded.is_empty();
        if (pitch % 12 == 0 || folded && line > 10.0) && line > 4.0 {
            let names = PitchClass::SHARPS[usize::from(pitch % 12)];
            let name = format!("{names}{}", i16::from(pitch / 12) - 1);
            let at =
                Rect::from_center_size(place.left_center() + vec2(16.0, 0.0), vec2(26.0, 11.0));
            let font = theme::font(theme::TINY);
            text::line(
                &painter,
                at,
                Align2::LEFT_CENTER,
                &name,
                font,
                theme::text_faint(),
            );
            painter.hline(rect.x_range(), bottom, Stroke::new(1.0, theme::grid_bar()));
        }
    }
}

fn is_edge(roll: &Roll, shown: &Shown, at: Pos2) -> bool {
    roll.lane != Lane::Drums && shown.place.width() > 2.0 * EDGE && at.x > shown.place.max.x - EDGE
}

fn double_click(roll: &Roll, at: Pos2, editing: &mut Editing, out: &mut Outbox) {
    let under = roll.under(at).and_then(|shown| roll.written(shown.index));
    if let Some(note) = under {
        editing.selected = vec![*note];
        return delete(roll.lane, editing, out);
    }
    let tick = roll.tick(at.x) / SNAP * SNAP;
    if let Some(note) = change::new(roll, tick, roll.row(at.y)) {
        editing.selected = vec![note];
        let words = format!("Write a {} note", roll.lane.name());
        send(words, Vec::new(), vec![note], out);
    }
}

fn click(roll: &Roll, at: Pos2, shift: bool, editing: &mut Editing) {
    let under = roll.under(at).and_then(|shown| roll.written(shown.index));
    if !shift {
        editing.selected.clear();
    }
    if let Some(note) = under {
        match editing.selected.iter().position(|own| own == note) {
            Some(at) => _ = editing.selected.remove(at),
            None => editing.selected.push(*note),
        }
    }
}

fn take_hold(roll: &Roll, origin: Pos2, editing: &mut Editing) {
    let Some(shown) = roll.under(origin) else {
        editing.held = Some(Held::Frame(origin));
        return;
    };
    if let Some(note) = roll.written(shown.index)
        && !editing.selected.contains(note)
    {
        editing.selected = vec![*note];
    }
    editing.held = Some(match is_edge(roll, shown, origin) {
        true => Held::Edge(origin),
        false => Held::Notes(origin),
    });
}

/// Shows what would come of what is held; when it is let go, that comes.
fn hold(
    ui: &Ui,
    roll: &Roll,
    held: Held,
    at: Pos2,
    down: bool,
    editing: &mut Editing,
    out: &mut Outbox,
) {
    let painter = ui.painter().with_clip_rect(roll.window.rect);
    let line = Stroke::new(1.5, theme::accent());
    if let Held::Frame(from) = held {
        let frame = Rect::from_two_pos(from, at).intersect(roll.window.rect);
        painter.rect_stroke(frame, 0, line, StrokeKind::Inside);
        if !down {
            let inside = roll.shown.iter().filter(|s| frame.intersects(s.place));
            editing.selected = inside
                .filter_map(|s| roll.written(s.index).copied())
                .collect();
            editing.held = None;
        }
        return;
    }
    let (moves, from) = match held {
        Held::Edge(from) => (false, from),
        Held::Notes(from) | Held::Frame(from) => (true, from),
    };
    let step = roll.step(ui, from, at);
    let notes = editing.selected.iter();
    let to: Vec<Written> = match moves {
        true => notes.map(|note| change::moved(roll, note, step)).collect(),
        false => notes.map(|note| change::longer(note, step.ticks)).collect(),
    };
    for note in &to {
        if let Some(place) = change::place(roll, note) {
            painter.rect_filled(place, 1, theme::accent().gamma_multiply(0.5));
            painter.rect_stroke(place, 1, line, StrokeKind::Outside);
        }
    }
    if down {
        return;
    }
    editing.held = None;
    let from = std::mem::replace(&mut editing.selected, to.clone());
    if from == to || step == Step::default() || !moves && step.ticks == 0 {
        editing.selected = from;
        return;
    }
    let what = if moves { "Move" } else { "Resize" };
    send(count(what, roll.lane, from.len()), from, to, out);
}

fn delete(lane: Lane, editing: &mut Editing, out: &mut Outbox) {
    let from = std::mem::take(&mut editing.selected);
    send(count("Delete", lane, from.len()), from, Vec::new(), out);
}

/// `Move 3 Bass notes`.
fn count(what: &str, lane: Lane, notes: usize) -> String {
    match notes {
        1 => format!("{what} a {} note", lane.name()),
        notes => format!("{what} {notes} {} notes", lane.name()),
    }
}

fn send(words: String, from: Vec<Written>, to: Vec<Written>, out: &mut Outbox) {
    out.command(Command::Hand(Hand::Notes { words, from, to }));
}

/// Rings what is selected, and marks what a hand keeps.
fn mark(ui: &Ui, roll: &Roll, editing: &Editing) {
    let painter = ui.painter().with_clip_rect(roll.window.rect);
    for shown in &roll.shown {
        let Some(note) = roll.written(shown.index) else {
            continue;
        };
        if note.kept {
            locks::kept(&painter, shown.place);
        }
        if editing.selected.contains(note) {
            let ring = Stroke::new(1.5, theme::text());
            painter.rect_stroke(shown.place, 1, ring, StrokeKind::Outside);
        }
    }
}
