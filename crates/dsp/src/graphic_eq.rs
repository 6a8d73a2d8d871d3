//! A graphic equaliser in thirds of an octave, 20 Hz to 20 kHz: the master's way to another piece's spectrum.
//!
//! Bells overlap, so that the curve wanted and the gains set differ; [`band_gains`] solves for them off the
//! audio thread. Here gains follow within some tens of milliseconds, and a band at 0 dB costs nothing.
//!
//! References: V. Välimäki, J. Liski, "Accurate cascade graphic equalizer" (gains from an interaction
//! matrix); A. Simper, "Linear trapezoidal integrated state variable filter" (the bell, which keeps its
//! precision at low frequencies and high rates).

use crate::math::{TICK, flush, gain_from_db};

/// Bands of a third of an octave.
pub const THIRDS: usize = 31;
/// Lowest centre, Hz.
const LOWEST_HZ: f64 = 19.953;
/// Width of a bell.
///
/// Reference: Q of a band of a third of an octave is √(2^⅓) / (2^⅓ − 1) = 4.3; wider here, so that equal gains
/// make a flat top.
const Q: f64 = 2.6;
/// Bands above this share of the rate stay at 0 dB.
const CARRIED: f64 = 0.47;
/// Furthest gain of one bell, dB.
const MOST_DB: f32 = 24.0;
/// Gains nearer to 0 than this are 0.
const NEUTRAL_DB: f32 = 0.02;

/// Centre of a band, Hz: ten bands a decade.
fn centre_hz(band: usize) -> f64 {
    LOWEST_HZ * 10f64.powf(band as f64 / 10.0)
}

/// A frequency as the bilinear transform sees it at a rate.
fn warped(hz: f64, rate: f64) -> f64 {
    (core::f64::consts::PI * (hz / rate).min(CARRIED)).tan()
}

/// What a bell of `gain_db` does, dB; `w` is the warped frequency against the bell's.
fn response_db(gain_db: f64, w: f64) -> f64 {
    // The analogue bell H = (s² + (A/Q) s + 1) / (s² + s/(AQ) + 1) with A = √gain.
    let a = 10f64.powf(gain_db / 40.0);
    let (real, over, under) = (1.0 - w * w, a / Q * w, w / (a * Q));
    10.0 * ((real * real + over * over) / (real * real + under * under)).log10()
}

/// The gains of the bells, dB, whose sum is `wanted` at the centres of the bands, at a sample rate. Off the
/// audio thread: it takes some tenths of a millisecond.
pub fn band_gains(wanted: &[f32; THIRDS], rate_hz: f32) -> [f32; THIRDS] {
    let centres: [f64; THIRDS] =
        core::array::from_fn(|band| warped(centre_hz(band), f64::from(rate_hz)));
    let wanted = wanted.map(|db| if db.is_finite() { f64::from(db) } else { 0.0 });
    let mut gains = wanted;
    for _ in 0..4 {
        // How much of each bell's gain arrives at each centre, as it stands; then the gains that add up.
        let mut rows = [[0.0f64; THIRDS + 1]; THIRDS];
        for (at, row) in rows.iter_mut().enumerate() {
            for (bell, cell) in row[..THIRDS].iter_mut().enumerate() {
                let gain = if gains[bell].abs() < 1.0 {
                    1.0
                } else {
                    gains[bell]
                };
                *cell = response_db(gain, centres[at] / centres[bell]) / gain;
            }
            row[THIRDS] = wanted[at];
        }
        let Some(solved) = solve(rows) else { break };
        gains = solved.map(|db| db.clamp(-f64::from(MOST_DB), f64::from(MOST_DB)));
    }
    gains.map(|db| db as f32)
}

/// Gaussian elimination with pivots.
fn solve(mut rows: [[f64; THIRDS + 1]; THIRDS]) -> Option<[f64; THIRDS]> {
    for column in 0..THIRDS {
        let pivot = (column..THIRDS)
            .max_by(|a, b| rows[*a][column].abs().total_cmp(&rows[*b][column].abs()))?;
        rows.swap(column, pivot);
        if rows[column][column].abs() < 1e-9 {
            return None;
        }
        let lead = rows[column];
        for row in &mut rows[column + 1..] {
            let share = row[column] / lead[column];
            for (cell, lead) in row[column..].iter_mut().zip(&lead[column..]) {
                *cell -= share * lead;
            }
        }
    }
    let mut out = [0.0; THIRDS];
    for k in (0..THIRDS).rev() {
        let known: f64 = (k + 1..THIRDS).map(|j| rows[k][j] * out[j]).sum();
        out[k] = (rows[k][THIRDS] - known) / rows[k][k];
    }
    Some(out)
}

/// One bell, both channels.
#[derive(Clone, Copy, Debug, Default)]
struct Bell {
    /// tan(π f / rate).
    g: f32,
    gain_db: f32,
    wanted_db: f32,
    on: bool,
    a1: f32,
    a2: f32,
    a3: f32,
    m1: f32,
    s1: [f32; 2],
    s2: [f32; 2],
}

impl Bell {
    fn apply(&mut self) {
        // A = 10^(dB/40).
        let a = gain_from_db(0.5 * self.gain_db);
        let k = 1.0 / (Q as f32 * a);
        self.a1 = 1.0 / (1.0 + self.g * (self.g + k));
        self.a2 = self.g * self.a1;
        self.a3 = self.g * self.a2;
        self.m1 = k * (a * a - 1.0);
        self.on = self.gain_db != 0.0;
        if !self.on {
            self.s1 = [0.0; 2];
            self.s2 = [0.0; 2];
        }
    }
}

/// A stereo graphic equaliser.
pub(crate) struct GraphicEq {
    bells: [Bell; THIRDS],
    /// Share of the distance that a tick goes.
    share: f32,
    moving: bool,
    /// Any bell does anything.
    on: bool,
}

impl GraphicEq {
    pub(crate) fn new(rate: f32) -> GraphicEq {
        let bells = core::array::from_fn(|band| {
            let turns = centre_hz(band) / f64::from(rate);
            let mut bell = Bell {
                // A band above what the rate carries stays at 0 dB.
                g: if turns < CARRIED {
                    warped(centre_hz(band), f64::from(rate)) as f32
                } else {
                    0.0
                },
                ..Bell::default()
            };
            bell.apply();
            bell
        });
        GraphicEq {
            bells,
            share: 1.0 - (-(TICK as f32) / (0.02 * rate)).exp(),
            moving: false,
            on: false,
        }
    }
    pub(crate) fn reset(&mut self) {
        for bell in &mut self.bells {
            bell.gain_db = bell.wanted_db;
            bell.s1 = [0.0; 2];
            bell.s2 = [0.0; 2];
            bell.apply();
        }
        self.moving = false;
        self.on = self.bells.iter().any(|b| b.on);
    }
    /// The gains to go to, as [`band_gains`] gives them; `at_once` before anything sounds.
    pub(crate) fn set(&mut self, gains_db: &[f32; THIRDS], at_once: bool) {
        for (bell, db) in self.bells.iter_mut().zip(gains_db) {
            let audible = db.is_finite() && db.abs() >= NEUTRAL_DB && bell.g > 0.0;
            bell.wanted_db = if audible {
                db.clamp(-MOST_DB, MOST_DB)
            } else {
                0.0
            };
            self.moving |= bell.wanted_db != bell.gain_db;
        }
        if at_once {
            self.reset();
        }
    }
    pub(crate) fn tick(&mut self) {
        if self.on {
            for bell in self.bells.iter_mut().filter(|b| b.on) {
                bell.s1 = bell.s1.map(flush);
                bell.s2 = bell.s2.map(flush);
            }
        }
        if !self.moving {
            return;
        }
        self.moving = false;
        for bell in &mut self.bells {
            let distance = bell.wanted_db - bell.gain_db;
            if distance == 0.0 {
                continue;
            }
            if distance.abs() < NEUTRAL_DB {
                bell.gain_db = bell.wanted_db;
            } else {
                bell.gain_db += self.share * distance;
                self.moving = true;
            }
            bell.apply();
        }
        self.on = self.bells.iter().any(|b| b.on);
    }
    /// In place: left and right, equally long, within one tick.
    pub(crate) fn process(&mut self, [left, right]: [&mut [f32]; 2]) {
        if !self.on {
            return;
        }
        for bell in self.bells.iter_mut().filter(|b| b.on) {
            let Bell { a1, a2, a3, m1, .. } = *bell;
            let (mut s1, mut s2) = (bell.s1, bell.s2);
            for (l, r) in left.iter_mut().zip(right.iter_mut()) {
                let x = [*l, *r];
                let mut y = [0.0; 2];
                for c in 0..2 {
                    let v3 = x[c] - s2[c];
                    let band = a1 * s1[c] + a2 * v3;
                    let low = s2[c] + a2 * s1[c] + a3 * v3;
                    s1[c] = 2.0 * band - s1[c];
                    s2[c] = 2.0 * low - s2[c];
                    y[c] = x[c] + m1 * band;
                }
                (*l, *r) = (y[0], y[1]);
            }
            (bell.s1, bell.s2) = (s1, s2);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Gain at a frequency, dB: what comes out of a long sine.
    fn measured(eq: &mut GraphicEq, hz: f64, rate: f32) -> f64 {
        let length = (rate * 1.5) as usize / TICK * TICK;
        let (mut sum, mut reference) = (0.0, 0.0);
        let mut at = 0;
        while at < length {
            let sine: [f32; TICK] = core::array::from_fn(|i| {
                (core::f64::consts::TAU * hz * (at + i) as f64 / f64::from(rate)).sin() as f32
            });
            let (mut left, mut right) = (sine, sine.map(|x| -x));
            eq.tick();
            eq.process([&mut left, &mut right]);
            for i in 0..TICK {
                assert_eq!(left[i], -right[i]);
                if at > length / 2 {
                    sum += f64::from(left[i]).powi(2);
                    reference += f64::from(sine[i]).powi(2);
                }
            }
            at += TICK;
        }
        10.0 * (sum / reference).log10()
    }

    /// A curve such as two records differ by.
    fn curve() -> [f32; THIRDS] {
        core::array::from_fn(|b| {
            let x = b as f32 / 30.0;
            8.0 * (5.0 * x).sin() + 4.0 * (17.0 * x + 1.0).sin() - 6.0 * x
        })
    }

    #[test]
    fn the_curve_wanted_is_the_curve_heard() {
        for rate in [44_100.0, 48_000.0, 192_000.0] {
            let mut eq = GraphicEq::new(rate);
            let wanted = curve();
            eq.set(&band_gains(&wanted, rate), true);
            for band in (1..THIRDS - 3).step_by(3) {
                let heard = measured(&mut eq, centre_hz(band), rate);
                let apart = (heard - f64::from(wanted[band])).abs();
                assert!(apart < 0.5, "{rate} Hz, band {band}: {apart:.2} dB off");
            }
        }
    }

    #[test]
    fn a_flat_wish_is_flat_between_the_bands_too() {
        let mut eq = GraphicEq::new(48_000.0);
        eq.set(&band_gains(&[6.0; THIRDS], 48_000.0), true);
        for hz in [100.0, 112.0, 1000.0, 1122.0, 3000.0, 3350.0] {
            let heard = measured(&mut eq, hz, 48_000.0);
            assert!((heard - 6.0).abs() < 0.3, "{hz} Hz: {heard:.2} dB");
        }
    }

    #[test]
    fn at_nothing_it_does_nothing_and_nonsense_is_nothing() {
        let mut eq = GraphicEq::new(48_000.0);
        let mut wild = [0.0; THIRDS];
        wild[3] = f32::NAN;
        wild[9] = f32::INFINITY;
        eq.set(&band_gains(&wild, 48_000.0), true);
        let mut left: [f32; TICK] = core::array::from_fn(|i| (i as f32).sin());
        let before = left;
        let mut right = before;
        eq.process([&mut left, &mut right]);
        assert_eq!(left, before);
    }

    #[test]
    fn a_change_glides() {
        let mut eq = GraphicEq::new(48_000.0);
        let mut last = 0.0f32;
        let mut largest = 0.0f32;
        for tick in 0..600 {
            if tick == 200 {
                eq.set(&band_gains(&[12.0; THIRDS], 48_000.0), false);
            }
            let sine: [f32; TICK] = core::array::from_fn(|i| {
                0.2 * (core::f32::consts::TAU * 200.0 * (tick * TICK + i) as f32 / 48_000.0).sin()
            });
            let (mut left, mut right) = (sine, sine);
            eq.tick();
            eq.process([&mut left, &mut right]);
            for x in left {
                largest = largest.max((x - last).abs());
                last = x;
            }
        }
        // The steepest step of the sine at its end: four times 0.2 at 200 Hz, 0.021.
        assert!(largest < 0.025, "{largest}");
    }
}
