//! The tune: rhythms of single bars, shares of steps, leaps, repeats and rests, range. Pitches are counted,
//! never kept.

use music::lane::Lane;
use music::style::{MelodyStyle, RhythmCell};

use super::bass::{range, rhythm};
use super::cluster::{Rates, groups, pattern, weight};
use super::source::{Bar, Song};

/// Most cells, bars that each should stand for, and fewest that a style has.
const MOST: usize = 10;
const BARS_EACH: usize = 6;
const FEWEST: usize = 4;

/// Learns cells and shares. `false` where nobody sings.
pub fn learn(songs: &[Song], out: &mut MelodyStyle) -> bool {
    let all = songs.iter().flat_map(|s| &s.bars);
    let bars: Vec<&Bar> = all.filter(|b| !b.lane(Lane::Melody).is_empty()).collect();
    if bars.len() < 2 {
        return false;
    }
    let points: Vec<Vec<f32>> = bars.iter().map(|b| rhythm(b.lane(Lane::Melody))).collect();
    let of = groups(&points, (bars.len() / BARS_EACH).clamp(FEWEST, MOST));
    let largest = of.iter().filter(|g| **g == 0).count();
    let template = core::mem::take(&mut out.cells);
    for group in 0..=of.iter().copied().max().unwrap_or(0) {
        let mut rates = Rates::default();
        for (bar, _) in bars.iter().zip(&of).filter(|(_, g)| **g == group) {
            rates.bars += 1;
            for stroke in bar.lane(Lane::Melody) {
                rates.add(stroke.step as usize, stroke.velocity, stroke.span);
            }
        }
        let mut steps = rates.steps(true);
        for step in &mut steps {
            // Force follows the line, not the cell.
            step.velocity = 0;
        }
        if steps.iter().any(|s| s.priority >= 4) {
            let _ = out.cells.push(RhythmCell {
                weight: weight(rates.bars as usize, largest),
                pattern: pattern(&steps),
            });
        }
    }
    for cell in template {
        if out.cells.len() < FEWEST {
            let _ = out.cells.push(cell);
        }
    }
    shares(songs, out);
    let pitches = bars.iter().flat_map(|b| b.lane(Lane::Melody));
    out.range = range(pitches.map(|s| s.pitch.0).collect(), (48, 96));
    true
}

fn shares(songs: &[Song], out: &mut MelodyStyle) {
    let (mut steps, mut leaps, mut repeats) = (0usize, 0usize, 0usize);
    let (mut silent, mut sung) = (0usize, 0usize);
    for song in songs {
        let sings = |b: &Bar| !b.lane(Lane::Melody).is_empty();
        let line = song.bars.iter().flat_map(|b| b.lane(Lane::Melody));
        let line: Vec<u8> = line.map(|s| s.pitch.0).collect();
        for pair in line.windows(2) {
            match pair[0].abs_diff(pair[1]) {
                0 => repeats += 1,
                1 | 2 => steps += 1,
                _ => leaps += 1,
            }
        }
        for bars in song.bars.windows(3) {
            // A bar between two that sing is a breath.
            if sings(&bars[0]) {
                sung += 1;
                silent += usize::from(!sings(&bars[1]) && sings(&bars[2]));
            }
        }
    }
    let percent = |part: usize, of: usize| (100 * part / of.max(1)).min(100) as u8;
    if steps + leaps > 0 {
        out.steps = percent(steps, steps + leaps);
        out.repeats = percent(repeats, steps + leaps + repeats).min(60);
    }
    if sung > 0 {
        out.rests = (out.rests / 2 + percent(silent, sung) / 2).min(60);
    }
}
