use std::vec::Vec as Heap;

use music::edit::{Change, Edit, of_bar};
use music::lane::Lane;
use music::note::{Candidate, Role};
use music::pitch::Pitch;
use music::song::SectionSpec;
use music::time::Tick;

use super::{all, relative};
use crate::fixture::Stage;

/// A stage whose form is the composed one, written down section by section.
fn written_down(style: u8, numerator: u8, denominator: u8) -> Stage {
    let mut stage = Stage::new(style, numerator, denominator);
    stage.song.form = stage.form().sections.iter().map(SectionSpec::of).collect();
    stage
}

#[test]
fn a_form_that_is_written_down_plays_as_the_composed_one() {
    for (style, n, d) in [(0, 4, 4), (128, 7, 8)] {
        let mut composed = Stage::new(style, n, d);
        let mut written = written_down(style, n, d);
        assert_eq!(written.form(), composed.form());
        for bar in 0..64 {
            assert_eq!(all(&mut written, bar), all(&mut composed, bar), "bar {bar}");
        }
    }
}

#[test]
fn a_copy_plays_its_original_s_notes() {
    let mut stage = written_down(0, 4, 4);
    let mut copy = stage.song.form[1].clone();
    (copy.id, copy.chance_of) = (900, Some(stage.song.form[1].id));
    let (at, bars) = (stage.form().sections[1].first_bar, copy.bars);
    let before: Heap<_> = (0..bars)
        .map(|b| relative(&mut stage, (at + b).into()))
        .collect();
    stage.song.form.insert(2, copy).unwrap();
    for bar in 0..bars {
        let copied = relative(&mut stage, (at + bars + bar).into());
        assert_eq!(copied, before[bar as usize], "bar {bar}");
    }
}

#[test]
fn a_section_with_a_seed_of_its_own_leaves_the_others_and_is_left_by_the_song_s() {
    let mut stage = written_down(0, 4, 4);
    let of = |stage: &mut Stage| -> Heap<_> { (0..64).map(|bar| all(stage, bar)).collect() };
    let before = of(&mut stage);
    stage.song.form[2].seed = Some(4711);
    let (first, bars) = (stage.form().sections[2].first_bar, stage.song.form[2].bars);
    let own = first as usize..(first + bars) as usize;
    let turned = of(&mut stage);
    assert_ne!(turned[own.clone()], before[own.clone()]);
    assert_eq!(turned[..own.start], before[..own.start]);
    assert_eq!(turned[own.end..], before[own.end..]);
    stage.controls.seed = 99;
    let anew = of(&mut stage);
    assert_eq!(
        anew[own.clone()],
        turned[own.clone()],
        "it follows the song's seed"
    );
    assert_ne!(anew[own.end..], turned[own.end..]);
}

#[test]
fn a_lane_sent_back_leaves_chords_and_the_lanes_that_do_not_follow_it() {
    let mut stage = written_down(0, 4, 4);
    let first = i32::from(stage.form().sections[1].first_bar);
    let of = |stage: &mut Stage| -> Heap<_> { (first..first + 8).map(|b| all(stage, b)).collect() };
    let before = of(&mut stage);
    let lane = |bars: &[super::Lanes], lane: Lane| -> Heap<Heap<Candidate>> {
        bars.iter().map(|bar| bar[lane.index()].clone()).collect()
    };
    for (sent, untouched) in [
        (Lane::Drums, &[Lane::Harmony, Lane::Melody][..]),
        (Lane::Bass, &[Lane::Drums, Lane::Harmony, Lane::Melody]),
        (Lane::Melody, &[Lane::Drums]),
    ] {
        stage.song.form[1].turns = Default::default();
        stage.song.form[1].turns[sent.index()] = 1;
        let turned = of(&mut stage);
        assert_ne!(lane(&turned, sent), lane(&before, sent), "{sent:?}");
        for other in untouched {
            assert_eq!(
                lane(&turned, *other),
                lane(&before, *other),
                "{sent:?}: {other:?}"
            );
        }
    }
}

fn edit(stage: &mut Stage, bar: i32, lane: Lane, change: Change) -> Edit {
    let form = stage.form();
    let (_, section) = form.section_at(bar as u16).unwrap();
    Edit {
        section: section.key,
        bar: bar as u16 - section.first_bar,
        lane,
        change,
    }
}

fn put(stage: &mut Stage, edits: &[Edit]) {
    stage.song.edits.extend(edits.iter().copied());
    stage.song.edits.sort_unstable_by_key(Edit::place);
}

const KEPT: Change = Change::Keep {
    onset: 500,
    duration: 333,
    pitch: Pitch(61),
    velocity: 77,
    role: Role::Played,
};

#[test]
fn a_kept_note_is_played_whatever_the_engines_write_anew() {
    let mut stage = Stage::new(0, 4, 4);
    let kept = edit(&mut stage, 9, Lane::Melody, KEPT);
    put(&mut stage, &[kept]);
    for seed in [1, 2, 77] {
        stage.controls.seed = seed;
        let start = stage.place(9).start.0;
        let notes = stage.bar(9).lane(Lane::Melody).clone();
        let found = notes
            .iter()
            .find(|n| n.onset == Tick(start + 500) && n.pitch == Pitch(61));
        let found = found.expect("it is kept");
        assert_eq!((found.duration, found.velocity), (333, 77));
        assert!(notes.iter().is_sorted_by_key(|n| (n.onset, n.pitch)));
        assert!(notes.len() > 1 || seed != 1, "the engine's own play on");
    }
}

#[test]
fn a_hidden_note_is_gone_and_nothing_else_is() {
    let mut stage = Stage::new(0, 4, 4);
    let before = all(&mut stage, 9);
    let gone = before[Lane::Bass.index()][0];
    let grid = gone.grid.since(stage.place(9).start) as i16;
    let pitch = gone.pitch;
    let hide = edit(&mut stage, 9, Lane::Bass, Change::Hide { grid, pitch });
    put(&mut stage, &[hide]);
    let after = all(&mut stage, 9);
    for lane in Lane::ALL {
        let left = before[lane.index()]
            .iter()
            .filter(|n| lane != Lane::Bass || (n.grid, n.pitch) != (gone.grid, gone.pitch));
        assert!(left.eq(after[lane.index()].iter()), "{lane:?}");
    }
    assert!(after[1].len() < before[1].len());
}

#[test]
fn a_bar_of_its_own_holds_what_is_kept_and_moves_with_its_section() {
    let mut stage = written_down(0, 4, 4);
    let only = edit(&mut stage, 9, Lane::Drums, Change::Only);
    let kept = edit(&mut stage, 9, Lane::Drums, KEPT);
    put(&mut stage, &[only, kept]);
    let own = relative(&mut stage, 9)[Lane::Drums.index()].clone();
    assert_eq!(own.len(), 1);
    let (at, section) = {
        let form = stage.form();
        let (at, section) = form.section_at(9).unwrap();
        (at, *section)
    };
    let spec = stage.song.form.remove(at);
    stage.song.form.push(spec).unwrap();
    let first = stage.form().sections.last().unwrap().first_bar;
    let bar = first + 9 - section.first_bar;
    assert_eq!(relative(&mut stage, bar.into())[Lane::Drums.index()], own);
    assert!(of_bar(&stage.song.edits, section.key, 0, Lane::Drums).is_empty());
}

#[test]
fn a_full_bar_still_takes_the_hand_s_notes() {
    let mut stage = Stage::new(0, 4, 4);
    let kept: Heap<Edit> = (0..300)
        .map(|i| {
            let pitch = Pitch((i % 120) as u8);
            let change = Change::Keep {
                onset: i * 10,
                duration: 10,
                pitch,
                velocity: 90,
                role: Role::Played,
            };
            edit(&mut stage, 9, Lane::Drums, change)
        })
        .collect();
    put(&mut stage, &kept);
    let notes = stage.bar(9).lane(Lane::Drums).clone();
    assert_eq!(notes.len(), music::note::BAR_CANDIDATES);
    assert!(notes.iter().all(|note| note.role == Role::Played));
}

#[test]
fn a_section_ends_at_the_energy_that_was_drawn() {
    let mut stage = written_down(0, 4, 4);
    let spec = &mut stage.song.form[1];
    (spec.energy, spec.energy_end) = (Some(20), Some(90));
    let section = stage.form().sections[1];
    assert_eq!((section.energy, section.energy_end), (20, 90));
}
