use egui::{Event, Key};
use egui_kittest::Harness;
use egui_kittest::kittest::Queryable;

use super::rig::Rig;
use super::rig::hands::type_into;
use super::{MARGIN, asked, sized, window};
use crate::editor::access::ParamAccess;
use crate::editor::desk::Drawer;
use crate::snapshot::Mixing;

fn mixed() -> Rig {
    let mut rig = Rig::default();
    rig.score.decided = vec![
        "\u{2212}2.5 dB at 250 Hz on harmony: masks bass".into(),
        "+1.2 dB on drums: away from the style's balance".into(),
        "\u{2212}3.0 dB of ducking on bass: room for the kick".into(),
    ];
    rig
}

fn open(rig: Rig) -> Harness<'static, Rig> {
    let mut harness = window(rig);
    harness.get_by_label("Mix and master").click();
    harness.run_steps(3);
    harness
}

#[test]
fn a_mix_is_asked_for_with_the_reference_that_was_typed() {
    let mut harness = open(Rig::default());
    harness.get_by_label("The style's own mix plays.");
    harness.get_by_label("Mix").click();
    harness.run_steps(2);
    assert_eq!(asked(&mut harness), ["Mix { reference: \"\" }"]);
    type_into(&mut harness, "Reference file", "/music/hit.flac ");
    harness.get_by_label("Mix").click();
    harness.run_steps(3);
    let wishes = asked(&mut harness);
    assert!(
        wishes[0].starts_with("Setup(") && wishes[0].contains("reference: \"/music/hit.flac\""),
        "{wishes:?}"
    );
    assert_eq!(wishes[1..], ["Mix { reference: \"/music/hit.flac\" }"]);
}

#[test]
fn a_reference_is_kept_by_enter_and_left_by_escape() {
    for (key, kept) in [(Key::Enter, 1), (Key::Escape, 0)] {
        let mut harness = open(Rig::default());
        type_into(&mut harness, "Reference file", "/music/hit.wav");
        harness.key_press(key);
        harness.run_steps(2);
        let wishes = asked(&mut harness);
        assert_eq!(wishes.len(), kept, "{key:?}: {wishes:?}");
    }
}

#[test]
fn mixing_can_be_watched_and_cancelled() {
    let mut rig = Rig::default();
    rig.mix.mixing = Some(Mixing {
        share: 0.4,
        what: "listening to the parts".into(),
    });
    let mut harness = open(rig);
    assert!(harness.query_by_label("Mix").is_none(), "one at a time");
    harness.get_by_label("Cancel mixing").click();
    harness.run_steps(2);
    assert_eq!(asked(&mut harness), ["CancelMix"]);
    harness.state_mut().mix.mixing = None;
    harness.run_steps(2);
    harness.get_by_label("Mix");
}

#[test]
fn decisions_are_said_and_can_be_taken_back() {
    let mut harness = open(mixed());
    harness.get_by_label("\u{2212}2.5 dB at 250 Hz on harmony: masks bass");
    harness.get_by_label("Mixed for the song as it is:");
    harness.get_by_label("Back to the style's mix").click();
    harness.run_steps(2);
    assert_eq!(asked(&mut harness), ["ForgetMix"]);
}

#[test]
fn a_stale_mix_says_so_and_can_be_renewed() {
    let mut rig = mixed();
    rig.score.decided_is_stale = true;
    let mut harness = open(rig);
    harness.get_by_label("Stale: the song has changed since it was mixed.");
    harness.get_by_label("Mix again").click();
    harness.run_steps(2);
    assert_eq!(asked(&mut harness), ["Mix { reference: \"\" }"]);
}

#[test]
fn a_mix_that_failed_says_why() {
    let mut rig = Rig::default();
    rig.mix.problem = "/music/hit.wav: no such file".into();
    let harness = open(rig);
    harness.get_by_label("The mix is as it was: /music/hit.wav: no such file.");
}

#[test]
fn renewal_and_latency_are_settings_of_the_instance() {
    let mut harness = open(Rig::default());
    harness
        .get_by_label("When the song changes: Mix again")
        .click();
    harness.run_steps(2);
    assert!(harness.state().mix.setup.renew_mix);
    harness.state_mut().desk.drawer = Drawer::Settings;
    harness.run_steps(3);
    harness.get_by_label("Latency: Look-ahead").click();
    harness.run_steps(2);
    let setup = &harness.state().mix.setup;
    assert!(
        setup.look_ahead && setup.renew_mix,
        "one setting leaves the others: {setup:?}"
    );
    harness.get_by_label("Latency: Zero").click();
    harness.run_steps(2);
    assert!(!harness.state().mix.setup.look_ahead);
    assert!(asked(&mut harness).iter().all(|w| w.starts_with("Setup(")));
}

#[test]
fn the_master_is_switched_and_told_how_loud() {
    let mut harness = open(Rig::default());
    harness.get_by_label("Master: Off").click();
    harness.run_steps(2);
    assert_eq!(
        asked(&mut harness),
        ["begin master", "set master 0.000", "end master"]
    );
    assert!(harness.query_by_label("Custom loudness").is_none());
    harness.get_by_label("Loudness").click();
    harness.run_steps(3);
    harness.get_by_label("Custom").click();
    harness.run_steps(3);
    assert_eq!(harness.state().params.shown("loudness"), "Custom");
    harness.get_by_label("Custom loudness").click();
    harness.run_steps(2);
    harness.event(Event::Text("-12 LUFS".into()));
    harness.step();
    harness.key_press(Key::Enter);
    harness.run_steps(2);
    assert_eq!(harness.state().params.shown("loudness_custom"), "-12 LUFS");
    for (name, id) in [
        ("Ceiling", "ceiling"),
        ("Auto mix", "auto_mix"),
        ("Reference match", "match"),
    ] {
        asked(&mut harness);
        harness.get_by_label(name).focus();
        harness.run_steps(2);
        harness.key_press(Key::ArrowDown);
        harness.run_steps(2);
        let wishes = asked(&mut harness);
        assert_eq!(wishes.first(), Some(&format!("begin {id}")), "{wishes:?}");
    }
}

#[test]
fn the_drawer_fits_the_smallest_window_and_closes() {
    let mut harness = sized(mixed(), 900.0, 600.0);
    harness.get_by_label("Mix and master").click();
    harness.run_steps(3);
    let lowest = harness.get_by_label("Reference match").rect();
    assert!(lowest.max.y < 600.0 + MARGIN, "{lowest:?}");
    let opener = harness.get_by_label("Mix and master").rect();
    assert!(lowest.max.x < opener.min.x, "the strip stays in view");
    harness.get_by_label("Close mix").click();
    harness.run_steps(2);
    assert!(harness.query_by_label("Reference match").is_none());
}
