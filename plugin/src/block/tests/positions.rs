//! Position, tempo, loop.

use super::rig::Host;

#[test]
fn a_song_that_plays_on_jumps_once_at_its_start() {
    let mut host = Host::new();
    host.play_to(16.0, 333);
    assert_eq!(host.jumps(), 1);
    assert!(host.spans[0].jumped);
    let span = host.block(512)[0];
    assert_eq!((span.bar_index, span.bar_start.0), (4, 15_360));
    assert!((span.position - 15_360.0).abs() < 1e-6);
    assert_eq!(span.tempo_mbpm, 120_000);
}

#[test]
fn positions_do_not_depend_on_the_blocks() {
    let at = |frames: u32| {
        let mut host = Host::new();
        host.tempo_bpm = 133.7;
        host.play_to(8.0, frames);
        host.block(1)[0].position
    };
    assert!(
        [1, 7, 64, 333, 4096]
            .iter()
            .all(|frames| (at(*frames) - at(512)).abs() < 1e-7)
    );
}

#[test]
fn a_locate_is_a_jump() {
    for quarters in [0.0, 9.0, 30.25] {
        let mut host = Host::new();
        host.play_to(8.5, 512);
        host.quarters = quarters;
        let span = host.block(512)[0];
        assert!(span.jumped);
        assert_eq!(span.position, quarters * 960.0);
    }
}

#[test]
fn a_stop_and_a_start_at_the_same_place_is_a_jump() {
    let mut host = Host::new();
    host.play_to(2.0, 512);
    host.playing = false;
    assert!(!host.block(512)[0].playing);
    host.playing = true;
    assert!(host.block(512)[0].jumped);
}

#[test]
fn a_ramp_is_no_jump_and_no_tick_is_skipped() {
    let mut host = Host::new();
    host.block(512);
    let mut end = 512.0 * 0.04;
    for step in 0..500 {
        // The host integrates; what it tells is the tempo at the block's start.
        let before = host.tempo_bpm;
        host.tempo_bpm = 120.0 + step as f64 * 0.2;
        let span = host.block(512)[0];
        let bend = (host.tempo_bpm - before).abs() / 60.0 * 960.0 * 512.0 / 48_000.0;
        assert!((span.position - end).abs() <= bend + 1e-6, "step {step}");
        let middle = (host.tempo_bpm + 0.1) / 120.0 * 0.04;
        host.quarters = (span.position + 512.0 * middle) / 960.0;
        end = span.position + 512.0 * span.ticks_per_frame;
    }
    assert_eq!(host.jumps(), 1);
}

#[test]
fn a_steep_ramp_in_long_blocks_is_no_jump() {
    let mut host = Host::new();
    host.tempo_bpm = 60.0;
    host.block(4096);
    for step in 1..6 {
        let before = host.quarters_in(4096);
        host.tempo_bpm = 60.0 + step as f64 * 40.0;
        // The host went half of the way at the new tempo.
        host.quarters += (host.quarters_in(4096) - before) / 2.0;
        let expected = host.quarters * 960.0;
        assert_eq!(host.block(4096)[0].position, expected);
    }
    assert_eq!(host.jumps(), 1);
}

#[test]
fn a_tempo_step_goes_on_from_where_it_is() {
    let mut host = Host::new();
    host.play_to(4.0, 512);
    host.tempo_bpm = 90.0;
    let span = host.block(512)[0];
    assert!(!span.jumped && span.position == 3840.0 && span.tempo_mbpm == 90_000);
}

#[test]
fn a_host_that_rounds_to_milliseconds_plays_on() {
    let mut host = Host::new();
    host.tempo_bpm = 97.3;
    for _ in 0..2000 {
        let mut told = host.transport();
        told.position_quarters = told.position_quarters.map(|q| (q * 600.0).round() / 600.0);
        host.tell(told, 100);
    }
    assert_eq!(host.jumps(), 1);
}

#[test]
fn a_tempo_that_is_told_with_two_digits_drifts_without_a_jump() {
    let mut host = Host::new();
    host.tempo_bpm = 120.004_9;
    for _ in 0..20_000 {
        let mut told = host.transport();
        told.tempo_bpm = Some(120.0);
        host.tell(told, 512);
    }
    assert_eq!(host.jumps(), 1);
    let place = host.cursor.place();
    assert!((place.position - host.quarters * 960.0).abs() < 0.1);
}

#[test]
fn a_transport_event_inside_a_block_does_not_move_the_song() {
    // CLAP: the tempo changes 300 frames into a block; its position is told 300 frames too late until the
    // host's next block.
    let mut host = Host::new();
    host.play_to(2.0, 512);
    host.block(300);
    host.tempo_bpm = 140.0;
    let late = host.quarters_in(300);
    for frames in [100, 50, 62] {
        let mut told = host.transport();
        told.position_quarters = told.position_quarters.map(|q| q + late);
        let expected = host.quarters * 960.0;
        let span = host.tell(told, frames)[0];
        assert!(!span.jumped);
        assert!((span.position - expected).abs() < 1e-6);
    }
    host.play_to(8.0, 512);
    assert_eq!(host.jumps(), 1);
}

#[test]
fn a_short_locate_without_any_other_change_is_a_jump_at_once() {
    let mut host = Host::new();
    host.play_to(2.0, 512);
    host.quarters += host.quarters_in(1000);
    let expected = host.quarters * 960.0;
    let span = host.block(512)[0];
    assert!(span.jumped && (span.position - expected).abs() < 1e-6);
}

#[test]
fn what_stays_contradicted_for_longer_than_a_block_is_a_jump() {
    let mut host = Host::new();
    host.play_to(2.0, 512);
    host.tempo_bpm = 140.0;
    host.quarters += host.quarters_in(300);
    host.play_to(4.0, 512);
    assert_eq!(host.jumps(), 2);
    assert!((host.cursor.place().position - host.quarters * 960.0).abs() < 1e-6);
}

#[test]
fn a_repeated_report_is_passed_over() {
    let mut host = Host::new();
    host.play_to(2.0, 512);
    let told = host.transport();
    host.tell(told, 256);
    let span = host.tell(told, 256)[0];
    assert!(!span.jumped);
    host.play_to(4.0, 512);
    assert_eq!(host.jumps(), 1);
}

#[test]
fn a_host_that_splits_at_the_loops_end_wraps_once() {
    let mut host = Host::new();
    host.loop_quarters = Some((4.0, 8.0));
    host.play_to(8.0, 512);
    host.quarters = 4.0;
    let span = host.block(512)[0];
    assert!(span.jumped && span.position == 3840.0 && span.bar_index == 1);
    assert_eq!(span.cycle.map(|c| (c.start.0, c.end.0)), Some((3840, 7680)));
    host.play_to(7.9, 512);
    assert_eq!(host.jumps(), 2);
}

#[test]
fn a_host_that_does_not_split_at_the_loops_end_is_split_for() {
    let mut host = Host::new();
    host.loop_quarters = Some((0.0, 4.0));
    host.quarters = 3.999;
    let spans = host.block(512);
    assert_eq!(spans.len(), 2);
    assert_eq!(
        (spans[0].frames, spans[1].offset, spans[1].frames),
        (24, 24, 488)
    );
    assert!(spans[1].jumped && spans[1].position.abs() < 0.05 && spans[1].bar_index == 0);
    // The next report agrees.
    host.quarters -= 4.0;
    assert!(!host.block(512)[0].jumped);
}

#[test]
fn a_host_that_passes_the_loops_end_is_believed() {
    let mut host = Host::new();
    host.loop_quarters = Some((0.0, 4.0));
    host.quarters = 3.999;
    host.block(512);
    let span = host.block(512)[0];
    assert!(span.jumped && (span.position / 960.0 - host.quarters).abs() < 0.1);
    host.quarters = 3.999;
    assert_eq!(host.block(512).len(), 1);
}

#[test]
fn a_wrap_inside_a_split_block_told_too_late_goes_to_the_loops_start() {
    let mut host = Host::new();
    host.loop_quarters = Some((4.0, 8.0));
    host.play_to(8.0, 512);
    // CLAP: the loop wraps 300 frames into the host's block.
    host.quarters = 4.0;
    let mut told = host.transport();
    told.position_quarters = Some(4.0 + host.quarters_in(300));
    let span = host.tell(told, 212)[0];
    assert!(span.jumped);
    assert!((span.position - 3840.0).abs() < 1e-6);
    host.play_to(6.0, 512);
    assert_eq!(host.jumps(), 2);
}

#[test]
fn bad_reports_keep_the_last_good_values_and_are_said() {
    let mut host = Host::new();
    host.play_to(1.0, 512);
    assert!(!host.cursor.take_bad_transport());
    for tempo in [f64::NAN, 0.0, -3.0, f64::INFINITY] {
        let mut told = host.transport();
        told.tempo_bpm = Some(tempo);
        let span = host.tell(told, 64)[0];
        assert_eq!(span.tempo_mbpm, 120_000);
        assert!(host.cursor.take_bad_transport());
    }
    let mut told = host.transport();
    (told.meter, told.position_quarters) = (Some((0, 4)), Some(f64::NAN));
    let span = host.tell(told, 64)[0];
    assert!(host.cursor.take_bad_transport());
    assert_eq!((span.meter.numerator, span.jumped), (4, false));
    assert!(span.position.is_finite());
    let mut told = host.transport();
    told.loop_quarters = Some((4.0, 4.0));
    assert_eq!(host.tell(told, 64)[0].cycle, None);
}

#[test]
fn a_host_without_tempo_gets_the_usual_one() {
    let mut host = Host::new();
    let mut told = host.transport();
    (told.tempo_bpm, told.meter) = (None, None);
    host.settings.meter = music::time::Meter::new(7, 8).unwrap();
    let span = host.tell(told, 64)[0];
    assert_eq!((span.tempo_mbpm, span.meter.numerator), (120_000, 7));
}

#[test]
fn a_host_that_tells_samples_only_is_followed() {
    let mut host = Host::new();
    for block in 0..100 {
        let mut told = host.transport();
        (told.position_quarters, told.position_samples) = (None, Some(96_000 + block * 512));
        (told.bar_number, told.bar_start_quarters) = (None, None);
        host.tell(told, 512);
    }
    assert_eq!(host.jumps(), 1);
    assert_eq!(host.spans[0].position, 3840.0);
}

#[test]
fn an_empty_block_is_an_empty_span() {
    let mut host = Host::new();
    host.block(512);
    let span = host.block(0)[0];
    assert_eq!((span.frames, span.jumped), (0, false));
    host.block(512);
    assert_eq!(host.jumps(), 1);
}

#[test]
fn before_bar_1_bars_are_negative() {
    let mut host = Host::new();
    host.quarters = -5.0;
    let span = host.block(512)[0];
    assert_eq!(
        (span.bar_index, span.bar_start.0, span.position),
        (-2, -7680, -4800.0)
    );
    host.play_to(1.0, 512);
    assert_eq!(host.jumps(), 1);
    assert_eq!(host.cursor.place().bar_index, 0);
}
