//! The browser: styles by genre, songs by tag, instruments and kits, each found by searching, by a heading at the
//! left, or among the favourites.
//!
//! The mouse over an entry lets it be heard in the song's place: a wish to the worker, no change of the song.

mod listen;
mod lists;
mod own;
mod row;
mod save;

use egui::{Align2, Rect, ScrollArea, Sense, Stroke, Ui, pos2, vec2};
use music::lane::Lane;

use self::lists::Entry;
use super::access::Outbox;
use super::desk::{Desk, Drawer, View};
use super::space::Cut;
use super::widgets::button;
use super::widgets::{field, text};
use super::{drawer, theme};
use crate::preview::Heard;
use crate::snapshot::Command;

/// Size of the drawer.
pub const SIZE: egui::Vec2 = vec2(720.0, 520.0);
/// Height of a line of a list.
const ROW: f32 = 30.0;

/// What is looked through.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Kind {
    /// Styles.
    #[default]
    Styles,
    /// Songs.
    Songs,
    /// Instruments of the lane in hand.
    Instruments,
    /// Drum kits.
    Kits,
}

const KINDS: [(Kind, &str); 4] = [
    (Kind::Styles, "Styles"),
    (Kind::Songs, "Songs"),
    (Kind::Instruments, "Instruments"),
    (Kind::Kits, "Kits"),
];

/// What the browser stands at.
#[derive(Debug, Default)]
pub struct Browse {
    /// What is looked through.
    pub kind: Kind,
    /// What is searched for.
    pub search: String,
    /// Heading that is chosen; empty for all.
    pub heading: String,
    /// Favourites only.
    pub favourites: bool,
    /// 0 styles of any feel, 1 straight ones, 2 swung ones.
    pub feel: usize,
    /// What is under the mouse, and since when; `None` where it was heard enough.
    lingers: Option<(Heard, Option<f64>)>,
    /// What was asked to be heard, and its name.
    heard: Option<(Heard, String)>,
    /// The song played when this was drawn last.
    rolled: bool,
    /// What is to become of a song of the user's own, before it does.
    pub asks: Option<own::Ask>,
    /// Name and tags to save the song under, as typed.
    name: Option<String>,
    tags: String,
}

impl Browse {
    /// Shows one kind from its beginning.
    pub fn turn_to(&mut self, kind: Kind) {
        if self.kind != kind {
            self.kind = kind;
            self.heading.clear();
        }
    }
}

/// Opens the browser at a kind, or closes it there.
pub fn toggle(desk: &mut Desk, kind: Kind) {
    if desk.drawer == Drawer::Browser && desk.browse.kind == kind {
        desk.drawer = Drawer::Closed;
    } else {
        desk.browse.turn_to(kind);
        desk.drawer = Drawer::Browser;
    }
}

/// Draws the drawer's inside.
pub fn show(ui: &mut Ui, rect: Rect, view: &View, desk: &mut Desk, out: &mut Outbox) {
    let mut inner = rect.shrink(14.0);
    head(ui, &mut inner, desk, out);
    let foot = inner.cut_bottom(26.0, 10.0);
    match desk.browse.kind {
        Kind::Songs if desk.browse.asks.is_some() => own::ask(ui, foot, desk, out),
        Kind::Songs => save::show(ui, foot, view, desk, out),
        Kind::Styles => {
            let mut foot = foot;
            feels(ui, foot.cut_right(176.0, 8.0), desk);
            row::said(ui, foot, &listen::words(view, desk));
        }
        Kind::Kits => row::said(ui, foot, &listen::words(view, desk)),
        Kind::Instruments => {
            let rest = lane_choice(ui, foot, desk);
            row::said(ui, rest, &listen::words(view, desk));
        }
    }
    let entries = lists::entries(view, desk);
    headings(ui, inner.cut_left(148.0, 12.0), &entries, desk);
    ui.painter().vline(
        inner.min.x - 6.0,
        inner.y_range(),
        Stroke::new(1.0, theme::line()),
    );
    let shown: Vec<&Entry> = entries
        .iter()
        .filter(|entry| entry.fits(&desk.browse))
        .collect();
    let under = list(ui, inner, &shown, desk, out);
    listen::listen(ui, under, view, desk, out);
}

/// A browser that closed, or turned to something else, is silent.
pub fn leave(desk: &mut Desk, out: &mut Outbox) {
    desk.browse.lingers = None;
    desk.browse.asks = None;
    hush(desk, out);
}

fn hush(desk: &mut Desk, out: &mut Outbox) {
    if desk.browse.heard.take().is_some() {
        out.command(Command::Preview(None));
    }
}

fn head(ui: &mut Ui, inner: &mut Rect, desk: &mut Desk, out: &mut Outbox) {
    let names = ("", "Close browser");
    drawer::head_with(ui, inner, names, desk, |ui, mut row, desk| {
        let names = KINDS.map(|(_, name)| name);
        let at = KINDS.iter().position(|(kind, _)| *kind == desk.browse.kind);
        let kinds = row.cut_left(348.0, 10.0);
        if let Some(i) = button::choices(ui, kinds, "Browse", &names, &[], at.unwrap_or(0)) {
            desk.browse.turn_to(KINDS[i].0);
            leave(desk, out);
        }
        let star = row.cut_right(26.0, 8.0);
        let (size, search) = (theme::BODY, &mut desk.browse.search);
        field::field(ui, row, "Search", "Search", size, 60, search);
        if row::star(ui, star, "Favourites only", desk.browse.favourites).clicked() {
            desk.browse.favourites ^= true;
        }
    });
}

/// Headings with how many entries each has.
fn headings(ui: &mut Ui, rect: Rect, entries: &[Entry], desk: &mut Desk) {
    let mut names: Vec<(&str, usize)> = Vec::new();
    for heading in entries.iter().flat_map(|entry| &entry.headings) {
        match names.iter_mut().find(|(name, _)| name == heading) {
            Some((_, count)) => *count += 1,
            None => names.push((heading, 1)),
        }
    }
    names.sort();
    let mut chosen = None;
    ui.scope_builder(egui::UiBuilder::new().max_rect(rect), |ui| {
        ui.spacing_mut().item_spacing.y = 0.0;
        ScrollArea::vertical()
            .id_salt("headings")
            .auto_shrink(false)
            .show(ui, |ui| {
                let all = std::iter::once(("All", entries.len())).chain(names.iter().copied());
                for (i, (name, count)) in all.enumerate() {
                    let value = if i == 0 { "" } else { name };
                    let on = desk.browse.heading == value;
                    if row::heading(ui, name, count, on).clicked() {
                        chosen = Some(value.to_owned());
                    }
                }
            });
    });
    if let Some(heading) = chosen {
        desk.browse.heading = heading;
    }
}

/// The list; gives what is under the mouse or the focus and can be heard, with its name.
fn list(
    ui: &mut Ui,
    rect: Rect,
    shown: &[&Entry],
    desk: &mut Desk,
    out: &mut Outbox,
) -> Option<(Heard, String)> {
    if shown.is_empty() {
        let words = match (desk.browse.search.is_empty(), desk.browse.favourites) {
            (_, true) => "No favourites here. A click on a star makes one.",
            (false, _) => "Nothing is called that.",
            _ => "Nothing here.",
        };
        let font = theme::font(theme::BODY);
        text::line(
            ui.painter(),
            rect,
            Align2::CENTER_CENTER,
            words,
            font,
            theme::text_faint(),
        );
        return None;
    }
    let mut under = None;
    let heard = desk.browse.heard.clone().map(|(heard, _)| heard);
    ui.scope_builder(egui::UiBuilder::new().max_rect(rect), |ui| {
        ui.spacing_mut().item_spacing.y = 0.0;
        let salt = format!("list {:?}", desk.browse.kind);
        let area = ScrollArea::vertical().id_salt(salt).auto_shrink(false);
        area.show_rows(ui, ROW, shown.len(), |ui, rows| {
            for entry in &shown[rows] {
                let (place, _) =
                    ui.allocate_exact_size(vec2(ui.available_width() - 6.0, ROW), Sense::hover());
                let done = row::entry(ui, place, entry, heard.as_ref());
                if done.chosen {
                    lists::choose(entry, desk, out);
                }
                if done.starred {
                    lists::star(entry, desk);
                }
                if done.asks.is_some() {
                    desk.browse.asks = done.asks;
                }
                if done.under {
                    under = entry.hears.clone().map(|heard| (heard, entry.name.clone()));
                }
            }
        });
    });
    under
}

/// Straight styles, swung ones, or both.
fn feels(ui: &mut Ui, rect: Rect, desk: &mut Desk) {
    let hints = [
        "Styles of every feel. Each plays in the song's meter, whichever that is.",
        "Even sixteenths and eighths.",
        "Long and short in turn, up to triplets: shuffles, jazz, lo-fi.",
    ];
    let names = ["Any feel", "Straight", "Swung"];
    if let Some(i) = button::choices(ui, rect, "Feel", &names, &hints, desk.browse.feel) {
        desk.browse.feel = i;
    }
}

/// Which lane's instruments are listed; gives what is left of the line.
fn lane_choice(ui: &mut Ui, rect: Rect, desk: &mut Desk) -> Rect {
    let mut row = rect;
    let label = row.cut_left(96.0, 6.0);
    row::said(ui, label, "Instruments for");
    let lanes = [Lane::Bass, Lane::Harmony, Lane::Texture, Lane::Melody];
    let now = lanes
        .iter()
        .position(|lane| *lane == desk.lane())
        .unwrap_or(1);
    let choices = row.cut_left(320.0, 12.0);
    let names = lanes.map(Lane::name);
    if let Some(i) = button::choices(ui, choices, "Instruments for", &names, &[], now) {
        desk.state.lane = lanes[i] as u8;
    }
    row
}

/// Where the drawer lies in a window.
pub fn place(whole: Rect) -> egui::Pos2 {
    pos2(whole.min.x + 12.0, whole.min.y + 122.0)
}
