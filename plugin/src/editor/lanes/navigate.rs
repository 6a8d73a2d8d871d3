//! What moves the view of the lanes: wheel, drag, keys, and the turning of pages.
//!
//! The wheel scrolls time, or the pitches of a lane under the hand; with Shift always time, with Ctrl it zooms about
//! the mouse, with Alt it zooms pitches. What a hand scrolls is not scrolled away from it: following ends.

use egui::{Event, Modifiers, MouseWheelUnit, Rect, Sense, Ui};
use music::lane::Lane;

use super::{pitches, selection};
use crate::editor::desk::{Desk, View};
use crate::editor::state::LEAST_BARS;

/// Fewest bars that are the whole view of a short song. Taste: bars of a song of four need not fill the window.
const WHOLE: f64 = 8.0;
/// What a notch of the wheel zooms by. Taste.
const ZOOM: f64 = 1.2;
/// Points of a smooth wheel that are a notch. Reference: egui's lines are about as high.
const NOTCH: f32 = 40.0;

/// Takes what is done over the lanes; `under` is a lane under the hand and where its notes lie.
pub fn show(ui: &mut Ui, rect: Rect, under: Option<(Lane, Rect)>, view: &View, desk: &mut Desk) {
    let response = ui.interact(rect, ui.scope_id().with("lanes"), Sense::DRAG);
    if response.dragged() {
        let bars = f64::from(desk.state.bars_shown);
        let way = f64::from(response.drag_delta().x / rect.width());
        scroll(desk, -way * bars);
    }
    if let Some(at) = ui
        .input(|i| i.pointer.hover_pos())
        .filter(|_| response.contains_pointer())
    {
        let under = under.filter(|(_, notes)| notes.contains(at));
        for (way, keys) in turned(ui) {
            let bars = f64::from(desk.state.bars_shown);
            let notches = f64::from(way.y + way.x);
            if keys.command || keys.ctrl {
                let share = f64::from((at.x - rect.min.x) / rect.width());
                let about = desk.first_bar + share * bars;
                zoom_about(view, desk, about, ZOOM.powf(notches));
            } else if let Some((lane, notes)) = under.filter(|_| keys.alt) {
                let share = (notes.max.y - at.y) / notes.height();
                pitches::zoom(lane, view, desk, share, notches as f32);
            } else if let Some((lane, _)) =
                under.filter(|_| !keys.shift && way.x == 0.0 && pitches::scrolls(desk))
            {
                pitches::scroll(lane, view, desk, -way.y);
            } else {
                scroll(desk, notches * bars / 8.0);
            }
        }
    }
    follow(view, desk);
    desk.first_bar = desk
        .first_bar
        .clamp(0.0, (view.bars() - shown(desk)).max(0.0));
    if !(view.pulse.playing && desk.state.follow) {
        desk.state.first_bar = desk.first_bar as f32;
    }
}

/// Notches of the wheel in this frame, right and down positive, and the keys held with each.
fn turned(ui: &Ui) -> Vec<(egui::Vec2, Modifiers)> {
    let turn = |event: &Event| match event {
        Event::MouseWheel {
            unit,
            delta,
            modifiers,
            ..
        } => Some(match unit {
            MouseWheelUnit::Point => (-*delta / NOTCH, *modifiers),
            _ => (-*delta, *modifiers),
        }),
        _ => None,
    };
    ui.input(|i| i.events.iter().filter_map(turn).collect())
}

fn shown(desk: &Desk) -> f64 {
    desk.state.bars_shown.into()
}

/// A hand goes so many bars on.
pub fn scroll(desk: &mut Desk, bars: f64) {
    desk.first_bar += bars;
    desk.state.follow = false;
}

/// So many times as many bars, about the playhead where it is in view, or the middle.
pub fn zoom(view: &View, desk: &mut Desk, times: f64) {
    let (first, bars) = (desk.first_bar, shown(desk));
    let head = view.playhead_bars();
    let head = head.filter(|head| (first..first + bars).contains(head));
    zoom_about(view, desk, head.unwrap_or(first + bars / 2.0), times);
}

/// So many times as many bars; the place `about` stays where it is on the screen.
fn zoom_about(view: &View, desk: &mut Desk, about: f64, times: f64) {
    let bars = shown(desk);
    let most = view.bars().max(WHOLE);
    let new = (bars * times).clamp(LEAST_BARS.into(), most);
    let share = (about - desk.first_bar) / bars;
    show_bars(view, desk, about - share * new, new);
}

/// Shows a stretch of the form, as near as it can be.
pub fn show_bars(view: &View, desk: &mut Desk, first: f64, bars: f64) {
    let bars = bars.clamp(LEAST_BARS.into(), view.bars().max(WHOLE));
    desk.state.bars_shown = bars as f32;
    desk.first_bar = first.clamp(0.0, (view.bars() - bars).max(0.0));
}

/// Shows what is selected, notes before bars; where nothing is, or it is shown already, the whole song.
pub fn fit(view: &View, desk: &mut Desk) {
    let now = (desk.first_bar, shown(desk), desk.state.pitches);
    let notes = desk
        .edited_lane()
        .and_then(|lane| pitches::fit(lane, view, desk));
    let bars = notes.or_else(|| {
        let bars = selection::selected(view, desk)?;
        Some((f64::from(bars.start), f64::from(bars.len() as u16)))
    });
    if let Some((first, bars)) = bars {
        desk.state.follow = false;
        show_bars(view, desk, first, bars);
        if now != (desk.first_bar, shown(desk), desk.state.pitches) {
            return;
        }
    }
    desk.state.pitches = Default::default();
    show_bars(view, desk, 0.0, view.bars());
}

/// Turns the page when the playhead has left it.
fn follow(view: &View, desk: &mut Desk) {
    let bars = shown(desk);
    if let (true, true, Some(head)) = (view.pulse.playing, desk.state.follow, view.playhead_bars())
    {
        let page = bars.min(1.0);
        if !(desk.first_bar..desk.first_bar + bars).contains(&head) {
            desk.first_bar = (head / page).floor() * page;
        }
    }
}
