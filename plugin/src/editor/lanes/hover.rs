//! What the note under the mouse is and why it is there, in the words of the engine that wrote it.

use egui::Ui;
use music::lane::Lane;
use music::note::{Note, Role};
use music::pitch::{Pitch, PitchClass};

use super::figures::piece;
use super::roll::piece_name;
use crate::editor::desk::View;

/// Remembers the note that a row found under the mouse, for one frame.
#[derive(Clone, Copy, Default)]
struct Found(Option<(Note, bool)>);

/// Tells the frame that `note` lies under the mouse, and whether a hand keeps it.
pub fn found(ui: &Ui, note: &Note, kept: bool) {
    let found = Found(Some((*note, kept)));
    ui.data_mut(|d| d.insert_temp(ui.scope_id().with("found"), found));
}

/// Shows the tip.
pub fn show(ui: &Ui, view: &View) {
    let id = ui.scope_id().with("found");
    let Some(Found(Some((note, kept)))) = ui.data_mut(|d| d.remove_temp::<Found>(id)) else {
        return;
    };
    egui::Tooltip::always_open(
        ui.ctx().clone(),
        ui.layer_id(),
        id,
        egui::PopupAnchor::Pointer,
    )
    .gap(14.0)
    .show(|ui| {
        let locked = if kept { "\nlocked by hand" } else { "" };
        ui.label(words(&note, view) + locked);
    });
}

fn words(note: &Note, view: &View) -> String {
    let what = match (note.lane, piece(note)) {
        (Lane::Drums, Some(piece)) => piece_name(piece).to_owned(),
        _ => {
            let bars = note.onset.0 as f64 / view.bar_ticks();
            let name = pitch_name(note.pitch, view.flat(note.pitch.class(), bars));
            view.names.shown(&name).into_owned()
        }
    };
    format!("{what}, velocity {}\n{}", note.velocity, role(note.role))
}

/// C4 is 60.
fn pitch_name(pitch: Pitch, flats: bool) -> String {
    let names = if flats {
        PitchClass::FLATS
    } else {
        PitchClass::SHARPS
    };
    format!(
        "{}{}",
        names[pitch.class().0 as usize],
        i16::from(pitch.0 / 12) - 1
    )
}

fn role(role: Role) -> String {
    match role {
        Role::Beat(_) => "part of the groove".into(),
        Role::Ghost(_) => "a ghost stroke".into(),
        Role::Fill(_) => "part of a fill".into(),
        Role::Polyrhythm(_) => "a layer against the beat".into(),
        Role::ChordTone(n) => {
            let names = [
                "root",
                "third",
                "fifth",
                "seventh",
                "ninth",
                "eleventh",
                "thirteenth",
            ];
            format!("the chord's {}", names[usize::from(n).min(6)])
        }
        Role::Voice(n) => format!("voice {} of the chord, from the bottom", n + 1),
        Role::Approach => "leads into the next chord".into(),
        Role::Passing => "passes between two chord tones".into(),
        Role::Neighbour => "a neighbour of a chord tone".into(),
        Role::Pickup => "leads into the bar".into(),
        Role::ScaleTone => "a tone of the scale".into(),
        Role::Played => "written by hand".into(),
    }
}
