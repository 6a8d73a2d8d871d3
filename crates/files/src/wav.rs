//! WAV files: 32-bit float, the format that loses nothing of what a bus carried.

use std::path::Path;

use hound::{SampleFormat, WavReader, WavSpec, WavWriter};

use crate::error::FileError;

/// Sound as planes: one list of samples a channel, all of one length.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Audio {
    /// Samples a second.
    pub rate_hz: u32,
    /// `[channel][frame]`.
    pub channels: Vec<Vec<f32>>,
}

impl Audio {
    /// Frames that it lasts.
    pub fn frames(&self) -> usize {
        self.channels.first().map_or(0, Vec::len)
    }
    /// Largest absolute sample.
    pub fn peak(&self) -> f32 {
        self.channels
            .iter()
            .flatten()
            .fold(0.0, |peak, s| peak.max(s.abs()))
    }
}

/// Writes 32-bit float samples.
///
/// # Errors
/// When the disk refuses.
pub fn write(path: &Path, audio: &Audio) -> Result<(), FileError> {
    let spec = WavSpec {
        channels: audio.channels.len() as u16,
        sample_rate: audio.rate_hz,
        bits_per_sample: 32,
        sample_format: SampleFormat::Float,
    };
    let mut file = WavWriter::create(path, spec).map_err(FileError::format(path))?;
    for frame in 0..audio.frames() {
        for channel in &audio.channels {
            file.write_sample(channel[frame])
                .map_err(FileError::format(path))?;
        }
    }
    file.finalize().map_err(FileError::format(path))
}

/// Reads float or whole-number samples of up to 32 bits.
///
/// # Errors
/// When there is no such file or it is not WAV.
pub fn read(path: &Path) -> Result<Audio, FileError> {
    let mut file = WavReader::open(path).map_err(FileError::format(path))?;
    let spec = file.spec();
    let mut channels = vec![Vec::new(); spec.channels as usize];
    let full_scale = (1i64 << (spec.bits_per_sample - 1)) as f32;
    let count = channels.len().max(1);
    let samples: Result<Vec<f32>, _> = match spec.sample_format {
        SampleFormat::Float => file.samples::<f32>().collect(),
        SampleFormat::Int => file
            .samples::<i32>()
            .map(|s| s.map(|s| s as f32 / full_scale))
            .collect(),
    };
    for (index, sample) in samples
        .map_err(FileError::format(path))?
        .into_iter()
        .enumerate()
    {
        channels[index % count].push(sample);
    }
    Ok(Audio {
        rate_hz: spec.sample_rate,
        channels,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_written_is_read_back_to_the_bit() {
        let path = std::env::temp_dir().join(format!("musearoo-wav-{}.wav", std::process::id()));
        let ramp: Vec<f32> = (0..1000).map(|i| i as f32 / 777.0 - 0.5).collect();
        let audio = Audio {
            rate_hz: 44_100,
            channels: vec![ramp.clone(), ramp.iter().map(|s| -s).collect()],
        };
        write(&path, &audio).unwrap();
        let back = read(&path).unwrap();
        std::fs::remove_file(&path).unwrap();
        assert_eq!(back, audio);
        assert!((audio.peak() - 0.787).abs() < 0.01);
    }

    #[test]
    fn a_missing_file_is_named() {
        let error = read(Path::new("no-such-file.wav")).unwrap_err();
        assert!(error.to_string().starts_with("no-such-file.wav: "));
    }
}
