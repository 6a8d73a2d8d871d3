//! The tune on a stage.

use std::vec::Vec as Heap;

use music::lane::Lane;
use music::note::{Candidate, Role};
use music::plan::{Phrase, SectionKind, TuneNote};
use music::song::SectionSpec;
use music::style::{Pattern, RhythmCell, StyleBook};

use crate::fixture::{Stage, pattern};
use crate::view::Material;

mod sections;

fn cell(text: &str) -> RhythmCell {
    let pattern: Pattern = pattern(text);
    RhythmCell { weight: 5, pattern }
}

fn stage(n: u8, d: u8) -> Stage {
    let mut stage = Stage::new(0, n, d);
    for style in &mut stage.styles {
        style.melody.range = (60, 81);
        style.melody.steps = 58;
        style.melody.repeats = 20;
        style.melody.rests = 14;
        style.melody.ornaments = 30;
        style.melody.cells = [
            "9.8. 7.6. 9... 6.3.",
            "..8. 7.7. 8..7 ..2.",
            "9... 8.7. ..8. 6...",
        ]
        .map(cell)
        .into_iter()
        .collect();
    }
    stage
}

fn phrase(stage: &mut Stage, bar: u16) -> Phrase {
    let (latch, meter) = (stage.latch(), stage.meter);
    let styles = StyleBook::new(&stage.styles).unwrap();
    stage
        .band
        .phrase(
            Material {
                song: &stage.song,
                styles,
                take: None,
            },
            &latch,
            meter,
            bar,
        )
        .clone()
}

/// What is heard with the controls as they are on a new instance, at a density.
fn heard(notes: &[Candidate], density: u8) -> Heap<Candidate> {
    let open = |n: &&Candidate| {
        n.gate.density <= density
            && n.gate.complexity <= 50
            && (n.gate.syncopation.0..=n.gate.syncopation.1).contains(&50)
            && (n.gate.variation.0..=n.gate.variation.1).contains(&40)
    };
    notes.iter().filter(open).copied().collect()
}

fn song(stage: &mut Stage) -> Heap<Candidate> {
    (0..64)
        .flat_map(|bar| stage.lane(bar, Lane::Melody))
        .collect()
}

#[test]
fn it_sings_in_range_in_every_meter() {
    for (n, d) in [(4, 4), (3, 4), (5, 4), (6, 8), (7, 8), (12, 8)] {
        for seed in 0..4 {
            let mut stage = stage(n, d);
            stage.controls.seed = seed;
            let notes = song(&mut stage);
            assert!(heard(&notes, 60).len() > 60, "{n}/{d} {seed}");
            let sung = notes.iter().filter(|n| n.gate.complexity == 0);
            assert!(
                sung.clone().all(|n| (60..=81).contains(&n.pitch.0)),
                "{n}/{d} {seed}"
            );
        }
    }
}

#[test]
fn the_tune_of_a_chorus_comes_back() {
    for seed in 0..6 {
        let mut stage = stage(4, 4);
        stage.controls.seed = seed;
        let form = stage.form();
        let choruses: Heap<u16> = form
            .sections
            .iter()
            .filter(|s| s.kind == SectionKind::Chorus && s.bars == 8)
            .map(|s| s.first_bar)
            .collect();
        let tunes: Heap<Heap<(u8, u16, u8)>> = choruses
            .iter()
            .map(|bar| {
                let found = phrase(&mut stage, *bar);
                let plain = found.tune.iter().filter(|n| n.gate.variation.0 == 0);
                plain.map(|n| (n.bar, n.tick, n.pitch.0)).collect()
            })
            .collect();
        assert!(tunes.windows(2).all(|w| w[0] == w[1]), "seed {seed}");
        assert!(tunes.first().is_none_or(|t| !t.is_empty()));
    }
}

#[test]
fn strong_places_lean_on_the_chord_but_not_always() {
    let (mut inside, mut all) = (0, 0);
    for seed in 0..20 {
        let mut stage = stage(4, 4);
        stage.controls.seed = seed;
        stage.controls.humanize = 0;
        for note in heard(&song(&mut stage), 60) {
            if note.grid.0 % (2 * 1920) == 0 {
                all += 1;
                inside += matches!(note.role, Role::ChordTone(_)) as u32;
            }
        }
    }
    let share = inside * 100 / all;
    assert!((60..=97).contains(&share), "{share} % of {all}");
}

#[test]
fn what_is_held_is_mostly_of_the_chord() {
    let (mut inside, mut all) = (0, 0);
    for seed in 0..20 {
        let mut stage = stage(4, 4);
        stage.controls.seed = seed;
        stage.controls.humanize = 0;
        for note in heard(&song(&mut stage), 60) {
            if note.duration >= 960 {
                all += 1;
                inside += matches!(note.role, Role::ChordTone(_)) as u32;
            }
        }
    }
    let share = inside * 100 / all;
    assert!((85..=97).contains(&share), "{share} % of {all}");
}

#[test]
fn a_dissonance_is_heard_only_with_what_resolves_it() {
    for seed in 0..10 {
        let mut stage = stage(4, 4);
        stage.controls.seed = seed;
        for bar in [4, 16, 32] {
            let found = phrase(&mut stage, bar);
            let plain: Heap<_> = found
                .tune
                .iter()
                .filter(|n| {
                    n.gate.complexity == 0 && n.gate.syncopation.0 == 0 && n.gate.variation.0 == 0
                })
                .filter(|n| n.gate.density <= 60)
                .collect();
            for (index, note) in plain.iter().enumerate() {
                let step_on = plain
                    .get(index + 1)
                    .filter(|n| n.pitch.0.abs_diff(note.pitch.0) <= 2);
                if let (Role::Passing | Role::Neighbour, Some(next)) = (note.role, step_on)
                    && next.pitch != note.pitch
                    && matches!(next.role, Role::ChordTone(_))
                {
                    assert!(
                        note.gate.density >= next.gate.density,
                        "seed {seed} bar {bar} {note:?}"
                    );
                }
            }
        }
    }
}

#[test]
fn one_voice_at_a_time() {
    for seed in 0..8 {
        let mut stage = stage(4, 4);
        stage.controls.seed = seed;
        let notes = heard(&song(&mut stage), 60);
        for pair in notes.windows(2) {
            assert!(pair[0].onset < pair[1].onset, "{pair:?}");
            let over = pair[0].onset.0 + pair[0].duration as i64 - pair[1].onset.0;
            // Across a bar line, and before pushed tones and ornaments, the performer ends the note; else it ends by itself.
            let line = pair[1].gate.complexity > 0
                || pair[1].gate.syncopation.0 > 0
                || pair[0].grid.0.div_euclid(3840) != pair[1].grid.0.div_euclid(3840);
            assert!(over <= 0 || line, "{pair:?}");
        }
    }
}

#[test]
fn it_breathes_and_the_song_ends_on_a_held_tone() {
    for seed in 0..8 {
        let mut stage = stage(4, 4);
        stage.controls.seed = seed;
        let notes = heard(&song(&mut stage), 60);
        let air = notes
            .windows(2)
            .filter(|p| p[1].onset.0 - p[0].onset.0 - p[0].duration as i64 >= 900)
            .count();
        assert!(air >= 8, "seed {seed}: {air}");
        let last = phrase(&mut stage, 63);
        let ending: Heap<_> = last
            .tune
            .iter()
            .filter(|n| n.bar as u16 + 1 == last.bars && n.gate.density <= 60)
            .collect();
        assert!(
            ending.iter().all(|n| n.tick == 0),
            "seed {seed}: {ending:?}"
        );
    }
}

#[test]
fn a_dense_tune_keeps_every_note_of_a_thin_one() {
    let mut stage = stage(4, 4);
    let notes = song(&mut stage);
    assert!(heard(&notes, 10).len() * 2 < heard(&notes, 60).len());
    for (thin, dense) in [(10, 40), (40, 60), (60, 100)] {
        let (thin, dense) = (heard(&notes, thin), heard(&notes, dense));
        assert!(thin.len() <= dense.len());
        assert!(thin.iter().all(|n| {
            dense
                .iter()
                .any(|d| (d.onset, d.pitch) == (n.onset, n.pitch))
        }));
    }
}
