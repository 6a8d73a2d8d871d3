use egui::{Event, Key, Modifiers, Pos2};
use egui_kittest::Harness;
use egui_kittest::kittest::{NodeT, Queryable};

use super::rig::{Rig, hands};
use super::{asked, window};
use crate::editor::access::ParamAccess;

fn center(harness: &Harness<'static, Rig>, label: &str) -> Pos2 {
    harness.get_by_label(label).rect().center()
}

fn drag(
    harness: &mut Harness<'static, Rig>,
    label: &str,
    up: f32,
    modifiers: Modifiers,
) -> Vec<String> {
    let at = center(harness, label);
    hands::drag_with(harness, at, egui::vec2(0.0, -up), modifiers);
    asked(harness)
}

fn value_of(wish: &str) -> f32 {
    wish.rsplit(' ')
        .next()
        .and_then(|v| v.parse().ok())
        .unwrap_or(f32::NAN)
}

#[test]
fn a_drag_is_one_gesture_with_values_between() {
    let mut harness = window(Rig::default());
    let wishes = drag(&mut harness, "Density", 40.0, Modifiers::NONE);
    assert_eq!(wishes.first().unwrap(), "begin drums_density");
    assert_eq!(wishes.last().unwrap(), "end drums_density");
    assert_eq!(
        wishes.iter().filter(|w| !w.starts_with("set")).count(),
        2,
        "{wishes:?}"
    );
    let last = value_of(&wishes[wishes.len() - 2]);
    assert!(
        (0.78..0.90).contains(&last),
        "40 points up from 60 %: {last}"
    );
    let sets: Vec<f32> = wishes
        .iter()
        .filter(|w| w.starts_with("set"))
        .map(|w| value_of(w))
        .collect();
    assert!(sets.windows(2).all(|w| w[0] < w[1]), "{sets:?}");
    assert!(
        sets.iter()
            .all(|v| ((v * 100.0).round() - v * 100.0).abs() < 0.01),
        "whole percents: {sets:?}"
    );
}

#[test]
fn shift_drags_finely() {
    let mut harness = window(Rig::default());
    let coarse = drag(&mut harness, "Complexity", 40.0, Modifiers::NONE);
    let fine = drag(&mut harness, "Variation", 40.0, Modifiers::SHIFT);
    let moved = |wishes: &[String], from: f32| value_of(&wishes[wishes.len() - 2]) - from;
    assert!(
        moved(&coarse, 0.5) > 4.0 * moved(&fine, 0.4),
        "{coarse:?} {fine:?}"
    );
    assert!(moved(&fine, 0.4) > 0.0);
}

#[test]
fn the_wheel_turns_a_knob_and_not_the_page() {
    let mut harness = window(Rig::default());
    let at = center(&harness, "Density");
    hands::wheel(&mut harness, at, egui::vec2(0.0, -1.0), Modifiers::NONE);
    let wishes = asked(&mut harness);
    assert_eq!(
        wishes,
        [
            "begin drums_density",
            "set drums_density 0.620",
            "end drums_density"
        ]
    );
    assert_eq!(harness.state().desk.first_bar, 0.0);
}

#[test]
fn a_double_click_takes_the_default() {
    let rig = Rig::default();
    rig.params.automate("drums_density", 0.9);
    let mut harness = window(rig);
    let at = center(&harness, "Density");
    hands::click(&mut harness, at, 2);
    let wishes = asked(&mut harness);
    assert!(
        wishes.contains(&"set drums_density 0.600".to_owned()),
        "{wishes:?}"
    );
}

#[test]
fn a_value_is_typed_over() {
    let mut harness = window(Rig::default());
    harness.get_by_label("Type Push").click();
    harness.step();
    harness.step();
    harness.event(Event::Text("-12 ms".into()));
    harness.step();
    harness.key_press(Key::Enter);
    harness.step();
    harness.step();
    let wishes = asked(&mut harness);
    assert_eq!(
        wishes,
        ["begin drums_push", "set drums_push 0.350", "end drums_push"]
    );
    assert_eq!(harness.state().params.shown("drums_push"), "-12 ms");
}

#[test]
fn nonsense_and_escape_leave_a_value_alone() {
    for (text, key) in [("loud", Key::Enter), ("12", Key::Escape)] {
        let mut harness = window(Rig::default());
        harness.get_by_label("Type Density").click();
        harness.step();
        harness.step();
        harness.event(Event::Text(text.into()));
        harness.step();
        harness.key_press(key);
        harness.step();
        harness.step();
        assert!(asked(&mut harness).is_empty(), "{text}");
    }
}

#[test]
fn automation_moves_what_is_shown() {
    let mut harness = window(Rig::default());
    harness.get_by_label("Density");
    harness.state().params.automate("drums_density", 0.25);
    harness.step();
    harness.step();
    let node = harness.get_by_label("Density");
    assert_eq!(node.accesskit_node().numeric_value(), Some(0.25));
}

#[test]
fn tab_reaches_a_knob_and_arrows_turn_it() {
    let mut harness = window(Rig::default());
    harness.get_by_label("Density").focus();
    harness.step();
    harness.step();
    harness.key_press(Key::ArrowUp);
    harness.step();
    let wishes = asked(&mut harness);
    assert_eq!(
        wishes,
        [
            "begin drums_density",
            "set drums_density 0.620",
            "end drums_density"
        ]
    );
}

#[test]
fn regenerate_takes_the_next_seed() {
    let mut harness = window(Rig::default());
    harness.get_by_label("Regenerate").click();
    harness.run_steps(2);
    let wishes = asked(&mut harness);
    assert_eq!(wishes.len(), 3, "{wishes:?}");
    assert_eq!(harness.state().params.shown("seed"), "2");
    harness.state().params.automate("seed", 1.0);
    harness.get_by_label("Regenerate").click();
    harness.run_steps(2);
    assert_eq!(
        harness.state().params.shown("seed"),
        "0",
        "the last seed is followed by the first"
    );
}

#[test]
fn run_modes_are_set_and_tempo_appears() {
    let mut harness = window(Rig::default());
    assert!(harness.query_by_label("Tempo").is_none());
    harness.get_by_label("Run: Internal").click();
    harness.run_steps(2);
    assert_eq!(
        asked(&mut harness),
        ["begin run", "set run 0.500", "end run"]
    );
    harness.get_by_label("Tempo");
}

#[test]
fn the_style_list_has_genres_and_no_empty_slots() {
    let mut harness = window(Rig::default());
    harness.get_by_label("Style").click();
    harness.run_steps(3);
    assert!(harness.query_by_label_contains("Slot ").is_none());
    harness.get_by_label("Latin");
    harness.get_by_label("Bossa nova").click();
    harness.run_steps(2);
    assert_eq!(
        asked(&mut harness),
        ["begin style", "set style 0.565", "end style"]
    );
    assert_eq!(harness.state().params.shown("style"), "Bossa nova");
}

#[test]
fn key_and_scale_are_picked_by_name() {
    let mut harness = window(Rig::default());
    for (list, name, id) in [
        ("Key", "A#", "key"),
        ("Scale", "Phrygian dominant", "scale"),
    ] {
        harness.get_by_label(list).click();
        harness.run_steps(3);
        harness.get_by_label(name).click();
        harness.run_steps(3);
        assert_eq!(harness.state().params.shown(id), name);
    }
}
