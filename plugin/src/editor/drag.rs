//! Files carried over the window's edge: MIDI out to whatever the mouse is let go over, files in from elsewhere.
//!
//! A lane's head, a section's block or selected notes that are dragged out of the window become the system's own
//! drag ([`Courier`]). X11 has one ([`x11`], protocol XDND); where a system has none, Windows and macOS so far, the
//! same gesture opens the drawer of exports. What is dropped here, or opened by its path, goes to the drawer of
//! [`super::import`].

#[cfg(any(target_os = "linux", test))]
mod uri;
#[cfg(target_os = "linux")]
mod x11;

use std::path::PathBuf;
use std::sync::mpsc::Sender;

use egui::{Align2, CursorIcon, Pos2, Rect, StrokeKind, Ui, pos2, vec2};
use nice_plug_egui::baseview::WindowContext;

use super::access::{Outbox, Wish};
use super::desk::{Desk, View};
use super::song_strip::Held;
use super::theme;
use super::widgets::text;
use super::{Repaint, export};
use crate::export::Scope;

/// What is to be carried out of the window, and how its file is made; on a thread of its own.
pub type Parcel = Box<dyn FnOnce() -> Option<PathBuf> + Send>;

/// What comes of a drag from elsewhere.
#[cfg_attr(not(target_os = "linux"), allow(dead_code))]
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Arrival {
    /// A file is held over the window.
    Hovers,
    /// It was taken away again.
    Left,
    /// It was let go here.
    Dropped(PathBuf),
}

/// Carries files between this window and others.
pub trait Courier: Send {
    /// Hands a file over to the window that the mouse button is let go over.
    fn carry(&mut self, parcel: Parcel);
}

/// The system's courier; `None` where files cannot be carried. What arrives is sent to `arrivals`.
pub fn courier(
    window: &WindowContext,
    arrivals: Sender<Arrival>,
    repaint: Repaint,
) -> Option<Box<dyn Courier>> {
    #[cfg(target_os = "linux")]
    {
        let courier = x11::Drags::open(window, arrivals, repaint)?;
        Some(Box::new(courier))
    }
    #[cfg(not(target_os = "linux"))]
    {
        let _ = (window, arrivals, repaint);
        None
    }
}

/// What the window remembers of drags.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Carrying {
    /// This system can carry files.
    pub possible: bool,
    /// The lane whose head is held.
    pub lane: Option<music::lane::Lane>,
    /// A file from elsewhere is held over the window.
    pub hovers: bool,
}

/// Takes hold of a lane by its head.
pub fn hold_lane(response: &egui::Response, lane: music::lane::Lane, desk: &mut Desk) {
    if response.drag_started_by(egui::PointerButton::Primary) {
        desk.carrying.lane = Some(lane);
    }
}

/// What the hand holds that may leave the window, with its name.
fn held(view: &View, desk: &Desk) -> Option<(Scope, String)> {
    if let Some(lane) = desk.carrying.lane {
        return Some((Scope::Lane(lane), lane.name().to_owned()));
    }
    if let Some(Held::Block(key, _)) = desk.held {
        let sections = &view.score.form.sections;
        let section = sections.iter().find(|s| s.key == key)?;
        return Some((Scope::Section(key), section.kind.title().to_owned()));
    }
    let notes = desk.editing.held_notes()?;
    let words = match notes.len() {
        1 => "one note".to_owned(),
        count => format!("{count} notes"),
    };
    Some((Scope::Notes(notes.into()), words))
}

/// After all panels: what is held follows the mouse and may leave the window; what comes is welcomed.
pub fn show(ui: &Ui, whole: Rect, view: &View, desk: &mut Desk, out: &mut Outbox) {
    let moved = |event: &egui::Event| matches!(event, egui::Event::PointerMoved(_));
    if desk.carrying.hovers {
        // A drag from elsewhere has the mouse to itself: where it moves here, there is none any more.
        desk.carrying.hovers = !ui.input(|i| i.events.iter().any(moved));
        welcome(ui, whole);
    }
    if let Some(scope) = desk.editing.exported.take() {
        export::open(desk, scope);
    }
    let (at, down) = ui.input(|i| (i.pointer.latest_pos(), i.pointer.primary_down()));
    let Some((scope, words)) = held(view, desk) else {
        return;
    };
    if !down {
        desk.carrying.lane = None;
        return;
    }
    if let Some(at) = at.filter(|at| whole.contains(*at)) {
        if desk.carrying.lane.is_some() {
            follow(ui, whole, at, &words);
        }
        return;
    }
    desk.carrying.lane = None;
    desk.held = None;
    desk.editing.let_go();
    if desk.carrying.possible {
        out.wishes.push(Wish::Carry(scope));
    } else {
        export::open(desk, scope);
    }
}

/// What the mouse carries, beside it.
fn follow(ui: &Ui, whole: Rect, at: Pos2, words: &str) {
    ui.ctx().set_cursor_icon(CursorIcon::Grabbing);
    let words = format!("MIDI of {words}: let go in another window");
    let painter = ui.ctx().layer_painter(egui::LayerId::new(
        egui::Order::Tooltip,
        egui::Id::unique("carried"),
    ));
    let font = theme::font(theme::SMALL);
    let width = text::width(&painter, &words, font.clone()) + 16.0;
    let x = (at.x + 14.0).min(whole.max.x - width - 4.0);
    let y = (at.y + 14.0).min(whole.max.y - 24.0);
    let rect = Rect::from_min_size(pos2(x, y), vec2(width, 20.0));
    painter.rect_filled(rect, theme::ROUND_SMALL, theme::accent_fill());
    let ink = theme::on_accent();
    text::line(&painter, rect, Align2::CENTER_CENTER, &words, font, ink);
}

/// A file from elsewhere may be let go anywhere.
fn welcome(ui: &Ui, whole: Rect) {
    let painter = ui.ctx().layer_painter(egui::LayerId::new(
        egui::Order::Tooltip,
        egui::Id::unique("welcome"),
    ));
    painter.rect_filled(whole, 0, theme::background().gamma_multiply(0.82));
    let ring = egui::Stroke::new(2.0, theme::accent());
    painter.rect_stroke(whole.shrink(10.0), 8, ring, StrokeKind::Inside);
    let words = "Drop a MIDI file for its chords, its melody or its groove; an audio file to sound like it.";
    let font = theme::font(theme::TITLE);
    text::line(
        &painter,
        whole.shrink(24.0),
        Align2::CENTER_CENTER,
        words,
        font,
        theme::text(),
    );
}
