//! Filters: a state-variable filter that may be modulated, one-poles, and biquad designs.

use core::f32::consts::PI;

use crate::math::{TICK, flush, fused, sine};

/// Coefficients of a state-variable filter.
///
/// Reference: A. Simper, "Linear trapezoidal integrated state variable filter" (trapezoidal, zero delay).
#[derive(Clone, Copy, Debug, Default)]
pub(crate) struct SvfCoefficients {
    pub(crate) a1: f32,
    pub(crate) a2: f32,
    pub(crate) a3: f32,
    pub(crate) k: f32,
}

impl SvfCoefficients {
    /// `damping` 2 is two equal real poles, 1.414 flat, near 0 rings.
    pub(crate) fn new(hz: f32, damping: f32, rate: f32) -> SvfCoefficients {
        let turns = 0.5 * (hz / rate).clamp(0.0002, 0.47);
        let g = sine(turns) / sine(turns + 0.25);
        let a1 = 1.0 / (1.0 + g * (g + damping));
        SvfCoefficients {
            a1,
            a2: g * a1,
            a3: g * g * a1,
            k: damping,
        }
    }
    pub(crate) const fn row(self) -> (f32, f32, f32) {
        (self.a1, self.a2, self.a3)
    }
}

/// A state-variable filter with fixed coefficients: twice those of [`SvfCoefficients`], so that its states are sums
/// without factors.
#[derive(Clone, Copy, Debug, Default)]
pub(crate) struct Svf {
    k1: f32,
    k2: f32,
    k3: f32,
    half_damping: f32,
    s1: f32,
    s2: f32,
}

impl Svf {
    pub(crate) fn new(hz: f32, damping: f32, rate: f32) -> Svf {
        let c = SvfCoefficients::new(hz, damping, rate);
        Svf {
            k1: 2.0 * c.a1 - 1.0,
            k2: 2.0 * c.a2,
            k3: 2.0 * c.a3,
            half_damping: 0.5 * c.k,
            s1: 0.0,
            s2: 0.0,
        }
    }
    /// (low, band, high); band has gain 1 at the centre.
    #[inline(always)]
    pub(crate) fn next(&mut self, x: f32) -> (f32, f32, f32) {
        let (before1, before2) = (self.s1, self.s2);
        let rest = x - before2;
        self.s1 = fused(self.k2, rest, self.k1 * before1);
        self.s2 = fused(self.k3, rest, fused(self.k2, before1, before2));
        let band = self.half_damping * (before1 + self.s1);
        let low = 0.5 * (before2 + self.s2);
        (low, band, x - band - low)
    }
    pub(crate) fn settle(&mut self) {
        self.s1 = flush(self.s1);
        self.s2 = flush(self.s2);
    }
}

/// A one-pole low-pass.
#[derive(Clone, Copy, Debug, Default)]
pub(crate) struct OnePole {
    share: f32,
    keep: f32,
    state: f32,
}

impl OnePole {
    pub(crate) fn new(hz: f32, rate: f32) -> OnePole {
        let keep = (-2.0 * PI * (hz / rate).min(0.45)).exp();
        OnePole {
            share: 1.0 - keep,
            keep,
            state: 0.0,
        }
    }
    #[inline(always)]
    pub(crate) fn low(&mut self, x: f32) -> f32 {
        self.state = fused(self.keep, self.state, self.share * x);
        self.state
    }
    pub(crate) fn settle(&mut self) {
        self.state = flush(self.state);
    }
    pub(crate) fn clear(&mut self) {
        self.state = 0.0;
    }
}

/// Coefficients of a biquad, a0 = 1: b0 b1 b2 a1 a2.
///
/// Reference: R. Bristow-Johnson, "Cookbook formulae for audio EQ biquad filter coefficients".
pub(crate) type Biquad = [f32; 5];

/// A biquad that changes nothing.
pub(crate) const THROUGH: Biquad = [1.0, 0.0, 0.0, 0.0, 0.0];

struct Angle {
    cos: f32,
    alpha: f32,
}

fn angle(hz: f32, q: f32, rate: f32) -> Angle {
    let w = 2.0 * PI * (hz / rate).clamp(0.00005, 0.48);
    Angle {
        cos: w.cos(),
        alpha: w.sin() / (2.0 * q),
    }
}

fn normal(b: [f32; 3], a: [f32; 3]) -> Biquad {
    [
        b[0] / a[0],
        b[1] / a[0],
        b[2] / a[0],
        a[1] / a[0],
        a[2] / a[0],
    ]
}

/// 12 dB an octave below `hz`.
pub(crate) fn high_pass(hz: f32, rate: f32) -> Biquad {
    let Angle { cos, alpha } = angle(hz, core::f32::consts::FRAC_1_SQRT_2, rate);
    // 1 − cos loses its digits at low corners, so the sum is built from the half angle.
    let b = 0.5 * (1.0 + cos);
    normal([b, -2.0 * b, b], [1.0 + alpha, -2.0 * cos, 1.0 - alpha])
}

/// 6 dB an octave below `hz`, and nothing at all of what stands still.
///
/// Reference: s / (s + w) by the bilinear transform.
pub(crate) fn block_dc(hz: f32, rate: f32) -> Biquad {
    let w = f64::from(core::f32::consts::PI * hz / rate).tan();
    let b = 1.0 / (1.0 + w);
    [b as f32, -b as f32, 0.0, -((1.0 - w) * b) as f32, 0.0]
}

/// 12 dB an octave above `hz`.
pub(crate) fn low_pass(hz: f32, rate: f32) -> Biquad {
    if hz >= 0.45 * rate || hz >= 19_999.0 {
        return THROUGH;
    }
    let Angle { cos, alpha } = angle(hz, core::f32::consts::FRAC_1_SQRT_2, rate);
    let b = 0.5 * (1.0 - cos);
    normal([b, 2.0 * b, b], [1.0 + alpha, -2.0 * cos, 1.0 - alpha])
}

/// A bell.
pub(crate) fn bell(hz: f32, db: f32, q: f32, rate: f32) -> Biquad {
    if db == 0.0 {
        return THROUGH;
    }
    let Angle { cos, alpha } = angle(hz, q, rate);
    let a = crate::math::gain_from_db(0.5 * db);
    normal(
        [1.0 + alpha * a, -2.0 * cos, 1.0 - alpha * a],
        [1.0 + alpha / a, -2.0 * cos, 1.0 - alpha / a],
    )
}

/// A low (`high` false) or high shelf.
pub(crate) fn shelf(hz: f32, db: f32, high: bool, rate: f32) -> Biquad {
    if db == 0.0 {
        return THROUGH;
    }
    let Angle { cos, alpha } = angle(hz, core::f32::consts::FRAC_1_SQRT_2, rate);
    let a = crate::math::gain_from_db(0.5 * db);
    let root = 2.0 * a.sqrt() * alpha;
    let s = if high { -1.0 } else { 1.0 };
    normal(
        [
            a * ((a + 1.0) - s * (a - 1.0) * cos + root),
            s * 2.0 * a * ((a - 1.0) - s * (a + 1.0) * cos),
            a * ((a + 1.0) - s * (a - 1.0) * cos - root),
        ],
        [
            (a + 1.0) + s * (a - 1.0) * cos + root,
            s * -2.0 * ((a - 1.0) + s * (a + 1.0) * cos),
            (a + 1.0) + s * (a - 1.0) * cos - root,
        ],
    )
}

/// A tilt about `hz`, 0 dB there: `db` up above it and down below it.
///
/// The bilinear transform of (√G s + 1) / (s + √G).
pub(crate) fn tilt(hz: f32, db: f32, rate: f32) -> Biquad {
    if db == 0.0 {
        return THROUGH;
    }
    let k = (PI * (hz / rate).clamp(0.00005, 0.48)).tan();
    let root = crate::math::gain_from_db(db);
    let a0 = 1.0 + root * k;
    [
        (root + k) / a0,
        (k - root) / a0,
        0.0,
        (root * k - 1.0) / a0,
        0.0,
    ]
}

/// Band-passes side by side, four on each of `N / 4` signals: a body, two mouths.
///
/// The trapezoidal filter of [`Svf`] with its states written out as sums of products.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Bands<const N: usize> {
    /// What either state keeps of itself, what they exchange, what comes in to either.
    keep1: [f32; N],
    keep2: [f32; N],
    cross: [f32; N],
    into2: [f32; N],
    /// Of the band: from the first state, and from the rest.
    out1: [f32; N],
    out2: [f32; N],
    s1: [f32; N],
    s2: [f32; N],
}

impl<const N: usize> Bands<N> {
    pub(crate) const fn new() -> Self {
        let zero = [0.0; N];
        Bands {
            keep1: zero,
            keep2: zero,
            cross: zero,
            into2: zero,
            out1: zero,
            out2: zero,
            s1: zero,
            s2: zero,
        }
    }
    /// Sets one band from the next sample on; `damping` as of [`SvfCoefficients`], gain `level` at the
    /// centre.
    pub(crate) fn aim(&mut self, k: usize, hz: f32, damping: f32, level: f32, rate: f32) {
        let c = SvfCoefficients::new(hz, damping, rate);
        self.keep1[k] = 2.0 * c.a1 - 1.0;
        self.keep2[k] = 1.0 - 2.0 * c.a3;
        self.cross[k] = 2.0 * c.a2;
        self.into2[k] = 2.0 * c.a3;
        self.out1[k] = level * c.k * c.a1;
        self.out2[k] = level * c.k * c.a2;
    }
    /// Sums of four bands each over the next samples of as many signals.
    #[inline(always)]
    pub(crate) fn run<const SIGNALS: usize>(
        &mut self,
        from: &[[f32; TICK]; SIGNALS],
        frames: usize,
    ) -> [[f32; TICK]; SIGNALS] {
        let mut sums = [[0.0; TICK]; SIGNALS];
        let (mut s1, mut s2) = (self.s1, self.s2);
        for i in 0..frames {
            let mut bands = [0.0; N];
            for k in 0..N {
                let x = from[k / 4][i];
                let rest = x - s2[k];
                bands[k] = fused(self.out2[k], rest, self.out1[k] * s1[k]);
                let next1 = fused(self.cross[k], rest, self.keep1[k] * s1[k]);
                let next2 = fused(self.keep2[k], s2[k], self.into2[k] * x);
                let next2 = fused(self.cross[k], s1[k], next2);
                s1[k] = next1;
                s2[k] = next2;
            }
            for (sum, four) in sums.iter_mut().zip(bands.as_chunks::<4>().0) {
                sum[i] = (four[0] + four[2]) + (four[1] + four[3]);
            }
        }
        self.s1 = s1;
        self.s2 = s2;
        sums
    }
    /// Drops what is too small to matter. At a tick: wherever a piece ends, how time is cut would show.
    pub(crate) fn settle(&mut self) {
        self.s1 = self.s1.map(flush);
        self.s2 = self.s2.map(flush);
    }
}
