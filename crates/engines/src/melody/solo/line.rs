//! Lines: even tones over two bars, made from a figure of four tones that is taken up and down the scale.
//!
//! A line starts off the bar line more often than on it, runs in eighths with beats of triplets or quicker tones, and
//! comes to rest on a long tone with air behind it. One figure is sequenced before another takes over, so that a
//! line speaks in groups. The tops of its curve are accented.

use music::groove::SwingUnit;
use music::style::{MelodyStyle, Ornament, Style};

use crate::dice::{Dice, Purpose};
use crate::melody::motif::{MOTIF_BARS, Measure, Motif, Tone};

/// Figures of four tones in scale steps, and by how many the next one lies higher. Taste.
const FIGURES: [([i8; 4], i8); 8] = [
    ([0, 1, 2, 3], 1),
    ([0, -1, -2, -3], -4),
    ([0, 2, 1, 3], 2),
    ([0, -2, -1, -3], -2),
    ([0, 2, 4, 3], 1),
    ([0, 1, 0, -1], -2),
    ([0, -1, 1, 2], 3),
    ([0, -1, -3, -2], -1),
];
/// Lowest and highest degree of a line. Taste: a tenth.
const REACH: (i8, i8) = (-4, 6);
/// Where lines begin, in eighths after the bar line. Taste: more often behind it.
const STARTS: [u8; 6] = [1, 1, 2, 0, 3, 1];
/// Sixteenths of air that a line leaves at its end. Taste.
const AIR: [u8; 4] = [4, 6, 8, 3];

/// How many times their share of quick beats and triplets lines have. Taste: some stroll, one in four runs away.
const HEAT: [u32; 4] = [0, 1, 1, 2];

/// How fast lines run.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Pace {
    /// Share of beats in sixteenths, percent.
    pub quick: u32,
    /// Share of beats in triplets, percent.
    pub triplets: u32,
    /// Beats swing: their first three sixteenths are thirds as they are played.
    pub swings: bool,
}

/// The pace that a style allows. Taste: sixteenths that fingers can play and ears can follow.
pub fn pace(style: &Style, melody: &MelodyStyle) -> Pace {
    let swings = style.swing.points.iter().any(|(_, ratio)| *ratio > 1250);
    let quick = match style.tempo.1 {
        0..=84 => 52,
        85..=104 => 40,
        105..=122 => 26,
        123..=136 => 12,
        _ => 0,
    };
    Pace {
        quick: if swings { quick / 3 } else { quick },
        triplets: match melody.ornament {
            // Warped sixteenths leave no room for thirds.
            _ if swings && style.swing.unit != SwingUnit::Eighth => 0,
            Ornament::Jazz | Ornament::Blues => 16,
            Ornament::Latin => 10,
            _ => 0,
        },
        swings,
    }
}

/// Lays the tones of a line; chords are heard later.
pub fn line(measure: &Measure, pace: Pace, dice: Dice) -> Motif {
    let mut out = Motif::default();
    let end = measure.bar * MOTIF_BARS;
    let starts = STARTS[dice.throw(Purpose::MotifRhythm, 0x4000, 6) as usize] * 2;
    let air = AIR[dice.throw(Purpose::MotifRhythm, 0x4001, 4) as usize];
    let until = end.saturating_sub(air);
    let heat = HEAT[dice.throw(Purpose::MotifRhythm, 0x4002, 4) as usize];
    let (triplets, quick) = (pace.triplets * heat, pace.quick * heat);
    let mut beat = 0;
    for at in 0..until {
        let strength = measure.strength(at);
        if strength >= 2 {
            beat = at;
        }
        let whole = (beat + 1..beat + 4).all(|s| measure.strength(s) < 2);
        let throw = dice.throw(Purpose::MotifRhythm, 0x4010 + beat as u32, 100);
        // Neither the first nor the last beat hurries.
        let able = whole && beat > starts && beat + 4 < until;
        let triplet = able && throw < triplets;
        let quick = able && !triplet && throw < triplets + quick;
        let late = match (triplet, at - beat) {
            (true, 3..) => continue,
            (true, place) if !pace.swings => 80 * place,
            _ => 0,
        };
        if at < starts || strength == 0 && !quick && !triplet {
            continue;
        }
        let priority = match strength {
            2.. => 8,
            1 if !triplet => 6,
            _ => 5,
        };
        let _ = out.tones.push(Tone {
            at,
            late,
            priority,
            ..Tone::default()
        });
    }
    draw(&mut out, dice);
    if let Some(last) = out.tones.last_mut() {
        last.priority = 9;
    }
    out
}

/// Gives a line its degrees: figures, each sequenced, kept inside the reach.
fn draw(motif: &mut Motif, dice: Dice) {
    let pick = |n: usize| dice.throw(Purpose::MotifContour, 0x4100 + n as u32, 8) as usize;
    let mut base = dice.throw(Purpose::MotifContour, 0x4001, 5) as i8 - 2;
    let (mut figure, mut left, mut drawn) = (pick(0), 2, 1);
    let groups = motif.tones.len().div_ceil(4);
    for group in 0..groups {
        let inside = |figure: usize| {
            let (steps, _) = FIGURES[figure];
            let low = steps.iter().min().map_or(0, |s| base + s);
            let high = steps.iter().max().map_or(0, |s| base + s);
            low >= REACH.0 && high <= REACH.1
        };
        if left == 0 || !inside(figure) {
            // The first figure that fits from here, by turns; one always does but at the very edge.
            let first = pick(drawn);
            drawn += 1;
            figure = (0..FIGURES.len())
                .map(|n| (first + n) % FIGURES.len())
                .find(|f| inside(*f))
                .unwrap_or(first);
            left = 2;
        }
        let (steps, on) = FIGURES[figure];
        for (n, step) in steps.iter().enumerate() {
            if let Some(tone) = motif.tones.get_mut(4 * group + n) {
                tone.degree = (base + step).clamp(REACH.0, REACH.1);
            }
        }
        base = (base + on).clamp(REACH.0, REACH.1);
        left -= 1;
    }
    accent(motif);
}

/// Tops of the curve are struck harder than what leads to them. Taste.
fn accent(motif: &mut Motif) {
    for index in 1..motif.tones.len().saturating_sub(1) {
        let at = |i: usize| motif.tones[i].degree;
        let (before, here, after) = (at(index - 1), at(index), at(index + 1));
        motif.tones[index].velocity = match (here > before && here >= after, here < before) {
            (true, _) => 94,
            (_, true) => 76,
            _ => 82,
        };
    }
}
