mod previews;
mod stand;

use engines::performer::{Event, Output};
use music::lane::Lane;

use self::stand::Stand;
use super::formats::STEREO;
use super::*;

#[test]
fn buses_are_the_fixed_eight() {
    let layout = MuseAroo::AUDIO_IO_LAYOUTS[0];
    assert_eq!(MuseAroo::AUDIO_IO_LAYOUTS.len(), 1);
    assert_eq!(layout.main_output_channels, Some(STEREO));
    assert_eq!(layout.main_input_channels, None);
    assert_eq!(layout.aux_output_ports.len() + 1, dsp::BUSES);
    assert_eq!(layout.aux_input_ports.len(), 1);
    let stems: Vec<&str> = Lane::ALL
        .iter()
        .map(|lane| lane.name())
        .chain(["Returns"])
        .collect();
    assert_eq!(layout.names.aux_outputs, stems);
}

#[test]
fn an_instance_comes_and_goes() {
    for _ in 0..3 {
        let plugin = MuseAroo::default();
        assert!(plugin.audio.is_some() && plugin.worker.is_some());
    }
}

#[test]
fn bypass_ends_every_note_once_is_silent_and_comes_back() {
    let mut stand = Stand::new();
    stand.roll_until_notes_sound();
    let sounding = stand.sounding();
    stand.set("bypass", 1.0);
    let ended = stand.block();
    assert_eq!(ended.len(), sounding, "{ended:?}");
    assert!(ended.iter().all(|(frame, on, ..)| *frame == 0 && !on));
    assert_eq!(stand.sounding(), 0);
    for _ in 0..20 {
        assert_eq!(stand.block(), [], "a bypassed band plays");
    }
    assert_eq!(stand.peak(), 0.0);
    stand.set("bypass", 0.0);
    stand.roll_until_notes_sound();
    assert!(stand.peak() > 0.001);
    stand.stop();
    assert_eq!(stand.sounding(), 0);
}

#[test]
fn what_is_owed_at_deactivation_goes_out_first_thing_after_it() {
    let mut stand = Stand::new();
    stand.roll_until_notes_sound();
    let sounding = stand.sounding();
    stand.reactivate();
    stand.playing = false;
    let ended = stand.block();
    assert_eq!(ended.len(), sounding, "{ended:?}");
    assert!(ended.iter().all(|(frame, on, ..)| *frame == 0 && !on));
    assert_eq!(stand.block(), []);
}

#[test]
fn a_new_song_in_mid_note_leaves_none_hanging() {
    let mut stand = Stand::new();
    for bars in [16, 48, 16] {
        stand.roll_until_notes_sound();
        let mut song = stand.plugin.shared.material().song.clone();
        song.bars = bars;
        stand.plugin.shared.set_song(song);
    }
    stand.roll_until_notes_sound();
    stand.stop();
    assert_eq!(stand.sounding(), 0, "an end is missing or was sent twice");
}

#[test]
fn blocks_of_any_length_tell_the_same_notes() {
    let take = |frames: usize| {
        let mut stand = Stand::new();
        stand.frames = frames;
        stand.roll(96_000)
    };
    let whole = take(512);
    assert!(whole.len() > 20);
    for frames in [64, 333, 4096] {
        assert_eq!(take(frames), whole, "blocks of {frames}");
    }
}

#[test]
fn the_pulse_says_where_the_song_is_and_what_went_wrong() {
    let mut stand = Stand::new();
    stand.roll(96_000);
    let pulse = stand.plugin.shared.pulse();
    assert!(pulse.playing && pulse.host_transport);
    assert_eq!((pulse.tempo_bpm, pulse.faults), (120.0, 0));
    assert!(pulse.peaks[0][0] > 0.0);
    assert!((pulse.position - stand.frame as f64 / 24_000.0 * 960.0).abs() < 2.0);
    stand.tempo_bpm = f64::NAN;
    stand.block();
    let bad = crate::snapshot::Fault::BadTransport as u32;
    assert_eq!(stand.plugin.shared.pulse().faults & bad, bad);
}

#[test]
fn stems_add_up_to_what_a_bus_less_host_hears() {
    // A host without stems still gets the full mix on main.
    let mut with = Stand::new();
    let mut without = Stand::new();
    without.stems = false;
    with.roll(48_000);
    without.roll(48_000);
    assert!(with.loudest > 0.01);
    assert_eq!(with.loudest, without.loudest);
}

#[test]
fn midi_out_counts_channels_from_one() {
    let mut stand = Stand::new();
    let channels: std::collections::BTreeSet<u8> = stand
        .roll(480_000)
        .into_iter()
        .map(|(_, _, channel, _)| channel)
        .collect();
    let wanted: Vec<u8> = Lane::PLAYED
        .iter()
        .map(|lane| lane.default_channel())
        .collect();
    assert!(
        channels.iter().all(|channel| wanted.contains(channel)),
        "{channels:?}"
    );
    assert!(channels.contains(&Lane::Drums.default_channel()));
    // The events' own count is the one that people see.
    let mut output = Output::default();
    let event = Event::MidiOff {
        frame: 3,
        channel: 16,
        key: music::pitch::Pitch(60),
    };
    output.events.push(event).unwrap();
    stand.sent.clear();
    let mut late = Box::<late::Late>::default();
    midi_out::send(&mut late, &output, 64, 0, &mut stand.context());
    assert_eq!(stand.sent, [(3, false, 16, 60)]);
}

#[test]
fn with_look_ahead_notes_stems_and_main_come_equally_late() {
    let look_ahead = |on: bool| {
        let mut stand = Stand::new();
        assert_eq!(stand.latency.get(), 0);
        let chosen = crate::setup::Chosen {
            look_ahead: on,
            ..Default::default()
        };
        stand.plugin.shared.setup.set(chosen);
        // The host hears of it in the next block, and starts the plug-in anew.
        stand.playing = false;
        stand.block();
        let told = stand.latency.get();
        stand.reactivate();
        assert_eq!(stand.latency.get(), told);
        stand.playing = true;
        let mut stand = Replayed::from_the_start(stand);
        (stand.notes(), stand.drums, told)
    };
    let (notes, drums, none) = look_ahead(false);
    let (late_notes, late_drums, latency) = look_ahead(true);
    assert_eq!(none, 0);
    assert!((32..=480).contains(&latency), "{latency}");
    let late = u64::from(latency);
    let shifted: Vec<_> = notes
        .iter()
        .map(|(at, on, channel, key)| (at + late, *on, *channel, *key))
        .filter(|(at, ..)| *at < drums.len() as u64)
        .collect();
    assert!(shifted.len() > 40);
    assert_eq!(late_notes, shifted);
    assert!(drums.iter().any(|x| x.abs() > 0.01));
    let at = latency as usize;
    assert!(late_drums[..at].iter().all(|x| *x == 0.0));
    assert_eq!(late_drums[at..], drums[..drums.len() - at]);
}

/// Four seconds from the start of the song.
struct Replayed {
    notes: Vec<(u64, bool, u8, u8)>,
    drums: Vec<f32>,
}

impl Replayed {
    fn from_the_start(mut stand: Stand) -> Replayed {
        let (mut notes, mut drums) = (Vec::new(), Vec::new());
        for block in 0..375u64 {
            for (at, on, channel, key) in stand.block() {
                notes.push((512 * block + u64::from(at), on, channel, key));
            }
            drums.extend_from_slice(stand.left(1));
        }
        Replayed { notes, drums }
    }
    fn notes(&mut self) -> Vec<(u64, bool, u8, u8)> {
        std::mem::take(&mut self.notes)
    }
}
