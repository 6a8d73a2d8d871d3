//! Fills: bars that end a section or a four, and strike more than the song does elsewhere. Fills of like
//! length and force are laid over each other, so that none of them is any one that was played.

use music::drum::Piece;
use music::style::{DrumFill, DrumStyle};

use super::drums::{lines, rates, sounds};
use super::source::{Bar, STEPS, Song};

/// Strokes on drums, beyond the usual, that make the last two beats a fill. Taste.
const MORE: f64 = 2.0;
/// Fewest bars that make a fill of the style.
const ENOUGH: usize = 3;

/// A bar with a fill.
pub struct Filled<'a> {
    /// The bar.
    pub bar: &'a Bar,
    /// Its last beats that are filled, 1–4.
    beats: usize,
    /// Force of its drums: strokes and how hard.
    force: u32,
}

fn on_drums(piece: Piece) -> bool {
    matches!(
        piece,
        Piece::Snare | Piece::TomHigh | Piece::TomMid | Piece::TomLow | Piece::Clap
    )
}

/// Strokes on snare and toms in a beat.
fn drummed(bar: &Bar, beat: usize) -> usize {
    let row = |p: &Piece| {
        let steps = &bar.kit[*p as usize][beat * 4..beat * 4 + 4];
        steps.iter().filter(|v| **v > 0).count()
    };
    Piece::ALL.iter().filter(|p| on_drums(**p)).map(row).sum()
}

/// Every bar with a fill.
pub fn find(songs: &[Song]) -> Vec<Filled<'_>> {
    let mut out = Vec::new();
    for song in songs {
        let drummed_bars: Vec<&Bar> = song.bars.iter().filter(|b| sounds(b)).collect();
        if drummed_bars.is_empty() {
            continue;
        }
        let usual = |beat: usize| {
            let sum: usize = drummed_bars.iter().map(|b| drummed(b, beat)).sum();
            sum as f64 / drummed_bars.len() as f64
        };
        let usual = [usual(0), usual(1), usual(2), usual(3)];
        for (index, bar) in song.bars.iter().enumerate() {
            let last = index % 4 == 3 || song.bars.get(index + 1).is_some_and(|b| b.starts);
            let end = drummed(bar, 2) as f64 + drummed(bar, 3) as f64;
            if !last || !sounds(bar) || end < usual[2] + usual[3] + MORE {
                continue;
            }
            let above = |beat: &usize| drummed(bar, *beat) as f64 > usual[*beat] + 0.5;
            let beats = (0..4).rev().take_while(|b| above(b)).count().max(1);
            let first = STEPS - beats * 4;
            let strokes = bar.kit.iter().flat_map(|row| &row[first..]);
            out.push(Filled {
                bar,
                beats,
                force: strokes.map(|v| *v as u32).sum::<u32>() / beats as u32,
            });
        }
    }
    out
}

/// Beats that a fill lasts at most where `energy` is the strongest section's. Reference: the drummer cuts fills
/// by energy, see `engines::drums`.
const fn longest(energy: u8) -> usize {
    match energy {
        0..58 => 2,
        58..76 => 3,
        _ => 4,
    }
}

/// Writes fills by length and force; the template's stay where too few were played.
pub fn learn(found: &[Filled], energy: u8, out: &mut DrumStyle) {
    let mut own: Vec<(u32, DrumFill)> = Vec::new();
    for beats in 1..=4usize {
        let own_length = |f: &&Filled| f.beats.min(longest(energy)) == beats;
        let mut like: Vec<&Filled> = found.iter().filter(own_length).collect();
        like.sort_by_key(|f| f.force);
        let parts = match like.len() {
            n if n >= 4 * ENOUGH => 3,
            n if n >= 2 * ENOUGH => 2,
            n if n >= ENOUGH => 1,
            _ => continue,
        };
        for part in like.chunks(like.len().div_ceil(parts)) {
            if part.len() < ENOUGH {
                continue;
            }
            let mut rates = rates(part.iter().map(|f| f.bar));
            for rate in &mut rates {
                rate.forget_before(STEPS - beats * 4);
            }
            let fill = DrumFill {
                beats: beats as u8,
                energy: 0,
                lines: lines(&rates),
            };
            let force = part.iter().map(|f| f.force).sum::<u32>() / part.len() as u32;
            if !fill.lines.is_empty() {
                own.push((force, fill));
            }
        }
    }
    // Longer fills belong to stronger sections, which alone hear them whole.
    own.sort_by_key(|(force, fill)| (fill.beats, *force));
    let count = own.len();
    for (rank, (_, fill)) in own.iter_mut().enumerate() {
        fill.energy = (1 + 8 * rank / count.saturating_sub(1).max(1)) as u8;
    }
    let template = core::mem::take(&mut out.fills);
    out.fills.extend(own.into_iter().map(|(_, f)| f).take(10));
    for fill in template {
        let range = |e: u8| match e {
            0..=3 => 0,
            4..=6 => 1,
            _ => 2,
        };
        let like = out
            .fills
            .iter()
            .any(|f| range(f.energy) == range(fill.energy));
        if !like || out.fills.len() < 4 {
            let _ = out.fills.push(fill);
        }
    }
}
