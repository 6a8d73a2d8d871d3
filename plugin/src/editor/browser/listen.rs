//! What is under the mouse is heard, once it lingers there.

use std::time::Duration;

use egui::Ui;

use super::{Kind, hush};
use crate::editor::access::Outbox;
use crate::editor::desk::{Desk, View};
use crate::preview::Heard;
use crate::snapshot::Command;

/// How long the mouse stays on an entry before it is heard, seconds. Taste: passing over is not asking.
const LINGER: f64 = 0.18;

/// Asks for what is `under` the mouse or the focus, and for silence where nothing is.
pub fn listen(
    ui: &Ui,
    under: Option<(Heard, String)>,
    view: &View,
    desk: &mut Desk,
    out: &mut Outbox,
) {
    let playing = view.pulse.playing;
    let rolled = std::mem::replace(&mut desk.browse.rolled, playing);
    let starts = playing && !rolled;
    let Some((heard, name)) = under.filter(|_| !view.pulse.recording) else {
        desk.browse.lingers = None;
        return hush(desk, out);
    };
    if starts && desk.browse.heard.is_some() {
        // Who starts the song wants to hear the song, wherever the mouse was left.
        desk.browse.lingers = Some((heard, None));
        return hush(desk, out);
    }
    let browse = &mut desk.browse;
    let since = match &browse.lingers {
        Some((over, since)) if *over == heard => *since,
        _ => {
            browse.lingers = Some((heard.clone(), Some(view.now)));
            Some(view.now)
        }
    };
    let Some(since) = since else { return };
    if browse.heard.as_ref().is_some_and(|(own, _)| *own == heard) {
        return;
    }
    let left = LINGER - (view.now - since);
    if left > 0.0 {
        ui.ctx()
            .request_repaint_after(Duration::from_secs_f64(left));
    } else {
        browse.heard = Some((heard.clone(), name));
        out.command(Command::Preview(Some(heard)));
    }
}

/// What is heard, in words.
pub fn words(view: &View, desk: &Desk) -> String {
    let short = desk.browse.kind == Kind::Instruments;
    if view.pulse.recording && short {
        return "Silent while the host records.".into();
    }
    if view.pulse.recording {
        return "The host records: nothing is previewed until it stops.".into();
    }
    if view.pulse.blocks == 0 && short {
        return "Silent until the host plays audio.".into();
    }
    if view.pulse.blocks == 0 {
        return "The host has not called for audio: nothing can be heard yet.".into();
    }
    match &desk.browse.heard {
        Some((_, name)) if short => format!("You hear {name}."),
        Some((_, name)) if view.pulse.playing => {
            format!("You hear {name} in the song's place. MIDI out and stems go on with the song.")
        }
        Some((Heard::Style(_), name)) => {
            format!("You hear {name} in this song's form and key. Not on MIDI out, nor recorded.")
        }
        Some((_, name)) => format!("You hear {name}. Not on MIDI out, not in a recording."),
        None if short => String::new(),
        None if desk.browse.kind == Kind::Kits => {
            "A kit stands in place of the style's own until you give it back in Settings.".into()
        }
        None => "The mouse over a style lets you hear it. A click chooses it.".into(),
    }
}
