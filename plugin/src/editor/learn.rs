//! The drawer that learns a style: a folder of MIDI files, a name, and how far it has come.

use egui::{Key, Rect, Sense, Ui, vec2};

use super::access::Outbox;
use super::desk::{Desk, View};
use super::space::Cut;
use super::widgets::button::{self, Weight};
use super::widgets::{field, text};
use super::{drawer, theme};
use crate::snapshot::{Command, Learning};

/// Size of the drawer.
pub const SIZE: egui::Vec2 = vec2(440.0, 238.0);
/// Longest name that can be typed. Reference: a style's name has 28 bytes.
const NAME_CHARS: usize = 28;

/// Draws the drawer's inside.
pub fn show(ui: &mut Ui, rect: Rect, view: &View, desk: &mut Desk, out: &mut Outbox) {
    let mut inner = rect.shrink(14.0);
    drawer::head(ui, &mut inner, "Learn a style", "Close learning", desk);
    let words = "From a folder of MIDI files and the folders in it.";
    text::words(
        ui,
        inner.cut_top(18.0, 6.0),
        words,
        theme::BODY,
        theme::text_dim(),
    );
    let (name, hint) = ("Folder of MIDI files", "/home/me/songs");
    let text = &mut desk.learn_folder;
    let folder = row(
        ui,
        &mut inner,
        "Folder",
        name,
        hint,
        field::PATH_CHARS,
        text,
    );
    let (name, hint) = ("Name of the style", "the folder's own");
    let text = &mut desk.learn_name;
    let named = row(ui, &mut inner, "Name", name, hint, NAME_CHARS, text);

    let mut foot = inner.cut_top(theme::CONTROL_HEIGHT, 8.0);
    let place = foot.cut_right(84.0, 10.0);
    match view.learning {
        Some(learning) => {
            progress(ui, foot, learning);
            if button::button(ui, place, "Cancel learning", "Cancel", Weight::Plain).clicked() {
                out.command(Command::CancelLearning);
            }
        }
        None => {
            let enter = ui.input(|i| i.key_pressed(Key::Enter));
            let entered = enter && (folder.lost_focus() || named.lost_focus());
            let clicked = button::button(ui, place, "Learn", "Learn", Weight::Main).clicked();
            if (entered || clicked) && !desk.learn_folder.trim().is_empty() {
                out.command(Command::Learn {
                    folder: desk.learn_folder.trim().to_owned(),
                    name: desk.learn_name.trim().to_owned(),
                });
                desk.learn_asked = true;
            }
            // How it ended is the newest message; the log has all of it.
            if let Some(said) = view.score.log.last().filter(|_| desk.learn_asked) {
                text::words(ui, foot, said, theme::SMALL, theme::text_dim());
                ui.interact(foot, ui.scope_id().with("ended"), Sense::hover())
                    .on_hover_text(said);
            }
        }
    }
    let words = "How often steps are struck, how hard, and what bars have in common; no passage is kept. \
                 The style is a text file in your MuseAroo folder, and this project carries it.";
    text::small_print(ui, inner, words);
}

fn row(
    ui: &mut Ui,
    inner: &mut Rect,
    label: &str,
    name: &str,
    hint: &str,
    most_chars: usize,
    text: &mut String,
) -> egui::Response {
    let mut row = inner.cut_top(theme::CONTROL_HEIGHT, 8.0);
    let place = row.cut_left(56.0, 0.0);
    text::words(ui, place, label, theme::BODY, theme::text_dim());
    field::field(ui, row, name, hint, theme::BODY, most_chars, text)
}

/// A bar that fills, with the file in hand above it.
fn progress(ui: &Ui, mut rect: Rect, learning: &Learning) {
    let bar = rect.cut_bottom(6.0, 2.0);
    let words = match learning.total {
        0 => learning.what.clone(),
        total => format!("{} of {total}: {}", learning.done, learning.what),
    };
    text::words(ui, rect, &words, theme::SMALL, theme::text_dim());
    let share = learning.done as f32 / learning.total.max(1) as f32;
    let mut full = bar;
    full.max.x = bar.min.x + bar.width() * share.clamp(0.0, 1.0);
    theme::trough(ui.painter(), bar);
    ui.painter().rect_filled(full, 3, theme::accent());
}
