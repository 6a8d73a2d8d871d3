//! Styles whose drums are alike: the strokes that two songs share, within a style and between two.

use music::drum::Piece;
use music::lane::Lane;
use music::style::Style;
use music::time::TICKS_PER_STEP;

use super::stage::Stage;
use crate::library::StyleText;
use crate::problem::Problem;

/// Songs of each style. Measured: with 8 of them 28 pairs of the built-in styles seem alike by chance, with 40 one, with
/// 64 none.
const SONGS: u16 = 64;
/// Bars that are compared from the opening of a section.
const BARS: u16 = 4;
/// Sections of a song that are compared: where it tells, and where it is strongest.
const SECTIONS: usize = 2;
const WORDS: usize = SECTIONS * BARS as usize;

/// The strokes of a song: 22 pieces by 16 steps in each bar.
type Song = [[u32; 16]; WORDS];

fn songs(style: &Style) -> Vec<Song> {
    let mut stage = Stage::new(style.clone());
    let one = |seed: u16| {
        stage.controls.seed = seed;
        let form = stage.form();
        let drummed = form.sections.iter().filter(|s| s.lanes.has(Lane::Drums));
        let hook = drummed.clone().max_by_key(|s| s.energy);
        let mut told = drummed.clone().skip(1);
        let told = told.find(|s| hook.is_some_and(|h| h.kind != s.kind));
        let mut song = Song::default();
        for (place, section) in [told, hook].into_iter().enumerate() {
            let Some(section) = section else { continue };
            for bar in 0..BARS.min(section.bars) {
                stage.perform(section.first_bar + bar);
                let to = &mut song[place * BARS as usize + bar as usize];
                let start = (section.first_bar + bar) as i64 * 16 * TICKS_PER_STEP;
                for note in stage.heard(Lane::Drums) {
                    let step = (note.grid.0 - start).div_euclid(TICKS_PER_STEP);
                    if let Some(piece) = Piece::from_general_midi(note.pitch) {
                        to[step.clamp(0, 15) as usize] |= 1 << piece as u32;
                    }
                }
            }
        }
        song
    };
    (1..=SONGS).map(one).collect()
}

/// Share of the strokes of either that both have (Jaccard's coefficient), in percent.
fn likeness(a: &Song, b: &Song) -> u32 {
    let (mut both, mut either) = (0, 0);
    for (a, b) in a.iter().flatten().zip(b.iter().flatten()) {
        both += (a & b).count_ones();
        either += (a | b).count_ones();
    }
    100 * both / either.max(1)
}

fn median(mut of: Vec<u32>) -> u32 {
    of.sort_unstable();
    of.get(of.len() / 2).copied().unwrap_or(0)
}

fn within(songs: &[Song]) -> u32 {
    let pairs = songs.iter().enumerate();
    median(
        pairs
            .flat_map(|(i, a)| songs[i + 1..].iter().map(move |b| likeness(a, b)))
            .collect(),
    )
}

fn between(one: &[Song], other: &[Song]) -> u32 {
    median(
        one.iter()
            .flat_map(|a| other.iter().map(move |b| likeness(a, b)))
            .collect(),
    )
}

pub fn check(styles: &[Style], texts: &[StyleText], names: &[String]) -> Vec<Problem> {
    let songs: Vec<Vec<Song>> = styles.iter().map(songs).collect();
    let inside: Vec<u32> = songs.iter().map(|s| within(s)).collect();
    let asked = |style: &Style| names.is_empty() || names.iter().any(|n| *n == *style.stem);
    let mut found = Vec::new();
    for (i, one) in styles.iter().enumerate() {
        for (j, other) in styles.iter().enumerate().skip(i + 1) {
            if !asked(one) && !asked(other) {
                continue;
            }
            let shared = between(&songs[i], &songs[j]);
            if shared * 2 >= inside[i] + inside[j] {
                let file = texts.iter().find(|t| t.stem == *other.stem);
                found.push(Problem {
                    file: file.map_or(other.stem.to_string(), |t| t.path.clone()),
                    line: 0,
                    key: "drums".to_string(),
                    message: format!(
                        "as like \"{}\" as itself: {shared} % of strokes shared, {} % and {} % within each",
                        one.stem, inside[i], inside[j]
                    ),
                });
            }
        }
    }
    found
}
