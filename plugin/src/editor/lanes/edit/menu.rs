//! What else can be done with notes, bars and the lane: the menu of a right-click.

use authoring::editing::notes::{self, Spot, Written};
use egui::{Popup, PopupCloseBehavior, Response, Ui};

use super::{Editing, Roll, change, count, delete, send};
use crate::editor::access::Outbox;
use crate::export::{Scope, bars_in_words};
use crate::hand::Hand;
use crate::refine::Refine;
use crate::snapshot::Command;

/// Shows the menu while it is open.
pub fn show(response: &Response, roll: &Roll, editing: &mut Editing, out: &mut Outbox) {
    if response.secondary_clicked() {
        editing.menu_at = response.ctx.input(|i| i.pointer.interact_pos());
        let under = editing.menu_at.and_then(|at| roll.under(at));
        let note = under.and_then(|shown| roll.written(shown.index));
        if let Some(note) = note.filter(|note| !editing.selected.contains(note)) {
            editing.selected = vec![*note];
        }
    }
    Popup::context_menu(response)
        .close_behavior(PopupCloseBehavior::CloseOnClick)
        .show(|ui| {
            ui.set_min_width(230.0);
            ui.spacing_mut().item_spacing.y = 1.0;
            entries(ui, roll, editing, out);
        });
}

fn entries(ui: &mut Ui, roll: &Roll, editing: &mut Editing, out: &mut Outbox) {
    let (lane, form) = (roll.lane, &roll.view.score.form);
    let selected = editing.selected.len();
    if selected > 0 {
        if entry(ui, &count("Delete", lane, selected), "They stay away.") {
            delete(lane, editing, out);
        }
        let hint = "Kept where they are, whatever is regenerated.";
        let free = editing.selected.iter().any(|note| !note.kept);
        if free && entry(ui, &count("Lock", lane, selected), hint) {
            let from: Vec<Written> = editing.selected.clone();
            let to: Vec<Written> = from.iter().copied().map(change::by_hand).collect();
            editing.selected.clone_from(&to);
            send(count("Lock", lane, selected), from, to, out);
        }
    }
    let hint = "A MIDI file of what is selected, or text.";
    if selected > 0
        && entry(
            ui,
            &format!("{}\u{2026}", count("Export", lane, selected)),
            hint,
        )
    {
        editing.exported = Some(Scope::Notes(editing.selected.as_slice().into()));
    }
    if let Some(bars) = &editing.bars {
        let words = bars_in_words(bars, '\u{2013}');
        let hint = "MIDI or audio of the bars that are selected, every part of them.";
        if entry(ui, &format!("Export {words}\u{2026}"), hint) {
            editing.exported = Some(Scope::Bars(bars.clone()));
        }
    }
    let bar = editing.menu_at.map_or(0, |at| roll.tick(at.x)) / roll.window.bar_ticks as i64;
    let here = u16::try_from(bar)
        .ok()
        .and_then(|bar| change::spot(form, bar, lane));
    let all = |ask: fn(Vec<Spot>, Vec<Written>) -> Hand, spots: Vec<Spot>| {
        let written = &roll.view.score.origins[lane.index()];
        let held = written.iter().filter(|note| spots.contains(&note.spot));
        let held = held.copied().collect();
        Command::Hand(ask(spots, held))
    };
    let song = roll.view.song;
    let bars = || (0..form.bars()).filter_map(|bar| change::spot(form, bar, lane));
    if let Some(spot) = here {
        let hint = "The bar stands as it is heard, whatever is regenerated or turned.";
        if !notes::is_own(song, spot) && entry(ui, "Lock this bar", hint) {
            out.command(all(Hand::LockBars, vec![spot]));
        }
        let hint = "All that was changed in this bar goes; the engine plays it.";
        if !notes::of(song, spot).is_empty() && entry(ui, "Give this bar back", hint) {
            out.command(Command::Hand(Hand::FreeBars(vec![spot])));
        }
    }
    let hint = "Every bar of the part stands as it is heard.";
    let is_free = bars().any(|spot| !notes::is_own(song, spot));
    if is_free && entry(ui, &format!("Lock all of {}", lane.name()), hint) {
        out.command(all(Hand::LockBars, bars().collect()));
    }
    let hint = "All that was changed in the part goes.";
    let is_edited = bars().any(|spot| !notes::of(song, spot).is_empty());
    if is_edited && entry(ui, &format!("Give all of {} back", lane.name()), hint) {
        out.command(Command::Hand(Hand::FreeBars(bars().collect())));
    }
    if let Some(spot) = here {
        let section = form.sections.iter().find(|s| s.key == spot.section);
        let section = section.map_or(0..0, |s| s.first_bar..s.first_bar + s.bars);
        let bar = section.start + spot.bar;
        let hint = "Another take, to be looked at first; what you wrote or locked stays, and so does all else.";
        let selected = editing.bars.clone().filter(|bars| bars.len() > 1);
        let words = match &selected {
            Some(bars) => format!("Regenerate bars {}\u{2013}{}", bars.start + 1, bars.end),
            None => "Regenerate this bar".to_owned(),
        };
        let mut ask = |bars| out.command(Command::Refine(Refine::Propose(lane, bars)));
        if entry(ui, &words, hint) {
            ask(selected.unwrap_or(bar..bar + 1));
        }
        let words = format!("Regenerate {} in this section", lane.name());
        if entry(ui, &words, hint) {
            ask(section);
        }
        if entry(ui, &format!("Regenerate all of {}", lane.name()), hint) {
            ask(0..form.bars());
        }
    }
}

fn entry(ui: &mut Ui, words: &str, hint: &str) -> bool {
    let response = ui.selectable_label(false, words);
    response.on_hover_text(hint).clicked()
}
