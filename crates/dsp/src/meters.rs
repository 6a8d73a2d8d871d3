//! Meters: peaks of every bus, momentary loudness of main.
//!
//! Reference: ITU-R BS.1770 (K-weighting, mean square, −0.691), EBU Tech 3341 (momentary: 400 ms). Filters
//! for any rate after B. De Man, "Evaluation of implementations of the EBU R128 loudness measurement".

use core::f64::consts::PI;

/// Parts of the 400 ms window.
const PARTS: usize = 40;

#[derive(Clone, Copy, Debug, Default)]
struct Section {
    b: [f64; 3],
    a: [f64; 2],
    s: [[f64; 2]; 2],
}

impl Section {
    #[inline(always)]
    fn next(&mut self, x: [f64; 2]) -> [f64; 2] {
        let mut out = [0.0; 2];
        for side in 0..2 {
            let y = self.b[0] * x[side] + self.s[0][side];
            self.s[0][side] = self.b[1] * x[side] - self.a[0] * y + self.s[1][side];
            self.s[1][side] = self.b[2] * x[side] - self.a[1] * y;
            out[side] = y;
        }
        out
    }
}

/// Momentary loudness.
pub(crate) struct Loudness {
    shelf: Section,
    high_pass: Section,
    part_samples: usize,
    samples: usize,
    power: f64,
    parts: [f64; PARTS],
    at: usize,
}

impl Loudness {
    pub(crate) fn new(rate: f32) -> Loudness {
        let rate = f64::from(rate);
        let (q, k) = (
            0.707_175_236_955_419_6,
            (PI * 1_681.974_450_955_533 / rate).tan(),
        );
        let high = 10f64.powf(3.999_843_853_973_347 / 20.0);
        let band = high.powf(0.499_666_774_154_541_6);
        let a0 = 1.0 + k / q + k * k;
        let shelf = Section {
            b: [
                (high + band * k / q + k * k) / a0,
                2.0 * (k * k - high) / a0,
                (high - band * k / q + k * k) / a0,
            ],
            a: [2.0 * (k * k - 1.0) / a0, (1.0 - k / q + k * k) / a0],
            s: [[0.0; 2]; 2],
        };
        let (q, k) = (
            0.500_327_037_323_877_3,
            (PI * 38.135_470_876_024_44 / rate).tan(),
        );
        let a0 = 1.0 + k / q + k * k;
        let high_pass = Section {
            b: [1.0, -2.0, 1.0],
            a: [2.0 * (k * k - 1.0) / a0, (1.0 - k / q + k * k) / a0],
            s: [[0.0; 2]; 2],
        };
        Loudness {
            shelf,
            high_pass,
            part_samples: ((0.4 * rate / PARTS as f64).round() as usize).max(1),
            samples: 0,
            power: 0.0,
            parts: [0.0; PARTS],
            at: 0,
        }
    }
    pub(crate) fn reset(&mut self) {
        self.shelf.s = [[0.0; 2]; 2];
        self.high_pass.s = [[0.0; 2]; 2];
        self.samples = 0;
        self.power = 0.0;
        self.parts = [0.0; PARTS];
        self.at = 0;
    }
    #[inline(always)]
    pub(crate) fn next(&mut self, x: [f32; 2]) {
        let y = self
            .high_pass
            .next(self.shelf.next([f64::from(x[0]), f64::from(x[1])]));
        self.power += y[0] * y[0] + y[1] * y[1];
        self.samples += 1;
        if self.samples == self.part_samples {
            self.parts[self.at] = self.power;
            self.at = (self.at + 1) % PARTS;
            self.power = 0.0;
            self.samples = 0;
            for state in self
                .shelf
                .s
                .iter_mut()
                .chain(&mut self.high_pass.s)
                .flatten()
            {
                if state.abs() < 1e-30 {
                    *state = 0.0;
                }
            }
        }
    }
    /// LUFS over the last 400 ms; −120 in silence.
    pub(crate) fn momentary(&self) -> f32 {
        let power: f64 = self.parts.iter().sum::<f64>() / (PARTS * self.part_samples) as f64;
        if power < 1e-12 {
            -120.0
        } else {
            (-0.691 + 10.0 * power.log10()) as f32
        }
    }
}
