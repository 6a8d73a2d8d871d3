//! The chord lane: every chord a field in the time line, to be typed over, dragged, or exchanged for another of
//! those that the engine names with a reason.

use egui::{
    Align2, CursorIcon, FontId, Key, Popup, PopupCloseBehavior, Pos2, Rect, Response, RichText,
    ScrollArea, Sense, Stroke, Ui, WidgetInfo, pos2, vec2,
};
use music::chord::Chord;

use super::Window;
use crate::editor::access::Outbox;
use crate::editor::desk::{Desk, View};
use crate::editor::theme;
use crate::editor::widgets::{button, field, text};
use crate::hand::{Hand, Place};
use crate::snapshot::{ChordMark, Command};

/// Longest line of chords that can be typed.
const LINE_CHARS: usize = 400;
/// Steps that a dragged chord is laid on: a beat.
const BEAT: i64 = 4;

/// Draws the chords in view.
pub fn show(
    ui: &mut Ui,
    rect: Rect,
    window: &Window,
    view: &View,
    desk: &mut Desk,
    out: &mut Outbox,
) {
    let marks = &view.score.chords;
    let end = window.first_bar + window.bars;
    let first = marks.partition_point(|mark| bars(view, mark.to) <= window.first_bar);
    for (index, mark) in marks.iter().enumerate().skip(first) {
        let (from, to) = (bars(view, mark.from), bars(view, mark.to));
        if from >= end {
            break;
        }
        let left = window.x(from).max(rect.min.x);
        let right = window.x(to).min(rect.max.x) - 1.0;
        let place = Rect::from_min_max(pos2(left, rect.min.y), pos2(right, rect.max.y - 2.0));
        if place.width() > 3.0 {
            cell(ui, place, window, index, view, desk, out);
        }
    }
}

/// A place in bars of the form.
fn bars(view: &View, (bar, step): Place) -> f64 {
    f64::from(bar) + f64::from(step) * 240.0 / view.bar_ticks()
}

fn symbol(view: &View, mark: &ChordMark, chord: Chord) -> String {
    view.symbol(&chord, f64::from(mark.from.0))
}

fn cell(
    ui: &mut Ui,
    place: Rect,
    window: &Window,
    index: usize,
    view: &View,
    desk: &mut Desk,
    out: &mut Outbox,
) {
    let mark = &view.score.chords[index];
    let id = ui.scope_id().with(("chord", mark.from));
    let response = ui.interact(place, id, Sense::click_and_drag());
    let shown = symbol(view, mark, mark.chord);
    let (bar, step) = mark.from;
    response.widget_info(|| {
        let name = format!("Chord {shown} at bar {}.{}", bar + 1, step / 4 + 1);
        WidgetInfo::labeled(egui::accesskit::Role::Button, true, name)
    });
    let head = view.playhead_bars().filter(|_| view.pulse.playing);
    let spans = bars(view, mark.from)..bars(view, mark.to);
    let sounds = head.is_some_and(|head| spans.contains(&head));
    let open = Popup::is_id_open(ui.ctx(), Popup::default_response_id(&response));
    let fill = match (open || response.hovered(), mark.typed) {
        (true, _) => theme::hovered(),
        (false, true) => theme::mix(theme::panel(), theme::accent_fill(), 0.30),
        (false, false) => theme::mix(theme::panel(), theme::raised(), 0.55),
    };
    let ink = match (sounds, mark.typed) {
        (true, _) => theme::playing(),
        (false, true) => theme::accent(),
        (false, false) => theme::text(),
    };
    let painter = ui.painter();
    painter.rect_filled(place, 2, fill);
    let inner = place.shrink2(vec2(4.0, 0.0));
    // Small where it is narrow, and left to the hint where even that has no room.
    let sizes = [theme::BODY, theme::SMALL].map(theme::font);
    let fits = |font: &FontId| text::width(painter, &shown, font.clone()) <= inner.width();
    if let Some(font) = sizes.into_iter().find(fits) {
        text::line(painter, inner, Align2::LEFT_CENTER, &shown, font, ink);
    }
    button::focus_ring(ui, &response);
    drag(ui, &response, window, index, view, out);
    popup(ui, &response, &shown, mark, view, desk, out);
    if !open && !response.dragged() {
        let hint = format!("{shown}. Click to type or exchange it; drag to move where it starts.");
        response
            .on_hover_cursor(CursorIcon::PointingHand)
            .on_hover_text(hint);
    }
}

/// A drag moves where the chord starts, by beats; the chord before it fills the gap.
fn drag(
    ui: &Ui,
    response: &Response,
    window: &Window,
    index: usize,
    view: &View,
    out: &mut Outbox,
) {
    let mark = &view.score.chords[index];
    let held = response.id.with("from");
    let (origin, at) = ui.input(|i| (i.pointer.press_origin(), i.pointer.latest_pos()));
    if response.drag_started_by(egui::PointerButton::Primary)
        && let Some(origin) = origin
    {
        ui.data_mut(|d| d.insert_temp(held, origin));
    }
    let Some(origin) = ui.data(|d| d.get_temp::<Pos2>(held)) else {
        return;
    };
    let moved = at.map_or(0.0, |at| at.x - origin.x);
    let beats = (view.bar_ticks() / 960.0).max(1.0);
    let by = (f64::from(moved / window.bar_width()) * beats).round() as i64;
    let steps = (view.bar_ticks() / 240.0).round().max(1.0) as i64;
    let count = |place: Place| i64::from(place.0) * steps + i64::from(place.1);
    let before = index.checked_sub(1).map(|i| &view.score.chords[i]);
    // Between its neighbours, each of which keeps a beat.
    let low = before.map_or(0, |before| count(before.from) + BEAT);
    let to = count(mark.from) + by * BEAT;
    let to = to.min(count(mark.to) - BEAT).max(low);
    let x = window.x(to as f64 / steps as f64);
    let line = Stroke::new(2.0, theme::accent());
    ui.painter().vline(x, response.rect.y_range(), line);
    if !response.drag_stopped() {
        return;
    }
    ui.data_mut(|d| d.remove_temp::<Pos2>(held));
    let to = ((to / steps) as u16, (to % steps) as u8);
    let (from, to, chord) = match before {
        _ if to < mark.from => (to, mark.from, mark.chord),
        Some(before) if to > mark.from => (mark.from, to, before.chord),
        _ => return,
    };
    let chord = Some(chord);
    out.command(Command::Hand(Hand::Chord { from, to, chord }));
}

/// The field and the list under a chord.
fn popup(
    ui: &Ui,
    response: &Response,
    shown: &str,
    mark: &ChordMark,
    view: &View,
    desk: &mut Desk,
    out: &mut Outbox,
) {
    let popup = Popup::menu(response)
        .gap(2.0)
        .width(350.0)
        .close_behavior(PopupCloseBehavior::CloseOnClickOutside);
    let id = popup.get_id();
    let is_own = |desk: &Desk| desk.chord.as_ref().is_some_and(|(at, _)| *at == mark.from);
    // A click opens it in this very frame.
    if !popup.is_open() && !response.clicked() {
        if is_own(desk) {
            desk.chord = None;
        }
        return;
    }
    let fresh = !is_own(desk);
    if fresh {
        desk.chord = Some((mark.from, shown.to_owned()));
    }
    let Some((_, typed)) = &mut desk.chord else {
        return;
    };
    let mut hand = None;
    popup.show(|ui| {
        ui.set_min_width(338.0);
        hand = line(ui, fresh, mark, view, typed);
        ui.spacing_mut().item_spacing.y = 1.0;
        if mark.typed
            && ui
                .selectable_label(false, "Back to the plan's own chord")
                .clicked()
        {
            hand = Some(put(mark, None));
        }
        ScrollArea::vertical().max_height(300.0).show(ui, |ui| {
            for (chord, why) in &mark.others {
                if other(ui, &symbol(view, mark, *chord), why) {
                    hand = Some(put(mark, Some(*chord)));
                }
            }
        });
    });
    if let Some(hand) = hand {
        out.command(Command::Hand(hand));
        desk.chord = None;
        Popup::close_id(ui.ctx(), id);
    }
}

/// The field for chords, and what is wrong with them; gives what was entered.
fn line(
    ui: &mut Ui,
    fresh: bool,
    mark: &ChordMark,
    view: &View,
    typed: &mut String,
) -> Option<Hand> {
    let place = ui.allocate_space(vec2(338.0, theme::CONTROL_HEIGHT)).1;
    let hint = "Dm7 | G7 | Cmaj7";
    let line = field::field(ui, place, "Chords", hint, theme::BODY, LINE_CHARS, typed);
    if fresh {
        line.request_focus();
    }
    let english = view.names.typed(typed);
    let read = authoring::editing::chords::read(&english, view.score.meter);
    let (words, ink) = match &read {
        Ok(_) => (
            "Enter takes it. Bar lines go on bar by bar: Dm7 | G7 | Cmaj7".to_owned(),
            theme::text_faint(),
        ),
        Err(word) => (
            format!("\u{201c}{word}\u{201d} is no chord that MuseAroo knows."),
            theme::warning(),
        ),
    };
    ui.label(RichText::new(words).size(theme::SMALL).color(ink));
    let entered = line.lost_focus() && ui.input(|i| i.key_pressed(Key::Enter));
    let bars = read.ok().filter(|_| entered)?;
    Some(match bars.as_slice() {
        // A single chord takes this one's place, up to where the next one starts.
        [bar] if bar.len() == 1 => put(mark, Some(bar[0].1)),
        _ => Hand::Chords {
            bar: mark.from.0,
            words: english.trim().to_owned(),
            bars,
        },
    })
}

const fn put(mark: &ChordMark, chord: Option<Chord>) -> Hand {
    Hand::Chord {
        from: mark.from,
        to: mark.to,
        chord,
    }
}

/// One other chord with its reason.
fn other(ui: &mut Ui, symbol: &str, why: &str) -> bool {
    let place = ui.allocate_space(vec2(ui.available_width(), 22.0)).1;
    let id = ui.scope_id().with(("other", symbol));
    let response = ui.interact(place, id, Sense::click());
    let name = format!("Exchange for {symbol}");
    response.widget_info(|| WidgetInfo::labeled(egui::accesskit::Role::Button, true, &name));
    let painter = ui.painter();
    if response.hovered() || response.has_focus() {
        painter.rect_filled(place, theme::ROUND_SMALL, theme::hovered());
    }
    let inner = place.shrink2(vec2(6.0, 0.0));
    let (left, right) = inner.split_left_right_at_x(place.min.x + 78.0);
    let font = theme::font(theme::BODY);
    text::line(
        painter,
        left,
        Align2::LEFT_CENTER,
        symbol,
        font,
        theme::text(),
    );
    let font = theme::font(theme::SMALL);
    text::line(
        painter,
        right,
        Align2::LEFT_CENTER,
        why,
        font,
        theme::text_dim(),
    );
    response.clicked()
}
