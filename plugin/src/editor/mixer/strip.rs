//! One strip: its equaliser as a curve, place and sends, mute and solo, level, meters and figures.

use egui::{Align2, Rect, Sense, Stroke, Ui, WidgetInfo, pos2, vec2};
use music::lane::Lane;

use super::{compressor, picture};
use crate::editor::access::{Outbox, lane_param};
use crate::editor::desk::{Desk, View};
use crate::editor::lane_panel::strip;
use crate::editor::space::{self, Cut};
use crate::editor::theme;
use crate::editor::widgets::knob::Knob;
use crate::editor::widgets::{button, fader, meter, picker, text};

/// Height from which the curve of the equaliser has room, and from which that of the compressor has, points.
const ROOMY: f32 = 290.0;
const ROOMIER: f32 = 336.0;
/// Place of the returns' bus.
const RETURNS: usize = 7;

/// Width under which a strip has one knob, points.
const NARROW: f32 = 84.0;

/// Width from which a strip's knobs have their whole names, points.
const LONG_NAMES: f32 = 114.0;

const KNOBS: [(&str, &str, &str, &str); 3] = [
    ("pan", "Pan", "Pan", "Place between left and right."),
    (
        "reverb",
        "Reverb",
        "Rev.",
        "Send to the reverb, against the style's own.",
    ),
    (
        "delay",
        "Delay",
        "Del.",
        "Send to the delay, against the style's own.",
    ),
];

/// Draws a lane's strip.
pub fn show(ui: &mut Ui, rect: Rect, lane: Lane, view: &View, desk: &mut Desk, out: &mut Outbox) {
    let color = theme::lane(lane);
    let silent = view.params.value(&lane_param(lane, "mute")) >= 0.5;
    theme::panel_at(ui.painter(), rect);
    let mut inner = rect.shrink2(vec2(6.0, 6.0));
    head(ui, inner.cut_top(20.0, 4.0), lane, desk);
    if rect.height() > ROOMY {
        let place = inner.cut_top(44.0, 4.0);
        picture::equaliser(ui, place, lane, view);
    }
    if rect.height() > ROOMIER {
        compressor::show(ui, inner.cut_top(46.0, 6.0), lane, view);
    }
    let knobs = inner.cut_top(58.0, 6.0);
    // Where all would touch, the sends are left to the lane's own page.
    let shown = match knobs.width() < NARROW {
        true => &KNOBS[..1],
        false => &KNOBS[..],
    };
    for (knob, cell) in shown.iter().zip(space::columns(knobs, shown.len())) {
        let id = lane_param(lane, knob.0);
        let name = if knobs.width() < LONG_NAMES {
            knob.2
        } else {
            knob.1
        };
        let knob = Knob {
            id: &id,
            name,
            hint: knob.3,
            color,
            from_middle: true,
            faint: silent,
        };
        knob.show(ui, cell, view.params, out);
    }
    let switches = inner.cut_bottom(18.0, 5.0);
    if rect.height() > ROOMY {
        goes(ui, inner.cut_bottom(18.0, 5.0), lane, view, out);
    }
    strip::small_switches(ui, switches, lane, view, out);
    let figures = inner.cut_bottom(28.0, 4.0);
    let bus = 1 + lane.index();
    let meters = inner.cut_right(26.0, 3.0);
    levels(ui, meters, bus, view, desk);
    let pressed = view.pulse.strip_db[lane.index()];
    picture::pressed(ui.painter(), inner.cut_right(5.0, 4.0), pressed);
    let fader = fader::Fader {
        id: &lane_param(lane, "level"),
        name: &format!("{} level", lane.name()),
        hint: "Level in the mix.",
        color,
        faint: silent,
    };
    fader.show(ui, inner, view.params, out);
    let pressed = compressor::is_on(lane, view).then_some(pressed);
    figures_of(ui, figures, bus, pressed, view, desk);
}

/// Name over a stripe in the lane's colour; a click shows its knobs.
fn head(ui: &mut Ui, rect: Rect, lane: Lane, desk: &mut Desk) {
    let chosen = desk.lane() == lane;
    let response = ui.interact(rect, ui.scope_id().with("head"), Sense::click());
    let name = format!("{} strip", lane.name());
    response.widget_info(|| WidgetInfo::selected(egui::accesskit::Role::Tab, true, chosen, &name));
    if response.clicked() {
        desk.state.lane = lane as u8;
    }
    let ink = match chosen || response.hovered() {
        true => theme::text(),
        false => theme::text_dim(),
    };
    let painter = ui.painter();
    let font = theme::font(theme::BODY);
    text::line(painter, rect, Align2::CENTER_TOP, lane.name(), font, ink);
    let width = if chosen { 3.0 } else { 1.5 };
    let line = Stroke::new(width, theme::lane(lane));
    painter.hline(rect.x_range(), rect.max.y - 1.0, line);
    button::focus_ring(ui, &response);
}

/// Where it goes: its stem, and the MIDI channel of its notes.
fn goes(ui: &mut Ui, mut rect: Rect, lane: Lane, view: &View, out: &mut Outbox) {
    let stem = rect.cut_left(36.0, 2.0);
    let number = lane.index() + 2;
    let (font, ink) = (theme::font(theme::SMALL), theme::text_dim());
    let words = format!("Out {number}");
    text::line(ui.painter(), stem, Align2::LEFT_CENTER, &words, font, ink);
    let hint = format!(
        "Its stem is the plug-in's stereo output {number}, before the master. Main carries: {}.",
        view.params.shown("main_carries")
    );
    let id = ui.scope_id().with("stem");
    ui.interact(stem, id, Sense::hover()).on_hover_text(hint);
    let name = format!("{} MIDI channel", lane.name());
    let channel = lane_param(lane, "channel");
    let shown = format!("ch {}", view.params.shown(&channel).to_lowercase());
    picker::steps_as(ui, rect, &channel, (&name, &shown), 2, view.params, out);
}

/// Peaks as bars, RMS as a line across each.
fn levels(ui: &Ui, rect: Rect, bus: usize, view: &View, desk: &Desk) {
    let painter = ui.painter();
    let (left, right) = rect.split_left_right_at_x(rect.center().x);
    for (side, place) in [left, right].into_iter().enumerate() {
        let place = place.shrink2(vec2(1.0, 0.0));
        meter::upright(painter, place, desk.meters[bus][side]);
        let rms = meter::db(view.pulse.rms[bus][side]);
        if rms > meter::FLOOR_DB {
            let y = place.max.y - place.height() * meter::place(rms);
            painter.hline(place.x_range(), y, Stroke::new(2.0, theme::text()));
        }
    }
}

/// Peak as a number, and what the compressor takes away; RMS where there is none.
fn figures_of(
    ui: &Ui,
    mut rect: Rect,
    bus: usize,
    pressed_db: Option<f32>,
    view: &View,
    desk: &Desk,
) {
    let loudest = |sides: [f32; 2]| meter::db(sides[0].max(sides[1]));
    let words = |db: f32| match db > -99.0 {
        true => format!("{db:.1}"),
        false => "\u{2014}".to_owned(),
    };
    let painter = ui.painter();
    let font = theme::font(theme::SMALL);
    let mut put = |name: &str, value: String, ink| {
        let row = rect.cut_top(14.0, 0.0);
        let faint = theme::text_faint();
        text::line(painter, row, Align2::LEFT_CENTER, name, font.clone(), faint);
        text::line(
            painter,
            row,
            Align2::RIGHT_CENTER,
            &value,
            font.clone(),
            ink,
        );
    };
    put("Peak", words(loudest(desk.meters[bus])), theme::text_dim());
    match pressed_db {
        Some(db) if db >= 0.05 => put("Comp.", format!("\u{2212}{db:.1}"), theme::warning()),
        Some(_) => put("Comp.", "0.0".to_owned(), theme::text_dim()),
        None => put(
            "RMS",
            words(loudest(view.pulse.rms[bus])),
            theme::text_dim(),
        ),
    }
}

/// The returns of reverbs and delay: meters only, since the sends decide.
pub fn returns(ui: &Ui, rect: Rect, view: &View, desk: &Desk) {
    let painter = ui.painter();
    theme::panel_at(painter, rect);
    let mut inner = rect.shrink2(vec2(6.0, 6.0));
    let name = inner.cut_top(20.0, 4.0);
    let font = theme::font(theme::SMALL);
    text::line(
        painter,
        name,
        Align2::CENTER_TOP,
        "Returns",
        font,
        theme::text_dim(),
    );
    let line = Stroke::new(1.5, theme::text_faint());
    painter.hline(name.x_range(), name.max.y - 1.0, line);
    inner.cut_bottom(18.0, 5.0);
    let figures = inner.cut_bottom(28.0, 4.0);
    let meters = Rect::from_center_size(inner.center(), vec2(26.0, inner.height()));
    levels(ui, meters, RETURNS, view, desk);
    let figures = Rect::from_min_max(
        pos2(rect.min.x + 3.0, figures.min.y),
        pos2(rect.max.x - 3.0, figures.max.y),
    );
    figures_of(ui, figures, RETURNS, None, view, desk);
}
