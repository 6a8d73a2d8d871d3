//! Audio files of any usual kind as a stream of stereo samples: WAV, AIFF, FLAC, MP3, OGG Vorbis.
//!
//! A file is read piece by piece and never held whole, so that its size matters to patience alone. A damaged
//! packet in the middle is skipped, a sample that is no number or no level is silence; a file that is not audio,
//! or stops before the first sample, is refused with words.

use std::fs::File;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::path::{Path, PathBuf};

use symphonia::core::codecs::audio::{AudioDecoder, AudioDecoderOptions};
use symphonia::core::errors::Error;
use symphonia::core::formats::probe::Hint;
use symphonia::core::formats::{FormatReader, TrackType};
use symphonia::core::io::MediaSourceStream;

use crate::error::FileError;

/// Bytes above which a file is refused before it is opened.
///
/// Taste: ten hours of CD sound are 6 GB; no song comes near 2 GB.
pub const MAX_BYTES: u64 = 2_000_000_000;
/// Fewest bytes of a second.
///
/// Reference: the lowest rate of MP3, 8 kbit/s.
const SLOWEST_BYTES: f64 = 1000.0;
/// Samples beyond this are damage, linear.
///
/// Taste: +36 dBFS; the loudest of raw float mixes stay well below.
const MOST: f32 = 64.0;
/// Damaged packets in a row after which a file is given up.
const MAX_DAMAGED: u32 = 100;

/// A stream of stereo samples out of a file.
pub struct Decoder {
    path: PathBuf,
    format: Box<dyn FormatReader>,
    decoder: Box<dyn AudioDecoder>,
    track: u32,
    rate_hz: u32,
    frames: Option<u64>,
    interleaved: Vec<f32>,
    damaged: u32,
}

impl Decoder {
    /// Opens a file and reads its head.
    ///
    /// # Errors
    /// No such file, over [`MAX_BYTES`], not audio, or not mono or stereo: the user can choose another.
    pub fn open(path: &Path) -> Result<Decoder, FileError> {
        whole(path, || Decoder::read_head(path))
    }
    fn read_head(path: &Path) -> Result<Decoder, FileError> {
        let wrong = |words: &str| FileError::Format(path.to_owned(), words.to_owned());
        let file = File::open(path).map_err(FileError::io(path))?;
        let meta = file.metadata().map_err(FileError::io(path))?;
        if !meta.is_file() {
            return Err(wrong("not a file"));
        }
        if meta.len() == 0 {
            return Err(wrong("an empty file"));
        }
        if meta.len() > MAX_BYTES {
            return Err(wrong("over 2 GB: a song is wanted, not a session"));
        }
        let mut hint = Hint::new();
        if let Some(extension) = path.extension().and_then(|e| e.to_str()) {
            hint.with_extension(extension);
        }
        let stream = MediaSourceStream::new(Box::new(file), Default::default());
        let format = symphonia::default::get_probe()
            .probe(&hint, stream, Default::default(), Default::default())
            .map_err(|error| match error {
                Error::IoError(_) => wrong("not audio, or cut off before it begins"),
                Error::Unsupported(_) => {
                    wrong("no audio that can be read: WAV, AIFF, FLAC, MP3 or OGG is wanted")
                }
                other => wrong(&other.to_string()),
            })?;
        let track = format
            .default_track(TrackType::Audio)
            .ok_or_else(|| wrong("no sound in it"))?;
        let params = track
            .codec_params
            .as_ref()
            .and_then(|p| p.audio())
            .ok_or_else(|| wrong("no sound in it that can be read"))?;
        let rate_hz = params.sample_rate.unwrap_or(0);
        if !(8_000..=384_000).contains(&rate_hz) {
            return Err(wrong(&format!("a sample rate of {rate_hz} Hz")));
        }
        let decoder = symphonia::default::get_codecs()
            .make_audio_decoder(params, &AudioDecoderOptions::default())
            .map_err(|error| wrong(&error.to_string()))?;
        // A file that came out of a pipe says any length: one that it has no room for is none.
        let room = meta.len() as f64 / SLOWEST_BYTES * f64::from(rate_hz);
        let frames = track.num_frames.filter(|frames| *frames as f64 <= room);
        let track = track.id;
        Ok(Decoder {
            path: path.to_owned(),
            format,
            decoder,
            track,
            rate_hz,
            frames,
            interleaved: Vec::new(),
            damaged: 0,
        })
    }
    /// Samples a second.
    pub const fn rate_hz(&self) -> u32 {
        self.rate_hz
    }
    /// How long the file says that it lasts, seconds; `None` where it cannot.
    pub fn seconds(&self) -> Option<f64> {
        self.frames
            .map(|frames| frames as f64 / f64::from(self.rate_hz))
    }
    /// The next samples of left and right, replacing what is there; a mono file gives both the same. `false`
    /// at the end.
    ///
    /// # Errors
    /// Damage that cannot be skipped, or more than two channels.
    pub fn next(&mut self, out: &mut [Vec<f32>; 2]) -> Result<bool, FileError> {
        let path = self.path.clone();
        whole(&path, || self.read_on(out))
    }
    fn read_on(&mut self, out: &mut [Vec<f32>; 2]) -> Result<bool, FileError> {
        for side in out.iter_mut() {
            side.clear();
        }
        loop {
            let packet = match self.format.next_packet() {
                Ok(Some(packet)) => packet,
                Ok(None) => return Ok(false),
                // A file that was cut off ends where it was cut.
                Err(Error::IoError(error)) if error.kind() == std::io::ErrorKind::UnexpectedEof => {
                    return Ok(false);
                }
                Err(error) => return Err(self.wrong(&error.to_string())),
            };
            if packet.track_id != self.track {
                continue;
            }
            match self.decoder.decode(&packet) {
                Ok(buffer) => {
                    self.damaged = 0;
                    let planes = buffer.num_planes();
                    if buffer.frames() == 0 {
                        continue;
                    }
                    self.interleaved.resize(buffer.samples_interleaved(), 0.0);
                    buffer.copy_to_slice_interleaved(&mut self.interleaved);
                    if !(1..=2).contains(&planes) {
                        return Err(
                            self.wrong(&format!("{planes} channels: mono or stereo is wanted"))
                        );
                    }
                    let sane = |x: f32| if x.abs() <= MOST { x } else { 0.0 };
                    for frame in self.interleaved.chunks_exact(planes) {
                        out[0].push(sane(frame[0]));
                        out[1].push(sane(frame[planes - 1]));
                    }
                    return Ok(true);
                }
                Err(Error::DecodeError(_)) if self.damaged < MAX_DAMAGED => self.damaged += 1,
                Err(error) => return Err(self.wrong(&error.to_string())),
            }
        }
    }
    fn wrong(&self, words: &str) -> FileError {
        FileError::Format(self.path.clone(), words.to_owned())
    }
}

/// Reads; what a damaged file makes a decoder stumble over is said as damage.
fn whole<T>(path: &Path, read: impl FnOnce() -> Result<T, FileError>) -> Result<T, FileError> {
    catch_unwind(AssertUnwindSafe(read)).unwrap_or_else(|_| {
        Err(FileError::Format(
            path.to_owned(),
            "damaged, it cannot be read".to_owned(),
        ))
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::wav::{self, Audio};

    struct Temporary(PathBuf);

    impl Temporary {
        fn new(name: &str) -> Temporary {
            let file = format!("musearoo-decode-{}-{name}", std::process::id());
            Temporary(std::env::temp_dir().join(file))
        }
    }

    impl Drop for Temporary {
        fn drop(&mut self) {
            std::fs::remove_file(&self.0).ok();
        }
    }

    fn whole(path: &Path) -> Result<[Vec<f32>; 2], FileError> {
        let mut decoder = Decoder::open(path)?;
        let (mut all, mut piece) = ([Vec::new(), Vec::new()], [Vec::new(), Vec::new()]);
        while decoder.next(&mut piece)? {
            for (all, piece) in all.iter_mut().zip(&piece) {
                all.extend_from_slice(piece);
            }
        }
        Ok(all)
    }

    fn words(path: &Path) -> String {
        whole(path).err().map(|e| e.to_string()).unwrap_or_default()
    }

    #[test]
    fn a_wav_comes_back_as_it_was_written_and_mono_on_both_sides() {
        let ramp: Vec<f32> = (0..50_000).map(|i| i as f32 / 70_000.0 - 0.3).collect();
        let stereo = Temporary::new("stereo.wav");
        let other: Vec<f32> = ramp.iter().map(|x| -0.5 * x).collect();
        let audio = Audio {
            rate_hz: 44_100,
            channels: vec![ramp.clone(), other.clone()],
        };
        wav::write(&stereo.0, &audio).unwrap();
        assert_eq!(whole(&stereo.0).unwrap(), [ramp.clone(), other]);
        let decoder = Decoder::open(&stereo.0).unwrap();
        assert_eq!(decoder.rate_hz(), 44_100);
        assert!((decoder.seconds().unwrap() - 50_000.0 / 44_100.0).abs() < 1e-9);

        let mono = Temporary::new("mono.wav");
        let audio = Audio {
            rate_hz: 48_000,
            channels: vec![ramp.clone()],
        };
        wav::write(&mono.0, &audio).unwrap();
        assert_eq!(whole(&mono.0).unwrap(), [ramp.clone(), ramp]);
    }

    #[test]
    fn what_is_no_song_is_refused_in_words() {
        assert!(words(Path::new("no-such.flac")).starts_with("no-such.flac: "));
        assert!(words(&std::env::temp_dir()).ends_with("not a file"));
        let text = Temporary::new("text.mp3");
        std::fs::write(&text.0, "these are words, no sound. ".repeat(400)).unwrap();
        assert!(!words(&text.0).is_empty(), "text is no MP3");
        let empty = Temporary::new("empty.wav");
        std::fs::write(&empty.0, b"").unwrap();
        assert!(
            words(&empty.0).ends_with("an empty file"),
            "{}",
            words(&empty.0)
        );
    }

    #[test]
    fn a_file_of_more_than_2_gb_is_refused_unread() {
        let large = Temporary::new("large.wav");
        // A hole: it takes no room on the disk.
        File::create(&large.0)
            .unwrap()
            .set_len(MAX_BYTES + 1)
            .unwrap();
        assert!(words(&large.0).contains("over 2 GB"), "{}", words(&large.0));
    }

    #[test]
    fn surround_is_refused_and_a_cut_off_file_plays_to_the_cut() {
        let surround = Temporary::new("surround.wav");
        let audio = Audio {
            rate_hz: 48_000,
            channels: vec![vec![0.1; 4800]; 6],
        };
        wav::write(&surround.0, &audio).unwrap();
        assert!(
            words(&surround.0).contains("6 channels"),
            "{}",
            words(&surround.0)
        );

        let cut = Temporary::new("cut.wav");
        let audio = Audio {
            rate_hz: 48_000,
            channels: vec![vec![0.1; 48_000]; 2],
        };
        wav::write(&cut.0, &audio).unwrap();
        let bytes = std::fs::read(&cut.0).unwrap();
        std::fs::write(&cut.0, &bytes[..bytes.len() / 2]).unwrap();
        let frames = whole(&cut.0).unwrap()[0].len();
        assert!((20_000..=24_000).contains(&frames), "{frames}");
    }
}
