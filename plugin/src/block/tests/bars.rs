//! Bars, meters, the start bar.

use super::super::HostTransport;
use super::rig::Host;

/// What the framework makes of a report after a split: bars from zero in the meter that stands.
pub fn split(mut told: HostTransport) -> HostTransport {
    let (numerator, denominator) = told.meter.unwrap();
    let bar = numerator as f64 * 4.0 / denominator as f64;
    let bars = (told.position_quarters.unwrap() / bar).floor();
    told.bar_number = told.bar_number.map(|_| bars as i32);
    told.bar_start_quarters = Some(bars * bar);
    told
}

fn four_then_three() -> Host {
    let mut host = Host::new();
    host.meters = vec![(0, 0.0, (4, 4)), (2, 8.0, (3, 4))];
    host
}

#[test]
fn the_song_lies_at_its_start_bar() {
    let mut host = Host::new();
    host.settings.start_bar = 5;
    host.quarters = 16.0;
    let span = host.block(512)[0];
    assert_eq!(
        (span.bar_index, span.bar_start.0, span.position),
        (0, 0, 0.0)
    );
    host.quarters = 14.0;
    let span = host.block(512)[0];
    assert_eq!(
        (span.bar_index, span.bar_start.0, span.position),
        (-1, -3840, -1920.0)
    );
}

#[test]
fn a_start_bar_that_is_changed_on_the_way_counts_at_once() {
    for numbers_bars in [true, false] {
        let mut host = Host::new();
        host.numbers_bars = numbers_bars;
        host.play_to(17.0, 512);
        host.settings.start_bar = 3;
        let span = host.block(512)[0];
        assert_eq!((span.bar_index, span.bar_start.0), (2, 7680));
    }
}

#[test]
fn a_meter_change_counts_on() {
    let mut host = four_then_three();
    host.play_to(8.0, 512);
    let span = host.block(512)[0];
    assert_eq!(
        (span.bar_index, span.bar_start.0, span.meter.numerator),
        (2, 7680, 3)
    );
    host.play_to(11.0, 512);
    let span = host.block(512)[0];
    assert_eq!((span.bar_index, span.bar_start.0), (3, 10_560));
    assert_eq!(host.jumps(), 1);
}

#[test]
fn bars_told_after_a_split_are_passed_over() {
    for numbers_bars in [true, false] {
        let mut host = four_then_three();
        host.numbers_bars = numbers_bars;
        host.play_to(12.0, 512);
        let before = host.block(100)[0];
        assert_eq!(before.bar_start.0, 10_560);
        for _ in 0..8 {
            let told = split(host.transport());
            let span = host.tell(told, 50)[0];
            assert_eq!(
                (span.bar_index, span.bar_start),
                (before.bar_index, before.bar_start)
            );
        }
        host.play_to(14.0, 512);
        let span = host.block(64)[0];
        assert_eq!(span.bar_start.0, 13_440);
    }
}

#[test]
fn a_host_that_always_counts_so_is_believed_after_a_block() {
    let mut host = four_then_three();
    host.play_to(12.0, 512);
    for _ in 0..20 {
        let told = split(host.transport());
        host.tell(told, 512);
    }
    let told = split(host.transport());
    let start = told.bar_start_quarters.unwrap();
    assert_eq!(host.tell(told, 64)[0].bar_start.0, (start * 960.0) as i64);
}

#[test]
fn a_new_meter_is_believed_at_once_whatever_bars_come_with_it() {
    let mut host = four_then_three();
    host.play_to(8.0, 512);
    let told = split(host.transport());
    assert_eq!(told.bar_number, Some(2));
    assert_eq!(host.tell(told, 512)[0].bar_start.0, 5760);
}

#[test]
fn without_bar_numbers_a_new_meter_counts_anew_at_once() {
    let mut host = Host::new();
    host.meters = vec![(0, 0.0, (4, 4)), (6, 24.0, (3, 4))];
    host.numbers_bars = false;
    host.play_to(24.0, 512);
    let span = host.block(64)[0];
    assert_eq!((span.bar_index, span.bar_start.0), (8, 23_040));
    assert_eq!(host.block(64)[0].bar_index, 8);
}

#[test]
fn without_bar_numbers_the_form_follows_quarters() {
    let mut host = four_then_three();
    host.numbers_bars = false;
    host.play_to(8.0, 512);
    // 8 quarters are two bars of 3/4 and a part.
    let span = host.block(512)[0];
    assert_eq!((span.bar_index, span.bar_start.0), (2, 7680));
    host.play_to(11.0, 512);
    assert_eq!(host.block(512)[0].bar_index, 3);
    // The same place after a locate is the same bar.
    let mut other = four_then_three();
    (other.numbers_bars, other.quarters) = (false, 11.0);
    assert_eq!(other.block(512)[0].bar_index, 3);
}

#[test]
fn without_bars_at_all_they_are_counted() {
    let mut host = Host::new();
    host.settings.start_bar = 2;
    host.quarters = 9.5;
    let mut told = host.transport();
    (told.bar_number, told.bar_start_quarters) = (None, None);
    let span = host.tell(told, 512)[0];
    assert_eq!(
        (span.bar_index, span.bar_start.0, span.position),
        (1, 3840, 5280.0)
    );
}

#[test]
fn a_bar_start_that_cannot_be_is_ignored() {
    let mut host = Host::new();
    host.quarters = 9.0;
    let mut told = host.transport();
    // A host that never fills its bars in.
    (told.bar_number, told.bar_start_quarters) = (Some(0), Some(0.0));
    let span = host.tell(told, 512)[0];
    assert_eq!((span.bar_index, span.bar_start.0), (2, 7680));
}

#[test]
fn the_song_keeps_its_place_through_meter_changes() {
    let mut host = Host::new();
    host.meters = vec![(0, 0.0, (3, 4)), (2, 6.0, (4, 4)), (4, 14.0, (7, 8))];
    host.settings.start_bar = 3;
    host.play_to(16.0, 512);
    // Song bar 1 lies at quarter 6; later meters do not move it.
    let span = host.block(512)[0];
    assert_eq!(
        (span.position, span.bar_index, span.bar_start.0),
        (9600.0, 2, 7680)
    );
    assert_eq!(host.jumps(), 1);
}

#[test]
fn the_editor_sees_the_end_of_the_block() {
    let mut host = Host::new();
    host.quarters = 3.999;
    host.block(512);
    let place = host.cursor.place();
    assert_eq!(
        (place.bar_index, place.bar_start.0, place.playing),
        (1, 3840, true)
    );
    assert!(place.host_transport);
}
