//! Reads a saved song member by member, so that one damaged member does not cost the others.

use music::retake::Retake;
use music::song::{FORM_BARS, Song};
use serde_json::{Map, Value};

/// The song in `value`, with defaults for what is missing or damaged; `say` is told what was damaged.
pub fn read(value: &Value, say: impl Fn(String)) -> Song {
    let Value::Object(members) = value else {
        if !value.is_null() {
            say("The saved song is not readable; a new song takes its place.".to_owned());
        }
        return Song::default();
    };
    if let Ok(song) = serde_json::from_value::<Song>(value.clone()) {
        return checked(song, &say);
    }
    let mut kept = Map::new();
    for (name, member) in members {
        kept.insert(name.clone(), member.clone());
        if serde_json::from_value::<Song>(Value::Object(kept.clone())).is_err() {
            kept.remove(name);
            say(format!(
                "The saved song's \u{201c}{name}\u{201d} is not readable; its default takes its place."
            ));
        }
    }
    checked(
        serde_json::from_value(Value::Object(kept)).unwrap_or_default(),
        &say,
    )
}

/// Brings numbers into their ranges.
fn checked(mut song: Song, say: &impl Fn(String)) -> Song {
    let bars = song.bars.clamp(*FORM_BARS.start(), *FORM_BARS.end());
    if bars != song.bars {
        say(format!(
            "The saved song has {} bars; {bars} are played.",
            song.bars
        ));
        song.bars = bars;
    }
    if music::time::Meter::new(song.meter.numerator, song.meter.denominator).is_none() {
        say("The saved song's meter cannot be played; 4/4 takes its place.".to_owned());
        song.meter = music::time::Meter::default();
    }
    if !(-100_000..=100_000).contains(&song.start_bar) {
        song.start_bar = 1;
    }
    let mut sections = 0u32;
    for section in &mut song.form {
        section.bars = section.bars.clamp(1, *FORM_BARS.end());
        sections += u32::from(section.bars);
    }
    if sections > u32::from(*FORM_BARS.end()) * 4 {
        say("The saved form is too long; a composed form takes its place.".to_owned());
        song.form.clear();
    }
    if !song
        .chords
        .is_sorted_by_key(|chord| (chord.bar, chord.step))
    {
        song.chords
            .sort_unstable_by_key(|chord| (chord.bar, chord.step));
    }
    if !song.edits.is_sorted_by_key(music::edit::Edit::place) {
        song.edits.sort_unstable_by_key(music::edit::Edit::place);
    }
    if !song.retakes.is_sorted_by_key(Retake::place) {
        song.retakes.sort_unstable_by_key(Retake::place);
    }
    song
}
