//! Lays a feel on other notes: each goes to the usual place and force of its step, under the feel's swing.

use files::midi::{AnyFile, FileNote};
use music::drum::Piece;
use music::groove::{GrooveStep, GrooveTemplate};

use super::grid::{places, swung};
use super::measure::STRAY;
use super::{STRAIGHT, swing};

/// What a template says of a row at a step. Pitched lanes go with the closed hat, else the ride, else the
/// kick, as they do when the band plays. `None` where nobody ever struck.
pub fn usual(
    template: &GrooveTemplate,
    piece: Piece,
    step: u8,
    pitched: bool,
) -> Option<GrooveStep> {
    let of = |p: Piece| template.pieces[p as usize][step as usize % 16];
    let struck = |s: &GrooveStep| s.velocity > 0;
    if !pitched {
        return Some(of(piece)).filter(struck);
    }
    let rows = [Piece::HatClosed, Piece::Ride, Piece::Kick, Piece::Snare];
    rows.into_iter().map(of).find(struck)
}

/// Mean force of a row over the steps that `steps` names.
fn mean(template: &GrooveTemplate, places: &[(Piece, u8)], pitched: bool) -> f64 {
    let forces = places
        .iter()
        .filter_map(|(p, s)| usual(template, *p, *s, pitched))
        .map(|s| s.velocity as f64);
    let (sum, count) = forces.fold((0.0, 0), |(sum, n), v| (sum + v, n + 1));
    sum / count.max(1) as f64
}

/// Moves notes of a file to a template's places. Forces follow the template's shape and keep the lane's own
/// mean. Notes of pieces that the template never struck keep their place in the feel's swing; rolls and
/// triplets move with the step that they stand by. `row` says which row a note takes; `pitched`: a lane that
/// follows the band.
pub fn transplant(
    file: &AnyFile,
    notes: &mut [FileNote],
    row: impl Fn(&FileNote) -> Option<Piece>,
    template: &GrooveTemplate,
    pitched: bool,
) {
    lay(file, notes, row, template, pitched);
    notes.sort();
    // One key sounds once at a time.
    for i in 0..notes.len() {
        let (head, tail) = notes.split_at_mut(i + 1);
        let note = &mut head[i];
        if let Some(next) = tail.iter().find(|n| n.pitch == note.pitch) {
            let room = next.onset.since(note.onset);
            note.duration = note.duration.min(room).max(1);
        }
    }
}

/// As [`transplant`], with every note left at its place in the list and as long as it was.
pub fn lay(
    file: &AnyFile,
    notes: &mut [FileNote],
    row: impl Fn(&FileNote) -> Option<Piece>,
    template: &GrooveTemplate,
    pitched: bool,
) {
    let places = places(file, notes, row);
    let own = swing::estimate(&places);
    let given = template.swing.unwrap_or(STRAIGHT);
    let steps: Vec<(Piece, u8)> = places
        .iter()
        .map(|p| (p.piece, p.read(own).0.pattern_step))
        .collect();
    let of_template = mean(template, &steps, pitched);
    let force: f64 = places.iter().map(|p| p.velocity as f64).sum();
    let scale = force / places.len().max(1) as f64 / of_template.max(1.0);
    for place in &places {
        let (slot, late) = place.read(own);
        let usual = usual(template, place.piece, slot.pattern_step, pitched);
        let offset = usual.map_or(0, |s| place.ticks(s.offset_us as i64));
        let stray = if late.abs() > STRAY { late } else { 0 };
        let note = &mut notes[place.note];
        let onset = place.bar_start.plus(swung(&slot, given) + offset + stray);
        note.onset.0 = onset.0.max(0);
        if let Some(usual) = usual.filter(|_| of_template > 0.0) {
            let force = usual.velocity as f64 * scale;
            note.velocity = force.round().clamp(1.0, 127.0) as u8;
        }
    }
}
