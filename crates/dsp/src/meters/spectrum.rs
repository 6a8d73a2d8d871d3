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

#[cfg(test)]
mod tests {
    use super::*;
    use crate::noise::Noise;

    /// The spectra of half a second of two signals, each on both sides.
    fn spectra(rate: f32, mut sound: impl FnMut(f64) -> [f32; 2]) -> [[f32; SPECTRUM_BANDS]; 2] {
        let mut analyser = Analyser::new(rate);
        for tick in 0..(0.5 * rate) as usize / TICK {
            let (mut main, mut lane) = ([[0.0; TICK]; 2], [[0.0; TICK]; 2]);
            for i in 0..TICK {
                let [a, b] = sound((tick * TICK + i) as f64 / f64::from(rate));
                (main[0][i], main[1][i]) = (a, a);
                (lane[0][i], lane[1][i]) = (b, b);
            }
            analyser.take(&main, Some(&lane), TICK);
        }
        analyser.spectra
    }

    #[test]
    fn a_sine_reads_its_level_in_its_band_and_on_its_own_signal() {
        for rate in [44_100.0, 48_000.0, 96_000.0, 192_000.0] {
            for (band, other) in [(10, 22), (16, 12), (27, 13)] {
                let [main, lane] = spectra(rate, |at| {
                    let wave = |band| {
                        let turns = f64::from(band_hz(band)) * at;
                        (TAU * turns.fract() as f32).sin()
                    };
                    [wave(band), 0.01 * wave(other)]
                });
                assert!(
                    main[band].abs() < 0.2,
                    "{rate} Hz, band {band}: {}",
                    main[band]
                );
                assert!(
                    (lane[other] + 40.0).abs() < 0.2,
                    "{rate} Hz, band {other}: {}",
                    lane[other]
                );
                for far in (0..SPECTRUM_BANDS).filter(|far| far.abs_diff(band) > 2) {
                    assert!(
                        main[far] < -55.0,
                        "{rate} Hz: {} dB in band {far}",
                        main[far]
                    );
                }
                assert!(lane[band] < -90.0, "the lane shows main: {} dB", lane[band]);
            }
        }
    }

    #[test]
    fn white_noise_rises_by_3_db_an_octave_and_silence_is_dark() {
        let mut noise = Noise::new(1, 2);
        let (mut mean, times) = ([0.0f32; SPECTRUM_BANDS], 40);
        for _ in 0..times {
            let [main, lane] = spectra(48_000.0, |_| [noise.next(), 0.0]);
            assert!(lane.iter().all(|db| *db < -100.0));
            for (mean, db) in mean.iter_mut().zip(main) {
                *mean += 10f32.powf(db / 10.0) / times as f32;
            }
        }
        let db = mean.map(|power| 10.0 * power.log10());
        for low in 9..24 {
            let rise = db[low + 3] - db[low];
            assert!((rise - 3.01).abs() < 0.7, "{} Hz: {rise}", band_hz(low));
        }
        let [main, lane] = spectra(48_000.0, |_| [0.0; 2]);
        assert_eq!(
            (main, lane),
            ([-120.0; SPECTRUM_BANDS], [-120.0; SPECTRUM_BANDS])
        );
    }
}
