//! The bass: rhythms gathered into a few kinds, and at each step the role that its notes most often have
//! against the chord of the moment.

use music::chord::Chord;
use music::drum::Piece;
use music::lane::Lane;
use music::pitch::Pitch;
use music::style::{BassRole, BassStyle, BassTechnique, Kinds, LanePattern, Pattern};

use super::cluster::{Rates, groups, pattern, weight};
use super::source::{Bar, STEPS, Song, Stroke};

/// Most kinds, and bars that each should stand for.
const MOST: usize = 5;
const BARS_EACH: usize = 12;
/// Roles.
const ROLES: usize = 9;

/// A bar's rhythm in one lane.
pub fn rhythm(strokes: &[Stroke]) -> Vec<f32> {
    let mut out = vec![0.0; STEPS];
    for stroke in strokes {
        out[stroke.step as usize % STEPS] = 1.0;
    }
    out
}

/// The role of a note against its chord; `lowest` is the lowest root of the bar, `next` the chord that
/// follows the step.
fn role(stroke: &Stroke, chord: Chord, next: Option<Chord>, lowest: Pitch) -> BassRole {
    let class = stroke.pitch.class();
    let changes = next.filter(|n| n.root != chord.root);
    if let Some(next) = changes
        && stroke.step % 8 >= 6
    {
        let near = next.root.to(class);
        if matches!(near, 1 | 2 | 10 | 11) {
            return BassRole::Approach;
        }
    }
    match chord.root.to(class) {
        0 if stroke.pitch.0 >= lowest.0 + 12 => BassRole::Octave,
        0 => BassRole::Root,
        3 | 4 if chord.has(class) => BassRole::Third,
        6..=8 if chord.has(class) && stroke.pitch < lowest => BassRole::LowFifth,
        6..=8 if chord.has(class) => BassRole::Fifth,
        9..=11 if chord.has(class) || chord.root.to(class) == 10 => BassRole::Seventh,
        _ => BassRole::Passing,
    }
}

/// Learns patterns, range and lock. `false` where there is no bass.
pub fn learn(songs: &[Song], out: &mut BassStyle) -> bool {
    // Every bar with a bass, and the chord after each of its halves.
    let mut bars: Vec<(&Bar, [Option<Chord>; 2])> = Vec::new();
    for song in songs {
        for (index, bar) in song.bars.iter().enumerate() {
            if !bar.lane(Lane::Bass).is_empty() {
                let next = song.bars.get(index + 1).and_then(|b| b.chords[0]);
                bars.push((bar, [bar.chords[1], next]));
            }
        }
    }
    if bars.len() < 2 {
        return false;
    }
    let points: Vec<Vec<f32>> = bars
        .iter()
        .map(|(b, _)| rhythm(b.lane(Lane::Bass)))
        .collect();
    let of = groups(&points, (bars.len() / BARS_EACH).clamp(3, MOST));
    let largest = of.iter().filter(|g| **g == 0).count();
    let template = core::mem::take(&mut out.patterns);
    for group in 0..=of.iter().copied().max().unwrap_or(0) {
        let members = bars.iter().zip(&of).filter(|(_, g)| **g == group);
        let mut rates = Rates::default();
        let mut roles = [[0u32; ROLES]; STEPS];
        for ((bar, next), _) in members {
            rates.bars += 1;
            let strokes = bar.lane(Lane::Bass);
            let root = |s: &&Stroke| {
                let chord = bar.chords[s.step as usize / 8 % 2];
                chord.is_some_and(|c| c.root == s.pitch.class())
            };
            let lowest = strokes.iter().filter(root).map(|s| s.pitch).min();
            let lowest = lowest.or(strokes.iter().map(|s| s.pitch).min());
            for stroke in strokes {
                rates.add(stroke.step as usize, stroke.velocity, stroke.span);
                let half = stroke.step as usize / 8 % 2;
                let role = match (bar.chords[half], lowest) {
                    (Some(chord), Some(low)) => role(stroke, chord, next[half], low),
                    _ => BassRole::Root,
                };
                roles[stroke.step as usize % STEPS][role as usize] += 1;
            }
        }
        let mut steps = rates.steps(true);
        for (step, roles) in steps.iter_mut().zip(&roles) {
            let most = (0..ROLES).max_by_key(|r| (roles[*r], ROLES - r));
            step.tag = most.unwrap_or(0) as u8;
        }
        if steps.iter().any(|s| s.priority >= 4) {
            let _ = out.patterns.push(LanePattern {
                kinds: Kinds::default(),
                weight: weight(rates.bars as usize, largest),
                pattern: pattern(&steps),
            });
        }
    }
    let walks = |p: &Pattern| {
        let beats = p
            .steps
            .iter()
            .step_by(4)
            .filter(|s| s.priority >= 7)
            .count();
        let between = p.steps.iter().enumerate();
        let between = between
            .filter(|(i, s)| i % 4 != 0 && s.priority >= 4)
            .count();
        beats == 4 && between == 0
    };
    let moves = |p: &Pattern| p.steps.iter().step_by(4).any(|s| s.tag != 0);
    let own = &out.patterns;
    out.technique = match own.first() {
        Some(first) if walks(&first.pattern) && moves(&first.pattern) => BassTechnique::Walking,
        _ => BassTechnique::Pattern,
    };
    if out.patterns.is_empty() {
        out.patterns = template;
        return false;
    }
    let pitches = bars.iter().flat_map(|(b, _)| b.lane(Lane::Bass));
    out.range = range(pitches.map(|s| s.pitch.0).collect(), (23, 62));
    let (mut kicks, mut met) = (0usize, 0usize);
    for (bar, _) in &bars {
        let played = rhythm(bar.lane(Lane::Bass));
        for (step, force) in bar.kit[Piece::Kick as usize].iter().enumerate() {
            if *force > 0 {
                kicks += 1;
                met += usize::from(played[step] > 0.0);
            }
        }
    }
    if let Some(percent) = (100 * met).checked_div(kicks) {
        out.lock = percent as u8;
    }
    true
}

/// The range of most of the pitches, an octave or more wide, inside `limits`.
pub fn range(mut pitches: Vec<u8>, limits: (u8, u8)) -> (u8, u8) {
    pitches.sort_unstable();
    let at = |percent: usize| {
        let last = pitches.len().saturating_sub(1);
        pitches.get(last * percent / 100).copied().unwrap_or(60)
    };
    let low = at(2).clamp(limits.0, limits.1 - 14);
    let high = at(98).clamp(low + 14, limits.1.max(low + 14));
    (low, high)
}
