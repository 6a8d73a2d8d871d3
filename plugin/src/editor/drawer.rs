//! The drawers over the panels: where each lies, and the head that all have. Opening one moves nothing.

use egui::{Id, Pos2, Rect, Ui, Vec2, pos2, vec2};

use super::access::Outbox;
use super::desk::{Desk, Drawer, View};
use super::draw::MASTER_WIDTH;
use super::space::Cut;
use super::widgets::button::{self, Weight};
use super::widgets::{card, text};
use super::{browser, export, help, import, learn, log, manual, mix, settings, theme};

/// Where the keyboard is while drawers open and close: it goes in with them, and back to where it was.
#[derive(Clone, Copy, Debug, Default)]
pub struct Keyboard {
    /// The drawer of the last frame.
    shown: Drawer,
    /// What had the keyboard before.
    from: Option<Id>,
    /// It goes to the new drawer's way out.
    comes: bool,
}

/// Takes the keyboard along, if something in the window has it.
fn keyboard(ui: &Ui, desk: &mut Desk) {
    let before = std::mem::replace(&mut desk.keyboard.shown, desk.drawer);
    if before == desk.drawer {
        return;
    }
    let focused = ui.memory(|m| m.focused());
    if before == Drawer::Closed {
        desk.keyboard.from = focused;
    }
    match desk.drawer {
        Drawer::Closed => {
            if let Some(id) = desk.keyboard.from.take() {
                ui.memory_mut(|m| m.request_focus(id));
            }
        }
        _ => desk.keyboard.comes = desk.keyboard.from.is_some(),
    }
}

/// A drawer's title and, at the right, the button that closes it, cut off the top of `inner`. Gives its place.
pub fn head(ui: &mut Ui, inner: &mut Rect, title: &str, closes: &str, desk: &mut Desk) -> Rect {
    let mut place = *inner;
    head_with(ui, inner, (title, closes), desk, |_, between, _| {
        place = between
    });
    place
}

/// The same with more between both, drawn before the way out: Tab goes from left to right.
pub fn head_with(
    ui: &mut Ui,
    inner: &mut Rect,
    (title, closes): (&str, &str),
    desk: &mut Desk,
    between: impl FnOnce(&mut Ui, Rect, &mut Desk),
) {
    let mut head = inner.cut_top(26.0, 8.0);
    let close = head.cut_right(58.0, 8.0);
    text::words(ui, head, title, theme::TITLE, theme::text());
    between(ui, head, desk);
    let close = button::button(ui, close, closes, "Close", Weight::Plain);
    if std::mem::take(&mut desk.keyboard.comes) {
        close.request_focus();
    }
    if close.clicked() {
        desk.drawer = Drawer::Closed;
    }
}

/// Height at the window's foot that no drawer shades: its buttons stay as clear as they are.
const FOOT: f32 = 32.0;

/// Where a drawer lies, and how large it is.
fn place(drawer: Drawer, whole: Rect) -> Option<(Pos2, Vec2)> {
    let right = |size: Vec2| whole.max.x - size.x - 12.0;
    let under_the_bar = |size: Vec2| (pos2(right(size), whole.min.y + 58.0), size);
    let at_the_foot = |size: Vec2| (pos2(right(size), whole.max.y - size.y - 34.0), size);
    Some(match drawer {
        Drawer::Closed => return None,
        Drawer::Settings => under_the_bar(settings::SIZE),
        Drawer::Help => under_the_bar(help::SIZE),
        Drawer::Learn => under_the_bar(learn::SIZE),
        // Its text scrolls: a low window shows less of it.
        Drawer::Manual => {
            let room = whole.height() - 58.0 - FOOT - 4.0;
            under_the_bar(manual::SIZE.min(vec2(manual::SIZE.x, room)))
        }
        Drawer::Export => at_the_foot(export::SIZE),
        Drawer::Import => at_the_foot(import::SIZE),
        Drawer::Log => at_the_foot(log::SIZE),
        Drawer::Browser => {
            let room = vec2(whole.width() - 24.0, whole.height() - 156.0);
            (browser::place(whole), browser::SIZE.min(room))
        }
        Drawer::Mix => {
            let size = mix::SIZE;
            let beside = whole.max.x - MASTER_WIDTH - 2.0 * theme::GAP - 6.0;
            (pos2(beside - size.x, whole.min.y + 58.0), size)
        }
    })
}

/// Draws the open drawer, if one is.
pub fn show(ui: &mut Ui, whole: Rect, view: &View, desk: &mut Desk, out: &mut Outbox) {
    keyboard(ui, desk);
    let Some(place) = place(desk.drawer, whole) else {
        return;
    };
    let lists_closed = !egui::Popup::is_any_open(ui.ctx());
    if lists_closed && ui.input_mut(|i| i.consume_key(egui::Modifiers::NONE, egui::Key::Escape)) {
        desk.drawer = Drawer::Closed;
        return;
    }
    let floor = whole.max.y - FOOT;
    card::card(ui, "drawer", place, floor, |ui, rect| match desk.drawer {
        Drawer::Settings => settings::show(ui, rect, view, desk, out),
        Drawer::Browser => browser::show(ui, rect, view, desk, out),
        Drawer::Help => help::show(ui, rect, desk),
        Drawer::Mix => mix::show(ui, rect, view, desk, out),
        Drawer::Export => export::show(ui, rect, view, desk, out),
        Drawer::Import => import::show(ui, rect, view, desk, out),
        Drawer::Manual => manual::show(ui, rect, desk),
        Drawer::Learn => learn::show(ui, rect, view, desk, out),
        _ => log::show(ui, rect, view, desk),
    });
}
