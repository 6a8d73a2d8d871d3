use egui_kittest::kittest::Queryable;
use music::lane::Lane;

use super::rig::Rig;
use super::{asked, window};
use crate::editor::access::Wish;
use crate::editor::desk::Drawer;
use crate::export::{Export, Scope};
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
    assert!(stems.stems && stems.depth == Some(files::wav::Depth::TwentyFour));
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
