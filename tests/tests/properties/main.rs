//! What must hold for every song: checked on the engines alone, without plug-in or worker, over random
//! styles, meters, seeds and controls.

mod automation;
mod questions;
mod turns;

use std::collections::BTreeSet;

use engines::band::{Band, BarNotes};
use engines::view::Material;
use music::lane::Lane;
use music::note::{Candidate, is_tied};
use music::plan::{BarPlace, SectionKind};
use music::song::{SectionSpec, Song};
use music::time::{Meter, Tick};
use proptest::prelude::*;
use questions::{any_song, parsed, small};
use tests::stage::{self, Cue, Sounded, by_lane};
use turns::{METERS, turn_lane};

fn material(song: &Song) -> Material<'_> {
    Material {
        song,
        styles: stage::book(),
        take: None,
    }
}

fn place(cue: &Cue, bar: i32) -> BarPlace {
    BarPlace {
        bar_index: bar,
        start: cue.at_bar(bar),
        meter: cue.meter,
        tempo_mbpm: cue.tempo_mbpm,
    }
}

/// All candidates of some bars, asked for in the order given.
fn candidates(cue: &Cue, bars: impl Iterator<Item = i32>) -> Vec<(i32, Vec<Candidate>)> {
    let mut band = Box::<Band>::default();
    let mut notes = Box::<BarNotes>::default();
    bars.map(|bar| {
        band.bar(
            material(&cue.song),
            &cue.controls.latch(),
            &place(cue, bar),
            &mut notes,
        );
        (bar, notes.lanes.iter().flatten().copied().collect())
    })
    .collect()
}

fn places(notes: &[Sounded]) -> BTreeSet<(Tick, u8)> {
    notes.iter().map(|n| (n.onset, n.pitch.0)).collect()
}

proptest! {
    #![proptest_config(small())]

    #[test]
    fn the_same_question_has_the_same_answer(song in any_song()) {
        let cue = song.cue();
        prop_assert_eq!(cue.play(), cue.play());
    }

    #[test]
    fn a_bar_does_not_depend_on_what_was_asked_before(song in any_song(), bar in 0..16i32) {
        let cue = song.cue();
        let forwards = candidates(&cue, 0..16);
        let backwards = candidates(&cue, (0..16).rev());
        let alone = candidates(&cue, bar..=bar);
        prop_assert_eq!(&forwards[bar as usize], &alone[0]);
        prop_assert_eq!(&forwards[bar as usize], &backwards[15 - bar as usize]);
    }

    #[test]
    fn moving_a_section_moves_its_notes(song in any_song(), turn in 1..4usize) {
        let cue = song.cue();
        let kinds = [SectionKind::Intro, SectionKind::Verse, SectionKind::Chorus, SectionKind::Bridge];
        let specs: Vec<SectionSpec> = kinds
            .iter()
            .zip(10u16..)
            .map(|(kind, id)| SectionSpec { id, kind: *kind, bars: 4, lanes: None, energy: Some(55), ..SectionSpec::default() })
            .collect();
        let arranged = |turn: usize| {
            let mut turned = specs.clone();
            turned.rotate_left(turn);
            let mut cue = cue.clone();
            cue.song.form = turned.into_iter().collect();
            candidates(&cue, 0..16)
        };
        let (before, after) = (arranged(0), arranged(turn));
        let bar_ticks = cue.meter.bar_ticks();
        let home = |notes: &[(i32, Vec<Candidate>)]| -> Vec<Vec<Candidate>> {
            notes
                .iter()
                .map(|(bar, list)| {
                    let back = -(*bar as i64) * bar_ticks;
                    list.iter().map(|c| Candidate { grid: c.grid.plus(back), onset: c.onset.plus(back), ..*c }).collect()
                })
                .collect()
        };
        let (before, mut after) = (home(&before), home(&after));
        after.rotate_right(4 * turn);
        for bar in 0..16 {
            prop_assert_eq!(&before[bar], &after[bar], "bar {} of the first order", bar);
        }
    }

    #[test]
    fn a_lanes_controls_change_no_other_lane(song in any_song(), lane in 0..5usize, which in 0..15usize, value in 0..=100u8) {
        let cue = song.cue();
        // Blend and rhythm choose what the lane plans, and the others go with the plan; nothing goes with the bass's.
        prop_assume!(which < 13 || lane == Lane::Bass.index());
        let mut turned = cue.clone();
        turn_lane(&mut turned.controls.lanes[lane], which, value);
        let (before, after) = (by_lane(&cue.play()), by_lane(&turned.play()));
        for other in Lane::PLAYED.into_iter().filter(|l| l.index() != lane) {
            prop_assert_eq!(&before[other.index()], &after[other.index()], "{:?} by {:?} control {}", other, Lane::ALL[lane], which);
        }
    }

    #[test]
    fn density_only_adds(song in any_song(), lane in 0..5usize, low in 0..=100u8, high in 0..=100u8) {
        let cue = song.cue();
        let (low, high) = (low.min(high), low.max(high));
        let at = |density: u8| {
            let mut cue = cue.clone();
            cue.controls.lanes[lane].density = density;
            places(&by_lane(&cue.play())[lane])
        };
        let (few, many) = (at(low), at(high));
        let lost: Vec<_> = few.difference(&many).collect();
        prop_assert!(lost.is_empty(), "{:?} from {} to {} % loses {:?}", Lane::ALL[lane], low, high, lost);
    }

    #[test]
    fn velocities_and_lengths_are_midi(song in any_song()) {
        let cue = song.cue();
        for note in cue.play() {
            prop_assert!((1..=127).contains(&note.velocity), "{:?}", note);
            prop_assert!(note.pitch.0 <= 127 && note.duration > 0, "{:?}", note);
        }
    }
}

/// Every style in every meter, one seed each: what random questions might miss.
fn each(mut check: impl FnMut(&str, Meter, Cue)) {
    for (index, style) in stage::styles().iter().enumerate() {
        for text in &METERS[..5] {
            let meter = parsed(text);
            check(
                style.stem.as_str(),
                meter,
                Cue::new(style, meter, 16, index as u16 * 13 + 5),
            );
        }
    }
}

#[test]
fn density_only_adds_for_every_lane_style_and_meter() {
    each(|stem, meter, cue| {
        let mut before: Option<[Vec<Sounded>; music::lane::LANES]> = None;
        for density in [0, 15, 30, 45, 60, 75, 90, 100] {
            let mut cue = cue.clone();
            for lane in &mut cue.controls.lanes {
                lane.density = density;
            }
            let lanes = by_lane(&cue.play());
            if let Some(before) = &before {
                for lane in Lane::PLAYED {
                    let (few, many) = (places(&before[lane.index()]), places(&lanes[lane.index()]));
                    assert!(
                        few.is_subset(&many),
                        "{stem} {meter:?} {lane:?} loses notes at {density} %"
                    );
                }
            }
            before = Some(lanes);
        }
    });
}

#[test]
fn no_lane_is_silent_in_any_style_and_meter() {
    each(|stem, meter, cue| {
        let mut cue = cue;
        cue.song.bars = 32;
        cue.bars = 0..32;
        let lanes = by_lane(&cue.play());
        for lane in Lane::PLAYED {
            assert!(
                !lanes[lane.index()].is_empty(),
                "{stem} in {meter:?}: {lane:?} is silent"
            );
        }
        assert!(lanes[Lane::Vocal.index()].is_empty());
    });
}

#[test]
fn pitches_stay_in_the_ranges_that_the_style_gives() {
    each(|stem, meter, cue| {
        let style = stage::style(stem);
        let ranges = [
            (Lane::Bass, style.bass.range),
            (Lane::Harmony, style.harmony.range),
            (Lane::Texture, style.texture.range),
            (Lane::Melody, style.melody.range),
        ];
        let lanes = by_lane(&cue.play());
        for (lane, (low, high)) in ranges {
            for note in &lanes[lane.index()] {
                assert!(
                    (low..=high).contains(&note.pitch.0),
                    "{stem} {meter:?} {lane:?}: {note:?} not in {low}..={high}"
                );
            }
        }
    });
}

/// Whether a note has ended where the next begins, or is tied to it.
fn is_one_voice(pair: &[Sounded]) -> bool {
    let over = pair[0].onset.0 + pair[0].duration - pair[1].onset.0;
    over <= 0 || pair[0].lane == Lane::Bass && is_tied(over, pair[0].pitch, pair[1].pitch)
}

#[test]
fn lines_have_one_voice() {
    each(|stem, meter, cue| {
        let lanes = by_lane(&cue.play());
        for lane in [Lane::Bass, Lane::Melody] {
            for pair in lanes[lane.index()].windows(2) {
                assert!(is_one_voice(pair), "{stem} {meter:?} {lane:?}: {pair:?}");
            }
        }
    });
}

#[test]
fn every_drum_player_has_two_hands_and_two_feet() {
    each(questions::check_limbs);
}

#[test]
fn odd_meters_sound_like_themselves() {
    each(questions::check_grouping);
}
