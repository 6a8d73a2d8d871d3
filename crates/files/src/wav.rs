//! WAV files: 32-bit float, the format that loses nothing of what a bus carried, or whole numbers with dither.

use std::fs::File;
use std::io::BufWriter;
use std::path::{Path, PathBuf};

use hound::{SampleFormat, WavReader, WavSpec, WavWriter};

use crate::dither::Dither;
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

/// Writes one channel as 16-bit whole numbers, dithered: what programs for speech read.
///
/// # Errors
/// When the disk refuses.
pub fn write_mono(path: &Path, rate_hz: u32, samples: &[f32]) -> Result<(), FileError> {
    let spec = WavSpec {
        channels: 1,
        ..Depth::Sixteen.spec(rate_hz)
    };
    let mut file = WavWriter::create(path, spec).map_err(FileError::format(path))?;
    let mut dither = Dither::default();
    for sample in samples {
        file.write_sample(dither.whole(*sample, 16))
            .map_err(FileError::format(path))?;
    }
    file.finalize().map_err(FileError::format(path))
}

/// How samples are written.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Depth {
    /// 16-bit whole numbers, dithered.
    Sixteen,
    /// 24-bit whole numbers, dithered.
    #[default]
    TwentyFour,
    /// 32-bit float, as it is.
    Float,
}

impl Depth {
    /// Every depth.
    pub const ALL: [Depth; 3] = [Depth::Sixteen, Depth::TwentyFour, Depth::Float];

    const fn spec(self, rate_hz: u32) -> WavSpec {
        let (bits_per_sample, sample_format) = match self {
            Depth::Sixteen => (16, SampleFormat::Int),
            Depth::TwentyFour => (24, SampleFormat::Int),
            Depth::Float => (32, SampleFormat::Float),
        };
        WavSpec {
            channels: 2,
            sample_rate: rate_hz,
            bits_per_sample,
            sample_format,
        }
    }
}

/// Writes stereo as it comes, block by block.
pub struct Stream {
    file: WavWriter<BufWriter<File>>,
    path: PathBuf,
    depth: Depth,
    dither: Dither,
}

impl Stream {
    /// Begins a file.
    ///
    /// # Errors
    /// When the disk refuses.
    pub fn create(path: &Path, rate_hz: u32, depth: Depth) -> Result<Stream, FileError> {
        let file = WavWriter::create(path, depth.spec(rate_hz)).map_err(FileError::format(path))?;
        Ok(Stream {
            file,
            path: path.to_owned(),
            depth,
            dither: Dither::default(),
        })
    }
    /// Writes a block.
    ///
    /// # Errors
    /// When the disk refuses.
    pub fn write(&mut self, [left, right]: [&[f32]; 2]) -> Result<(), FileError> {
        for (left, right) in left.iter().zip(right) {
            for sample in [*left, *right] {
                self.sample(sample).map_err(FileError::format(&self.path))?;
            }
        }
        Ok(())
    }
    fn sample(&mut self, sample: f32) -> Result<(), hound::Error> {
        let bits = match self.depth {
            Depth::Float => return self.file.write_sample(sample),
            Depth::Sixteen => 16,
            Depth::TwentyFour => 24,
        };
        self.file.write_sample(self.dither.whole(sample, bits))
    }
    /// Ends the file.
    ///
    /// # Errors
    /// When the disk refuses.
    pub fn finish(self) -> Result<(), FileError> {
        self.file.finalize().map_err(FileError::format(&self.path))
    }
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
    fn whole_numbers_are_right_to_a_step_and_the_error_is_noise() {
        let path = std::env::temp_dir().join(format!("musearoo-depth-{}.wav", std::process::id()));
        let tone: Vec<f32> = (0..9600).map(|i| (i as f32 * 0.05).sin() * 0.3).collect();
        let silence = vec![0.0; tone.len()];
        for (depth, step) in [
            (Depth::Sixteen, 1.0 / 32_768.0),
            (Depth::TwentyFour, 1.0 / 8_388_608.0),
            (Depth::Float, 0.0f32),
        ] {
            let mut file = Stream::create(&path, 48_000, depth).unwrap();
            file.write([&tone[..5000], &silence[..5000]]).unwrap();
            file.write([&tone[5000..], &silence[5000..]]).unwrap();
            file.finish().unwrap();
            let back = read(&path).unwrap();
            assert_eq!(back.channels[1], silence, "silence stays silence");
            let off = |i: usize| back.channels[0][i] - tone[i];
            let most = (0..tone.len()).map(|i| off(i).abs()).fold(0.0, f32::max);
            assert!(most <= step * 1.6 + 3e-8, "{depth:?}: {most}");
            // Triangular dither and rounding: a quarter of a step squared.
            let power = (0..tone.len())
                .map(|i| f64::from(off(i)).powi(2))
                .sum::<f64>();
            let wanted = 0.25 * f64::from(step).powi(2);
            let power = power / tone.len() as f64;
            let near = (0.8..1.25).contains(&(power / wanted));
            assert!(depth != Depth::Sixteen || near, "{power:e} {wanted:e}");
        }
        std::fs::remove_file(&path).unwrap();
    }

    #[test]
    fn a_missing_file_is_named() {
        let error = read(Path::new("no-such-file.wav")).unwrap_err();
        assert!(error.to_string().starts_with("no-such-file.wav: "));
    }
}
