//! What was done, taken back and done again; and the two versions of a song that can be compared.

use egui::{Rect, Ui};

use super::access::Outbox;
use super::desk::View;
use super::space::Cut;
use super::theme;
use super::widgets::button;
use super::widgets::picker::{self, Group};
use crate::snapshot::Command;

/// Width of the whole block in a row so wide, points.
pub const fn width(row: f32) -> f32 {
    if row > 1000.0 { 350.0 } else { 268.0 }
}
/// Most steps in the list. Taste: what a window can show.
const LISTED: usize = 40;

/// Draws undo, redo, the list of steps, and A and B.
pub fn show(ui: &mut Ui, rect: Rect, view: &View, out: &mut Outbox) {
    let mut row = rect.middle(theme::CONTROL_HEIGHT);
    let log = view.history;
    let versions = row.cut_right(56.0, 6.0);
    let undo = row.cut_left(52.0, 3.0);
    let redo = row.cut_left(52.0, 3.0);
    let back = match log.undo() {
        Some(words) => format!("Undo: {words}"),
        None => "There is nothing to undo.".to_owned(),
    };
    let on = match log.redo() {
        Some(words) => format!("Redo: {words}"),
        None => "There is nothing to redo.".to_owned(),
    };
    let open = (log.undo().is_some(), log.redo().is_some());
    if button::faint(ui, undo, "Undo", "Undo", !open.0, &back) {
        out.command(Command::Walk(log.done - 1));
    }
    if button::faint(ui, redo, "Redo", "Redo", !open.1, &on) {
        out.command(Command::Walk(log.done + 1));
    }
    let shown = log.undo().unwrap_or("No steps");
    let groups = || vec![list(view)];
    let picked = picker::picker(ui, row, "Steps", shown, Some(log.done), 1, groups);
    if let Some(done) = picked.filter(|done| *done != log.done) {
        out.command(Command::Walk(done));
    }
    let hints = [
        "Two versions of song and knobs to compare. The first B is a copy of A.",
        "Two versions of song and knobs to compare. The first B is a copy of A.",
    ];
    let now = usize::from(log.is_b);
    if button::choices(ui, versions, "Version", &["A", "B"], &hints, now).is_some() {
        out.command(Command::Compare);
    }
}

/// The newest steps above, down to where the list begins.
fn list(view: &View) -> Group {
    let log = view.history;
    let first = log.steps.len().saturating_sub(LISTED);
    let words = |done: usize| match done.checked_sub(1) {
        None => "Where it began".to_owned(),
        Some(_) if done == first && first > 0 => "Earlier".to_owned(),
        Some(at) => log.steps[at].clone(),
    };
    let entries = (first..=log.steps.len()).rev();
    Group {
        title: "Go back or forth to".to_owned(),
        entries: entries.map(|done| (done, words(done))).collect(),
    }
}
