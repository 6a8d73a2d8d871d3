//! Laying progressions over phrases.

use std::vec::Vec as Heap;

use music::pitch::PitchClass;
use music::plan::{Phrase, SectionKind};
use music::roman::Roman;
use music::song::SectionSpec;
use music::style::{Kinds, Progression, ProgressionChord};

use super::over;
use crate::fixture::Stage;

fn chord(degree: u8, half_bars: u8) -> ProgressionChord {
    ProgressionChord {
        roman: Roman {
            degree,
            ..Roman::default()
        },
        half_bars,
    }
}

fn phrase(first_in_section: u16, bars: u16) -> Phrase {
    Phrase {
        first_in_section,
        bars,
        ..Phrase::default()
    }
}

#[test]
fn a_progression_goes_round_with_the_section() {
    let chords = [chord(0, 2), chord(5, 2), chord(3, 1), chord(4, 1)];
    let laid = over(&chords, &phrase(0, 4));
    let degrees = |laid: &super::Laid| {
        laid.cells
            .iter()
            .map(|c| c.roman.degree)
            .collect::<heapless::Vec<u8, 16>>()
    };
    assert_eq!(degrees(&laid), [0, 0, 5, 5, 3, 4, 0, 0]);
    assert!(!laid.closes);
    // The next phrase goes on where this one stopped, without having seen it.
    let next = over(&chords, &phrase(4, 2));
    assert_eq!(degrees(&next), [5, 5, 3, 4]);
    assert!(next.closes);
    assert_eq!(next.cells[0].round, 1);
}

#[test]
fn chords_of_no_length_do_not_hang() {
    let laid = over(&[chord(0, 0), chord(4, 0)], &phrase(3, 2));
    assert_eq!(laid.cells.len(), 4);
}

/// Roots by bar of a section of four bars and of another, where the style has two progressions for the first and one
/// for the other; `shared` lets the first section's be played in the other.
fn beside(
    seed: u16,
    other: SectionKind,
    known: SectionKind,
    shared: bool,
) -> [Heap<PitchClass>; 2] {
    let mut stage = Stage::new(0, 4, 4);
    stage.controls.seed = seed;
    for (id, kind) in [known, other].into_iter().enumerate() {
        let _ = stage.song.form.push(SectionSpec {
            id: id as u16,
            kind,
            bars: 4,
            ..SectionSpec::default()
        });
    }
    let style = &mut stage.styles[0].harmony;
    (style.secondary, style.borrowed, style.cadences) = (0, 0, 0);
    let kinds = Kinds::default().with(known);
    let both = if shared { kinds.with(other) } else { kinds };
    style.progressions.clear();
    for (kinds, degree) in [(both, 0), (both, 3), (Kinds::default().with(other), 5)] {
        let mut progression = Progression {
            kinds,
            weight: 5,
            ..Progression::default()
        };
        let _ = progression.chords.push(chord(degree, 2));
        let _ = progression.chords.push(chord(4, 2));
        let _ = style.progressions.push(progression);
    }
    [0, 4].map(|bar| {
        let phrase = stage.phrase(bar);
        let roots = (0..3).filter_map(|bar| phrase.chord_at(bar, 0));
        roots.map(|(_, span)| span.chord.root).collect()
    })
}

#[test]
fn a_solo_goes_over_the_chorus_and_a_build_over_the_pre_chorus() {
    for (other, known) in [
        (SectionKind::Solo, SectionKind::Chorus),
        (SectionKind::Solo, SectionKind::Verse),
        (SectionKind::Build, SectionKind::PreChorus),
    ] {
        for seed in 0..12 {
            let [sung, played] = beside(seed, other, known, true);
            assert_eq!(sung, played, "{seed} {other:?}");
            let [sung, played] = beside(seed, other, known, false);
            assert_ne!(sung, played, "{seed} {other:?}");
        }
    }
}
