//! The plug-in's own clock, and a key that starts it.

use super::super::HostTransport;
use super::rig::{Host, press, release};
use crate::params::Run;

fn alone(run: Run) -> Host {
    let mut host = Host::new();
    host.settings.run = run;
    host.playing = false;
    host
}

const SILENT: HostTransport = HostTransport {
    playing: false,
    tempo_bpm: None,
    meter: None,
    position_quarters: None,
    position_samples: None,
    bar_number: None,
    bar_start_quarters: None,
    loop_quarters: None,
};

#[test]
fn the_own_clock_runs_from_the_songs_start() {
    let mut host = alone(Run::Internal);
    (host.settings.tempo_bpm, host.settings.start_bar) = (90.0, 9);
    for _ in 0..100 {
        host.tell(SILENT, 480);
    }
    assert_eq!(host.jumps(), 1);
    assert_eq!(host.spans[0].position, 0.0);
    let last = host.spans[99];
    assert!(last.playing && last.tempo_mbpm == 90_000 && last.bar_index == 0);
    assert!((last.position - 99.0 * 480.0 * 0.03).abs() < 1e-6);
    assert!(!host.cursor.place().host_transport);
}

#[test]
fn the_own_clock_goes_where_it_is_sent_and_plays_on_from_there() {
    let mut host = alone(Run::Internal);
    host.tell(SILENT, 48_000);
    host.cursor.go_to(9);
    let span = host.tell(SILENT, 48_000)[0];
    assert!(span.jumped && (span.bar_index, span.position) == (9, 9.0 * 3840.0));
    let span = host.tell(SILENT, 48_000)[0];
    assert!(!span.jumped && (span.position - 9.5 * 3840.0).abs() < 1e-6);
    host.cursor.go_to(0);
    let span = host.tell(SILENT, 48_000)[0];
    assert_eq!((span.bar_index, span.jumped), (0, true), "also back");
    // A host's transport is the host's.
    host.settings.run = Run::Host;
    host.cursor.go_to(9);
    host.tell(SILENT, 48_000);
    host.settings.run = Run::Internal;
    assert_eq!(host.tell(SILENT, 48_000)[0].bar_index, 0);
}

#[test]
fn the_own_clock_takes_a_new_tempo_without_a_jump() {
    let mut host = alone(Run::Internal);
    host.tell(SILENT, 48_000);
    host.settings.tempo_bpm = 60.0;
    let span = host.tell(SILENT, 48_000)[0];
    assert!(!span.jumped && (span.position - 1920.0).abs() < 1e-6);
    assert!((host.cursor.place().position - 2880.0).abs() < 1e-6);
}

#[test]
fn the_own_clock_takes_the_songs_meter() {
    let mut host = alone(Run::Internal);
    host.settings.meter = music::time::Meter::new(3, 4).unwrap();
    host.tell(SILENT, 96_000);
    let span = host.tell(SILENT, 96_000)[0];
    assert_eq!((span.bar_index, span.bar_start.0), (1, 2880));
}

#[test]
fn a_key_starts_the_song_at_its_frame_and_its_release_stops_it() {
    let mut host = alone(Run::Trigger);
    assert!(!host.tell(SILENT, 100)[0].playing);
    let spans = host.tell_keys(SILENT, &[press(40)], 100);
    assert_eq!(spans.len(), 2);
    assert!(!spans[0].playing && spans[0].frames == 40);
    assert!(spans[1].playing && spans[1].jumped && spans[1].offset == 40);
    assert_eq!(spans[1].position, 0.0);
    assert!(!host.tell(SILENT, 100)[0].jumped);
    let spans = host.tell_keys(SILENT, &[release(30)], 100);
    assert!(spans[0].playing && spans[0].frames == 30);
    assert!(!spans[1].playing && spans[1].frames == 70);
    // The next key starts at the song's start again.
    let spans = host.tell_keys(SILENT, &[press(0)], 100);
    assert!(spans.last().unwrap().jumped && spans.last().unwrap().position == 0.0);
}

#[test]
fn a_key_struck_again_at_once_starts_again() {
    let mut host = alone(Run::Trigger);
    host.tell_keys(SILENT, &[press(0)], 1000);
    let spans = host.tell_keys(SILENT, &[release(500), press(500)], 1000);
    let last = spans.last().unwrap();
    assert!(last.jumped && last.position == 0.0 && last.offset == 500);
}

#[test]
fn no_span_is_empty_but_that_of_an_empty_block() {
    let mut host = alone(Run::Trigger);
    let spans = host.tell_keys(SILENT, &[press(0), release(0), press(0)], 100);
    assert_eq!(spans.len(), 1);
    assert!(spans[0].playing && spans[0].jumped);
    let spans = host.tell_keys(SILENT, &[release(0)], 0);
    assert_eq!(
        (spans.len(), spans[0].frames, spans[0].playing),
        (1, 0, false)
    );
    let spans = host.tell_keys(SILENT, &[press(99), release(99)], 100);
    assert_eq!(spans.iter().map(|span| span.frames).sum::<u32>(), 100);
    assert!(spans.iter().all(|span| span.frames > 0));
}

#[test]
fn changing_who_runs_the_song_starts_it_anew() {
    let mut host = alone(Run::Internal);
    host.tell(SILENT, 1000);
    host.settings.run = Run::Host;
    assert!(!host.block(1000)[0].playing);
    host.settings.run = Run::Internal;
    let span = host.tell(SILENT, 1000)[0];
    assert!(span.jumped && span.position == 0.0);
}
