//! The prompt line: words in, typed or spoken, the worker's answer under it: what was understood, and what was not.

mod speaking;

use egui::{Align2, Color32, Key, Rect, Sense, Ui, vec2};

use super::access::Outbox;
use super::desk::{Desk, View};
use super::space::Cut;
use super::widgets::button::{self, Weight};
use super::widgets::{field, text};
use super::{history, presets, theme};
use crate::snapshot::{Command, Reply};

pub use self::speaking::{Speaking, heard};

/// Draws the line.
pub fn show(ui: &mut Ui, rect: Rect, view: &View, desk: &mut Desk, out: &mut Outbox) {
    let mut row = rect.shrink2(vec2(theme::PAD, 0.0));
    theme::panel_at(ui.painter(), rect);
    let mut line = row.cut_top(38.0, 0.0).middle(28.0);
    let steps = line.cut_right(history::width(line.width()), 12.0);
    presets::show(
        ui,
        line.cut_left(presets::width(line.width()), 10.0),
        view,
        desk,
        out,
    );
    let go = line.cut_right(84.0, 6.0);
    let speak = line.cut_right(30.0, 6.0);
    let hint = "Say what to play: lo-fi in D minor at 82, 32 bars, no drums";
    let response = field::field(
        ui,
        line,
        "Prompt",
        hint,
        theme::TITLE,
        500,
        &mut desk.prompt,
    );
    if std::mem::take(&mut desk.to_prompt) {
        response.request_focus();
    }
    speaking::button(ui, speak, view, desk, out);
    let entered = response.lost_focus() && ui.input(|i| i.key_pressed(Key::Enter));
    let clicked = button::button(ui, go, "Compose", "Compose", Weight::Main).clicked();
    if (entered || clicked) && !desk.prompt.trim().is_empty() {
        out.command(Command::Prompt(desk.prompt.trim().to_owned()));
        desk.waiting = true;
        desk.reply = None;
    }
    history::show(ui, steps, view, out);
    row.max.y -= 4.0;
    if !speaking::show(ui, row, view, desk) {
        answer(ui, row, desk);
    }
}

/// The line under the field, always in its place.
fn answer(ui: &Ui, rect: Rect, desk: &Desk) {
    let painter = ui.painter();
    let font = theme::font(theme::SMALL + 0.5);
    let mut rest = rect;
    let mut say = |words: &str, ink| {
        let placed = text::line(painter, rest, Align2::LEFT_CENTER, words, font.clone(), ink);
        rest.min.x = (placed.max.x + 12.0).min(rest.max.x);
    };
    if desk.waiting {
        say("Reading…", theme::text_dim());
    } else if let Some(reply) = &desk.reply {
        let all = replied(reply, &desk.refused);
        for (words, ink) in &all {
            say(words, *ink);
        }
        // What a long answer has no room for.
        let words: Vec<&str> = all.iter().map(|(words, _)| words.as_str()).collect();
        let id = ui.scope_id().with("answer");
        ui.interact(rect, id, Sense::hover())
            .on_hover_text(words.join("\n"));
    } else {
        say(
            "Style, mood, key, tempo, meter, length, instruments. What it turns can be undone here and in the host.",
            theme::text_faint(),
        );
    }
}

/// An answer in words, what went wrong first: it is never the part that is cut off.
fn replied(reply: &Reply, refused: &[String]) -> Vec<(String, Color32)> {
    let mut all = Vec::new();
    if !refused.is_empty() {
        let words = format!("Could not set: {}", refused.join(", "));
        all.push((words, theme::error()));
    }
    if !reply.not_understood.is_empty() {
        let words = format!("Not understood: {}", reply.not_understood.join(", "));
        all.push((words, theme::warning()));
    }
    all.push(match reply.understood.as_str() {
        "" => (
            "Nothing of this was understood.".to_owned(),
            theme::warning(),
        ),
        words => (format!("Understood: {words}"), theme::text_dim()),
    });
    all
}
