//! Loudness of the mix by EBU R 128.

use anyhow::Result;
use ebur128::{EbuR128, Mode};
use serde_json::{Value, json};

use super::round;

/// Integrated loudness, range and true peak of a stereo bus.
pub fn measure(planes: &[Vec<f32>], rate_hz: f64) -> Result<Value> {
    let mut meter = EbuR128::new(2, rate_hz as u32, Mode::I | Mode::LRA | Mode::TRUE_PEAK)?;
    let (left, right) = (&planes[0], &planes[1.min(planes.len() - 1)]);
    meter.add_frames_planar_f32(&[left, right])?;
    let peak = meter.true_peak(0)?.max(meter.true_peak(1)?);
    let lufs = meter.loudness_global()?;
    Ok(json!({
        "integrated_lufs": if lufs.is_finite() { json!(round(lufs, 2)) } else { Value::Null },
        "range_lu": round(meter.loudness_range()?, 2),
        "true_peak_dbtp": if peak > 1e-6 { json!(round(20.0 * peak.log10(), 2)) } else { Value::Null },
    }))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_full_scale_sine_reads_as_the_standard_says() {
        // Reference: EBU Tech 3341, case 1: 1 kHz at −23 dBFS in both channels reads −23 LUFS.
        let level = 10f32.powf(-23.0 / 20.0);
        let sine: Vec<f32> = (0..480_000)
            .map(|i| level * (i as f32 * std::f32::consts::TAU * 1000.0 / 48_000.0).sin())
            .collect();
        let report = measure(&[sine.clone(), sine], 48_000.0).unwrap();
        assert!(
            (report["integrated_lufs"].as_f64().unwrap() + 23.0).abs() < 0.1,
            "{report}"
        );
        assert!(
            (report["true_peak_dbtp"].as_f64().unwrap() + 23.0).abs() < 0.1,
            "{report}"
        );
    }
}
