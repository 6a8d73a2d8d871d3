use egui::{Event, Pos2};
use egui_kittest::Harness;
use egui_kittest::kittest::Queryable;
use music::lane::Lane;

use super::rig::Rig;
use super::rig::hands::{press, pull};
use super::{asked, window};
use crate::editor::access::Wish;
use crate::editor::desk::Drawer;
use crate::export::Scope;

fn carrying() -> Rig {
    let mut rig = Rig::default();
    rig.desk.carrying.possible = true;
    rig
}

/// What is carried out, of all that was asked for.
fn carried(harness: &mut Harness<'static, Rig>) -> Vec<Scope> {
    let wishes = std::mem::take(&mut harness.state_mut().wishes);
    let scope = |wish: Wish| match wish {
        Wish::Carry(scope) => scope,
        other => panic!("{other:?}"),
    };
    wishes.into_iter().map(scope).collect()
}

#[test]
fn a_lane_s_head_pulled_out_of_the_window_is_carried() {
    let mut harness = window(carrying());
    let head = harness.get_by_label("Show Bass").rect();
    let start = head.min + egui::vec2(60.0, 6.0);
    pull(&mut harness, start, start + egui::vec2(80.0, 10.0));
    assert!(carried(&mut harness).is_empty(), "it is still inside");
    harness.event(Event::PointerMoved(Pos2::new(-30.0, start.y)));
    harness.step();
    assert_eq!(carried(&mut harness), [Scope::Lane(Lane::Bass)]);
    // Once, however far it goes on.
    harness.event(Event::PointerMoved(Pos2::new(-90.0, start.y)));
    harness.step();
    press(&mut harness, Pos2::new(-90.0, start.y), false);
    assert!(carried(&mut harness).is_empty());
}

#[test]
fn a_head_that_is_let_go_inside_is_not_carried() {
    let mut harness = window(carrying());
    let start = harness.get_by_label("Show Drums").rect().min + egui::vec2(60.0, 8.0);
    let end = start + egui::vec2(200.0, 0.0);
    pull(&mut harness, start, end);
    press(&mut harness, end, false);
    harness.event(Event::PointerMoved(Pos2::new(-30.0, 4.0)));
    harness.step();
    assert!(carried(&mut harness).is_empty());
}

#[test]
fn a_section_pulled_out_is_carried_and_not_moved() {
    let mut harness = window(carrying());
    let section = harness.state().score.form.sections[1];
    let label = format!("{} at bar {}", section.kind.title(), section.first_bar + 1);
    let start = harness.get_by_label(&label).rect().center();
    pull(&mut harness, start, Pos2::new(start.x + 300.0, -40.0));
    assert_eq!(carried(&mut harness), [Scope::Section(section.key)]);
    press(&mut harness, Pos2::new(start.x + 300.0, -40.0), false);
    assert!(carried(&mut harness).is_empty(), "the form stays as it is");
}

#[test]
fn selected_notes_pulled_out_are_carried_and_not_moved() {
    let mut rig = carrying();
    rig.desk.state.lane = Lane::Bass as u8;
    rig.desk.state.editing = true;
    rig.desk.state.bars_shown = 2.0;
    let mut harness = window(rig);
    let roll = harness.get_by_label("Notes of Bass").rect();
    let (figures, note) = {
        let rig = harness.state();
        let figures = rig.desk.figures.lane(Lane::Bass).with_room();
        (figures, rig.score.notes[Lane::Bass.index()][0])
    };
    let line = roll.height() / (f32::from(figures.high - figures.low) + 1.0);
    let x = roll.min.x + note.onset.0 as f32 / 7680.0 * roll.width() + 4.0;
    let y = roll.max.y - line * (f32::from(note.pitch.0 - figures.low) + 0.5);
    pull(&mut harness, Pos2::new(x, y), Pos2::new(x, -20.0));
    let Some(Scope::Notes(notes)) = carried(&mut harness).pop() else {
        panic!("no notes");
    };
    let first = harness.state().score.origins[Lane::Bass.index()][0];
    assert_eq!(notes[..], [first]);
    press(&mut harness, Pos2::new(x, -20.0), false);
    assert!(asked(&mut harness).is_empty());
}

#[test]
fn where_files_cannot_be_carried_the_same_gesture_opens_export() {
    let mut harness = window(Rig::default());
    let start = harness.get_by_label("Show Melody").rect().min + egui::vec2(60.0, 6.0);
    pull(&mut harness, start, Pos2::new(-40.0, start.y));
    assert!(carried(&mut harness).is_empty());
    let desk = &harness.state().desk;
    assert_eq!(desk.drawer, Drawer::Export);
    assert_eq!(desk.export.scope, Scope::Lane(Lane::Melody));
}

#[test]
fn a_file_held_over_the_window_is_welcomed() {
    let mut rig = carrying();
    rig.desk.carrying.hovers = true;
    let mut harness = window(rig);
    // The mouse belongs to the drag as long as it lasts.
    harness.event(Event::PointerMoved(Pos2::new(300.0, 300.0)));
    harness.step();
    assert!(!harness.state().desk.carrying.hovers);
}
