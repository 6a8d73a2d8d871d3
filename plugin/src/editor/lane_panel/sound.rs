//! A lane's instrument: its five macro knobs, which patch plays, and a SoundFont in its place.

mod font;

use egui::{Align2, Rect, Ui};
use music::lane::Lane;
use music::song::Song;

use super::Control;
use super::strip::line_after;
use crate::editor::access::{Outbox, lane_param};
use crate::editor::desk::{Desk, View};
use crate::editor::space::{self, Cut};
use crate::editor::theme;
use crate::editor::widgets::knob::Knob;
use crate::editor::widgets::picker::{self, Group};
use crate::editor::widgets::text;
use crate::snapshot::Command;

const MACROS: [Control; 5] = [
    ("tone", "Tone", "Dark to bright.", true),
    ("attack", "Attack", "Soft to hard.", true),
    ("body", "Body", "Thin to full.", true),
    ("drive", "Drive", "Clean to hot.", true),
    ("space", "Space", "Close to far.", true),
];

/// Draws the page.
pub fn show(ui: &mut Ui, rect: Rect, lane: Lane, view: &View, desk: &mut Desk, out: &mut Outbox) {
    let gap = 18.0;
    // The same places as the lane's other knobs have.
    let unit = (rect.width() - 2.0 * gap) / 13.0;
    let mut row = rect;
    let group = row.cut_left(unit * MACROS.len() as f32, gap);
    line_after(ui, group, gap);
    let faint = view.params.value(&lane_param(lane, "on")) < 0.5;
    for (control, cell) in MACROS.iter().zip(space::columns(group, MACROS.len())) {
        let id = lane_param(lane, control.0);
        let knob = Knob {
            id: &id,
            name: control.1,
            hint: control.2,
            color: theme::lane(lane),
            from_middle: control.3,
            faint,
        };
        knob.show(ui, cell, view.params, out);
    }
    let place = row.cut_left((row.width() * 0.34).clamp(140.0, 210.0), gap);
    line_after(ui, place, gap);
    instrument(ui, place, lane, view, out);
    font::show(ui, row, lane, view, desk, out);
}

/// Which instrument of the bank plays: the style's own, or the song's.
fn instrument(ui: &mut Ui, rect: Rect, lane: Lane, view: &View, out: &mut Outbox) {
    let mut cell = rect.middle(14.0 + theme::CONTROL_HEIGHT + 2.0);
    let at = cell.cut_top(14.0, 2.0);
    let by_font = !view.fonts[lane.index()].plays.is_empty();
    let words = match by_font {
        true => "Instrument (the SoundFont plays)",
        false => "Instrument",
    };
    let font = theme::font(theme::SMALL);
    text::line(
        ui.painter(),
        at,
        Align2::LEFT_CENTER,
        words,
        font,
        theme::text_dim(),
    );
    let library = view.library;
    let choices = &library.instruments[lane.index()];
    let chosen = view.song.instruments[lane.index()].as_str();
    let styles_own = styles_own(lane, view);
    let shown = match chosen {
        "" => styles_own.clone(),
        stem => library.instrument_name(lane, stem).to_owned(),
    };
    // 0 is the style's own, then the bank.
    let now = match chosen {
        "" => Some(0),
        stem => choices.iter().position(|c| c.stem == stem).map(|i| i + 1),
    };
    let groups = || {
        let names = choices.iter().enumerate();
        let entries: Vec<(usize, String)> = names.map(|(i, c)| (i + 1, c.name.clone())).collect();
        let tall = entries.len().div_ceil(2).max(1);
        let mut parts = entries.chunks(tall).map(<[_]>::to_vec);
        let mut groups = vec![Group {
            title: String::new(),
            entries: vec![(0, format!("Style's own: {styles_own}"))],
        }];
        groups[0].entries.extend(parts.next().unwrap_or_default());
        groups.extend(parts.map(|entries| Group {
            title: String::new(),
            entries,
        }));
        groups
    };
    let Some(picked) = picker::picker(ui, cell, "Instrument", &shown, now, 2, groups) else {
        return;
    };
    let stem = match picked.checked_sub(1) {
        None => "",
        Some(i) => choices.get(i).map_or("", |c| c.stem.as_str()),
    };
    if stem != chosen {
        let mut song = Song::clone(view.song);
        song.instruments[lane.index()] = music::name(stem);
        out.command(Command::Song(Box::new(song)));
    }
}

/// Name of the instrument that the style brings.
fn styles_own(lane: Lane, view: &View) -> String {
    let slot = view.params.step("style");
    let style = view
        .library
        .styles
        .iter()
        .find(|s| usize::from(s.slot) == slot);
    match style.map(|s| s.instruments[lane.index()].as_str()) {
        Some("") | None => "by the style".to_owned(),
        Some(stem) => view.library.instrument_name(lane, stem).to_owned(),
    }
}
