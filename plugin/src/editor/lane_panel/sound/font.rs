//! A user's SoundFont in an instrument's place: the file, what of it plays or what is wrong, the way back.

use egui::{Align2, Color32, Key, Rect, Sense, Ui};
use music::lane::Lane;

use crate::editor::access::Outbox;
use crate::editor::desk::{Desk, FontSlot, View};
use crate::editor::space::Cut;
use crate::editor::theme;
use crate::editor::widgets::button::{self, Weight};
use crate::editor::widgets::picker::{self, Group};
use crate::editor::widgets::{field, text};
use crate::snapshot::Command;

/// Width of the buttons.
const BUTTON: f32 = 66.0;

/// Draws both rows.
pub fn show(ui: &mut Ui, rect: Rect, lane: Lane, view: &View, desk: &mut Desk, out: &mut Outbox) {
    let slot = &view.fonts[lane.index()];
    let mut rows = rect.middle(2.0 * theme::CONTROL_HEIGHT + 6.0);
    let mut above = rows.cut_top(theme::CONTROL_HEIGHT, 6.0);
    let mut below = rows;
    file(ui, &mut above, lane, slot, desk, out);
    if !slot.path.is_empty() {
        let place = below.cut_right(BUTTON, 6.0);
        let name = "Back to the built-in instrument";
        let back = button::button(ui, place, name, "Built-in", Weight::Plain);
        if back.on_hover_text(name).clicked() {
            desk.font_paths[lane.index()] = None;
            send(lane, "", None, desk, out);
        }
    }
    match slot.programs.len() {
        0 | 1 => said(ui, below, lane, slot, view, desk),
        _ => program(ui, below, lane, slot, view, desk, out),
    }
}

fn file(
    ui: &mut Ui,
    row: &mut Rect,
    lane: Lane,
    slot: &FontSlot,
    desk: &mut Desk,
    out: &mut Outbox,
) {
    let place = row.cut_right(BUTTON, 6.0);
    let typed = &mut desk.font_paths[lane.index()];
    if typed.as_deref() == Some(slot.path.as_str()) {
        *typed = None;
    }
    let mut path = typed.clone().unwrap_or_else(|| slot.path.clone());
    let (name, hint) = ("SoundFont file", "SoundFont: path of a .sf2 file");
    // Each lane's field is one of its own, with a cursor of its own.
    let response = ui
        .push_id(lane.index(), |ui| {
            field::field(
                ui,
                *row,
                name,
                hint,
                theme::BODY,
                field::PATH_CHARS,
                &mut path,
            )
        })
        .inner;
    if response.changed() {
        *typed = Some(path.clone());
    }
    let entered = response.lost_focus() && ui.input(|i| i.key_pressed(Key::Enter));
    let is_new = path.trim() != slot.path && !path.trim().is_empty();
    let weight = if is_new { Weight::Main } else { Weight::Plain };
    let button = button::button(ui, place, "Use SoundFont", "Use", weight)
        .on_hover_text("Plays this lane by the file's first program that fits.");
    if (entered || button.clicked()) && is_new {
        send(lane, path.trim(), None, desk, out);
    }
}

/// What plays, or what is wrong.
fn said(ui: &Ui, rect: Rect, lane: Lane, slot: &FontSlot, view: &View, desk: &Desk) {
    let (words, ink) = state(lane, slot, view, desk);
    let font = theme::font(theme::SMALL);
    text::line(ui.painter(), rect, Align2::LEFT_CENTER, &words, font, ink);
    let response = ui.interact(rect, ui.scope_id().with("font said"), Sense::hover());
    response.widget_info(|| {
        egui::WidgetInfo::labeled(egui::accesskit::Role::Label, true, words.as_str())
    });
    response.on_hover_text(&words);
}

fn state(lane: Lane, slot: &FontSlot, view: &View, desk: &Desk) -> (String, Color32) {
    if !slot.problem.is_empty() {
        let words = format!("The built-in instrument plays: {}.", slot.problem);
        return (words, theme::error());
    }
    // A file that could not be read leaves what stood there; the newest message about this lane says why.
    let head = format!("{}: ", lane.name());
    let log = view.score.log.iter().rev();
    let newest = log
        .filter(|_| desk.fonts_asked[lane.index()])
        .find_map(|words| words.strip_prefix(&head));
    let refused = desk.font_paths[lane.index()]
        .as_deref()
        .filter(|path| !path.trim().is_empty() && path.trim() != slot.path);
    if let (Some(why), Some(path)) = (newest, refused)
        && why.contains(path.trim())
    {
        return (why.to_owned(), theme::error());
    }
    match slot.plays.as_str() {
        "" => (
            "The built-in instrument plays.".to_owned(),
            theme::text_faint(),
        ),
        plays => (format!("Plays: {plays}"), theme::text()),
    }
}

/// The file's programs, kits apart.
fn program(
    ui: &mut Ui,
    rect: Rect,
    lane: Lane,
    slot: &FontSlot,
    view: &View,
    desk: &mut Desk,
    out: &mut Outbox,
) {
    let (words, ink) = state(lane, slot, view, desk);
    let mut place = rect;
    if ink == theme::error() {
        said(
            ui,
            place.cut_right(rect.width() * 0.5, 6.0),
            lane,
            slot,
            view,
            desk,
        );
    }
    let now = slot
        .programs
        .iter()
        .position(|p| (p.bank, p.program) == slot.program);
    let shown = now.map_or(words, |i| slot.programs[i].name.clone());
    let groups = || {
        let part = |kits: bool| Group {
            title: if kits { "Kits" } else { "Programs" }.to_owned(),
            entries: slot
                .programs
                .iter()
                .enumerate()
                .filter(|(_, p)| (p.bank == 128) == kits)
                .map(|(i, p)| (i, format!("{}:{}  {}", p.bank, p.program, p.name)))
                .collect(),
        };
        let mut groups = vec![part(false), part(true)];
        groups.retain(|group| !group.entries.is_empty());
        groups
    };
    let picked = picker::picker(ui, place, "SoundFont program", &shown, now, 1, groups);
    if let Some(program) = picked.and_then(|i| slot.programs.get(i)) {
        let number = (program.bank, program.program);
        send(lane, &slot.path, Some(number), desk, out);
    }
}

fn send(lane: Lane, path: &str, program: Option<(u8, u8)>, desk: &mut Desk, out: &mut Outbox) {
    desk.fonts_asked[lane.index()] = true;
    out.command(Command::Font {
        lane,
        path: path.to_owned(),
        program,
    });
}
