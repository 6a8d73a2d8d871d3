//! Messages: a line at the foot of the window that is always there, and a drawer with all of them.
//!
//! What went wrong is said in words, with what to do, where a user looks anyway.

use egui::{Align2, Rect, RichText, ScrollArea, Sense, Ui, vec2};

use super::access::Outbox;
use super::desk::{Desk, Drawer, View};
use super::space::Cut;
use super::widgets::button::{self, Weight};
use super::widgets::text;
use super::{drawer, export, import, theme};
use crate::snapshot::{Command, Fault};

/// Size of the drawer.
pub const SIZE: egui::Vec2 = vec2(560.0, 260.0);

/// What a fault bit means and what to do.
const FAULTS: [(Fault, &str); 5] = [
    (
        Fault::EventsLost,
        "More notes in a block than fit: some were left out. A longer buffer in the host or less density helps.",
    ),
    (
        Fault::VoicesStolen,
        "More voices than there are: the quietest ones were cut. Less density helps.",
    ),
    (
        Fault::BadTransport,
        "The host told a tempo, place or meter that cannot be: the last good one was kept. If the band is out of step, \
         stop the transport and start it again.",
    ),
    (
        Fault::NotANumber,
        "A sample was not a number: that output was silenced for a block. If it stays silent, switch the \
         plug-in off and on. Please report it with the project.",
    ),
    (
        Fault::OurBug,
        "A step of MuseAroo failed and the band was silent for a block. If it stays silent, switch the plug-in off and \
         on. Please report it with the project.",
    ),
];

/// Words of the faults in `bits`.
fn fault_words(bits: u32) -> impl Iterator<Item = &'static str> {
    FAULTS
        .iter()
        .filter(move |(fault, _)| bits & *fault as u32 != 0)
        .map(|(_, words)| *words)
}

/// The line at the foot.
pub fn line(ui: &mut Ui, rect: Rect, view: &View, desk: &mut Desk, out: &mut Outbox) {
    let mut row = rect;
    let count = view.score.log.len() + fault_words(view.pulse.faults).count();
    let fresh = view.score.log.len() > desk.log_seen || view.pulse.faults & !desk.faults_seen != 0;
    let log = row.cut_right(76.0, 10.0);
    let export = row.cut_right(76.0, 10.0);
    let import = row.cut_right(70.0, 10.0);
    let style = row.cut_right(240.0, 10.0);
    let style_words = if view.score.style.is_empty() {
        String::new()
    } else {
        format!("Style: {}", view.score.style)
    };
    let font = theme::font(theme::SMALL + 0.5);
    text::line(
        ui.painter(),
        style,
        Align2::RIGHT_CENTER,
        &style_words,
        font.clone(),
        theme::text_dim(),
    );
    if !style_words.is_empty() {
        let id = ui.scope_id().with("style");
        ui.interact(style, id, Sense::hover())
            .on_hover_text(&style_words);
    }

    match view.score.take {
        Some((engines, false)) => offer(ui, row, engines, out),
        _ => newest(ui, row, view, desk, fresh),
    }
    import::opener(ui, import, desk);
    export::opener(ui, export, view, desk);
    opener(ui, log, count, desk);
    if desk.drawer == Drawer::Log {
        desk.log_seen = view.score.log.len();
        desk.faults_seen = view.pulse.faults;
    }
}

/// The button that opens the list, with how many messages there are.
fn opener(ui: &mut Ui, rect: Rect, count: usize, desk: &mut Desk) {
    let open = desk.drawer == Drawer::Log;
    let words = match count {
        0 => "Log".to_owned(),
        count => format!("Log ({count})"),
    };
    let weight = if open { Weight::Chosen } else { Weight::Plain };
    if button::button(ui, rect, "Log", &words, weight).clicked() {
        desk.drawer = if open { Drawer::Closed } else { Drawer::Log };
    }
}

/// The newest message; a click opens the list.
fn newest(ui: &mut Ui, mut row: Rect, view: &View, desk: &mut Desk, fresh: bool) {
    let font = theme::font(theme::SMALL + 0.5);
    let newest_fault = fault_words(view.pulse.faults & !desk.faults_seen).next();
    let newest = newest_fault.or(view.score.log.last().map(String::as_str));
    let (words, ink) = match newest {
        Some(words) if fresh => (words, theme::warning()),
        Some(words) => (words, theme::text_faint()),
        None => ("No messages.", theme::text_faint()),
    };
    let sense = match newest {
        Some(_) => Sense::click(),
        None => Sense::hover(),
    };
    let response = ui.interact(row, ui.scope_id().with("newest"), sense);
    response.widget_info(|| {
        let role = egui::accesskit::Role::Button;
        let mut info = egui::WidgetInfo::labeled(role, true, "Newest message");
        info.current_text_value = Some(words.to_owned());
        info
    });
    button::focus_ring(ui, &response);
    if fresh {
        let dot = egui::pos2(row.min.x + 8.0, row.center().y);
        ui.painter().circle_filled(dot, 3.5, theme::warning());
    }
    row.min.x += if fresh { 18.0 } else { 4.0 };
    text::line(ui.painter(), row, Align2::LEFT_CENTER, words, font, ink);
    if response.clicked() && newest.is_some() {
        desk.drawer = Drawer::Log;
    }
}

/// A song that other engines saved: it plays as it was, and the user says what it shall do.
fn offer(ui: &mut Ui, rect: Rect, engines: u32, out: &mut Outbox) {
    let mut row = rect;
    let update = row.cut_right(76.0, 6.0);
    let keep = row.cut_right(116.0, 10.0);
    let words = format!(
        "This song plays as engines {engines} saved it. Turned seeds, keys and styles play anew."
    );
    let font = theme::font(theme::SMALL + 0.5);
    row.min.x += 4.0;
    text::line(
        ui.painter(),
        row,
        Align2::LEFT_CENTER,
        &words,
        font,
        theme::warning(),
    );
    if button::button(ui, keep, "Keep as saved", "Keep as saved", Weight::Plain).clicked() {
        out.command(Command::Engines(false));
    }
    if button::button(ui, update, "Update engines", "Update", Weight::Chosen).clicked() {
        out.command(Command::Engines(true));
    }
}

/// Draws the drawer's inside.
pub fn show(ui: &mut Ui, rect: Rect, view: &View, desk: &mut Desk) {
    let mut inner = rect.shrink(14.0);
    let all = messages(view);
    let names = ("Messages", "Close messages");
    drawer::head_with(ui, &mut inner, names, desk, |ui, mut head, _| {
        let copy = head.cut_right(64.0, 0.0);
        let hint = "The whole list as text, for a report.";
        if button::faint(ui, copy, "Copy messages", "Copy", all.is_empty(), hint) {
            let lines: Vec<&str> = all.iter().map(|(words, _)| *words).collect();
            ui.ctx().copy_text(lines.join("\n"));
        }
    });
    ui.scope_builder(egui::UiBuilder::new().max_rect(inner), |ui| {
        ui.spacing_mut().item_spacing.y = 7.0;
        ScrollArea::vertical().auto_shrink(false).show(ui, |ui| {
            for (words, wrong) in &all {
                message(ui, words, *wrong);
            }
            if all.is_empty() {
                ui.label(RichText::new("Nothing went wrong so far.").color(theme::text_dim()));
            }
        });
    });
}

/// Everything said, faults first, then the newest first; whether it is a fault.
fn messages<'a>(view: &'a View) -> Vec<(&'a str, bool)> {
    let faults = fault_words(view.pulse.faults).map(|words| (words, true));
    let said = view.score.log.iter().rev();
    faults
        .chain(said.map(|words| (words.as_str(), false)))
        .collect()
}

/// One message over as many lines as it takes, with a dot before it.
fn message(ui: &mut Ui, words: &str, wrong: bool) {
    let (dot, ink) = match wrong {
        true => (theme::error(), theme::error()),
        false => (theme::text_faint(), theme::text()),
    };
    ui.horizontal_top(|ui| {
        let (place, _) = ui.allocate_exact_size(vec2(10.0, 16.0), Sense::hover());
        ui.painter().circle_filled(place.center(), 2.5, dot);
        ui.add(egui::Label::new(RichText::new(words).color(ink)).wrap());
    });
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_fault_has_words() {
        let all = Fault::EventsLost as u32
            | Fault::VoicesStolen as u32
            | Fault::BadTransport as u32
            | Fault::NotANumber as u32
            | Fault::OurBug as u32;
        assert_eq!(fault_words(all).count(), all.count_ones() as usize);
        assert_eq!(fault_words(0).count(), 0);
    }
}
