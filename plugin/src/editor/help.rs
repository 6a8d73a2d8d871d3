//! The page behind `?`: every key, how the mouse turns and draws, and whose the keys are.

use egui::{Align2, Rect, Ui, vec2};

use super::desk::{Desk, Drawer};
use super::keys::{Deed, KEYS};
use super::space::Cut;
use super::widgets::button::{self, Weight};
use super::widgets::text;
use super::{drawer, manual, theme};

/// Size of the drawer.
pub const SIZE: egui::Vec2 = vec2(680.0, 466.0);
/// Height of a line.
const LINE: f32 = 16.0;

/// What is done without a table of keys.
const HANDS: [(&str, &str); 15] = [
    ("Tab", "Go to the next control; Shift Tab back"),
    ("Arrows", "Turn the control in the focus; Shift finely"),
    ("Enter", "Click it, or type its value"),
    ("Escape", "Leave a field, a list, a drawer"),
    ("Space", "The host's, unless you type"),
    ("Drag a knob", "Up or right is more; Shift finely"),
    ("Double-click", "A knob's default; a lane's note editor"),
    ("Click a value", "Type it, with or without its unit"),
    ("Wheel", "Turns knobs; scrolls bars, or pitches in Edit"),
    ("Shift wheel", "Scrolls bars in Edit too"),
    ("Ctrl wheel", "More or fewer bars, about the mouse"),
    ("Alt wheel", "In Edit: more or fewer pitches"),
    ("Right-click", "Sections, chords, notes: what can be done"),
    ("Drag a section", "Another order; its right edge: length"),
    ("Del", "Selected notes go"),
];

/// Draws the drawer's inside.
pub fn show(ui: &mut Ui, rect: Rect, desk: &mut Desk) {
    let mut inner = rect.shrink(14.0);
    let names = ("Keys and hands", "Close help");
    drawer::head_with(ui, &mut inner, names, desk, |ui, mut head, desk| {
        let tour = head.cut_right(92.0, 0.0);
        if button::button(ui, tour, "Show the tour", "Tour again", Weight::Plain).clicked() {
            desk.drawer = Drawer::Closed;
            desk.tour = Some(0);
        }
    });
    let links = inner.cut_top(24.0, 8.0);
    manual::links(ui, links, desk);
    let foot = inner.cut_bottom(18.0, 0.0);
    let words =
        "Keys count while a control here has the focus. Until then every key is the host's.";
    let small = theme::font(theme::SMALL);
    text::line(
        ui.painter(),
        foot,
        Align2::LEFT_CENTER,
        words,
        small,
        theme::text_faint(),
    );
    let mut left = inner;
    let right = left.cut_right(350.0, 14.0);
    // The lanes' five keys are one line.
    let keys = KEYS
        .iter()
        .filter_map(|(_, _, keys, deed, words)| match deed {
            Deed::Lane(0) => Some(("Ctrl 1 to 5", "Drums, \u{2026} Melody")),
            Deed::Lane(_) => None,
            _ => Some((*keys, *words)),
        });
    column(ui, left, keys, 84.0);
    column(ui, right, HANDS.into_iter(), 92.0);
}

fn column<'a>(ui: &Ui, rect: Rect, lines: impl Iterator<Item = (&'a str, &'a str)>, width: f32) {
    let mut rest = rect;
    for (keys, words) in lines {
        let mut row = rest.cut_top(LINE, 0.0);
        let key = row.cut_left(width, 8.0);
        let font = theme::font(theme::SMALL + 0.5);
        let painter = ui.painter();
        text::line(
            painter,
            key,
            Align2::LEFT_CENTER,
            keys,
            font.clone(),
            theme::accent(),
        );
        text::line(
            painter,
            row,
            Align2::LEFT_CENTER,
            words,
            font,
            theme::text_dim(),
        );
    }
}
