//! A lane's strip of the mixer: equaliser, compression, width, sends, mute and solo; and what the automatic mix
//! decided about it.

use egui::{Align2, Rect, Sense, Stroke, Ui, vec2};
use music::lane::Lane;

use super::Control;
use crate::editor::access::{Outbox, lane_param};
use crate::editor::desk::View;
use crate::editor::space::{self, Cut};
use crate::editor::theme;
use crate::editor::widgets::button::Toggle;
use crate::editor::widgets::knob::Knob;
use crate::editor::widgets::text;

const EQUALISER: [Control; 4] = [
    ("eq_low", "Low", "Equaliser: low shelf.", true),
    ("eq_low_mid", "Low mid", "Equaliser: lower bell.", true),
    ("eq_high_mid", "High mid", "Equaliser: upper bell.", true),
    ("eq_high", "High", "Equaliser: high shelf.", true),
];
const SHAPE: [Control; 2] = [
    (
        "compression",
        "Compress",
        "Against the style's own: −100 % none, +100 % much more.",
        true,
    ),
    (
        "width",
        "Width",
        "Against the style's own: 0 % is mono, 200 % twice as wide.",
        true,
    ),
];
const SENDS: [Control; 2] = [
    (
        "reverb",
        "Reverb",
        "Send to the reverb, against the style's own.",
        true,
    ),
    (
        "delay",
        "Delay",
        "Send to the delay, against the style's own.",
        true,
    ),
];
/// What mute does, for the tooltip.
pub const MUTE_HINT: &str = "Mute: silent in the mix, still on MIDI out.";
/// What solo does, for the tooltip.
pub const SOLO_HINT: &str = "Solo: only lanes with this are heard; MIDI out stays whole.";

/// Draws the page.
pub fn show(ui: &mut Ui, rect: Rect, lane: Lane, view: &View, out: &mut Outbox) {
    let gap = 18.0;
    // The same places as the lane's other knobs have.
    let unit = (rect.width() - 2.0 * gap) / 13.0;
    let faint = view.params.value(&lane_param(lane, "mute")) >= 0.5;
    let mut row = rect;
    for controls in [&EQUALISER[..], &SHAPE[..], &SENDS[..]] {
        let group = row.cut_left(unit * controls.len() as f32, gap);
        line_after(ui, group, gap);
        for (control, cell) in controls.iter().zip(space::columns(group, controls.len())) {
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
    }
    let buttons = row.cut_left(62.0, gap);
    switches(ui, buttons.middle(58.0), lane, view, out);
    line_after(ui, buttons, gap);
    decided(ui, row, lane, view);
}

/// A hairline behind a group.
pub fn line_after(ui: &Ui, group: Rect, gap: f32) {
    ui.painter().vline(
        group.max.x + gap / 2.0,
        group.y_range().shrink(4.0),
        Stroke::new(1.0, theme::line()),
    );
}

fn switches(ui: &mut Ui, mut rect: Rect, lane: Lane, view: &View, out: &mut Outbox) {
    let height = theme::CONTROL_HEIGHT;
    let mute = Toggle {
        id: &lane_param(lane, "mute"),
        label: "Mute",
        words: "Mute",
        color: theme::warning(),
        hint: MUTE_HINT,
    };
    mute.show(ui, rect.cut_top(height, 6.0), view.params, out);
    let solo = Toggle {
        id: &lane_param(lane, "solo"),
        label: "Solo",
        words: "Solo",
        color: theme::accent(),
        hint: SOLO_HINT,
    };
    solo.show(ui, rect.cut_top(height, 0.0), view.params, out);
}

/// What the automatic mix decided about this lane: as many lines as there is room for, all under the mouse.
fn decided(ui: &Ui, mut rect: Rect, lane: Lane, view: &View) {
    let about: Vec<&str> = view
        .score
        .decided
        .iter()
        .map(String::as_str)
        .filter(|words| is_about(words, lane))
        .collect();
    if !about.is_empty() {
        ui.interact(rect, ui.scope_id().with("decided"), Sense::hover())
            .on_hover_text(about.join("\n"));
    }
    let font = theme::font(theme::SMALL);
    let (head, ink) = match (about.is_empty(), view.score.decided_is_stale) {
        (true, _) => (
            "The automatic mix changes nothing here.",
            theme::text_faint(),
        ),
        (false, true) => ("Decided before the song changed:", theme::warning()),
        (false, false) => ("The automatic mix decided:", theme::text_dim()),
    };
    let painter = ui.painter();
    let mut put = |words: &str, ink| {
        let at = rect.cut_top(15.0, 0.0);
        text::line(painter, at, Align2::LEFT_CENTER, words, font.clone(), ink);
        rect.height()
    };
    let mut room = put(head, ink);
    for words in about {
        if room < 15.0 {
            break;
        }
        room = put(words, theme::text());
    }
}

/// Whether a decision is about a lane, and not only for its sake.
fn is_about(words: &str, lane: Lane) -> bool {
    let change = words.split(':').next().unwrap_or(words);
    change.split(' ').any(|word| word == lane.id())
}

/// The two switches small, beside each other: in a lane's head.
pub fn small_switches(ui: &mut Ui, rect: Rect, lane: Lane, view: &View, out: &mut Outbox) {
    let (left, right) = rect.split_left_right_at_x(rect.center().x);
    let mute = Toggle {
        id: &lane_param(lane, "mute"),
        label: &format!("{} mute", lane.name()),
        words: "M",
        color: theme::warning(),
        hint: MUTE_HINT,
    };
    mute.show(ui, left.shrink2(vec2(1.0, 0.0)), view.params, out);
    let solo = Toggle {
        id: &lane_param(lane, "solo"),
        label: &format!("{} solo", lane.name()),
        words: "S",
        color: theme::accent(),
        hint: SOLO_HINT,
    };
    solo.show(ui, right.shrink2(vec2(1.0, 0.0)), view.params, out);
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_decision_belongs_to_what_it_changes() {
        let words = "\u{2212}2.5 dB at 250 Hz on harmony: masks bass";
        assert!(is_about(words, Lane::Harmony) && !is_about(words, Lane::Bass));
        assert!(is_about(
            "+1 dB on bass in each chorus: follows the energy",
            Lane::Bass
        ));
    }
}
