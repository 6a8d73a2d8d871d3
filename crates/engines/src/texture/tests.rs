//! Pads, arpeggios and counter-lines on a stage.

use std::vec::Vec as Heap;

use music::lane::Lane;
use music::note::{Candidate, Gate, Role};
use music::plan::SectionKind;
use music::style::TextureTechnique;

use super::arpeggio::Figure;
use crate::fixture::Stage;

/// Whether two gates are open under the same controls somewhere.
fn meet(a: &Gate, b: &Gate) -> bool {
    let over = |a: (u8, u8), b: (u8, u8)| a.0 <= b.1 && b.0 <= a.1;
    over(a.syncopation, b.syncopation) && over(a.variation, b.variation)
}

fn stage(technique: TextureTechnique, n: u8, d: u8) -> Stage {
    let mut stage = Stage::new(0, n, d);
    for style in &mut stage.styles {
        style.harmony.voices = 4;
        style.texture.technique = technique;
        style.texture.voices = 3;
        style.texture.range = (60, 84);
    }
    stage
}

fn notes(stage: &mut Stage) -> Heap<(i32, Heap<Candidate>)> {
    (0..64)
        .map(|bar| (bar, stage.lane(bar, Lane::Texture)))
        .collect()
}

const ALL: [TextureTechnique; 3] = [
    TextureTechnique::Pad,
    TextureTechnique::Arpeggio,
    TextureTechnique::CounterLine,
];

#[test]
fn every_technique_plays_in_range_in_every_meter() {
    for technique in ALL {
        for (n, d) in [(4, 4), (3, 4), (7, 8), (5, 4), (6, 8)] {
            let mut stage = stage(technique, n, d);
            let found = notes(&mut stage);
            let all: Heap<&Candidate> = found.iter().flat_map(|(_, notes)| notes).collect();
            assert!(all.len() > 40, "{technique:?} {n}/{d}");
            assert!(
                all.iter().all(|n| (60..=84).contains(&n.pitch.0)),
                "{technique:?}"
            );
            assert!(all.iter().all(|n| n.duration > 0));
        }
    }
}

#[test]
fn what_a_pad_holds_over_belongs_to_the_chord_that_it_is_held_into() {
    let (mut over, mut struck) = (0, 0);
    for seed in 0..6 {
        let mut stage = stage(TextureTechnique::Pad, 4, 4);
        stage.controls.seed = seed;
        stage.controls.humanize = 0;
        let mut sounding: Heap<Candidate> = Heap::new();
        for (bar, notes) in notes(&mut stage) {
            let phrase = stage.phrase(bar as u16);
            for note in &notes {
                sounding.retain(|n| n.grid.0 + n.duration as i64 > note.grid.0);
                let tick = note.grid.0 - bar as i64 * 3840;
                let place = (bar as u16 - phrase.first_bar) as u8;
                let (_, span) = phrase.chord_at(place, (tick / 240) as u8).unwrap();
                let held = sounding.iter().filter(|n| n.grid != note.grid);
                for before in held.filter(|b| meet(&b.gate, &note.gate)) {
                    over += 1;
                    assert!(span.texture.contains(&before.pitch), "{note:?} {before:?}");
                    assert_ne!(before.pitch, note.pitch);
                }
                sounding.push(*note);
                struck += 1;
            }
        }
    }
    assert!(over > 20 && struck > over, "{over} of {struck}");
}

#[test]
fn a_pad_swells_over_its_phrase() {
    let mut stage = stage(TextureTechnique::Pad, 4, 4);
    stage.controls.humanize = 0;
    let found = notes(&mut stage);
    let force = |bars: [i32; 2]| {
        let of = found.iter().filter(|(bar, _)| bars.contains(&(bar % 4)));
        let all: Heap<u32> = of
            .flat_map(|(_, n)| n.iter().map(|n| n.velocity as u32))
            .collect();
        all.iter().sum::<u32>() as f32 / all.len() as f32
    };
    assert!(force([2, 3]) > force([0, 0]) + 3.0);
}

#[test]
fn the_texture_stops_where_drums_and_bass_stop() {
    use music::song::SectionSpec;
    let mut stops = 0;
    for technique in ALL {
        for seed in 0..40 {
            let mut stage = stage(technique, 4, 4);
            stage.controls.seed = seed;
            for (id, kind) in [(0, SectionKind::Build), (1, SectionKind::Drop)] {
                let spec = SectionSpec {
                    id,
                    kind,
                    bars: 4,
                    lanes: Some(music::lane::LaneSet::ALL),
                    ..SectionSpec::default()
                };
                stage.song.form.push(spec).unwrap();
            }
            let bass: Heap<Candidate> = (0..4).flat_map(|b| stage.lane(b, Lane::Bass)).collect();
            let own: Heap<Candidate> = (0..4).flat_map(|b| stage.lane(b, Lane::Texture)).collect();
            let at = |variation: u8| {
                let open = move |n: &&Candidate| {
                    (n.gate.variation.0..=n.gate.variation.1).contains(&variation)
                };
                let last = own
                    .iter()
                    .filter(open)
                    .map(|n| n.grid.0 + n.duration as i64)
                    .max();
                let last_bass = bass
                    .iter()
                    .filter(open)
                    .map(|n| n.grid.0 + n.duration as i64)
                    .max();
                (last.unwrap_or(0), last_bass.unwrap_or(0))
            };
            let (end, bass_end) = at(100);
            if bass_end > 4 * 3840 - 900 {
                continue;
            }
            stops += 1;
            assert!(
                end <= 4 * 3840 - 900,
                "{technique:?} {seed}: {end} {bass_end}"
            );
            assert!(at(0).0 > end, "{technique:?} {seed}");
        }
    }
    assert!(stops > 20, "{stops}");
}

#[test]
fn an_arpeggio_leans_and_breathes() {
    let mut stage = stage(TextureTechnique::Arpeggio, 4, 4);
    stage.controls.humanize = 0;
    let found = notes(&mut stage);
    let mut forces: Heap<u8> = found
        .iter()
        .flat_map(|(_, n)| n.iter().map(|n| n.velocity))
        .collect();
    forces.sort_unstable();
    forces.dedup();
    assert!(forces.len() > 12, "{forces:?}");
    let mut lengths: Heap<i32> = found
        .iter()
        .flat_map(|(_, n)| n.iter().map(|n| n.duration))
        .collect();
    lengths.sort_unstable();
    lengths.dedup();
    assert!(lengths.len() > 4, "{lengths:?}");
}

#[test]
fn one_voice_at_a_time_in_an_arpeggio() {
    let mut stage = stage(TextureTechnique::Arpeggio, 4, 4);
    // The song ends on a chord; a final chorus is doubled.
    for (bar, notes) in notes(&mut stage).into_iter().filter(|(bar, _)| *bar < 52) {
        for (i, a) in notes.iter().enumerate() {
            assert!(
                notes[i + 1..]
                    .iter()
                    .all(|b| b.grid != a.grid || !meet(&a.gate, &b.gate)),
                "bar {bar}"
            );
        }
    }
}

#[test]
fn figures_run_as_they_are_named() {
    let run = |figure: Figure| (0..6).map(|n| figure.voice(n, 4)).collect::<Heap<usize>>();
    assert_eq!(run(Figure::Up), [0, 1, 2, 3, 0, 1]);
    assert_eq!(run(Figure::Down), [3, 2, 1, 0, 3, 2]);
    assert_eq!(run(Figure::UpDown), [0, 1, 2, 3, 2, 1]);
    assert_eq!(run(Figure::Alternating), [0, 1, 0, 2, 0, 3]);
    assert_eq!(run(Figure::Converging), [0, 3, 1, 2, 0, 3]);
    assert_eq!(run(Figure::Alberti), [0, 3, 2, 3, 0, 3]);
    assert_eq!(run(Figure::Octaves), [0, 0, 1, 1, 2, 2]);
    assert_eq!(Figure::UpDown.voice(7, 1), 0);
}

#[test]
fn a_counter_line_answers_the_tune_where_it_rests() {
    let mut answers = 0;
    for seed in 0..6 {
        let mut stage = stage(TextureTechnique::CounterLine, 4, 4);
        stage.styles[0].melody.rests = 80;
        stage.controls.seed = seed;
        for bar in 4..52 {
            let phrase = stage.phrase(bar);
            let inside = (bar - phrase.first_bar) as u8;
            let notes = stage.lane(bar as i32, Lane::Texture);
            let start = bar as i64 * 3840;
            for note in notes.iter().filter(|n| n.role == Role::Voice(1)) {
                answers += 1;
                let tick = note.grid.0 - start;
                let sings = phrase.tune.iter().any(|t| {
                    let usual = t.gate.density <= 60 && t.gate.variation.0 <= 40;
                    let usual = usual && t.gate.variation.1 >= 40 && t.gate.syncopation.0 <= 50;
                    let from = (t.bar as i64 - inside as i64) * 3840 + t.tick as i64;
                    let usual = usual && t.gate.syncopation.1 >= 50;
                    usual && from <= tick && tick < from + t.duration as i64
                });
                assert!(!sings, "bar {bar} {note:?}");
                for other in notes
                    .iter()
                    .filter(|n| n.role != note.role && meet(&n.gate, &note.gate))
                {
                    let apart = other.grid.0 + other.duration as i64 <= note.grid.0
                        || note.grid.0 + note.duration as i64 <= other.grid.0;
                    assert!(apart, "bar {bar} {note:?} {other:?}");
                }
            }
        }
    }
    assert!(answers > 20, "{answers}");
}

#[test]
fn an_arpeggio_runs_more_densely_where_the_tune_rests() {
    use music::lane::LaneSet;
    use music::song::SectionSpec;
    let usual = |seed, lanes: LaneSet| {
        let mut stage = stage(TextureTechnique::Arpeggio, 4, 4);
        stage.styles[0].melody.rests = 80;
        stage.controls.seed = seed;
        let spec = SectionSpec {
            id: 3,
            kind: music::plan::SectionKind::Verse,
            bars: 32,
            lanes: Some(lanes),
            ..SectionSpec::default()
        };
        stage.song.form.push(spec).unwrap();
        let notes = (0..32).flat_map(|bar| stage.lane(bar, Lane::Texture));
        notes.map(|n| (n.grid, n.gate.density)).collect::<Heap<_>>()
    };
    let of = |lanes| {
        (0..8)
            .flat_map(|seed| usual(seed, lanes))
            .collect::<Heap<_>>()
    };
    let alone = of(LaneSet::default().with(Lane::Texture));
    let beside = of(LaneSet::default().with(Lane::Texture).with(Lane::Melody));
    assert_eq!(alone.len(), beside.len());
    let pairs = || alone.iter().zip(&beside);
    assert!(pairs().all(|(a, b)| a.0 == b.0));
    assert!(pairs().any(|(a, b)| b.1 < a.1) && pairs().any(|(a, b)| b.1 > a.1));
}

#[test]
fn a_returning_section_varies_and_a_final_one_is_fuller() {
    use music::plan::SectionKind::Chorus;
    use music::song::SectionSpec;
    let count = |statement, is_final| {
        let mut stage = stage(TextureTechnique::Arpeggio, 4, 4);
        let spec = SectionSpec {
            id: 7,
            kind: Chorus,
            bars: 8,
            statement,
            is_final,
            ..SectionSpec::default()
        };
        stage.song.form.push(spec).unwrap();
        let notes: Heap<Candidate> = (0..7).flat_map(|b| stage.lane(b, Lane::Texture)).collect();
        let usual = |n: &&Candidate| {
            n.gate.density <= 60 && n.gate.variation.0 <= 40 && n.gate.variation.1 >= 40
        };
        let heard: Heap<_> = notes
            .iter()
            .filter(usual)
            .map(|n| (n.grid, n.pitch))
            .collect();
        heard
    };
    assert_ne!(count(0, false), count(2, false));
    assert!(count(0, true).len() > count(0, false).len() + 10);
}
