//! What else can be done with a section: the menu of a right-click.

use egui::{Popup, PopupCloseBehavior, Response, RichText, Stroke, Ui};
use music::lane::Lane;
use music::plan::Section;

use crate::editor::access::Outbox;
use crate::editor::desk::{Desk, View};
use crate::editor::lanes::selection;
use crate::editor::{export, theme};
use crate::export::Scope;
use crate::hand::Hand;
use crate::refine::Refine;
use crate::snapshot::Command;

/// Shows the menu while it is open.
pub fn show(
    response: &Response,
    view: &View,
    section: &Section,
    desk: &mut Desk,
    out: &mut Outbox,
) {
    Popup::context_menu(response)
        .close_behavior(PopupCloseBehavior::CloseOnClick)
        .show(|ui| {
            ui.set_min_width(210.0);
            ui.spacing_mut().item_spacing.y = 1.0;
            entries(ui, view, section, desk, out);
        });
}

fn entries(ui: &mut Ui, view: &View, section: &Section, desk: &mut Desk, out: &mut Outbox) {
    let key = section.key;
    let mut ask = |hand: Hand| out.command(Command::Hand(hand));
    let name = format!("{}, {} bars", section.kind.title(), section.bars);
    title(ui, &name);
    let hint = "Other music for this section; the others stay.";
    if entry(ui, "Regenerate this section", hint) {
        ask(Hand::Anew(key));
    }
    let (words, hint) = match section.seed {
        None => (
            "Lock this section",
            "Regenerating the song leaves it as it is.",
        ),
        Some(_) => ("Unlock this section", "It follows the song's seed again."),
    };
    if entry(ui, words, hint) {
        ask(Hand::Lock(key, section.seed.is_none()));
    }
    if entry(ui, "Duplicate", "A copy behind it, with the same music.") {
        ask(Hand::Copy(key));
    }
    if view.score.form.sections.len() > 1 && entry(ui, "Delete", "The song without it.") {
        ask(Hand::Drop(key));
    }
    let hint = "A MIDI file of this section, from its start.";
    if entry(ui, "Export MIDI of this section\u{2026}", hint) {
        export::open(desk, Scope::Section(key));
    }
    if let Some(bars) = selection::selected(view, desk) {
        let words = crate::export::bars_in_words(&bars, '\u{2013}');
        let hint = "MIDI or audio of the bars that are selected, every part of them.";
        if entry(ui, &format!("Export {words}\u{2026}"), hint) {
            export::open(desk, Scope::Bars(bars));
        }
    }
    title(ui, "Another take of one part");
    let bars = section.first_bar..section.first_bar + section.bars;
    for lane in Lane::PLAYED {
        let hint = "To be looked at and heard first. Nothing else changes.";
        let words = format!("Regenerate {}", lane.name());
        if section.lanes.has(lane) && entry(ui, &words, hint) {
            out.command(Command::Refine(Refine::Propose(lane, bars.clone())));
        }
    }
    let mut ask = |hand: Hand| out.command(Command::Hand(hand));
    title(ui, "Who plays here");
    ui.scope(|ui| {
        boxed(ui);
        for lane in Lane::PLAYED {
            let mut plays = section.lanes.has(lane);
            if ui.checkbox(&mut plays, lane.name()).clicked() {
                let lanes = match plays {
                    true => section.lanes.with(lane),
                    false => section.lanes.without(lane),
                };
                ask(Hand::Lanes(key, lanes));
            }
        }
    });
    if !view.song.form.is_empty() {
        title(ui, "The whole form");
        let hint = "Your order, lengths and energies go; ArrangementRoo composes the form.";
        if entry(ui, "Compose the form again", hint) {
            ask(Hand::GiveBack);
        }
    }
}

/// Boxes to tick have an edge, so that empty ones are seen.
fn boxed(ui: &mut Ui) {
    let widgets = &mut ui.visuals_mut().widgets;
    for widget in [
        &mut widgets.inactive,
        &mut widgets.hovered,
        &mut widgets.active,
    ] {
        widget.bg_stroke = Stroke::new(1.0, theme::text_faint());
    }
}

fn title(ui: &mut Ui, words: &str) {
    ui.add_space(3.0);
    let words = RichText::new(words).size(theme::SMALL);
    ui.label(words.color(theme::text_faint()));
}

fn entry(ui: &mut Ui, words: &str, hint: &str) -> bool {
    let response = ui.selectable_label(false, words);
    response.on_hover_text(hint).clicked()
}
