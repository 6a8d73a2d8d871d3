//! `[bass]`, `[harmony]`, `[texture]` and `[melody]`: patterns of roles and priorities, progressions,
//! rhythm cells.

use music::style::{
    BassStyle, BassTechnique, CompTechnique, HarmonyStyle, LanePattern, MelodyStyle, Ornament,
    Progression, RhythmCell, Step, TextureStyle, TextureTechnique,
};

use music::technique::Rhythm;

use super::{at_least, kinds, push, range, weight};
use crate::numerals;
use crate::problem::unknown;
use crate::reader::{Place, Reader};
use crate::steps;

/// The value that a word of a short list stands for; the first where the key is missing.
fn choice<T: Copy>(table: &mut Reader<'_>, key: &str, choices: &[(&str, T)]) -> T {
    let written = table.need_text(key);
    chosen(written, key, choices)
}

/// The same for a key that may be left out.
fn choice_or_first<T: Copy>(table: &mut Reader<'_>, key: &str, choices: &[(&str, T)]) -> T {
    let written = table.text(key);
    chosen(written, key, choices)
}

fn chosen<T: Copy>(written: Option<(&str, Place<'_>)>, key: &str, choices: &[(&str, T)]) -> T {
    if let Some((text, place)) = written {
        if let Some((_, value)) = choices.iter().find(|(word, _)| *word == text) {
            return *value;
        }
        let words: Vec<&str> = choices.iter().map(|(word, _)| *word).collect();
        place.wrong(unknown(key, text, &words));
    }
    choices[0].1
}

/// Lays the optional `accent` line over the steps.
fn accent(table: &mut Reader<'_>, steps: &mut [Step]) {
    if let Some((text, place)) = table.text("accent") {
        place.check(steps::overlay(steps, text, 1..=9, |step, digit| {
            step.velocity = steps::accent(digit)
        }));
    }
}

/// Whether a pattern goes round in its own length, and how many beats it may then have.
fn cycle(table: &mut Reader<'_>) -> (bool, &'static [usize]) {
    if table.flag("cycle") {
        (true, &steps::ANY_BEATS)
    } else {
        (false, &steps::BARS)
    }
}

/// What lays a lane's onsets.
pub fn rhythm(table: &mut Reader<'_>) -> Rhythm {
    let Some((text, place)) = table.text("rhythm") else {
        return Rhythm::Style;
    };
    Rhythm::parse(text).unwrap_or_else(|| {
        let names: Vec<String> = Rhythm::ALL.iter().map(|r| r.name().to_string()).collect();
        let names: Vec<&str> = names.iter().map(String::as_str).collect();
        place.wrong(unknown("rhythm", text, &names));
        Rhythm::Style
    })
}

/// A pattern of priorities with holds, and an optional line of voices.
fn lane_pattern(table: &mut Reader<'_>) -> Option<LanePattern> {
    let mut read = LanePattern {
        kinds: kinds(table),
        weight: weight(table),
        ..LanePattern::default()
    };
    let (cycles, beats) = cycle(table);
    let line = table.need_text("play");
    let voices = table.text("voices");
    let mut steps =
        line.and_then(|(text, place)| place.check(steps::priorities(text, beats, true)))?;
    if let Some((text, place)) = voices {
        place.check(steps::overlay(&mut steps, text, 1..=6, |step, digit| {
            step.tag = digit
        }));
    }
    accent(table, &mut steps);
    read.pattern = steps::pattern(&steps, cycles);
    Some(read)
}

pub fn bass(mut table: Reader<'_>, out: &mut BassStyle) {
    let techniques = [
        ("pattern", BassTechnique::Pattern),
        ("walking", BassTechnique::Walking),
        ("sub", BassTechnique::Sub),
    ];
    out.technique = choice(&mut table, "technique", &techniques);
    out.range = range(&mut table, 12);
    out.lock = table.whole("lock", 0..=100, 50);
    out.approach = table.whole("approach", 0..=100, 50);
    out.slide = table.whole("slide", 0..=100, 0);
    for mut item in table.tables("pattern") {
        let mut read = LanePattern {
            kinds: kinds(&mut item),
            weight: weight(&mut item),
            ..LanePattern::default()
        };
        let (cycles, beats) = cycle(&mut item);
        let line = item.need_text("play");
        let priority = item.need_text("priority");
        let steps = line.and_then(|(text, place)| place.check(steps::bass_roles(text, beats)));
        if let Some(mut steps) = steps {
            if let Some((text, place)) = priority {
                let overlaid =
                    steps::overlay(&mut steps, text, 1..=9, |step, digit| step.priority = digit);
                place.check(overlaid);
            }
            accent(&mut item, &mut steps);
            read.pattern = steps::pattern(&steps, cycles);
            push(&mut out.patterns, read, item.place(), "bass patterns");
        }
        item.finish();
    }
    at_least(table.place(), out.patterns.len(), 1, "patterns");
    table.finish();
}

pub fn harmony(mut table: Reader<'_>, out: &mut HarmonyStyle) {
    let techniques = [
        ("block", CompTechnique::Block),
        ("strum", CompTechnique::Strum),
        ("broken", CompTechnique::Broken),
    ];
    out.technique = choice(&mut table, "technique", &techniques);
    out.voices = table.whole("voices", 2..=6, 4);
    out.range = range(&mut table, 12);
    out.sevenths = table.whole("sevenths", 0..=100, 0);
    out.extensions = table.whole("extensions", 0..=100, 0);
    out.borrowed = table.whole("borrowed", 0..=100, 0);
    out.secondary = table.whole("secondary", 0..=100, 0);
    out.cadences = table.whole("cadences", 0..=100, 0);
    out.rootless = table.flag("rootless");
    out.converses = table.flag("converses");
    for mut item in table.tables("progression") {
        let minor = choice(&mut item, "mode", &[("major", false), ("minor", true)]);
        let mut read = Progression {
            kinds: kinds(&mut item),
            minor,
            weight: weight(&mut item),
            ..Progression::default()
        };
        if let Some((text, place)) = item.need_text("chords")
            && let Some(chords) = place.check(numerals::progression(text, minor))
        {
            for chord in chords {
                push(&mut read.chords, chord, &place, "chords in a progression");
            }
            push(&mut out.progressions, read, item.place(), "progressions");
        }
        item.finish();
    }
    for mut item in table.tables("pattern") {
        if let Some(read) = lane_pattern(&mut item) {
            push(&mut out.patterns, read, item.place(), "comping patterns");
        }
        item.finish();
    }
    at_least(table.place(), out.patterns.len(), 1, "patterns");
    at_least(table.place(), out.progressions.len(), 2, "progressions");
    for minor in [false, true] {
        if !out.progressions.iter().any(|p| p.minor == minor) {
            let mode = if minor { "minor" } else { "major" };
            table
                .place()
                .wrong(format!("has no progression with mode = \"{mode}\""));
        }
    }
    table.finish();
}

pub fn texture(mut table: Reader<'_>, out: &mut TextureStyle) {
    let techniques = [
        ("pad", TextureTechnique::Pad),
        ("arpeggio", TextureTechnique::Arpeggio),
        ("counter-line", TextureTechnique::CounterLine),
    ];
    out.technique = choice(&mut table, "technique", &techniques);
    out.range = range(&mut table, 12);
    out.voices = table.whole("voices", 1..=5, 3);
    for mut item in table.tables("pattern") {
        if let Some(read) = lane_pattern(&mut item) {
            push(&mut out.patterns, read, item.place(), "texture patterns");
        }
        item.finish();
    }
    if out.technique != TextureTechnique::Pad {
        at_least(table.place(), out.patterns.len(), 1, "patterns");
    }
    table.finish();
}

pub fn melody(mut table: Reader<'_>, out: &mut MelodyStyle) {
    out.range = range(&mut table, 12);
    out.steps = table.whole("steps", 0..=100, 60);
    out.repeats = table.whole("repeats", 0..=100, 15);
    out.rests = table.whole("rests", 0..=100, 15);
    out.ornaments = table.whole("ornaments", 0..=100, 10);
    let ornaments = [
        ("pop", Ornament::Pop),
        ("blues", Ornament::Blues),
        ("jazz", Ornament::Jazz),
        ("latin", Ornament::Latin),
        ("folk", Ornament::Folk),
    ];
    out.ornament = choice_or_first(&mut table, "ornament", &ornaments);
    for mut item in table.tables("cell") {
        let mut read = RhythmCell {
            weight: weight(&mut item),
            ..RhythmCell::default()
        };
        let line = item.need_text("play");
        let steps =
            line.and_then(|(text, place)| place.check(steps::priorities(text, &[4, 8], true)));
        if let Some(mut steps) = steps {
            accent(&mut item, &mut steps);
            read.pattern = steps::pattern(&steps, false);
            push(&mut out.cells, read, item.place(), "melody cells");
        }
        item.finish();
    }
    at_least(table.place(), out.cells.len(), 1, "cells");
    table.finish();
}
