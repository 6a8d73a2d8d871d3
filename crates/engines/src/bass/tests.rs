use std::vec::Vec as Heap;

use music::lane::Lane;
use music::note::{Candidate, is_tied};

use super::line::{is_usual, meet};
use crate::fixture::{Stage, pattern};

fn bars(stage: &mut Stage, count: i32) -> Heap<Heap<Candidate>> {
    (0..count).map(|bar| stage.lane(bar, Lane::Bass)).collect()
}

#[test]
fn the_bass_has_one_voice_within_its_range() {
    for style in [0, 128] {
        for (n, d) in [(4, 4), (3, 4), (7, 8), (5, 4), (6, 8)] {
            let mut stage = Stage::new(style, n, d);
            stage.controls.humanize = 100;
            for bar in bars(&mut stage, 40) {
                assert!(!bar.is_empty());
                for (i, note) in bar.iter().enumerate() {
                    assert!((28..=52).contains(&note.pitch.0), "{note:?}");
                    // What only far settings bring ends the note in the performer.
                    let ends = |l: &&Candidate| meet(&l.gate, &note.gate) && is_usual(&l.gate);
                    for later in bar[i + 1..].iter().filter(ends) {
                        assert!(
                            note.onset.plus(note.duration as i64)
                                <= later.onset.max(note.onset.plus(1)),
                            "{note:?} {later:?}"
                        );
                    }
                }
            }
        }
    }
}

#[test]
fn the_kick_is_followed_by_the_style_s_share() {
    let share = |lock: u8| {
        let mut stage = Stage::new(0, 4, 4);
        stage.styles[0].bass.lock = lock;
        stage.styles[0].bass.patterns.clear();
        let (mut kicks, mut met) = (0, 0);
        for bar in 0..62 {
            let notes = stage.bar(bar);
            for kick in notes.lane(Lane::Drums).iter().filter(|c| {
                c.pitch.0 == 36
                    && c.gate.density <= 60
                    && c.gate.variation.0 == 0
                    && c.gate.fills.0 == 0
                    && c.gate.syncopation.1 >= 50
                    && c.gate.syncopation.0 <= 50
            }) {
                kicks += 1;
                met += usize::from(
                    notes
                        .lane(Lane::Bass)
                        .iter()
                        .any(|b| b.grid == kick.grid && b.gate.lock.0 <= 50),
                );
            }
        }
        met * 100 / kicks
    };
    assert!(share(100) > 95, "{}", share(100));
    assert!(share(0) + 20 < share(100), "{} {}", share(0), share(100));
}

#[test]
fn something_always_plays_and_more_plays_when_dense() {
    let mut stage = Stage::new(0, 4, 4);
    for bar in bars(&mut stage, 32) {
        let count = |d: u8| bar.iter().filter(|c| d >= c.gate.density).count();
        assert!(count(0) >= 1 && count(60) > count(10) && count(100) >= count(60));
    }
}

#[test]
fn a_walking_bass_plays_every_beat() {
    let mut stage = Stage::new(128, 4, 4);
    stage.controls.humanize = 0;
    for bar in 0..12 {
        let start = stage.place(bar).start;
        let notes = stage.lane(bar, Lane::Bass);
        for beat in 0..4 {
            assert!(
                notes.iter().any(|c| c.grid.since(start) == 960 * beat),
                "bar {bar} beat {beat}"
            );
        }
    }
}

#[test]
fn lock_at_the_top_meets_every_kick_and_only_ever_adds() {
    for style in [0, 128] {
        let mut stage = Stage::new(style, 4, 4);
        stage.controls.humanize = 0;
        for bar in 0..40 {
            let notes = stage.bar(bar);
            let at = |lock: u8| -> Heap<music::time::Tick> {
                let open = |c: &&Candidate| {
                    (c.gate.lock.0..=c.gate.lock.1).contains(&lock)
                        && c.gate.density <= 60
                        && c.gate.complexity <= 50
                        && c.gate.variation.0 == 0
                        && (c.gate.syncopation.0..=c.gate.syncopation.1).contains(&50)
                };
                let mut ticks: Heap<_> = notes
                    .lane(Lane::Bass)
                    .iter()
                    .filter(open)
                    .map(|c| c.grid)
                    .collect();
                ticks.dedup();
                ticks
            };
            for (low, high) in [(0, 25), (25, 50), (50, 75), (75, 100)] {
                let (fewer, more) = (at(low), at(high));
                let lost = fewer.iter().find(|t| !more.contains(t));
                let of_lost = notes
                    .lane(Lane::Bass)
                    .iter()
                    .filter(|c| Some(&c.grid) == lost);
                assert!(
                    lost.is_none(),
                    "style {style} bar {bar} {low} to {high}: {:?}",
                    of_lost.collect::<Heap<_>>()
                );
            }
            let groove = notes.lane(Lane::Drums).iter().filter(|c| {
                c.role == music::note::Role::Beat(music::drum::Piece::Kick)
                    && c.gate.density <= 60
                    && c.gate.complexity == 0
                    && c.gate.variation.0 == 0
                    && c.gate.fills.0 == 0
                    && c.gate.energy == (0, 100)
                    && (c.gate.syncopation.0..=c.gate.syncopation.1).contains(&50)
            });
            let most = at(100);
            for kick in groove {
                assert!(
                    most.contains(&kick.grid),
                    "style {style} bar {bar}: {kick:?}"
                );
            }
        }
    }
}

#[test]
fn what_only_far_settings_bring_shortens_no_written_note() {
    // A long note and a pair of strokes that only a dense bass plays, on a kick that only lock brings.
    let mut stage = Stage::new(0, 4, 4);
    stage.controls.humanize = 0;
    stage.styles[0].bass.lock = 1;
    let mut pattern = pattern("9... ..1. 1... .1..");
    pattern.steps[0].span = 16;
    stage.styles[0].bass.patterns.truncate(1);
    stage.styles[0].bass.patterns[0].kinds = music::style::Kinds::default();
    stage.styles[0].bass.patterns[0].pattern = pattern;
    let (mut held, mut hidden) = (0, 0);
    for (bar, notes) in bars(&mut stage, 24).iter().enumerate() {
        let start = stage.place(bar as i32).start;
        let Some(first) = notes.iter().find(|c| c.grid == start && is_usual(&c.gate)) else {
            continue;
        };
        let mut later = notes
            .iter()
            .filter(|c| c.grid > start && meet(&c.gate, &first.gate));
        hidden += usize::from(later.clone().any(|c| !is_usual(&c.gate)));
        if !later.any(|c| is_usual(&c.gate)) {
            held += 1;
            assert!(first.duration >= 13 * 240, "bar {bar}: {}", first.duration);
        }
    }
    assert!(held >= 4 && hidden >= 4, "{held} {hidden}");
}

/// Share in percent of bars that end on an approach, of those that `counts` takes: inside a phrase.
fn approaching(chords: &[&str], share: u8, counts: impl Fn(u16, u16) -> bool) -> usize {
    let (mut leads, mut bars) = (0, 0);
    for seed in 0..24 {
        let mut stage = Stage::new(0, 4, 4);
        stage.controls.seed = seed;
        stage.styles[0].bass.approach = share;
        for (bar, text) in (0..64).zip(chords.iter().cycle()) {
            let chord = music::chord::Chord::parse(text);
            let typed = music::song::TypedChord {
                bar,
                step: 0,
                chord,
            };
            stage.song.chords.push(typed).unwrap();
        }
        for section in &stage.form().sections {
            for bar in 0..section.bars {
                if !counts(bar, section.bars) {
                    continue;
                }
                let notes = stage.lane((section.first_bar + bar) as i32, Lane::Bass);
                let plain = notes.iter().rfind(|c| is_usual(&c.gate));
                bars += 1;
                leads += usize::from(plain.is_some_and(|c| c.role == music::note::Role::Approach));
            }
        }
    }
    leads * 100 / bars
}

#[test]
fn the_bass_leads_where_something_arrives() {
    let inside = |bar: u16, _: u16| bar % 4 != 3;
    let held = approaching(&["C"], 50, inside);
    let changes = approaching(&["C", "F"], 50, inside);
    let phrase = approaching(&["C", "F"], 50, |bar, bars| bar % 4 == 3 && bar + 1 < bars);
    assert!(held <= 25 && held + 15 <= changes, "{held} {changes}");
    assert!(
        changes <= 60 && changes + 15 <= phrase,
        "{changes} {phrase}"
    );
    let never = approaching(&["C", "F"], 0, inside);
    let often = approaching(&["C", "F"], 100, inside);
    assert!(never == 0 && often >= 70, "{never} {often}");
}

#[test]
fn who_does_not_lead_plays_something_else() {
    let mut stage = Stage::new(0, 4, 4);
    stage.styles[0].bass.approach = 0;
    let mut last = [0; 3];
    for seed in 0..40 {
        stage.controls.seed = seed;
        let start = stage.place(5).start;
        let bar = stage.lane(5, Lane::Bass);
        let (lead, root) = (start.plus(15 * 240), bar[0].pitch.0);
        let end = bar
            .iter()
            .rfind(|c| c.grid == lead && c.gate.variation.0 == 0);
        let place = match end.map(|c| c.pitch.0) {
            None => 0,
            Some(pitch) if pitch == root => 1,
            Some(_) => 2,
        };
        last[place] += 1;
    }
    assert!(last.iter().all(|n| *n >= 1), "{last:?}");
}

#[test]
fn a_bass_slides_as_often_as_its_style_says_and_else_lets_go() {
    let slid = |share: u8| {
        let mut stage = Stage::new(0, 4, 4);
        stage.controls.humanize = 100;
        stage.styles[0].bass.slide = share;
        let (mut slid, mut apart) = (0, 0);
        for bar in bars(&mut stage, 40) {
            let usual: Heap<Candidate> = bar.into_iter().filter(|c| is_usual(&c.gate)).collect();
            for pair in usual.windows(2) {
                let [note, next] = pair else { continue };
                let over = note.onset.plus(note.duration as i64).since(next.onset);
                if is_tied(over, note.pitch, next.pitch) {
                    slid += 1;
                    assert!(next.pitch.0.abs_diff(note.pitch.0) <= 12);
                } else {
                    apart += 1;
                    assert!(over < 0, "{note:?} {next:?}");
                }
            }
        }
        slid * 100 / (slid + apart)
    };
    assert_eq!(slid(0), 0);
    let (some, most) = (slid(30), slid(100));
    assert!(some > 3 && most > 2 * some, "{some} {most}");
}
