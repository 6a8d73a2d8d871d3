//! The tour of a first window: four cards over the panels that they speak of, sound from the first click on. It can
//! be left at any card, and is shown again from the help page.

use egui::{Align2, Rect, Stroke, StrokeKind, Ui, pos2, vec2};

use super::access::Outbox;
use super::desk::{Desk, View};
use super::draw;
use super::space::{self, Cut};
use super::theme;
use super::widgets::button::{self, Weight};
use super::widgets::{card, text};
use crate::snapshot::Command;

/// Size of a card.
const SIZE: egui::Vec2 = vec2(420.0, 178.0);

/// Prompts to click: words on the button, and what they say.
const PROMPTS: [(&str, &str); 3] = [
    (
        "Lo-fi to study by",
        "lo-fi hip hop in D minor at 80, 32 bars",
    ),
    ("Funk that moves", "funk in E minor at 104, 32 bars"),
    ("A drive at night", "synthwave in A minor at 100, 48 bars"),
];

/// Place of the card that speaks of the song strip, which is not as wide as the window, and lower in a low one.
const OF_STRIP: usize = 2;

/// Title, words, and which part of the window they speak of, from its top, in points.
const CARDS: [(&str, &str, (f32, f32)); 4] = [
    (
        "Say what to play",
        "Type it in your own words, or click one of these. It sounds at once, by MuseAroo's own clock.",
        (58.0, 116.0),
    ),
    (
        "One click, another song",
        "Regenerate takes another seed: the same kind of song, other notes. Style, key and scale stand beside it. Undo and A | B are above, at the right.",
        (122.0, 180.0),
    ),
    (
        "It is your song",
        "Drag sections into another order, type other chords, double-click a lane to draw its notes. What you change stays, whatever is regenerated.",
        (186.0, 262.0),
    ),
    (
        "To your project",
        "Set Run to Host and press play there: the band follows. MIDI out, the stems and Export at the foot bring it to your tracks. The ? page lists every key.",
        (6.0, 52.0),
    ),
];

/// Draws the card that is shown, if one is.
pub fn show(ui: &mut Ui, whole: Rect, view: &View, desk: &mut Desk, out: &mut Outbox) {
    let Some(at) = desk.tour.filter(|at| *at < CARDS.len()) else {
        return;
    };
    let (title, words, (top, bottom)) = CARDS[at];
    let mut lit = Rect::from_min_max(
        pos2(whole.min.x + theme::GAP, whole.min.y + top),
        pos2(whole.max.x - theme::GAP, whole.min.y + bottom),
    );
    if at == OF_STRIP {
        lit.max.x -= draw::MASTER_WIDTH + theme::GAP;
        lit.max.y = lit.min.y + draw::strip_height(whole);
    }
    let ring = Stroke::new(2.0, theme::accent());
    ui.painter()
        .rect_stroke(lit, theme::ROUND, ring, StrokeKind::Inside);
    let place = pos2(whole.center().x - SIZE.x / 2.0, lit.max.y + 14.0);
    card::card(ui, "tour", (place, SIZE), whole.max.y, |ui, rect| {
        let mut inner = rect.shrink(16.0);
        let mut head = inner.cut_top(24.0, 6.0);
        let count = head.cut_right(40.0, 0.0);
        let (font, small) = (theme::font(17.0), theme::font(theme::SMALL));
        let (left, right) = (Align2::LEFT_CENTER, Align2::RIGHT_CENTER);
        text::line(ui.painter(), head, left, title, font, theme::text());
        let counted = format!("{} of {}", at + 1, CARDS.len());
        let faint = theme::text_faint();
        text::line(ui.painter(), count, right, &counted, small, faint);
        let foot = inner.cut_bottom(theme::CONTROL_HEIGHT, 10.0);
        if at == 0 {
            prompts(ui, inner.cut_bottom(30.0, 8.0), view, desk, out);
        }
        text::paragraph(ui, inner, words, theme::BODY, theme::text_dim());
        ways(ui, foot, at, desk);
    });
}

/// Three prompts to click: each composes, and starts the plug-in's own clock where no host plays.
fn prompts(ui: &mut Ui, rect: Rect, view: &View, desk: &mut Desk, out: &mut Outbox) {
    let places = space::apart(rect.shrink2(vec2(0.0, 1.0)), PROMPTS.len(), 4.0);
    for ((words, prompt), place) in PROMPTS.into_iter().zip(places) {
        if button::button(ui, place, words, words, Weight::Chosen).clicked() {
            desk.prompt = prompt.to_owned();
            desk.waiting = true;
            desk.reply = None;
            if !view.pulse.playing {
                out.change("run", view.params.value_of_step("run", 1));
            }
            out.command(Command::Prompt(prompt.to_owned()));
        }
    }
}

fn ways(ui: &mut Ui, rect: Rect, at: usize, desk: &mut Desk) {
    let mut row = rect;
    let last = at + 1 == CARDS.len();
    let words = if last { "Done" } else { "Next" };
    let (next, before) = (row.cut_right(84.0, 6.0), row.cut_right(64.0, 6.0));
    let skip = !last
        && button::button(
            ui,
            row.cut_left(84.0, 0.0),
            "Skip the tour",
            "Skip",
            Weight::Plain,
        )
        .clicked();
    let back = at > 0 && button::button(ui, before, "Back", "Back", Weight::Plain).clicked();
    let on = button::button(ui, next, words, words, Weight::Main).clicked();
    if skip || (on && last) {
        desk.tour = None;
        desk.likes.toured = true;
    } else if on {
        desk.tour = Some(at + 1);
    } else if back {
        desk.tour = Some(at - 1);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_prompt_to_click_is_understood() {
        for (words, prompt) in PROMPTS {
            let library = crate::material::library();
            let read = authoring::prompt::read(prompt, library, Default::default());
            assert!(
                read.not_understood.is_empty(),
                "{words}: {:?}",
                read.not_understood
            );
            assert!(read.set.iter().any(|(id, _)| id == "style"), "{words}");
        }
    }
}
