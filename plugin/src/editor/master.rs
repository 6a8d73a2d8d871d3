//! The master strip: level, peak and loudness, gain reduction, and what Main carries.

use egui::{Align2, Rect, Stroke, Ui, pos2, vec2};

use super::access::Outbox;
use super::desk::{Desk, View};
use super::space::Cut;
use super::widgets::button::{self, Weight};
use super::widgets::knob::Knob;
use super::widgets::{meter, picker, text};
use super::{mix, theme};
use crate::snapshot::Pulse;

/// How fast meters fall, dB a second. Reference: 20 dB in 1.7 s, the fall of a programme meter (IEC 60268-10).
const FALL_DB_PER_SECOND: f32 = 11.8;
/// How long the highest peak stays, seconds. Taste: long enough to be read.
const HOLD_SECONDS: f64 = 2.5;

/// Lets the meters follow the pulse. Gives whether one is still falling.
pub fn follow(pulse: &Pulse, fresh: bool, now: f64, desk: &mut Desk) -> bool {
    let seconds = (now - desk.last_frame).clamp(0.0, 0.5) as f32;
    desk.last_frame = now;
    let fall = 10.0_f32.powf(-FALL_DB_PER_SECOND * seconds / 20.0);
    let mut moving = false;
    for (bus, sides) in desk.meters.iter_mut().enumerate() {
        for (side, level) in sides.iter_mut().enumerate() {
            let peak = if fresh { pulse.peaks[bus][side] } else { 0.0 };
            let peak = if peak.is_finite() { peak } else { 0.0 };
            *level = (*level * fall).max(peak);
            if meter::db(*level) < meter::FLOOR_DB {
                *level = 0.0;
            }
            moving |= *level > 0.0;
        }
    }
    desk.loudness.note(pulse, now);
    let loudest = desk.meters[0][0].max(desk.meters[0][1]);
    let (held, since) = desk.held_peak;
    if loudest >= held || now - since > HOLD_SECONDS {
        desk.held_peak = (loudest, now);
    }
    moving
}

/// Draws the strip.
pub fn show(ui: &mut Ui, rect: Rect, view: &View, desk: &mut Desk, out: &mut Outbox) {
    theme::panel_at(ui.painter(), rect);
    let mut inner = rect.shrink2(vec2(theme::PAD, 8.0));
    let mut title = inner.cut_top(22.0, 4.0);
    let page = inner.cut_top(22.0, 4.0);
    let (words, weight) = match desk.state.mixer {
        true => ("Lanes", Weight::Chosen),
        false => ("Mixer", Weight::Plain),
    };
    let hint = "Every strip side by side, in the lanes' place.";
    let response = button::button(ui, page, "Mixer", words, weight).on_hover_text(hint);
    if response.clicked() {
        desk.state.mixer = !desk.state.mixer;
    }
    mix::opener(ui, title.cut_right(42.0, 2.0), view, desk);
    let on = view.params.value("master") >= 0.5;
    let ink = if on {
        theme::text()
    } else {
        theme::text_faint()
    };
    text::line(
        ui.painter(),
        title,
        Align2::LEFT_CENTER,
        "Master",
        theme::font(theme::TITLE),
        ink,
    );
    let knob = Knob {
        id: "master_level",
        name: "Level",
        hint: "Level of the main output.",
        color: theme::accent(),
        from_middle: false,
        faint: false,
    };
    let carries = inner.cut_bottom(16.0 + theme::CONTROL_HEIGHT, 6.0);
    knob.show_lying(ui, inner.cut_top(40.0, 2.0), view.params, out);
    let figures = inner.cut_bottom(4.0 * 17.0, 6.0);
    meters(ui, inner, view.pulse, desk);
    numbers(ui, figures, view.pulse, on, desk);
    main_carries(ui, carries, view, out);
}

fn meters(ui: &Ui, rect: Rect, pulse: &Pulse, desk: &Desk) {
    let painter = ui.painter();
    let rect = rect.shrink2(vec2(0.0, 4.0));
    let scale = Rect::from_min_max(rect.min, pos2(rect.min.x + 24.0, rect.max.y));
    let left = Rect::from_min_max(
        pos2(scale.max.x + 4.0, rect.min.y),
        pos2(scale.max.x + 18.0, rect.max.y),
    );
    let right = left.translate(vec2(17.0, 0.0));
    let mut last = f32::NEG_INFINITY;
    for level_db in [0, -6, -12, -18, -24, -36, -48] {
        let y = rect.max.y - rect.height() * meter::place(level_db as f32);
        if y - last < 12.0 {
            continue;
        }
        last = y;
        let at = Rect::from_min_max(pos2(scale.min.x, y - 7.0), pos2(scale.max.x - 4.0, y + 7.0));
        let font = theme::font(theme::TINY);
        text::line(
            painter,
            at,
            Align2::RIGHT_CENTER,
            &level_db.to_string(),
            font,
            theme::text_faint(),
        );
        painter.hline(
            scale.max.x - 2.0..=scale.max.x + 2.0,
            y,
            Stroke::new(1.0, theme::line()),
        );
    }
    meter::upright(painter, left, desk.meters[0][0]);
    meter::upright(painter, right, desk.meters[0][1]);
    if desk.held_peak.0 > 0.001 {
        let y = rect.max.y - rect.height() * meter::place(meter::db(desk.held_peak.0));
        painter.hline(left.min.x..=right.max.x, y, Stroke::new(1.5, theme::text()));
    }
    // Gain reduction hangs from the top.
    let gr = Rect::from_min_max(
        pos2(right.max.x + 7.0, rect.min.y),
        pos2(right.max.x + 15.0, rect.max.y),
    );
    theme::trough(painter, gr);
    let depth = (pulse.reduction_db / 18.0).clamp(0.0, 1.0) * gr.height();
    if depth > 0.5 {
        let bar = Rect::from_min_max(gr.min, pos2(gr.max.x, gr.min.y + depth));
        painter.rect_filled(bar, 2, theme::warning());
    }
}

fn numbers(ui: &Ui, mut rect: Rect, pulse: &Pulse, on: bool, desk: &Desk) {
    let db = |value: f32, unit: &str| {
        if value > -99.0 && value.is_finite() {
            format!("{value:.1} {unit}")
        } else {
            format!("— {unit}")
        }
    };
    let peak = meter::db(desk.held_peak.0);
    let hot = if peak > -0.1 {
        theme::error()
    } else {
        theme::text()
    };
    let loudness = if pulse.blocks == 0 {
        f32::NEG_INFINITY
    } else {
        pulse.lufs_momentary
    };
    let reduction = match pulse.reduction_db.abs() {
        _ if !on => "off".to_owned(),
        deep if deep >= 0.05 => format!("-{deep:.1} dB"),
        _ => "0.0 dB".to_owned(),
    };
    let rows = [
        ("Peak", db(peak, "dB"), hot),
        ("Loud", db(loudness, "LUFS"), theme::text()),
        ("Limit", reduction, theme::text()),
        (
            "Load",
            format!("{:.0} %", pulse.worst_block * 100.0),
            load_ink(pulse.worst_block),
        ),
    ];
    for (name, value, ink) in rows {
        let row = rect.cut_top(17.0, 0.0);
        let font = theme::font(theme::SMALL);
        text::line(
            ui.painter(),
            row,
            Align2::LEFT_CENTER,
            name,
            font.clone(),
            theme::text_dim(),
        );
        text::line(ui.painter(), row, Align2::RIGHT_CENTER, &value, font, ink);
    }
}

fn load_ink(share: f32) -> egui::Color32 {
    if share >= 0.9 {
        theme::error()
    } else if share >= 0.6 {
        theme::warning()
    } else {
        theme::text()
    }
}

fn main_carries(ui: &mut Ui, mut rect: Rect, view: &View, out: &mut Outbox) {
    let label = rect.cut_top(16.0, 0.0);
    let font = theme::font(theme::SMALL);
    text::line(
        ui.painter(),
        label,
        Align2::LEFT_CENTER,
        "Main carries",
        font,
        theme::text_dim(),
    );
    picker::steps(
        ui,
        rect,
        "main_carries",
        "Main carries",
        1,
        view.params,
        out,
    );
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::editor::state::EditorState;

    #[test]
    fn meters_rise_at_once_fall_slowly_and_come_to_rest() {
        let mut desk = Desk::new(EditorState::default());
        let mut pulse = Pulse::default();
        pulse.peaks[0] = [1.0, 0.5];
        assert!(follow(&pulse, true, 1.0, &mut desk));
        assert_eq!(desk.meters[0], [1.0, 0.5]);
        assert!(follow(&pulse, false, 1.1, &mut desk));
        assert!((meter::db(desk.meters[0][0]) + 1.18).abs() < 0.01);
        let mut now = 1.1;
        for _ in 0..100 {
            now += 0.1;
            follow(&pulse, false, now, &mut desk);
        }
        assert!(
            !follow(&pulse, false, now + 0.1, &mut desk),
            "at rest nothing moves"
        );
    }
}
