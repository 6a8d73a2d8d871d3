//! Peak, power and correlation of the buses.

use super::BusMeter;
use crate::math::{F8, TICK, eights, flush8, largest8, sounds, sum8};

/// Time constant of the running mean.
///
/// Taste: as long as a VU meter takes.
const MEAN_S: f32 = 0.3;

/// What one bus showed since the meters were taken, by every eighth sample: they are only brought together when they
/// are read.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Gauge {
    peak: [F8; 2],
    sums: [F8; 3],
    samples: u64,
    mean: [F8; 2],
    /// Share of the way to a sample's power.
    share: f32,
}

impl Gauge {
    pub(crate) fn new(rate: f32) -> Gauge {
        Gauge {
            peak: [F8::ZERO; 2],
            sums: [F8::ZERO; 3],
            samples: 0,
            mean: [F8::ZERO; 2],
            share: 1.0 / (MEAN_S * rate),
        }
    }
    pub(crate) fn reset(&mut self) {
        self.forget();
        self.mean = [F8::ZERO; 2];
    }
    fn forget(&mut self) {
        self.peak = [F8::ZERO; 2];
        self.sums = [F8::ZERO; 3];
        self.samples = 0;
    }
    /// Takes a piece, zero beyond its end. Says whether all of it are numbers.
    #[inline(always)]
    pub(crate) fn take(&mut self, piece: &[[f32; TICK]; 2], frames: usize) -> bool {
        // Some samples at once; the mean is long against them.
        let keep = F8::splat(1.0 - self.share * frames as f32);
        if !sounds(&piece[0]) && !sounds(&piece[1]) {
            for mean in &mut self.mean {
                *mean = flush8(keep * *mean);
            }
            self.samples += frames as u64;
            return true;
        }
        let ([l, m], [r, s]) = (eights(&piece[0]), eights(&piece[1]));
        let peaks = [l.abs().fast_max(m.abs()), r.abs().fast_max(s.abs())];
        let whole =
            [(l, l, m, m), (r, r, s, s), (l, r, m, s)].map(|(a, b, c, d)| c.mul_add(d, a * b));
        // One that is not a number makes the sums one; levels never come near the largest number.
        let all_numbers = (whole[0] + whole[1]).simd_lt(F8::splat(f32::MAX));
        if !all_numbers.all() {
            return false;
        }
        for (peak, p) in self.peak.iter_mut().zip(peaks) {
            *peak = peak.fast_max(p);
        }
        for (sum, s) in self.sums.iter_mut().zip(whole) {
            *sum += s;
        }
        for (mean, power) in self.mean.iter_mut().zip(whole) {
            *mean = keep.mul_add(*mean, F8::splat(self.share) * power);
        }
        self.samples += frames as u64;
        true
    }
    /// What it showed; it starts anew.
    pub(crate) fn read(&mut self) -> ([f32; 2], BusMeter) {
        let [left, right, both] = self.sums.map(sum8);
        let share = 1.0 / self.samples.max(1) as f32;
        let of = (left * right).sqrt();
        let meter = BusMeter {
            power: [left * share, right * share],
            mean_power: self.mean.map(sum8),
            correlation: if of > 1e-9 {
                (both / of).clamp(-1.0, 1.0)
            } else {
                1.0
            },
        };
        let peak = self.peak.map(largest8);
        self.forget();
        (peak, meter)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::noise::Noise;

    #[test]
    fn the_running_mean_arrives_and_falls_whatever_is_read_in_between() {
        let mut gauge = Gauge::new(48_000.0);
        let mut run = |level: f32, ticks: usize| {
            let mut last = BusMeter::default();
            for n in 0..ticks {
                gauge.take(&[[level; TICK], [0.0; TICK]], TICK);
                if n % 7 == 6 {
                    last = gauge.read().1;
                }
            }
            last
        };
        let loud = run(0.5, 6000);
        assert!((loud.rms_db() + 6.02).abs() < 0.1, "{}", loud.rms_db());
        // After one time constant 4.34 dB are gone.
        let soft = run(0.0, 900);
        assert!((soft.rms_db() + 10.36).abs() < 0.2, "{}", soft.rms_db());
        assert_eq!(soft.power, [0.0; 2]);
    }

    /// What a gauge shows of a second of sound, taken in pieces of a size.
    fn shown(mut sound: impl FnMut(usize) -> [f32; 2], size: usize) -> ([f32; 2], BusMeter) {
        let mut gauge = Gauge::new(48_000.0);
        let mut at = 0;
        while at < 48_000 {
            let frames = size.min(48_000 - at);
            let mut piece = [[0.0; TICK]; 2];
            for i in 0..frames {
                let [left, right] = sound(at + i);
                (piece[0][i], piece[1][i]) = (left, right);
            }
            assert!(gauge.take(&piece, frames));
            at += frames;
        }
        gauge.read()
    }

    fn sine(hz: f32, turns: f32) -> impl Fn(usize) -> f32 {
        move |at| (core::f32::consts::TAU * (hz * at as f32 / 48_000.0 + turns)).sin()
    }

    #[test]
    fn correlation_is_that_of_the_two_sides() {
        let (a, quarter) = (sine(1000.0, 0.0), sine(1000.0, 0.25));
        let of = |right: &dyn Fn(usize) -> f32| shown(|at| [a(at), right(at)], TICK).1.correlation;
        assert!((of(&|at| a(at)) - 1.0).abs() < 1e-4);
        assert!(
            (of(&|at| 0.1 * a(at)) - 1.0).abs() < 1e-4,
            "level is not width"
        );
        assert!((of(&|at| -a(at)) + 1.0).abs() < 1e-4);
        assert!(of(&quarter).abs() < 1e-3);
        // Half of the right is the left's: 1 / √(1 + 1) with as much of its own.
        let both = of(&|at| a(at) + quarter(at));
        assert!(
            (both - core::f32::consts::FRAC_1_SQRT_2).abs() < 1e-3,
            "{both}"
        );
        let (mut left, mut right) = (Noise::new(3, 1), Noise::new(4, 2));
        let noise = shown(|_| [left.next(), right.next()], TICK).1.correlation;
        assert!(noise.abs() < 0.02, "{noise}");
        assert_eq!(shown(|_| [0.0; 2], TICK).1.correlation, 1.0, "silence");
        assert_eq!(
            shown(|at| [a(at), 0.0], TICK).1.correlation,
            1.0,
            "one side"
        );
    }

    #[test]
    fn level_and_peak_are_read_whatever_the_pieces_and_start_anew() {
        let (a, b) = (sine(440.0, 0.0), sine(440.0, 0.1));
        for size in [TICK, 7, 1] {
            let (peak, meter) = shown(|at| [0.5 * a(at), 0.05 * b(at)], size);
            assert!((peak[0] - 0.5).abs() < 1e-3 && (peak[1] - 0.05).abs() < 1e-4);
            // A sine's mean square is 3.01 dB under its peak.
            let [left_db, right_db] = meter.power.map(|power| 10.0 * power.log10());
            assert!((left_db + 6.02 + 3.01).abs() < 0.02, "{left_db}");
            assert!((right_db + 26.02 + 3.01).abs() < 0.02, "{right_db}");
        }
        let mut gauge = Gauge::new(48_000.0);
        gauge.take(&[[0.5; TICK]; 2], TICK);
        gauge.read();
        let (peak, meter) = gauge.read();
        assert_eq!(
            (peak, meter.power, meter.correlation),
            ([0.0; 2], [0.0; 2], 1.0)
        );
        assert!(!gauge.take(&[[f32::NAN; TICK], [0.0; TICK]], TICK));
    }
}
