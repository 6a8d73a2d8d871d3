//! What can be seen in the tables themselves: too little of something, hands that are not there, ranges and
//! instruments that do not suit.

use music::drum::{Limb, Piece};
use music::lane::Lane;
use music::patch::Patch;
use music::plan::SectionKind;
use music::style::{DrumGroove, Style};
use music::technique::Rhythm;

use super::Findings;
use crate::Library;

/// Taste: fewer rhythm cells make every song of a style sing alike.
const ENOUGH_CELLS: usize = 4;
/// Taste: slowest and fastest quarter notes that a band plays, BPM, and how far apart a style's ends may lie
/// before half or double time would serve better.
const TEMPI: (u16, u16) = (40, 300);
const WIDEST_TEMPI: f64 = 2.5;
/// Priority from which a stroke is heard at the usual density.
const USUAL: u8 = 4;

pub fn check(style: &Style, library: &Library, found: &mut Findings) {
    tempo(style, found);
    for groove in 0..style.drums.grooves.len() {
        hands(style, groove, found);
    }
    fills(style, found);
    polyrhythms(style, found);
    progressions(style, found);
    if style.melody.cells.len() < ENOUGH_CELLS {
        let count = style.melody.cells.len();
        found.note(
            "melody",
            None,
            format!("has {count} cells, {ENOUGH_CELLS} or more keep tunes apart"),
        );
    }
    ranges(style, library, found);
}

fn tempo(style: &Style, found: &mut Findings) {
    let (low, usual, high) = style.tempo;
    if low < TEMPI.0 || high > TEMPI.1 {
        let message = format!("{low} to {high} BPM leaves {} to {}", TEMPI.0, TEMPI.1);
        found.note("tempo", None, message);
    }
    if low == high {
        found.note("tempo", None, format!("only {usual} BPM: leave some room"));
    } else if high as f64 > low as f64 * WIDEST_TEMPI {
        let message = format!(
            "{low} to {high} BPM is wider than 1 to {WIDEST_TEMPI}: half or double time never comes"
        );
        found.note("tempo", None, message);
    }
    let points = &style.swing.points;
    if let (Some(first), Some(last)) = (points.first(), points.last())
        && (first.0 > high || last.0 < low)
    {
        let message = format!(
            "its tempos, {} to {} BPM, lie outside the style's {low} to {high}",
            first.0, last.0
        );
        found.note("swing.ratio", None, message);
    }
}

/// A line that finds no hand free for most of its strokes is written in vain.
fn hands(style: &Style, index: usize, found: &mut Findings) {
    let groove = &style.drums.grooves[index];
    let players = style.drums.players as usize;
    if players == 0 {
        return;
    }
    for (line, lost) in groove.lines.iter().zip(lost(groove, 2 * players)) {
        let strokes = line.pattern.steps.iter().filter(|s| s.priority >= USUAL);
        let strokes = strokes.count();
        if strokes > 0 && lost * 2 > strokes {
            let message = format!(
                "{} finds no hand for {lost} of its {strokes} strokes: players = {players}",
                line.piece.word()
            );
            found.note("drums.groove", Some(index), message);
        }
    }
}

/// Strokes of each line that the hands do not reach, the most wanted first.
fn lost(groove: &DrumGroove, hands: usize) -> Vec<usize> {
    let steps = groove.lines.iter().map(|l| l.pattern.steps.len());
    let mut lost = vec![0; groove.lines.len()];
    for step in 0..steps.max().unwrap_or(0) {
        let mut struck: Vec<(u8, bool, usize)> = Vec::new();
        for (index, line) in groove.lines.iter().enumerate() {
            let length = line.pattern.steps.len().max(1);
            let priority = line.pattern.steps[step % length].priority;
            if priority >= USUAL && line.piece.limb() == Limb::Hand && step < length {
                let body = matches!(line.piece, Piece::Snare | Piece::Rim | Piece::Clap);
                struck.push((9 - priority, !body, index));
            }
        }
        struck.sort_unstable();
        for (_, _, index) in struck.into_iter().skip(hands) {
            lost[index] += 1;
        }
    }
    lost
}

fn fills(style: &Style, found: &mut Findings) {
    if style.drums.fills.is_empty() {
        return found.note("drums", None, "has no fill".to_string());
    }
    for (name, range) in [("gentle", 0..=3), ("middle", 4..=6), ("hard", 7..=9u8)] {
        if !style.drums.fills.iter().any(|f| range.contains(&f.energy)) {
            let (low, high) = (range.start(), range.end());
            let message = format!("has no {name} fill (energy {low} to {high})");
            found.note("drums", None, message);
        }
    }
}

fn polyrhythms(style: &Style, found: &mut Findings) {
    let (strokes, beats) = style.drums.polyrhythm;
    let plain =
        |a: u8, b: u8| a.max(1).is_multiple_of(b.max(1)) || b.max(1).is_multiple_of(a.max(1));
    if beats > 0 && (plain(strokes, beats) || strokes > 9) {
        let message = format!("{strokes}:{beats} is no rhythm against the beat");
        found.note("drums.polyrhythm", None, message);
    }
    for lane in Lane::PLAYED {
        let rhythm = style.rhythms[lane.index()];
        let odd = match rhythm {
            Rhythm::Style | Rhythm::Slowing | Rhythm::Quickening => false,
            // A group of equal terms is a pulse.
            Rhythm::Squared(a, b, c) => a == b && (c == 0 || b == c),
            Rhythm::Cubed(a, b) => a == b,
            Rhythm::Rotating(heard, beats) => heard == 0 || heard >= beats,
            Rhythm::Cycle(steps) => !(3..=32).contains(&steps) || steps % 16 == 0,
            Rhythm::Resultant(a, b) | Rhythm::Fractioned(a, b) | Rhythm::Permuted(a, b) => {
                b < 2 || a <= b || a > 16
            }
            Rhythm::Resultant3(a, b, c) => c < 2 || b <= c || a <= b || a > 16,
            Rhythm::Polyrhythm(a, b) => plain(a, b) || a > 13,
        };
        if odd {
            let key = format!("{}.rhythm", lane.id());
            found.note(
                &key,
                None,
                format!("{} gives no rhythm of its own", rhythm.name()),
            );
        }
    }
}

fn progressions(style: &Style, found: &mut Findings) {
    let mut seen = Vec::new();
    for step in &style.form.template {
        if seen.contains(&step.kind) {
            continue;
        }
        seen.push(step.kind);
        for (minor, mode) in [(false, "major"), (true, "minor")] {
            let fits = |kind: SectionKind| {
                let all = &style.harmony.progressions;
                all.iter().any(|p| p.minor == minor && p.kinds.suits(kind))
            };
            if !fits(step.kind) {
                let key = format!("form.{}", step.kind.word());
                found.note(&key, None, format!("has no progression in {mode}"));
            }
        }
    }
}

/// Where a patch sounds well, in MIDI pitches. Taste: below its technique turns to mud, above to a click.
const fn register(patch: &Patch) -> (u8, u8) {
    match patch {
        Patch::Kit(_) => (0, 127),
        Patch::Sub(_) => (24, 55),
        Patch::String(_) => (26, 91),
        Patch::Synth(_) => (24, 100),
        Patch::Tine(_) | Patch::Organ(_) => (33, 100),
        Patch::Piano(_) => (21, 105),
        Patch::Mallet(_) => (41, 103),
        Patch::Wind(_) => (46, 98),
        Patch::Fm(_) => (24, 100),
        Patch::Choir(_) => (43, 86),
    }
}

/// Where a lane belongs. Taste: a bass under the band, a tune that can be sung or played above it.
const fn place(lane: Lane) -> (u8, u8) {
    match lane {
        Lane::Bass => (23, 62),
        Lane::Harmony => (43, 86),
        Lane::Texture => (43, 98),
        _ => (48, 96),
    }
}

fn ranges(style: &Style, library: &Library, found: &mut Findings) {
    for (lane, range) in [
        (Lane::Bass, style.bass.range),
        (Lane::Harmony, style.harmony.range),
        (Lane::Texture, style.texture.range),
        (Lane::Melody, style.melody.range),
    ] {
        let key = format!("{}.range", lane.id());
        let outside = |(low, high): (u8, u8)| range.0 < low || range.1 > high;
        let (low, high) = place(lane);
        if outside((low, high)) {
            let message = format!(
                "{} to {} leaves where a {} belongs, {low} to {high}",
                range.0,
                range.1,
                lane.id()
            );
            found.note(&key, None, message);
        }
        let Some(patch) = library
            .patches
            .get(style.mix.patches[lane.index()] as usize)
        else {
            continue;
        };
        let (low, high) = register(patch);
        if outside((low, high)) {
            let message = format!(
                "{} to {} leaves where {} sounds well, {low} to {high}",
                range.0,
                range.1,
                style.mix.instruments[lane.index()]
            );
            found.note(&key, None, message);
        }
    }
}
