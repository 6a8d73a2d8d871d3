//! Pads, arpeggios and counter-lines on a stage.

use std::vec::Vec as Heap;

use music::lane::Lane;
use music::note::{Candidate, Gate};
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
fn a_pad_never_holds_two_chords_at_once() {
    let mut stage = stage(TextureTechnique::Pad, 4, 4);
    let mut sounding: Heap<Candidate> = Heap::new();
    for (_, notes) in notes(&mut stage) {
        for note in notes {
            sounding.retain(|n| n.grid.0 + n.duration as i64 > note.grid.0);
            assert!(sounding.iter().all(|n| n.grid == note.grid), "{note:?}");
            sounding.push(note);
        }
    }
}

#[test]
fn one_voice_at_a_time_in_an_arpeggio() {
    let mut stage = stage(TextureTechnique::Arpeggio, 4, 4);
    // The song ends on a chord.
    for (bar, notes) in notes(&mut stage).into_iter().filter(|(bar, _)| *bar < 63) {
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
    assert_eq!(Figure::UpDown.voice(7, 1), 0);
}
