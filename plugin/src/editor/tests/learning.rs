use egui::Key;
use egui_kittest::Harness;
use egui_kittest::kittest::Queryable;

use super::rig::Rig;
use super::rig::hands::type_into;
use super::{asked, sized, window};
use crate::snapshot::Learning;

fn open(harness: &mut Harness<'static, Rig>) {
    harness.get_by_label("Settings").click();
    harness.run_steps(3);
    harness
        .get_by_label("Learn a style from MIDI files")
        .click();
    harness.run_steps(3);
}

#[test]
fn a_folder_and_a_name_go_to_the_worker() {
    let mut harness = window(Rig::default());
    open(&mut harness);
    harness.get_by_label("Learn").click();
    harness.run_steps(2);
    assert!(asked(&mut harness).is_empty(), "no folder was named");
    type_into(&mut harness, "Folder of MIDI files", "/music/my songs ");
    type_into(&mut harness, "Name of the style", "Mine");
    harness.get_by_label("Learn").click();
    harness.run_steps(2);
    let wanted = "Learn { folder: \"/music/my songs\", name: \"Mine\" }";
    assert_eq!(asked(&mut harness), [wanted]);
    harness.get_by_label("Name of the style").click();
    harness.step();
    harness.key_press(Key::Enter);
    harness.run_steps(2);
    assert_eq!(asked(&mut harness), [wanted], "Enter does the same");
}

#[test]
fn what_runs_can_be_seen_and_cancelled() {
    let mut harness = window(Rig {
        learning: Some(Learning {
            done: 12,
            total: 40,
            what: "waltz.mid".into(),
        }),
        ..Rig::default()
    });
    open(&mut harness);
    assert!(harness.query_by_label("Learn").is_none(), "one at a time");
    harness.get_by_label("Cancel learning").click();
    harness.run_steps(2);
    assert_eq!(asked(&mut harness), ["CancelLearning"]);
    harness.state_mut().learning = None;
    harness.run_steps(2);
    harness.get_by_label("Learn");
}

#[test]
fn the_drawer_fits_the_smallest_window_and_closes() {
    let mut harness = sized(Rig::default(), 640.0, 420.0);
    harness.state_mut().desk.drawer = crate::editor::desk::Drawer::Learn;
    harness.run_steps(3);
    let lowest = harness.get_by_label("Learn").rect();
    assert!(lowest.max.y < 420.0 && lowest.max.x < 640.0, "{lowest:?}");
    harness.get_by_label("Close learning").click();
    harness.run_steps(2);
    assert!(harness.query_by_label("Learn").is_none());
}
