use egui::{Event, Key, Pos2, vec2};
use egui_kittest::Harness;
use egui_kittest::kittest::Queryable;

use super::rig::Rig;
use super::rig::hands::{choose, press, pull};
use super::{asked, window};

/// Drags from a point by a way, and gives what was asked for.
fn drag(harness: &mut Harness<'static, Rig>, from: Pos2, by: egui::Vec2) -> Vec<String> {
    pull(harness, from, from + by);
    assert!(asked(harness).is_empty(), "sent in mid-drag");
    press(harness, from + by, false);
    harness.run_steps(2);
    asked(harness)
}

fn menu(harness: &mut Harness<'static, Rig>, section: &str, entry: &str) -> Vec<String> {
    let at = harness.get_by_label(section).rect().center();
    choose(harness, at, entry);
    asked(harness)
}

#[test]
fn a_block_is_dragged_into_another_order() {
    let mut harness = window(Rig::default());
    let from = harness.get_by_label("Verse at bar 5").rect();
    let to = harness.get_by_label("Bridge at bar 33").rect();
    let by = vec2(to.center().x + 4.0 - from.center().x, 0.0);
    let wishes = drag(&mut harness, from.center(), by);
    assert_eq!(wishes, ["Hand(Move { section: 1, to: 5 })"]);
    // Back where it was, nothing is asked.
    assert!(drag(&mut harness, from.center(), vec2(8.0, 0.0)).is_empty());
}

#[test]
fn a_block_is_dragged_to_another_length() {
    let mut harness = window(Rig::default());
    let place = harness.get_by_label("Verse at bar 5").rect();
    let bar = (place.width() + 2.0) / 8.0;
    let edge = Pos2::new(place.max.x - 2.0, place.max.y - 3.0);
    let wishes = drag(&mut harness, edge, vec2(bar * 4.0, 0.0));
    assert_eq!(wishes, ["Hand(Resize(1, 12))"]);
    let wishes = drag(&mut harness, edge, vec2(-bar * 20.0, 0.0));
    assert_eq!(wishes, ["Hand(Resize(1, 1))"], "a bar at least");
}

#[test]
fn points_of_the_curve_are_dragged() {
    let mut harness = window(Rig::default());
    let place = harness.get_by_label("Chorus at bar 17").rect();
    let room = place.height() - 20.0;
    let y = |energy: f32| place.max.y - 2.0 - room * energy / 100.0;
    let start = Pos2::new(place.min.x + 6.0, y(82.0));
    let wishes = drag(&mut harness, start, vec2(3.0, y(40.0) - y(82.0)));
    assert_eq!(wishes, ["Hand(Energy(3, Some(40), None))"]);
    let end = Pos2::new(place.max.x - 12.0, y(86.0));
    let wishes = drag(&mut harness, end, vec2(0.0, -200.0));
    assert_eq!(wishes, ["Hand(Energy(3, None, Some(100)))"]);
}

#[test]
fn the_menu_of_a_section_asks_for_the_rest() {
    let mut harness = window(Rig::default());
    let verse = "Verse at bar 5";
    for (entry, wish) in [
        ("Duplicate", "Hand(Copy(1))"),
        ("Delete", "Hand(Drop(1))"),
        ("Regenerate this section", "Hand(Anew(1))"),
        ("Lock this section", "Hand(Lock(1, true))"),
        ("Regenerate Bass", "Refine(Propose(Bass, 4..12))"),
    ] {
        assert_eq!(menu(&mut harness, verse, entry), [wish]);
    }
    harness.state_mut().score.form.sections[1].seed = Some(4);
    let wishes = menu(&mut harness, verse, "Unlock this section");
    assert_eq!(wishes, ["Hand(Lock(1, false))"]);
}

#[test]
fn a_click_plays_from_a_section_on_the_internal_clock_only() {
    let mut harness = window(Rig::default());
    harness.get_by_label("Bridge at bar 33").click();
    harness.run_steps(2);
    assert!(
        asked(&mut harness).is_empty(),
        "the host's transport is the host's"
    );
    harness.state_mut().params.automate("run", 0.5);
    harness.get_by_label("Bridge at bar 33").click();
    harness.run_steps(2);
    assert_eq!(asked(&mut harness), ["GoTo(32)"]);
}

fn open(harness: &mut Harness<'static, Rig>, chord: &str) {
    harness.get_by_label(chord).click();
    harness.run_steps(3);
}

fn type_over(harness: &mut Harness<'static, Rig>, text: &str) {
    harness.key_press_modifiers(egui::Modifiers::COMMAND, Key::A);
    harness.step();
    harness.event(Event::Text(text.into()));
    harness.step();
    harness.key_press(Key::Enter);
    harness.run_steps(3);
}

#[test]
fn a_chord_is_typed_over_and_a_line_goes_on_bar_by_bar() {
    let mut harness = window(Rig::default());
    open(&mut harness, "Chord G13 at bar 2.1");
    type_over(&mut harness, "Db7");
    let wishes = asked(&mut harness);
    assert_eq!(wishes.len(), 1);
    assert!(wishes[0].starts_with("Hand(Chord { from: (1, 0), to: (2, 0), chord: Some("));
    open(&mut harness, "Chord G13 at bar 2.1");
    type_over(&mut harness, "Dm7 | G7 | Cmaj7");
    let wishes = asked(&mut harness);
    assert!(wishes[0].starts_with("Hand(Chords { bar: 1, words: \"Dm7 | G7 | Cmaj7\""));
}

#[test]
fn what_is_no_chord_is_said_and_asks_for_nothing() {
    let mut harness = window(Rig::default());
    open(&mut harness, "Chord G13 at bar 2.1");
    type_over(&mut harness, "Dm7 | Hx");
    assert!(asked(&mut harness).is_empty());
    harness.get_by_label_contains("Hx");
}

#[test]
fn a_chord_is_exchanged_and_given_back() {
    let mut harness = window(Rig::default());
    open(&mut harness, "Chord Cmaj7 at bar 3.1");
    harness.get_by_label("Exchange for G7").click();
    harness.run_steps(3);
    let wishes = asked(&mut harness);
    assert!(wishes[0].starts_with("Hand(Chord { from: (2, 0), to: (3, 0), chord: Some("));
    open(&mut harness, "Chord Cmaj7 at bar 3.1");
    harness.get_by_label("Back to the plan's own chord").click();
    harness.run_steps(3);
    let want = ["Hand(Chord { from: (2, 0), to: (3, 0), chord: None })"];
    assert_eq!(asked(&mut harness), want);
}

#[test]
fn a_chord_is_dragged_to_start_elsewhere() {
    let mut harness = window(Rig::default());
    let place = harness.get_by_label("Chord G13 at bar 2.1").rect();
    let beat = (place.width() + 1.0) / 4.0;
    let wishes = drag(&mut harness, place.center(), vec2(beat * 2.0, 0.0));
    assert!(wishes[0].starts_with("Hand(Chord { from: (1, 0), to: (1, 8), chord: Some("));
    let wishes = drag(&mut harness, place.center(), vec2(-beat * 9.0, 0.0));
    assert!(wishes[0].starts_with("Hand(Chord { from: (0, 4), to: (1, 0), chord: Some("));
}
