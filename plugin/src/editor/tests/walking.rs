//! The keyboard alone: every control of every panel has a name and is reached by Tab, row by row from the left.

use std::collections::BTreeSet;

use egui::accesskit::Action;
use egui::{Key, Modifiers, Rect};
use egui_kittest::Node;
use egui_kittest::kittest::{NodeT, Queryable};

use super::pictures::{PANELS, rig};
use super::rig::hands::Window;
use super::sized;

/// Most steps of a walk; no panel has so many controls.
const STEPS: usize = 500;

/// A control that can have the keyboard.
#[derive(Clone, Debug)]
struct Control {
    id: String,
    name: String,
    rect: Rect,
}

fn control(node: &Node<'_>) -> Control {
    let inner = node.accesskit_node();
    Control {
        id: format!("{:?}", inner.id()),
        name: inner.label().unwrap_or_default(),
        rect: node.rect(),
    }
}

/// Every control in a window.
fn controls(window: &Window) -> Vec<Control> {
    let root = window.root();
    let all = root.children_recursive();
    let takes = |node: &Node<'_>| {
        let data = node.accesskit_node().data();
        data.supports_action(Action::Focus) && !data.is_disabled()
    };
    all.filter(takes).map(|node| control(&node)).collect()
}

fn focused(window: &Window) -> Option<Control> {
    let root = window.root();
    let mut all = root.children_recursive();
    all.find(Node::is_focused).map(|node| control(&node))
}

/// Where Tab leads, from the first control on until it comes round.
fn walk(window: &mut Window) -> Vec<Control> {
    let mut way: Vec<Control> = Vec::new();
    for _ in 0..STEPS {
        window.key_press(Key::Tab);
        window.step();
        let Some(at) = focused(window) else {
            continue;
        };
        if way.iter().any(|before| before.id == at.id) {
            return way;
        }
        way.push(at);
    }
    panic!("Tab does not come round: {way:#?}");
}

/// Windows that show each panel.
fn windows() -> impl Iterator<Item = (&'static str, Window)> {
    PANELS.into_iter().map(|(panel, make)| {
        let mut rig = rig();
        make(&mut rig);
        (panel, sized(rig, 1200.0, 760.0))
    })
}

#[test]
fn every_control_has_a_name_and_no_two_the_same_place() {
    let mut wrong = BTreeSet::new();
    for (panel, window) in windows() {
        for control in controls(&window) {
            if control.name.trim().is_empty() {
                wrong.insert(format!("{panel}: {}", control.rect));
            }
        }
    }
    assert!(wrong.is_empty(), "{wrong:#?}");
}

/// Controls that Tab misses, and steps of it that go back in a row.
fn astray(panel: &str, window: &mut Window) -> BTreeSet<String> {
    let way = walk(window);
    let reached: BTreeSet<&str> = way.iter().map(|control| control.id.as_str()).collect();
    let all = controls(window);
    let missed = all
        .iter()
        .filter(|control| !reached.contains(control.id.as_str()));
    let mut wrong: BTreeSet<String> = missed
        .map(|control| format!("{panel}: {} is not reached", control.name))
        .collect();
    for pair in way.windows(2) {
        let (a, b) = (pair[0].rect, pair[1].rect);
        let shared = a.max.y.min(b.max.y) - a.min.y.max(b.min.y);
        let one_row = shared > 0.5 * a.height().min(b.height());
        if one_row && b.max.x <= a.min.x + 1.0 {
            wrong.insert(format!("{panel}: {} then {}", pair[0].name, pair[1].name));
        }
    }
    wrong
}

/// Walks through every panel whose place in the list gives this remainder: the harness spreads tests over the cores.
fn walk_through(remainder: usize) {
    let of = windows().enumerate().filter(|(at, _)| at % 2 == remainder);
    let wrong: BTreeSet<String> = of
        .flat_map(|(_, (panel, mut window))| astray(panel, &mut window))
        .collect();
    assert!(wrong.is_empty(), "{wrong:#?}");
}

#[test]
fn tab_reaches_every_control_row_by_row_from_the_left() {
    walk_through(0);
}

#[test]
fn tab_reaches_every_control_of_the_other_panels_too() {
    walk_through(1);
}

#[test]
fn shift_and_tab_go_back() {
    let mut window = sized(rig(), 1200.0, 760.0);
    let mut step = |keys| {
        window.key_press_modifiers(keys, Key::Tab);
        window.run_steps(2);
        focused(&window).map(|control| control.id)
    };
    let first = step(Modifiers::NONE);
    let second = step(Modifiers::NONE);
    assert!(first.is_some() && first != second);
    assert_eq!(step(Modifiers::SHIFT), first);
}

#[test]
fn the_keyboard_goes_into_a_drawer_and_back_to_where_it_was() {
    let mut window = sized(rig(), 1200.0, 760.0);
    window.get_by_label("Settings").focus();
    window.run_steps(2);
    window.key_press(Key::Enter);
    window.run_steps(4);
    let name = |window: &Window| focused(window).map(|control| control.name);
    assert_eq!(name(&window).as_deref(), Some("Close settings"));
    window.key_press(Key::Escape);
    window.run_steps(4);
    assert_eq!(name(&window).as_deref(), Some("Settings"));
    // By the mouse nothing gets the keyboard: it is the host's.
    let mut window = sized(rig(), 1200.0, 760.0);
    window.get_by_label("Settings").click();
    window.run_steps(4);
    assert_eq!(name(&window), None);
}
