//! Ways into another key.

use music::chord::Chord;
use music::pitch::{PitchClass, Scale};
use music::plan::SectionKind;
use music::song::{SectionSpec, TypedChord};
use music::technique::Modulation;

use super::pivot;
use crate::fixture::Stage;

fn symbols(
    modulation: Modulation,
    leads_to: i8,
    typed: Option<&str>,
) -> std::vec::Vec<(u8, u8, std::string::String)> {
    let mut stage = Stage::new(0, 4, 4);
    for (id, transpose) in [(1, 0), (2, leads_to)] {
        let spec = SectionSpec {
            id,
            kind: SectionKind::Chorus,
            bars: 8,
            transpose,
            leads_to,
            modulation,
            ..SectionSpec::default()
        };
        stage.song.form.push(spec).unwrap();
    }
    if let Some(text) = typed {
        let chord = Chord::parse(text);
        let typed = TypedChord {
            bar: 7,
            step: 0,
            chord,
        };
        stage.song.chords.push(typed).unwrap();
    }
    let phrase = stage.phrase(7);
    let last = phrase.bars as u8 - 1;
    let chords = phrase.chords.iter().filter(|c| c.bar == last);
    chords
        .map(|c| (c.bar, c.step, c.chord.symbol(true).as_str().into()))
        .collect()
}

#[test]
fn the_truck_driver_changes_gear_in_the_last_half_bar() {
    for (by, fifth) in [(1, "Ab7"), (2, "A7"), (3, "Bb7")] {
        let found = symbols(Modulation::TruckDriver, by, None);
        let last = found.last().unwrap();
        assert_eq!((last.1, last.2.as_str()), (8, fifth));
    }
}

#[test]
fn a_pivot_belongs_to_both_keys_and_leads_to_the_new_dominant() {
    let found = symbols(Modulation::Pivot, 2, None);
    let names: std::vec::Vec<&str> = found.iter().map(|c| c.2.as_str()).collect();
    assert_eq!(names, ["Em", "A7"]);
    for by in -5..=6 {
        let new = PitchClass(0).up(by);
        let found = pivot(PitchClass(0), new, Scale::Major);
        assert!(
            found.tones().iter().all(|t| Scale::Major.contains(new, *t)),
            "{by}"
        );
    }
}

#[test]
fn a_key_that_stays_or_simply_begins_is_not_led_to() {
    let plain = symbols(Modulation::Direct, 2, None);
    assert!(plain.iter().all(|c| c.2 != "A7"));
    assert_eq!(
        symbols(Modulation::Pivot, 0, None),
        symbols(Modulation::Direct, 0, None)
    );
}

#[test]
fn typed_chords_are_kept_at_the_end() {
    let found = symbols(Modulation::TruckDriver, 2, Some("Fm6"));
    assert_eq!(found.len(), 1);
    assert_eq!(found[0].2, "Fm6");
}
