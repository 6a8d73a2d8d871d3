//! The song strip: the form as blocks with names and energy, chords under it, the playhead over it.
//!
//! A click takes the lanes there, and the internal clock with them. Blocks are dragged into another order, by their
//! right edge to another length, by the points of their curve to another energy; a right-click has the rest
//! ([`menu`]). Brackets above and below show which part of the song the lanes show, while they do.

mod block;
mod menu;

use egui::{Align2, Rect, Stroke, StrokeKind, Ui, pos2, vec2};
use music::plan::{LeadMark, SectionKind};

pub use self::block::{Held, padlock};
use super::access::Outbox;
use super::desk::{Desk, View};
use super::space::Cut;
use super::theme;
use super::widgets::text;

/// Height of the brackets around what the lanes show, points. Measured: text begins beyond it.
const BRACKET: f32 = 4.0;

/// Draws the strip.
pub fn show(ui: &mut Ui, rect: Rect, view: &View, desk: &mut Desk, out: &mut Outbox) {
    theme::panel_at(ui.painter(), rect);
    let mut inner = rect.shrink2(vec2(theme::PAD, 6.0));
    if view.score.form.sections.is_empty() {
        let font = theme::font(theme::BODY);
        let words = "The song appears here as soon as it is written.";
        text::line(
            ui.painter(),
            inner,
            Align2::CENTER_CENTER,
            words,
            font,
            theme::text_faint(),
        );
        return;
    }
    // A low window leaves the chords to the time line under the strip.
    let chords = inner.cut_bottom(if inner.height() > 44.0 { 16.0 } else { 0.0 }, 2.0);
    let blocks = inner;
    let per_bar = blocks.width() / view.bars() as f32;
    let x = |bar: f64| blocks.min.x + bar as f32 * per_bar;

    let strip = block::Strip {
        rect: blocks,
        per_bar,
        view,
    };
    for index in 0..view.score.form.sections.len() {
        block::show(ui, &strip, index, desk, out);
    }
    block::held(ui, &strip, desk, out);
    if chords.height() > 0.0 {
        chord_line(ui, chords, view, &x);
    }

    let painter = ui.painter();
    let shown = desk.state.bars_shown as f64;
    let frame = Rect::from_min_max(
        pos2(x(desk.first_bar), blocks.min.y - 2.0),
        pos2(
            x((desk.first_bar + shown).min(view.bars())),
            chords.max.y + 1.0,
        ),
    );
    if !desk.state.mixer {
        let ring = Stroke::new(1.5, theme::text_dim());
        // Sides from top to bottom would run through names and chords.
        let (mut above, mut below) = (frame, frame);
        above.max.y = frame.min.y + BRACKET;
        below.min.y = frame.max.y - BRACKET;
        for part in [above, below] {
            let painter = painter.with_clip_rect(part.intersect(painter.clip_rect()));
            painter.rect_stroke(frame, 3, ring, StrokeKind::Inside);
        }
    }
    if let Some(head) = view.playhead_bars() {
        let at = text::snap(painter, pos2(x(head), 0.0)).x;
        let ink = if view.pulse.playing {
            theme::playing()
        } else {
            theme::text_faint()
        };
        painter.vline(
            at,
            blocks.min.y - 2.0..=chords.max.y + 1.0,
            Stroke::new(1.5, ink),
        );
    }
}

/// Colour of a section by what it does in the song: hooks warm, rises between, rests cool.
pub fn section_ink(kind: SectionKind) -> egui::Color32 {
    let strength = match kind {
        SectionKind::Chorus | SectionKind::Drop => 1.0,
        SectionKind::PreChorus | SectionKind::Build | SectionKind::Solo => 0.72,
        SectionKind::Verse | SectionKind::Bridge => 0.48,
        SectionKind::Intro | SectionKind::Breakdown | SectionKind::Outro => 0.26,
    };
    theme::block(strength)
}

/// Chord symbols where there is room for them; a tick where there is not.
fn chord_line(ui: &Ui, rect: Rect, view: &View, x: &impl Fn(f64) -> f32) {
    let painter = ui.painter();
    let bar_ticks = view.bar_ticks();
    // As far in as the names of sections.
    let indent = 5.0;
    let mut free_from = rect.min.x;
    let mut last = None;
    for (tick, mark) in &view.score.marks {
        let LeadMark::Chord(chord) = mark else {
            continue;
        };
        let bars = tick.0 as f64 / bar_ticks;
        let at = x(bars) + indent;
        if at > rect.max.x {
            break;
        }
        if at < free_from || last == Some(*chord) {
            continue;
        }
        let symbol = view.symbol(chord, bars);
        let width = text::width(painter, &symbol, theme::font(theme::SMALL));
        if at + width > rect.max.x {
            break;
        }
        let place = Rect::from_min_size(pos2(at, rect.min.y), vec2(width + 2.0, rect.height()));
        text::line(
            painter,
            place,
            Align2::LEFT_CENTER,
            &symbol,
            theme::font(theme::SMALL),
            theme::text_dim(),
        );
        free_from = at + width + 8.0;
        last = Some(*chord);
    }
}
