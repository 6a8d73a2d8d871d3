//! The song as text for a letter or a notebook: a lead sheet, or a lane note by note.

use std::fmt::Write;

use music::drum::Piece;
use music::lane::Lane;
use music::note::Note;
use music::pitch::PitchClass;
use music::plan::{LeadMark, Section};
use music::spelling::writes_flat;

use super::Scope;
use crate::snapshot::Score;

/// Bars of a line of the lead sheet. Taste: as fake books have them.
const BARS_A_LINE: u16 = 4;

/// A part of the score; the chords of the song or a section, the notes of a lane or a selection.
pub fn of(score: &Score, title: &str, scope: &Scope) -> String {
    match scope {
        Scope::Song => sheet(score, title, |_| true),
        Scope::Section(key) => sheet(score, title, |section| section.key == *key),
        Scope::Bars(bars) => {
            let within = |section: &Section| {
                section.first_bar < bars.end && bars.start < section.first_bar + section.bars
            };
            sheet(score, title, within)
        }
        Scope::Lane(lane) => lane_text(score, title, *lane, |_| true),
        Scope::Notes(notes) => {
            let lane = notes.first().map_or(Lane::Melody, |note| note.spot.lane);
            let written = &score.origins[lane.index()];
            lane_text(score, title, lane, |index| {
                written.get(index).is_some_and(|note| notes.contains(note))
            })
        }
    }
}

fn head(score: &Score, title: &str) -> String {
    let title = if title.trim().is_empty() {
        "MuseAroo"
    } else {
        title
    };
    let flat = writes_flat(score.key, score.scale, score.key);
    format!(
        "{title}\n{} {}, {}/{}\n",
        class(score.key, flat),
        score.scale.name().to_lowercase(),
        score.meter.numerator,
        score.meter.denominator
    )
}

const fn class(class: PitchClass, flat: bool) -> &'static str {
    let names = if flat {
        PitchClass::FLATS
    } else {
        PitchClass::SHARPS
    };
    names[class.0 as usize % 12]
}

/// Sections with their chords, four bars a line; a bar in which the chord goes on names it again, so that every line
/// can be typed back into the chord lane.
fn sheet(score: &Score, title: &str, wanted: impl Fn(&Section) -> bool) -> String {
    let mut out = head(score, title);
    let bar_ticks = score.meter.bar_ticks().max(1);
    let chords: Vec<(i64, String)> = score
        .marks
        .iter()
        .filter_map(|(at, mark)| match mark {
            LeadMark::Chord(chord) => {
                let key = score.form.key_at((at.0 / bar_ticks) as u16, score.key);
                let flat = writes_flat(key, score.scale, chord.root);
                Some((at.0, chord.symbol(flat).to_string()))
            }
            LeadMark::Section(_) => None,
        })
        .collect();
    for section in score.form.sections.iter().filter(|s| wanted(s)) {
        let _ = writeln!(out, "\n[{}, {} bars]", section.kind.title(), section.bars);
        for bar in 0..section.bars {
            let from = i64::from(section.first_bar + bar) * bar_ticks;
            let before = chords.partition_point(|c| c.0 <= from);
            let sounding = before.checked_sub(1).map(|i| chords[i].1.as_str());
            let inside = chords[before..].iter();
            let inside = inside.take_while(|c| c.0 < from + bar_ticks);
            let names = sounding.into_iter().chain(inside.map(|c| c.1.as_str()));
            let names: Vec<&str> = names.collect();
            let _ = write!(
                out,
                "| {} ",
                if names.is_empty() {
                    "-".into()
                } else {
                    names.join(" ")
                }
            );
            if (bar + 1) % BARS_A_LINE == 0 || bar + 1 == section.bars {
                out.push_str("|\n");
            }
        }
    }
    out
}

/// Bar, beat and tick, note, velocity, length in beats.
fn lane_text(score: &Score, title: &str, lane: Lane, wanted: impl Fn(usize) -> bool) -> String {
    let mut out = head(score, title);
    let bar = score.meter.bar_ticks().max(1);
    let beat = bar / i64::from(score.meter.numerator.max(1));
    let _ = writeln!(out, "{}: bar.beat.tick  note  velocity  beats", lane.name());
    let notes = score.notes[lane.index()].iter().enumerate();
    for (_, note) in notes.filter(|(index, _)| wanted(*index)) {
        let at = note.onset.0;
        let (in_bar, number) = (at.rem_euclid(bar), at.div_euclid(bar) + 1);
        let _ = writeln!(
            out,
            "{number}.{}.{:03}  {:<8}  {:>3}  {:.2}",
            in_bar / beat + 1,
            in_bar % beat,
            name(score, lane, note),
            note.velocity,
            note.duration as f64 / beat as f64
        );
    }
    out
}

fn name(score: &Score, lane: Lane, note: &Note) -> String {
    if lane == Lane::Drums
        && let Some(piece) = Piece::from_general_midi(note.pitch)
    {
        return piece.word().to_owned();
    }
    let flat = writes_flat(score.key, score.scale, note.pitch.class());
    let octave = i16::from(note.pitch.0 / 12) - 1;
    format!("{}{octave}", class(note.pitch.class(), flat))
}
