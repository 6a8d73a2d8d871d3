//! What a piece of music is like, measured from a stream of its samples.
//!
//! Loudness, range and true peak are EBU R 128's, by the ebur128 crate. The spectrum is the mean power of mid
//! and of side in bands of a third of an octave, over the passages that count for loudness.

use ebur128::{EbuR128, Mode};
use realfft::num_complex::Complex;
use realfft::{RealFftPlanner, RealToComplex};
use std::sync::Arc;

/// Bands of a third of an octave, 20 Hz to 20 kHz.
pub const BANDS: usize = 31;
/// Their nominal centres, Hz.
///
/// Reference: IEC 61260-1, preferred frequencies.
pub const BAND_HZ: [f32; BANDS] = [
    20.0, 25.0, 31.5, 40.0, 50.0, 63.0, 80.0, 100.0, 125.0, 160.0, 200.0, 250.0, 315.0, 400.0,
    500.0, 630.0, 800.0, 1000.0, 1250.0, 1600.0, 2000.0, 2500.0, 3150.0, 4000.0, 5000.0, 6300.0,
    8000.0, 10_000.0, 12_500.0, 16_000.0, 20_000.0,
];
/// Length of a window in seconds, rounded up to a power of two of samples: the lowest bands are 5 Hz wide.
const WINDOW_S: f64 = 0.25;
/// Silence, dB.
const FLOOR_DB: f32 = -120.0;
/// Frames this far below the mean do not count.
///
/// Reference: ITU-R BS.1770-4, relative gate.
const GATE_DB: f32 = -10.0;

/// What a piece is like.
#[derive(Clone, Debug, PartialEq)]
pub struct Likeness {
    /// How long it lasts, seconds.
    pub seconds: f64,
    /// Integrated loudness, LUFS; −120 for silence.
    pub lufs: f32,
    /// Loudness range, LU.
    pub range_lu: f32,
    /// Highest peak between samples, dBTP.
    pub true_peak_dbtp: f32,
    /// Root mean square of both channels against their highest sample, dB.
    pub crest_db: f32,
    /// Mean power of mid in each band, dB.
    pub mid_db: [f32; BANDS],
    /// Mean power of side in each band, dB.
    pub side_db: [f32; BANDS],
    /// Power of side against mid over all bands, dB; low is narrow.
    pub width_db: f32,
}

impl Likeness {
    /// Dynamics left by the master: how far the true peak stands above the loudness, dB.
    pub fn peak_to_loudness_db(&self) -> f32 {
        self.true_peak_dbtp - self.lufs
    }
    /// Whether there was sound at all.
    pub fn is_silent(&self) -> bool {
        self.lufs <= FLOOR_DB + 50.0
    }
    /// Power of mid and side together in each band, dB.
    pub fn spectrum_db(&self) -> [f32; BANDS] {
        core::array::from_fn(|b| decibel(power(self.mid_db[b]) + power(self.side_db[b])))
    }
}

pub(super) fn power(db: f32) -> f64 {
    10f64.powf(f64::from(db) / 10.0)
}

pub(super) fn decibel(power: f64) -> f32 {
    if power > 1e-12 {
        (10.0 * power.log10()) as f32
    } else {
        FLOOR_DB
    }
}

/// One window: its power in every band of mid and of side.
struct Frame {
    bands: [[f32; BANDS]; 2],
    total: f32,
}

/// Measures a stream.
pub struct Measure {
    rate_hz: u32,
    meter: EbuR128,
    fft: Arc<dyn RealToComplex<f32>>,
    window: Vec<f32>,
    /// Samples that wait for their window: mid and side.
    waiting: [Vec<f32>; 2],
    input: Vec<f32>,
    output: Vec<Complex<f32>>,
    scratch: Vec<Complex<f32>>,
    /// First bin of each band, and one past the last.
    edges: [(usize, usize); BANDS],
    frames: Vec<Frame>,
    samples: u64,
    squares: f64,
    highest: f32,
}

impl Measure {
    /// Ready for samples at a rate between 8 and 384 kHz.
    ///
    /// # Errors
    /// When the loudness meter does not know the rate.
    pub fn new(rate_hz: u32) -> Result<Measure, String> {
        let meter = EbuR128::new(2, rate_hz, Mode::I | Mode::LRA | Mode::TRUE_PEAK)
            .map_err(|error| error.to_string())?;
        let length = ((WINDOW_S * f64::from(rate_hz)) as usize).next_power_of_two();
        let fft = RealFftPlanner::new().plan_fft_forward(length);
        let turn = core::f32::consts::TAU / length as f32;
        let window: Vec<f32> = (0..length)
            .map(|i| 0.5 - 0.5 * (turn * i as f32).cos())
            .collect();
        let bin_hz = rate_hz as f32 / length as f32;
        let edges = BAND_HZ.map(|hz| {
            let bin = |hz: f32| ((hz / bin_hz).round() as usize).min(length / 2);
            let (low, high) = (
                bin(hz * 2f32.powf(-1.0 / 6.0)),
                bin(hz * 2f32.powf(1.0 / 6.0)),
            );
            (low, high.max((low + 1).min(length / 2)))
        });
        Ok(Measure {
            rate_hz,
            meter,
            input: fft.make_input_vec(),
            output: fft.make_output_vec(),
            scratch: fft.make_scratch_vec(),
            fft,
            window,
            waiting: [
                Vec::with_capacity(2 * length),
                Vec::with_capacity(2 * length),
            ],
            edges,
            frames: Vec::new(),
            samples: 0,
            squares: 0.0,
            highest: 0.0,
        })
    }
    /// Takes samples of left and right, equally many of each.
    ///
    /// # Errors
    /// When the two differ in length.
    pub fn add(&mut self, left: &[f32], right: &[f32]) -> Result<(), String> {
        self.meter
            .add_frames_planar_f32(&[left, right])
            .map_err(|error| error.to_string())?;
        for (l, r) in left.iter().zip(right) {
            self.squares += f64::from(l * l + r * r);
            self.highest = self.highest.max(l.abs()).max(r.abs());
            self.waiting[0].push(0.5 * (l + r));
            self.waiting[1].push(0.5 * (l - r));
        }
        self.samples += left.len() as u64;
        let length = self.window.len();
        while self.waiting[0].len() >= length {
            self.frame();
            for side in &mut self.waiting {
                side.drain(..length / 2);
            }
        }
        Ok(())
    }
    fn frame(&mut self) {
        let mut frame = Frame {
            bands: [[0.0; BANDS]; 2],
            total: 0.0,
        };
        // Mean square of a full-scale sine reads 0.5 in its band.
        let scale = 2.0 / (0.375 * (self.window.len() as f32).powi(2));
        for side in 0..2 {
            for ((x, w), y) in self.waiting[side]
                .iter()
                .zip(&self.window)
                .zip(&mut self.input)
            {
                *y = x * w;
            }
            let done =
                self.fft
                    .process_with_scratch(&mut self.input, &mut self.output, &mut self.scratch);
            if done.is_err() {
                continue;
            }
            for (band, (low, high)) in frame.bands[side].iter_mut().zip(self.edges) {
                *band = scale
                    * self.output[low..high]
                        .iter()
                        .map(Complex::norm_sqr)
                        .sum::<f32>();
                frame.total += *band;
            }
        }
        self.frames.push(frame);
    }
    /// What the piece is like. One shorter than a window is padded with silence.
    ///
    /// # Errors
    /// When the loudness meter cannot say.
    pub fn finish(mut self) -> Result<Likeness, String> {
        let words = |error: ebur128::Error| error.to_string();
        if self.frames.is_empty() && self.samples > 0 {
            let length = self.window.len();
            for side in &mut self.waiting {
                side.resize(length, 0.0);
            }
            self.frame();
        }
        let lufs = self.meter.loudness_global().map_err(words)?;
        let range = self.meter.loudness_range().map_err(words)?;
        let peak = self
            .meter
            .true_peak(0)
            .map_err(words)?
            .max(self.meter.true_peak(1).map_err(words)?);
        let mean: f64 = self.frames.iter().map(|f| f64::from(f.total)).sum::<f64>()
            / self.frames.len().max(1) as f64;
        let gate = mean * power(GATE_DB);
        let (mut sums, mut count) = ([[0.0f64; BANDS]; 2], 0u32);
        for frame in self.frames.iter().filter(|f| f64::from(f.total) >= gate) {
            count += 1;
            for (sums, bands) in sums.iter_mut().zip(&frame.bands) {
                for (sum, band) in sums.iter_mut().zip(bands) {
                    *sum += f64::from(*band);
                }
            }
        }
        let means = sums.map(|side| side.map(|sum| sum / f64::from(count.max(1))));
        let whole = means.map(|side| side.iter().sum::<f64>());
        let rms = self.squares / (2.0 * self.samples.max(1) as f64);
        Ok(Likeness {
            seconds: self.samples as f64 / f64::from(self.rate_hz),
            lufs: if lufs.is_finite() {
                lufs as f32
            } else {
                FLOOR_DB
            },
            range_lu: range as f32,
            true_peak_dbtp: decibel(peak * peak),
            crest_db: decibel(f64::from(self.highest).powi(2)) - decibel(rms),
            mid_db: means[0].map(decibel),
            side_db: means[1].map(decibel),
            width_db: decibel(whole[1]) - decibel(whole[0]),
        })
    }
}
