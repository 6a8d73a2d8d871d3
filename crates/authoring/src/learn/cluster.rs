//! Bars into a few kinds, and a kind into a pattern: hit rates become priorities, mean forces accents.

use music::style::{Pattern, Step};

use super::source::STEPS;

/// Gathers points into at most `count` groups (k-means, started from the points furthest apart, so that the
/// same files give the same groups). Gives each point's group; groups are numbered by size.
pub fn groups(points: &[Vec<f32>], count: usize) -> Vec<usize> {
    const ROUNDS: usize = 12;
    let distance =
        |a: &[f32], b: &[f32]| -> f32 { a.iter().zip(b).map(|(x, y)| (x - y) * (x - y)).sum() };
    let Some(first) = points.first() else {
        return Vec::new();
    };
    let mean = |members: &[&Vec<f32>]| -> Vec<f32> {
        let mut sum = vec![0.0; first.len()];
        for point in members {
            for (s, x) in sum.iter_mut().zip(*point) {
                *s += x;
            }
        }
        sum.iter()
            .map(|s| s / members.len().max(1) as f32)
            .collect()
    };
    let middle = mean(&points.iter().collect::<Vec<_>>());
    let nearest_first = |to: &[f32]| {
        let near = |a: &&Vec<f32>, b: &&Vec<f32>| distance(a, to).total_cmp(&distance(b, to));
        points.iter().min_by(near).cloned().unwrap_or_default()
    };
    let mut centres = vec![nearest_first(&middle)];
    while centres.len() < count {
        let apart = |p: &Vec<f32>| {
            let d = centres.iter().map(|c| distance(p, c));
            d.fold(f32::INFINITY, f32::min)
        };
        let far = points.iter().max_by(|a, b| apart(a).total_cmp(&apart(b)));
        match far {
            Some(point) if apart(point) > 0.0 => {
                let point = point.clone();
                centres.push(point);
            }
            _ => break,
        }
    }
    let assign = |centres: &[Vec<f32>]| -> Vec<usize> {
        let nearest = |p: &Vec<f32>| {
            let by = |a: &usize, b: &usize| {
                distance(p, &centres[*a]).total_cmp(&distance(p, &centres[*b]))
            };
            (0..centres.len()).min_by(by).unwrap_or(0)
        };
        points.iter().map(nearest).collect()
    };
    let mut of = assign(&centres);
    for _ in 0..ROUNDS {
        for (index, centre) in centres.iter_mut().enumerate() {
            let own = points.iter().zip(&of).filter(|(_, g)| **g == index);
            let members: Vec<&Vec<f32>> = own.map(|(p, _)| p).collect();
            if !members.is_empty() {
                *centre = mean(&members);
            }
        }
        let next = assign(&centres);
        if next == of {
            break;
        }
        of = next;
    }
    let mut sizes: Vec<(usize, usize)> = (0..centres.len())
        .map(|g| (of.iter().filter(|o| **o == g).count(), g))
        .collect();
    sizes.sort_by_key(|(size, g)| (usize::MAX - size, *g));
    let mut rank = vec![0; centres.len()];
    for (place, (_, g)) in sizes.iter().enumerate() {
        rank[*g] = place;
    }
    of.iter().map(|g| rank[*g]).collect()
}

/// How often something was struck at each step, how hard, how long.
#[derive(Clone, Copy, Debug, Default)]
pub struct Rates {
    hits: [u32; STEPS],
    force: [u32; STEPS],
    span: [u32; STEPS],
    /// Bars that were counted.
    pub bars: u32,
}

impl Rates {
    /// Counts a stroke.
    pub fn add(&mut self, step: usize, velocity: u8, span: u8) {
        let step = step.min(STEPS - 1);
        self.hits[step] += 1;
        self.force[step] += velocity as u32;
        self.span[step] += span as u32;
    }
    /// Share of the bars that strike a step.
    pub fn rate(&self, step: usize) -> f64 {
        self.hits[step] as f64 / self.bars.max(1) as f64
    }
    /// Leaves out everything before a step.
    pub fn forget_before(&mut self, first: usize) {
        for step in 0..first.min(STEPS) {
            self.hits[step] = 0;
        }
    }
    /// Strokes in all.
    pub fn count(&self) -> u32 {
        self.hits.iter().sum()
    }
    /// Priorities such that at the usual density as many strokes are heard as were played, the likelier first;
    /// forces of what was struck; spans where `held`, up to the next likely stroke.
    pub fn steps(&self, held: bool) -> Vec<Step> {
        let mut order: Vec<usize> = (0..STEPS).collect();
        order.sort_by(|a, b| self.rate(*b).total_cmp(&self.rate(*a)).then(a.cmp(b)));
        let expected: f64 = (0..STEPS).map(|s| self.rate(s).min(1.0)).sum();
        let usual = expected.round() as usize;
        let mut steps = vec![Step::default(); STEPS];
        for (place, &step) in order.iter().enumerate() {
            let priority = priority(self.rate(step), place < usual);
            if priority > 0 {
                let mean = self.force[step] / self.hits[step].max(1);
                steps[step] = Step {
                    priority,
                    velocity: on_rung(mean.clamp(1, 127) as u8),
                    span: u8::from(held),
                    tag: 0,
                };
            }
        }
        if held {
            for step in 0..STEPS {
                if steps[step].priority > 0 {
                    let mean = self.span[step] as f64 / self.hits[step].max(1) as f64;
                    let next = (step + 1..STEPS).find(|s| steps[*s].priority > 0);
                    let room = next.unwrap_or(STEPS) - step;
                    steps[step].span = (mean.round() as usize).clamp(1, room) as u8;
                }
            }
        }
        steps
    }
}

/// The digit of a hit rate. `usual`: heard at the usual density. Taste: even steps between rare and always.
fn priority(rate: f64, usual: bool) -> u8 {
    let digit = match rate {
        r if r >= 0.85 => 9,
        r if r >= 0.70 => 8,
        r if r >= 0.55 => 7,
        r if r >= 0.42 => 6,
        r if r >= 0.30 => 5,
        r if r >= 0.20 => 4,
        r if r >= 0.12 => 3,
        r if r >= 0.07 => 2,
        r if r >= 0.04 => 1,
        _ => 0,
    };
    match (digit, usual) {
        (0, _) => 0,
        (d, true) => d.max(4),
        (d, false) => d.min(3),
    }
}

/// The force of the accent digit nearest to a force: what a file can hold.
fn on_rung(velocity: u8) -> u8 {
    let digit = ((velocity as u16 + 6) / 14).clamp(1, 9) as u8;
    crate::steps::accent(digit)
}

/// A pattern of steps.
pub fn pattern(steps: &[Step]) -> Pattern {
    crate::steps::pattern(steps, false)
}

/// How often each of `sizes` shall be chosen, 2–9, the largest most often.
pub fn weight(size: usize, largest: usize) -> u8 {
    (2 + 7 * size / largest.max(1)).min(9) as u8
}
