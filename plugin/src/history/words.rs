//! A change of the song in words, where whoever made it gave none.

use music::lane::Lane;
use music::song::{AfterEnd, Song};

/// What changed between two songs, for the list of steps.
pub fn of_song(before: &Song, after: &Song) -> String {
    let mut all: Vec<String> = Vec::new();
    let mut say = |changed: bool, words: String| {
        if changed {
            all.push(words);
        }
    };
    say(
        before.title != after.title,
        format!("Title {}", after.title),
    );
    say(
        before.bars != after.bars,
        format!("Length {} bars", after.bars),
    );
    let starts = before.start_bar != after.start_bar;
    say(starts, format!("Start at host bar {}", after.start_bar));
    let end = match after.after_end {
        AfterEnd::Repeat => "Repeat after the end",
        AfterEnd::Stop => "Stop after the end",
    };
    say(before.after_end != after.after_end, end.to_owned());
    let meter = format!(
        "Meter {}/{}",
        after.meter.numerator, after.meter.denominator
    );
    say(before.meter != after.meter, meter);
    say(before.form != after.form, "Form".to_owned());
    say(before.chords != after.chords, "Chords".to_owned());
    say(before.lanes != after.lanes, "Who plays".to_owned());
    say(
        before.drum_map != after.drum_map,
        format!("Drum map {}", after.drum_map),
    );
    for lane in Lane::PLAYED {
        let changed = before.instruments[lane.index()] != after.instruments[lane.index()];
        say(changed, format!("{} instrument", lane.name()));
    }
    let mix = match after.mix {
        Some(_) => "Mix decided",
        None => "Back to the style's mix",
    };
    say(before.mix != after.mix, mix.to_owned());
    match all.len() {
        0 => "Song".to_owned(),
        1..=3 => all.join(", "),
        _ => format!("{}, {} and {} more", all[0], all[1], all.len() - 2),
    }
}
