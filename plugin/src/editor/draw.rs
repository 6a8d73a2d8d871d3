//! One frame: where each panel lies. Cuts from the edges in; the lanes take what is left.

use egui::{Rect, ScrollArea, Sense, Ui};

use super::access::Outbox;
use super::desk::{Desk, Drawer, View};
use super::space::Cut;
use super::state::Page;
use super::{
    band, browser, drag, drawer, keys, lane_panel, lanes, log, master, mixer, prompt, song_strip,
    theme, topbar, tour,
};

/// Width of the master strip.
pub const MASTER_WIDTH: f32 = 116.0;

/// Draws the whole window into `ui`. Where a host gives less room than the layout needs, it scrolls.
pub fn show(ui: &mut Ui, view: &View, desk: &mut Desk, out: &mut Outbox) {
    theme::wear(ui.ctx(), desk.likes.look);
    leave_fields(ui);
    keys::act(ui, view, desk, out);
    let whole = ui.max_rect();
    ui.painter().rect_filled(whole, 0, theme::background());
    let smallest = egui::Vec2::from(theme::MIN_SIZE);
    if whole.width() >= smallest.x && whole.height() >= smallest.y {
        panels(ui, whole, view, desk, out);
    } else {
        ScrollArea::both().auto_shrink(false).show(ui, |ui| {
            let (rect, _) = ui.allocate_exact_size(whole.size().max(smallest), Sense::hover());
            panels(ui, rect, view, desk, out);
        });
    }
    drawer::show(ui, whole, view, desk, out);
    if desk.drawer != Drawer::Browser {
        browser::leave(desk, out);
    }
    tour::show(ui, whole, view, desk, out);
    drag::show(ui, whole, view, desk, out);
}

/// Whether panels make room for each other in a window.
fn is_low(whole: Rect) -> bool {
    whole.height() < 680.0 + 2.0 * theme::GAP
}

/// Height of the song strip in a window.
pub fn strip_height(whole: Rect) -> f32 {
    if is_low(whole) { 50.0 } else { 76.0 }
}

fn panels(ui: &mut Ui, whole: Rect, view: &View, desk: &mut Desk, out: &mut Outbox) {
    let mut rest = whole.shrink(theme::GAP);
    let low = is_low(whole);

    topbar::show(ui, rest.cut_top(46.0, theme::GAP), view, desk, out);
    prompt::show(ui, rest.cut_top(58.0, theme::GAP), view, desk, out);
    band::show(ui, rest.cut_top(58.0, theme::GAP), view, desk, out);
    let foot = rest.cut_bottom(22.0, 4.0);
    // A lane under the hand takes the room of its knobs.
    let editing = desk.edited_lane().is_some() && desk.state.page != Page::Takes;
    let knobs = match (editing, low) {
        (true, _) => 28.0,
        (false, true) => 104.0,
        (false, false) => 122.0,
    };
    let knobs = rest.cut_bottom(knobs, theme::GAP);
    let strip = rest.cut_right(MASTER_WIDTH, theme::GAP);
    song_strip::show(
        ui,
        rest.cut_top(strip_height(whole), theme::GAP),
        view,
        desk,
        out,
    );
    if desk.state.mixer {
        mixer::show(ui, rest, view, desk, out);
    } else {
        lanes::show(ui, rest, view, desk, out);
    }
    master::show(ui, strip, view, desk, out);
    lane_panel::show(ui, knobs, view, desk, out);
    log::line(ui, foot, view, desk, out);
}

/// A press anywhere else leaves a field, even if it becomes a drag: the keys are the host's again.
fn leave_fields(ui: &Ui) {
    let Some(focused) = ui.memory(|m| m.focused()) else {
        return;
    };
    let pressed_at = ui.input(|i| {
        i.pointer
            .any_pressed()
            .then(|| i.pointer.interact_pos())
            .flatten()
    });
    let inside = |at| {
        ui.ctx()
            .read_response(focused)
            .is_some_and(|r| r.rect.contains(at))
    };
    if pressed_at.is_some_and(|at| !inside(at)) {
        ui.memory_mut(|m| m.surrender_focus(focused));
    }
}
