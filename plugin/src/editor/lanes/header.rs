//! The head of a lane: its colour, its name, on or off, how loud, muted or alone, which channel.
//! A click shows its knobs; dragged out of the window it is MIDI.

use std::borrow::Cow;

use egui::{Align2, Rect, Sense, Ui, WidgetInfo, pos2, vec2};
use music::lane::Lane;

use super::{edit, locks, pitches, roll};
use crate::editor::access::{Outbox, lane_param};
use crate::editor::desk::{Desk, View};
use crate::editor::drag;
use crate::editor::lane_panel::strip;
use crate::editor::song_strip::padlock;
use crate::editor::theme;
use crate::editor::widgets::{button, meter, text};

/// Width of mute and solo.
const SWITCHES: f32 = 36.0;

/// Width of the names of a kit's pieces.
const PIECES: f32 = 70.0;

/// Draws the head.
pub fn show(ui: &mut Ui, rect: Rect, lane: Lane, view: &View, desk: &mut Desk, out: &mut Outbox) {
    let on_id = lane_param(lane, "on");
    let on = view.params.value(&on_id) >= 0.5;
    let chosen = desk.lane() == lane;
    let color = theme::lane(lane);
    let body = rect.shrink2(vec2(0.0, 1.5));

    let response = ui.interact(
        body,
        ui.scope_id().with(("lane", lane.index())),
        Sense::click_and_drag(),
    );
    drag::hold_lane(&response, lane, desk);
    let label = format!("Show {}", lane.name());
    response.widget_info(|| WidgetInfo::selected(egui::accesskit::Role::Tab, true, chosen, &label));
    let response = response.on_hover_text(
        "A click shows its knobs, a double-click edits its notes; pulled out of the window it is MIDI.",
    );
    if response.clicked() {
        desk.state.lane = lane as u8;
    }
    if response.double_clicked() {
        desk.state.editing = !desk.state.editing;
    }
    let fill = match (chosen, response.hovered()) {
        (true, _) => theme::mix(theme::raised(), color, 0.10),
        (false, true) => theme::raised(),
        (false, false) => theme::panel(),
    };
    let painter = ui.painter();
    painter.rect_filled(body, 0, fill);
    let width = if chosen { 5.0 } else { 3.0 };
    let stripe = if on {
        color
    } else {
        theme::mix(color, theme::panel(), 0.65)
    };
    painter.rect_filled(
        Rect::from_min_size(body.min, vec2(width, body.height())),
        0,
        stripe,
    );

    let tall = body.height() > 33.0;
    let line_y = if tall {
        body.min.y + 13.0
    } else {
        body.center().y
    };
    let light = Rect::from_center_size(pos2(body.min.x + 19.0, line_y), vec2(18.0, 18.0));
    button::power(
        ui,
        light,
        &on_id,
        &format!("{} on", lane.name()),
        color,
        view.params,
        out,
    );
    let painter = ui.painter();
    let name = Rect::from_min_max(
        pos2(body.min.x + 32.0, line_y - 10.0),
        pos2(body.max.x - 46.0, line_y + 10.0),
    );
    let ink = if on {
        theme::text()
    } else {
        theme::text_faint()
    };
    text::line(
        painter,
        name,
        Align2::LEFT_CENTER,
        lane.name(),
        theme::font(theme::BODY + 0.5),
        ink,
    );
    if locks::is_whole(view, lane) {
        padlock(painter, pos2(body.max.x - 52.0, line_y), theme::accent());
    }
    // Where the pieces of the kit are named, they stand in the channel's place.
    let edited = desk.edited_lane() == Some(lane);
    let figures = match edited {
        true => Cow::Owned(pitches::figures(lane, view, desk)),
        false => pitches::at_rest(lane, view, desk),
    };
    let names = lane == Lane::Drums && roll::names_pieces(body, &figures);
    let right = if names {
        body.max.x - PIECES
    } else {
        body.max.x - 8.0
    };
    if names {
        let at = Rect::from_min_max(
            pos2(right + 4.0, body.min.y),
            pos2(
                body.max.x - 5.0,
                if edited {
                    body.max.y - edit::VELOCITIES - 2.0
                } else {
                    body.max.y
                },
            ),
        );
        roll::piece_names(painter, at, &figures);
    } else {
        let channel = view.params.shown(&lane_param(lane, "channel"));
        let muted = view.params.value(&lane_param(lane, "mute")) >= 0.5;
        let (words, ink) = match channel.as_str() {
            // Where there is no room for the switch, its state is said.
            _ if muted && !tall => ("muted".to_owned(), theme::warning()),
            "Off" => ("no MIDI".to_owned(), theme::text_faint()),
            _ => (format!("ch {channel}"), theme::text_faint()),
        };
        let at = Rect::from_min_max(
            pos2(right - 40.0, line_y - 10.0),
            pos2(right, line_y + 10.0),
        );
        let font = theme::font(theme::SMALL);
        text::line(painter, at, Align2::RIGHT_CENTER, &words, font, ink);
    }

    if tall {
        let level = desk.meters[lane.index() + 1];
        for (side, linear) in level.into_iter().enumerate() {
            let at = pos2(body.min.x + 32.0, line_y + 12.0 + side as f32 * 4.0);
            let end = if names { right } else { right - SWITCHES - 4.0 };
            let bar = Rect::from_min_size(at, vec2(end - at.x, 3.0));
            meter::lying(painter, bar, linear, color);
        }
        // Beside the meters, or below them where the pieces of the kit are named.
        let corner = match names {
            true => pos2(body.min.x + 31.0, line_y + 24.0),
            false => pos2(right - SWITCHES + 1.0, line_y + 9.0),
        };
        let switches = Rect::from_min_size(corner, vec2(SWITCHES, 14.0));
        strip::small_switches(ui, switches, lane, view, out);
    }
    button::focus_ring(ui, &response);
}
