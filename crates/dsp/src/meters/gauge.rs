//! Peak, power and correlation of the buses.

use super::BusMeter;
use crate::math::{TICK, larger};

/// What one bus showed since the meters were taken.
#[derive(Clone, Copy, Debug, Default)]
pub(crate) struct Gauge {
    pub(crate) peak: [f32; 2],
    sums: [f32; 3],
    samples: u64,
}

impl Gauge {
    /// Takes a piece, zero beyond its end. Says whether all of it are numbers.
    #[inline(always)]
    pub(crate) fn take(&mut self, piece: &[[f32; TICK]; 2], frames: usize) -> bool {
        let mut peaks = [[0.0f32; 4]; 2];
        let mut sums = [[0.0f32; 4]; 3];
        for four in 0..TICK / 4 {
            for k in 0..4 {
                let (l, r) = (piece[0][4 * four + k], piece[1][4 * four + k]);
                peaks[0][k] = larger(l.abs(), peaks[0][k]);
                peaks[1][k] = larger(r.abs(), peaks[1][k]);
                sums[0][k] += l * l;
                sums[1][k] += r * r;
                sums[2][k] += l * r;
            }
        }
        let whole = sums.map(|s| (s[0] + s[1]) + (s[2] + s[3]));
        // One that is not a number makes the sums one; levels never come near the largest number.
        if !(whole[0] + whole[1] < f32::MAX) {
            return false;
        }
        for (peak, p) in self.peak.iter_mut().zip(peaks) {
            *peak = larger(larger(larger(p[0], p[1]), larger(p[2], p[3])), *peak);
        }
        for (sum, s) in self.sums.iter_mut().zip(whole) {
            *sum += s;
        }
        self.samples += frames as u64;
        true
    }
    /// What it showed; it starts anew.
    pub(crate) fn read(&mut self) -> ([f32; 2], BusMeter) {
        let [left, right, both] = self.sums;
        let share = 1.0 / self.samples.max(1) as f32;
        let of = (left * right).sqrt();
        let meter = BusMeter {
            power: [left * share, right * share],
            correlation: if of > 1e-9 {
                (both / of).clamp(-1.0, 1.0)
            } else {
                1.0
            },
        };
        let peak = self.peak;
        *self = Gauge::default();
        (peak, meter)
    }
}
