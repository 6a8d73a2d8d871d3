//! Everything learnt as one style: the nearest built-in one, with what the songs said in its place.

use music::groove::{SwingTable, SwingUnit};
use music::lane::Lane;
use music::name;
use music::plan::SectionKind;
use music::style::{Kinds, LanePattern, Pattern, Style};
use music::technique::Rhythm;

use super::source::{STEPS, Song};
use super::{LearnError, Learnt, Wish, bass, chords, comping, drums, melody};
use crate::Library;
use crate::library::style_texts;
use crate::style_file::{self, NamedGroove};

/// Slots that are nobody's: looked through from the top. Reference: presets/styles/README.md.
const SLOTS: core::ops::RangeInclusive<u8> = 176..=255;

/// Writes the style that some songs have in common.
pub fn style(songs: &[Song], wish: &Wish, library: &Library) -> Result<Learnt, LearnError> {
    let (near, groove) = template(songs, library)
        .ok_or_else(|| LearnError::Unreadable("there is no style to start from".to_string()))?;
    let mut style = near.clone();
    style.name = cut(&wish.name);
    style.stem = name(&wish.stem);
    style.reference.clear();
    style.slot = free_slot(library, &wish.stem);
    style.minor = chords::is_minor(songs);
    style.tempo = tempo(songs);
    style.swing = swing(songs);
    let mut missing = Vec::new();
    let mut own = |lane: Lane, learnt: bool, rhythm: &mut Rhythm| {
        if learnt {
            *rhythm = Rhythm::Style;
        } else {
            missing.push(lane.id());
        }
    };
    let sections = style.form.template.iter();
    let energy = sections.map(|s| style.form.energy[s.kind as usize]).max();
    let energy = energy.unwrap_or(75);
    let rhythms = &mut style.rhythms;
    own(
        Lane::Drums,
        drums::learn(songs, energy, &mut style.drums),
        &mut rhythms[0],
    );
    own(
        Lane::Bass,
        bass::learn(songs, &mut style.bass),
        &mut rhythms[1],
    );
    own(
        Lane::Harmony,
        comping::learn(songs, &mut style.harmony),
        &mut rhythms[2],
    );
    own(
        Lane::Texture,
        comping::texture(songs, &mut style.texture),
        &mut rhythms[3],
    );
    own(
        Lane::Melody,
        melody::learn(songs, &mut style.melody),
        &mut rhythms[4],
    );
    let progressions = chords::progressions(songs, &mut style.harmony);
    if !missing.contains(&"drums") {
        style.drums.polyrhythm = (0, 0);
    }
    open_up(&mut style);
    let bars = songs.iter().map(|s| s.bars.len()).sum();
    let mut comments = vec![
        format!(
            "{}: learnt from {} {} with {bars} bars.",
            wish.name,
            songs.len(),
            if songs.len() == 1 { "song" } else { "songs" }
        ),
        "Digits are how often a step was struck, accents how hard; bars were gathered into kinds. Edit it like any style."
            .to_string(),
        format!(
            "Form, mix and feel come from the built-in style \"{}\", whose parts are nearest.",
            near.stem
        ),
    ];
    if !missing.is_empty() {
        comments.push(format!(
            "Nobody played {}: as in \"{}\".",
            missing.join(", "),
            near.stem
        ));
    }
    let mode = if style.minor { "minor" } else { "major" };
    let notes = [
        (
            "drums",
            format!(
                "{} kinds of bars, {} fills.",
                style.drums.grooves.len(),
                style.drums.fills.len()
            ),
        ),
        (
            "harmony",
            format!(
                "{progressions} progressions of four bars were heard in {mode}; those in the other mode are \"{}\"'s.",
                near.stem
            ),
        ),
        (
            "melody",
            "Rhythms of single bars, laid over each other; no tune is kept.".to_string(),
        ),
    ];
    let text = style_file::write(&style, &groove, &comments, &notes);
    let known = [NamedGroove {
        stem: groove,
        template: near.groove.clone(),
    }];
    let read = style_file::read("learnt.toml", &wish.stem, &text, &known);
    let mut style = read.map_err(|problems| {
        let said: Vec<String> = problems.iter().map(|p| p.to_string()).collect();
        LearnError::Unreadable(said.join("; "))
    })?;
    // The template's instruments are the library's own.
    library.resolve(&mut style);
    Ok(Learnt {
        text,
        style,
        files: songs.len(),
        bars,
        skipped: Vec::new(),
        missing,
        template: near.stem.to_string(),
    })
}

/// What the template keeps for sections in which its lane never plays may play anywhere.
fn open_up(style: &mut Style) {
    let form = style.form.clone();
    let open = |kinds: &mut Kinds, lane: Lane| {
        let plays = |kind: SectionKind| {
            let lanes = form.lanes[kind as usize];
            lanes.0 == 0 || lanes.has(lane)
        };
        let mut sections = form.template.iter();
        if !sections.any(|s| kinds.suits(s.kind) && plays(s.kind)) {
            *kinds = Kinds::default();
        }
    };
    for pattern in &mut style.texture.patterns {
        open(&mut pattern.kinds, Lane::Texture);
    }
    for pattern in &mut style.harmony.patterns {
        open(&mut pattern.kinds, Lane::Harmony);
    }
    for progression in &mut style.harmony.progressions {
        open(&mut progression.kinds, Lane::Harmony);
    }
}

/// A name that fits on screen.
fn cut(text: &str) -> music::Name {
    let mut out = String::new();
    for c in text.trim().chars() {
        if out.len() + c.len_utf8() > 28 {
            break;
        }
        out.push(c);
    }
    name(if out.is_empty() { "My style" } else { &out })
}

/// A slot that no style has; a style of the same stem keeps its own.
fn free_slot(library: &Library, stem: &str) -> u8 {
    if let Some(own) = library.styles.iter().find(|s| *s.stem == *stem) {
        return own.slot;
    }
    let free = |slot: &u8| library.styles.iter().all(|s| s.slot != *slot);
    let all = SLOTS.rev().chain((0..*SLOTS.start()).rev());
    all.into_iter().find(free).unwrap_or(255)
}

fn sorted_tempi(songs: &[Song]) -> Vec<f64> {
    let mut all: Vec<f64> = songs.iter().map(|s| s.tempo_bpm).collect();
    all.sort_by(f64::total_cmp);
    all
}

/// Nearly the slowest, the middle and nearly the fastest, with a little room. Taste: six percent.
fn tempo(songs: &[Song]) -> (u16, u16, u16) {
    let all = sorted_tempi(songs);
    let at = |percent: usize| all[(all.len() - 1) * percent / 100];
    let usual = at(50).clamp(45.0, 280.0);
    let low = (at(5) * 0.94).clamp(usual / 1.45, usual * 0.94).max(40.0);
    let high = (at(95) * 1.06).clamp(usual * 1.06, usual * 1.6).min(300.0);
    (
        low.round() as u16,
        usual.round() as u16,
        high.round() as u16,
    )
}

/// Ratios over tempo, in up to three points; empty where most songs are straight.
fn swing(songs: &[Song]) -> SwingTable {
    let mut out = SwingTable::default();
    let swung: Vec<&Song> = songs.iter().filter(|s| s.swing.ratio > 1000).collect();
    if swung.len() * 2 <= songs.len() {
        return out;
    }
    let sixteenths = |s: &&&Song| s.swing.unit == SwingUnit::Sixteenth;
    let of_sixteenths = swung.iter().filter(sixteenths).count();
    out.unit = if of_sixteenths * 2 > swung.len() {
        SwingUnit::Sixteenth
    } else {
        SwingUnit::Eighth
    };
    let mut own: Vec<&&Song> = swung.iter().filter(|s| s.swing.unit == out.unit).collect();
    own.sort_by(|a, b| a.tempo_bpm.total_cmp(&b.tempo_bpm));
    for part in own.chunks(own.len().div_ceil(3).max(1)) {
        let n = part.len() as f64;
        let bpm = part.iter().map(|s| s.tempo_bpm).sum::<f64>() / n;
        let ratio = part.iter().map(|s| s.swing.ratio as f64).sum::<f64>() / n;
        let bpm = bpm.round() as u16;
        if out.points.last().is_none_or(|before| before.0 < bpm) {
            let _ = out.points.push((bpm, ratio.round() as u16));
        }
    }
    out
}

/// Adds what a pattern plays at the usual density, a bar of it.
fn add(to: &mut [f64], pattern: &Pattern, weight: u8) {
    let share = weight as f64 / pattern.bars() as f64;
    for (index, step) in pattern.steps.iter().enumerate() {
        to[index % STEPS] += share * step.priority.saturating_sub(3) as f64;
    }
}

/// How alike two profiles are, 0 to 1.
fn cosine(a: &[f64], b: &[f64]) -> f64 {
    let dot: f64 = a.iter().zip(b).map(|(a, b)| a * b).sum();
    let size = |v: &[f64]| v.iter().map(|x| x * x).sum::<f64>().sqrt().max(1e-9);
    dot / (size(a) * size(b))
}

/// The built-in style with the nearest drums, bass, comping, tempo and swing, and the stem of its groove file.
fn template<'a>(songs: &[Song], library: &'a Library) -> Option<(&'a Style, String)> {
    let all = || songs.iter().flat_map(|s| &s.bars);
    let played = drums::rates(all().filter(|b| drums::sounds(b)));
    let kit: Vec<f64> = played
        .iter()
        .flat_map(|r| (0..STEPS).map(|s| r.rate(s)))
        .collect();
    let onsets = |lane: Lane| {
        let mut out = vec![0.0; STEPS];
        for stroke in all().flat_map(|b| b.lane(lane)) {
            out[stroke.step as usize % STEPS] += 1.0;
        }
        out
    };
    let (bass, comping) = (onsets(Lane::Bass), onsets(Lane::Harmony));
    let tempi = sorted_tempi(songs);
    let middle = *tempi.get(tempi.len() / 2)?;
    let swung = songs.iter().map(|s| s.swing.ratio as f64).sum::<f64>() / songs.len() as f64;
    let texts = style_texts(None);
    let likeness = |style: &Style| {
        let mut written = vec![0.0; kit.len()];
        for groove in &style.drums.grooves {
            for line in &groove.lines {
                let first = line.piece as usize * STEPS;
                add(
                    &mut written[first..first + STEPS],
                    &line.pattern,
                    groove.weight,
                );
            }
        }
        let rhythm = |patterns: &[LanePattern]| {
            let mut out = vec![0.0; STEPS];
            for own in patterns {
                add(&mut out, &own.pattern, own.weight);
            }
            out
        };
        let parts = cosine(&kit, &written)
            + 0.5 * cosine(&bass, &rhythm(&style.bass.patterns))
            + 0.5 * cosine(&comping, &rhythm(&style.harmony.patterns));
        let (low, _, high) = style.tempo;
        let outside = (low as f64 / middle).max(middle / high as f64).max(1.0) - 1.0;
        let ratio = style.swing.ratio_at((middle * 1000.0) as u32) as f64;
        parts - outside - (ratio - swung).abs() / 2000.0
    };
    let known = library.styles.iter().filter_map(|style| {
        let text = texts.iter().find(|t| t.stem == *style.stem)?;
        let table: toml::Table = text.text.parse().ok()?;
        Some((style, table.get("groove")?.as_str()?.to_string()))
    });
    known.max_by(|a, b| likeness(a.0).total_cmp(&likeness(b.0)))
}
