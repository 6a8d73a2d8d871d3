//! The knobs of one lane, in three groups: what it plays, how it feels, where it goes. Further pages hold its
//! instrument, its strip of the mixer, and the techniques of the lane and of the band.

mod feel;
mod sound;
pub mod strip;
pub mod takes;
mod techniques;

use egui::{Align2, Color32, Rect, Response, Sense, Stroke, Ui, WidgetInfo, pos2, vec2};
use music::lane::Lane;

use super::access::{Outbox, lane_param};
use super::desk::{Desk, View};
use super::space::{self, Cut};
use super::state::Page;
use super::theme;
use super::widgets::knob::Knob;
use super::widgets::{button, text};

/// A control of a lane: parameter, name, hint, whether it goes both ways from its middle.
type Control = (&'static str, &'static str, &'static str, bool);

const PLAYS: [Control; 7] = [
    (
        "density",
        "Density",
        "Share of the lane's notes that are heard.",
        false,
    ),
    (
        "complexity",
        "Complexity",
        "Ornament: ghosts, passing notes, extensions, rolls.",
        false,
    ),
    (
        "syncopation",
        "Syncopate",
        "How far accents leave the beat.",
        false,
    ),
    (
        "energy",
        "Energy",
        "Force. 50 % is what the section asks for.",
        true,
    ),
    (
        "variation",
        "Variation",
        "How often bars differ from the plain pattern.",
        false,
    ),
    (
        "register",
        "Register",
        "Octaves up or down; drums move from toms to cymbals.",
        true,
    ),
    (
        "fills",
        "Fills",
        "How many section and phrase ends are filled, and how busily.",
        false,
    ),
];
const FEELS: [Control; 3] = [
    ("swing", "Swing", "Added to the band's swing.", true),
    (
        "humanize",
        "Humanize",
        "This lane's share of the band's human timing and force.",
        false,
    ),
    (
        "push",
        "Push",
        "Ahead of the beat (−) or behind it (+).",
        true,
    ),
];
const GOES: [Control; 3] = [
    ("level", "Level", "Level in the mix.", false),
    ("pan", "Pan", "Place between left and right.", true),
    (
        "channel",
        "MIDI ch",
        "MIDI channel of this lane's notes; Off sends none.",
        false,
    ),
];

/// Draws tabs and knobs.
pub fn show(ui: &mut Ui, rect: Rect, view: &View, desk: &mut Desk, out: &mut Outbox) {
    theme::panel_at(ui.painter(), rect);
    let mut inner = rect;
    // Where a take is proposed, it is decided here.
    let proposed = view
        .refining
        .proposal
        .as_ref()
        .map(|proposal| proposal.lane);
    if let Some(lane) = proposed.filter(|_| desk.proposed != proposed) {
        desk.state.lane = lane as u8;
        desk.state.page = Page::Takes;
    }
    desk.proposed = proposed;
    tabs(ui, inner.cut_top(28.0, 0.0), view, desk);
    let lane = desk.lane();
    let inner = inner.shrink2(vec2(theme::PAD, 4.0));
    match desk.state.page {
        _ if lane == Lane::Vocal => return,
        Page::Takes => return takes::show(ui, inner, lane, view, desk, out),
        _ if desk.edited_lane().is_some() => return,
        Page::Knobs => {}
        Page::Sound => return sound::show(ui, inner, lane, view, desk, out),
        Page::Strip => return strip::show(ui, inner, lane, view, out),
        Page::Lane => return techniques::lane(ui, inner, lane, view, desk, out),
        Page::Band => return techniques::band(ui, inner, view, out),
    }
    let plays: Vec<&Control> = PLAYS
        .iter()
        .filter(|c| c.0 != "fills" || lane == Lane::Drums)
        .collect();
    let gap = 18.0;
    let unit = (inner.width() - 2.0 * gap) / 13.0;
    let faint = view.params.value(&lane_param(lane, "on")) < 0.5;
    let mut row = inner;
    // Thirteen places whether a lane has fills or not, so that knobs keep their places between lanes.
    let groups: [(&str, f32, Vec<&Control>); 3] = [
        ("Plays", 7.0, plays),
        ("Feels", 3.0, FEELS.iter().collect()),
        ("Goes to", 3.0, GOES.iter().collect()),
    ];
    for (i, (_, places, controls)) in groups.iter().enumerate() {
        let group = row.cut_left(unit * places, gap);
        if i < 2 {
            let x = group.max.x + gap / 2.0;
            ui.painter().vline(
                x,
                group.y_range().shrink(4.0),
                Stroke::new(1.0, theme::line()),
            );
        }
        let cells: Vec<Rect> = space::columns(group, *places as usize).collect();
        for control in controls {
            let all = [&PLAYS[..], &FEELS[..], &GOES[..]][i];
            let at = all.iter().position(|c| c.0 == control.0).unwrap_or(0);
            let id = lane_param(lane, control.0);
            let knob = Knob {
                id: &id,
                name: control.1,
                hint: control.2,
                color: theme::lane(lane),
                from_middle: control.3,
                faint,
            };
            knob.show(ui, cells[at], view.params, out);
        }
    }
}

fn tabs(ui: &mut Ui, rect: Rect, view: &View, desk: &mut Desk) {
    let mut row = rect.shrink2(vec2(theme::PAD - 6.0, 0.0));
    for lane in Lane::PLAYED {
        let chosen = desk.lane() == lane && desk.state.page != Page::Band;
        let rest = match view.params.value(&lane_param(lane, "on")) >= 0.5 {
            true => theme::text_dim(),
            false => theme::text_faint(),
        };
        let label = format!("{} knobs", lane.name());
        let inks = (theme::lane(lane), rest);
        let place = row.cut_left(82.0, 2.0);
        if tab(ui, place, &label, lane.name(), chosen, inks).clicked() {
            desk.state.lane = lane as u8;
            if desk.state.page == Page::Band {
                desk.state.page = Page::Knobs;
            }
        }
    }
    let inks = (theme::accent(), theme::text_dim());
    let pages = [
        (
            Page::Band,
            "Band techniques",
            "Band techniques",
            126.0,
            "Second style, harmony, pace and groove.",
        ),
        (
            Page::Lane,
            "Lane techniques",
            "Lane techniques",
            126.0,
            "This lane's blend, groove and rhythm.",
        ),
        (
            Page::Strip,
            "Strip",
            "Lane strip",
            64.0,
            "This lane in the mixer: equaliser, compression, width, sends, mute and solo.",
        ),
        (
            Page::Sound,
            "Sound",
            "Lane sound",
            64.0,
            "This lane's instrument, its five knobs, and a SoundFont in its place.",
        ),
        (
            Page::Takes,
            "Takes",
            "Lane takes",
            64.0,
            "Other takes of this lane: regenerate, compare, go back.",
        ),
    ];
    let places = pages.map(|page| row.cut_right(page.3, 2.0));
    for ((page, words, name, _, hint), place) in pages.into_iter().zip(places).rev() {
        let chosen = desk.state.page == page;
        let response = tab(ui, place, name, words, chosen, inks).on_hover_text(hint);
        if response.clicked() {
            desk.state.editing &= page == Page::Takes;
            desk.state.page = if chosen { Page::Knobs } else { page };
        }
    }
    ui.painter().hline(
        rect.x_range().shrink(theme::PAD),
        rect.max.y - 0.5,
        Stroke::new(1.0, theme::line()),
    );
}

/// One tab; of the two colours one is its line's while it is chosen, the other its own while it rests.
fn tab(
    ui: &Ui,
    rect: Rect,
    label: &str,
    words: &str,
    chosen: bool,
    (color, rest): (Color32, Color32),
) -> Response {
    let response = ui.interact(rect, ui.scope_id().with(("tab", label)), Sense::click());
    response.widget_info(|| WidgetInfo::selected(egui::accesskit::Role::Tab, true, chosen, label));
    // The line under it has the colour: not every lane's is one to read in.
    let ink = match chosen || response.hovered() {
        true => theme::text(),
        false => rest,
    };
    let painter = ui.painter();
    let font = theme::font(theme::BODY);
    text::line(painter, rect, Align2::CENTER_CENTER, words, font, ink);
    if chosen {
        let line = Rect::from_min_max(
            pos2(rect.min.x + 10.0, rect.max.y - 3.0),
            pos2(rect.max.x - 10.0, rect.max.y - 1.0),
        );
        painter.rect_filled(line, 1, color);
    }
    button::focus_ring(ui, &response);
    response
}
