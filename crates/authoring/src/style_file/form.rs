//! `[form]`: how a song of the style is built, its energy and who plays when.

use music::lane::{Lane, LaneSet};
use music::pitch::Scale;
use music::plan::SectionKind;
use music::style::{FormStep, FormStyle};

use super::push;
use crate::problem::unknown;
use crate::reader::Reader;

/// Taste: energy in percent of each kind of section where the file says nothing, in the frozen order.
const USUAL_ENERGY: [u8; SectionKind::COUNT] = [35, 50, 60, 75, 55, 70, 30, 65, 90, 35];

/// A section's word.
///
/// # Errors
/// Names the nearest word.
pub fn kind(word: &str) -> Result<SectionKind, String> {
    let words: Vec<&str> = SectionKind::ALL.iter().map(|k| k.word()).collect();
    SectionKind::ALL
        .into_iter()
        .find(|k| k.word() == word)
        .ok_or_else(|| unknown("section", word, &words))
}

/// A set of lanes, by words; `all` is everyone.
///
/// # Errors
/// Names the nearest word.
pub fn lanes(text: &str) -> Result<LaneSet, String> {
    let mut out = LaneSet::default();
    for word in text.split_whitespace() {
        if word == "all" {
            return Ok(LaneSet::ALL);
        }
        match Lane::ALL.into_iter().find(|lane| lane.id() == word) {
            Some(lane) => out = out.with(lane),
            None => {
                let mut ids: Vec<&str> = Lane::ALL.iter().map(|lane| lane.id()).collect();
                ids.push("all");
                return Err(unknown("lane", word, &ids));
            }
        }
    }
    if out == LaneSet::default() {
        Err("names no lane".to_string())
    } else {
        Ok(out)
    }
}

/// A scale's word: its screen name in lower case with hyphens.
///
/// # Errors
/// Names the nearest word.
pub fn scale(word: &str) -> Result<Scale, String> {
    let words = Scale::ALL.map(|s| s.name().to_lowercase().replace(' ', "-"));
    let found = words
        .iter()
        .position(|w| w == word)
        .map(|index| Scale::ALL[index]);
    found.ok_or_else(|| unknown("scale", word, &words.each_ref().map(String::as_str)))
}

pub fn read(mut table: Reader<'_>) -> FormStyle {
    let mut out = FormStyle {
        energy: USUAL_ENERGY,
        ..FormStyle::default()
    };
    if let Some((text, place)) = table.need_text("order") {
        for part in text.split('|') {
            let words: Vec<&str> = part.split_whitespace().collect();
            let [word, bars] = words[..] else {
                place.wrong(format!(
                    "\"{}\" must be a section and its bars, as in \"verse 8\"",
                    part.trim()
                ));
                continue;
            };
            let Some(kind) = place.check(kind(word)) else {
                continue;
            };
            match bars.parse::<u8>() {
                Ok(bars @ 1..=32) => push(
                    &mut out.template,
                    FormStep { kind, bars },
                    &place,
                    "sections",
                ),
                _ => place.wrong(format!("\"{bars}\" bars of {word} must be 1 to 32")),
            }
        }
    }
    out.modulation = table.whole("modulation", 0..=100, 0);
    for kind in SectionKind::ALL {
        let Some(mut section) = table.table(kind.word()) else {
            continue;
        };
        let slot = kind as usize;
        out.energy[slot] = section.whole("energy", 0..=100, USUAL_ENERGY[slot]);
        if let Some((text, place)) = section.text("lanes")
            && let Some(set) = place.check(lanes(text))
        {
            out.lanes[slot] = set;
        }
        section.finish();
    }
    table.finish();
    out
}
