//! Chords and texture: when they are struck, how long they last, how many voices they have.

use music::lane::Lane;
use music::style::{
    CompTechnique, HarmonyStyle, Kinds, LanePattern, TextureStyle, TextureTechnique,
};

use super::bass::{range, rhythm};
use super::cluster::{Rates, groups, pattern, weight};
use super::source::{Bar, Song, Stroke};

const MOST: usize = 5;
const BARS_EACH: usize = 12;

fn bars(songs: &[Song], lane: Lane) -> Vec<&Bar> {
    let all = songs.iter().flat_map(|s| &s.bars);
    all.filter(|b| !b.lane(lane).is_empty()).collect()
}

/// Strokes that start together as one: step, force, span, number of voices.
fn together(strokes: &[Stroke]) -> Vec<(u8, u8, u8, usize)> {
    let mut out: Vec<(u8, u8, u8, usize)> = Vec::new();
    for stroke in strokes {
        match out.last_mut() {
            Some(last) if last.0 == stroke.step => {
                last.1 = last.1.max(stroke.velocity);
                last.2 = last.2.max(stroke.span);
                last.3 += 1;
            }
            _ => out.push((stroke.step, stroke.velocity, stroke.span, 1)),
        }
    }
    out
}

/// Patterns of a lane by kinds of rhythm.
fn patterns(bars: &[&Bar], lane: Lane, most: usize) -> Vec<LanePattern> {
    let points: Vec<Vec<f32>> = bars.iter().map(|b| rhythm(b.lane(lane))).collect();
    let of = groups(&points, (bars.len() / BARS_EACH).clamp(3, most));
    let largest = of.iter().filter(|g| **g == 0).count();
    let mut out = Vec::new();
    for group in 0..=of.iter().copied().max().unwrap_or(0) {
        let mut rates = Rates::default();
        for (bar, _) in bars.iter().zip(&of).filter(|(_, g)| **g == group) {
            rates.bars += 1;
            for (step, force, span, _) in together(bar.lane(lane)) {
                rates.add(step as usize, force, span);
            }
        }
        let steps = rates.steps(true);
        if steps.iter().any(|s| s.priority >= 4) {
            out.push(LanePattern {
                kinds: Kinds::default(),
                weight: weight(rates.bars as usize, largest),
                pattern: pattern(&steps),
            });
        }
    }
    out
}

/// Mean number of voices of a stroke.
fn voices(bars: &[&Bar], lane: Lane) -> f64 {
    let strokes = bars.iter().flat_map(|b| together(b.lane(lane)));
    let (sum, count) = strokes.fold((0, 0), |(s, n), stroke| (s + stroke.3, n + 1));
    sum as f64 / count.max(1) as f64
}

/// Learns comping. `false` where nobody plays chords.
pub fn learn(songs: &[Song], out: &mut HarmonyStyle) -> bool {
    let bars = bars(songs, Lane::Harmony);
    let own = patterns(&bars, Lane::Harmony, MOST);
    if bars.len() < 2 || own.is_empty() {
        return false;
    }
    out.patterns = own.into_iter().collect();
    let voices = voices(&bars, Lane::Harmony);
    out.technique = if voices < 1.4 {
        CompTechnique::Broken
    } else if is_strummed(&bars) {
        CompTechnique::Strum
    } else {
        CompTechnique::Block
    };
    if voices >= 1.4 {
        out.voices = voices.round().clamp(2.0, 6.0) as u8;
    }
    let pitches = bars.iter().flat_map(|b| b.lane(Lane::Harmony));
    out.range = range(pitches.map(|s| s.pitch.0).collect(), (43, 86));
    let (mut chords, mut rooted) = (0, 0);
    for bar in &bars {
        for (half, chord) in bar.chords.iter().enumerate() {
            let own = bar.lane(Lane::Harmony).iter();
            let mut own = own.filter(|s| s.step as usize / 8 == half).peekable();
            if let (Some(chord), Some(_)) = (chord, own.peek()) {
                chords += 1;
                rooted += usize::from(own.any(|s| s.pitch.class() == chord.root));
            }
        }
    }
    out.rootless = chords > 0 && rooted * 2 < chords;
    true
}

/// Whether the voices of a chord mostly start low to high, some milliseconds apart.
fn is_strummed(bars: &[&Bar]) -> bool {
    let (mut pairs, mut rising) = (0, 0);
    for bar in bars {
        for pair in bar.lane(Lane::Harmony).windows(2) {
            if pair[0].step == pair[1].step && pair[0].pitch < pair[1].pitch {
                pairs += 1;
                // Taste: from 3 to 40 ticks, 2 to 20 ms at 120 BPM.
                rising += usize::from((3..=40).contains(&(pair[1].late - pair[0].late)));
            }
        }
    }
    pairs >= 8 && rising * 10 >= pairs * 7
}

/// Learns the texture. `false` where there is none.
pub fn texture(songs: &[Song], out: &mut TextureStyle) -> bool {
    let bars = bars(songs, Lane::Texture);
    let own = patterns(&bars, Lane::Texture, 4);
    if bars.len() < 2 || own.is_empty() {
        return false;
    }
    let strokes: Vec<&Stroke> = bars.iter().flat_map(|b| b.lane(Lane::Texture)).collect();
    let long = strokes.iter().filter(|s| s.span >= 6).count();
    let voices = voices(&bars, Lane::Texture);
    out.technique = match long * 2 > strokes.len() {
        true if voices >= 1.5 => TextureTechnique::Pad,
        true => TextureTechnique::CounterLine,
        false => TextureTechnique::Arpeggio,
    };
    if voices >= 1.5 {
        out.voices = voices.round().clamp(1.0, 5.0) as u8;
    }
    out.range = range(strokes.iter().map(|s| s.pitch.0).collect(), (43, 98));
    out.patterns = own.into_iter().collect();
    true
}
