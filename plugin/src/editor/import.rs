//! The drawer that brings a file in: MIDI as chords, as a tune or as a feel, audio as the sound to go towards.

use egui::{Key, Rect, Sense, Ui, vec2};
use music::lane::Lane;

use super::access::Outbox;
use super::desk::{Desk, Drawer, View};
use super::space::Cut;
use super::widgets::button::{self, Weight};
use super::widgets::picker::{self, Group};
use super::widgets::{field, text};
use super::{drawer, theme};
use crate::import::{Found, Holds, Import, Wanted};
use crate::snapshot::Command;

/// Size of the drawer.
pub const SIZE: egui::Vec2 = vec2(460.0, 264.0);
/// Kinds of import of a MIDI file.
const CHORDS: usize = 0;
const MELODY: usize = 1;
const GROOVE: usize = 2;

/// What the drawer stands at.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Choice {
    /// The file as typed or dropped.
    pub path: String,
    /// 0 chords, 1 melody, 2 groove.
    pub kind: usize,
    /// Place in [`Lane::PLAYED`] of the lane that takes a groove.
    pub lane: usize,
    /// From the first bar in view in place of the song's first.
    pub in_view: bool,
    /// This window has asked for an import.
    pub asked: bool,
}

/// Opens the drawer; with a file it is looked into at once.
pub fn open(desk: &mut Desk, path: Option<String>) -> Option<Command> {
    desk.drawer = Drawer::Import;
    let path = path?;
    desk.import.path.clone_from(&path);
    desk.import.asked = false;
    Some(Command::Inspect(path))
}

/// Draws the drawer's inside.
pub fn show(ui: &mut Ui, rect: Rect, view: &View, desk: &mut Desk, out: &mut Outbox) {
    let mut inner = rect.shrink(14.0);
    drawer::head(ui, &mut inner, "Bring in a file", "Close import", desk);
    let bar = desk.first_bar.round().max(0.0) as u16;
    let choice = &mut desk.import;
    path(ui, &mut inner, choice, out);
    let found = view.found.filter(|found| found.path == choice.path.trim());
    let (words, ink) = match found {
        None => (
            "Drop one anywhere on the window, or type its path.",
            theme::text_faint(),
        ),
        Some(found) if found.holds == Holds::Nothing => (found.words.as_str(), theme::warning()),
        Some(found) => (found.words.as_str(), theme::text()),
    };
    let at = inner.cut_top(18.0, 8.0);
    text::words(ui, at, words, theme::BODY, ink);
    ui.interact(at, ui.scope_id().with("found"), Sense::hover())
        .on_hover_text(words);
    match found.map(|found| found.holds) {
        Some(Holds::Midi) => {
            choices(ui, &mut inner, bar, choice);
            bring(ui, inner, view, choice, bar, out);
        }
        Some(Holds::Audio) => {
            let words = "The mix is measured against it and goes towards its loudness, spectrum and width; \
                         the drawer Mix and master says how far.";
            text::small_print(ui, inner.cut_top(62.0, 20.0), words);
            bring(ui, inner, view, choice, bar, out);
        }
        _ => {
            let words = "MIDI gives its chords, its tune or its feel; WAV, AIFF, FLAC, MP3 and OGG give a sound to \
                         go towards. What MIDI brings is one step that undo takes back; the project keeps all of it.";
            text::small_print(ui, inner.cut_top(62.0, 0.0), words);
        }
    }
}

/// The file, typed; looked into on Enter or by the button.
fn path(ui: &mut Ui, inner: &mut Rect, choice: &mut Choice, out: &mut Outbox) {
    let mut cell = row(ui, inner, "File");
    let place = cell.cut_right(64.0, 8.0);
    let (name, hint) = ("File to bring in", "/home/me/take.mid");
    let text = &mut choice.path;
    let typed = field::field(ui, cell, name, hint, theme::BODY, field::PATH_CHARS, text);
    let entered = typed.lost_focus() && ui.input(|i| i.key_pressed(Key::Enter));
    let clicked = button::button(ui, place, "Open file", "Open", Weight::Plain).clicked();
    if (entered || clicked) && !choice.path.trim().is_empty() {
        choice.asked = false;
        out.command(Command::Inspect(choice.path.trim().to_owned()));
    }
}

/// What is taken from a MIDI file, and where it goes.
fn choices(ui: &mut Ui, inner: &mut Rect, bar: u16, choice: &mut Choice) {
    let cell = row(ui, inner, "Take");
    let names = ["Chords", "Melody", "Groove"];
    let hints = [
        "Typed into the chord lane: from markers that name them, or as they are heard.",
        "Its tune takes the place of the melody's notes, bar by bar.",
        "Where its strokes fall and how hard they are, laid on the notes of a part.",
    ];
    if let Some(kind) = button::choices(ui, cell, "Take", &names, &hints, choice.kind) {
        choice.kind = kind;
    }
    if choice.kind == GROOVE {
        let cell = row(ui, inner, "Onto");
        let lane = Lane::PLAYED[choice.lane.min(Lane::PLAYED.len() - 1)];
        let groups = || {
            let lanes = Lane::PLAYED.iter().enumerate();
            vec![Group {
                title: String::new(),
                entries: lanes.map(|(i, lane)| (i, lane.name().to_owned())).collect(),
            }]
        };
        let (name, now) = ("Onto which part", Some(choice.lane));
        if let Some(at) = picker::picker(ui, cell, name, lane.name(), now, 1, groups) {
            choice.lane = at;
        }
        return;
    }
    let cell = row(ui, inner, "From");
    let view = format!("Bar {}, in view", bar + 1);
    let hints = ["The song's start.", "The first bar that the lanes show."];
    let now = usize::from(choice.in_view && bar > 0);
    if bar == 0 {
        return text::words(ui, cell, "Bar 1", theme::BODY, theme::text_dim());
    }
    if let Some(i) = button::choices(ui, cell, "From", &["Bar 1", &view], &hints, now) {
        choice.in_view = i == 1;
    }
}

/// The button that does it, and how it went.
fn bring(ui: &mut Ui, inner: Rect, view: &View, choice: &mut Choice, bar: u16, out: &mut Outbox) {
    let mut rest = inner;
    let mut foot = rest.cut_top(theme::CONTROL_HEIGHT, 0.0);
    let place = foot.cut_right(84.0, 10.0);
    if button::button(ui, place, "Bring in", "Bring in", Weight::Main).clicked() {
        choice.asked = true;
        out.command(Command::Import(order(choice, view.found, bar)));
    }
    if let Some(said) = view.score.log.last().filter(|_| choice.asked) {
        text::words(ui, foot, said, theme::SMALL, theme::text_dim());
        ui.interact(foot, ui.scope_id().with("import ended"), Sense::hover())
            .on_hover_text(said);
    }
}

fn order(choice: &Choice, found: Option<&Found>, bar: u16) -> Import {
    let is_audio = found.is_some_and(|found| found.holds == Holds::Audio);
    let lane = Lane::PLAYED[choice.lane.min(Lane::PLAYED.len() - 1)];
    Import {
        path: choice.path.trim().to_owned(),
        wanted: match choice.kind {
            _ if is_audio => Wanted::Sound,
            CHORDS => Wanted::Chords,
            MELODY => Wanted::Melody,
            _ => Wanted::Groove(lane),
        },
        bar: if choice.in_view { bar } else { 0 },
    }
}

/// The button at the foot of the window.
pub fn opener(ui: &mut Ui, rect: Rect, desk: &mut Desk) {
    let is_open = desk.drawer == Drawer::Import;
    let weight = if is_open {
        Weight::Chosen
    } else {
        Weight::Plain
    };
    let hint = "Chords, melody or groove of a MIDI file; the sound of an audio file. Files can be dropped on the window.";
    let response = button::button(ui, rect, "Import", "Import", weight);
    if response.on_hover_text(hint).clicked() {
        desk.drawer = if is_open {
            Drawer::Closed
        } else {
            Drawer::Import
        };
    }
}

fn row(ui: &Ui, inner: &mut Rect, label: &str) -> Rect {
    let mut row = inner.cut_top(theme::CONTROL_HEIGHT, 10.0);
    let place = row.cut_left(60.0, 0.0);
    text::words(ui, place, label, theme::BODY, theme::text_dim());
    row
}
