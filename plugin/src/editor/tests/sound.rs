use std::sync::Arc;

use dsp::Program;
use egui::{Event, Key};
use egui_kittest::Harness;
use egui_kittest::kittest::Queryable;
use music::lane::Lane;

use super::rig::Rig;
use super::{MARGIN, asked, sized, window};
use crate::editor::access::ParamAccess;
use crate::editor::state::Page;

fn page(mut rig: Rig, lane: Lane, page: Page) -> Harness<'static, Rig> {
    rig.desk.state.lane = lane as u8;
    rig.desk.state.page = page;
    window(rig)
}

fn program(bank: u8, program: u8, name: &str) -> Program {
    Program {
        bank,
        program,
        name: name.into(),
    }
}

fn with_font(programs: Vec<Program>) -> Rig {
    let mut rig = Rig::default();
    let slot = &mut rig.fonts[Lane::Bass.index()];
    slot.path = "/fonts/band.sf2".into();
    slot.plays = programs[0].name.clone();
    slot.program = (programs[0].bank, programs[0].program);
    slot.programs = Arc::new(programs);
    rig
}

#[test]
fn sound_and_strip_are_pages_of_every_lane() {
    let mut harness = window(Rig::default());
    harness.get_by_label("Lane sound").click();
    harness.run_steps(2);
    for knob in ["Tone", "Attack", "Body", "Drive", "Space"] {
        harness.get_by_label(knob);
    }
    harness.get_by_label("Melody knobs").click();
    harness.run_steps(2);
    harness.get_by_label("Tone").focus();
    harness.run_steps(2);
    harness.key_press(Key::ArrowUp);
    harness.run_steps(2);
    let wishes = asked(&mut harness);
    assert_eq!(wishes.first().unwrap(), "begin melody_tone");
    harness.get_by_label("Lane strip").click();
    harness.run_steps(2);
    let knobs = [
        "Low", "Low mid", "High mid", "High", "Compress", "Width", "Reverb", "Delay",
    ];
    for knob in knobs {
        harness.get_by_label(knob);
    }
    harness.get_by_label("Lane strip").click();
    harness.run_steps(2);
    harness.get_by_label("Density");
}

#[test]
fn an_instrument_is_chosen_for_the_song_and_given_back() {
    let mut harness = page(Rig::default(), Lane::Bass, Page::Sound);
    harness.get_by_label("Instrument").click();
    harness.run_steps(3);
    assert!(
        harness.query_by_label("Rock kit").is_none(),
        "no kit is a bass"
    );
    harness.get_by_label("Upright bass").click();
    harness.run_steps(2);
    let wishes = asked(&mut harness);
    assert!(
        wishes.len() == 1 && wishes[0].starts_with("Song(") && wishes[0].contains("upright-bass"),
        "{wishes:?}"
    );
    harness.state_mut().song.instruments[Lane::Bass.index()] = music::name("upright-bass");
    harness.run_steps(2);
    harness.get_by_label("Instrument").click();
    harness.run_steps(3);
    harness.get_by_label("Style's own: Finger bass").click();
    harness.run_steps(2);
    let wishes = asked(&mut harness);
    assert!(
        wishes.len() == 1 && !wishes[0].contains("upright-bass"),
        "{wishes:?}"
    );
}

#[test]
fn mute_and_solo_are_switched_in_the_head_and_on_the_strip() {
    let mut harness = page(Rig::default(), Lane::Bass, Page::Strip);
    for (label, id) in [
        ("Harmony mute", "harmony_mute"),
        ("Drums solo", "drums_solo"),
        ("Mute", "bass_mute"),
        ("Solo", "bass_solo"),
    ] {
        for wanted in ["1.000", "0.000"] {
            harness.get_by_label(label).click();
            harness.run_steps(2);
            let set = format!("set {id} {wanted}");
            assert_eq!(asked(&mut harness)[1], set);
        }
    }
    assert_eq!(harness.state().desk.lane(), Lane::Bass);
}

#[test]
fn switches_of_a_head_stand_apart() {
    let harness = window(Rig::default());
    for lane in Lane::PLAYED {
        let labels = ["mute", "solo", "on"].map(|what| format!("{} {what}", lane.name()));
        let [mute, solo, on] = labels.map(|label| harness.get_by_label(&label).rect());
        assert!(
            !mute.intersects(solo) && !mute.intersects(on),
            "{}",
            lane.name()
        );
        assert!(mute.width() >= 14.0 && mute.height() >= 14.0, "{mute:?}");
        let head = harness
            .get_by_label(&format!("Show {}", lane.name()))
            .rect();
        assert!(
            head.contains_rect(solo),
            "{}: {solo:?} in {head:?}",
            lane.name()
        );
    }
}

#[test]
fn a_soundfont_is_typed_and_used() {
    let mut harness = page(Rig::default(), Lane::Bass, Page::Sound);
    harness.get_by_label("The built-in instrument plays.");
    harness.get_by_label("Use SoundFont").click();
    harness.run_steps(2);
    assert!(asked(&mut harness).is_empty(), "no file was named");
    harness.get_by_label("SoundFont file").click();
    harness.step();
    harness.event(Event::Text("/fonts/band.sf2 ".into()));
    harness.step();
    harness.get_by_label("Use SoundFont").click();
    harness.run_steps(2);
    let wanted = "Font { lane: Bass, path: \"/fonts/band.sf2\", program: None }";
    assert_eq!(asked(&mut harness), [wanted]);
    // The worker's answer comes as a message; another lane's field is another one.
    let why = "Bass: /fonts/band.sf2: No such file or directory.";
    let log = &mut harness.state_mut().score.log;
    log.extend([why.into(), "Mixed, 3 decisions.".into()]);
    harness.run_steps(2);
    harness.get_by_label("/fonts/band.sf2: No such file or directory.");
    harness.get_by_label("Drums knobs").click();
    harness.run_steps(2);
    harness.get_by_label("The built-in instrument plays.");
}

#[test]
fn a_program_is_picked_and_the_built_in_comes_back() {
    let rig = with_font(vec![
        program(0, 32, "Wood bass"),
        program(0, 33, "Rock bass"),
    ]);
    let mut harness = page(rig, Lane::Bass, Page::Sound);
    harness.get_by_label("SoundFont program").click();
    harness.run_steps(3);
    harness.get_by_label_contains("Rock bass").click();
    harness.run_steps(2);
    let wanted = "Font { lane: Bass, path: \"/fonts/band.sf2\", program: Some((0, 33)) }";
    assert_eq!(asked(&mut harness), [wanted]);
    harness
        .get_by_label("Back to the built-in instrument")
        .click();
    harness.run_steps(2);
    let wanted = "Font { lane: Bass, path: \"\", program: None }";
    assert_eq!(asked(&mut harness), [wanted]);
}

#[test]
fn a_font_of_one_program_names_it_and_a_missing_one_says_why() {
    let mut harness = page(
        with_font(vec![program(0, 32, "Wood bass")]),
        Lane::Bass,
        Page::Sound,
    );
    harness.get_by_label("Plays: Wood bass");
    let slot = &mut harness.state_mut().fonts[Lane::Bass.index()];
    slot.programs = Arc::default();
    slot.plays.clear();
    slot.problem = "No such file or directory".into();
    harness.run_steps(2);
    harness.get_by_label("The built-in instrument plays: No such file or directory.");
}

#[test]
fn both_pages_fit_the_smallest_window() {
    let mut harness = sized(
        with_font(vec![
            program(0, 32, "Wood bass"),
            program(0, 33, "Rock bass"),
        ]),
        900.0,
        600.0,
    );
    harness.get_by_label("Bass knobs").click();
    harness.run_steps(2);
    harness.get_by_label("Lane sound").click();
    harness.run_steps(2);
    let whole = egui::Rect::from_min_size(egui::pos2(MARGIN, MARGIN), egui::vec2(900.0, 600.0));
    let all = |harness: &Harness<'static, Rig>, labels: &[&str]| {
        let rects: Vec<egui::Rect> = labels
            .iter()
            .map(|label| harness.get_by_label(label).rect())
            .collect();
        for (i, rect) in rects.iter().enumerate() {
            assert!(whole.contains_rect(*rect), "{}: {rect}", labels[i]);
            assert!(rect.width() >= 18.0, "{}: {rect}", labels[i]);
            for (j, other) in rects.iter().enumerate().skip(i + 1) {
                let common = rect.intersect(*other);
                assert!(!common.is_positive(), "{} on {}", labels[i], labels[j]);
            }
        }
    };
    let sound = [
        "Tone",
        "Space",
        "Instrument",
        "SoundFont file",
        "Use SoundFont",
        "SoundFont program",
        "Back to the built-in instrument",
    ];
    all(&harness, &sound);
    let field = harness.get_by_label("SoundFont file").rect();
    assert!(field.width() >= 120.0, "{field}");
    harness.get_by_label("Lane strip").click();
    harness.run_steps(2);
    all(
        &harness,
        &["Low", "High", "Compress", "Delay", "Mute", "Solo"],
    );
    assert_eq!(harness.state().params.step("bass_mute"), 0);
}
