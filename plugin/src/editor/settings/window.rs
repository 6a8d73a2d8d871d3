//! What the user likes: colours, names of notes, folders; and the zoom of this window.

use egui::{Align2, Rect, Sense, Ui};

use super::row;
use crate::editor::access::{Outbox, Wish};
use crate::editor::desk::{Desk, Drawer, View};
use crate::editor::naming::NOTE_NAMES;
use crate::editor::space::Cut;
use crate::editor::state::ZOOM_PERCENT;
use crate::editor::theme::{self, BASES};
use crate::editor::widgets::button::{self, Weight};
use crate::editor::widgets::picker::{self, Group};
use crate::editor::widgets::text;

/// Zooms to choose from, percent.
const ZOOMS: [u16; 9] = [75, 90, 100, 125, 150, 175, 200, 250, 300];

/// Width of what is chosen or clicked, points.
const WIDE: f32 = 200.0;

/// Draws the column.
pub fn show(ui: &mut Ui, inner: &mut Rect, view: &View, desk: &mut Desk, out: &mut Outbox) {
    let cell = row(ui, inner, "Theme").with_min_x(inner.max.x - WIDE);
    let now = BASES
        .iter()
        .position(|(base, _)| *base == desk.likes.look.base);
    let names = BASES.map(|(_, words)| words);
    let hints = [
        "Light on dark.",
        "Dark on light.",
        "As far apart as can be.",
    ];
    if let Some(i) = button::choices(ui, cell, "Theme", &names, &hints, now.unwrap_or(0)) {
        desk.likes.look.base = BASES[i].0;
    }
    let cell = row(ui, inner, "Lane colours").with_min_x(inner.max.x - WIDE);
    let hints = [
        "Six hues.",
        "Six colours that differ in lightness as well, for every kind of colour sight.",
    ];
    let now = usize::from(desk.likes.look.safe_lanes);
    let names = ["Usual", "For all eyes"];
    if let Some(i) = button::choices(ui, cell, "Lane colours", &names, &hints, now) {
        desk.likes.look.safe_lanes = i == 1;
    }
    let cell = row(ui, inner, "Names of notes").with_min_x(inner.max.x - WIDE);
    let now = NOTE_NAMES
        .iter()
        .position(|(names, _)| *names == desk.likes.note_names);
    let names = NOTE_NAMES.map(|(_, words)| words);
    let hints = [
        "B is a whole step below C sharp.",
        "H is, and B is the flat one.",
        "Syllables.",
    ];
    if let Some(i) = button::choices(ui, cell, "Names of notes", &names, &hints, now.unwrap_or(0)) {
        desk.likes.note_names = NOTE_NAMES[i].0;
    }
    let cell = row(ui, inner, "Zoom").with_min_x(inner.max.x - WIDE);
    zoom(ui, cell, desk, out);
    let cell = row(ui, inner, "Tour").with_min_x(inner.max.x - WIDE);
    if button::button(ui, cell, "Show the tour", "Show it again", Weight::Plain).clicked() {
        desk.tour = Some(0);
        desk.drawer = Drawer::Closed;
    }
    let cell = row(ui, inner, "Keys and hands").with_min_x(inner.max.x - WIDE);
    if button::button(ui, cell, "List the keys", "List them", Weight::Plain).clicked() {
        desk.drawer = Drawer::Help;
    }
    folder(ui, inner, &view.library.folder);
}

fn zoom(ui: &mut Ui, cell: Rect, desk: &mut Desk, out: &mut Outbox) {
    let zoom = desk.state.zoom_percent;
    let groups = || {
        let entries = ZOOMS
            .iter()
            .map(|z| (usize::from(*z), format!("{z} %")))
            .collect();
        vec![Group {
            title: String::new(),
            entries,
        }]
    };
    let shown = format!("{zoom} %");
    let chosen = picker::picker(ui, cell, "Zoom", &shown, Some(usize::from(zoom)), 1, groups);
    if let Some(percent) = chosen {
        let percent = (percent as u16).clamp(*ZOOM_PERCENT.start(), *ZOOM_PERCENT.end());
        desk.state.zoom_percent = percent;
        out.wishes.push(Wish::Zoom(percent));
    }
}

/// Where styles, songs and exports of one's own lie, and its path to copy.
fn folder(ui: &mut Ui, inner: &mut Rect, path: &str) {
    let shown = match path {
        "" => "This system names none.",
        path => path,
    };
    let cell = row(ui, inner, "Your own folder").with_min_x(inner.max.x - WIDE);
    if button::button(
        ui,
        cell,
        "Copy the folder's path",
        "Copy its path",
        Weight::Plain,
    )
    .clicked()
    {
        ui.ctx().copy_text(shown.to_owned());
    }
    let line = inner.cut_top(16.0, 6.0);
    let font = theme::font(theme::SMALL);
    text::line(
        ui.painter(),
        line,
        Align2::LEFT_CENTER,
        shown,
        font,
        theme::text_dim(),
    );
    let id = ui.scope_id().with("folder");
    ui.interact(line, id, Sense::hover()).on_hover_text(shown);
    let words = "In it: styles/, grooves/, instruments/, kits/, songs/, Exports/. Styles and instruments are \
                 read as MuseAroo loads.";
    text::small_print(ui, *inner, words);
}
