//! Another sample rate for speech.
//!
//! Reference: a low-pass by a windowed sine cardinal at the times of the new samples, as of J. Smith, "Digital Audio
//! Resampling".

use std::f64::consts::PI;

/// Half the length of the filter in periods of the lower rate. Taste: speech wants no more.
const REACH: f64 = 12.0;
/// Share of the lower rate's band that stays; the filter needs room to fall.
const KEPT: f64 = 0.9;

/// Brings samples to a rate.
pub fn to(rate_hz: u32, samples: &[f32], from_hz: u32) -> Vec<f32> {
    if rate_hz == from_hz {
        return samples.to_vec();
    }
    let step = f64::from(from_hz) / f64::from(rate_hz);
    let cut = KEPT * step.recip().min(1.0);
    let reach = REACH * step.max(1.0);
    let count = (samples.len() as f64 / step) as usize;
    (0..count)
        .map(|n| {
            let at = n as f64 * step;
            let first = (at - reach).ceil().max(0.0) as usize;
            let end = ((at + reach) as usize + 1).min(samples.len());
            let sum: f64 = samples[first..end]
                .iter()
                .enumerate()
                .map(|(i, sample)| {
                    let off = (first + i) as f64 - at;
                    let window = 0.5 + 0.5 * (PI * off / reach).cos();
                    f64::from(*sample) * cut * cardinal(cut * off) * window
                })
                .sum();
            sum as f32
        })
        .collect()
}

fn cardinal(x: f64) -> f64 {
    if x.abs() < 1e-9 {
        1.0
    } else {
        (PI * x).sin() / (PI * x)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn tone(hz: f64, rate_hz: u32) -> Vec<f32> {
        let turn = 2.0 * PI * hz / f64::from(rate_hz);
        (0..rate_hz / 4)
            .map(|n| (turn * f64::from(n)).sin() as f32)
            .collect()
    }

    #[test]
    fn speech_stays_and_what_lies_above_the_new_band_goes() {
        for from_hz in [44_100, 48_000, 96_000, 8_000] {
            let low = to(16_000, &tone(1_000.0, from_hz), from_hz);
            assert!(low.len().abs_diff(4_000) < 2, "{}", low.len());
            let wanted = tone(1_000.0, 16_000);
            for (a, b) in low.iter().zip(&wanted).skip(200).take(3_500) {
                assert!((a - b).abs() < 0.01, "from {from_hz}: {a} for {b}");
            }
        }
        let high = to(16_000, &tone(11_000.0, 48_000), 48_000);
        let left = high[200..3_800]
            .iter()
            .fold(0.0f32, |peak, s| peak.max(s.abs()));
        assert!(left < 0.003, "{left}");
    }
}
