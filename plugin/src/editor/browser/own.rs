//! Songs of the user's own: renamed, and deleted after a question.

use egui::accesskit::Role;
use egui::{Key, Popup, PopupCloseBehavior, Rect, Response, Sense, Ui, WidgetInfo, vec2};

use super::lists::Entry;
use crate::editor::access::Outbox;
use crate::editor::desk::Desk;
use crate::editor::space::Cut;
use crate::editor::theme;
use crate::editor::widgets::button::{self, Weight};
use crate::editor::widgets::{field, text};
use crate::snapshot::Command;
use crate::songs;

/// What is asked before it is done.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Ask {
    /// Whether a song shall be deleted: its stem and name.
    Delete(String, String),
    /// What a song shall be called: its stem, its name, what is typed.
    Rename(String, String, String),
}

/// The menu of a row, behind three dots and a right-click.
pub fn menu(ui: &mut Ui, rect: Rect, entry: &Entry, row: &Response) -> Option<Ask> {
    let id = ui.scope_id().with(("own", &entry.stem));
    let dots = ui.interact(rect, id, Sense::click());
    let label = format!("More of {}", entry.name);
    dots.widget_info(|| WidgetInfo::labeled(Role::Button, true, &label));
    let ink = match dots.hovered() || dots.has_focus() {
        true => theme::text(),
        false => theme::text_faint(),
    };
    for step in [-1.0, 0.0, 1.0] {
        let at = rect.center() + vec2(5.0 * step, 0.0);
        ui.painter().circle_filled(at, 1.6, ink);
    }
    button::focus_ring(ui, &dots);
    let mut asks = None;
    for popup in [Popup::menu(&dots), Popup::context_menu(row)] {
        let popup = popup.close_behavior(PopupCloseBehavior::CloseOnClick);
        popup.show(|ui| {
            ui.set_min_width(170.0);
            ui.spacing_mut().item_spacing.y = 1.0;
            let (stem, name) = (entry.stem.clone(), entry.name.clone());
            let whole = entry.problem.is_empty();
            if whole && ui.selectable_label(false, "Rename\u{2026}").clicked() {
                asks = Some(Ask::Rename(stem.clone(), name.clone(), name.clone()));
            }
            if ui.selectable_label(false, "Delete\u{2026}").clicked() {
                asks = Some(Ask::Delete(stem, name));
            }
        });
    }
    asks
}

/// The question, in the place of the fields that save.
pub fn ask(ui: &mut Ui, rect: Rect, desk: &mut Desk, out: &mut Outbox) {
    let mut row = rect;
    let no = row.cut_right(72.0, 8.0);
    let yes = row.cut_right(84.0, 8.0);
    let Some(asked) = &mut desk.browse.asks else {
        return;
    };
    let mut left =
        button::button(ui, no, "Leave the song as it is", "Cancel", Weight::Plain).clicked();
    match asked {
        Ask::Delete(stem, name) => {
            let words = format!(
                "Delete \u{201c}{name}\u{201d}? Its file goes; the song that plays stays. This cannot be undone."
            );
            text::words(ui, row, &words, theme::BODY, theme::warning());
            if button::button(ui, yes, "Delete the song", "Delete", Weight::Main).clicked() {
                out.command(Command::DeleteSong(stem.clone()));
                left = true;
            }
        }
        Ask::Rename(stem, name, typed) => {
            let label = format!("New name of {name}");
            let response = field::field(ui, row, &label, "Another name", theme::BODY, 32, typed);
            let entered = response.lost_focus() && ui.input(|i| i.key_pressed(Key::Enter));
            let typed = typed.trim();
            let rests = typed.is_empty() || typed == name.trim();
            let hint = "Its file takes the name too.";
            let clicked = button::faint(ui, yes, "Rename the song", "Rename", rests, hint);
            if (clicked || entered) && !rests {
                out.command(Command::RenameSong {
                    stem: stem.clone(),
                    name: typed.to_owned(),
                });
                // A favourite stays one.
                if desk.likes.songs.contains(stem) {
                    desk.likes.songs.push(songs::stem(typed));
                }
                left = true;
            }
        }
    }
    if left {
        desk.browse.asks = None;
    }
}
