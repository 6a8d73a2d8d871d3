//! The time line: bar numbers, sections and chords of what is in view, and the tools that move the view.

use super::{Window, chords, navigate, roll, selection};
use crate::editor::access::Outbox;
use crate::editor::desk::{Desk, View};
use crate::editor::song_strip::section_ink;
use crate::editor::space::Cut;
use crate::editor::theme;
use crate::editor::widgets::button::{self, Weight};
use crate::editor::widgets::text;
use egui::{Align2, Rect, Stroke, Ui, pos2, vec2};

/// Least room of a bar's number, points.
const LEAST_NUMBER: f32 = 12.0;
/// Between a number and a name, points.
const BETWEEN: f32 = 6.0;

/// Follow, edit, fold, fit and zoom.
pub fn tools(ui: &mut Ui, rect: Rect, view: &View, desk: &mut Desk) {
    let mut low = rect.shrink2(vec2(8.0, 1.0));
    let mut row = low.cut_top(17.0, 2.0);
    let follow = row.cut_left(58.0, 4.0);
    let fold = low.cut_left(40.0, 3.0);
    let fit = low.cut_left(30.0, 3.0);
    let into = low.cut_left(22.0, 3.0);
    let out = low;
    let weight = |on| if on { Weight::Chosen } else { Weight::Plain };
    if button::button(ui, follow, "Follow", "Follow", weight(desk.state.follow))
        .on_hover_text("Turn the page with the playhead (Ctrl F). Scrolling by hand ends it.")
        .clicked()
    {
        desk.state.follow = !desk.state.follow;
    }
    let hint =
        "Write in the chosen lane: double-click for a note, drag to move, right-click for more.";
    if button::button(ui, row, "Edit notes", "Edit", weight(desk.state.editing))
        .on_hover_text(hint)
        .clicked()
    {
        desk.state.editing = !desk.state.editing;
    }
    let hint = "Lines only for the pitches or pieces that the lane plays.";
    if desk.edited_lane().is_none() {
        let hint = "Only while a lane's notes are edited.";
        button::faint(ui, fold, "Fold", "Fold", true, hint);
    } else if button::button(ui, fold, "Fold", "Fold", weight(desk.state.fold))
        .on_hover_text(hint)
        .clicked()
    {
        desk.state.fold ^= true;
    }
    if button::button(ui, fit, "Fit", "Fit", Weight::Plain)
        .on_hover_text("Show what is selected, bars or notes; otherwise the whole song (Ctrl 0)")
        .clicked()
    {
        navigate::fit(view, desk);
    }
    if button::button(ui, into, "Fewer bars", "+", Weight::Plain)
        .on_hover_text("Show fewer bars (Ctrl + or Ctrl and wheel)")
        .clicked()
    {
        navigate::zoom(view, desk, 0.5);
    }
    if button::button(ui, out, "More bars", "−", Weight::Plain)
        .on_hover_text("Show more bars (Ctrl - or Ctrl and wheel)")
        .clicked()
    {
        navigate::zoom(view, desk, 2.0);
    }
}

/// Numbers, sections, chords.
pub fn show(ui: &mut Ui, window: &Window, view: &View, desk: &mut Desk, out: &mut Outbox) {
    let painter = ui.painter().with_clip_rect(window.rect);
    let mut rest = window.rect;
    let above = rest.cut_top(19.0, 0.0);
    let below = rest;
    let end = window.first_bar + window.bars;
    selection::choose(ui, above, window, view, desk);

    for section in &view.score.form.sections {
        let (from, to) = (
            f64::from(section.first_bar),
            f64::from(section.first_bar + section.bars),
        );
        if to <= window.first_bar || from >= end {
            continue;
        }
        let left = window.x(from).max(window.rect.min.x);
        let right = window.x(to).min(window.rect.max.x) - 1.0;
        let place = Rect::from_min_max(
            pos2(left, above.min.y + 2.0),
            pos2(right, above.max.y - 1.0),
        );
        painter.rect_filled(place, 2, section_ink(section.kind));
    }
    let every = roll::bars_a_line(window.bar_width() * 0.5);
    let mut bar = window.first_bar.floor() as i64;
    // A number waits until the name before it has ended, and a name ends with its section.
    let mut free_from = window.rect.min.x;
    while (bar as f64) < end {
        let section = view
            .score
            .form
            .section_at(bar.clamp(0, 65_535) as u16)
            .filter(|(_, s)| {
                i64::from(s.first_bar) == bar || bar == window.first_bar.floor() as i64
            });
        let x = window.x(bar as f64).max(window.rect.min.x) + 4.0;
        let end_x = section.map_or(window.rect.max.x, |(_, s)| {
            let end = window.x(f64::from(s.first_bar + s.bars));
            end.min(window.rect.max.x) - 4.0
        });
        let due = section.is_some() || bar % every == 0 && x >= free_from;
        if due && end_x - x > LEAST_NUMBER {
            let number = (bar + 1).to_string();
            let title = section.map_or("", |(_, s)| s.kind.title());
            let font = theme::font(theme::SMALL);
            let mut rest = Rect::from_min_max(pos2(x, above.min.y + 1.0), pos2(end_x, above.max.y));
            let [first, second] =
                [&number, title].map(|words| text::width(&painter, words, font.clone()));
            // A name that has no room beside its number stands in its place, or is left out.
            let words = match rest.width() {
                room if first + BETWEEN + second <= room => [&number, title],
                room if second <= room && !title.is_empty() => [title, ""],
                _ => [&number, ""],
            };
            for words in words {
                let ink = theme::text();
                let placed = text::line(
                    &painter,
                    rest,
                    Align2::LEFT_CENTER,
                    words,
                    font.clone(),
                    ink,
                );
                rest.min.x = placed.max.x + BETWEEN;
            }
            // Else a number behind a name would seem to be a part of it.
            free_from = rest.min.x + BETWEEN;
        }
        bar += 1;
    }
    chords::show(ui, below, window, view, desk, out);
    painter.hline(
        window.rect.x_range(),
        window.rect.max.y - 0.5,
        Stroke::new(1.0, theme::line()),
    );
}
