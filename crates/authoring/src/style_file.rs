//! A style file (TOML) to a [`Style`]: what a musician wrote like tab becomes plain tables.
//!
//! Every fault of a file is noted with its line and key; a style with a fault is not used at all, so that
//! nobody hears half of what they wrote. The schema with an example: `presets/styles/README.md`.

mod drums;
pub(crate) mod form;
mod lanes;
mod mix;
pub(crate) mod write;

use music::groove::{GrooveTemplate, SwingTable, SwingUnit};
use music::lane::Lane;
use music::name;
use music::style::{Kinds, Style};

use crate::problem::{Problem, unknown};
use crate::reader::{Place, Reader, Source};

pub use write::write;

/// Longest name on screen, in characters.
const NAME_CHARS: usize = 28;

/// Human music that a style may say it belongs to.
const REFERENCES: [&str; 9] = [
    "pop",
    "rock",
    "funk",
    "latin",
    "jazz",
    "hiphop",
    "soul",
    "afrobeat",
    "neworleans",
];

/// A groove file that styles may name.
#[derive(Clone, Debug)]
pub struct NamedGroove {
    /// Stem of its file.
    pub stem: String,
    /// What it holds.
    pub template: GrooveTemplate,
}

/// Reads a style.
///
/// # Errors
/// Everything that is wrong with the file, by line.
pub fn read(
    file: &str,
    stem: &str,
    text: &str,
    grooves: &[NamedGroove],
) -> Result<Box<Style>, Vec<Problem>> {
    let source = Source::new(file, text);
    let mut style = Box::<Style>::default();
    if let Some(table) = source.parse() {
        let root = Reader::root(&source, &table);
        // styles/rock/my-rock.toml lies in rock.
        let folder = file.split('/').rev().nth(1).unwrap_or("");
        fill(&mut style, stem, folder, root, grooves);
    }
    let problems = source.into_problems();
    if problems.is_empty() {
        Ok(style)
    } else {
        Err(problems)
    }
}

fn fill(
    style: &mut Style,
    stem: &str,
    folder: &str,
    mut root: Reader<'_>,
    grooves: &[NamedGroove],
) {
    style.stem = name(stem);
    for (key, to) in [("name", &mut style.name), ("genre", &mut style.genre)] {
        if let Some((text, place)) = root.need_text(key) {
            if text.is_empty() || text.len() > NAME_CHARS {
                place.wrong(format!(
                    "must have 1 to {NAME_CHARS} letters, has {}",
                    text.len()
                ));
            }
            *to = name(text);
        }
    }
    if let Some((text, place)) = root.text("reference") {
        if !REFERENCES.contains(&text) {
            place.wrong(unknown("reference", text, &REFERENCES));
        }
        style.reference = name(text);
    }
    style.slot = root.need_whole("slot", 0..=255);
    style.minor = match root.need_text("mode") {
        Some(("major", _)) | None => false,
        Some(("minor", _)) => true,
        Some((other, place)) => {
            place.wrong(unknown("mode", other, &["major", "minor"]));
            false
        }
    };
    if let Some(mut tempo) = root.need_table("tempo") {
        let mut bpm = |key: &str| {
            if !tempo.keys().contains(&key) {
                tempo.missing(key);
            }
            tempo.number(key, 20.0..=300.0, 120.0) as u16
        };
        style.tempo = (bpm("low"), bpm("usual"), bpm("high"));
        if style.tempo.0 > style.tempo.1 || style.tempo.1 > style.tempo.2 {
            tempo.place().wrong("low, usual and high must rise");
        }
        tempo.finish();
    }
    if let Some((text, place)) = root.need_text("groove") {
        match grooves.iter().find(|g| g.stem == text) {
            Some(groove) => style.groove = groove.template.clone(),
            None => {
                let stems: Vec<&str> = grooves.iter().map(|g| g.stem.as_str()).collect();
                place.wrong(unknown("groove", text, &stems));
            }
        }
    }
    if let Some(swing) = root.table("swing") {
        style.swing = read_swing(swing);
    }
    if let Some(table) = root.need_table("form") {
        style.form = form::read(table);
    }
    if let Some(mut table) = root.need_table("drums") {
        style.rhythms[Lane::Drums.index()] = lanes::rhythm(&mut table);
        drums::read(table, &mut style.drums);
    }
    if let Some(mut table) = root.need_table("bass") {
        style.rhythms[Lane::Bass.index()] = lanes::rhythm(&mut table);
        lanes::bass(table, &mut style.bass);
    }
    if let Some(mut table) = root.need_table("harmony") {
        style.rhythms[Lane::Harmony.index()] = lanes::rhythm(&mut table);
        lanes::harmony(table, &mut style.harmony);
    }
    if let Some(mut table) = root.need_table("texture") {
        style.rhythms[Lane::Texture.index()] = lanes::rhythm(&mut table);
        lanes::texture(table, &mut style.texture);
    }
    if let Some(mut table) = root.need_table("melody") {
        style.rhythms[Lane::Melody.index()] = lanes::rhythm(&mut table);
        lanes::melody(table, &mut style.melody);
    }
    if let Some(table) = root.need_table("mix") {
        style.mix = mix::read(table, folder);
    }
    root.finish();
}

fn read_swing(mut table: Reader<'_>) -> SwingTable {
    let mut out = SwingTable::default();
    match table.need_text("unit") {
        Some(("eighth", _)) | None => {}
        Some(("sixteenth", _)) => out.unit = SwingUnit::Sixteenth,
        Some((other, place)) => place.wrong(unknown("unit", other, &["eighth", "sixteenth"])),
    }
    if let Some((rows, place)) = table.number_rows("ratio") {
        for row in rows {
            match row[..] {
                [bpm, ratio] if (20.0..=300.0).contains(&bpm) && (1.0..=3.0).contains(&ratio) => {
                    let point = (bpm as u16, (ratio * 1000.0).round() as u16);
                    if out.points.last().is_some_and(|before| before.0 >= point.0) {
                        place.wrong("tempos must rise from row to row");
                    }
                    if out.points.push(point).is_err() {
                        place.wrong("has more than 6 rows");
                        break;
                    }
                }
                _ => place.wrong("each row must be [BPM from 20 to 300, ratio from 1 to 3]"),
            }
        }
    } else {
        table.missing("ratio");
    }
    table.finish();
    out
}

/// The sections that a pattern is `for`; every kind where the key is left out.
fn kinds(table: &mut Reader<'_>) -> Kinds {
    let Some((text, place)) = table.text("for") else {
        return Kinds::default();
    };
    let mut out = Kinds::default();
    for word in text.split_whitespace() {
        if let Some(kind) = place.check(form::kind(word)) {
            out = out.with(kind);
        }
    }
    out
}

/// How often it is chosen among those that fit, 1–9.
fn weight(table: &mut Reader<'_>) -> u8 {
    table.whole("weight", 1..=9, 5)
}

/// The lowest and highest pitch that `range = [low, high]` gives as MIDI numbers.
fn range(table: &mut Reader<'_>, least: u8) -> (u8, u8) {
    let Some((list, place)) = table.numbers("range") else {
        table.missing("range");
        return (0, 127);
    };
    match list[..] {
        [low, high] if low >= 0.0 && high <= 127.0 && high - low >= least as f64 => {
            (low as u8, high as u8)
        }
        _ => {
            place.wrong(format!(
                "must be [low, high] in MIDI pitches (C4 = 60), {least} or more apart"
            ));
            (0, 127)
        }
    }
}

/// Adds to a list of limited length, or says that it is full.
fn push<T, const N: usize>(list: &mut heapless::Vec<T, N>, item: T, place: &Place<'_>, what: &str) {
    if list.push(item).is_err() {
        place.wrong(format!("there are more than {N} {what}"));
    }
}

/// Fails where there are too few of something.
fn at_least(place: &Place<'_>, count: usize, least: usize, what: &str) {
    if count < least {
        place.wrong(format!("has {count} {what}, needs {least} or more"));
    }
}
