use egui::{Key, Modifiers};
use egui_kittest::kittest::Queryable;

use super::rig::Rig;
use super::{asked, sized, window};
use crate::editor::desk::Drawer;
use crate::editor::naming::NoteNames;
use crate::editor::theme::{self, Base};

#[test]
fn a_theme_is_chosen_and_worn_at_once() {
    let mut harness = window(Rig::default());
    let dark = theme::panel();
    harness.get_by_label("Settings").click();
    harness.run_steps(3);
    harness.get_by_label("Theme: Light").click();
    harness.run_steps(3);
    assert_eq!(harness.state().desk.likes.look.base, Base::Light);
    assert_ne!(theme::panel(), dark);
    assert_eq!(
        harness.ctx.global_style().visuals.window_fill,
        theme::panel()
    );
    let usual = theme::lane(music::lane::Lane::Bass);
    harness.get_by_label("Lane colours: For all eyes").click();
    harness.run_steps(3);
    assert_ne!(theme::lane(music::lane::Lane::Bass), usual);
}

#[test]
fn notes_are_called_as_the_user_calls_them() {
    let mut rig = Rig::playing(5.0);
    rig.desk.likes.note_names = NoteNames::Solfege;
    let harness = window(rig);
    // The second chord of the rig is G13.
    assert!(
        harness
            .query_all_by_label_contains("Chord Sol13")
            .next()
            .is_some()
    );
}

#[test]
fn panic_is_one_click() {
    for width in [900.0, 1200.0] {
        let mut harness = sized(Rig::playing(2.0), width, 700.0);
        harness.get_by_label("Panic").click();
        harness.run_steps(2);
        assert_eq!(asked(&mut harness), ["Panic"]);
    }
}

#[test]
fn the_tour_makes_music_with_its_first_click_and_can_be_left() {
    let mut rig = Rig::default();
    rig.desk.tour = Some(0);
    let mut harness = window(rig);
    harness.get_by_label("Funk that moves").click();
    harness.run_steps(2);
    let wishes = asked(&mut harness);
    assert!(
        wishes.iter().any(|wish| wish.starts_with("set run ")),
        "{wishes:?}"
    );
    assert!(
        wishes
            .last()
            .is_some_and(|wish| wish.starts_with("Prompt(\"funk")),
        "{wishes:?}"
    );
    for _ in 0..3 {
        harness.get_by_label("Next").click();
        harness.run_steps(2);
    }
    assert!(!harness.state().desk.likes.toured);
    harness.get_by_label("Done").click();
    harness.run_steps(2);
    assert!(harness.state().desk.likes.toured && harness.state().desk.tour.is_none());
    harness.state_mut().desk.tour = Some(0);
    harness.run_steps(2);
    harness.get_by_label("Skip the tour").click();
    harness.run_steps(2);
    assert!(harness.state().desk.tour.is_none());
}

#[test]
fn keys_act_while_a_control_has_the_focus_and_are_the_hosts_otherwise() {
    let mut harness = window(Rig::default());
    harness.key_press_modifiers(Modifiers::COMMAND, Key::R);
    harness.run_steps(2);
    assert!(
        asked(&mut harness).is_empty(),
        "a key of the host's was taken"
    );
    harness.get_by_label("Compose").focus();
    harness.run_steps(2);
    harness.key_press_modifiers(Modifiers::COMMAND, Key::R);
    harness.run_steps(2);
    let wishes = asked(&mut harness);
    assert!(
        wishes.iter().any(|wish| wish.starts_with("set seed ")),
        "{wishes:?}"
    );
    harness.key_press_modifiers(Modifiers::COMMAND, Key::Num2);
    harness.run_steps(2);
    assert_eq!(harness.state().desk.lane(), music::lane::Lane::Bass);
    harness.key_press(Key::Questionmark);
    harness.run_steps(2);
    assert_eq!(harness.state().desk.drawer, Drawer::Help);
    // In a field letters are letters.
    harness.key_press_modifiers(Modifiers::COMMAND, Key::P);
    harness.run_steps(3);
    asked(&mut harness);
    harness.key_press_modifiers(Modifiers::COMMAND, Key::R);
    harness.run_steps(2);
    assert!(asked(&mut harness).is_empty());
}

#[test]
fn the_log_says_all_and_can_be_copied() {
    let mut rig = Rig::default();
    rig.score.log = vec!["first".into(), "second".into()];
    rig.pulse.faults = crate::snapshot::Fault::OurBug as u32;
    rig.desk.drawer = Drawer::Log;
    let mut harness = window(rig);
    harness.get_by_label("second");
    harness.get_by_label("Copy messages").click();
    harness.step();
    let copied =
        harness
            .output()
            .platform_output
            .commands
            .iter()
            .find_map(|command| match command {
                egui::OutputCommand::CopyText(text) => Some(text.clone()),
                _ => None,
            });
    let text = copied.expect("it was copied");
    assert!(
        text.contains("MuseAroo failed") && text.ends_with("second\nfirst"),
        "{text}"
    );
}
