//! A spectrum by ⅓ octave of main and of one lane, some twelve times a second.
//!
//! Both go through one transform: the one as its real part, the other as its imaginary part.

use core::f32::consts::TAU;

use crate::math::TICK;

/// Bands from 25 Hz to 20 kHz.
pub const SPECTRUM_BANDS: usize = 30;

/// Centre of a band, Hz.
pub fn band_hz(band: usize) -> f32 {
    1000.0 * ((band as f32 - 16.0) / 3.0).exp2()
}

/// Samples of a transform at 48 kHz.
const SIZE_48K: usize = 4096;

/// Works out spectra.
pub(crate) struct Analyser {
    size: usize,
    rate: f32,
    window: Box<[f32]>,
    turns: Box<[[f32; 2]]>,
    input: [Box<[f32]>; 2],
    work: [Box<[f32]>; 2],
    filled: usize,
    pub(crate) spectra: [[f32; SPECTRUM_BANDS]; 2],
}

impl Analyser {
    pub(crate) fn new(rate: f32) -> Analyser {
        let size = ((SIZE_48K as f32 * rate / 48_000.0) as usize)
            .next_power_of_two()
            .clamp(1024, 16_384);
        let row = || vec![0.0f32; size].into_boxed_slice();
        let window = (0..size)
            .map(|i| 0.5 - 0.5 * (TAU * i as f32 / size as f32).cos())
            .collect();
        let turns = (0..size / 2)
            .map(|k| {
                let turn = -TAU * k as f32 / size as f32;
                [turn.cos(), turn.sin()]
            })
            .collect();
        Analyser {
            size,
            rate,
            window,
            turns,
            input: [row(), row()],
            work: [row(), row()],
            filled: 0,
            spectra: [[-120.0; SPECTRUM_BANDS]; 2],
        }
    }
    pub(crate) fn reset(&mut self) {
        self.filled = 0;
        self.spectra = [[-120.0; SPECTRUM_BANDS]; 2];
    }
    /// Takes a piece of main and one of a lane, both sides of each.
    pub(crate) fn take(
        &mut self,
        main: &[[f32; TICK]; 2],
        lane: Option<&[[f32; TICK]; 2]>,
        frames: usize,
    ) {
        for i in 0..frames {
            self.input[0][self.filled] = 0.5 * (main[0][i] + main[1][i]);
            self.input[1][self.filled] = lane.map_or(0.0, |l| 0.5 * (l[0][i] + l[1][i]));
            self.filled += 1;
            if self.filled == self.size {
                self.transform();
                self.filled = 0;
            }
        }
    }
    fn transform(&mut self) {
        let n = self.size;
        let shift = usize::BITS - n.trailing_zeros();
        let [re, im] = &mut self.work;
        for i in 0..n {
            let j = i.reverse_bits() >> shift;
            re[j] = self.input[0][i] * self.window[i];
            im[j] = self.input[1][i] * self.window[i];
        }
        let mut half = 1;
        while half < n {
            let stride = n / (2 * half);
            for start in (0..n).step_by(2 * half) {
                for k in 0..half {
                    let [cos, sin] = self.turns[k * stride];
                    let (a, b) = (start + k, start + k + half);
                    let (x, y) = (re[b] * cos - im[b] * sin, re[b] * sin + im[b] * cos);
                    (re[b], im[b]) = (re[a] - x, im[a] - y);
                    (re[a], im[a]) = (re[a] + x, im[a] + y);
                }
            }
            half *= 2;
        }
        self.gather();
    }
    fn gather(&mut self) {
        let n = self.size;
        let [re, im] = &self.work;
        let mut sums = [[0.0f32; SPECTRUM_BANDS]; 2];
        let hz = self.rate / n as f32;
        let (mut band, mut edge) = (0, band_hz(0) * 1.122_462);
        let first = ((band_hz(0) / 1.122_462) / hz).max(1.0) as usize;
        for k in first..n / 2 {
            let at = k as f32 * hz;
            while at > edge && band < SPECTRUM_BANDS {
                band += 1;
                edge *= 1.259_921;
            }
            if band == SPECTRUM_BANDS {
                break;
            }
            // The even part is the first signal's, the odd part the second's.
            let m = n - k;
            let first = [0.5 * (re[k] + re[m]), 0.5 * (im[k] - im[m])];
            let second = [0.5 * (im[k] + im[m]), 0.5 * (re[m] - re[k])];
            sums[0][band] += first[0] * first[0] + first[1] * first[1];
            sums[1][band] += second[0] * second[0] + second[1] * second[1];
        }
        // A full-scale sine reads 0 dB: half the window's sum squared, spread by its noise bandwidth.
        let scale = 4.0 / (0.25 * (n as f32) * (n as f32)) / 1.5;
        for (out, sums) in self.spectra.iter_mut().zip(sums) {
            for (out, sum) in out.iter_mut().zip(sums) {
                *out = 10.0 * (sum * scale).max(1e-12).log10();
            }
        }
    }
}
