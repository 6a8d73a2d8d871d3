//! The song as it stands, saved under a name with tags.

use egui::{Key, Rect, Ui};

use crate::editor::access::Outbox;
use crate::editor::desk::{Desk, View};
use crate::editor::space::Cut;
use crate::editor::theme;
use crate::editor::widgets::{button, field};
use crate::snapshot::Command;

/// Draws the two fields and the button.
pub fn show(ui: &mut Ui, rect: Rect, view: &View, desk: &mut Desk, out: &mut Outbox) {
    let mut row = rect;
    let save = row.cut_right(92.0, 8.0);
    let tags_at = row.cut_right(240.0, 8.0);
    let browse = &mut desk.browse;
    let mut name = browse
        .name
        .clone()
        .unwrap_or_else(|| view.song.title.to_string());
    let named = field::field(
        ui,
        row,
        "Name of the song",
        "Name this song",
        theme::BODY,
        32,
        &mut name,
    );
    let tagged = field::field(
        ui,
        tags_at,
        "Tags of the song",
        "Tags: calm, night",
        theme::BODY,
        80,
        &mut browse.tags,
    );
    if named.changed() {
        browse.name = Some(name.clone());
    }
    let entered =
        (named.lost_focus() || tagged.lost_focus()) && ui.input(|i| i.key_pressed(Key::Enter));
    let taken = view
        .songs
        .iter()
        .any(|song| song.own && song.name == name.trim());
    let words = if taken { "Save over" } else { "Save song" };
    let rests = name.trim().is_empty();
    let hint = "Keeps the song and every knob under this name, in your own folder.";
    let clicked = button::faint(ui, save, "Save song", words, rests, hint);
    if (clicked || entered) && !rests {
        let tags = browse.tags.split(',').map(|tag| tag.trim().to_owned());
        out.command(Command::SaveSong {
            name: name.trim().to_owned(),
            tags: tags.filter(|tag| !tag.is_empty()).collect(),
        });
        browse.name = None;
    }
}
