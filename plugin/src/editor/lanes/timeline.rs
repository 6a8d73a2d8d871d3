//! The time line: bar numbers, sections and chords of what is in view, and the tools that move the view.

use egui::{Align2, Rect, Stroke, Ui, pos2, vec2};
use music::plan::LeadMark;

use super::{BARS_SHOWN, Window, roll};
use crate::editor::desk::{Desk, View};
use crate::editor::song_strip::section_ink;
use crate::editor::space::Cut;
use crate::editor::theme;
use crate::editor::widgets::button::{self, Weight};
use crate::editor::widgets::text;

/// Follow and zoom.
pub fn tools(ui: &mut Ui, rect: Rect, desk: &mut Desk) {
    let mut row = rect.shrink2(vec2(8.0, 0.0)).middle(22.0);
    let out = row.cut_right(24.0, 3.0);
    let into = row.cut_right(24.0, 6.0);
    let step =
        |bars: f32, factor: f32| (bars * factor).clamp(*BARS_SHOWN.start(), *BARS_SHOWN.end());
    if button::button(ui, into, "Fewer bars", "+", Weight::Plain)
        .on_hover_text("Show fewer bars (Ctrl and wheel)")
        .clicked()
    {
        desk.state.bars_shown = step(desk.state.bars_shown, 0.5);
    }
    if button::button(ui, out, "More bars", "−", Weight::Plain)
        .on_hover_text("Show more bars (Ctrl and wheel)")
        .clicked()
    {
        desk.state.bars_shown = step(desk.state.bars_shown, 2.0);
    }
    let weight = if desk.state.follow {
        Weight::Chosen
    } else {
        Weight::Plain
    };
    if button::button(ui, row, "Follow", "Follow", weight)
        .on_hover_text("Turn the page with the playhead")
        .clicked()
    {
        desk.state.follow = !desk.state.follow;
    }
}

/// Numbers, sections, chords.
pub fn show(ui: &Ui, window: &Window, view: &View) {
    let painter = ui.painter().with_clip_rect(window.rect);
    let mut rest = window.rect;
    let above = rest.cut_top(19.0, 0.0);
    let below = rest;
    let end = window.first_bar + window.bars;

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
    while (bar as f64) < end {
        let section = view
            .score
            .form
            .section_at(bar.clamp(0, 65_535) as u16)
            .filter(|(_, s)| {
                i64::from(s.first_bar) == bar || bar == window.first_bar.floor() as i64
            });
        let x = window.x(bar as f64);
        if bar % every == 0 || section.is_some() {
            let number = (bar + 1).to_string();
            let title = section.map_or("", |(_, s)| s.kind.title());
            let at = Rect::from_min_max(
                pos2(x.max(window.rect.min.x) + 4.0, above.min.y + 1.0),
                pos2(window.rect.max.x, above.max.y),
            );
            let font = theme::font(theme::SMALL);
            let placed = text::line(
                &painter,
                at,
                Align2::LEFT_CENTER,
                &number,
                font.clone(),
                theme::TEXT_DIM,
            );
            let rest = Rect::from_min_max(pos2(placed.max.x + 6.0, at.min.y), at.max);
            text::line(
                &painter,
                rest,
                Align2::LEFT_CENTER,
                title,
                font,
                theme::TEXT,
            );
        }
        bar += 1;
    }
    chords(&painter, below, window, view);
    painter.hline(
        window.rect.x_range(),
        window.rect.max.y - 0.5,
        Stroke::new(1.0, theme::LINE),
    );
}

fn chords(painter: &egui::Painter, rect: Rect, window: &Window, view: &View) {
    let head = view.playhead_bars().map(|bars| bars * view.bar_ticks());
    let chord_marks: Vec<_> = view
        .score
        .marks
        .iter()
        .filter_map(|(tick, mark)| match mark {
            LeadMark::Chord(chord) => Some((tick.0 as f64, *chord)),
            LeadMark::Section(_) => None,
        })
        .collect();
    let to = (window.first_bar + window.bars) * window.bar_ticks;
    let first =
        chord_marks.partition_point(|(tick, _)| *tick <= window.first_bar * window.bar_ticks);
    let mut free_from = rect.min.x;
    for (i, (tick, chord)) in chord_marks.iter().enumerate().skip(first.saturating_sub(1)) {
        if *tick >= to {
            break;
        }
        let next = chord_marks.get(i + 1).map_or(f64::MAX, |(tick, _)| *tick);
        let sounding = view.pulse.playing && head.is_some_and(|head| head >= *tick && head < next);
        let x = window.x_tick(*tick).max(rect.min.x) + 4.0;
        if x < free_from {
            continue;
        }
        let symbol = chord.symbol(view.flat(chord.root, tick / window.bar_ticks));
        let font = theme::font(theme::BODY);
        let ink = if sounding {
            theme::PLAYING
        } else {
            theme::TEXT
        };
        let place = Rect::from_min_max(
            pos2(x, rect.min.y),
            pos2(rect.max.x.max(x), rect.max.y - 1.0),
        );
        let placed = text::line(painter, place, Align2::LEFT_CENTER, &symbol, font, ink);
        free_from = placed.max.x + 6.0;
    }
}
