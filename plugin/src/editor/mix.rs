//! The drawer of the automatic mix and the master: what was decided and why, how much of it counts, the loudness
//! to arrive at, and a piece to sound like.

mod decided;

pub use decided::show as decisions;

use egui::{Key, Rect, Sense, Stroke, Ui, vec2};

use super::access::Outbox;
use super::desk::{Desk, Drawer, View};
use super::space::Cut;
use super::widgets::button::{self, Weight};
use super::widgets::{field, number, picker, text};
use super::{drawer, theme};
use crate::setup::Chosen;
use crate::snapshot::Command;

/// Size of the drawer.
pub const SIZE: egui::Vec2 = vec2(430.0, 512.0);
/// Width of a setting's field.
const CELL: f32 = 176.0;
/// Step of the parameter `loudness` that leaves it to `loudness_custom`.
const CUSTOM: usize = crate::params::LOUDNESS_NAMES.len() - 1;

/// Draws the drawer's inside.
pub fn show(ui: &mut Ui, rect: Rect, view: &View, desk: &mut Desk, out: &mut Outbox) {
    let mut inner = rect.shrink(14.0);
    drawer::head(ui, &mut inner, "Mix and master", "Close mix", desk);
    decided::show(ui, inner.cut_top(206.0, 8.0), view, desk, out);

    let cell = row(ui, &mut inner, "How much of it counts");
    let hint = "How much of what was decided is heard. 0 % is the style's own mix.";
    number::number(ui, cell, "auto_mix", "Auto mix", hint, view.params, out);
    let cell = row(ui, &mut inner, "When the song changes");
    let hints = [
        "The mix stays and is marked stale.",
        "The mix is decided anew once the song has changed and stands still.",
    ];
    let setup = &view.mix.setup;
    let names = ["Keep it", "Mix again"];
    let now = usize::from(setup.renew_mix);
    if let Some(i) = button::choices(ui, cell, "When the song changes", &names, &hints, now) {
        out.command(Command::Setup(Chosen {
            renew_mix: i == 1,
            ..setup.clone()
        }));
    }
    rule(ui, &mut inner);
    master(ui, &mut inner, view, out);
    rule(ui, &mut inner);
    reference(ui, &mut inner, view, desk, out);
}

fn master(ui: &mut Ui, inner: &mut Rect, view: &View, out: &mut Outbox) {
    let params = view.params;
    let cell = row(ui, inner, "Master");
    let hints = [
        "Main is the plain sum of lanes and returns.",
        "Equaliser, glue, saturation and limiter on main.",
    ];
    let now = params.step("master");
    if let Some(step) = button::choices(ui, cell, "Master", &["Off", "On"], &hints, now) {
        out.change("master", params.value_of_step("master", step));
    }
    let cell = row(ui, inner, "Loudness");
    let mut choice = cell;
    let custom = params.step("loudness") == CUSTOM;
    if custom {
        let number_at = choice.cut_right(82.0, 4.0);
        let hint = "Integrated loudness to arrive at.";
        let name = "Custom loudness";
        number::number(ui, number_at, "loudness_custom", name, hint, params, out);
    }
    picker::steps(ui, choice, "loudness", "Loudness", 1, params, out);
    let cell = row(ui, inner, "Highest true peak");
    let hint = "No true peak goes above it.";
    number::number(ui, cell, "ceiling", "Ceiling", hint, params, out);
}

/// The piece to sound like, and how far the master goes there.
fn reference(ui: &mut Ui, inner: &mut Rect, view: &View, desk: &mut Desk, out: &mut Outbox) {
    let mut place = inner.cut_top(theme::CONTROL_HEIGHT, 6.0);
    let label = place.cut_left(74.0, 0.0);
    text::words(ui, label, "Sound like", theme::BODY, theme::text_dim());
    let setup = &view.mix.setup;
    if desk.reference.as_deref() == Some(setup.reference.as_str()) {
        desk.reference = None;
    }
    let mut path = desk
        .reference
        .clone()
        .unwrap_or_else(|| setup.reference.clone());
    let (name, hint) = (
        "Reference file",
        "path of a WAV, FLAC, MP3, AIFF or OGG file",
    );
    let response = field::field(
        ui,
        place,
        name,
        hint,
        theme::BODY,
        field::PATH_CHARS,
        &mut path,
    );
    if response.changed() {
        desk.reference = Some(path);
    }
    if response.lost_focus() && !ui.input(|i| i.key_pressed(Key::Escape)) {
        keep_reference(view, desk, out);
    }
    response.on_hover_text("A finished piece. The next mix measures it and goes towards it.");
    let cell = row(ui, inner, "How far towards it");
    let hint = "How far loudness, spectrum, dynamics and width go towards the reference.";
    number::number(ui, cell, "match", "Reference match", hint, view.params, out);
}

/// Sends the reference on if another one was typed; gives the one that counts.
fn keep_reference(view: &View, desk: &Desk, out: &mut Outbox) -> String {
    let setup = &view.mix.setup;
    let typed = desk.reference.as_deref().map(str::trim);
    let reference = typed.unwrap_or(&setup.reference).to_owned();
    if reference != setup.reference {
        out.command(Command::Setup(Chosen {
            reference: reference.clone(),
            ..setup.clone()
        }));
    }
    reference
}

/// The button on the master's strip: opens the drawer, and says what a look into it would.
pub fn opener(ui: &mut Ui, rect: Rect, view: &View, desk: &mut Desk) {
    let open = desk.drawer == Drawer::Mix;
    let weight = if open { Weight::Chosen } else { Weight::Plain };
    let stale = view.score.decided_is_stale && !view.score.decided.is_empty();
    let response = button::button(ui, rect, "Mix and master", "Mix", weight);
    let painter = ui.painter();
    if let Some(mixing) = &view.mix.mixing {
        let mut bar = rect.shrink2(vec2(4.0, 0.0));
        bar.min.y = bar.max.y - 3.0;
        bar.max.x = bar.min.x + bar.width() * mixing.share.clamp(0.0, 1.0);
        painter.rect_filled(bar, 1, theme::accent());
    } else if stale || !view.mix.problem.is_empty() {
        painter.circle_filled(rect.right_top() + vec2(-4.0, 4.0), 3.0, theme::warning());
    }
    let words = match (&view.mix.mixing, stale) {
        (Some(mixing), _) => format!("Mixing: {}.", mixing.what),
        (None, true) => "The song has changed since it was mixed.".to_owned(),
        (None, false) => "The automatic mix, loudness, ceiling and a reference.".to_owned(),
    };
    if response.on_hover_text(words).clicked() {
        desk.drawer = if open { Drawer::Closed } else { Drawer::Mix };
    }
}

fn row(ui: &Ui, inner: &mut Rect, label: &str) -> Rect {
    let mut row = inner.cut_top(theme::CONTROL_HEIGHT, 6.0);
    let cell = row.cut_right(CELL, 8.0);
    text::words(ui, row, label, theme::BODY, theme::text_dim());
    cell
}

fn rule(ui: &Ui, inner: &mut Rect) {
    let at = inner.cut_top(9.0, 0.0);
    let y = at.min.y + 1.5;
    ui.painter()
        .hline(at.x_range(), y, Stroke::new(1.0, theme::line()));
}

/// The same, with its words told to a screen reader and shown whole under the mouse.
fn said(ui: &Ui, rect: Rect, words: &str, ink: egui::Color32) {
    text::words(ui, rect, words, theme::BODY, ink);
    let response = ui.interact(rect, ui.scope_id().with("mix said"), Sense::hover());
    response.widget_info(|| egui::WidgetInfo::labeled(egui::accesskit::Role::Label, true, words));
    response.on_hover_text(words);
}
