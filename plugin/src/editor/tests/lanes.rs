use egui::{Pos2, vec2};
use egui_kittest::kittest::Queryable;
use music::lane::Lane;

use super::rig::Rig;
use super::{MARGIN, asked, sized, window};
use crate::editor::access::ParamAccess;

#[test]
fn a_lane_is_chosen_by_its_head_and_its_knobs_follow() {
    let mut harness = window(Rig::default());
    harness.get_by_label("Fills");
    harness.get_by_label("Show Bass").click();
    harness.run_steps(2);
    assert_eq!(harness.state().desk.lane(), Lane::Bass);
    assert!(harness.query_by_label("Fills").is_none(), "only drums fill");
}

#[test]
fn knobs_keep_their_places_between_lanes() {
    let mut harness = window(Rig::default());
    let before = harness.get_by_label("Register").rect();
    harness.get_by_label("Melody knobs").click();
    harness.run_steps(2);
    assert_eq!(harness.get_by_label("Register").rect(), before);
}

#[test]
fn a_lane_is_switched_off_by_its_light() {
    let mut harness = window(Rig::default());
    harness.get_by_label("Harmony on").click();
    harness.run_steps(2);
    assert_eq!(
        asked(&mut harness),
        ["begin harmony_on", "set harmony_on 0.000", "end harmony_on"]
    );
    assert_eq!(
        harness.state().desk.lane(),
        Lane::Drums,
        "the light does not choose the lane"
    );
}

#[test]
fn the_voice_has_no_knobs() {
    let harness = window(Rig::default());
    assert!(harness.query_by_label("Vocal on").is_none());
    assert!(harness.query_by_label("Vocal knobs").is_none());
}

#[test]
fn a_section_takes_the_lanes_there() {
    let mut harness = window(Rig::default());
    harness.get_by_label("Bridge at bar 33").click();
    harness.run_steps(2);
    assert_eq!(harness.state().desk.first_bar, 32.0);
    assert!(!harness.state().desk.state.follow);
}

#[test]
fn pages_turn_with_the_playhead_and_come_round() {
    let mut harness = window(Rig::playing(3.0));
    assert_eq!(harness.state().desk.first_bar, 0.0);
    for (bar, first) in [(8, 8.0), (15, 8.0), (16, 16.0), (47, 40.0), (48, 0.0)] {
        let rig = harness.state_mut();
        rig.pulse.bar_index = bar;
        rig.pulse.bar_start = music::time::Tick(i64::from(bar) * 3840);
        rig.pulse.position = f64::from(bar) * 3840.0;
        harness.run_steps(2);
        assert_eq!(harness.state().desk.first_bar, first, "bar {bar}");
    }
}

#[test]
fn zoom_keeps_inside_the_song() {
    let mut harness = window(Rig::default());
    for _ in 0..6 {
        harness.get_by_label("More bars").click();
        harness.run_steps(2);
    }
    assert_eq!(harness.state().desk.state.bars_shown, 48.0);
    assert_eq!(harness.state().desk.first_bar, 0.0);
}

#[test]
fn every_control_lies_inside_the_smallest_window() {
    let harness = sized(Rig::playing(5.0), 900.0, 600.0);
    let whole = egui::Rect::from_min_size(Pos2::new(MARGIN, MARGIN), vec2(900.0, 600.0));
    for label in [
        "Prompt",
        "Compose",
        "Style",
        "Regenerate",
        "Settings",
        "Log",
        "MIDI ch",
        "Main carries",
    ] {
        let rect = harness.get_by_label(label).rect();
        assert!(whole.contains_rect(rect), "{label}: {rect}");
        assert!(
            rect.width() >= 18.0 && rect.height() >= 14.0,
            "{label}: {rect}"
        );
    }
}

#[test]
fn a_window_too_small_scrolls_instead_of_crushing() {
    let harness = sized(Rig::default(), 640.0, 420.0);
    let knob = harness.get_by_label("Density").rect();
    assert!(knob.height() >= 24.0, "{knob}");
}

#[test]
fn techniques_open_on_pages_of_their_own_and_fit_the_smallest_window() {
    let mut harness = sized(Rig::default(), 900.0, 600.0);
    harness.get_by_label("Band techniques").click();
    harness.run_steps(2);
    let last = harness.get_by_label("Voicing technique").rect();
    assert!(
        last.max.x <= 900.0 + MARGIN && last.width() > 70.0,
        "{last:?}"
    );
    assert!(harness.query_by_label("Density").is_none());
    harness.get_by_label("Bass knobs").click();
    harness.run_steps(2);
    harness.get_by_label("Density");
    harness.get_by_label("Lane techniques").click();
    harness.run_steps(2);
    harness.get_by_label("Lock");
    harness.get_by_label("Rhythm technique").click();
    harness.run_steps(3);
    harness.get_by_label("Resultant 4:3").click();
    harness.run_steps(2);
    let at = music::technique::Rhythm::ALL
        .iter()
        .position(|r| *r == music::technique::Rhythm::Resultant(4, 3));
    assert_eq!(
        Some(ParamAccess::step(&harness.state().params, "bass_rhythm")),
        at
    );
    harness.get_by_label("Lane techniques").click();
    harness.run_steps(2);
    harness.get_by_label("Density");
}
