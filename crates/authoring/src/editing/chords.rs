//! Chords written as musicians write them, bar by bar: `Dm7 | G7 | Cmaj7`.
//!
//! Several chords in a bar share it evenly, by beats where they can. `%` is the bar before once more; `-` and an
//! empty bar give the bar back to the plan.

use heapless::Vec;
use music::chord::Chord;
use music::song::{MAX_TYPED_CHORDS, Song, TypedChord};
use music::time::Meter;

/// A line of chords: a list a bar, each with its step; an empty list is the plan's own.
pub type Bars = std::vec::Vec<std::vec::Vec<(u8, Chord)>>;

/// Reads a line. `Err` names the first word that is no chord, or a bar with too many.
pub fn read(text: &str, meter: Meter) -> Result<Bars, String> {
    let steps = meter.steps();
    let mut bars = Bars::new();
    let text = text.trim().trim_start_matches('|').trim_end_matches('|');
    for bar in text.split('|') {
        let words: std::vec::Vec<&str> = bar.split_whitespace().filter(|w| *w != "-").collect();
        if words == ["%"] {
            let before = bars.last().cloned().unwrap_or_default();
            bars.push(before);
            continue;
        }
        if words.len() > steps.min(8) {
            return Err(format!("too many chords in a bar: {}", bar.trim()));
        }
        let mut chords = std::vec::Vec::new();
        for (at, word) in words.iter().enumerate() {
            let chord = Chord::parse(word).ok_or_else(|| (*word).to_owned())?;
            chords.push((place(at, words.len(), steps), chord));
        }
        bars.push(chords);
    }
    Ok(bars)
}

/// The step of the `at`-th of `count` chords: on a beat of four steps where there are enough of them.
fn place(at: usize, count: usize, steps: usize) -> u8 {
    let beats = steps / 4;
    if count <= beats {
        (at * beats / count * 4) as u8
    } else {
        (at * steps / count) as u8
    }
}

/// The song with the bars from `first` on as written; behind them everything is as it was.
pub fn written(song: &Song, first: u16, bars: &Bars) -> Option<Song> {
    let end = first.checked_add(bars.len() as u16)?;
    let mut new = std::vec::Vec::new();
    for (bar, chords) in (first..end).zip(bars) {
        if chords.first().is_none_or(|(step, _)| *step > 0) {
            new.push((bar, 0, None));
        }
        new.extend(
            chords
                .iter()
                .map(|(step, chord)| (bar, *step, Some(*chord))),
        );
    }
    replaced(song, (first, 0), (end, 0), &new)
}

/// The song with one chord from a place up to another; `None` is the plan's own there.
pub fn put(song: &Song, from: (u16, u8), to: (u16, u8), chord: Option<Chord>) -> Option<Song> {
    replaced(song, from, to, &[(from.0, from.1, chord)])
}

/// What is typed from a place up to another, replaced; what counted behind it still counts there.
fn replaced(
    song: &Song,
    from: (u16, u8),
    to: (u16, u8),
    new: &[(u16, u8, Option<Chord>)],
) -> Option<Song> {
    let place = |c: &TypedChord| (c.bar, c.step);
    let before = |at: (u16, u8)| {
        let counts = song.chords.iter().take_while(|c| place(c) <= at);
        counts.last().and_then(|c| c.chord)
    };
    let mut all: Vec<TypedChord, MAX_TYPED_CHORDS> = Vec::new();
    let mut sounding = None;
    let mut push = |bar: u16, step: u8, chord: Option<Chord>| {
        if chord == sounding {
            return Some(());
        }
        sounding = chord;
        all.push(TypedChord { bar, step, chord }).ok()
    };
    for c in song.chords.iter().filter(|c| place(c) < from) {
        push(c.bar, c.step, c.chord)?;
    }
    for (bar, step, chord) in new {
        push(*bar, *step, *chord)?;
    }
    push(to.0, to.1, before(to))?;
    for c in song.chords.iter().filter(|c| place(c) > to) {
        push(c.bar, c.step, c.chord)?;
    }
    Some(Song {
        chords: all,
        ..song.clone()
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn four() -> Meter {
        Meter::default()
    }

    fn line(text: &str, meter: Meter) -> std::vec::Vec<std::vec::Vec<(u8, String)>> {
        let bars = read(text, meter).unwrap();
        let plain = |bar: &std::vec::Vec<(u8, Chord)>| {
            let chords = bar.iter();
            chords
                .map(|(s, c)| (*s, c.symbol(false).to_string()))
                .collect()
        };
        bars.iter().map(plain).collect()
    }

    fn typed(song: &Song) -> String {
        let one = |c: &TypedChord| {
            let chord = c
                .chord
                .map_or("-".to_owned(), |c| c.symbol(true).to_string());
            format!("{}.{} {chord}", c.bar, c.step)
        };
        song.chords
            .iter()
            .map(one)
            .collect::<std::vec::Vec<_>>()
            .join(", ")
    }

    #[test]
    fn a_line_is_read_bar_by_bar() {
        let want = |bars: &[&[(u8, &str)]]| -> std::vec::Vec<std::vec::Vec<(u8, String)>> {
            let own = |b: &&[(u8, &str)]| b.iter().map(|(s, t)| (*s, (*t).to_owned())).collect();
            bars.iter().map(own).collect()
        };
        assert_eq!(
            line("Dm7 | G7 | Cmaj7", four()),
            want(&[&[(0, "Dm7")], &[(0, "G7")], &[(0, "Cmaj7")]])
        );
        assert_eq!(
            line("| C Am | F G C/E | % | - |", four()),
            want(&[
                &[(0, "C"), (8, "Am")],
                &[(0, "F"), (4, "G"), (8, "C/E")],
                &[(0, "F"), (4, "G"), (8, "C/E")],
                &[],
            ])
        );
        let waltz = Meter::new(3, 4).unwrap();
        assert_eq!(line("C G", waltz), want(&[&[(0, "C"), (4, "G")]]));
        assert_eq!(read("Dm7 | Hx", four()), Err("Hx".to_owned()));
        assert!(read("C C C C C C C C C", four()).is_err());
    }

    #[test]
    fn what_is_written_counts_in_its_bars_and_nowhere_else() {
        let song = written(&Song::default(), 4, &read("Dm7 | G7 C", four()).unwrap()).unwrap();
        assert_eq!(typed(&song), "4.0 Dm7, 5.0 G7, 5.8 C, 6.0 -");
        let song = written(&song, 5, &read("E7", four()).unwrap()).unwrap();
        assert_eq!(typed(&song), "4.0 Dm7, 5.0 E7, 6.0 -");
        let song = written(&song, 4, &read("- | -", four()).unwrap()).unwrap();
        assert_eq!(typed(&song), "");
    }

    #[test]
    fn one_chord_is_exchanged_between_its_neighbours() {
        let bars = read("C | Am | F", four()).unwrap();
        let song = written(&Song::default(), 0, &bars).unwrap();
        let song = put(&song, (1, 0), (2, 0), Chord::parse("A7")).unwrap();
        assert_eq!(typed(&song), "0.0 C, 1.0 A7, 2.0 F, 3.0 -");
        let song = put(&song, (1, 8), (2, 0), Chord::parse("Eb7")).unwrap();
        assert_eq!(typed(&song), "0.0 C, 1.0 A7, 1.8 Eb7, 2.0 F, 3.0 -");
        let song = put(&song, (1, 0), (2, 0), None).unwrap();
        assert_eq!(typed(&song), "0.0 C, 1.0 -, 2.0 F, 3.0 -");
    }
}
