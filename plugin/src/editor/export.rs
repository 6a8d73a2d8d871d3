//! The drawer that writes files: MIDI of the song, a lane or a section; audio as a mix or as stems.

use egui::{Align2, Rect, Sense, Ui, vec2};
use files::wav::Depth;
use music::lane::Lane;

use super::access::Outbox;
use super::desk::{Desk, Drawer, View};
use super::space::Cut;
use super::theme;
use super::widgets::button::{self, Weight};
use super::widgets::picker::{self, Group};
use super::widgets::{field, text};
use crate::export::{Export, Scope};
use crate::snapshot::Command;

/// Size of the drawer.
pub const SIZE: egui::Vec2 = vec2(440.0, 234.0);
/// Longest path that can be typed. Reference: Linux's PATH_MAX.
const PATH_CHARS: usize = 4096;

/// What the drawer stands at.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Choice {
    /// Folder as typed.
    pub folder: String,
    /// Part of the score.
    pub scope: Scope,
    /// 0 MIDI, 1 a mix, 2 stems.
    pub kind: usize,
    /// Place in [`Depth::ALL`].
    pub depth: usize,
    /// This window has asked for files.
    pub asked: bool,
}

/// Draws the drawer's inside.
pub fn show(ui: &mut Ui, rect: Rect, view: &View, desk: &mut Desk, out: &mut Outbox) {
    let mut inner = rect.shrink(14.0);
    let mut head = inner.cut_top(26.0, 8.0);
    let close = head.cut_right(58.0, 0.0);
    line(ui, head, "Export", theme::TITLE, theme::text());
    if button::button(ui, close, "Close export", "Close", Weight::Plain).clicked() {
        desk.drawer = Drawer::Closed;
    }
    let choice = &mut desk.export;
    let cell = row(ui, &mut inner, "As");
    let names = ["MIDI", "Mix", "Stems"];
    let hints = [
        "A MIDI file as the lanes show it, with markers for sections and chords.",
        "A WAV file of the song as it is mixed and mastered.",
        "WAV files of the mix, every part and the returns.",
    ];
    if let Some(kind) = button::choices(ui, cell, "Export as", &names, &hints, choice.kind) {
        choice.kind = kind;
    }
    let cell = row(ui, &mut inner, "What");
    if choice.kind == 0 {
        scope(ui, cell, view, &mut choice.scope);
    } else {
        line(ui, cell, "The whole song", theme::BODY, theme::text_dim());
    }
    let cell = row(ui, &mut inner, "Samples");
    if choice.kind == 0 {
        line(ui, cell, "none in MIDI", theme::BODY, theme::text_faint());
    } else {
        let names = ["16 bit", "24 bit", "32 float"];
        let hints = ["Dithered.", "Dithered.", "As it is."];
        let now = choice.depth.min(2);
        if let Some(depth) = button::choices(ui, cell, "Samples", &names, &hints, now) {
            choice.depth = depth;
        }
    }
    let cell = row(ui, &mut inner, "Folder");
    let (name, hint) = ("Folder to export to", "Exports in your MuseAroo folder");
    let folder = &mut choice.folder;
    field::field(ui, cell, name, hint, theme::BODY, PATH_CHARS, folder);
    foot(
        ui,
        inner.cut_top(theme::CONTROL_HEIGHT, 0.0),
        view,
        choice,
        out,
    );
}

fn foot(ui: &mut Ui, rect: Rect, view: &View, choice: &mut Choice, out: &mut Outbox) {
    let mut rest = rect;
    let place = rest.cut_right(84.0, 10.0);
    if let Some(exporting) = view.exporting {
        let bar = rest.cut_bottom(6.0, 2.0);
        let percent = exporting.share.clamp(0.0, 1.0) * 100.0;
        let words = format!("{percent:.0} % of {}", exporting.what);
        line(ui, rest, &words, theme::SMALL, theme::text_dim());
        let mut full = bar;
        full.max.x = bar.min.x + bar.width() * percent / 100.0;
        ui.painter().rect_filled(bar, 3, theme::well());
        ui.painter().rect_filled(full, 3, theme::accent());
        if button::button(ui, place, "Cancel export", "Cancel", Weight::Plain).clicked() {
            out.command(Command::CancelExport);
        }
        return;
    }
    if button::button(ui, place, "Export now", "Export", Weight::Main).clicked() {
        let depth = Depth::ALL.get(choice.depth).copied();
        choice.asked = true;
        out.command(Command::Export(Export {
            folder: choice.folder.trim().to_owned(),
            scope: choice.scope,
            depth: depth.filter(|_| choice.kind > 0),
            stems: choice.kind == 2,
        }));
    }
    // How it ended is the newest message; the log has all of it.
    if let Some(said) = view.score.log.last().filter(|_| choice.asked) {
        line(ui, rest, said, theme::SMALL, theme::text_dim());
        ui.interact(rest, ui.scope_id().with("export ended"), Sense::hover())
            .on_hover_text(said);
    }
}

/// The song, a lane or a section.
fn scope(ui: &mut Ui, cell: Rect, view: &View, scope: &mut Scope) {
    let sections = &view.score.form.sections;
    let lanes = Lane::PLAYED.map(Scope::Lane);
    let mut all = vec![Scope::Song];
    all.extend(lanes);
    all.extend(sections.iter().map(|s| Scope::Section(s.key)));
    let words = |scope: &Scope| match scope {
        Scope::Song => "The whole song".to_owned(),
        Scope::Lane(lane) => lane.name().to_owned(),
        Scope::Section(key) => match sections.iter().find(|s| s.key == *key) {
            Some(s) => format!("{} at bar {}", s.kind.title(), s.first_bar + 1),
            None => "The whole song".to_owned(),
        },
    };
    let now = all.iter().position(|own| own == scope);
    let entries = |from: usize, to: usize| -> Vec<(usize, String)> {
        let part = all.iter().enumerate().take(to).skip(from);
        part.map(|(i, own)| (i, words(own))).collect()
    };
    let groups = || {
        let group = |title: &str, entries| Group {
            title: title.to_owned(),
            entries,
        };
        vec![
            group("", entries(0, 1)),
            group("One part", entries(1, 1 + lanes.len())),
            group("One section", entries(1 + lanes.len(), all.len())),
        ]
    };
    let shown = words(scope);
    if let Some(at) = picker::picker(ui, cell, "What to export", &shown, now, 1, groups) {
        *scope = all.get(at).copied().unwrap_or_default();
    }
}

/// The button at the foot of the window.
pub fn opener(ui: &mut Ui, rect: Rect, view: &View, desk: &mut Desk) {
    let open = desk.drawer == Drawer::Export;
    let weight = if open { Weight::Chosen } else { Weight::Plain };
    let words = match view.exporting {
        Some(exporting) => format!("{:.0} %", exporting.share * 100.0),
        None => "Export".to_owned(),
    };
    let hint = "MIDI of the song, a part or a section; audio as a mix or as stems.";
    let response = button::button(ui, rect, "Export", &words, weight);
    if response.on_hover_text(hint).clicked() {
        desk.drawer = if open { Drawer::Closed } else { Drawer::Export };
    }
}

fn row(ui: &Ui, inner: &mut Rect, label: &str) -> Rect {
    let mut row = inner.cut_top(theme::CONTROL_HEIGHT, 10.0);
    let place = row.cut_left(72.0, 0.0);
    line(ui, place, label, theme::BODY, theme::text_dim());
    row
}

fn line(ui: &Ui, rect: Rect, words: &str, size: f32, ink: egui::Color32) {
    let font = theme::font(size);
    text::line(ui.painter(), rect, Align2::LEFT_CENTER, words, font, ink);
}
