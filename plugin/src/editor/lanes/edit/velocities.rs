//! Velocities under the notes: a stem each, drawn by dragging across.

use authoring::editing::notes::Written;
use egui::{Pos2, Rect, Sense, Stroke, Ui, WidgetInfo, pos2};

use super::{Editing, Roll, change, count, send};
use crate::editor::access::Outbox;
use crate::editor::theme;

/// How near a stem the mouse sets it, points.
const NEAR: f32 = 5.0;

/// Draws the stems and takes what is drawn over them.
pub fn show(ui: &mut Ui, rect: Rect, roll: &Roll, editing: &mut Editing, out: &mut Outbox) {
    let id = ui.scope_id().with("velocities");
    let response = ui.interact(rect, id, Sense::click_and_drag());
    response.widget_info(|| {
        let name = format!("Velocities of {}", roll.lane.name());
        WidgetInfo::labeled(egui::accesskit::Role::Canvas, true, name)
    });
    let painter = ui.painter().with_clip_rect(rect);
    painter.rect_filled(rect, 0, theme::well());
    painter.hline(rect.x_range(), rect.min.y, Stroke::new(1.0, theme::line()));
    if response.is_pointer_button_down_on()
        && let Some(at) = response.interact_pointer_pos()
    {
        let before = ui.input(|i| i.pointer.latest_pos().map(|p| p - i.pointer.delta()));
        draw(roll, rect, before.unwrap_or(at), at, editing);
    } else if !editing.drawn.is_empty() {
        let drawn = std::mem::take(&mut editing.drawn);
        let from: Vec<Written> = drawn
            .iter()
            .filter_map(|(index, _)| roll.written(*index).copied())
            .collect();
        let all = drawn.iter().zip(&from);
        let to: Vec<Written> = all
            .map(|((i, v), note)| struck(roll, *i, note, *v))
            .collect();
        editing.selected.clone_from(&to);
        send(count("Velocity of", roll.lane, to.len()), from, to, out);
    }
    for shown in &roll.shown {
        let Some(note) = roll.view.score.notes[roll.lane.index()].get(shown.index) else {
            continue;
        };
        let drawn = editing
            .drawn
            .iter()
            .find(|(index, _)| *index == shown.index);
        let velocity = drawn.map_or(note.velocity, |(_, velocity)| *velocity);
        let selected = roll
            .written(shown.index)
            .is_some_and(|n| editing.selected.contains(n));
        let ink = match selected || drawn.is_some() {
            true => theme::text(),
            false => theme::lane(roll.lane),
        };
        let x = shown.place.min.x + 1.0;
        let y = rect.max.y - (rect.height() - 6.0) * f32::from(velocity) / 127.0;
        painter.vline(x, y..=rect.max.y, Stroke::new(2.0, ink));
        painter.circle_filled(pos2(x, y), 2.5, ink);
    }
    response.on_hover_text("Velocities: drag across to draw them.");
}

/// Sets every stem between two places of the mouse; of what is selected only, if anything is.
fn draw(roll: &Roll, rect: Rect, from: Pos2, to: Pos2, editing: &mut Editing) {
    let share = (rect.max.y - to.y) / (rect.height() - 6.0);
    let velocity = (share * 127.0).round().clamp(1.0, 127.0) as u8;
    let (left, right) = (from.x.min(to.x) - NEAR, from.x.max(to.x) + NEAR);
    for shown in &roll.shown {
        let x = shown.place.min.x + 1.0;
        let chosen = |n| editing.selected.contains(n);
        let free = editing.selected.is_empty() || roll.written(shown.index).is_some_and(chosen);
        if !free || x < left || x > right {
            continue;
        }
        match editing
            .drawn
            .iter_mut()
            .find(|(index, _)| *index == shown.index)
        {
            Some((_, drawn)) => *drawn = velocity,
            None => editing.drawn.push((shown.index, velocity)),
        }
    }
}

/// A note that shall be seen with a velocity: what energy makes of it stays as much as it is.
fn struck(roll: &Roll, index: usize, note: &Written, seen: u8) -> Written {
    let notes = &roll.view.score.notes[roll.lane.index()];
    let now = notes
        .get(index)
        .map_or(note.velocity, |n| n.velocity.max(1));
    let own = u32::from(note.velocity) * u32::from(seen) + u32::from(now) / 2;
    let velocity = (own / u32::from(now)).clamp(1, 127) as u8;
    change::by_hand(Written { velocity, ..*note })
}
