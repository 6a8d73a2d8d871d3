//! The menu of a control, and the picture of a lane's feel.

use std::collections::BTreeSet;

use egui::{Event, Key};
use egui_kittest::Harness;
use egui_kittest::kittest::{NodeT, Queryable};
use music::drum::Piece;
use music::lane::Lane;
use music::note::{Note, Role};

use super::rig::{Rig, hands};
use super::{asked, window};
use crate::editor::access::ParamAccess;
use crate::editor::state::Page;

/// Opens the menu of a control and takes an entry.
fn choose(harness: &mut Harness<'static, Rig>, label: &str, entry: &str) {
    let at = harness.get_by_label(label).rect().center();
    hands::choose(harness, at, entry);
}

#[test]
fn a_control_s_menu_resets_types_and_touches_through_the_host() {
    let rig = Rig::default();
    rig.params.automate("drums_density", 0.9);
    let mut harness = window(rig);
    choose(&mut harness, "Density", "Touch for the host");
    let touched = [
        "begin drums_density",
        "set drums_density 0.900",
        "end drums_density",
    ];
    assert_eq!(asked(&mut harness), touched);
    choose(&mut harness, "Density", "Type a value\u{2026}");
    assert!(asked(&mut harness).is_empty());
    harness.event(Event::Text("45".into()));
    harness.step();
    harness.key_press(Key::Enter);
    harness.run_steps(2);
    assert!(asked(&mut harness).contains(&"set drums_density 0.450".to_owned()));
    let rest = harness.state().params.default_value("drums_density");
    let words = harness.state().params.text("drums_density", rest);
    choose(&mut harness, "Density", &format!("Set to {words}"));
    assert!(asked(&mut harness).contains(&format!("set drums_density {rest:.3}")));
    // What the host calls it, and that controllers are its own to learn.
    let at = harness.get_by_label("Density").rect().center();
    hands::menu(&mut harness, at);
    harness.get_by_label("In the host: \u{201c}drums density\u{201d}");
    harness.get_by_label("Turn it by a MIDI controller\u{2026}");
}

#[test]
fn a_fader_is_typed_into_from_its_menu() {
    let mut rig = Rig::default();
    rig.desk.state.mixer = true;
    let mut harness = window(rig);
    choose(&mut harness, "Bass level", "Type a value\u{2026}");
    harness.event(Event::Text("-6 dB".into()));
    harness.step();
    harness.key_press(Key::Enter);
    harness.run_steps(2);
    let wishes = asked(&mut harness);
    assert_eq!(wishes.len(), 3, "{wishes:?}");
    assert!(wishes[1].starts_with("set bass_level"));
}

#[test]
fn the_picture_of_a_feel_follows_the_notes_and_stands_beside_its_knobs() {
    let mut rig = Rig::default();
    rig.desk.state.lane = Lane::Bass as u8;
    rig.desk.state.page = Page::Lane;
    let mut harness = window(rig);
    // The band has a swing and a humanize of its own.
    for (knob, count) in [("Swing", 2), ("Humanize", 2), ("Push", 1)] {
        assert_eq!(harness.query_all_by_label(knob).count(), count, "{knob}");
    }
    let said = |harness: &Harness<'static, Rig>| -> String {
        let node = harness.get_by_label("Feel of Bass");
        node.accesskit_node().value().unwrap_or_default()
    };
    assert_eq!(harness.state().desk.figures.lane(Lane::Bass).felt.len(), 7);
    let before = said(&harness);
    assert!(before.starts_with("7 places"), "{before}");
    // The worker writes the score anew once a knob stands: a band that is pushed plays later.
    let score = &mut harness.state_mut().score;
    score.revision += 1;
    for origin in &mut score.origins[Lane::Bass.index()] {
        origin.onset += 96;
    }
    harness.run_steps(2);
    assert_ne!(said(&harness), before);
}

/// Whether a note of the rig's drums strikes a piece.
fn strikes(note: &Note, piece: Piece) -> bool {
    note.role == Role::Beat(piece) || note.role == Role::Ghost(piece)
}

#[test]
fn every_piece_of_the_kit_has_a_feel_of_its_own() {
    let mut rig = Rig::default();
    rig.desk.state.page = Page::Lane;
    let mut harness = window(rig);
    let said = |harness: &Harness<'static, Rig>, of: &str| -> String {
        let label = format!("Feel of {of}");
        let node = harness.get_by_label(&label);
        node.accesskit_node().value().unwrap_or_default()
    };
    let choose = |harness: &mut Harness<'static, Rig>, words: &str| {
        harness.get_by_label("Feel of a piece").click();
        harness.run_steps(3);
        harness.get_by_label(words).click();
        harness.run_steps(3);
    };
    // Counted here once more, from the notes themselves: where in a bar a piece is struck.
    let places = |harness: &Harness<'static, Rig>, piece: Option<Piece>| -> usize {
        let score = &harness.state().score;
        let lane = Lane::Drums.index();
        let both = score.notes[lane].iter().zip(&score.origins[lane]);
        let own = both.filter(|(note, _)| piece.is_none_or(|own| strikes(note, own)));
        let grids: BTreeSet<i16> = own.map(|(_, origin)| origin.grid).collect();
        grids.len()
    };
    let whole = said(&harness, "Drums");
    let count = places(&harness, None);
    assert!(whole.starts_with(&format!("{count} places")), "{whole}");
    let (mut counts, mut kick) = (BTreeSet::new(), String::new());
    for (words, piece) in [
        ("Kick", Piece::Kick),
        ("Crash", Piece::Crash),
        ("Snare", Piece::Snare),
    ] {
        choose(&mut harness, words);
        let count = places(&harness, Some(piece));
        counts.insert(count);
        let own = said(&harness, words);
        assert!(own.starts_with(&format!("{count} places, ")), "{own}");
        if piece == Piece::Kick {
            kick = own;
        }
    }
    assert!(counts.len() > 1, "the rig's pieces are told apart");
    // A kick that is late is late in its own picture, and the snare's stays.
    let snare = said(&harness, "Snare");
    let score = &mut harness.state_mut().score;
    score.revision += 1;
    let lane = Lane::Drums.index();
    for (note, origin) in score.notes[lane].iter().zip(&mut score.origins[lane]) {
        if strikes(note, Piece::Kick) {
            origin.onset += 96;
        }
    }
    harness.run_steps(2);
    assert_eq!(said(&harness, "Snare"), snare);
    choose(&mut harness, "Kick");
    assert_ne!(said(&harness, "Kick"), kick);
    choose(&mut harness, "All");
    assert_ne!(said(&harness, "Drums"), whole);
}
