use egui_kittest::kittest::Queryable;

use super::rig::Rig;
use super::{asked, sized, window};
use crate::history::Log;

fn two_steps(done: usize) -> Rig {
    Rig {
        history: Log {
            steps: vec!["Bass density 62 %".into(), "Length 32 bars".into()],
            done,
            is_b: false,
        },
        ..Rig::default()
    }
}

#[test]
fn undo_and_redo_walk_one_step() {
    let mut harness = window(two_steps(1));
    harness.get_by_label("Undo").click();
    harness.run_steps(2);
    assert_eq!(asked(&mut harness), ["Walk(0)"]);
    harness.get_by_label("Redo").click();
    harness.run_steps(2);
    assert_eq!(asked(&mut harness), ["Walk(2)"]);
}

#[test]
fn with_nothing_done_nothing_can_be_taken_back() {
    let mut harness = window(Rig::default());
    for label in ["Undo", "Redo"] {
        harness.get_by_label(label).click();
        harness.run_steps(2);
    }
    assert!(asked(&mut harness).is_empty());
}

#[test]
fn the_list_goes_to_any_step() {
    let mut harness = window(two_steps(2));
    harness.get_by_label("Steps").click();
    harness.run_steps(3);
    harness.get_by_label("Where it began").click();
    harness.run_steps(2);
    assert_eq!(asked(&mut harness), ["Walk(0)"]);
}

#[test]
fn versions_are_compared_and_all_fits_the_smallest_window() {
    let mut harness = sized(two_steps(2), 900.0, 600.0);
    let prompt = harness.get_by_label("Prompt").rect();
    assert!(prompt.width() > 360.0, "{prompt}");
    harness.get_by_label("Version: B").click();
    harness.run_steps(2);
    assert_eq!(asked(&mut harness), ["Compare"]);
}
