use std::vec::Vec as Heap;

use music::lane::{LANES, Lane};
use music::note::Candidate;
use music::plan::SectionKind;
use music::song::{AfterEnd, SectionSpec};
use music::time::Tick;

use crate::fixture::Stage;

mod hands;
mod meters;
mod retakes;

type Lanes = [Heap<Candidate>; LANES];

fn all(stage: &mut Stage, bar: i32) -> Lanes {
    let notes = stage.bar(bar);
    Lane::ALL.map(|lane| notes.lane(lane).iter().copied().collect())
}

/// Candidates as if the bar started the song.
fn relative(stage: &mut Stage, bar: i32) -> Lanes {
    let start = stage.place(bar).start.0;
    all(stage, bar).map(|lane| {
        let moved = lane.into_iter().map(|c| Candidate {
            grid: Tick(c.grid.0 - start),
            onset: Tick(c.onset.0 - start),
            ..c
        });
        moved.collect()
    })
}

#[test]
fn the_order_of_questions_changes_nothing() {
    for style in [0, 128] {
        let mut straight = Stage::new(style, 4, 4);
        let forwards: Heap<Lanes> = (0..64).map(|bar| all(&mut straight, bar)).collect();
        let mut jumping = Stage::new(style, 4, 4);
        for i in 0..64 {
            let bar = i * 37 % 64;
            assert_eq!(all(&mut jumping, bar), forwards[bar as usize], "bar {bar}");
        }
        for bar in (0..64).rev() {
            assert_eq!(all(&mut straight, bar), forwards[bar as usize], "bar {bar}");
        }
    }
}

#[test]
fn a_change_of_song_or_style_is_noticed() {
    let mut stage = Stage::new(0, 4, 4);
    let before = all(&mut stage, 9);
    stage.controls.seed = 77;
    assert_ne!(all(&mut stage, 9), before);
    stage.controls.seed = 1;
    stage.song.bars = 8;
    let shorter = all(&mut stage, 9);
    let mut fresh = Stage::new(0, 4, 4);
    fresh.song.bars = 8;
    assert_eq!(shorter, all(&mut fresh, 9));
    assert_ne!(shorter, before);
}

#[test]
fn moving_a_section_moves_its_music() {
    let spec = |id, kind, bars| SectionSpec {
        id,
        kind,
        bars,
        lanes: None,
        energy: None,
        ..SectionSpec::default()
    };
    let order = [
        spec(5, SectionKind::Verse, 8),
        spec(9, SectionKind::Chorus, 7),
        spec(2, SectionKind::Verse, 4),
        spec(40, SectionKind::Outro, 4),
    ];
    for (style, n, d) in [(0, 4, 4), (128, 7, 8)] {
        let mut first = Stage::new(style, n, d);
        first.song.form = order.iter().cloned().collect();
        let mut second = Stage::new(style, n, d);
        second.song.form = [3, 1, 2, 0].into_iter().map(|i| order[i].clone()).collect();
        for (from, to, bars) in [(0, 15, 8), (8, 4, 7), (15, 11, 4), (19, 0, 4)] {
            for bar in 0..bars {
                let energy = first.bar(from + bar).energy;
                assert_eq!(
                    energy,
                    second.bar(to + bar).energy,
                    "{n}/{d} bar {from}+{bar}"
                );
                let (was, is) = (
                    relative(&mut first, from + bar),
                    relative(&mut second, to + bar),
                );
                assert_eq!(was, is, "{n}/{d} bar {from}+{bar}");
            }
        }
    }
}

#[test]
fn the_song_is_silent_around_a_form_that_stops_and_returns_in_one_that_repeats() {
    let mut stage = Stage::new(0, 4, 4);
    stage.song.bars = 16;
    assert!(all(&mut stage, -1).iter().all(|l| l.is_empty()));
    let returned = relative(&mut stage, 16 + 3);
    assert_eq!(returned, relative(&mut stage, 3));
    assert!(returned.iter().any(|l| !l.is_empty()));
    stage.song.after_end = AfterEnd::Stop;
    assert!(all(&mut stage, 16).iter().all(|l| l.is_empty()));
    assert!(all(&mut stage, 15).iter().any(|l| !l.is_empty()));
}

#[test]
fn candidates_are_sorted_and_never_earlier_than_allowed() {
    for (n, d) in [(4, 4), (3, 4), (7, 8), (5, 4), (6, 8), (13, 8)] {
        let mut stage = Stage::new(0, n, d);
        stage.controls.humanize = 100;
        for lane in &mut stage.controls.lanes {
            lane.push_ms = -40;
        }
        for bar in 0..40 {
            let place = stage.place(bar);
            let most =
                music::time::ticks_from_micros(crate::feel::MAX_SHIFT_US, place.tempo_mbpm) + 1;
            for lane in all(&mut stage, bar) {
                assert!(lane.is_sorted_by_key(|c| (c.onset, c.pitch)));
                for c in lane {
                    assert!(c.onset.since(place.start) >= -most, "{c:?}");
                    assert!(c.onset.since(c.grid) >= -most, "{c:?}");
                    assert!(c.duration >= 1 && c.velocity >= 1 && c.pitch.0 < 128);
                    assert!(
                        (0..place.meter.bar_ticks()).contains(&c.grid.since(place.start)),
                        "{c:?}"
                    );
                }
            }
        }
    }
}

#[test]
fn one_lane_s_feel_changes_no_other_lane() {
    let mut stage = Stage::new(0, 4, 4);
    let before = all(&mut stage, 13);
    let own = &mut stage.controls.lanes[Lane::Bass.index()];
    (own.swing, own.humanize, own.push_ms) = (60, 10, 25);
    let after = all(&mut stage, 13);
    for lane in Lane::ALL {
        assert_eq!(
            before[lane.index()] == after[lane.index()],
            lane != Lane::Bass || before[lane.index()].is_empty()
        );
    }
}

/// Two styles, of which the second is slower, so that the lanes run at two paces.
fn blended(amount: u8) -> Stage {
    let mut stage = Stage::new(0, 4, 4);
    stage.styles[1].tempo = (40, 50, 55);
    stage.controls.style_b = 128;
    stage.controls.blend = amount;
    stage.song.form = [(1, SectionKind::Verse), (2, SectionKind::Chorus)]
        .into_iter()
        .map(|(id, kind)| SectionSpec {
            id,
            kind,
            bars: 8,
            lanes: Some(music::lane::LaneSet::ALL),
            energy: Some(60),
            ..SectionSpec::default()
        })
        .collect();
    stage
}

#[test]
fn a_blend_s_ends_are_its_styles() {
    for (amount, style) in [(0, 0), (100, 128)] {
        let (mut mixed, mut pure) = (blended(amount), blended(0));
        pure.controls.style = style;
        for bar in 0..16 {
            assert_eq!(
                all(&mut mixed, bar),
                all(&mut pure, bar),
                "{amount} bar {bar}"
            );
        }
    }
}

#[test]
fn a_lane_may_play_the_other_style_alone() {
    let mut bass = blended(0);
    bass.controls.lanes[Lane::Bass.index()].blend = 100;
    let (mut first, mut second) = (blended(0), blended(100));
    let mut differs = false;
    for bar in 0..16 {
        let (mixed, a, b) = (
            all(&mut bass, bar),
            all(&mut first, bar),
            all(&mut second, bar),
        );
        for lane in [Lane::Drums, Lane::Harmony, Lane::Texture, Lane::Melody] {
            assert_eq!(mixed[lane.index()], a[lane.index()], "{lane:?} bar {bar}");
        }
        differs |= mixed[Lane::Bass.index()] != a[Lane::Bass.index()];
        let ticks = |lanes: &Lanes| -> Heap<Tick> {
            let bass = lanes[Lane::Bass.index()].iter();
            let unlocked = bass.filter(|c| c.gate.lock.0 <= 50);
            unlocked.map(|c| c.grid).collect()
        };
        // A walking bass does not ask the drums until it is locked to them.
        assert_eq!(ticks(&mixed), ticks(&b), "bar {bar}");
    }
    assert!(differs);
}

#[test]
fn a_third_of_the_way_answers_turn_and_openings_do_not() {
    let (mut mixed, mut first) = (blended(20), blended(0));
    for lane in &mut mixed.controls.lanes {
        lane.humanize = 0;
    }
    for lane in &mut first.controls.lanes {
        lane.humanize = 0;
    }
    let drums = |lanes: Lanes| -> Heap<_> {
        let drums = lanes[Lane::Drums.index()].iter();
        drums.map(|c| (c.grid, c.pitch)).collect()
    };
    for bar in 0..16 {
        let same = drums(all(&mut mixed, bar)) == drums(all(&mut first, bar));
        assert_eq!(same, bar % 4 != 3, "bar {bar}");
    }
}

#[test]
fn a_lifted_section_sounds_as_in_a_song_of_its_key() {
    let (mut lifted, mut plain, mut higher) = (blended(0), blended(0), blended(0));
    lifted.song.form[1].transpose = 2;
    higher.controls.key = higher.controls.key.up(2);
    let mut moved = false;
    for bar in 0..16 {
        let mut here = all(&mut lifted, bar);
        let at_home = all(&mut plain, bar);
        let home = if bar < 8 { &mut plain } else { &mut higher };
        let mut there = all(home, bar);
        if bar >= 8 {
            // The tune is the plain one, lifted: a song of that key may sing it elsewhere in the range.
            for notes in [&mut here, &mut there] {
                notes[Lane::Melody.index()].clear();
            }
        }
        assert_eq!(here, there, "bar {bar}");
        moved |= here != at_home;
        assert_eq!(lifted.bar(bar).transpose, if bar < 8 { 0 } else { 2 });
    }
    assert!(moved);
}

#[test]
fn every_pace_may_be_chosen() {
    use music::technique::Pace;
    let mut stage = Stage::new(0, 4, 4);
    let mut kicks = |pace| {
        stage.controls.pace = pace;
        let notes = stage.lane(5, Lane::Drums);
        notes.iter().filter(|c| c.pitch.0 == 36).count()
    };
    let [half, plain, double] = [Pace::Half, Pace::Plain, Pace::Double].map(&mut kicks);
    assert_eq!(kicks(Pace::Auto), plain);
    assert!(half < plain && plain < double, "{half} {plain} {double}");
}
