//! Keys: one table of what they do, which the window obeys and the help page shows.
//!
//! They count while something in the window has the keyboard focus and no text is typed. At all other times every
//! key is the host's: its space, its undo.

use egui::{Key, KeyboardShortcut, Modifiers, Ui};
use music::lane::Lane;

use super::access::Outbox;
use super::browser::{self, Kind};
use super::desk::{Desk, Drawer, View};
use super::lanes;
use crate::snapshot::Command;

/// What a key does.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Deed {
    Prompt,
    Regenerate,
    Undo,
    Redo,
    Compare,
    PreviousSong,
    NextSong,
    Styles,
    Songs,
    Mixer,
    EditLane,
    Lane(usize),
    Export,
    Settings,
    Log,
    Help,
    Panic,
    ZoomIn,
    ZoomOut,
    Fit,
    Follow,
    Hear,
}

const CTRL: Modifiers = Modifiers::COMMAND;
const CTRL_SHIFT: Modifiers = Modifiers::COMMAND.plus(Modifiers::SHIFT);

/// Key, its name on screen, what it does, in words.
pub const KEYS: [(Modifiers, Key, &str, Deed, &str); 26] = [
    (CTRL, Key::P, "Ctrl P", Deed::Prompt, "Type a prompt"),
    (
        CTRL,
        Key::R,
        "Ctrl R",
        Deed::Regenerate,
        "Regenerate: take the next seed",
    ),
    // The one with more modifiers first: the other would take it too.
    (CTRL_SHIFT, Key::Z, "Ctrl Shift Z", Deed::Redo, "Redo"),
    (CTRL, Key::Z, "Ctrl Z", Deed::Undo, "Undo"),
    (
        CTRL,
        Key::D,
        "Ctrl D",
        Deed::Compare,
        "Go over to the other of A and B",
    ),
    (
        CTRL,
        Key::ArrowLeft,
        "Ctrl Left",
        Deed::PreviousSong,
        "Previous song of the browser",
    ),
    (
        CTRL,
        Key::ArrowRight,
        "Ctrl Right",
        Deed::NextSong,
        "Next song",
    ),
    (CTRL, Key::B, "Ctrl B", Deed::Styles, "Browse styles"),
    (
        CTRL,
        Key::O,
        "Ctrl O",
        Deed::Songs,
        "Browse songs, save this one",
    ),
    (
        CTRL,
        Key::M,
        "Ctrl M",
        Deed::Mixer,
        "Mixer in the lanes' place, and back",
    ),
    (
        CTRL,
        Key::L,
        "Ctrl L",
        Deed::EditLane,
        "Edit the lane's notes, and leave",
    ),
    (
        CTRL,
        Key::T,
        "Ctrl T",
        Deed::Hear,
        "Hear the proposed take, and stop",
    ),
    (CTRL, Key::Num1, "Ctrl 1", Deed::Lane(0), "Drums"),
    (CTRL, Key::Num2, "Ctrl 2", Deed::Lane(1), "Bass"),
    (CTRL, Key::Num3, "Ctrl 3", Deed::Lane(2), "Harmony"),
    (CTRL, Key::Num4, "Ctrl 4", Deed::Lane(3), "Texture"),
    (CTRL, Key::Num5, "Ctrl 5", Deed::Lane(4), "Melody"),
    (CTRL, Key::Plus, "Ctrl +", Deed::ZoomIn, "Lanes: fewer bars"),
    (CTRL, Key::Minus, "Ctrl -", Deed::ZoomOut, "More bars"),
    (
        CTRL,
        Key::Num0,
        "Ctrl 0",
        Deed::Fit,
        "What is selected, or the whole song",
    ),
    (
        CTRL,
        Key::F,
        "Ctrl F",
        Deed::Follow,
        "Follow the playhead by pages",
    ),
    (CTRL, Key::E, "Ctrl E", Deed::Export, "Export files"),
    (CTRL, Key::Comma, "Ctrl ,", Deed::Settings, "Settings"),
    (CTRL, Key::G, "Ctrl G", Deed::Log, "Messages"),
    (CTRL, Key::H, "Ctrl H", Deed::Help, "This page"),
    (
        CTRL,
        Key::Period,
        "Ctrl .",
        Deed::Panic,
        "Panic: every note ends at once",
    ),
];

/// Obeys the frame's keys.
pub fn act(ui: &Ui, view: &View, desk: &mut Desk, out: &mut Outbox) {
    let focused = ui.memory(|m| m.focused()).is_some();
    if !focused || ui.ctx().text_edit_focused() {
        return;
    }
    for (modifiers, key, _, deed, _) in KEYS {
        let shortcut = KeyboardShortcut::new(modifiers, key);
        if ui.input_mut(|i| i.consume_shortcut(&shortcut)) {
            obey(deed, view, desk, out);
        }
    }
    // Plus is a shifted key on many keyboards.
    for (modifiers, key) in [(CTRL, Key::Equals), (CTRL_SHIFT, Key::Plus)] {
        if ui.input_mut(|i| i.consume_key(modifiers, key)) {
            obey(Deed::ZoomIn, view, desk, out);
        }
    }
    if ui.input_mut(|i| i.consume_key(Modifiers::NONE, Key::Questionmark)) {
        obey(Deed::Help, view, desk, out);
    }
}

/// Does it.
pub fn obey(deed: Deed, view: &View, desk: &mut Desk, out: &mut Outbox) {
    let mut turn = |drawer: Drawer| {
        desk.drawer = if desk.drawer == drawer {
            Drawer::Closed
        } else {
            drawer
        };
    };
    match deed {
        Deed::Prompt => desk.to_prompt = true,
        Deed::Regenerate => super::band::regenerate(view, out),
        Deed::Undo if view.history.undo().is_some() => {
            out.command(Command::Walk(view.history.done - 1))
        }
        Deed::Redo if view.history.redo().is_some() => {
            out.command(Command::Walk(view.history.done + 1))
        }
        Deed::Undo | Deed::Redo => {}
        Deed::Compare => out.command(Command::Compare),
        Deed::PreviousSong => super::presets::step(view, -1, out),
        Deed::NextSong => super::presets::step(view, 1, out),
        Deed::Styles => browser::toggle(desk, Kind::Styles),
        Deed::Songs => browser::toggle(desk, Kind::Songs),
        Deed::Mixer => desk.state.mixer ^= true,
        Deed::EditLane => {
            desk.state.mixer = false;
            desk.state.editing ^= true;
        }
        Deed::Lane(index) => desk.state.lane = Lane::ALL[index] as u8,
        Deed::Export => turn(Drawer::Export),
        Deed::Settings => turn(Drawer::Settings),
        Deed::Log => turn(Drawer::Log),
        Deed::Help => turn(Drawer::Help),
        Deed::Panic => out.command(Command::Panic),
        Deed::ZoomIn => lanes::zoom(view, desk, 0.5),
        Deed::ZoomOut => lanes::zoom(view, desk, 2.0),
        Deed::Fit => lanes::fit(view, desk),
        Deed::Follow => desk.state.follow ^= true,
        Deed::Hear => super::lane_panel::takes::hear(view, out),
    }
}
