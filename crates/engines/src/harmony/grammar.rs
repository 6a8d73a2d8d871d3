//! A functional grammar for any scale: tonic, subdominant, dominant, tonic.
//!
//! It speaks where a style has no progression for a section. Degrees take part by their function; those
//! whose triad is diminished or augmented stay out, so that every mode keeps to chords that can carry
//! a bar. Reference: functional harmony after Riemann, *Vereinfachte Harmonielehre*, 1893.

use heapless::Vec;
use music::chord::Quality;
use music::pitch::Scale;
use music::plan::SectionKind;
use music::roman::{Function, Roman, triad};
use music::style::ProgressionChord;

use crate::dice::{Dice, Purpose};

use Function::{Dominant as D, Subdominant as S, Tonic as T};

/// Four bars by function. Taste.
const PATHS: [[Function; 4]; 6] = [
    [T, T, S, D],
    [T, S, S, D],
    [T, S, D, T],
    [T, D, T, S],
    [T, D, S, D],
    [T, S, T, D],
];
/// Four bars that set out from elsewhere, for bridges and builds. Taste.
const AWAY: [[Function; 4]; 3] = [[S, T, S, D], [S, D, T, D], [S, S, D, D]];

/// A progression of a scale: at most eight bars.
pub type Grown = Vec<ProgressionChord, 24>;

/// Degrees that may take a function, with weights. Taste, within the scale's own triads.
fn degrees(scale: Scale, function: Function) -> Vec<(u8, u8), 4> {
    let parent = scale.harmonic_parent();
    let wanted: &[(u8, u8)] = match function {
        T => &[(0, 6), (5, 3), (2, 1)],
        S => &[(3, 5), (1, 4), (5, 2)],
        D if parent.degree(1) == 1 => &[(1, 6), (6, 4), (4, 1)],
        D if parent.degree(6) == 10 => &[(6, 5), (4, 4)],
        D => &[(4, 6), (6, 1)],
    };
    let stable = |degree| matches!(triad(parent, degree), Quality::Major | Quality::Minor);
    let mut out: Vec<(u8, u8), 4> = wanted
        .iter()
        .copied()
        .filter(|(d, _)| stable(*d as i32))
        .collect();
    if out.is_empty() {
        let _ = out.push((if function == T { 0 } else { 3 }, 1));
    }
    out
}

/// The chord that leads home: V in major and minor, else the mode's own leading chord.
pub fn dominant(scale: Scale) -> Roman {
    let plain = |degree| Roman {
        degree,
        ..Roman::default()
    };
    match scale.harmonic_parent() {
        Scale::Minor => Roman {
            quality: Some(Quality::Major),
            ..plain(4)
        },
        Scale::Dorian | Scale::Mixolydian => plain(6),
        Scale::Phrygian | Scale::Locrian | Scale::PhrygianDominant => plain(1),
        _ => plain(4),
    }
}

/// Whether a chord leads home: it has dominant function, or is the dominant of the tonic.
pub fn is_dominant(roman: Roman, scale: Scale) -> bool {
    if roman.borrowed {
        return false;
    }
    match roman.applied_to {
        Some(target) => target == 0,
        None => roman.degree == 4 || roman.degree == 6 || roman.degree == dominant(scale).degree,
    }
}

/// Grows a progression of eight bars: two paths of four, the second one ending on the dominant.
pub fn grow(scale: Scale, kind: SectionKind, dice: Dice) -> Grown {
    let away = matches!(
        kind,
        SectionKind::Bridge | SectionKind::Build | SectionKind::PreChorus
    );
    let mut out = Grown::new();
    for part in 0..2u32 {
        let path = if away {
            AWAY[dice.throw(Purpose::Progression, 10 + part, AWAY.len() as u32) as usize]
        } else {
            PATHS[dice.throw(Purpose::Progression, 10 + part, PATHS.len() as u32) as usize]
        };
        for (bar, function) in path.into_iter().enumerate() {
            let place = 20 + part * 8 + bar as u32 * 2;
            let opening = part == 0 && bar == 0 && !away;
            let first = if opening {
                0
            } else {
                choose(scale, function, dice, place)
            };
            // One bar in four moves twice. Taste.
            let split = dice.chance(Purpose::Progression, 60 + place, 25);
            push(&mut out, scale, first, if split { 1 } else { 2 });
            if split {
                push(&mut out, scale, choose(scale, function, dice, place + 1), 1);
            }
        }
    }
    out
}

fn choose(scale: Scale, function: Function, dice: Dice, place: u32) -> u8 {
    let choices = degrees(scale, function);
    let weights: Vec<u8, 4> = choices.iter().map(|(_, weight)| *weight).collect();
    choices[dice
        .pick(Purpose::Progression, place, &weights)
        .unwrap_or(0)]
    .0
}

fn push(out: &mut Grown, scale: Scale, degree: u8, half_bars: u8) {
    let leading = dominant(scale);
    let roman = if degree == leading.degree {
        leading
    } else {
        Roman {
            degree,
            ..Roman::default()
        }
    };
    match out.last_mut() {
        Some(before) if before.roman == roman => before.half_bars += half_bars,
        _ => {
            let _ = out.push(ProgressionChord { roman, half_bars });
        }
    }
}

#[cfg(test)]
mod tests;
