//! Buses: eight stereo outputs, and hosts that connect fewer.

use tests::clap_rig::Buses;
use tests::fixtures::{first_difference, fresh_take, rig};
use tests::script::Script;

fn script(buses: Buses) -> Script {
    Script {
        buses,
        keep_sound: buses == Buses::All,
        ..Script::bars(6.0, 120.0, (4, 4))
    }
}

#[test]
fn there_are_eight_stereo_outputs_and_a_stereo_input() {
    let rig = rig();
    let names: Vec<&str> = rig.outputs.iter().map(|b| b.name.as_str()).collect();
    assert_eq!(
        names,
        [
            "Main", "Drums", "Bass", "Harmony", "Texture", "Melody", "Vocal", "Returns"
        ]
    );
    assert!(rig.outputs.iter().all(|b| b.channels == 2));
    assert_eq!(rig.inputs.len(), 1);
    assert_eq!(rig.inputs[0].channels, 2);
}

#[test]
fn missing_and_empty_buses_change_no_note() {
    let whole = fresh_take(&[], &script(Buses::All));
    for buses in [Buses::MainOnly, Buses::EmptyStems, Buses::None] {
        let part = fresh_take(&[], &script(buses));
        assert_eq!(
            first_difference(&whole.events, &part.events),
            None,
            "{buses:?}"
        );
    }
}

#[test]
fn main_sounds_the_same_without_stems() {
    let whole = fresh_take(&[], &script(Buses::All));
    for buses in [Buses::MainOnly, Buses::EmptyStems] {
        let mut rig = rig();
        rig.activate(48_000.0, 512).unwrap();
        let script = Script {
            keep_sound: false,
            ..script(buses)
        };
        // Sound of a bus that the host did not connect is not there to be kept: read main block by block.
        let mut main = Vec::new();
        for block in 0..script.frames / 512 {
            let beats = block as f64 * 512.0 / 24_000.0;
            let transport = tests::clap_rig::Transport {
                tempo_bpm: 120.0,
                playing: true,
                beats,
                seconds: beats / 2.0,
                cycle: None,
                meter: (4, 4),
                bar_start: (beats / 4.0).floor() * 4.0,
                bar_number: (beats / 4.0).floor() as i32,
            };
            rig.block(512, Some(&transport), &[], buses).unwrap();
            main.extend_from_slice(&rig.sound(0)[0]);
        }
        assert!(main.iter().any(|s| s.abs() > 0.01), "{buses:?} is silent");
        let at = main
            .iter()
            .zip(&whole.sound[0][0])
            .position(|(a, b)| a.to_bits() != b.to_bits());
        assert_eq!(at, None, "{buses:?}: main differs from frame on");
    }
}

#[test]
fn every_lane_sounds_on_its_stem_and_vocal_is_silent() {
    let take = fresh_take(
        &[],
        &Script {
            frames: 48_000 * 40,
            ..script(Buses::All)
        },
    );
    for (index, name) in ["Main", "Drums", "Bass", "Harmony", "Texture", "Melody"]
        .iter()
        .enumerate()
    {
        assert!(
            take.peak(index) > 0.003,
            "{name} is silent: {}",
            take.peak(index)
        );
    }
    assert_eq!(take.peak(6), 0.0, "Vocal sounds");
    assert!(
        take.peak(0) <= 1.0,
        "Main goes over full scale: {}",
        take.peak(0)
    );
}
