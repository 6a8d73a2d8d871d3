//! The waveform of the mix: peaks as an outline, loudness (RMS) as its bright core.

use super::canvas::{Canvas, Colour};
use crate::wav::Audio;

const PEAK: Colour = Colour(0x4d_5a75);
const CORE: Colour = Colour(0xa9_b8d8);

/// Draws the first `seconds` into the box (x, y, width, height).
pub(super) fn draw(
    canvas: &mut Canvas,
    audio: &Audio,
    seconds: f64,
    (x, y, width, height): (f32, f32, f32, f32),
) {
    let frames = (seconds * audio.rate_hz as f64).max(1.0);
    let middle = y + height / 2.0;
    let half = height / 2.0 - 6.0;
    // One column a half point: a pixel at twice the size.
    let columns = (width * 2.0) as usize;
    for column in 0..columns {
        let from = (column as f64 / columns as f64 * frames) as usize;
        let to = ((column + 1) as f64 / columns as f64 * frames) as usize;
        let (mut peak, mut power, mut count) = (0.0f32, 0.0f32, 0);
        for channel in &audio.channels {
            for sample in channel.get(from..to.min(channel.len())).unwrap_or_default() {
                peak = peak.max(sample.abs());
                power += sample * sample;
                count += 1;
            }
        }
        let rms = (power / count.max(1) as f32).sqrt();
        let left = x + column as f32 / 2.0;
        for (level, colour) in [(peak, PEAK), (rms, CORE)] {
            let tall = (level.min(1.0) * half).max(0.25);
            canvas.rect(left, middle - tall, 0.5, 2.0 * tall, colour, 1.0);
        }
    }
}
