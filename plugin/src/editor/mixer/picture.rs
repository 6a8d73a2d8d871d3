//! Pictures of sound: the curve of an equaliser, loudness over time, a spectrum, how alike both sides are.

use std::collections::VecDeque;

use egui::{Align2, Painter, Pos2, Rect, Shape, Stroke, Ui, pos2, vec2};
use music::lane::Lane;

use crate::editor::access::lane_param;
use crate::editor::desk::View;
use crate::editor::theme;
use crate::editor::widgets::text;
use crate::snapshot::Pulse;

/// Width of the figures beside a picture, points.
const FIGURES: f32 = 22.0;
/// Lowest and highest frequency of a picture, Hz.
const HZ: (f32, f32) = (30.0, 18_000.0);
/// Gain at the upper edge of an equaliser's picture, dB.
const MOST_DB: f32 = 15.0;
/// Loudness at the lower and upper edge, LUFS.
const LOUDNESS: (f32, f32) = (-42.0, -3.0);
/// How long the loudness is kept, seconds.
const KEPT_S: f64 = 60.0;
/// How often it is noted, seconds.
const EVERY_S: f64 = 0.2;
/// What a compressor takes away at the foot of its bar, dB.
const MOST_PRESSED_DB: f32 = 18.0;
/// Level at the lower and upper edge of the spectrum, dB.
const SPECTRUM: (f32, f32) = (-72.0, -6.0);

/// Momentary loudness over the last minute.
#[derive(Clone, Debug, Default)]
pub struct History {
    /// Seconds and LUFS.
    points: VecDeque<(f64, f32)>,
}

impl History {
    /// Notes the loudness of this moment, while the song plays.
    pub fn note(&mut self, pulse: &Pulse, now: f64) {
        let last = self.points.back().map_or(f64::MIN, |(at, _)| *at);
        if !pulse.playing || now - last < EVERY_S {
            return;
        }
        self.points.push_back((now, pulse.lufs_momentary));
        while self.points.front().is_some_and(|(at, _)| now - at > KEPT_S) {
            self.points.pop_front();
        }
    }
}

fn x_of(rect: Rect, hz: f32) -> f32 {
    rect.min.x + (hz / HZ.0).ln() / (HZ.1 / HZ.0).ln() * rect.width()
}

/// What a strip's equaliser and high-pass do: the style's, the decided and the knobs' together.
pub fn equaliser(ui: &Ui, rect: Rect, lane: Lane, view: &View) {
    let painter = ui.painter().with_clip_rect(rect);
    theme::control(&painter, rect, theme::well());
    let line = Stroke::new(1.0, theme::line());
    painter.hline(rect.x_range(), rect.center().y, line);
    for hz in [100.0, 1000.0, 10_000.0] {
        painter.vline(
            x_of(rect, hz),
            rect.y_range(),
            Stroke::new(1.0, theme::grid_beat()),
        );
    }
    let base = &view.score.strips[lane.index()];
    let params = view.params;
    let share = params.value("auto_mix");
    let (mut eq, mut decided) = (base.eq, base.decided);
    for (band, id) in eq
        .iter_mut()
        .zip(["eq_low", "eq_low_mid", "eq_high_mid", "eq_high"])
    {
        let shown = params.shown(&lane_param(lane, id));
        band.db += number(&shown).unwrap_or(0.0);
    }
    for band in &mut decided {
        band.db *= share;
    }
    let points = (rect.width() as usize / 3).clamp(16, 64);
    let curve: Vec<Pos2> = (0..=points)
        .map(|i| {
            let hz = HZ.0 * (HZ.1 / HZ.0).powf(i as f32 / points as f32);
            let db = dsp::eq_response_db(&eq, base.high_pass_hz, hz)
                + dsp::eq_response_db(&decided, 0.0, hz);
            let y = rect.center().y - db / MOST_DB * rect.height() / 2.0;
            pos2(x_of(rect, hz), y.clamp(rect.min.y, rect.max.y))
        })
        .collect();
    painter.add(Shape::line(curve, Stroke::new(1.5, theme::lane(lane))));
}

/// The number that a text begins with.
pub fn number(text: &str) -> Option<f32> {
    let text = text.replace('\u{2212}', "-");
    let end = text.find(|c: char| !(c.is_ascii_digit() || "+-.".contains(c)));
    text[..end.unwrap_or(text.len())].parse().ok()
}

/// Momentary loudness over the last minute, with the target across it.
pub fn loudness(painter: &Painter, rect: Rect, history: &History, target: Option<f32>, now: f64) {
    theme::control(painter, rect, theme::well());
    let y = |lufs: f32| {
        let share = (lufs - LOUDNESS.0) / (LOUDNESS.1 - LOUDNESS.0);
        rect.max.y - share.clamp(0.0, 1.0) * rect.height()
    };
    // Figures stand beside the lines.
    let across = rect.min.x + FIGURES..=rect.max.x;
    for lufs in [-35.0, -28.0, -21.0, -14.0, -7.0] {
        let line = Stroke::new(1.0, theme::grid_beat());
        painter.hline(across.clone(), y(lufs), line);
        // A low picture has room for three figures.
        if rect.height() < 60.0 && ![-35.0, -21.0, -7.0].contains(&lufs) {
            continue;
        }
        scale(
            painter,
            pos2(rect.min.x + 3.0, y(lufs)),
            &format!("{lufs:.0}"),
        );
    }
    if let Some(target) = target {
        painter.hline(across, y(target), Stroke::new(1.0, theme::accent()));
    }
    let width = rect.width() - FIGURES;
    let x = |at: f64| rect.max.x - ((now - at) / KEPT_S) as f32 * width;
    let points: Vec<Pos2> = history
        .points
        .iter()
        .map(|(at, lufs)| pos2(x(*at).max(rect.min.x + FIGURES), y(*lufs)))
        .collect();
    if points.len() > 1 {
        painter.add(Shape::line(points, Stroke::new(1.5, theme::playing())));
    }
}

/// Main by thirds of an octave.
pub fn spectrum(painter: &Painter, rect: Rect, bands: &[f32]) {
    theme::control(painter, rect, theme::well());
    let each = rect.width() / bands.len().max(1) as f32;
    for (band, db) in bands.iter().enumerate() {
        let share = ((db - SPECTRUM.0) / (SPECTRUM.1 - SPECTRUM.0)).clamp(0.0, 1.0);
        let left = rect.min.x + each * band as f32;
        let top = rect.max.y - share * rect.height();
        let bar = Rect::from_min_max(pos2(left + 0.5, top), pos2(left + each - 0.5, rect.max.y));
        painter.rect_filled(bar, 0, theme::mix(theme::well(), theme::playing(), 0.75));
    }
    for (hz, words) in [(100.0, "100"), (1000.0, "1k"), (10_000.0, "10k")] {
        let band = (0..bands.len()).find(|band| dsp::band_hz(*band) >= hz);
        let x = rect.min.x + each * (band.unwrap_or(0) as f32 + 0.5);
        scale(painter, pos2(x - 6.0, rect.min.y + 7.0), words);
    }
}

/// How alike both sides are: +1 mono, 0 unrelated, below it they cancel out in mono.
pub fn correlation(painter: &Painter, rect: Rect, value: f32) {
    theme::control(painter, rect, theme::well());
    let x = |value: f32| rect.min.x + (value.clamp(-1.0, 1.0) + 1.0) / 2.0 * rect.width();
    let ink = if value < 0.0 {
        theme::warning()
    } else {
        theme::playing()
    };
    let (from, to) = (x(0.0).min(x(value)), x(0.0).max(x(value)));
    let bar = Rect::from_x_y_ranges(from..=to, rect.y_range().shrink(2.0));
    painter.rect_filled(bar, 1, ink);
    painter.vline(
        x(0.0),
        rect.y_range(),
        Stroke::new(1.0, theme::text_faint()),
    );
}

/// What a compressor takes away at this moment: a bar that hangs from the top.
pub fn pressed(painter: &Painter, rect: Rect, db: f32) {
    painter.rect_filled(rect, 1, theme::well());
    for mark in [3.0, 6.0, 12.0] {
        let y = rect.min.y + mark / MOST_PRESSED_DB * rect.height();
        painter.hline(rect.x_range(), y, Stroke::new(1.0, theme::line()));
    }
    let long = (db / MOST_PRESSED_DB).clamp(0.0, 1.0) * rect.height();
    let bar = Rect::from_min_size(rect.min, vec2(rect.width(), long));
    painter.rect_filled(bar, 1, theme::warning());
}

fn scale(painter: &Painter, at: Pos2, words: &str) {
    let place = Rect::from_min_size(at - vec2(0.0, 6.0), vec2(30.0, 12.0));
    let font = theme::font(theme::TINY);
    text::line(
        painter,
        place,
        Align2::LEFT_CENTER,
        words,
        font,
        theme::text_faint(),
    );
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_last_minute_is_kept_while_it_plays() {
        let mut history = History::default();
        let mut pulse = Pulse {
            playing: true,
            lufs_momentary: -14.0,
            ..Pulse::default()
        };
        for i in 0..2000 {
            history.note(&pulse, f64::from(i) * 0.05);
        }
        let kept = history.points.len();
        assert!((235..=303).contains(&kept), "{kept}");
        pulse.playing = false;
        history.note(&pulse, 200.0);
        assert_eq!(history.points.len(), kept);
    }

    #[test]
    fn numbers_are_read_off_texts() {
        assert_eq!(number("+3.5 dB"), Some(3.5));
        assert_eq!(number("\u{2212}14 LUFS"), Some(-14.0));
        assert_eq!(number("-9 LUFS club"), Some(-9.0));
        assert_eq!(number("Style's own"), None);
    }
}
