use std::vec::Vec as Heap;

use music::lane::{Lane, LaneSet};
use music::plan::{Form, SectionKind};
use music::song::SectionSpec;

use super::phrases::phrase_at;
use crate::fixture::{Stage, rock};

fn form_of(bars: u16, seed: u16) -> Form {
    let mut stage = Stage::new(0, 4, 4);
    stage.song.bars = bars;
    stage.controls.seed = seed;
    stage.form()
}

fn kinds(form: &Form) -> Heap<(SectionKind, u16)> {
    form.sections.iter().map(|s| (s.kind, s.bars)).collect()
}

#[test]
fn every_length_is_kept_exactly() {
    for bars in 4..=400 {
        for seed in 0..3 {
            let form = form_of(bars, seed);
            assert_eq!(form.bars(), bars, "{:?}", kinds(&form));
            let mut next = 0;
            for section in &form.sections {
                assert_eq!(section.first_bar, next);
                assert!(
                    section.bars > 0 && section.bars <= 40,
                    "{bars}: {section:?}"
                );
                next += section.bars;
            }
        }
    }
}

#[test]
fn the_template_itself_is_left_as_written() {
    let form = form_of(64, 1);
    let written: Heap<_> = rock()
        .form
        .template
        .iter()
        .map(|s| (s.kind, s.bars as u16))
        .collect();
    assert_eq!(kinds(&form), written);
}

#[test]
fn short_songs_keep_verse_and_chorus() {
    use SectionKind::{Chorus, Intro, Outro, Verse};
    assert_eq!(kinds(&form_of(8, 1)), [(Verse, 4), (Chorus, 4)]);
    assert_eq!(kinds(&form_of(4, 1)).len(), 1);
    assert_eq!(kinds(&form_of(16, 1)), [(Verse, 8), (Chorus, 8)]);
    let form = form_of(32, 1);
    assert_eq!(form.sections.first().map(|s| s.kind), Some(Intro));
    assert_eq!(form.sections.last().map(|s| s.kind), Some(Outro));
    assert!(form.sections.iter().filter(|s| s.kind == Chorus).count() >= 1);
}

#[test]
fn long_songs_return_to_their_hook() {
    let form = form_of(400, 1);
    assert!(
        form.sections
            .iter()
            .filter(|s| s.kind == SectionKind::Chorus)
            .count()
            >= 10
    );
    assert_eq!(
        form.sections.last().map(|s| s.kind),
        Some(SectionKind::Outro)
    );
    assert_eq!(
        form.sections
            .iter()
            .filter(|s| s.kind == SectionKind::Outro)
            .count(),
        1
    );
}

#[test]
fn the_user_s_sections_come_first() {
    let mut stage = Stage::new(0, 4, 4);
    let only = SectionSpec {
        id: 77,
        kind: SectionKind::Solo,
        bars: 5,
        lanes: Some(LaneSet::default().with(Lane::Bass)),
        energy: Some(91),
        ..SectionSpec::default()
    };
    stage.song.form.push(only).unwrap();
    let form = stage.form();
    assert_eq!((form.bars(), form.sections.len()), (5, 1));
    assert_eq!((form.sections[0].id, form.sections[0].energy), (77, 91));
    let notes = stage.bar(0);
    assert!(notes.lane(Lane::Drums).is_empty() && !notes.lane(Lane::Bass).is_empty());
}

#[test]
fn choruses_are_hotter_than_verses_and_builds_rise() {
    let form = form_of(64, 1);
    let of = |kind| form.sections.iter().find(|s| s.kind == kind).unwrap();
    assert!(of(SectionKind::Chorus).energy > of(SectionKind::Verse).energy + 10);
    assert!(of(SectionKind::PreChorus).energy_end > of(SectionKind::PreChorus).energy);
    assert!(of(SectionKind::Outro).energy_end < of(SectionKind::Outro).energy);
}

#[test]
fn phrases_fill_their_section_without_gaps() {
    let style = rock();
    for bars in 1..60 {
        let mut stage = Stage::new(0, 4, 4);
        let spec = SectionSpec {
            id: 1,
            kind: SectionKind::Verse,
            bars,
            lanes: None,
            energy: None,
            ..SectionSpec::default()
        };
        stage.song.form.push(spec).unwrap();
        let section = stage.form().sections[0];
        let mut next = 0;
        while next < bars {
            let span = phrase_at(&style, &section, next);
            assert_eq!(span.first, next, "{bars} bars");
            assert!(span.bars >= 1 && span.bars <= 8);
            for bar in next..next + span.bars {
                assert_eq!(phrase_at(&style, &section, bar), span);
            }
            next += span.bars;
        }
        assert_eq!(next, bars);
    }
}

#[test]
fn a_song_of_absurd_sections_is_cut_to_size() {
    let mut stage = Stage::new(0, 4, 4);
    for id in 0..80 {
        let spec = SectionSpec {
            id,
            kind: SectionKind::Verse,
            bars: u16::MAX,
            lanes: None,
            energy: None,
            ..SectionSpec::default()
        };
        stage.song.form.push(spec).unwrap();
    }
    assert_eq!(stage.form().bars(), 32_000);
    assert!(!stage.bar(31_999).lane(Lane::Drums).is_empty());
}

#[test]
fn returns_are_counted_and_the_last_chorus_is_final() {
    let form = form_of(64, 1);
    let choruses: Heap<_> = form
        .sections
        .iter()
        .filter(|s| s.kind == SectionKind::Chorus)
        .map(|s| (s.statement, s.is_final))
        .collect();
    assert_eq!(choruses, [(0, false), (1, false), (2, true)]);
}

/// Where a form is lifted: the first lifted section's kind and height, for many seeds.
fn lifts(modulation: u8, style: u8) -> Heap<Form> {
    let mut out = Heap::new();
    for seed in 0..60 {
        let mut stage = Stage::new(0, 4, 4);
        stage.styles[0].form.modulation = style;
        stage.controls.modulation = modulation;
        stage.controls.seed = seed;
        out.push(stage.form());
    }
    out
}

#[test]
fn the_end_is_lifted_as_often_as_style_and_control_say() {
    let lifted = |forms: &[Form]| {
        let up = |f: &&Form| f.sections.iter().any(|s| s.transpose != 0);
        forms.iter().filter(up).count()
    };
    assert_eq!(lifted(&lifts(0, 100)), 0);
    assert_eq!(lifted(&lifts(50, 0)), 0);
    assert_eq!(lifted(&lifts(100, 0)), 60);
    assert_eq!(lifted(&lifts(50, 100)), 60);
    assert!((15..45).contains(&lifted(&lifts(50, 50))));
}

#[test]
fn a_lift_starts_with_the_last_chorus_and_is_led_to() {
    for form in lifts(100, 0) {
        let first = form.sections.iter().position(|s| s.transpose != 0).unwrap();
        let by = form.sections[first].transpose;
        assert!((1..=3).contains(&by) && form.sections[first].is_final);
        assert_eq!(form.sections[first].kind, SectionKind::Chorus);
        for (i, section) in form.sections.iter().enumerate() {
            assert_eq!(section.transpose, if i < first { 0 } else { by });
            assert_eq!(section.leads_to, if i + 1 < first { 0 } else { by });
        }
    }
}

#[test]
fn typed_chords_keep_the_key() {
    let mut stage = Stage::new(0, 4, 4);
    stage.controls.modulation = 100;
    let typed = music::song::TypedChord {
        bar: 2,
        step: 0,
        chord: None,
    };
    stage.song.chords.push(typed).unwrap();
    assert!(stage.form().sections.iter().all(|s| s.transpose == 0));
}
