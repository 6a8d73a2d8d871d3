//! The filters of four bands of noise, side by side. They stand still while a stroke sounds.

use super::{Band, Part};
use crate::filters::SvfCoefficients;
use crate::math::{F4, flush};

type Four = [f32; 4];

/// The filters of four bands: two poles and two zeros each.
///
/// Reference: the bilinear transform, run in the transposed second direct form.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Filters {
    /// What comes in at once, a sample and two samples later.
    into: [Four; 3],
    /// What comes back of what goes out, a sample and two samples later.
    back: [Four; 2],
    state: [Four; 2],
}

impl Filters {
    pub(super) fn set(&mut self, k: usize, band: &Band, rate: f32) {
        let c = SvfCoefficients::new(band.hz, band.damping, rate);
        let into = match band.part {
            Part::Low => [c.a3, 2.0 * c.a3, c.a3],
            Part::Band => [c.k * c.a2, 0.0, -c.k * c.a2],
            Part::High => [c.a1, -2.0 * c.a1, c.a1],
        };
        for (row, into) in self.into.iter_mut().zip(into) {
            row[k] = into;
        }
        self.back[0][k] = 2.0 * (c.a1 - c.a3);
        self.back[1][k] = c.k * c.a2 - c.a1 - c.a3;
    }
    /// In place.
    #[inline(always)]
    pub(super) fn run(&mut self, x: &mut [F4]) {
        let ([b0, b1, b2], [a1, a2]) = (self.into.map(F4::new), self.back.map(F4::new));
        let [mut s1, mut s2] = self.state.map(F4::new);
        for x in x {
            let y = b0 * *x + s1;
            s1 = (b1 * *x + s2) + a1 * y;
            s2 = b2 * *x + a2 * y;
            *x = y;
        }
        self.state = [s1, s2].map(F4::to_array);
    }
    pub(super) fn settle(&mut self) {
        for s in self.state.as_flattened_mut() {
            *s = flush(*s);
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
            let mut x = [F4::ZERO; 256];
            x[0] = F4::splat(1.0);
            filters.run(&mut x);
            for (i, x) in x.iter().enumerate() {
                let (low, middle, high) = plain.next(if i == 0 { 1.0 } else { 0.0 });
                let want = match part {
                    Part::Low => low,
                    Part::Band => middle,
                    Part::High => high,
                };
                assert!((x.to_array()[1] - want).abs() < 1e-5, "{part:?} {i}");
            }
        }
    }
}
