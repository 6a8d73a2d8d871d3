//! Takes what a song can use out of anybody's MIDI file: its chords, its tune, its feel.
//!
//! Bars count from the first one with notes, so that a file that begins at bar 17 of a session starts at once. Takes
//! its time; never on the audio thread.

use files::midi::{AnyFile, FileNote, Mark};
use music::chord::Chord;
use music::lane::Lane;
use music::time::{Meter, TICKS_PER_STEP, Tick};

use crate::editing::chords::Bars;
use crate::groove_extract::{Extracted, extract};
use crate::learn::heard_chords;
use crate::parts;

/// Notes that start this close together are one chord, ticks. Taste: a 32nd, a strum included.
const TOGETHER: i64 = 120;

/// The chords of a file, bar by bar of a song in `meter`: those that its markers name, else those that are heard.
///
/// # Errors
/// In words, where there are none.
pub fn chords(file: &AnyFile, meter: Meter) -> Result<Bars, String> {
    let named = named(file, meter);
    if !named.is_empty() {
        return Ok(named);
    }
    let first = first_bar(file).ok_or("has no notes")?;
    let half = (meter.steps() / 2) as u8;
    let heard = heard_chords(file)?;
    let bars: Bars = heard
        .into_iter()
        .skip(first)
        .map(|[a, b]| {
            let second = b.filter(|_| b != a).map(|chord| (half, chord));
            a.map(|chord| (0, chord))
                .into_iter()
                .chain(second)
                .collect()
        })
        .collect();
    if bars.iter().all(Vec::is_empty) {
        return Err("has no chords that can be heard".to_owned());
    }
    Ok(bars)
}

/// Chords of markers like `chord:Dm7`.
fn named(file: &AnyFile, meter: Meter) -> Bars {
    let chord = |(at, text): &(Tick, String)| match Mark::parse(text)? {
        Mark::Chord(symbol) => Some((*at, Chord::parse(&symbol)?)),
        Mark::Section(_) => None,
    };
    let all: Vec<(Tick, Chord)> = file.markers.iter().filter_map(chord).collect();
    let starts = file.bars();
    let mut bars: Bars = Vec::new();
    for (index, bar) in starts.iter().enumerate() {
        let next = starts.get(index + 1);
        let end = next.map_or(bar.start.0 + bar.meter.bar_ticks(), |next| next.start.0);
        let inside = all
            .iter()
            .filter(|(at, _)| (bar.start.0..end).contains(&at.0));
        let step = |at: &Tick| ((at.0 - bar.start.0) / TICKS_PER_STEP) as usize;
        let last = meter.steps().saturating_sub(1);
        let mut chords: Vec<(u8, Chord)> = inside
            .map(|(at, chord)| (step(at).min(last) as u8, *chord))
            .collect();
        let before = bars
            .last()
            .and_then(|bar| bar.last())
            .map(|(_, chord)| *chord);
        // A chord that goes on over the bar line.
        if chords.first().is_none_or(|(step, _)| *step > 0)
            && let Some(before) = before
        {
            chords.insert(0, (0, before));
        }
        if !chords.is_empty() {
            bars.push(chords);
        }
    }
    bars
}

/// The tune of a file, one note at a time, from the start of its first bar with notes.
///
/// # Errors
/// In words, where there is none.
pub fn melody(file: &AnyFile) -> Result<Vec<FileNote>, String> {
    let mut notes = parts::notes_of(file, Lane::Melody);
    if notes.is_empty() {
        // Chords alone: their highest voice.
        let lanes = parts::lanes_of(file);
        let pitched = file.tracks.iter().zip(lanes);
        let pitched = pitched.filter(|(_, lane)| *lane != Some(Lane::Drums));
        let fullest = pitched
            .map(|(track, _)| track)
            .max_by_key(|t| t.notes.len());
        notes = fullest.map(|track| track.notes.clone()).unwrap_or_default();
    }
    let mut tune: Vec<FileNote> = Vec::new();
    for note in notes {
        match tune.last_mut() {
            Some(last) if note.onset.since(last.onset) < TOGETHER => {
                if note.pitch > last.pitch {
                    *last = FileNote {
                        onset: last.onset,
                        ..note
                    };
                }
            }
            Some(last) => {
                last.duration = last.duration.min(note.onset.since(last.onset));
                tune.push(note);
            }
            None => tune.push(note),
        }
    }
    let first = tune.first().ok_or("has no notes but drums")?.onset;
    let bars = file.bars();
    let start = bars.iter().rev().find(|bar| bar.start <= first);
    let start = start.map_or(0, |bar| bar.start.0);
    for note in &mut tune {
        note.onset.0 -= start;
    }
    Ok(tune)
}

/// The feel of a file and whose it is: the drummer's, or that of whoever plays most.
///
/// # Errors
/// In words, where nobody plays enough.
pub fn groove(file: &AnyFile) -> Result<(Extracted, Lane), String> {
    let mut lanes: Vec<(usize, Lane)> = Lane::PLAYED
        .map(|lane| (parts::notes_of(file, lane).len(), lane))
        .into();
    lanes.sort_by_key(|(count, lane)| (*lane != Lane::Drums, usize::MAX - count));
    let mut why = "has no notes".to_owned();
    for (_, lane) in lanes.into_iter().filter(|(count, _)| *count > 0) {
        match extract(file, lane, None) {
            Ok(found) => return Ok((found, lane)),
            Err(said) => why = said,
        }
    }
    Err(why)
}

/// The first bar in which somebody plays.
fn first_bar(file: &AnyFile) -> Option<usize> {
    let first = file.tracks.iter().filter_map(|t| t.notes.first()).min()?;
    let bars = file.bars();
    bars.iter().rposition(|bar| bar.start <= first.onset)
}

#[cfg(test)]
mod tests;
