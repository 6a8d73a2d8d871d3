//! What the automatic mix is about to decide, or has decided, in words.

use egui::{Rect, RichText, ScrollArea, Ui};

use super::{keep_reference, said};
use crate::editor::access::Outbox;
use crate::editor::desk::{Desk, View};
use crate::editor::space::Cut;
use crate::editor::theme;
use crate::editor::widgets::button::{self, Weight};
use crate::editor::widgets::text;
use crate::snapshot::{Command, Mixing};

/// Draws buttons, state and the list.
pub fn show(ui: &mut Ui, mut rect: Rect, view: &View, desk: &mut Desk, out: &mut Outbox) {
    let mut row = rect.cut_top(theme::CONTROL_HEIGHT, 6.0);
    let score = view.score;
    let is_mixed = !score.decided.is_empty();
    if let Some(mixing) = &view.mix.mixing {
        let place = row.cut_right(84.0, 10.0);
        progress(ui, row, mixing);
        if button::button(ui, place, "Cancel mixing", "Cancel", Weight::Plain).clicked() {
            out.command(Command::CancelMix);
        }
    } else {
        let words = if is_mixed { "Mix again" } else { "Mix" };
        let is_due = !is_mixed || score.decided_is_stale;
        let weight = if is_due { Weight::Main } else { Weight::Plain };
        let hint =
            "Plays the song through in silence, measures every lane and the whole, and decides.";
        let response = button::button(ui, row.cut_left(92.0, 8.0), words, words, weight);
        if response.on_hover_text(hint).clicked() {
            let reference = keep_reference(view, desk, out);
            out.command(Command::Mix { reference });
        }
        let name = "Back to the style's mix";
        let place = row.cut_left(164.0, 8.0);
        if is_mixed && button::button(ui, place, name, name, Weight::Plain).clicked() {
            out.command(Command::ForgetMix);
        }
    }
    let state = rect.cut_top(18.0, 4.0);
    let (words, ink) = match (view.mix.problem.as_str(), is_mixed, score.decided_is_stale) {
        ("", false, _) => ("The style's own mix plays.".to_owned(), theme::text_dim()),
        ("", true, true) => (
            "Stale: the song has changed since it was mixed.".to_owned(),
            theme::warning(),
        ),
        ("", true, false) => ("Mixed for the song as it is:".to_owned(), theme::text_dim()),
        (why, ..) => (format!("The mix is as it was: {why}."), theme::error()),
    };
    said(ui, state, &words, ink);
    list(ui, rect, &score.decided);
}

/// A bar that fills, with what is being done above it.
fn progress(ui: &Ui, mut rect: Rect, mixing: &Mixing) {
    let bar = rect.cut_bottom(6.0, 2.0);
    let percent = mixing.share.clamp(0.0, 1.0) * 100.0;
    let words = format!("{percent:.0} %: {}", mixing.what);
    text::words(ui, rect, &words, theme::SMALL, theme::text_dim());
    let mut full = bar;
    full.max.x = bar.min.x + bar.width() * percent / 100.0;
    theme::trough(ui.painter(), bar);
    ui.painter().rect_filled(full, 3, theme::accent());
}

/// The decisions, the weightiest first.
fn list(ui: &mut Ui, rect: Rect, decided: &[String]) {
    theme::control(ui.painter(), rect, theme::well());
    let inner = rect.shrink2(egui::vec2(10.0, 6.0));
    ui.scope_builder(egui::UiBuilder::new().max_rect(inner), |ui| {
        ScrollArea::vertical()
            .id_salt("decisions")
            .auto_shrink(false)
            .min_scrolled_height(0.0)
            .show(ui, |ui| {
                ui.spacing_mut().item_spacing.y = 3.0;
                for words in decided {
                    ui.label(
                        RichText::new(words)
                            .size(theme::BODY - 1.0)
                            .color(theme::text()),
                    );
                }
                if decided.is_empty() {
                    // A low mixer has two lines.
                    let words = match rect.height() < 60.0 {
                        true => "Levels, places, tone and the master's gain, each with its reason.",
                        false => {
                            "Levels, places, equaliser, ducking and the master's gain are decided from how this \
                             song sounds, each with its reason. Nothing is heard meanwhile but the song."
                        }
                    };
                    let words = RichText::new(words).size(theme::BODY - 1.0);
                    ui.label(words.color(theme::text_faint()));
                }
            });
    });
}
