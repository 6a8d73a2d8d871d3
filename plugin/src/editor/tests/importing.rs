use egui_kittest::Harness;
use egui_kittest::kittest::Queryable;
use music::lane::Lane;

use super::rig::Rig;
use super::{asked, window};
use crate::editor::access::Wish;
use crate::editor::desk::Drawer;
use crate::editor::import;
use crate::import::{Found, Holds, Import, Wanted};
use crate::snapshot::Command;

const PATH: &str = "/home/me/take.mid";

/// A window whose drawer shows a file that was opened.
fn opened(holds: Holds, words: &str) -> Harness<'static, Rig> {
    let mut rig = Rig::default();
    let asks = import::open(&mut rig.desk, Some(PATH.to_owned()));
    assert!(matches!(asks, Some(Command::Inspect(path)) if path == PATH));
    rig.found = Some(Found {
        path: PATH.to_owned(),
        holds,
        words: words.to_owned(),
    });
    window(rig)
}

fn order(harness: &mut Harness<'static, Rig>) -> Import {
    harness.get_by_label("Bring in").click();
    harness.run_steps(2);
    let wishes = std::mem::take(&mut harness.state_mut().wishes);
    match wishes.as_slice() {
        [Wish::Command(Command::Import(import))] => import.clone(),
        other => panic!("{other:?}"),
    }
}

#[test]
fn a_path_is_typed_and_looked_into() {
    let mut harness = window(Rig::default());
    harness.get_by_label("Import").click();
    harness.run_steps(3);
    assert_eq!(harness.state().desk.drawer, Drawer::Import);
    assert!(harness.query_by_label("Bring in").is_none());
    harness.get_by_label("File to bring in").click();
    harness.run_steps(2);
    harness.get_by_label("File to bring in").type_text(PATH);
    harness.run_steps(2);
    harness.key_press(egui::Key::Enter);
    harness.run_steps(2);
    assert_eq!(asked(&mut harness), [format!("Inspect({PATH:?})")]);
}

#[test]
fn midi_gives_chords_a_melody_or_a_groove_for_a_part() {
    let mut harness = opened(Holds::Midi, "MIDI, 8 bars: Drums");
    let import = |wanted, bar| Import {
        path: PATH.to_owned(),
        wanted,
        bar,
    };
    assert_eq!(order(&mut harness), import(Wanted::Chords, 0));
    harness.state_mut().desk.first_bar = 8.0;
    harness.run_steps(2);
    harness.get_by_label("Take: Melody").click();
    harness.run_steps(2);
    harness.get_by_label("From: Bar 9, in view").click();
    harness.run_steps(2);
    assert_eq!(order(&mut harness), import(Wanted::Melody, 8));
    harness.get_by_label("Take: Groove").click();
    harness.run_steps(2);
    harness.get_by_label("Onto which part").click();
    harness.run_steps(3);
    harness.get_by_label("Bass").click();
    harness.run_steps(3);
    assert_eq!(order(&mut harness).wanted, Wanted::Groove(Lane::Bass));
}

#[test]
fn audio_is_a_sound_to_go_towards_and_nothing_else() {
    let mut harness = opened(Holds::Audio, "Audio, 3:12, 44100 Hz");
    assert!(harness.query_by_label("Take: Chords").is_none());
    assert_eq!(order(&mut harness).wanted, Wanted::Sound);
}

#[test]
fn what_is_neither_brings_nothing_in() {
    let mut harness = opened(Holds::Nothing, "the file is empty");
    assert!(harness.query_by_label("Bring in").is_none());
    // Another path than the one that was looked into says nothing of it.
    harness.state_mut().desk.import.path = "/elsewhere.mid".to_owned();
    harness.state_mut().found.as_mut().unwrap().holds = Holds::Midi;
    harness.run_steps(2);
    assert!(harness.query_by_label("Bring in").is_none());
}

#[test]
fn the_page_of_keys_leads_to_the_manual_of_the_host_and_to_every_other() {
    let mut rig = Rig::default();
    rig.desk.home = crate::editor::manual::page_of("REAPER");
    rig.desk.drawer = Drawer::Help;
    let mut harness = window(rig);
    let pages = harness.query_all_by_label_contains("Manual: ").count();
    assert_eq!(pages, crate::editor::manual::PAGES.len());
    harness.get_by_label("Manual: REAPER").click();
    harness.run_steps(3);
    assert_eq!(harness.state().desk.drawer, Drawer::Manual);
    harness.get_by_label_contains("Record its MIDI");
    harness.state_mut().desk.drawer = Drawer::Help;
    harness.run_steps(2);
    harness.get_by_label("Manual: Ableton Live").click();
    harness.run_steps(3);
    assert_eq!(harness.state().desk.page, 1);
}

#[test]
fn the_manual_opens_from_the_exports_and_turns_its_pages() {
    let mut rig = Rig::default();
    rig.desk.drawer = Drawer::Export;
    let mut harness = window(rig);
    harness.get_by_label("Open the manual").click();
    harness.run_steps(3);
    assert_eq!(harness.state().desk.drawer, Drawer::Manual);
    harness.get_by_label("MuseAroo in any DAW");
    harness.get_by_label("Page of the manual").click();
    harness.run_steps(3);
    harness.get_by_label("REAPER").click();
    harness.run_steps(3);
    assert_eq!(harness.state().desk.page, 6);
    harness.get_by_label("Close manual").click();
    harness.run_steps(2);
    assert_eq!(harness.state().desk.drawer, Drawer::Closed);
}
