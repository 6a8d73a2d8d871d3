//! A user's hands: what a test presses, drags, turns, types and picks from a menu.

use egui::{Event, Modifiers, MouseWheelUnit, PointerButton, Pos2, Vec2};
use egui_kittest::Harness;
use egui_kittest::kittest::Queryable;

use super::Rig;

/// A window under the hands.
pub type Window = Harness<'static, Rig>;

/// Presses or lets go a button of the mouse at a place.
pub fn button(
    window: &mut Window,
    pos: Pos2,
    button: PointerButton,
    pressed: bool,
    keys: Modifiers,
) {
    window.event_modifiers(Event::PointerMoved(pos), keys);
    let event = Event::PointerButton {
        pos,
        button,
        pressed,
        modifiers: keys,
    };
    window.event_modifiers(event, keys);
    window.step();
}

/// Presses or lets go the first button.
pub fn press(window: &mut Window, pos: Pos2, pressed: bool) {
    button(
        window,
        pos,
        PointerButton::Primary,
        pressed,
        Modifiers::NONE,
    );
}

/// Presses at a place and moves on, step by step; the button stays down.
pub fn pull(window: &mut Window, from: Pos2, to: Pos2) {
    pull_with(window, from, to, Modifiers::NONE);
}

fn pull_with(window: &mut Window, from: Pos2, to: Pos2, keys: Modifiers) {
    // The mouse is there before it presses, as mice are.
    window.event_modifiers(Event::PointerMoved(from), keys);
    window.step();
    button(window, from, PointerButton::Primary, true, keys);
    for i in 1..=8 {
        let at = from + (to - from) * (i as f32 / 8.0);
        window.event_modifiers(Event::PointerMoved(at), keys);
        window.step();
    }
}

/// Drags from a place by a way and lets go.
pub fn drag(window: &mut Window, from: Pos2, by: Vec2) {
    drag_with(window, from, by, Modifiers::NONE);
}

/// Drags with keys held down.
pub fn drag_with(window: &mut Window, from: Pos2, by: Vec2, keys: Modifiers) {
    pull_with(window, from, from + by, keys);
    button(window, from + by, PointerButton::Primary, false, keys);
    window.run_steps(2);
}

/// Clicks a place some times, and waits until the next click is one of its own.
pub fn click(window: &mut Window, at: Pos2, times: usize) {
    for _ in 0..times {
        press(window, at, true);
        press(window, at, false);
    }
    window.run_steps(24);
}

/// Opens the menu at a place.
pub fn menu(window: &mut Window, at: Pos2) {
    for pressed in [true, false] {
        button(
            window,
            at,
            PointerButton::Secondary,
            pressed,
            Modifiers::NONE,
        );
    }
    window.run_steps(3);
}

/// Opens the menu at a place and takes an entry.
pub fn choose(window: &mut Window, at: Pos2, entry: &str) {
    menu(window, at);
    window.get_by_label(entry).click();
    window.run_steps(3);
}

/// Turns the wheel at a place: down and to the right are positive notches.
pub fn wheel(window: &mut Window, at: Pos2, notches: Vec2, keys: Modifiers) {
    window.event_modifiers(Event::PointerMoved(at), keys);
    window.step();
    let event = Event::MouseWheel {
        unit: MouseWheelUnit::Line,
        delta: -notches,
        modifiers: keys,
        phase: egui::TouchPhase::Move,
        source: egui::MouseWheelSource::Unknown,
    };
    window.event_modifiers(event, keys);
    window.run_steps(3);
}

/// Clicks into a field and types.
pub fn type_into(window: &mut Window, field: &str, text: &str) {
    window.get_by_label(field).click();
    window.step();
    window.event(Event::Text(text.into()));
    window.step();
}
