//! The song strip: the form as blocks with names and energy, chords under it, the playhead over it.
//!
//! A click takes the lanes there. The frame shows which part of the song the lanes show.

use egui::{Align2, Rect, Sense, Stroke, StrokeKind, Ui, pos2, vec2};
use music::plan::{LeadMark, Section, SectionKind};

use super::desk::{Desk, View};
use super::space::Cut;
use super::theme;
use super::widgets::text;

/// Draws the strip.
pub fn show(ui: &mut Ui, rect: Rect, view: &View, desk: &mut Desk) {
    ui.painter().rect_filled(rect, theme::ROUND, theme::PANEL);
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
            theme::TEXT_FAINT,
        );
        return;
    }
    // A low window leaves the chords to the time line under the strip.
    let chords = inner.cut_bottom(if inner.height() > 44.0 { 16.0 } else { 0.0 }, 2.0);
    let blocks = inner;
    let per_bar = blocks.width() / view.bars() as f32;
    let x = |bar: f64| blocks.min.x + bar as f32 * per_bar;

    for section in &view.score.form.sections {
        let place = Rect::from_min_max(
            pos2(x(f64::from(section.first_bar)), blocks.min.y),
            pos2(
                x(f64::from(section.first_bar + section.bars)) - 2.0,
                blocks.max.y,
            ),
        );
        block(ui, place, section, desk);
    }
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
    painter.rect_stroke(
        frame,
        3,
        Stroke::new(1.0, theme::TEXT_FAINT),
        StrokeKind::Inside,
    );
    if let Some(head) = view.playhead_bars() {
        let at = text::snap(painter, pos2(x(head), 0.0)).x;
        let ink = if view.pulse.playing {
            theme::PLAYING
        } else {
            theme::TEXT_FAINT
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
        SectionKind::Chorus | SectionKind::Drop => 0.46,
        SectionKind::PreChorus | SectionKind::Build | SectionKind::Solo => 0.33,
        SectionKind::Verse | SectionKind::Bridge => 0.22,
        SectionKind::Intro | SectionKind::Breakdown | SectionKind::Outro => 0.12,
    };
    theme::mix(theme::RAISED, theme::ACCENT, strength)
}

fn block(ui: &mut Ui, place: Rect, section: &Section, desk: &mut Desk) {
    let response = ui.interact(
        place,
        ui.scope_id().with(("section", section.first_bar)),
        Sense::CLICK,
    );
    let title = section.kind.title();
    response.widget_info(|| {
        egui::WidgetInfo::labeled(
            egui::accesskit::Role::Button,
            true,
            format!("{title} at bar {}", section.first_bar + 1),
        )
    });
    if response.clicked() {
        desk.first_bar = f64::from(section.first_bar);
        desk.state.follow = false;
    }
    let painter = ui.painter();
    let fill = section_ink(section.kind);
    let lit = response.hovered();
    let back = if lit {
        theme::mix(fill, theme::TEXT, 0.10)
    } else {
        fill
    };
    painter.rect_filled(place, 3, back);
    let y = |energy: u8| {
        place.max.y - 2.0 - (place.height() - 18.0).max(2.0) * f32::from(energy) / 100.0
    };
    let curve = vec![
        pos2(place.min.x, place.max.y),
        pos2(place.min.x, y(section.energy)),
        pos2(place.max.x, y(section.energy_end)),
        pos2(place.max.x, place.max.y),
    ];
    let wash = theme::mix(back, theme::ACCENT, 0.22);
    painter.add(egui::Shape::convex_polygon(
        curve.clone(),
        wash,
        Stroke::NONE,
    ));
    let edge = Stroke::new(1.5, theme::mix(theme::ACCENT, theme::TEXT, 0.2));
    painter.line_segment([curve[1], curve[2]], edge);
    if place.width() > 14.0 {
        let at = Rect::from_min_size(place.min + vec2(5.0, 1.0), vec2(place.width() - 7.0, 15.0));
        text::line(
            painter,
            at,
            Align2::LEFT_CENTER,
            title,
            theme::font(theme::SMALL),
            theme::TEXT,
        );
    }
    super::widgets::button::focus_ring(ui, &response);
    let lanes: Vec<&str> = music::lane::Lane::PLAYED
        .into_iter()
        .filter(|l| section.lanes.has(*l))
        .map(|l| l.name())
        .collect();
    response.on_hover_text(format!(
        "{title}: bars {}–{}, energy {} %{}\nPlays: {}",
        section.first_bar + 1,
        section.first_bar + section.bars,
        section.energy,
        if section.energy == section.energy_end {
            String::new()
        } else {
            format!(" to {} %", section.energy_end)
        },
        if lanes.is_empty() {
            "nobody".to_owned()
        } else {
            lanes.join(", ")
        },
    ));
}

/// Chord symbols where there is room for them; a tick where there is not.
fn chord_line(ui: &Ui, rect: Rect, view: &View, x: &impl Fn(f64) -> f32) {
    let painter = ui.painter();
    let bar_ticks = view.bar_ticks();
    let mut free_from = rect.min.x;
    let mut last = None;
    for (tick, mark) in &view.score.marks {
        let LeadMark::Chord(chord) = mark else {
            continue;
        };
        let bars = tick.0 as f64 / bar_ticks;
        let at = x(bars);
        if at > rect.max.x {
            break;
        }
        if at < free_from || last == Some(*chord) {
            continue;
        }
        let symbol = chord.symbol(view.flat(chord.root, bars));
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
            theme::TEXT_DIM,
        );
        free_from = at + width + 8.0;
        last = Some(*chord);
    }
}
