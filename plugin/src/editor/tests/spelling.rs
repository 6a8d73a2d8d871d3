//! Chords are written in the key of the section that they stand in.

use egui::Shape;
use egui_kittest::Harness;
use music::chord::Chord;
use music::pitch::PitchClass;
use music::plan::{Form, LeadMark, Section};
use music::time::Tick;

use super::rig::Rig;
use super::rig::chord_marks;
use super::window;

/// A song that goes from D to Eb in bar 9, with the same chord in both halves.
fn lifted(bar: f64) -> Harness<'static, Rig> {
    let mut rig = Rig::playing(bar);
    let mut form = Form::default();
    for (first_bar, transpose) in [(0, 0), (8, 1)] {
        let section = Section {
            key: first_bar,
            first_bar,
            bars: 8,
            transpose,
            ..Section::default()
        };
        form.sections.push(section).unwrap();
    }
    (rig.score.form, rig.score.key) = (form, PitchClass(2));
    rig.score.marks = [(0, "Ab"), (4, "D"), (8, "Ab"), (12, "Eb")]
        .map(|(bar, chord)| {
            let chord = Chord::parse(chord).unwrap();
            (Tick(bar * 3840), LeadMark::Chord(chord))
        })
        .to_vec();
    rig.score.chords = chord_marks(&rig.score.marks);
    rig.song.bars = 16;
    rig.pulse.held_chord = Chord::parse("Ab");
    window(rig)
}

/// How often a text stands in the window.
fn count(harness: &Harness<'static, Rig>, text: &str) -> usize {
    let shapes = harness.output().shapes.iter();
    shapes
        .filter(|clipped| matches!(&clipped.shape, Shape::Text(t) if t.galley.text() == text))
        .count()
}

#[test]
fn chords_of_a_lifted_section_are_spelled_by_its_own_key() {
    // The strip has both; the time line and the held chord are where the playhead is.
    let before = lifted(1.0);
    assert_eq!((count(&before, "G#"), count(&before, "Ab")), (3, 1));
    let after = lifted(9.0);
    assert_eq!((count(&after, "G#"), count(&after, "Ab")), (1, 3));
}
