//! The pages of techniques: what a lane may take from a second style, whose groove, which rhythm; and what the
//! whole band does with harmony and pace.

use egui::{Align2, Color32, Rect, Stroke, Ui};
use music::lane::Lane;

use super::{FEELS, feel};
use crate::editor::access::{Outbox, lane_param};
use crate::editor::desk::{Desk, View};
use crate::editor::space::Cut;
use crate::editor::theme;
use crate::editor::widgets::knob::Knob;
use crate::editor::widgets::{picker, text};

/// Width of a knob's place.
const KNOB: f32 = 66.0;
/// Gap between two places.
const GAP: f32 = 8.0;

/// Draws a lane's techniques.
pub fn lane(ui: &mut Ui, rect: Rect, lane: Lane, view: &View, desk: &mut Desk, out: &mut Outbox) {
    let mut row = Row {
        rest: rect,
        color: theme::lane(lane),
        view,
    };
    let id = |what| lane_param(lane, what);
    let blend = "This lane's share of the second style, against the band's.";
    row.knob(ui, &id("blend"), "Blend", blend, true, out);
    match lane {
        Lane::Bass => {
            let hint = "How closely the bass follows the kick. 50 % is the style's.";
            row.knob(ui, &id("lock"), "Lock", hint, true, out);
        }
        Lane::Melody => {
            let hint = "Each step of the scale taken as two, three or four.";
            row.knob(ui, &id("expansion"), "Expansion", hint, false, out);
        }
        _ => {}
    }
    row.steps(ui, &id("groove"), "Groove", 132.0, 2, out);
    row.steps(ui, &id("rhythm"), "Rhythm", 156.0, 2, out);
    for (control, name, hint, from_middle) in &FEELS {
        row.knob(ui, &id(control), name, hint, *from_middle, out);
    }
    feel::show(ui, row.rest, lane, view, desk);
}

/// Draws the band's techniques.
pub fn band(ui: &mut Ui, rect: Rect, view: &View, out: &mut Outbox) {
    let mut row = Row {
        rest: rect,
        color: theme::accent(),
        view,
    };
    row.style(ui, out);
    let blend = "How much of the second style plays: bars, lanes and feel turn to it.";
    row.knob(ui, "blend", "Blend", blend, false, out);
    row.line(ui);
    row.steps(ui, "groove", "Groove", 104.0, 2, out);
    row.steps(ui, "pace", "Pace", 92.0, 1, out);
    row.line(ui);
    let tension = "Surprise of the chords. 50 % is the style's.";
    row.knob(ui, "tension", "Tension", tension, true, out);
    let others = "How far chords are replaced by others of their function.";
    row.knob(ui, "reharmonise", "Reharmonise", others, false, out);
    let lift = "How readily the last chorus is lifted into another key. 50 % is the style's.";
    row.knob(ui, "modulation", "Key change", lift, true, out);
    row.steps(ui, "root_cycle", "Roots", 100.0, 1, out);
    row.steps(ui, "voice_leading", "Voicing", 76.0, 1, out);
}

/// Places from left to right.
struct Row<'v, 'a> {
    rest: Rect,
    color: Color32,
    view: &'v View<'a>,
}

impl Row<'_, '_> {
    /// A hairline between two groups.
    fn line(&mut self, ui: &Ui) {
        let line = Stroke::new(1.0, theme::line());
        let high = self.rest.y_range().shrink(4.0);
        ui.painter().vline(self.rest.min.x, high, line);
        self.rest.min.x += GAP;
    }

    fn knob(
        &mut self,
        ui: &mut Ui,
        id: &str,
        name: &str,
        hint: &str,
        from_middle: bool,
        out: &mut Outbox,
    ) {
        let knob = Knob {
            id,
            name,
            hint,
            color: self.color,
            from_middle,
            faint: false,
        };
        let place = self.rest.cut_left(KNOB, GAP);
        knob.show(ui, place, self.view.params, out);
    }

    /// A picker over all steps of a parameter; grooves and rhythms without a name are left out of its list.
    fn steps(
        &mut self,
        ui: &mut Ui,
        id: &str,
        name: &str,
        width: f32,
        columns: usize,
        out: &mut Outbox,
    ) {
        let place = self.field(ui, name, width);
        let params = self.view.params;
        let now = params.step(id);
        let shown = params.shown(id);
        let label = format!("{name} technique");
        let picked = picker::picker(ui, place, &label, &shown, Some(now), columns, || {
            let count = params.steps(id).unwrap_or(0);
            let entries: Vec<(usize, String)> = (0..=count)
                .map(|step| (step, params.text(id, params.value_of_step(id, step))))
                .filter(|(_, words)| !words.ends_with("(missing)"))
                .collect();
            let tall = entries.len().div_ceil(columns).max(1);
            entries
                .chunks(tall)
                .map(|part| picker::Group {
                    title: String::new(),
                    entries: part.to_vec(),
                })
                .collect()
        });
        if let Some(step) = picked {
            out.change(id, params.value_of_step(id, step));
        }
    }

    fn style(&mut self, ui: &mut Ui, out: &mut Outbox) {
        let place = self.field(ui, "Style B", 132.0);
        crate::editor::band::style(ui, place, "style_b", "Style B", self.view, out);
    }

    /// A place with its name above; gives the field below it.
    fn field(&mut self, ui: &Ui, name: &str, width: f32) -> Rect {
        let height = 14.0 + theme::CONTROL_HEIGHT + 2.0;
        let mut place = self.rest.cut_left(width, GAP).middle(height);
        let at = place.cut_top(14.0, 2.0);
        text::line(
            ui.painter(),
            at,
            Align2::LEFT_CENTER,
            name,
            theme::font(theme::SMALL),
            theme::text_dim(),
        );
        place
    }
}
