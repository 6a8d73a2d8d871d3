//! The filter of a string's loop: losses that grow with the square of the frequency, and the fraction of a
//! sample that the delay lacks, as one response of sixteen taps.
//!
//! Reference: T. Laakso et al., "Splitting the unit delay" (fractional delay by windowed responses); the
//! losses are those of a string with internal friction, a Gaussian in frequency.

use core::f32::consts::PI;

use crate::math::{F8, Row, TICK, eights, total};

/// Taps of the filter.
pub(crate) const TAPS: usize = 16;
/// Tap around which it lies.
const CENTRE: f32 = 7.0;
/// Frequencies at which the wanted response is summed, in the middles of as many parts of the band.
const POINTS: usize = 24;
/// Radians from an edge of such a part to its middle.
const HALF_PART: f64 = core::f64::consts::PI / (2 * POINTS) as f64;
/// Cosines and sines of every frequency at every tap, and how softly the top of the band goes.
const WAVES: [[[f32; TAPS]; 2]; POINTS] = waves();
const SOFT: [f64; POINTS] = softness();

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
    /// For a fundamental that falls by 60 dB in `t60`, and an overtone at `high_hz` in `high`, in a loop that is `late`
    /// samples long without it.
    pub(crate) fn new(
        hz: f32,
        t60: f32,
        (high_hz, high): (f32, f32),
        late: f32,
        rate: f32,
        room: usize,
    ) -> Kernel {
        let radians = 2.0 * PI / rate;
        let (w, high_w) = (hz * radians, high_hz * radians);
        let nepers = 6.9078 / hz * (1.0 / high - 1.0 / t60).max(0.0);
        let spread = 2.0 * nepers / (high_w * high_w - w * w).max(1e-6);
        Kernel::of_spread(spread, hz, rate, rate / hz - late, room)
    }
    /// For a spread of the response (variance in samples²) and a delay in samples at `hz`.
    pub(crate) fn of_spread(spread: f32, hz: f32, rate: f32, period: f32, room: usize) -> Kernel {
        let probe = Probe::new(2.0 * PI * hz / rate);
        let spread = spread.clamp(0.0, 12.0);
        let most = (room - TICK - TAPS - 2) as f32;
        let whole = (period - CENTRE).floor().clamp(1.0, most);
        let wanted = (period - CENTRE - whole).clamp(0.0, 1.0);
        let mut taps = design(spread, wanted);
        let (late, mut gain) = probe.measure(&taps);
        // Short loops feel the filter's own unevenness: one correction brings it under a tenth of a cent.
        let off = wanted - late;
        if off.abs() > 2e-5 * period {
            taps = design(spread, wanted + off);
            gain = probe.measure(&taps).1;
        }
        Kernel {
            taps,
            delay: whole as usize,
            gain,
        }
    }
    /// What comes round for the next `count` samples, of which the first is written at `at`.
    #[inline(always)]
    pub(crate) fn hear(&self, line: &[f32], at: usize, count: usize) -> Row {
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
    fn apply(&self, past: &[f32; TICK + TAPS]) -> Row {
        // Two sums of every other tap each: neither waits for the other.
        let mut sums = [[F8::ZERO; 2]; 2];
        for (k, tap) in self.taps.iter().enumerate() {
            if let Some(heard) = past[TAPS - 1 - k..].first_chunk() {
                let heard = eights(heard);
                for n in 0..2 {
                    sums[k % 2][n] = F8::splat(*tap).mul_add(heard[n], sums[k % 2][n]);
                }
            }
        }
        let [even, odd] = sums;
        [even[0] + odd[0], even[1] + odd[1]]
    }
}

/// Taps for a spread (variance in samples²) and a fraction beyond the centre.
fn design(spread: f32, fraction: f32) -> [f32; TAPS] {
    let behind = f64::from(CENTRE + fraction) * HALF_PART;
    // Middles of parts are odd numbers of half parts: both the fall of a Gaussian from one to the next and the turn
    // follow from the ones before.
    let nepers = f64::from(spread) * HALF_PART * HALF_PART;
    let (mut fall, quicker) = (1.0, (-4.0 * nepers).exp());
    let mut gauss = (-0.5 * nepers).exp();
    let (mut sin, mut cos) = behind.sin_cos();
    let (turn_sin, turn_cos) = (2.0 * sin * cos, cos * cos - sin * sin);
    let mut taps = [F8::ZERO; 2];
    for (soft, [cosines, sines]) in SOFT.iter().zip(&WAVES) {
        let level = soft * gauss;
        if level < 1e-4 {
            break;
        }
        let (re, im) = (
            F8::splat((level * cos) as f32),
            F8::splat((level * sin) as f32),
        );
        let (along, across) = (eights(cosines), eights(sines));
        for n in 0..2 {
            taps[n] = im.mul_add(across[n], re.mul_add(along[n], taps[n]));
        }
        (cos, sin) = (
            cos * turn_cos - sin * turn_sin,
            cos * turn_sin + sin * turn_cos,
        );
        fall *= quicker;
        gauss *= fall;
    }
    let taps = crate::math::whole(taps);
    let share = 1.0 / total(&taps);
    taps.map(|tap| tap * share)
}

/// What measures a filter at one frequency.
struct Probe {
    w: f32,
    cosines: [f32; TAPS],
    sines: [f32; TAPS],
}

impl Probe {
    fn new(w: f32) -> Probe {
        let (turn_sin, turn_cos) = w.sin_cos();
        let (mut sin, mut cos) = (-CENTRE * w).sin_cos();
        let (mut cosines, mut sines) = ([0.0; TAPS], [0.0; TAPS]);
        for k in 0..TAPS {
            (cosines[k], sines[k]) = (cos, sin);
            (cos, sin) = (
                cos * turn_cos - sin * turn_sin,
                cos * turn_sin + sin * turn_cos,
            );
        }
        Probe { w, cosines, sines }
    }
    /// Its delay beyond the centre, and its gain.
    fn measure(&self, taps: &[f32; TAPS]) -> (f32, f32) {
        let at = |turns: &[f32; TAPS]| {
            let (taps, turns) = (eights(taps), eights(turns));
            total(&crate::math::whole([
                taps[0] * turns[0],
                taps[1] * turns[1],
            ]))
        };
        let (re, im) = (at(&self.cosines), at(&self.sines));
        (im.atan2(re) / self.w, (re * re + im * im).sqrt())
    }
}

const fn waves() -> [[[f32; TAPS]; 2]; POINTS] {
    let mut waves = [[[0.0; TAPS]; 2]; POINTS];
    let mut j = 0;
    while j < POINTS {
        let mut k = 0;
        while k < TAPS {
            let half_parts = ((2 * j + 1) * k) as f64;
            waves[j][0][k] = cosine(half_parts * HALF_PART) as f32;
            waves[j][1][k] = cosine((half_parts - POINTS as f64) * HALF_PART) as f32;
            k += 1;
        }
        j += 1;
    }
    waves
}

const fn softness() -> [f64; POINTS] {
    let mut soft = [1.0; POINTS];
    let mut j = 0;
    while j < POINTS {
        let edge = ((j as f64 + 0.5) / POINTS as f64 - 0.55) / 0.45;
        if edge > 0.0 {
            soft[j] = 0.5 + 0.5 * cosine(core::f64::consts::PI * edge);
        }
        j += 1;
    }
    soft
}

/// Cosine, for tables that are drawn when this is compiled: Taylor's series about zero.
const fn cosine(radians: f64) -> f64 {
    let turns = radians / core::f64::consts::TAU;
    let x = (turns - (turns + 0.5).floor()) * core::f64::consts::TAU;
    let (mut sum, mut term, mut n) = (1.0, 1.0, 1.0);
    while n < 40.0 {
        term *= -x * x / (n * (n + 1.0));
        sum += term;
        n += 2.0;
    }
    sum
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_loop_has_the_length_and_the_losses_that_are_asked_for() {
        let rate = 48_000.0;
        for hz in [41.2f32, 110.0, 440.0, 1760.0] {
            for high in [0.1f32, 0.5, 2.0] {
                let high_hz = 3000.0f32.max(3.0 * hz);
                let kernel = Kernel::new(hz, 4.0, (high_hz, high), 0.0, rate, 4096);
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
