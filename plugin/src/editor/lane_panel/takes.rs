//! The page of takes: another one of the selected bars or of the section, kept, refused or followed by another; and
//! pictures of those that were kept before, to go back to.

use std::ops::Range;

use authoring::editing::notes::Spot;
use egui::{Align2, Rect, Sense, Stroke, StrokeKind, Ui, WidgetInfo, pos2, vec2};
use music::lane::Lane;
use music::note::Note;
use music::plan::Section;

use crate::editor::access::Outbox;
use crate::editor::desk::{Desk, View};
use crate::editor::lanes::{edit, locks, proposal, selection};
use crate::editor::space::Cut;
use crate::editor::theme;
use crate::editor::widgets::button::{self, Weight};
use crate::editor::widgets::text;
use crate::hand::Hand;
use crate::refine::{Picture, Proposal, Refine};
use crate::snapshot::Command;

/// Width of what is done, points.
const DOING: f32 = 292.0;
/// Widest picture, points. Taste: eight of them fit beside it in a usual window.
const PICTURE: f32 = 118.0;
/// Lowest and fewest lines of a picture: what it shows of a lane with one pitch.
const LINES: u8 = 12;

/// Draws the page.
pub fn show(ui: &mut Ui, rect: Rect, lane: Lane, view: &View, desk: &mut Desk, out: &mut Outbox) {
    let Some(section) = section(view, desk).copied() else {
        return;
    };
    if desk.looked_at != Some((section.key, lane)) {
        desk.looked_at = Some((section.key, lane));
        out.command(Command::Refine(Refine::Look(section.key, lane)));
    }
    let mut rest = rect;
    let doing = rest.cut_left(DOING, 16.0);
    match proposal::of(view, lane) {
        Some(proposal) => decide(ui, doing, view, proposal, out),
        None => propose(ui, doing, lane, &section, view, desk, out),
    }
    let of = view.refining.of == Some((section.key, lane));
    let earlier = if of { &view.refining.earlier[..] } else { &[] };
    pictures(ui, rest, lane, &section, earlier, view, out);
}

/// The section whose takes are shown: that of the selected bars, else the first one in view.
fn section<'a>(view: &View<'a>, desk: &Desk) -> Option<&'a Section> {
    let bars = match &view.refining.proposal {
        Some(proposal) => Some(proposal.bars.clone()),
        None => selection::selected(view, desk),
    };
    let bar = bars.map_or(desk.first_bar.round() as u16, |bars| bars.start);
    view.score.form.section_at(bar).map(|(_, section)| section)
}

/// What is asked for.
fn propose(
    ui: &mut Ui,
    mut rect: Rect,
    lane: Lane,
    section: &Section,
    view: &View,
    desk: &Desk,
    out: &mut Outbox,
) {
    let selected = selection::selected(view, desk);
    let whole = section.first_bar..section.first_bar + section.bars;
    let name = match &selected {
        Some(bars) if bars.len() == 1 => format!("{}, bar {}", lane.name(), bars.end),
        Some(bars) => format!(
            "{}, bars {}\u{2013}{}",
            lane.name(),
            bars.start + 1,
            bars.end
        ),
        None => format!("{} in {}", lane.name(), section.kind.title()),
    };
    let bars = selected.clone().unwrap_or(whole);
    let title = theme::font(theme::BODY);
    let head = rect.cut_top(18.0, 3.0);
    text::line(
        ui.painter(),
        head,
        Align2::LEFT_CENTER,
        &name,
        title,
        theme::text(),
    );
    let mut row = rect.cut_top(theme::CONTROL_HEIGHT, 4.0);
    let mut ask = |bars: Range<u16>| out.command(Command::Refine(Refine::Propose(lane, bars)));
    let hint = "Another take, to be looked at first. Nothing else changes.";
    let place = row.cut_left(100.0, 6.0);
    if button::button(ui, place, "Regenerate take", "Regenerate", Weight::Main)
        .on_hover_text(hint)
        .clicked()
    {
        ask(bars.clone());
    }
    let label = format!("Regenerate all of {}", lane.name());
    let place = row.cut_left(84.0, 6.0);
    if button::button(ui, place, &label, "All bars", Weight::Plain)
        .on_hover_text(format!("{label}, every section. Nothing else changes."))
        .clicked()
    {
        ask(0..view.score.form.bars());
    }
    lock(ui, row, lane, bars, view, out);
    let font = theme::font(theme::SMALL);
    let words = match selected {
        Some(_) => "Escape lets go of the bars: the section counts again.",
        None => "Drag across the bar numbers to choose bars.",
    };
    text::line(
        ui.painter(),
        rect,
        Align2::LEFT_TOP,
        words,
        font,
        theme::text_faint(),
    );
}

/// Locks the bars, or gives them back.
fn lock(ui: &mut Ui, rect: Rect, lane: Lane, bars: Range<u16>, view: &View, out: &mut Outbox) {
    let locked = bars.clone().all(|bar| locks::is_locked(view, lane, bar));
    let form = &view.score.form;
    let spots: Vec<Spot> = bars.filter_map(|bar| edit::spot(form, bar, lane)).collect();
    let (label, words, weight, hint) = match locked {
        true => (
            "Unlock bars",
            "Locked",
            Weight::Chosen,
            "These bars stand as they were heard. A click gives them back to the engine.",
        ),
        false => (
            "Lock bars",
            "Lock",
            Weight::Plain,
            "These bars stand as they are heard, whatever is regenerated or turned.",
        ),
    };
    let response = button::button(ui, rect, label, words, weight).on_hover_text(hint);
    if response.clicked() {
        let hand = if locked {
            Hand::FreeBars(spots)
        } else {
            let written = view.score.origins[lane.index()].iter();
            let held = written.filter(|note| spots.contains(&note.spot));
            let held = held.copied().collect();
            Hand::LockBars(spots, held)
        };
        out.command(Command::Hand(hand));
    }
}

/// Whether the proposal is what is heard.
fn is_heard(view: &View) -> bool {
    view.refining.heard != 0 && view.refining.heard == view.pulse.preview
}

/// Lets the proposal be heard, or ends that.
pub fn hear(view: &View, out: &mut Outbox) {
    if view.refining.proposal.is_some() && !view.pulse.recording {
        out.command(Command::Refine(Refine::Hear(!is_heard(view))));
    }
}

/// What becomes of a proposal.
fn decide(ui: &mut Ui, mut rect: Rect, view: &View, proposal: &Proposal, out: &mut Outbox) {
    let head = rect.cut_top(18.0, 3.0);
    let font = theme::font(theme::BODY);
    let painter = ui.painter();
    text::line(
        painter,
        head,
        Align2::LEFT_CENTER,
        &proposal.words,
        font,
        theme::accent(),
    );
    let mut row = rect.cut_top(theme::CONTROL_HEIGHT, 4.0);
    let all = [
        (
            "Keep",
            Weight::Main,
            Refine::Keep,
            "It plays from now on; undo takes it back.",
        ),
        (
            "Another",
            Weight::Plain,
            Refine::Another,
            "Another take in its place.",
        ),
        (
            "Discard",
            Weight::Plain,
            Refine::Discard,
            "It stays as it plays.",
        ),
    ];
    let (words, weight, hint) = match (is_heard(view), view.pulse.recording) {
        (_, true) => ("Hear", Weight::Plain, "Not while the host records."),
        (true, _) => ("Hear", Weight::Chosen, "A click ends it."),
        (false, _) => (
            "Hear",
            Weight::Plain,
            "These bars with the whole band, over and over, as they would be. Main alone: MIDI out and stems stay \
             with the song.",
        ),
    };
    let place = row.cut_left(58.0, 6.0);
    let response = button::button(ui, place, "Hear take", words, weight).on_hover_text(hint);
    if response.clicked() {
        hear(view, out);
    }
    for (words, weight, order, hint) in all {
        let label = format!("{words} take");
        let place = row.cut_left(68.0, 6.0);
        let response = button::button(ui, place, &label, words, weight).on_hover_text(hint);
        if response.clicked() {
            out.command(Command::Refine(order));
        }
    }
    let [added, removed, changed] = proposal.counts();
    let font = theme::font(theme::SMALL);
    let mut line = rect.cut_top(16.0, 0.0);
    for (words, ink) in [
        (format!("+{added} new"), proposal::added()),
        (format!("\u{2212}{removed} gone"), proposal::removed()),
        (format!("~{changed} changed"), proposal::changed()),
    ] {
        let place = line.cut_left(90.0, 6.0);
        let painter = ui.painter();
        text::line(
            painter,
            place,
            Align2::LEFT_CENTER,
            &words,
            font.clone(),
            ink,
        );
    }
}

/// Takes that were kept, the oldest first.
fn pictures(
    ui: &mut Ui,
    mut rect: Rect,
    lane: Lane,
    section: &Section,
    earlier: &[Picture],
    view: &View,
    out: &mut Outbox,
) {
    let title = section.kind.title();
    let head = rect.cut_top(14.0, 2.0);
    let font = theme::font(theme::SMALL);
    let words = match earlier.len() {
        0 | 1 => format!(
            "Takes of {} in {title} gather here once one is kept.",
            lane.name()
        ),
        _ => format!(
            "Takes of {} in {title}, as they play with the knobs as they stand",
            lane.name()
        ),
    };
    text::line(
        ui.painter(),
        head,
        Align2::LEFT_CENTER,
        &words,
        font,
        theme::text_faint(),
    );
    let count = earlier.len().max(6) as f32;
    let each = ((rect.width() + 6.0) / count - 6.0).min(PICTURE);
    let ticks = f64::from(section.bars) * view.bar_ticks();
    for (index, picture) in earlier.iter().enumerate() {
        let place = rect.cut_left(each, 6.0);
        let id = ui.scope_id().with(("picture", index));
        let response = ui.interact(place, id, Sense::click());
        let name = format!("Take {} of {} in {title}", index + 1, lane.name());
        let plays = picture.plays;
        response.widget_info(|| {
            WidgetInfo::selected(egui::accesskit::Role::Button, true, plays, &name)
        });
        thumbnail(ui, place, lane, &picture.notes, ticks, &response);
        let ring = match (plays, response.hovered()) {
            (true, _) => Stroke::new(2.0, theme::accent()),
            (false, true) => Stroke::new(1.0, theme::text_dim()),
            (false, false) => Stroke::new(1.0, theme::line()),
        };
        let painter = ui.painter();
        painter.rect_stroke(place, theme::ROUND_SMALL, ring, StrokeKind::Inside);
        let at = Rect::from_min_size(place.min + vec2(5.0, 3.0), vec2(20.0, 11.0));
        let number = (index + 1).to_string();
        let ink = if plays {
            theme::accent()
        } else {
            theme::text_dim()
        };
        text::line(
            painter,
            at,
            Align2::LEFT_CENTER,
            &number,
            theme::font(theme::TINY),
            ink,
        );
        button::focus_ring(ui, &response);
        if response.clicked() && !plays {
            let order = Refine::Back(section.key, lane, picture.turns.clone());
            out.command(Command::Refine(order));
        }
        let hint = if plays {
            "This take plays."
        } else {
            "Go back to this take."
        };
        response.on_hover_text(hint);
    }
}

/// Notes of a section, small.
fn thumbnail(
    ui: &Ui,
    rect: Rect,
    lane: Lane,
    notes: &[Note],
    ticks: f64,
    response: &egui::Response,
) {
    let painter = ui.painter().with_clip_rect(rect);
    let fill = if response.hovered() {
        theme::raised()
    } else {
        theme::well()
    };
    theme::control(&painter, rect, fill);
    let inner = rect.shrink2(vec2(3.0, 5.0));
    let low = notes.iter().map(|n| n.pitch.0).min().unwrap_or(60);
    let high = notes.iter().map(|n| n.pitch.0).max().unwrap_or(60);
    let lines = (high - low).max(LINES);
    let mut mesh = egui::Mesh::default();
    for note in notes {
        let x = |tick: f64| inner.min.x + (tick / ticks) as f32 * inner.width();
        let from = x(note.onset.0 as f64);
        let long = match lane {
            Lane::Drums => 1.5,
            _ => (x((note.onset.0 + i64::from(note.duration)) as f64) - from).max(1.5),
        };
        let share = f32::from(note.pitch.0 - low) / f32::from(lines);
        let y = inner.max.y - 2.0 - share * (inner.height() - 2.0);
        let place = Rect::from_min_size(pos2(from, y), vec2(long, 1.5));
        let force = 0.4 + 0.6 * f32::from(note.velocity) / 127.0;
        mesh.add_colored_rect(place, theme::mix(theme::well(), theme::lane(lane), force));
    }
    painter.add(egui::Shape::mesh(mesh));
}
