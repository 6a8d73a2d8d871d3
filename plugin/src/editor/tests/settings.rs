use egui_kittest::kittest::Queryable;

use super::rig::Rig;
use super::rig::hands::{press, pull};
use super::{asked, window};
use crate::snapshot::Fault;

#[test]
fn song_settings_go_to_the_worker_as_a_song() {
    let mut harness = window(Rig::default());
    harness.get_by_label("Settings").click();
    harness.run_steps(3);
    harness.get_by_label("After the end: Stop").click();
    harness.run_steps(2);
    let wishes = asked(&mut harness);
    assert_eq!(wishes.len(), 1);
    assert!(
        wishes[0].starts_with("Song(") && wishes[0].contains("after_end: Stop"),
        "{wishes:?}"
    );
}

#[test]
fn a_dragged_number_is_one_change_at_the_end_of_the_drag() {
    let rig = Rig::default();
    let before = u32::from(rig.song.bars);
    let mut harness = window(rig);
    harness.get_by_label("Settings").click();
    harness.run_steps(3);
    let at = harness.get_by_label("Length in bars").rect().center();
    let end = at + egui::vec2(150.0, 0.0);
    pull(&mut harness, at, end);
    assert!(asked(&mut harness).is_empty(), "sent in mid-drag");
    press(&mut harness, end, false);
    harness.run_steps(2);
    let wishes = asked(&mut harness);
    assert_eq!(wishes.len(), 1, "{wishes:?}");
    let bars = wishes[0].split("bars: ").nth(1).unwrap();
    let bars: u32 = bars[..bars.find(',').unwrap()].parse().unwrap();
    // 150 points at 0.12 bars a point.
    assert!(
        (before + 14..=before + 22).contains(&bars),
        "{before} to {bars} bars"
    );
}

#[test]
fn instruments_from_a_prompt_can_be_given_back() {
    let mut rig = Rig::default();
    rig.song.instruments[2] = music::name("piano");
    let mut harness = window(rig);
    harness.get_by_label("Settings").click();
    harness.run_steps(3);
    harness
        .get_by_label("Back to the style's own instruments")
        .click();
    harness.run_steps(2);
    let wishes = asked(&mut harness);
    assert_eq!(wishes.len(), 1);
    assert!(!wishes[0].contains("piano"), "{wishes:?}");
}

#[test]
fn the_drum_map_is_picked_from_the_library() {
    let mut harness = window(Rig::default());
    harness.get_by_label("Settings").click();
    harness.run_steps(3);
    harness.get_by_label("Drum map").click();
    harness.run_steps(3);
    harness.get_by_label("Map B").click();
    harness.run_steps(2);
    let wishes = asked(&mut harness);
    assert!(
        wishes.len() == 1 && wishes[0].contains("Map B"),
        "{wishes:?}"
    );
}

#[test]
fn zoom_is_remembered_and_asked_for() {
    let mut harness = window(Rig::default());
    harness.get_by_label("Settings").click();
    harness.run_steps(3);
    harness.get_by_label("Zoom").click();
    harness.run_steps(3);
    harness.get_by_label("150 %").click();
    harness.run_steps(2);
    assert_eq!(asked(&mut harness), ["zoom 150"]);
    assert_eq!(harness.state().desk.state.zoom_percent, 150);
}

#[test]
fn errors_are_said_where_a_user_sees_them() {
    let mut rig = Rig::default();
    rig.score
        .log
        .push("presets/styles/mine.toml, line 4: unknown key `kik`, did you mean `kick`?".into());
    rig.pulse.faults = Fault::BadTransport as u32;
    let mut harness = window(rig);
    harness.get_by_label("Log").click();
    harness.run_steps(3);
    harness.get_by_label_contains("did you mean `kick`");
    harness.get_by_label_contains("The host told a tempo");
    harness.get_by_label("Close messages").click();
    harness.run_steps(2);
    assert!(harness.query_by_label("Close messages").is_none());
}

#[test]
fn escape_closes_a_drawer() {
    let mut harness = window(Rig::default());
    harness.get_by_label("Settings").click();
    harness.run_steps(3);
    harness.key_press(egui::Key::Escape);
    harness.run_steps(2);
    assert!(harness.query_by_label("Close settings").is_none());
}
