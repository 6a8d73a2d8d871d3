use egui::{Event, Key};
use egui_kittest::kittest::Queryable;

use super::rig::Rig;
use super::rig::hands::press;
use super::{asked, window};
use crate::editor::prompt;
use crate::snapshot::Reply;
use crate::speech::Dictation;

#[test]
fn what_is_typed_goes_to_the_worker_on_enter_and_by_the_button() {
    let mut harness = window(Rig::default());
    harness.get_by_label("Prompt").click();
    harness.step();
    harness.event(Event::Text("lo-fi in D minor".into()));
    harness.step();
    harness.key_press(Key::Enter);
    harness.run_steps(2);
    assert_eq!(asked(&mut harness), ["Prompt(\"lo-fi in D minor\")"]);
    assert!(harness.state().desk.waiting);
    harness.get_by_label("Compose").click();
    harness.run_steps(2);
    assert_eq!(asked(&mut harness), ["Prompt(\"lo-fi in D minor\")"]);
}

#[test]
fn an_empty_prompt_asks_for_nothing() {
    let mut harness = window(Rig::default());
    harness.get_by_label("Compose").click();
    harness.run_steps(2);
    assert!(asked(&mut harness).is_empty());
}

#[test]
fn the_field_keeps_its_letters_and_spaces() {
    let mut harness = window(Rig::default());
    harness.get_by_label("Prompt").click();
    harness.step();
    for text in ["a", " ", "b", " ", "c"] {
        if text == " " {
            harness.key_press(Key::Space);
        }
        harness.event(Event::Text(text.into()));
        harness.step();
    }
    assert_eq!(harness.state().desk.prompt, "a b c");
    assert!(
        asked(&mut harness).is_empty(),
        "space in the field presses no button"
    );
}

#[test]
fn an_answer_waits_in_its_place_and_moves_nothing() {
    let mut harness = window(Rig::default());
    let before = harness.get_by_label("Style").rect();
    harness.state_mut().desk.reply = Some(Reply {
        understood: "lo-fi hip hop in D minor at 82 BPM".into(),
        not_understood: vec!["wobbly".into()],
        ..Reply::default()
    });
    harness.run_steps(2);
    assert_eq!(harness.get_by_label("Style").rect(), before);
}

#[test]
fn a_press_elsewhere_leaves_the_field() {
    let mut harness = window(Rig::default());
    harness.get_by_label("Prompt").click();
    harness.run_steps(2);
    assert!(harness.get_by_label("Prompt").is_focused());
    let at = harness.get_by_label("Density").rect().center();
    press(&mut harness, at, true);
    harness.run_steps(2);
    assert!(!harness.get_by_label("Prompt").is_focused());
    assert!(
        !harness.ctx.egui_wants_keyboard_input(),
        "the host's keys are its own"
    );
}

#[test]
fn the_button_of_the_spoken_prompt_is_held_by_the_mouse_and_pressed_by_the_keyboard() {
    let mut harness = window(Rig::default());
    let at = harness.get_by_label("Speak a prompt").rect().center();
    let mouse = |pressed| Event::PointerButton {
        pos: at,
        button: egui::PointerButton::Primary,
        pressed,
        modifiers: egui::Modifiers::NONE,
    };
    harness.event(Event::PointerMoved(at));
    harness.event(mouse(true));
    harness.run_steps(3);
    assert_eq!(
        asked(&mut harness),
        ["Speak(true)"],
        "once while it is held"
    );
    harness.event(mouse(false));
    harness.run_steps(3);
    assert_eq!(asked(&mut harness), ["Speak(false)"]);
    harness.get_by_label("Speak a prompt").focus();
    harness.step();
    for wanted in ["Speak(true)", "Speak(false)"] {
        harness.key_press(Key::Enter);
        harness.run_steps(2);
        assert_eq!(asked(&mut harness), [wanted]);
    }
}

#[test]
fn what_was_heard_waits_in_the_line_until_it_is_composed() {
    let mut harness = window(Rig::default());
    harness.state_mut().dictation = Dictation::Listens { peak: 0.3 };
    harness.step();
    harness.state_mut().dictation = Dictation::Rests;
    prompt::heard(&mut harness.state_mut().desk, Some(Ok("funk at 96".into())));
    harness.run_steps(3);
    assert!(
        asked(&mut harness).is_empty(),
        "nothing is composed by itself"
    );
    assert_eq!(harness.state().desk.prompt, "funk at 96");
    harness.event(Event::Text(" no melody".into()));
    harness.step();
    harness.key_press(Key::Enter);
    harness.run_steps(2);
    assert_eq!(asked(&mut harness), ["Prompt(\"funk at 96 no melody\")"]);
    prompt::heard(
        &mut harness.state_mut().desk,
        Some(Err("Nothing came in".into())),
    );
    harness.run_steps(2);
    assert_eq!(
        harness.state().desk.prompt,
        "funk at 96 no melody",
        "a failure costs no words"
    );
}
