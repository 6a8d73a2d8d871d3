//! FLAC files: whole numbers with dither, packed without loss, written as the sound comes.

use std::fs::File;
use std::io::{BufWriter, Seek, SeekFrom, Write};
use std::path::{Path, PathBuf};

use flacenc::bitsink::ByteSink;
use flacenc::component::{BitRepr, Stream as Header, StreamInfo};
use flacenc::config::Encoder;
use flacenc::error::{Verified, Verify};
use flacenc::source::{Context, Fill, FrameBuf};

use crate::dither::Dither;
use crate::error::FileError;

/// Frames packed together. Reference: what the format's own encoder takes at its usual level.
const BLOCK: usize = 4096;
/// Channels.
const CHANNELS: usize = 2;

/// Writes stereo as it comes, block by block.
pub struct Stream {
    file: BufWriter<File>,
    path: PathBuf,
    bits: u32,
    dither: Dither,
    config: Verified<Encoder>,
    info: StreamInfo,
    /// Checksum and count of all that was written.
    sum: Context,
    /// Samples that do not fill a block yet, left and right in turn.
    waiting: Vec<i32>,
    blocks: usize,
}

impl Stream {
    /// Begins a file of 16 or 24 bits.
    ///
    /// # Errors
    /// When the disk refuses.
    pub fn create(path: &Path, rate_hz: u32, bits: u32) -> Result<Stream, FileError> {
        let wide = bits as usize;
        let named = |error| FileError::format::<String>(path)(error);
        let config = Encoder::default().into_verified();
        let config = config.map_err(|(_, error)| named(error.to_string()))?;
        let info = StreamInfo::new(rate_hz as usize, CHANNELS, wide);
        let info = info.map_err(|error| named(error.to_string()))?;
        let file = File::create(path).map_err(FileError::io(path))?;
        let mut stream = Stream {
            file: BufWriter::new(file),
            path: path.to_owned(),
            bits,
            dither: Dither::default(),
            config,
            info,
            sum: Context::new(wide, CHANNELS),
            waiting: Vec::with_capacity(BLOCK * CHANNELS),
            blocks: 0,
        };
        // Its numbers are known at the end.
        stream.head()?;
        Ok(stream)
    }
    /// Writes a block.
    ///
    /// # Errors
    /// When the disk refuses.
    pub fn write(&mut self, [left, right]: [&[f32]; 2]) -> Result<(), FileError> {
        for (left, right) in left.iter().zip(right) {
            for sample in [*left, *right] {
                self.waiting.push(self.dither.whole(sample, self.bits));
            }
            if self.waiting.len() == BLOCK * CHANNELS {
                self.pack()?;
            }
        }
        Ok(())
    }
    /// Ends the file.
    ///
    /// # Errors
    /// When the disk refuses.
    pub fn finish(mut self) -> Result<(), FileError> {
        if !self.waiting.is_empty() {
            self.pack()?;
        }
        self.info.set_md5_digest(&self.sum.md5_digest());
        self.info.set_total_samples(self.sum.total_samples());
        // The last block may be shorter, which these do not count.
        let sizes = self.info.set_block_sizes(BLOCK, BLOCK);
        sizes.map_err(|error| self.broken(error))?;
        let start = self.file.seek(SeekFrom::Start(0));
        start.map_err(FileError::io(&self.path))?;
        self.head()?;
        self.file.flush().map_err(FileError::io(&self.path))
    }
    fn head(&mut self) -> Result<(), FileError> {
        self.put(&Header::with_stream_info(self.info.clone()))
    }
    fn pack(&mut self) -> Result<(), FileError> {
        let mut block = FrameBuf::with_size(CHANNELS, BLOCK).map_err(|e| self.broken(e))?;
        let filled = block.fill_interleaved(&self.waiting);
        filled.map_err(|error| self.broken(error))?;
        let summed = self.sum.fill_interleaved(&self.waiting);
        summed.map_err(|error| self.broken(error))?;
        self.waiting.clear();
        let frame = flacenc::encode_fixed_size_frame(&self.config, &block, self.blocks, &self.info);
        let frame = frame.map_err(|error| self.broken(error))?;
        self.info.update_frame_info(&frame);
        self.blocks += 1;
        self.put(&frame)
    }
    fn put(&mut self, part: &impl BitRepr) -> Result<(), FileError> {
        let mut bytes = ByteSink::new();
        part.write(&mut bytes).map_err(|error| self.broken(error))?;
        let written = self.file.write_all(bytes.as_slice());
        written.map_err(FileError::io(&self.path))
    }
    fn broken(&self, error: impl std::fmt::Display) -> FileError {
        FileError::Format(self.path.clone(), error.to_string())
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::decode;

    #[test]
    fn what_is_packed_is_read_back_to_a_step() {
        let path = std::env::temp_dir().join(format!("musearoo-{}.flac", std::process::id()));
        // Two blocks and a bit.
        let tone: Vec<f32> = (0..9001).map(|i| (i as f32 * 0.05).sin() * 0.3).collect();
        let other: Vec<f32> = tone.iter().map(|s| s * -0.5).collect();
        for bits in [16, 24] {
            let mut file = Stream::create(&path, 48_000, bits).unwrap();
            file.write([&tone[..5000], &other[..5000]]).unwrap();
            file.write([&tone[5000..], &other[5000..]]).unwrap();
            file.finish().unwrap();
            let bytes = std::fs::metadata(&path).unwrap().len();
            assert!(bytes < 9001 * 2 * u64::from(bits) / 8, "{bits}: {bytes}");
            let mut file = decode::Decoder::open(&path).unwrap();
            let (mut back, mut block) = ([Vec::new(), Vec::new()], <[Vec<f32>; 2]>::default());
            while file.next(&mut block).unwrap() {
                for (all, new) in back.iter_mut().zip(&block) {
                    all.extend(new);
                }
            }
            assert_eq!((file.rate_hz(), back[0].len()), (48_000, 9001));
            assert_eq!(file.seconds(), Some(9001.0 / 48_000.0));
            let step = 1.0 / (1u32 << (bits - 1)) as f32;
            for (heard, given) in back.iter().zip([&tone, &other]) {
                let off = heard
                    .iter()
                    .zip(given.iter())
                    .map(|(a, b): (&f32, &f32)| (a - b).abs());
                let most = off.fold(0.0, f32::max);
                assert!(most <= step * 1.6 + 3e-8, "{bits}: {most}");
            }
        }
        std::fs::remove_file(&path).unwrap();
    }

    #[test]
    fn a_folder_that_is_not_there_is_named() {
        let error = Stream::create(Path::new("no-such-folder/a.flac"), 48_000, 16).err();
        assert!(error.unwrap().to_string().starts_with("no-such-folder"));
    }
}
