//! Listening, end to end without a host: a short song is mixed to its target.

use std::sync::atomic::Ordering;

use dsp::Faders;
use music::controls::Controls;
use music::mix::{Decisions, Reason};
use music::song::Song;

use super::*;

fn task(bars: u16, set: impl FnOnce(&mut Faders)) -> Task {
    let shared = Shared::new();
    let params = MuseParams::new(&shared);
    shared.edit_song(
        "",
        Song {
            bars,
            ..shared.material().song.clone()
        },
    );
    let mut task = Task::new(&shared, &params, Arc::default());
    set(&mut task.faders);
    task
}

#[test]
fn a_song_is_mixed_to_the_loudness_that_was_asked_for() {
    let task = task(8, |faders| faders.target_lufs = Some(-16.0));
    let decisions = task.listen().unwrap().expect("nobody cancelled");
    assert_eq!(decisions.master.target_lufs, -16.0);
    let lufs = task.loudness(&decisions, 0.0, "").unwrap().unwrap();
    assert!((lufs + 16.0).abs() < 0.1, "{lufs}");
    assert!(
        decisions
            .decisions
            .iter()
            .any(|d| matches!(d.why, Reason::Loudness(-16.0))),
        "{:?}",
        decisions.decisions
    );
}

#[test]
fn what_was_decided_follows_from_the_song_alone() {
    let (a, b) = (task(4, |_| ()), task(4, |_| ()));
    assert_eq!(a.listen(), b.listen());
}

#[test]
fn cancelling_leaves_everything_alone() {
    let task = task(64, |_| ());
    task.cancel.store(true, Ordering::Release);
    assert_eq!(task.listen(), Ok(None));
}

#[test]
fn a_reference_that_cannot_be_read_is_named() {
    let mut task = task(4, |_| ());
    task.wish.reference = "no-such-song.flac".into();
    assert!(task.listen().unwrap_err().contains("no-such-song.flac"));
}

/// A reference with a head and, after it, a hole up to a length: it takes no room on the disk.
fn reference(name: &str, head: &[u8], length: usize) -> std::path::PathBuf {
    let file = format!("musearoo-listen-{}-{name}", std::process::id());
    let path = std::env::temp_dir().join(file);
    std::fs::write(&path, head).unwrap();
    let hole = std::fs::File::options().append(true).open(&path).unwrap();
    hole.set_len(length as u64).unwrap();
    path
}

#[test]
fn whatever_is_wrong_with_a_reference_is_said_and_the_mix_that_was_plays_on() {
    let shared = Shared::new();
    let params = MuseParams::new(&shared);
    let mix = Decisions {
        fingerprint: 7,
        ..Decisions::default()
    };
    shared.edit_song(
        "",
        Song {
            bars: 4,
            mix: Some(mix),
            ..shared.material().song.clone()
        },
    );
    let playing = shared.material();
    let mut listener = Listener::new(&shared);
    let wav = |bits: u8, rate: u16, bytes: u32| {
        let frame = bits / 8;
        let mut head = b"RIFF\xff\xff\xff\x7fWAVEfmt \x10\0\0\0\x01\0\x01\0".to_vec();
        head.extend(u32::from(rate).to_le_bytes());
        head.extend((u32::from(rate) * u32::from(frame)).to_le_bytes());
        head.extend([frame, 0, bits, 0]);
        head.extend(b"data");
        head.extend(bytes.to_le_bytes());
        head
    };
    let ten_hours = 36_000 * 8_000;
    let noise: Vec<u8> = (0..4000u32).map(|i| (i * i / 7) as u8).collect();
    for (name, head, length, why) in [
        ("text.wav", b"no sound at all".to_vec(), 15, "audio"),
        (
            "torn.wav",
            wav(16, 44_100, 40_000)[..30].to_vec(),
            30,
            "audio",
        ),
        (
            "torn.flac",
            [b"fLaC\0\0\0\x22", &noise[..]].concat(),
            4008,
            "",
        ),
        (
            "torn.mp3",
            [b"ID3\x04\0\0\x7f\x7f\x7f\x7f", &noise[..]].concat(),
            4010,
            "",
        ),
        ("silent.wav", wav(16, 44_100, 400_000), 400_044, "silent"),
        (
            "gigabytes.wav",
            wav(16, 44_100, 40_000),
            2_100_000_000,
            "over 2 GB",
        ),
        (
            "hours.wav",
            wav(8, 8_000, ten_hours),
            44 + ten_hours as usize,
            "an hour",
        ),
    ] {
        let path = reference(name, &head, length);
        let wish = Wish {
            reference: path.display().to_string(),
        };
        listener.start(&params, wish);
        listener.job.join();
        std::fs::remove_file(&path).unwrap();
        let problem = shared.setup.problem();
        let (_, after) = problem.split_once(name).expect("the file is named");
        assert!(after.len() > 5 && after.contains(why), "{problem}");
        let said = format!("The mix is as it was: {problem}.");
        assert_eq!(shared.log().last(), Some(&said));
        assert_eq!(shared.mixing(), None);
        assert!(Arc::ptr_eq(&shared.material(), &playing), "{name}");
    }
}

#[test]
fn another_song_has_another_fingerprint_and_a_mix_has_not() {
    let task = task(8, |_| ());
    let (song, controls) = (&task.material.song, task.controls);
    let own = fingerprint(song, &controls, 120_000);
    let mixed = Song {
        mix: Some(Decisions::default()),
        ..song.clone()
    };
    assert_eq!(fingerprint(&mixed, &controls, 120_000), own);
    let longer = Song {
        bars: 9,
        ..song.clone()
    };
    assert_ne!(fingerprint(&longer, &controls, 120_000), own);
    let turned = Controls {
        seed: controls.seed + 1,
        ..controls
    };
    assert_ne!(fingerprint(song, &turned, 120_000), own);
    assert_ne!(fingerprint(song, &controls, 140_000), own);
}
