use egui::{Pos2, vec2};
use egui_kittest::Harness;
use egui_kittest::kittest::{NodeT, Queryable};
use music::lane::Lane;

use super::rig::Rig;
use super::rig::hands::drag;
use super::{MARGIN, asked, sized};
use crate::editor::access::ParamAccess;

fn mixer(width: f32, height: f32) -> Harness<'static, Rig> {
    let mut rig = Rig::playing(9.0);
    rig.desk.state.mixer = true;
    rig.pulse.rms = rig.pulse.peaks.map(|sides| sides.map(|peak| peak * 0.4));
    rig.pulse.correlation = 0.6;
    for (band, db) in rig.pulse.spectrum.iter_mut().enumerate() {
        *db = -20.0 - band as f32;
    }
    sized(rig, width, height)
}

#[test]
fn the_mixer_takes_the_lanes_place_and_gives_it_back() {
    let mut harness = sized(Rig::default(), 1200.0, 760.0);
    harness.get_by_label("Show Bass");
    harness.get_by_label("Mixer").click();
    harness.run_steps(2);
    assert!(harness.query_by_label("Show Bass").is_none());
    harness.get_by_label("Bass strip").click();
    harness.run_steps(2);
    assert_eq!(harness.state().desk.lane(), Lane::Bass);
    harness.get_by_label("Mixer").click();
    harness.run_steps(2);
    harness.get_by_label("Show Bass");
}

#[test]
fn a_fader_is_dragged_and_told_to_the_host_as_one_gesture() {
    let mut harness = mixer(1200.0, 760.0);
    let at = harness.get_by_label("Bass level").rect().center();
    drag(&mut harness, at, vec2(0.0, 40.0));
    let wishes = asked(&mut harness);
    assert_eq!(wishes.first().map(String::as_str), Some("begin bass_level"));
    assert_eq!(wishes.last().map(String::as_str), Some("end bass_level"));
    assert!(wishes.len() > 3);
}

#[test]
fn strips_are_muted_and_soloed() {
    let mut harness = mixer(1200.0, 760.0);
    harness.get_by_label("Harmony mute").click();
    harness.run_steps(2);
    assert!(asked(&mut harness).contains(&"set harmony_mute 1.000".to_owned()));
    harness.get_by_label("Melody solo").click();
    harness.run_steps(2);
    assert!(asked(&mut harness).contains(&"set melody_solo 1.000".to_owned()));
}

#[test]
fn every_strip_fits_the_smallest_window() {
    let harness = mixer(900.0, 600.0);
    let whole = egui::Rect::from_min_size(Pos2::new(MARGIN, MARGIN), vec2(900.0, 600.0));
    for lane in Lane::PLAYED {
        for part in ["level", "mute", "solo"] {
            let label = format!("{} {part}", lane.name());
            let rect = harness.get_by_label(&label).rect();
            assert!(whole.contains_rect(rect), "{label}: {rect}");
            let least = if part == "level" { 36.0 } else { 14.0 };
            assert!(rect.height() >= least, "{label}: {rect}");
        }
    }
    harness.get_by_label("Mix");
}

#[test]
fn a_lane_s_midi_channel_is_chosen_on_its_strip() {
    let mut harness = mixer(1200.0, 760.0);
    harness.get_by_label("Bass MIDI channel").click();
    harness.run_steps(3);
    harness.get_by_label("9").click();
    harness.run_steps(2);
    let wishes = asked(&mut harness);
    assert_eq!(
        wishes.first().map(String::as_str),
        Some("begin bass_channel")
    );
    assert_eq!(harness.state().params.shown("bass_channel"), "9");
}

#[test]
fn the_compressor_s_picture_follows_its_knob_and_what_it_takes_away() {
    let mut harness = mixer(1280.0, 800.0);
    let said = |harness: &Harness<'static, Rig>| -> String {
        let node = harness.get_by_label("Compressor of Bass");
        node.accesskit_node().value().unwrap_or_default()
    };
    assert_eq!(said(&harness), "off");
    let bass = Lane::Bass.index();
    harness.state_mut().score.strips[bass].compressor = music::mix::Dynamics {
        threshold_db: -20.0,
        ratio: 4.0,
        ..music::mix::Dynamics::OFF
    };
    harness.state_mut().pulse.strip_db[bass] = 3.2;
    harness.run_steps(2);
    assert_eq!(said(&harness), "4.0 to 1 from -20 dB on, takes 3.2 dB away");
    // Half of what the mix asks for is neither all of it nor nothing.
    let params = &mut harness.state_mut().params;
    let half = params
        .parse("bass_compression", "-50 %")
        .expect("the knob takes it");
    params.automate("bass_compression", half);
    harness.run_steps(2);
    let halved = said(&harness);
    assert!(halved.starts_with("2.5 to 1 from -20 dB"), "{halved}");
    harness.state_mut().params.automate("bass_compression", 0.0);
    harness.run_steps(2);
    assert_eq!(said(&harness), "off", "the knob turns it down to nothing");
}
