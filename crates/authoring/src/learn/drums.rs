//! Grooves: bars without fills gathered into a few kinds, each a line a piece with the hit rates as digits.

use music::drum::{PIECES, Piece};
use music::plan::SectionKind;
use music::style::{DrumGroove, DrumLine, DrumStyle, Kinds, Step};

use super::cluster::{Rates, groups, pattern, weight};
use super::fills;
use super::source::{Bar, STEPS, Song};

/// Bars a groove should stand for, and most and fewest grooves. Taste.
const BARS_EACH: usize = 12;
const MOST: usize = 6;
const FEWEST: usize = 3;
/// Most bars that are compared. Taste: enough for any band, and quick.
const MOST_BARS: usize = 3000;
/// Softer snare strokes are ghosts.
const GHOST: u8 = 50;

/// Where quiet and where full grooves go; what may be either stands in both.
const QUIET: [SectionKind; 7] = [
    SectionKind::Intro,
    SectionKind::Verse,
    SectionKind::PreChorus,
    SectionKind::Bridge,
    SectionKind::Breakdown,
    SectionKind::Build,
    SectionKind::Outro,
];
const FULL: [SectionKind; 7] = [
    SectionKind::PreChorus,
    SectionKind::Chorus,
    SectionKind::Bridge,
    SectionKind::Solo,
    SectionKind::Build,
    SectionKind::Drop,
    SectionKind::Outro,
];

/// What a bar of drums counts as: body twice, the rest once.
fn point(bar: &Bar) -> Vec<f32> {
    let mut out = Vec::with_capacity(PIECES * STEPS);
    for piece in Piece::ALL {
        let share = match piece {
            Piece::Kick | Piece::Snare | Piece::Rim | Piece::Clap => 1.4,
            _ => 0.8,
        };
        let row = bar.kit[piece as usize].iter();
        out.extend(row.map(|v| if *v > 0 { share } else { 0.0 }));
    }
    out
}

/// Whether anybody drums in a bar.
pub fn sounds(bar: &Bar) -> bool {
    bar.kit.iter().flatten().any(|v| *v > 0)
}

/// Hit rates of each piece over some bars.
pub fn rates<'a>(bars: impl Iterator<Item = &'a Bar> + Clone) -> Vec<Rates> {
    let one = |piece: Piece| {
        let mut rates = Rates::default();
        for bar in bars.clone() {
            rates.bars += 1;
            for (step, force) in bar.kit[piece as usize].iter().enumerate() {
                if *force > 0 {
                    rates.add(step, *force, 1);
                }
            }
        }
        rates
    };
    Piece::ALL.map(one).to_vec()
}

/// Lines of the pieces that are heard, the busiest first.
pub fn lines<const N: usize>(rates: &[Rates]) -> heapless::Vec<DrumLine, N> {
    let mut all: Vec<(u32, DrumLine)> = Vec::new();
    for (piece, rates) in Piece::ALL.into_iter().zip(rates) {
        let steps = rates.steps(false);
        if steps.iter().any(|s: &Step| s.priority > 0) {
            let pattern = pattern(&steps);
            all.push((rates.count(), DrumLine { piece, pattern }));
        }
    }
    all.sort_by_key(|(count, line)| (u32::MAX - count, line.piece));
    all.truncate(N);
    all.sort_by_key(|(_, line)| line.piece);
    all.into_iter().map(|(_, line)| line).collect()
}

/// Learns grooves, fills and manners; `energy` is that of the form's strongest section. `false` where nobody drums.
pub fn learn(songs: &[Song], energy: u8, out: &mut DrumStyle) -> bool {
    let all = songs.iter().flat_map(|s| &s.bars).filter(|b| sounds(b));
    let all: Vec<&Bar> = all.collect();
    let filled = fills::find(songs);
    let plain: Vec<&Bar> = all
        .iter()
        .copied()
        .filter(|b| !filled.iter().any(|f| std::ptr::eq(f.bar, *b)))
        .collect();
    let plain = if plain.len() >= FEWEST {
        plain
    } else {
        all.clone()
    };
    if plain.is_empty() {
        return false;
    }
    let every = plain.len().div_ceil(MOST_BARS);
    let chosen: Vec<&Bar> = plain.iter().copied().step_by(every).collect();
    let points: Vec<Vec<f32>> = chosen.iter().map(|b| point(b)).collect();
    let count = (chosen.len() / BARS_EACH).clamp(FEWEST, MOST);
    let of = groups(&points, count);
    let found = of.iter().max().map_or(0, |m| m + 1);
    let mut grooves: Vec<(f64, DrumGroove)> = Vec::new();
    let largest = of.iter().filter(|g| **g == 0).count();
    for group in 0..found {
        let members = chosen.iter().zip(&of).filter(|(_, g)| **g == group);
        let members: Vec<&Bar> = members.map(|(b, _)| *b).collect();
        let rates = rates(members.iter().copied());
        let lines = lines(&rates);
        let force: u32 = members
            .iter()
            .flat_map(|b| b.kit.iter().flatten())
            .map(|v| *v as u32)
            .sum();
        let groove = DrumGroove {
            kinds: Kinds::default(),
            weight: weight(members.len(), largest),
            lines,
        };
        grooves.push((force as f64 / members.len().max(1) as f64, groove));
    }
    grooves.retain(|(_, g)| !g.lines.is_empty());
    generalise(&mut grooves);
    grooves.sort_by(|a, b| a.0.total_cmp(&b.0));
    place(&mut grooves);
    out.grooves = grooves.into_iter().map(|(_, g)| g).collect();
    fills::learn(&filled, energy, out);
    manners(songs, &all, out);
    true
}

/// A loop that never changes gives variants of itself: the rarer kicks left out, then the time on the ride.
fn generalise(grooves: &mut Vec<(f64, DrumGroove)>) {
    let mut turn = 0;
    while !grooves.is_empty() && grooves.len() < FEWEST && turn < 2 {
        let mut copy = grooves[0].clone();
        for line in &mut copy.1.lines {
            if turn == 0 && line.piece == Piece::Kick {
                for (i, step) in line.pattern.steps.iter_mut().enumerate() {
                    if i % 8 != 0 && step.priority > 0 {
                        step.priority = step.priority.saturating_sub(4).max(1);
                    }
                }
            } else if turn == 1 && line.piece == Piece::HatClosed {
                line.piece = Piece::Ride;
            }
        }
        copy.0 *= if turn == 0 { 0.9 } else { 1.1 };
        copy.1.weight = copy.1.weight.div_ceil(2);
        grooves.push(copy);
        turn += 1;
    }
}

/// With grooves enough, the quieter ones go to quiet sections and the fuller ones to full ones; those in the
/// middle go to both.
fn place(grooves: &mut [(f64, DrumGroove)]) {
    let count = grooves.len();
    if count < 5 {
        return;
    }
    let set = |kinds: &[SectionKind]| kinds.iter().fold(Kinds::default(), |k, s| k.with(*s));
    let (quiet, full) = (set(&QUIET), set(&FULL));
    for (index, (_, groove)) in grooves.iter_mut().enumerate() {
        groove.kinds = match index {
            0 | 1 => quiet,
            i if i + 2 >= count => full,
            _ => Kinds(quiet.0 | full.0),
        };
    }
}

/// Players, ghosts and crashes.
fn manners(songs: &[Song], bars: &[&Bar], out: &mut DrumStyle) {
    let mut hands = [0usize; 8];
    let (mut snares, mut ghosts) = (0usize, 0usize);
    let mut forces: Vec<u8> = Vec::new();
    for bar in bars {
        for step in 0..STEPS {
            let struck = Piece::ALL
                .into_iter()
                .filter(|p| bar.kit[*p as usize][step] > 0);
            let at_once = struck
                .filter(|p| p.limb() == music::drum::Limb::Hand)
                .count();
            hands[at_once.min(7)] += 1;
            let snare = bar.kit[Piece::Snare as usize][step];
            if snare > 0 {
                snares += 1;
                ghosts += usize::from(snare < GHOST);
                forces.push(snare);
            }
        }
    }
    let busy: usize = hands[1..].iter().sum();
    let three: usize = hands[3..].iter().sum();
    let even = |f: &[u8]| f.iter().min() == f.iter().max();
    // Taste: one moment in twenty with three hands is more than one drummer; equal forces are a machine.
    out.players = match three * 20 > busy {
        _ if forces.len() > 16 && even(&forces) => 0,
        true => 2,
        false => 1,
    };
    if let Some(percent) = (100 * ghosts).checked_div(snares) {
        out.ghosts = percent.min(90) as u8;
    }
    let (mut starts, mut crashes) = (0, 0);
    for bar in songs.iter().flat_map(|s| s.bars.iter().skip(1)) {
        if bar.starts {
            starts += 1;
            let cymbals = [Piece::Crash, Piece::Splash];
            crashes += usize::from(cymbals.iter().any(|p| bar.kit[*p as usize][0] > 0));
        }
    }
    if starts >= 4 {
        out.crash = (100 * crashes / starts).min(95) as u8;
    }
}
