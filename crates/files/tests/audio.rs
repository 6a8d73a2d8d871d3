//! Audio files of the kinds that songs come in, made here byte by byte: what is whole is read, what is damaged is
//! said or played around, and what is far too long is read piece by piece.

use std::fs::File;
use std::path::{Path, PathBuf};

use files::decode::Decoder;

struct Temporary(PathBuf);

impl Temporary {
    fn new(name: &str, bytes: &[u8]) -> Temporary {
        let file = format!("musearoo-audio-{}-{name}", std::process::id());
        let path = std::env::temp_dir().join(file);
        std::fs::write(&path, bytes).unwrap();
        Temporary(path)
    }
}

impl Drop for Temporary {
    fn drop(&mut self) {
        std::fs::remove_file(&self.0).ok();
    }
}

/// Two tones of 16 bits, left and right.
fn tones(frames: usize) -> Vec<[i16; 2]> {
    let wave = |hz: f32, i: usize| {
        let turns = hz * i as f32 / 48_000.0;
        (12_000.0 * (std::f32::consts::TAU * turns).sin()) as i16
    };
    (0..frames)
        .map(|i| [wave(440.0, i), wave(660.0, i)])
        .collect()
}

/// `format` 1 is whole numbers, 3 floating point.
fn wav_head(format: u8, channels: u16, rate: u32, bits: u16, bytes: u32) -> Vec<u8> {
    let frame = channels * bits / 8;
    let mut out = b"RIFF".to_vec();
    out.extend((36 + bytes).to_le_bytes());
    out.extend(b"WAVEfmt \x10\0\0\0");
    out.extend([format, 0]);
    out.extend(channels.to_le_bytes());
    out.extend(rate.to_le_bytes());
    out.extend((rate * u32::from(frame)).to_le_bytes());
    out.extend(frame.to_le_bytes());
    out.extend(bits.to_le_bytes());
    out.extend(b"data");
    out.extend(bytes.to_le_bytes());
    out
}

fn wav(sound: &[[i16; 2]]) -> Vec<u8> {
    let all = sound.as_flattened().iter();
    let data: Vec<u8> = all.flat_map(|x| x.to_le_bytes()).collect();
    [wav_head(1, 2, 48_000, 16, data.len() as u32), data].concat()
}

fn float_wav(sound: &[[i16; 2]]) -> Vec<u8> {
    let all = sound.as_flattened().iter();
    let data: Vec<u8> = all
        .flat_map(|x| (f32::from(*x) / 32_768.0).to_le_bytes())
        .collect();
    [wav_head(3, 2, 48_000, 32, data.len() as u32), data].concat()
}

fn aiff(sound: &[[i16; 2]]) -> Vec<u8> {
    let all = sound.as_flattened().iter();
    let data: Vec<u8> = all.flat_map(|x| x.to_be_bytes()).collect();
    let mut body = b"AIFFCOMM\0\0\0\x12\0\x02".to_vec();
    body.extend((sound.len() as u32).to_be_bytes());
    // 16 bits; 48,000 as an 80-bit float.
    body.extend(b"\0\x10\x40\x0e\xbb\x80\0\0\0\0\0\0SSND");
    body.extend((data.len() as u32 + 8).to_be_bytes());
    body.extend([0; 8]);
    body.extend(data);
    let mut out = b"FORM".to_vec();
    out.extend((body.len() as u32).to_be_bytes());
    out.extend(body);
    out
}

/// Remainder of a polynomial division, as FLAC's checks are.
fn remainder(bytes: &[u8], bits: u32, poly: u32) -> u32 {
    let top = 1 << (bits - 1);
    bytes.iter().fold(0, |crc, byte| {
        (0..8).fold(crc ^ u32::from(*byte) << (bits - 8), |crc, _| {
            let next = crc << 1;
            (if crc & top != 0 { next ^ poly } else { next }) & ((top << 1) - 1)
        })
    })
}

/// Frames of 4096 samples as they are, nothing predicted.
fn flac(sound: &[[i16; 2]]) -> Vec<u8> {
    let mut out = b"fLaC\x80\0\0\x22\x10\0\x10\0\0\0\0\0\0\0".to_vec();
    // 48 kHz, two channels, 16 bits, the number of samples; no check of the whole.
    let word = 48_000u64 << 44 | 1 << 41 | 15 << 36 | sound.len() as u64;
    out.extend(word.to_be_bytes());
    out.extend([0; 16]);
    for (number, block) in sound.chunks_exact(4096).enumerate() {
        let mut frame = vec![0xff, 0xf8, 0xca, 0x18, number as u8];
        frame.push(remainder(&frame, 8, 0x07) as u8);
        for side in 0..2 {
            frame.push(0x02);
            frame.extend(block.iter().flat_map(|x| x[side].to_be_bytes()));
        }
        frame.extend((remainder(&frame, 16, 0x8005) as u16).to_be_bytes());
        out.extend(frame);
    }
    out
}

/// Silent frames of 128 kbit/s at 44.1 kHz.
fn mp3(frames: usize) -> Vec<u8> {
    let mut frame = vec![0xff, 0xfb, 0x90, 0x00];
    frame.resize(417, 0);
    frame.repeat(frames)
}

/// Everything that comes out of a file.
fn whole(path: &Path) -> Result<[Vec<f32>; 2], String> {
    let mut decoder = Decoder::open(path).map_err(|error| error.to_string())?;
    let (mut all, mut piece) = ([Vec::new(), Vec::new()], [Vec::new(), Vec::new()]);
    while decoder
        .next(&mut piece)
        .map_err(|error| error.to_string())?
    {
        for (all, piece) in all.iter_mut().zip(&piece) {
            all.extend_from_slice(piece);
        }
    }
    Ok(all)
}

#[test]
fn wav_aiff_and_flac_give_the_same_samples_and_mp3_its_silence() {
    let sound = tones(5 * 4096);
    let side = |side: usize| sound.iter().map(move |x| f32::from(x[side]) / 32_768.0);
    let wanted = [0, 1].map(|s| side(s).collect::<Vec<f32>>());
    for (name, bytes) in [
        ("whole.wav", wav(&sound)),
        ("whole-float.wav", float_wav(&sound)),
        ("whole.aiff", aiff(&sound)),
        ("whole.flac", flac(&sound)),
        // What is in the file counts, not how it is called.
        ("called.mp3", flac(&sound)),
    ] {
        let file = Temporary::new(name, &bytes);
        assert!(whole(&file.0).expect(name) == wanted, "{name}");
    }
    let file = Temporary::new("silent.mp3", &mp3(50));
    let [left, right] = whole(&file.0).unwrap();
    assert!(left.len() > 40 * 1152 && left.iter().chain(&right).all(|x| *x == 0.0));
}

#[test]
fn damage_anywhere_is_said_or_played_around_and_never_panics() {
    let sound = tones(3 * 4096);
    let kinds = [
        ("d.wav", wav(&sound)),
        ("d-float.wav", float_wav(&sound)),
        ("d.aiff", aiff(&sound)),
        ("d.flac", flac(&sound)),
        ("d.mp3", mp3(20)),
    ];
    let mut refused = 0;
    let hook = std::panic::take_hook();
    // What a decoder stumbles over is caught inside; anything else is this test's own.
    std::panic::set_hook(Box::new(move |why| {
        let ours = why
            .location()
            .is_some_and(|at| at.file().contains("audio.rs"));
        if ours {
            hook(why);
        }
    }));
    for (name, bytes) in kinds {
        let places = (0..100).chain((100..bytes.len()).step_by(bytes.len() / 60));
        for at in places {
            let mut changed = bytes.clone();
            changed[at] ^= 0xff;
            let mut torn = bytes.clone();
            let end = (at + 700).min(bytes.len());
            torn[at..end].fill(0x7f);
            for damaged in [&bytes[..at], &changed, &torn] {
                let file = Temporary::new(name, damaged);
                match whole(&file.0) {
                    Ok([left, right]) => {
                        assert!(left.len() <= 10 * 4096, "{name} at {at}: {}", left.len());
                        let sane = |x: &f32| x.abs() <= 64.0;
                        assert!(left.iter().chain(&right).all(sane), "{name} at {at}");
                    }
                    Err(words) => {
                        refused += 1;
                        let (_, why) = words.split_once(name).expect("it is named");
                        assert!(why.len() > 5, "{name} at {at}: {words}");
                    }
                }
            }
        }
    }
    assert!(refused > 100, "{refused}");
}

#[test]
fn ten_hours_are_read_piece_by_piece() {
    let bytes = 36_000 * 8_000;
    let file = Temporary::new("ten-hours.wav", &wav_head(1, 1, 8_000, 8, bytes));
    // A hole: it takes no room on the disk.
    let hole = File::options().append(true).open(&file.0).unwrap();
    hole.set_len(44 + u64::from(bytes)).unwrap();
    let mut decoder = Decoder::open(&file.0).unwrap();
    assert_eq!(decoder.seconds(), Some(36_000.0));
    let boasting = Temporary::new("boasting.wav", &wav_head(1, 1, 8_000, 8, bytes));
    assert_eq!(Decoder::open(&boasting.0).unwrap().seconds(), None);
    let mut piece = [Vec::new(), Vec::new()];
    for _ in 0..100 {
        assert!(decoder.next(&mut piece).unwrap());
        assert!((1..=65_536).contains(&piece[0].len()), "{}", piece[0].len());
    }
}
