use super::*;

const RATE_HZ: f32 = 48_000.0;
/// 120 BPM.
const PACE: f64 = 0.04;
const BAR: f64 = 3840.0;

fn song(position: f64, frames: u32, playing: bool, jumped: bool) -> Span {
    let bar = (position / BAR).floor();
    Span {
        offset: 0,
        frames,
        playing,
        position,
        ticks_per_frame: PACE,
        tempo_mbpm: 120_000,
        meter: Meter::default(),
        bar_index: bar as i32,
        bar_start: Tick((bar * BAR) as i64),
        cycle: None,
        jumped,
    }
}

fn along(way: &mut Way, span: Span) -> Vec<Span> {
    let mut all = Vec::new();
    way.along(&span, None, RATE_HZ, |span| all.push(*span));
    let frames: u32 = all.iter().map(|span| span.frames).sum();
    assert_eq!(frames, span.frames, "every frame is played once");
    all
}

#[test]
fn it_comes_in_where_the_song_is_in_its_bar() {
    let mut way = Way::new(Start::Bar(8));
    let first = along(&mut way, song(3.25 * BAR, 512, true, false));
    assert!(first[0].jumped);
    assert_eq!((first[0].position, first[0].bar_index), (8.25 * BAR, 8));
    let next = along(&mut way, song(3.25 * BAR + 512.0 * PACE, 512, true, false));
    assert!(!next[0].jumped);
    assert!((next[0].position - (8.25 * BAR + 512.0 * PACE)).abs() < 1e-6);
    // Over the bar line it goes on to its own next bar, and takes the song's word for where that begins.
    along(&mut way, song(3.99 * BAR, 512, true, true));
    let over = along(&mut way, song(4.0 * BAR + 0.5, 512, true, false));
    assert!(
        (over[0].position - (9.0 * BAR + 0.5)).abs() < 1e-6,
        "{over:?}"
    );
    assert!(!over[0].jumped);
    // A song that jumps has it begin again.
    let again = along(&mut way, song(40.5 * BAR, 512, true, true));
    assert!(again[0].jumped);
    assert_eq!(again[0].position, 8.5 * BAR);
}

#[test]
fn bars_that_go_round_are_where_the_song_is_or_begin_with_the_first() {
    let mut here = Way::new(Start::Bars(4..6));
    assert_eq!(
        along(&mut here, song(5.5 * BAR, 64, true, false))[0].position,
        5.5 * BAR
    );
    let mut away = Way::new(Start::Bars(4..6));
    assert_eq!(
        along(&mut away, song(20.5 * BAR, 64, true, false))[0].position,
        4.5 * BAR
    );
    let mut own = Way::new(Start::Here(3));
    assert_eq!(
        along(&mut own, song(20.5 * BAR, 64, true, false))[0].position,
        20.5 * BAR
    );
}

#[test]
fn a_loop_turns_on_its_frame_in_every_cut_and_keeps_the_songs_place_in_the_bar() {
    for frames in [7_u32, 512, 4096] {
        let mut way = Way::new(Start::Bars(4..6));
        let (mut at, mut turns) = (5.0 * BAR, 0);
        let mut blocks = 0;
        // Five bars.
        while at < 10.0 * BAR {
            let all = along(&mut way, song(at, frames, true, false));
            for (i, own) in all.iter().enumerate() {
                assert!((4.0 * BAR..6.0 * BAR).contains(&own.position), "{own:?}");
                turns += usize::from(own.jumped);
                let heard = at + f64::from(own.offset) * PACE;
                let off = (own.position - heard).rem_euclid(BAR);
                assert!(off.min(BAR - off) < PACE, "{i} {own:?}");
            }
            at += f64::from(frames) * PACE;
            blocks += 1;
        }
        assert!(blocks > 10);
        // Its beginning, and the ends of bars 6 in 6, 8 and 10.
        assert!((3..=4).contains(&turns), "{turns} turns at {frames}");
    }
}

#[test]
fn while_the_song_rests_it_goes_by_a_clock_of_its_own_in_the_tempo_that_fits() {
    let mut way = Way::new(Start::Bar(2));
    let mut all = Vec::new();
    for _ in 0..4 {
        let rest = song(0.0, 4800, false, false);
        way.along(&rest, Some((60.0, 90.0)), RATE_HZ, |span| all.push(*span));
    }
    assert!(
        all.iter()
            .all(|span| span.playing && span.tempo_mbpm == 90_000)
    );
    assert!(all[0].jumped && !all[1].jumped);
    assert_eq!(all[0].position, 2.0 * BAR);
    // A tenth of a second at 90 BPM.
    assert!((all[1].position - all[0].position - 144.0).abs() < 1e-6);
    // The song starts: its place counts.
    let first = along(&mut way, song(7.75 * BAR, 512, true, true));
    assert_eq!(first[0].position, 2.75 * BAR);
    // And stops: the preview goes on.
    let after = along(&mut way, song(0.0, 512, false, false));
    assert!(!after[0].jumped && after[0].position > 2.75 * BAR);
}
