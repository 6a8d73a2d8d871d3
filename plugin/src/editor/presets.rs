//! The song that is in hand by its name, with the one before and the one behind it in the browser's order.

use egui::{Align2, Rect, Sense, Ui, WidgetInfo, vec2};

use super::access::Outbox;
use super::browser::{self, Kind};
use super::desk::{Desk, View};
use super::space::Cut;
use super::theme;
use super::widgets::{button, text};
use crate::snapshot::Command;
use crate::songs::SongChoice;

/// Width of the block in a row so wide, points.
pub const fn width(row: f32) -> f32 {
    if row > 760.0 { 216.0 } else { 62.0 }
}

/// Draws the name between its two arrows.
pub fn show(ui: &mut Ui, rect: Rect, view: &View, desk: &mut Desk, out: &mut Outbox) {
    let mut row = rect.middle(theme::CONTROL_HEIGHT);
    let narrow = row.width() < 100.0;
    let arrow = if narrow { 18.0 } else { 24.0 };
    let (before, behind) = (row.cut_left(arrow, 2.0), row.cut_right(arrow, 2.0));
    arrow_to(ui, before, ("Previous song", "\u{2039}", -1), view, out);
    name(ui, row, narrow, view, desk);
    arrow_to(ui, behind, ("Next song", "\u{203a}", 1), view, out);
}

/// The arrow to a neighbour.
fn arrow_to(
    ui: &mut Ui,
    place: Rect,
    (label, words, step): (&str, &str, isize),
    view: &View,
    out: &mut Outbox,
) {
    let mut all = view.songs.iter();
    let at = all.position(|song| song.name == view.song.title.as_str());
    let song = neighbour(view.songs, at, step);
    let hint = match song {
        Some(song) => format!("{label}: {}. It can be undone in one step.", song.name),
        None => "There are no songs.".to_owned(),
    };
    if button::faint(ui, place, label, words, view.songs.is_empty(), &hint)
        && let Some(song) = song
    {
        out.command(Command::LoadSong(song.stem.clone()));
    }
}

/// The song's name; a click opens the browser of songs.
fn name(ui: &mut Ui, row: Rect, narrow: bool, view: &View, desk: &mut Desk) {
    let response = ui.interact(row, ui.scope_id().with("song name"), Sense::click());
    let shown = match view.song.title.as_str() {
        "" => "Unnamed song",
        title => title,
    };
    response.widget_info(|| {
        let mut info = WidgetInfo::labeled(egui::accesskit::Role::Button, true, "Browse songs");
        info.current_text_value = Some(shown.to_owned());
        info
    });
    let fill = match response.hovered() {
        true => theme::hovered(),
        false => theme::well(),
    };
    theme::control(ui.painter(), row, fill);
    let ink = match view.song.title.is_empty() {
        true => theme::text_faint(),
        false => theme::text(),
    };
    // A narrow window leaves the name to the hint.
    let words = if narrow { "\u{2026}" } else { shown };
    let inner = row.shrink2(vec2(if narrow { 0.0 } else { 6.0 }, 0.0));
    let font = theme::font(theme::BODY);
    text::line(ui.painter(), inner, Align2::CENTER_CENTER, words, font, ink);
    button::focus_ring(ui, &response);
    if response
        .on_hover_text("Songs: to begin with, and your own. Here the song is also saved.")
        .clicked()
    {
        browser::toggle(desk, Kind::Songs);
    }
}

/// Puts the song before or behind in place.
pub fn step(view: &View, step: isize, out: &mut Outbox) {
    let at = view
        .songs
        .iter()
        .position(|song| song.name == view.song.title.as_str());
    if let Some(song) = neighbour(view.songs, at, step) {
        out.command(Command::LoadSong(song.stem.clone()));
    }
}

/// The next song that can be read, round and round; without one in hand the first or the last.
fn neighbour(songs: &[SongChoice], at: Option<usize>, step: isize) -> Option<&SongChoice> {
    let count = songs.len() as isize;
    let start = match (at, step > 0) {
        (Some(at), _) => at as isize,
        (None, true) => -1,
        (None, false) => count,
    };
    (1..=count)
        .map(|i| &songs[(start + step * i).rem_euclid(count) as usize])
        .find(|song| song.problem.is_empty())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn neighbours_go_round_and_pass_over_what_is_broken() {
        let song = |name: &str, problem: &str| SongChoice {
            stem: name.into(),
            name: name.into(),
            problem: problem.into(),
            ..SongChoice::default()
        };
        let songs = [song("a", ""), song("b", "torn"), song("c", "")];
        let name = |at, step| neighbour(&songs, at, step).map(|song| song.name.as_str());
        assert_eq!(name(Some(0), 1), Some("c"));
        assert_eq!(name(Some(2), 1), Some("a"));
        assert_eq!(name(Some(0), -1), Some("c"));
        assert_eq!((name(None, 1), name(None, -1)), (Some("a"), Some("c")));
        assert_eq!(neighbour(&[], None, 1).map(|song| &song.name), None);
        assert!(neighbour(&songs[1..2], None, 1).is_none());
    }
}
