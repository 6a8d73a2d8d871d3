//! The filter of a string's loop: losses that grow with the square of the frequency, and the fraction of a
//! sample that the delay lacks, as one response of sixteen taps.
//!
//! Reference: T. Laakso et al., "Splitting the unit delay" (fractional delay by windowed responses); the
//! losses are those of a string with internal friction, a Gaussian in frequency.

use core::f32::consts::PI;

use crate::math::{F4, TICK, fours, unfold};

/// Taps of the filter.
pub(crate) const TAPS: usize = 16;
/// Tap around which it lies.
const CENTRE: f32 = 7.0;
/// Frequencies at which the wanted response is summed.
const POINTS: usize = 24;

/// A filter with the delay before it.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Kernel {
    taps: [f32; TAPS],
    /// Samples back of the newest sample that is heard.
    pub(crate) delay: usize,
    /// Gain at the fundamental.
    pub(crate) gain: f32,
}

impl Kernel {
    /// For a fundamental that falls by 60 dB in `t60`, and an overtone at `high_hz` in `high`.
    pub(crate) fn new(
        hz: f32,
        t60: f32,
        high_hz: f32,
        high: f32,
        rate: f32,
        room: usize,
    ) -> Kernel {
        let radians = 2.0 * PI / rate;
        let (w, high_w) = (hz * radians, high_hz * radians);
        let nepers = 6.9078 / hz * (1.0 / high - 1.0 / t60).max(0.0);
        let spread = 2.0 * nepers / (high_w * high_w - w * w).max(1e-6);
        Kernel::of_spread(spread, hz, rate, rate / hz, room)
    }
    /// For a spread of the response (variance in samples²) and a delay in samples at `hz`.
    pub(crate) fn of_spread(spread: f32, hz: f32, rate: f32, period: f32, room: usize) -> Kernel {
        let w = 2.0 * PI * hz / rate;
        let spread = spread.clamp(0.0, 12.0);
        let most = (room - TICK - TAPS - 2) as f32;
        let whole = (period - CENTRE).floor().clamp(1.0, most);
        let wanted = (period - CENTRE - whole).clamp(0.0, 1.0);
        let (mut taps, mut measured) = design(spread, wanted, w);
        // Short loops feel the filter's own unevenness: one correction brings it under a tenth of a cent.
        let off = wanted - measured.0;
        if off.abs() > 2e-5 * period {
            (taps, measured) = design(spread, wanted + off, w);
        }
        Kernel {
            taps,
            delay: whole as usize,
            gain: measured.1,
        }
    }
    /// What comes round for the next `count` samples, of which the first is written at `at`.
    #[inline(always)]
    pub(crate) fn hear(&self, line: &[f32], at: usize, count: usize) -> [f32; TICK] {
        let from = at.wrapping_sub(self.delay + TAPS - 1);
        let begin = from & (line.len() - 1);
        if count == TICK
            && let Some(past) = line[begin..].first_chunk()
        {
            return self.apply(past);
        }
        let mut past = [0.0; TICK + TAPS];
        super::read(line, from, &mut past[..count + TAPS - 1]);
        self.apply(&past)
    }
    /// The filter over a past that begins `TAPS − 1` samples before the first one wanted.
    #[inline(always)]
    fn apply(&self, past: &[f32; TICK + TAPS]) -> [f32; TICK] {
        let mut sums = [F4::ZERO; TICK / 4];
        for (k, tap) in self.taps.iter().enumerate() {
            if let Some(heard) = past[TAPS - 1 - k..].first_chunk() {
                let heard = fours(heard);
                for n in 0..TICK / 4 {
                    sums[n] += F4::splat(*tap) * heard[n];
                }
            }
        }
        unfold(sums)
    }
}

/// Taps for a spread (variance in samples²) and a fraction; its phase delay beyond the centre, and its gain,
/// at `w`.
fn design(spread: f32, fraction: f32, w: f32) -> ([f32; TAPS], (f32, f32)) {
    let mut taps = [0.0f32; TAPS];
    let step = PI / POINTS as f32;
    let behind = CENTRE + fraction;
    for j in 0..POINTS {
        let angle = (j as f32 + 0.5) * step;
        // The top of the band goes softly, so that the response is short.
        let edge = ((angle / PI - 0.55) / 0.45).clamp(0.0, 1.0);
        let soft = 0.5 + 0.5 * (PI * edge).cos();
        let level = soft * (-0.5 * spread * angle * angle).exp();
        if level < 1e-4 {
            break;
        }
        let (turn_sin, turn_cos) = angle.sin_cos();
        let (sin, cos) = (angle * behind).sin_cos();
        let (mut re, mut im) = (level * cos, -level * sin);
        for tap in &mut taps {
            *tap += re;
            (re, im) = (re * turn_cos - im * turn_sin, re * turn_sin + im * turn_cos);
        }
    }
    let sum: f32 = taps.iter().sum();
    let (turn_sin, turn_cos) = w.sin_cos();
    let (mut cos, mut sin) = ((CENTRE * w).cos(), -(CENTRE * w).sin());
    let (mut re, mut im) = (0.0, 0.0);
    for tap in &mut taps {
        *tap /= sum;
        re += *tap * cos;
        im += *tap * sin;
        (cos, sin) = (
            cos * turn_cos - sin * turn_sin,
            cos * turn_sin + sin * turn_cos,
        );
    }
    (taps, (im.atan2(re) / w, (re * re + im * im).sqrt()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_loop_has_the_length_and_the_losses_that_are_asked_for() {
        let rate = 48_000.0;
        for hz in [41.2f32, 110.0, 440.0, 1760.0] {
            for high in [0.1f32, 0.5, 2.0] {
                let kernel = Kernel::new(hz, 4.0, 3000.0f32.max(3.0 * hz), high, rate, 4096);
                let phase = |f: f32| {
                    let w = f64::from(f) * 2.0 * core::f64::consts::PI / f64::from(rate);
                    let (mut re, mut im) = (0.0, 0.0);
                    for (k, tap) in kernel.taps.iter().enumerate() {
                        let angle = w * (kernel.delay + k) as f64;
                        re += f64::from(*tap) * angle.cos();
                        im += f64::from(*tap) * angle.sin();
                    }
                    ((re * re + im * im).sqrt(), im.atan2(re), w)
                };
                let (gain, angle, w) = phase(hz);
                // A turn of the loop is a turn of the fundamental.
                let off = (angle / w)
                    .abs()
                    .min((2.0 * core::f64::consts::PI / w) - (angle / w).abs());
                let cents = 1200.0 * (1.0 + off / f64::from(rate / hz)).log2();
                assert!(cents < 0.1, "{hz} Hz, {high} s: {cents} cents");
                assert!((gain - f64::from(kernel.gain)).abs() < 1e-5);
                let most = (1..200)
                    .map(|k| phase(k as f32 * 120.0).0)
                    .fold(0.0, f64::max);
                assert!(most < 1.0001, "{hz} Hz, {high} s: {most}");
            }
        }
    }
}
