use egui::{Event, Key};
use egui_kittest::Harness;
use egui_kittest::kittest::Queryable;
use music::lane::Lane;

use super::rig::Rig;
use super::rig::hands::choose;
use super::{asked, window};
use crate::editor::browser::Kind;
use crate::editor::desk::Drawer;

fn open(kind: Kind) -> Harness<'static, Rig> {
    let mut rig = Rig::default();
    rig.pulse.blocks = 10;
    rig.desk.browse.kind = kind;
    rig.desk.drawer = Drawer::Browser;
    let mut harness = window(rig);
    harness.run_steps(3);
    asked(&mut harness);
    harness
}

#[test]
fn a_style_is_chosen_by_a_click_and_found_by_genre_and_search() {
    let mut harness = open(Kind::Styles);
    harness.get_by_label("Only Hip-hop").click();
    harness.run_steps(2);
    assert!(harness.query_by_label("Bossa nova").is_none());
    harness.get_by_label("Trap").click();
    harness.run_steps(2);
    let wishes = asked(&mut harness);
    assert!(
        wishes.contains(&format!("set style {:.3}", 65.0 / 255.0)),
        "{wishes:?}"
    );
    harness.get_by_label("Only All").click();
    harness.get_by_label("Search").click();
    harness.step();
    harness.event(Event::Text("latin bossa".into()));
    harness.run_steps(2);
    harness.get_by_label("Bossa nova");
    assert!(harness.query_by_label("Trap").is_none());
}

#[test]
fn styles_are_told_apart_by_their_feel() {
    let mut harness = open(Kind::Styles);
    harness.get_by_label("Feel: Swung").click();
    harness.run_steps(2);
    harness.get_by_label("Jazz swing");
    assert!(harness.query_by_label("House").is_none());
    harness.get_by_label("Feel: Straight").click();
    harness.run_steps(2);
    harness.get_by_label("House");
    assert!(harness.query_by_label("Jazz swing").is_none());
    // Other lists know no feel.
    harness.get_by_label("Browse: Songs").click();
    harness.run_steps(2);
    harness.get_by_label("Rainy window");
}

#[test]
fn a_style_under_the_mouse_is_heard_and_silent_again_without_any_change() {
    let mut harness = open(Kind::Styles);
    let at = harness.get_by_label("House").rect().center();
    harness.event(Event::PointerMoved(at));
    harness.run_steps(4);
    assert!(asked(&mut harness).is_empty(), "passing over is not asking");
    harness.run_steps(30);
    assert_eq!(asked(&mut harness), ["Preview(Some(Style(96)))"]);
    let next = harness.get_by_label("Funk").rect().center();
    harness.event(Event::PointerMoved(next));
    harness.run_steps(30);
    assert_eq!(asked(&mut harness), ["Preview(Some(Style(48)))"]);
    harness.event(Event::PointerMoved(egui::pos2(1100.0, 20.0)));
    harness.run_steps(3);
    assert_eq!(asked(&mut harness), ["Preview(None)"]);
    // Closing ends it as well.
    harness.event(Event::PointerMoved(at));
    harness.run_steps(30);
    asked(&mut harness);
    harness.state_mut().desk.drawer = Drawer::Closed;
    harness.run_steps(2);
    assert_eq!(asked(&mut harness), ["Preview(None)"]);
}

#[test]
fn a_style_is_heard_while_the_song_plays_and_never_while_the_host_records() {
    let mut rig = Rig::playing(3.0);
    rig.desk.drawer = Drawer::Browser;
    let mut harness = window(rig);
    harness.run_steps(3);
    asked(&mut harness);
    let at = harness.get_by_label("House").rect().center();
    harness.event(Event::PointerMoved(at));
    harness.run_steps(30);
    assert_eq!(asked(&mut harness), ["Preview(Some(Style(96)))"]);
    harness.state_mut().pulse.recording = true;
    harness.run_steps(2);
    assert_eq!(asked(&mut harness), ["Preview(None)"]);
    harness.run_steps(30);
    assert!(asked(&mut harness).is_empty());
}

#[test]
fn who_starts_the_song_hears_the_song_wherever_the_mouse_was_left() {
    let mut harness = open(Kind::Styles);
    let at = harness.get_by_label("House").rect().center();
    harness.event(Event::PointerMoved(at));
    harness.run_steps(30);
    assert_eq!(asked(&mut harness), ["Preview(Some(Style(96)))"]);
    harness.state_mut().pulse.playing = true;
    harness.run_steps(2);
    assert_eq!(asked(&mut harness), ["Preview(None)"]);
    harness.run_steps(30);
    assert!(asked(&mut harness).is_empty(), "the mouse has not moved");
    let next = harness.get_by_label("Funk").rect().center();
    harness.event(Event::PointerMoved(next));
    harness.run_steps(30);
    assert_eq!(asked(&mut harness), ["Preview(Some(Style(48)))"]);
    // A song that stops leaves it, and one that starts again ends it again.
    harness.state_mut().pulse.playing = false;
    harness.run_steps(3);
    assert!(asked(&mut harness).is_empty());
    harness.state_mut().pulse.playing = true;
    harness.run_steps(3);
    assert_eq!(asked(&mut harness), ["Preview(None)"]);
}

#[test]
fn songs_instruments_and_kits_are_heard_as_styles_are() {
    for (kind, name, heard) in [
        (Kind::Songs, "Blue hour", "Song(\"blue hour\")"),
        (
            Kind::Instruments,
            "Upright bass",
            "Instrument(Bass, \"upright-bass\")",
        ),
        (Kind::Kits, "Jazz kit", "Instrument(Drums, "),
    ] {
        let mut harness = open(kind);
        harness.state_mut().desk.state.lane = Lane::Bass as u8;
        harness.run_steps(2);
        asked(&mut harness);
        let at = harness.get_by_label(name).rect().center();
        harness.event(Event::PointerMoved(at));
        harness.run_steps(30);
        let wishes = asked(&mut harness);
        assert_eq!(wishes.len(), 1);
        assert!(
            wishes[0].starts_with(&format!("Preview(Some({heard}")),
            "{wishes:?}"
        );
    }
}

#[test]
fn a_star_makes_a_favourite_and_the_favourites_can_be_shown_alone() {
    let mut harness = open(Kind::Styles);
    harness.get_by_label("Funk is a favourite").click();
    harness.run_steps(2);
    assert_eq!(harness.state().desk.likes.styles, ["funk"]);
    harness.get_by_label("Favourites only").click();
    harness.run_steps(2);
    harness.get_by_label("Funk");
    assert!(harness.query_by_label("House").is_none());
    harness.get_by_label("Funk is a favourite").click();
    harness.run_steps(2);
    assert!(harness.state().desk.likes.styles.is_empty());
}

#[test]
fn a_song_is_loaded_saved_under_a_name_and_stepped_to() {
    let mut harness = open(Kind::Songs);
    harness.get_by_label("Blue hour").click();
    harness.run_steps(2);
    assert_eq!(asked(&mut harness), ["LoadSong(\"blue hour\")"]);
    harness.get_by_label("Name of the song").click();
    harness.step();
    harness.event(Event::Text("Dusk".into()));
    harness.step();
    harness.get_by_label("Tags of the song").click();
    harness.step();
    harness.event(Event::Text("calm, night".into()));
    harness.step();
    harness.key_press(Key::Enter);
    harness.run_steps(2);
    let saved = "SaveSong { name: \"Dusk\", tags: [\"calm\", \"night\"] }";
    assert_eq!(asked(&mut harness), [saved]);
    harness.state_mut().desk.drawer = Drawer::Closed;
    harness.state_mut().song.title = music::name("Blue hour");
    harness.run_steps(2);
    harness.get_by_label("Next song").click();
    harness.run_steps(2);
    harness.get_by_label("Previous song").click();
    harness.run_steps(2);
    let steps = ["LoadSong(\"my morning\")", "LoadSong(\"stage lights\")"];
    assert_eq!(asked(&mut harness), steps);
}

#[test]
fn an_instrument_stands_in_the_chosen_lane_and_a_kit_with_the_drums() {
    let mut harness = open(Kind::Instruments);
    harness.state_mut().desk.state.lane = Lane::Bass as u8;
    harness.run_steps(2);
    harness.get_by_label("Upright bass").click();
    harness.run_steps(2);
    let wishes = asked(&mut harness);
    assert!(
        wishes[0].starts_with("Edit(\"Bass: Upright bass\""),
        "{wishes:?}"
    );
    assert!(wishes[0].contains("upright-bass"));
    harness.get_by_label("Browse: Kits").click();
    harness.run_steps(2);
    harness.get_by_label("Jazz kit").click();
    harness.run_steps(2);
    let wishes = asked(&mut harness);
    assert!(
        wishes[0].starts_with("Edit(\"Drums: Jazz kit\""),
        "{wishes:?}"
    );
}

/// Opens the menu of a song of the user's own and takes an entry.
fn of_own(harness: &mut Harness<'static, Rig>, entry: &str) {
    harness.get_by_label("More of My morning").click();
    harness.run_steps(3);
    harness.get_by_label(entry).click();
    harness.run_steps(3);
}

#[test]
fn a_song_of_ones_own_is_deleted_after_a_question_and_renamed_by_a_field() {
    let mut harness = open(Kind::Songs);
    assert!(
        harness.query_by_label("More of Blue hour").is_none(),
        "not one's own"
    );
    of_own(&mut harness, "Delete\u{2026}");
    assert!(asked(&mut harness).is_empty(), "asked first");
    harness.get_by_label("Leave the song as it is").click();
    harness.run_steps(2);
    assert!(asked(&mut harness).is_empty());
    harness.get_by_label("Save song");
    of_own(&mut harness, "Delete\u{2026}");
    harness.get_by_label("Delete the song").click();
    harness.run_steps(2);
    assert_eq!(asked(&mut harness), ["DeleteSong(\"my morning\")"]);
    // The right-click has the same menu.
    harness.state_mut().desk.likes.songs = vec!["my morning".into()];
    let row = harness.get_by_label("My morning").rect().center();
    choose(&mut harness, row, "Rename\u{2026}");
    assert!(
        asked(&mut harness).is_empty(),
        "the song is not loaded by it"
    );
    let field = "New name of My morning";
    harness.get_by_label(field).click();
    harness.step();
    harness.event(Event::Text("s end".into()));
    harness.step();
    harness.key_press(Key::Enter);
    harness.run_steps(2);
    let renamed = "RenameSong { stem: \"my morning\", name: \"My mornings end\" }";
    assert_eq!(asked(&mut harness), [renamed]);
    assert_eq!(harness.state().desk.likes.songs[1], "my-mornings-end");
    assert!(harness.query_by_label(field).is_none());
}
