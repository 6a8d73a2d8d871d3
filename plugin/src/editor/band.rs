//! What the whole band shares: style, key, scale, seed, energy and feel, and the chord held on the keys.

use egui::{Align2, Rect, Ui, vec2};

use super::access::Outbox;
use super::browser::{self, Kind};
use super::desk::{Desk, Drawer, View};
use super::space::Cut;
use super::theme;
use super::widgets::button::{self, Weight};
use super::widgets::knob::Knob;
use super::widgets::picker::Group;
use super::widgets::{number, picker, text};

/// Draws the row.
pub fn show(ui: &mut Ui, rect: Rect, view: &View, desk: &mut Desk, out: &mut Outbox) {
    theme::panel_at(ui.painter(), rect);
    let mut row = rect.shrink2(vec2(theme::PAD, 5.0));
    let wide = row.width() > 1000.0;
    let knobs = row.cut_right(if wide { 3.0 * 108.0 } else { 3.0 * 96.0 }, 6.0);
    let held = row.cut_right(if wide { 100.0 } else { 70.0 }, 8.0);
    let spare = (row.width() - 490.0).clamp(0.0, 160.0);

    let mut cell = labelled(ui, &mut row, 136.0 + spare, "Style");
    let browse = cell.cut_right(26.0, 3.0);
    style(ui, cell, "style", "Style", view, out);
    let open = desk.drawer == Drawer::Browser && desk.browse.kind == Kind::Styles;
    let weight = if open { Weight::Chosen } else { Weight::Plain };
    let words = "\u{2026}";
    let response = button::button(ui, browse, "Browse styles", words, weight);
    let hint =
        "Styles with their tempo, found by genre or by searching, and heard under the mouse.";
    if response.on_hover_text(hint).clicked() {
        browser::toggle(desk, Kind::Styles);
    }
    cell = labelled(ui, &mut row, 56.0, "Key");
    key(ui, cell, view, out);
    cell = labelled(ui, &mut row, 104.0, "Scale");
    picker::steps(ui, cell, "scale", "Scale", 2, view.params, out);
    cell = labelled(ui, &mut row, 50.0, "Seed");
    let hint = "All chance comes from it: the same seed plays the same song.";
    number::number(ui, cell, "seed", "Seed", hint, view.params, out);
    cell = labelled(ui, &mut row, 92.0, "");
    let regenerate = button::button(ui, cell, "Regenerate", "Regenerate", Weight::Main)
        .on_hover_text("Another song of the same kind: takes the next seed. Undo it in the host.");
    if regenerate.clicked() {
        self::regenerate(view, out);
    }
    held_chord(ui, held, view);
    band_knobs(ui, knobs, view, out);
}

/// Takes the next seed.
pub fn regenerate(view: &View, out: &mut Outbox) {
    let steps = view.params.steps("seed").unwrap_or(1);
    let next = (view.params.step("seed") + 1) % (steps + 1);
    out.change("seed", view.params.value_of_step("seed", next));
}

fn labelled(ui: &Ui, row: &mut Rect, width: f32, label: &str) -> Rect {
    let mut cell = row
        .cut_left(width, 8.0)
        .middle(14.0 + theme::CONTROL_HEIGHT + 2.0);
    let at = cell.cut_top(14.0, 2.0);
    text::line(
        ui.painter(),
        at,
        Align2::LEFT_CENTER,
        label,
        theme::font(theme::SMALL),
        theme::text_dim(),
    );
    cell
}

/// A picker of styles by genre for the parameter `id`.
pub fn style(ui: &mut Ui, rect: Rect, id: &str, name: &str, view: &View, out: &mut Outbox) {
    let now = view.params.step(id);
    let shown = view.params.shown(id);
    let groups = || {
        let mut groups: Vec<Group> = Vec::new();
        let mut titles: Vec<String> = Vec::new();
        for choice in &view.library.styles {
            let entry = (choice.slot as usize, choice.name.clone());
            if let Some(i) = titles.iter().position(|t| *t == choice.genre) {
                groups[i].entries.push(entry);
            } else {
                titles.push(choice.genre.clone());
                groups.push(Group {
                    title: choice.genre.clone(),
                    entries: vec![entry],
                });
            }
        }
        groups
    };
    if let Some(slot) = picker::picker(ui, rect, name, &shown, Some(now), 2, groups) {
        out.change(id, view.params.value_of_step(id, slot));
    }
}

/// The tonic, in the user's names.
fn key(ui: &mut Ui, rect: Rect, view: &View, out: &mut Outbox) {
    let name = |text: String| view.names.shown(&text).into_owned();
    let now = view.params.step("key");
    let steps = view.params.steps("key").unwrap_or(0);
    let named = |step| {
        let value = view.params.value_of_step("key", step);
        (step, name(view.params.text("key", value)))
    };
    let groups = || {
        vec![Group {
            title: String::new(),
            entries: (0..=steps).map(named).collect(),
        }]
    };
    let shown = name(view.params.shown("key"));
    if let Some(step) = picker::picker(ui, rect, "Key", &shown, Some(now), 1, groups) {
        out.change("key", view.params.value_of_step("key", step));
    }
}

fn held_chord(ui: &Ui, rect: Rect, view: &View) {
    let mut cell = rect.middle(14.0 + theme::CONTROL_HEIGHT + 2.0);
    let at = cell.cut_top(14.0, 2.0);
    let painter = ui.painter();
    text::line(
        painter,
        at,
        Align2::LEFT_CENTER,
        "Held chord",
        theme::font(theme::SMALL),
        theme::text_dim(),
    );
    theme::control(painter, cell, theme::well());
    let inner = cell.shrink2(vec2(8.0, 0.0));
    match view.pulse.held_chord {
        Some(chord) => {
            let bars = view.playhead_bars().unwrap_or(0.0);
            let symbol = view.symbol(&chord, bars);
            let font = theme::font(theme::TITLE);
            text::line(
                painter,
                inner,
                Align2::LEFT_CENTER,
                &symbol,
                font,
                theme::playing(),
            )
        }
        None => {
            let font = theme::font(theme::BODY);
            text::line(
                painter,
                inner,
                Align2::LEFT_CENTER,
                "none",
                font,
                theme::text_faint(),
            )
        }
    };
}

fn band_knobs(ui: &mut Ui, rect: Rect, view: &View, out: &mut Outbox) {
    let knobs = [
        (
            "energy",
            "Energy",
            "Force of the whole band. 50 % is what the sections ask for.",
            true,
        ),
        (
            "swing",
            "Swing",
            "Against the style's own: −100 % straight, +100 % dotted.",
            true,
        ),
        (
            "humanize",
            "Humanize",
            "Human timing and force. 100 % is what players measure.",
            false,
        ),
    ];
    for ((id, name, hint, from_middle), cell) in knobs.iter().zip(super::space::columns(rect, 3)) {
        let knob = Knob {
            id,
            name,
            hint,
            color: theme::accent(),
            from_middle: *from_middle,
            faint: false,
        };
        knob.show_lying(ui, cell.shrink2(vec2(2.0, 4.0)), view.params, out);
    }
}
