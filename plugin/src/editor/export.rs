//! The drawer that writes files: MIDI of the song, a lane, a section or what is selected; audio of the song, a section or
//! selected bars, as a mix or as stems; text onto the clipboard.

use std::sync::Arc;

use authoring::editing::notes::Written;
use egui::{Rect, Sense, Ui, vec2};
use files::wav::Depth;
use music::lane::Lane;

use super::access::Outbox;
use super::desk::{Desk, Drawer, View};
use super::lanes::selection;
use super::space::Cut;
use super::widgets::button::{self, Weight};
use super::widgets::picker::{self, Group};
use super::widgets::{field, text};
use super::{drawer, manual, theme};
use crate::export::{self, Export, Form, Scope, Sound};
use crate::snapshot::Command;

/// Size of the drawer.
pub const SIZE: egui::Vec2 = vec2(460.0, 246.0);
/// Kinds of export: MIDI, a mix, stems, text.
const MIDI: usize = 0;
const STEMS: usize = 2;
const TEXT: usize = 3;

/// What the drawer stands at.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Choice {
    /// Folder as typed.
    pub folder: String,
    /// Part of the score.
    pub scope: Scope,
    /// 0 MIDI, 1 a mix, 2 stems, 3 text.
    pub kind: usize,
    /// Place in [`Depth::ALL`].
    pub depth: usize,
    /// FLAC in place of WAV.
    pub packed: bool,
    /// This window has asked for files.
    pub asked: bool,
    /// The text is on the clipboard.
    pub copied: bool,
}

impl Choice {
    fn order(&self) -> Export {
        let depth = Depth::ALL.get(self.depth).copied().unwrap_or_default();
        let sound = Sound {
            depth,
            packed: self.packed,
        };
        let sounds = !matches!(self.kind, MIDI | TEXT);
        Export {
            folder: self.folder.trim().to_owned(),
            scope: match &self.scope {
                scope if !sounds || scope.can_sound() => scope.clone(),
                _ => Scope::Song,
            },
            form: match self.kind {
                MIDI => Form::Midi,
                STEMS => Form::Stems(sound),
                _ => Form::Mix(sound),
            },
        }
    }
}

/// Opens the drawer for MIDI of a part.
pub fn open(desk: &mut Desk, scope: Scope) {
    desk.export.scope = scope;
    desk.export.kind = MIDI;
    desk.export.copied = false;
    desk.drawer = Drawer::Export;
}

/// Draws the drawer's inside.
pub fn show(ui: &mut Ui, rect: Rect, view: &View, desk: &mut Desk, out: &mut Outbox) {
    let mut inner = rect.shrink(14.0);
    let names = ("Export", "Close export");
    drawer::head_with(ui, &mut inner, names, desk, |ui, mut head, desk| {
        let help = head.cut_right(70.0, 0.0);
        let help = button::button(ui, help, "Open the manual", "Manual", Weight::Plain);
        let hint = "How to record the MIDI and route the stems in your DAW.";
        if help.on_hover_text(hint).clicked() {
            manual::open(desk);
        }
    });
    let bars = selection::selected(view, desk);
    let selected = &desk.editing.selected;
    let choice = &mut desk.export;
    let before = (choice.kind, choice.scope.clone());
    let cell = row(ui, &mut inner, "As");
    let names = ["MIDI", "Mix", "Stems", "Text"];
    let hints = [
        "A MIDI file as the lanes show it, with markers for sections and chords.",
        "A file of the song, or bars of it, as it is mixed and mastered.",
        "Files of the mix, every part and the returns.",
        "Onto the clipboard: the chords of the song or a section, or a part note by note.",
    ];
    if let Some(kind) = button::choices(ui, cell, "Export as", &names, &hints, choice.kind) {
        choice.kind = kind;
    }
    let cell = row(ui, &mut inner, "What");
    let sounds = !matches!(choice.kind, MIDI | TEXT);
    let parts = parts(view, bars, selected, &choice.scope, sounds);
    scope(ui, cell, view, &parts, &mut choice.scope);
    let cell = row(ui, &mut inner, "Samples");
    samples(ui, cell, choice);
    let cell = row(ui, &mut inner, "Folder");
    if choice.kind == TEXT {
        text::words(ui, cell, "the clipboard", theme::BODY, theme::text_faint());
    } else {
        let (name, hint) = ("Folder to export to", "Exports in your MuseAroo folder");
        let folder = &mut choice.folder;
        field::field(ui, cell, name, hint, theme::BODY, field::PATH_CHARS, folder);
    }
    if before != (choice.kind, choice.scope.clone()) {
        choice.copied = false;
    }
    foot(
        ui,
        inner.cut_top(theme::CONTROL_HEIGHT, 0.0),
        view,
        choice,
        out,
    );
}

/// Format and depth of audio.
fn samples(ui: &mut Ui, cell: Rect, choice: &mut Choice) {
    if matches!(choice.kind, MIDI | TEXT) {
        let words = if choice.kind == MIDI {
            "none in MIDI"
        } else {
            "none in text"
        };
        return text::words(ui, cell, words, theme::BODY, theme::text_faint());
    }
    let mut cell = cell;
    let format = cell.cut_left(126.0, 8.0);
    let hints = [
        "Read everywhere.",
        "About half as large, nothing lost; 24 bits at most.",
    ];
    let now = usize::from(choice.packed);
    if let Some(i) = button::choices(ui, format, "Format", &["WAV", "FLAC"], &hints, now) {
        choice.packed = i == 1;
    }
    let names = ["16 bit", "24 bit", "32 float"];
    let hints = ["Dithered.", "Dithered.", "As it is."];
    let count = if choice.packed { 2 } else { 3 };
    let now = choice.depth.min(count - 1);
    choice.depth = now;
    let (names, hints) = (&names[..count], &hints[..count]);
    if let Some(depth) = button::choices(ui, cell, "Samples", names, hints, now) {
        choice.depth = depth;
    }
}

fn foot(ui: &mut Ui, rect: Rect, view: &View, choice: &mut Choice, out: &mut Outbox) {
    let mut rest = rect;
    let place = rest.cut_right(84.0, 8.0);
    if let Some(exporting) = view.exporting {
        let bar = rest.cut_bottom(6.0, 2.0);
        let percent = exporting.share.clamp(0.0, 1.0) * 100.0;
        let words = format!("{percent:.0} %: {}", exporting.what);
        text::words(ui, rest, &words, theme::SMALL, theme::text_dim());
        let mut full = bar;
        full.max.x = bar.min.x + bar.width() * percent / 100.0;
        theme::trough(ui.painter(), bar);
        ui.painter().rect_filled(full, 3, theme::accent());
        if button::button(ui, place, "Cancel export", "Cancel", Weight::Plain).clicked() {
            out.command(Command::CancelExport);
        }
        return;
    }
    if choice.kind == TEXT {
        if button::button(ui, place, "Copy as text", "Copy", Weight::Main).clicked() {
            let words = export::text::of(view.score, &view.song.title, &choice.scope);
            ui.ctx().copy_text(words);
            choice.copied = true;
        }
        if choice.copied {
            let words = "It is on the clipboard.";
            text::words(ui, rest, words, theme::SMALL, theme::text_dim());
        }
        return;
    }
    let folder = rest.cut_right(96.0, 10.0);
    let reveal = button::button(ui, folder, "Show the folder", "Show folder", Weight::Plain);
    if reveal
        .on_hover_text("Opens the folder in the system's file manager.")
        .clicked()
    {
        out.command(Command::Reveal(choice.folder.trim().to_owned()));
    }
    if button::button(ui, place, "Export now", "Export", Weight::Main).clicked() {
        choice.asked = true;
        out.command(Command::Export(choice.order()));
    }
    // How it ended is the newest message; the log has all of it.
    if let Some(said) = view.score.log.last().filter(|_| choice.asked) {
        text::words(ui, rest, said, theme::SMALL, theme::text_dim());
        ui.interact(rest, ui.scope_id().with("export ended"), Sense::hover())
            .on_hover_text(said);
    }
}

/// The song and what is selected, lanes, and sections: audio is of every lane.
fn parts(
    view: &View,
    bars: Option<std::ops::Range<u16>>,
    selected: &[Written],
    scope: &Scope,
    sounds: bool,
) -> [Vec<Scope>; 3] {
    let mut first = vec![Scope::Song];
    if let Some(bars) = bars {
        first.push(Scope::Bars(bars));
    } else if let Scope::Bars(_) = scope {
        first.push(scope.clone());
    }
    if !selected.is_empty() {
        first.push(Scope::Notes(Arc::from(selected)));
    } else if let Scope::Notes(_) = scope {
        first.push(scope.clone());
    }
    let sections = view.score.form.sections.iter();
    let mut all = [
        first,
        Lane::PLAYED.map(Scope::Lane).to_vec(),
        sections.map(|s| Scope::Section(s.key)).collect(),
    ];
    if sounds {
        all.iter_mut()
            .for_each(|parts| parts.retain(Scope::can_sound));
    }
    all
}

/// The choice among them.
fn scope(ui: &mut Ui, cell: Rect, view: &View, parts: &[Vec<Scope>; 3], scope: &mut Scope) {
    let sections = &view.score.form.sections;
    let all: Vec<&Scope> = parts.iter().flatten().collect();
    let [first, lanes, _] = parts.each_ref().map(Vec::len);
    let lanes = first + lanes;
    let words = |scope: &Scope| match scope {
        Scope::Song => "The whole song".to_owned(),
        Scope::Lane(lane) => lane.name().to_owned(),
        Scope::Section(key) => match sections.iter().find(|s| s.key == *key) {
            Some(s) => format!("{} at bar {}", s.kind.title(), s.first_bar + 1),
            None => "The whole song".to_owned(),
        },
        Scope::Bars(bars) => format!("Selected: {}", export::bars_in_words(bars, '\u{2013}')),
        Scope::Notes(notes) => {
            let lane = notes.first().map_or("", |note| note.spot.lane.name());
            format!("Selected: {} {lane} notes", notes.len())
        }
    };
    // Audio of what has none is of the song.
    let now = all.iter().position(|own| **own == *scope).unwrap_or(0);
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
            group("", entries(0, first)),
            group("One part", entries(first, lanes)),
            group("One section", entries(lanes, all.len())),
        ]
        .into_iter()
        .filter(|group| !group.entries.is_empty())
        .collect()
    };
    let shown = all.get(now).map_or_else(String::new, |own| words(own));
    let picked = picker::picker(ui, cell, "What to export", &shown, Some(now), 1, groups);
    if let Some(at) = picked {
        *scope = all.get(at).map(|own| (*own).clone()).unwrap_or_default();
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
    let hint =
        "MIDI or audio of the song, a section or bars, MIDI of a part or of notes, and text.";
    let response = button::button(ui, rect, "Export", &words, weight);
    if response.on_hover_text(hint).clicked() {
        desk.drawer = if open { Drawer::Closed } else { Drawer::Export };
    }
}

fn row(ui: &Ui, inner: &mut Rect, label: &str) -> Rect {
    let mut row = inner.cut_top(theme::CONTROL_HEIGHT, 10.0);
    let place = row.cut_left(72.0, 0.0);
    text::words(ui, place, label, theme::BODY, theme::text_dim());
    row
}
