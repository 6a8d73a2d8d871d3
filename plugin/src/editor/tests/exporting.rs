use egui_kittest::kittest::Queryable;
use music::lane::Lane;

use super::rig::Rig;
use super::rig::hands::choose;
use super::{asked, window};
use crate::editor::access::Wish;
use crate::editor::desk::Drawer;
use crate::export::{Export, Form, Scope, Sound};
use crate::snapshot::{Command, Mixing};

fn order(harness: &mut egui_kittest::Harness<'static, Rig>) -> Export {
    harness.get_by_label("Export now").click();
    harness.run_steps(2);
    let wishes = std::mem::take(&mut harness.state_mut().wishes);
    match wishes.as_slice() {
        [Wish::Command(Command::Export(export))] => export.clone(),
        other => panic!("{other:?}"),
    }
}

#[test]
fn midi_of_a_lane_and_audio_by_depth_are_asked_for() {
    let mut harness = window(Rig::default());
    harness.get_by_label("Export").click();
    harness.run_steps(3);
    assert_eq!(order(&mut harness), Export::default());
    harness.get_by_label("What to export").click();
    harness.run_steps(3);
    harness.get_by_label("Bass").click();
    harness.run_steps(3);
    let bass = Export {
        scope: Scope::Lane(Lane::Bass),
        ..Export::default()
    };
    assert_eq!(order(&mut harness), bass);
    harness.get_by_label("Export as: Stems").click();
    harness.run_steps(2);
    harness.get_by_label("Samples: 24 bit").click();
    harness.run_steps(2);
    let stems = order(&mut harness);
    let depth = files::wav::Depth::TwentyFour;
    let packed = false;
    assert_eq!(stems.form, Form::Stems(Sound { depth, packed }));
    harness.get_by_label("Format: FLAC").click();
    harness.run_steps(2);
    assert!(harness.query_by_label("Samples: 32 float").is_none());
    let packed = true;
    let stems = order(&mut harness);
    assert_eq!(stems.form, Form::Stems(Sound { depth, packed }));
}

#[test]
fn what_runs_is_shown_and_can_be_cancelled() {
    let mut rig = Rig::default();
    rig.desk.drawer = Drawer::Export;
    rig.exporting = Some(Mixing {
        share: 0.4,
        what: "stems of audio".into(),
    });
    let mut harness = window(rig);
    assert!(harness.query_by_label("Export now").is_none());
    harness.get_by_label("Cancel export").click();
    harness.run_steps(2);
    assert_eq!(asked(&mut harness), ["CancelExport"]);
}

#[test]
fn a_selection_can_be_chosen_and_copied_as_text() {
    let mut rig = Rig::default();
    rig.desk.drawer = Drawer::Export;
    let bass = Lane::Bass.index();
    rig.desk.editing.selected = rig.score.origins[bass][..3].to_vec();
    let mut harness = window(rig);
    harness.get_by_label("What to export").click();
    harness.run_steps(3);
    harness.get_by_label("Selected: 3 Bass notes").click();
    harness.run_steps(3);
    let Scope::Notes(notes) = order(&mut harness).scope else {
        panic!("another part");
    };
    assert_eq!(notes.len(), 3);
    harness.get_by_label("Export as: Text").click();
    harness.run_steps(2);
    assert!(harness.query_by_label("Export now").is_none());
    harness.get_by_label("Copy as text").click();
    harness.step();
    let copied = harness
        .output()
        .platform_output
        .commands
        .iter()
        .find_map(|c| match c {
            egui::OutputCommand::CopyText(text) => Some(text.clone()),
            _ => None,
        });
    let copied = copied.expect("text on the clipboard");
    assert_eq!(copied.lines().count(), 3 + 3, "{copied}");
    assert!(asked(&mut harness).is_empty(), "no file is written");
}

#[test]
fn the_folder_is_shown() {
    let mut rig = Rig::default();
    rig.desk.drawer = Drawer::Export;
    rig.desk.export.folder = " /tmp/out ".to_owned();
    let mut harness = window(rig);
    harness.get_by_label("Show the folder").click();
    harness.run_steps(2);
    assert_eq!(asked(&mut harness), ["Reveal(\"/tmp/out\")"]);
}

#[test]
fn bars_that_are_selected_are_exported_as_midi_and_as_audio_from_lane_and_strip() {
    let mut rig = Rig::default();
    rig.desk.bars = Some(4..8);
    let mut harness = window(rig);
    let at = harness.get_by_label("Verse at bar 5").rect().center();
    choose(&mut harness, at, "Export bars 5\u{2013}8\u{2026}");
    assert_eq!(harness.state().desk.drawer, Drawer::Export);
    let bars = Scope::Bars(4..8);
    assert_eq!(order(&mut harness).scope, bars);
    harness.get_by_label("Export as: Mix").click();
    harness.run_steps(2);
    assert_eq!(order(&mut harness).scope, bars);
    // Audio is of every part: what has none is not offered, and not asked for.
    harness.state_mut().desk.export.scope = Scope::Lane(Lane::Bass);
    harness.run_steps(2);
    assert_eq!(order(&mut harness).scope, Scope::Song);
    harness.get_by_label("What to export").click();
    harness.run_steps(3);
    harness.get_by_label("Selected: bars 5\u{2013}8").click();
    harness.run_steps(3);
    assert_eq!(order(&mut harness).scope, bars);
    // Let go of, they are still what was chosen.
    harness.state_mut().desk.bars = None;
    harness.run_steps(2);
    assert_eq!(order(&mut harness).scope, bars);
}

#[test]
fn the_lane_under_the_hand_exports_the_bars_that_are_selected() {
    let mut rig = Rig::default();
    rig.desk.state.lane = Lane::Bass as u8;
    rig.desk.state.editing = true;
    rig.desk.bars = Some(1..2);
    let mut harness = window(rig);
    harness.run_steps(3);
    let at = harness.get_by_label("Notes of Bass").rect().center();
    choose(&mut harness, at, "Export bar 2\u{2026}");
    assert_eq!(order(&mut harness).scope, Scope::Bars(1..2));
}
