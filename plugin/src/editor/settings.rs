//! The settings drawer. At the left the song: where it lies on the host's time line, what follows its end, the drum
//! map, latency, the way to the drawer that learns a style. At the right what the user likes in every project.

mod window;

use egui::{Align2, Rect, Ui, vec2};
use music::song::{AfterEnd, FORM_BARS, Song};

use super::access::Outbox;
use super::desk::{Desk, Drawer, View};
use super::space::Cut;
use super::widgets::button::{self, Weight};
use super::widgets::picker::{self, Group};
use super::widgets::{number, text};
use super::{drawer, theme};
use crate::setup::Chosen;
use crate::snapshot::Command;

/// Size of the drawer.
pub const SIZE: egui::Vec2 = vec2(680.0, 388.0);
/// Draws the drawer's inside.
pub fn show(ui: &mut Ui, rect: Rect, view: &View, desk: &mut Desk, out: &mut Outbox) {
    let mut inner = rect.shrink(14.0);
    let head = drawer::head(ui, &mut inner, "Song", "Close settings", desk);
    let mut own = inner.cut_right(314.0, 24.0);
    let x = own.min.x - 12.0;
    let line = egui::Stroke::new(1.0, theme::line());
    ui.painter().vline(x, own.y_range(), line);
    let right = head.with_min_x(own.min.x);
    let title = "Yours, in every project";
    text::words(ui, right, title, theme::TITLE, theme::text());
    window::show(ui, &mut own, view, desk, out);
    let song = view.song;
    let mut send = |changed: Song| out.command(Command::Song(Box::new(changed)));

    let cell = row(ui, &mut inner, "Song starts at host bar");
    if let Some(bar) = number::whole(ui, cell, "Start bar", song.start_bar, -9999..=9999) {
        send(Song {
            start_bar: bar,
            ..song.clone()
        });
    }
    let cell = row(ui, &mut inner, "Length in bars");
    if song.form.is_empty() {
        let range = i32::from(*FORM_BARS.start())..=i32::from(*FORM_BARS.end());
        if let Some(bars) = number::whole(ui, cell, "Length in bars", i32::from(song.bars), range) {
            send(Song {
                bars: bars as u16,
                ..song.clone()
            });
        }
    } else {
        let words = format!("{} (own form)", view.score.form.bars());
        text::line(
            ui.painter(),
            cell,
            Align2::LEFT_CENTER,
            &words,
            theme::font(theme::BODY),
            theme::text_dim(),
        );
    }
    let cell = row(ui, &mut inner, "After the end");
    let now = usize::from(song.after_end == AfterEnd::Stop);
    let hints = ["The form starts again.", "The band is silent."];
    if let Some(i) = button::choices(ui, cell, "After the end", &["Repeat", "Stop"], &hints, now) {
        let after_end = if i == 1 {
            AfterEnd::Stop
        } else {
            AfterEnd::Repeat
        };
        send(Song {
            after_end,
            ..song.clone()
        });
    }
    let cell = row(ui, &mut inner, "Drum map for MIDI out");
    let maps = &view.library.drum_maps;
    let at = maps
        .iter()
        .position(|m| m.as_str() == song.drum_map.as_str());
    let groups = || {
        vec![Group {
            title: String::new(),
            entries: maps.iter().cloned().enumerate().collect(),
        }]
    };
    let chosen = picker::picker(ui, cell, "Drum map", song.drum_map.as_str(), at, 1, groups);
    if let Some(name) = chosen.and_then(|i| maps.get(i)) {
        send(Song {
            drum_map: music::name(name),
            ..song.clone()
        });
    }
    let cell = row(ui, &mut inner, "Chosen instruments");
    let chosen = song.instruments.iter().any(|stem| !stem.is_empty());
    if chosen {
        let name = "Back to the style's own instruments";
        if button::button(ui, cell, name, "Back to the style's", Weight::Plain).clicked() {
            send(Song {
                instruments: Default::default(),
                ..song.clone()
            });
        }
    } else {
        text::line(
            ui.painter(),
            cell,
            Align2::LEFT_CENTER,
            "the style's own",
            theme::font(theme::BODY),
            theme::text_dim(),
        );
    }
    let cell = row(ui, &mut inner, "Notes are written by");
    match view.score.take {
        Some((engines, _)) => {
            let words = format!("engines {engines}: update");
            let name = "Let the present engines play";
            if button::button(ui, cell, name, &words, Weight::Plain).clicked() {
                out.command(Command::Engines(true));
            }
        }
        None => {
            _ = text::line(
                ui.painter(),
                cell,
                Align2::LEFT_CENTER,
                &format!("the present engines ({})", engines::REVISION),
                theme::font(theme::BODY),
                theme::text_dim(),
            )
        }
    }
    let cell = row(ui, &mut inner, "Latency");
    let hints = [
        "The sound comes at once; the limiter reacts as it can.",
        "The limiter looks ahead: cleaner when loud. Main, stems and MIDI out come later, which hosts even out.",
    ];
    let setup = &view.mix.setup;
    let now = usize::from(setup.look_ahead);
    if let Some(i) = button::choices(ui, cell, "Latency", &["Zero", "Look-ahead"], &hints, now) {
        out.command(Command::Setup(Chosen {
            look_ahead: i == 1,
            ..setup.clone()
        }));
    }
    let cell = row(ui, &mut inner, "A style of your own");
    let name = "Learn a style from MIDI files";
    if button::button(ui, cell, name, "From MIDI files\u{2026}", Weight::Plain).clicked() {
        desk.drawer = Drawer::Learn;
    }
    let words = "Length counts where the form is composed. Knobs are in the host's undo; \
                 these settings and the zoom are saved with the project.";
    text::small_print(ui, inner, words);
}

fn row(ui: &Ui, inner: &mut Rect, label: &str) -> Rect {
    let mut row = inner.cut_top(theme::CONTROL_HEIGHT, 10.0);
    let cell = row.cut_right(148.0, 8.0);
    text::line(
        ui.painter(),
        row,
        Align2::LEFT_CENTER,
        label,
        theme::font(theme::BODY),
        theme::text_dim(),
    );
    cell
}
