//! One block of the song strip, and what a hand holds of it.

use egui::{
    Align2, Color32, CursorIcon, Pos2, Rect, Response, Sense, Stroke, Ui, WidgetInfo, pos2, vec2,
};
use music::lane::Lane;
use music::plan::Section;

use super::{menu, section_ink};
use crate::editor::access::Outbox;
use crate::editor::desk::{Desk, View};
use crate::editor::theme;
use crate::editor::widgets::{button, text};
use crate::hand::Hand;
use crate::snapshot::Command;

/// Width of the edge that resizes a block, points.
const EDGE: f32 = 6.0;
/// How near a point of the curve is taken hold of, points.
const NEAR: f32 = 7.0;

/// Where blocks lie.
pub struct Strip<'v, 'a> {
    /// Of all blocks.
    pub rect: Rect,
    /// Width of a bar.
    pub per_bar: f32,
    /// What is shown.
    pub view: &'v View<'a>,
}

/// What a hand holds of a block.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Held {
    /// The block: its place afterwards.
    Block(u16, usize),
    /// Its right edge: bars afterwards.
    Edge(u16, u16),
    /// A point of its curve (the right one): energy afterwards.
    Energy(u16, bool, u8),
}

impl Held {
    const fn section(self) -> u16 {
        match self {
            Held::Block(key, _) | Held::Edge(key, _) | Held::Energy(key, ..) => key,
        }
    }
}

impl Strip<'_, '_> {
    fn x(&self, bar: u16) -> f32 {
        self.rect.min.x + f32::from(bar) * self.per_bar
    }
    fn place(&self, section: &Section) -> Rect {
        let end = self.x(section.first_bar + section.bars) - 2.0;
        let start = pos2(self.x(section.first_bar), self.rect.min.y);
        Rect::from_min_max(start, pos2(end, self.rect.max.y))
    }
    /// Height of an energy in a block.
    fn y(&self, energy: u8) -> f32 {
        self.rect.max.y - 2.0 - self.room() * f32::from(energy) / 100.0
    }
    fn room(&self) -> f32 {
        (self.rect.height() - 20.0).max(2.0)
    }
    fn energy(&self, y: f32) -> u8 {
        let share = (self.rect.max.y - 2.0 - y) / self.room();
        (share * 100.0).round().clamp(0.0, 100.0) as u8
    }
    /// What lies under the mouse in a block, with its value as it stands.
    fn grip(&self, index: usize, at: Pos2) -> Held {
        let section = &self.view.score.form.sections[index];
        let place = self.place(section);
        for (end, energy) in [(false, section.energy), (true, section.energy_end)] {
            if place.width() > 26.0 && self.point(place, end, energy).distance(at) < NEAR {
                return Held::Energy(section.key, end, energy);
            }
        }
        match at.x > place.max.x - EDGE && place.width() > 3.0 * EDGE {
            true => Held::Edge(section.key, section.bars),
            false => Held::Block(section.key, index),
        }
    }
    /// A point of the curve, inside of the block's edges.
    fn point(&self, place: Rect, end: bool, energy: u8) -> Pos2 {
        let x = if end {
            place.max.x - 12.0
        } else {
            place.min.x + 6.0
        };
        pos2(x, self.y(energy))
    }
    /// Where a block would stand if it were let go at `x`.
    fn slot(&self, key: u16, x: f32) -> usize {
        let sections = self.view.score.form.sections.iter();
        let others = sections.filter(|s| s.key != key);
        others.filter(|s| self.place(s).center().x < x).count()
    }
}

/// Draws a block and takes what the hand does to it.
pub fn show(ui: &mut Ui, strip: &Strip, index: usize, desk: &mut Desk, out: &mut Outbox) {
    let section = &strip.view.score.form.sections[index];
    let place = strip.place(section);
    let title = section.kind.title();
    let id = ui.scope_id().with(("section", section.key));
    let response = ui.interact(place, id, Sense::click_and_drag());
    response.widget_info(|| {
        let name = format!("{title} at bar {}", section.first_bar + 1);
        WidgetInfo::labeled(egui::accesskit::Role::Button, true, name)
    });
    if response.clicked() {
        desk.first_bar = f64::from(section.first_bar);
        desk.state.follow = false;
        if strip.view.params.step("run") == 1 {
            out.command(Command::GoTo(section.first_bar.into()));
        }
    }
    if response.drag_started_by(egui::PointerButton::Primary)
        && let Some(at) = ui.input(|i| i.pointer.press_origin())
    {
        desk.held = Some(strip.grip(index, at));
    }
    let energy = match desk.held {
        Some(Held::Energy(key, false, e)) if key == section.key => (e, section.energy_end),
        Some(Held::Energy(key, true, e)) if key == section.key => (section.energy, e),
        _ => (section.energy, section.energy_end),
    };
    draw(ui, strip, section, energy, &response);
    menu::show(&response, strip.view, section, desk, out);
    let hovered = ui.input(|i| i.pointer.hover_pos());
    let cursor = hovered.map(|at| match strip.grip(index, at) {
        Held::Block(..) => CursorIcon::Grab,
        Held::Edge(..) => CursorIcon::ResizeHorizontal,
        Held::Energy(..) => CursorIcon::ResizeVertical,
    });
    let response = response.on_hover_cursor(cursor.unwrap_or_default());
    if desk.held.is_none() {
        response.on_hover_text(hint(section, strip.view));
    }
}

fn hint(section: &Section, view: &View) -> String {
    let playing = Lane::PLAYED.into_iter().filter(|l| section.lanes.has(*l));
    let lanes: Vec<&str> = playing.map(Lane::name).collect();
    let end = match section.energy == section.energy_end {
        true => String::new(),
        false => format!(" to {} %", section.energy_end),
    };
    let plays = match lanes.is_empty() {
        true => "nobody".to_owned(),
        false => lanes.join(", "),
    };
    let click = match view.params.step("run") {
        1 => "A click plays from here",
        _ => "A click shows it",
    };
    let locked = match section.seed {
        Some(seed) => format!("\nLocked: keeps its own seed, {seed}."),
        None => String::new(),
    };
    format!(
        "{}: bars {}\u{2013}{}, energy {} %{end}\nPlays: {plays}{locked}\n{click}; drag to move, out of the window for its MIDI; right-click for more.",
        section.kind.title(),
        section.first_bar + 1,
        section.first_bar + section.bars,
        section.energy,
    )
}

fn draw(ui: &Ui, strip: &Strip, section: &Section, (start, end): (u8, u8), response: &Response) {
    let painter = ui.painter();
    let place = strip.place(section);
    let fill = section_ink(section.kind);
    let lit = response.hovered() || response.dragged();
    let back = if lit {
        theme::mix(fill, theme::text(), 0.10)
    } else {
        fill
    };
    painter.rect_filled(place, 3, back);
    let curve = vec![
        pos2(place.min.x, place.max.y),
        pos2(place.min.x, strip.y(start)),
        pos2(place.max.x, strip.y(end)),
        pos2(place.max.x, place.max.y),
    ];
    let wash = theme::under_curve(back);
    painter.add(egui::Shape::convex_polygon(
        curve.clone(),
        wash,
        Stroke::NONE,
    ));
    let edge = Stroke::new(1.5, theme::mix(theme::accent(), theme::text(), 0.2));
    painter.line_segment([curve[1], curve[2]], edge);
    if lit && place.width() > 26.0 {
        for (end, energy) in [(false, start), (true, end)] {
            painter.circle_filled(strip.point(place, end, energy), 3.5, theme::text());
        }
    }
    let mut name = Rect::from_min_size(place.min + vec2(5.0, 1.0), vec2(place.width() - 7.0, 15.0));
    if section.seed.is_some() && place.width() > 30.0 {
        padlock(
            painter,
            pos2(place.max.x - 9.0, place.min.y + 9.0),
            theme::text(),
        );
        name.max.x -= 14.0;
    }
    if place.width() > 14.0 {
        let font = theme::font(theme::SMALL);
        let title = section.kind.title();
        text::line(
            painter,
            name,
            Align2::LEFT_CENTER,
            title,
            font,
            theme::text(),
        );
    }
    button::focus_ring(ui, response);
}

/// A small padlock around a point.
pub fn padlock(painter: &egui::Painter, at: Pos2, ink: Color32) {
    let body = Rect::from_center_size(at + vec2(0.0, 1.5), vec2(7.0, 5.0));
    painter.circle_stroke(at + vec2(0.0, -1.5), 2.3, Stroke::new(1.2, ink));
    painter.rect_filled(body, 1, ink);
}

/// Follows what is held, shows where it would go, and sends it there when it is let go.
pub fn held(ui: &Ui, strip: &Strip, desk: &mut Desk, out: &mut Outbox) {
    let Some(held) = desk.held else { return };
    let form = &strip.view.score.form;
    let Some(index) = form.sections.iter().position(|s| s.key == held.section()) else {
        desk.held = None;
        return;
    };
    let section = &form.sections[index];
    let (pointer, down) = ui.input(|i| (i.pointer.latest_pos(), i.pointer.primary_down()));
    let held = match (held, pointer) {
        (Held::Block(key, _), Some(at)) => Held::Block(key, strip.slot(key, at.x)),
        (Held::Edge(key, _), Some(at)) => {
            let bars = (at.x - strip.x(section.first_bar)) / strip.per_bar;
            Held::Edge(key, bars.round().clamp(1.0, 400.0) as u16)
        }
        (Held::Energy(key, end, _), Some(at)) => Held::Energy(key, end, strip.energy(at.y)),
        (held, None) => held,
    };
    desk.held = Some(held);
    ghost(ui, strip, index, held, pointer);
    if down {
        return;
    }
    desk.held = None;
    let hand = match held {
        Held::Block(section, to) if to != index => Hand::Move { section, to },
        Held::Edge(key, bars) if bars != section.bars => Hand::Resize(key, bars),
        Held::Energy(key, false, e) if e != section.energy => Hand::Energy(key, Some(e), None),
        Held::Energy(key, true, e) if e != section.energy_end => Hand::Energy(key, None, Some(e)),
        _ => return,
    };
    out.command(Command::Hand(hand));
}

/// What would come of it, over the blocks.
fn ghost(ui: &Ui, strip: &Strip, index: usize, held: Held, pointer: Option<Pos2>) {
    let painter = ui.painter();
    let sections = &strip.view.score.form.sections;
    let section = &sections[index];
    let place = strip.place(section);
    let words = match held {
        Held::Block(_, to) if to == index => return,
        Held::Block(key, to) => {
            let before = sections.iter().filter(|s| s.key != key).nth(to);
            let x = before.map_or(strip.rect.max.x, |s| strip.x(s.first_bar));
            let line = Stroke::new(3.0, theme::accent());
            painter.vline(x - 1.0, strip.rect.y_range(), line);
            return;
        }
        Held::Edge(_, bars) => {
            let to = strip.x(section.first_bar + bars) - 2.0;
            let new = Rect::from_min_max(place.min, pos2(to, place.max.y));
            let ring = Stroke::new(2.0, theme::accent());
            painter.rect_stroke(new, 3, ring, egui::StrokeKind::Inside);
            format!("{bars} bars")
        }
        Held::Energy(_, _, energy) => format!("{energy} %"),
    };
    let at = pointer.unwrap_or(place.center());
    let font = theme::font(theme::SMALL);
    let width = text::width(painter, &words, font.clone()) + 12.0;
    let x = (at.x + 10.0).min(strip.rect.max.x - width);
    let label = Rect::from_min_size(pos2(x, place.min.y), vec2(width, 17.0));
    painter.rect_filled(label, 3, theme::background());
    text::line(
        painter,
        label,
        Align2::CENTER_CENTER,
        &words,
        font,
        theme::text(),
    );
}
