//! From places to a template: means and spread by piece and step, and the remainder.

use music::drum::{PIECES, Piece};
use music::groove::{GROOVE_STEPS, GrooveStep, GrooveSwing, GrooveTemplate};
use music::time::TICKS_PER_STEP;

use super::grid::Place;
use super::{Extracted, STRAIGHT};

/// Furthest that a usual place may lie off the grid, microseconds: what a template can hold.
const FURTHEST_US: f64 = 32_000.0;
/// Further off than this from every step it is a roll or a triplet, not a late sixteenth, ticks.
pub const STRAY: i64 = TICKS_PER_STEP * 2 / 5;
/// Strokes a step needs in a longer file; steps with fewer take the mean of their kind.
const ENOUGH: u32 = 2;
/// Bars from which a file is longer.
const LONGER: usize = 4;
/// Furthest apart that strokes are neighbours, ticks. Reference: half a beat to a beat, as the figures of the
/// built-in grooves were measured.
const NEIGHBOURS: i64 = 960;

#[derive(Clone, Copy, Default)]
struct Sums {
    count: u32,
    offset: f64,
    velocity: f64,
    square: f64,
}

impl Sums {
    fn add(&mut self, offset: f64, velocity: f64) {
        self.count += 1;
        self.offset += offset;
        self.velocity += velocity;
        self.square += velocity * velocity;
    }
    fn join(&mut self, other: &Sums) {
        self.count += other.count;
        self.offset += other.offset;
        self.velocity += other.velocity;
        self.square += other.square;
    }
    fn step(&self) -> GrooveStep {
        let n = self.count.max(1) as f64;
        let mean = self.velocity / n;
        let spread = (self.square / n - mean * mean).max(0.0).sqrt();
        let offset = (self.offset / n).clamp(-FURTHEST_US, FURTHEST_US);
        GrooveStep {
            offset_us: offset.round() as i16,
            velocity: mean.round().clamp(1.0, 127.0) as u8,
            velocity_sd: spread.round().clamp(0.0, 127.0) as u8,
        }
    }
}

/// Beat, eighth or sixteenth.
const fn kind(step: usize) -> usize {
    match step % 4 {
        0 => 0,
        2 => 1,
        _ => 2,
    }
}

pub fn measure(places: &[Place], swing: GrooveSwing) -> Extracted {
    let bars = {
        let mut bars: Vec<usize> = places.iter().map(|p| p.bar).collect();
        bars.dedup();
        bars.len()
    };
    let mut sums = [[Sums::default(); GROOVE_STEPS]; PIECES];
    let read = |p: &Place| {
        let (slot, late) = p.read(swing);
        let near = late.abs() <= STRAY;
        near.then(|| (slot.pattern_step as usize, p.micros(late) as f64))
    };
    for place in places {
        if let Some((step, late)) = read(place) {
            sums[place.piece as usize][step].add(late, place.velocity as f64);
        }
    }
    let mut template = GrooveTemplate {
        swing: (swing.ratio > STRAIGHT.ratio).then_some(swing),
        ..GrooveTemplate::default()
    };
    let least = if bars >= LONGER { ENOUGH } else { 1 };
    let mut struck = [[0; GROOVE_STEPS]; PIECES];
    for piece in Piece::ALL {
        let own = &sums[piece as usize];
        let mut kinds = [Sums::default(); 3];
        let mut all = Sums::default();
        for (step, sum) in own.iter().enumerate() {
            kinds[kind(step)].join(sum);
            all.join(sum);
            struck[piece as usize][step] = sum.count;
        }
        if all.count == 0 {
            continue;
        }
        for (step, sum) in own.iter().enumerate() {
            let of_kind = &kinds[kind(step)];
            let from = if sum.count >= least {
                sum
            } else if of_kind.count > 0 {
                of_kind
            } else {
                &all
            };
            template.pieces[piece as usize][step] = from.step();
        }
    }
    let rest: Vec<(i64, f64)> = places
        .iter()
        .filter_map(|p| {
            let (step, late) = read(p)?;
            let usual = template.pieces[p.piece as usize][step].offset_us as f64;
            Some((p.bar_start.0 + p.tick, late - usual))
        })
        .collect();
    let (sd, lag1) = remainder(rest);
    template.residual_sd_us = sd.round().min(40_000.0) as u16;
    template.residual_lag1 = (lag1 * 100.0).round().clamp(0.0, 99.0) as u8;
    Extracted {
        template,
        struck,
        notes: places.len(),
        bars,
    }
}

/// Spread of what the usual places leave, and how far a stroke tells the next.
fn remainder(mut rest: Vec<(i64, f64)>) -> (f64, f64) {
    rest.sort_by_key(|r| r.0);
    let n = rest.len().max(1) as f64;
    let variance = rest.iter().map(|r| r.1 * r.1).sum::<f64>() / n;
    // Strokes of one moment are one.
    let mut moments: Vec<(i64, f64, f64)> = Vec::new();
    for (at, late) in rest {
        match moments.last_mut() {
            Some(m) if at - m.0 < TICKS_PER_STEP / 2 => {
                m.1 += late;
                m.2 += 1.0;
            }
            _ => moments.push((at, late, 1.0)),
        }
    }
    let means: Vec<(i64, f64)> = moments.iter().map(|m| (m.0, m.1 / m.2)).collect();
    let (mut cross, mut squares, mut pairs) = (0.0, 0.0, 0);
    for pair in means.windows(2) {
        if pair[1].0 - pair[0].0 <= NEIGHBOURS {
            cross += pair[0].1 * pair[1].1;
            squares += (pair[0].1.powi(2) + pair[1].1.powi(2)) / 2.0;
            pairs += 1;
        }
    }
    let lag1 = if pairs > 8 && squares > 0.0 {
        cross / squares
    } else {
        0.0
    };
    (variance.sqrt(), lag1)
}
