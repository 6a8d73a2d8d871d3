//! The filters of four bands of noise, side by side and two samples at a time. They stand still while a stroke
//! sounds.

use super::{Band, Part};
use crate::filters::SvfCoefficients;
use crate::math::{F4, F8, TICK, flush4};

type Four = [f32; 4];

/// A piece of four bands: each pair of samples side by side.
pub(super) type Pairs = [F8; TICK / 2];

/// The filters of four bands: two poles and two zeros each, and the mirror images of the poles both ways, which
/// change nothing but let every sample follow from those two and four before it.
///
/// Reference: the bilinear transform; K. Parhi, D. Messerschmitt, "Pipeline interleaving and parallelism in
/// recursive digital filters" (look-ahead by cancelling poles).
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Filters {
    /// What comes in at once and up to four samples later.
    into: [Four; 5],
    /// What comes back of what goes out, two and four samples later.
    back: [Four; 2],
    /// The last four samples that came in and that went out, the newest first.
    heard: [Four; 4],
    said: [Four; 4],
}

/// Two fours side by side.
#[inline(always)]
fn join([a, b, c, d]: Four, [e, f, g, h]: Four) -> F8 {
    F8::new([a, b, c, d, e, f, g, h])
}

/// Either four of a pair.
#[inline(always)]
fn part(pair: F8) -> [Four; 2] {
    let [a, b, c, d, e, f, g, h] = pair.to_array();
    [[a, b, c, d], [e, f, g, h]]
}

impl Filters {
    pub(super) fn set(&mut self, k: usize, band: &Band, rate: f32) {
        let c = SvfCoefficients::new(band.hz, band.damping, rate);
        let [b0, b1, b2] = match band.part {
            Part::Low => [c.a3, 2.0 * c.a3, c.a3],
            Part::Band => [c.k * c.a2, 0.0, -c.k * c.a2],
            Part::High => [c.a1, -2.0 * c.a1, c.a1],
        };
        let (a1, a2) = (2.0 * (c.a1 - c.a3), c.k * c.a2 - c.a1 - c.a3);
        let into = [
            b0,
            b1 + a1 * b0,
            b2 + a1 * b1 - a2 * b0,
            a1 * b2 - a2 * b1,
            -a2 * b2,
        ];
        for (row, into) in self.into.iter_mut().zip(into) {
            row[k] = into;
        }
        self.back[0][k] = a1 * a1 + 2.0 * a2;
        self.back[1][k] = -a2 * a2;
    }
    /// The first `frames` samples, in place.
    #[inline(always)]
    pub(super) fn run(&mut self, x: &mut Pairs, frames: usize) {
        if frames < TICK {
            return self.step(x, frames);
        }
        let [b0, b1, b2, b3, b4] = self.into.map(|row| join(row, row));
        let [a2, a4] = self.back.map(|row| join(row, row));
        let [one, two, three, four] = self.heard;
        let (mut x2, mut x3, mut x4) = (join(two, one), join(three, two), join(four, three));
        let [one, two, three, four] = self.said;
        let (mut y2, mut y4) = (join(two, one), join(four, three));
        for x in x.iter_mut() {
            let x1 = join(part(x2)[1], part(*x)[0]);
            let into = b2.mul_add(x2, b1.mul_add(x1, b0 * *x));
            let into = b4.mul_add(x4, b3.mul_add(x3, into));
            let y = a2.mul_add(y2, a4.mul_add(y4, into));
            (x4, x3, x2) = (x2, x1, *x);
            (y4, y2) = (y2, y);
            *x = y;
        }
        let ([two, one], [four, three]) = (part(x2), part(x4));
        self.heard = [one, two, three, four];
        let ([two, one], [four, three]) = (part(y2), part(y4));
        self.said = [one, two, three, four];
    }
    /// Some samples, one by one.
    fn step(&mut self, x: &mut Pairs, frames: usize) {
        let into = self.into.map(F4::new);
        let back = self.back.map(F4::new);
        let (mut heard, mut said) = (self.heard.map(F4::new), self.said.map(F4::new));
        for i in 0..frames {
            let mut pair = part(x[i / 2]);
            let now = F4::new(pair[i % 2]);
            let mut y = into[0] * now;
            for (into, heard) in into[1..].iter().zip(&heard) {
                y = into.mul_add(*heard, y);
            }
            y = back[0].mul_add(said[1], back[1].mul_add(said[3], y));
            heard = [now, heard[0], heard[1], heard[2]];
            said = [y, said[0], said[1], said[2]];
            pair[i % 2] = y.to_array();
            x[i / 2] = join(pair[0], pair[1]);
        }
        self.heard = heard.map(F4::to_array);
        self.said = said.map(F4::to_array);
    }
    pub(super) fn settle(&mut self) {
        for row in self.heard.iter_mut().chain(&mut self.said) {
            *row = flush4(F4::new(*row)).to_array();
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::filters::Svf;

    #[test]
    fn the_filters_are_those_that_a_state_variable_filter_makes() {
        for (part, hz, damping) in [
            (Part::Low, 700.0, 1.4),
            (Part::Band, 2_300.0, 0.7),
            (Part::High, 9_000.0, 1.2),
        ] {
            let mut filters = Filters::default();
            let band = Band {
                hz,
                damping,
                part,
                ..Band::default()
            };
            filters.set(1, &band, 48_000.0);
            let mut plain = Svf::new(hz, damping, 48_000.0);
            let mut impulse = 1.0;
            // A short piece, as for a stroke between ticks; then whole ones.
            for frames in [5, TICK, TICK, 3, TICK] {
                let mut x = [F8::ZERO; TICK / 2];
                x[0] = join([0.0, impulse, 0.0, 0.0], [0.0; 4]);
                filters.run(&mut x, frames);
                for i in 0..frames {
                    let (low, middle, high) = plain.next(if i == 0 { impulse } else { 0.0 });
                    let want = match part {
                        Part::Low => low,
                        Part::Band => middle,
                        Part::High => high,
                    };
                    let got = super::part(x[i / 2])[i % 2][1];
                    assert!((got - want).abs() < 1e-5, "{part:?} {i}: {got}, not {want}");
                }
                impulse = 0.0;
            }
        }
    }
}
