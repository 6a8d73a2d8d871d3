//! The finished mix in a host: as loud as asked for, never over its ceiling, towards a reference; stems that add
//! up; notes as late as the sound.

use std::path::PathBuf;

use authoring::mastering::{Errors, Likeness, Measure};
use ebur128::{EbuR128, Mode};
use files::wav::{self, Audio};
use tests::fixtures::{edit_song, rig, rig_with, take};
use tests::render::{Arguments, Bar, Choices, Song, play};
use tests::script::Script;

/// Renders as `cargo xtask render` does.
fn rendered(line: &str) -> Song {
    let words: Vec<String> = format!("--out unused {line}")
        .split(' ')
        .map(str::to_owned)
        .collect();
    let arguments = Arguments::parse(&words).expect("the line is right");
    let mut rig = rig();
    let choices = Choices::resolve(&mut rig, &arguments).expect("the choices stand");
    play(&mut rig, &choices, true, &mut Bar::quiet()).expect("it renders")
}

fn lufs(main: &[Vec<f32>], rate_hz: u32) -> f64 {
    let mut meter = EbuR128::new(2, rate_hz, Mode::I).unwrap();
    meter.add_frames_planar_f32(&[&main[0], &main[1]]).unwrap();
    meter.loudness_global().unwrap()
}

/// True peak on two meters: ebur128's, and eight times oversampled by a long windowed sinc.
fn true_peaks_dbtp(main: &[Vec<f32>]) -> [f64; 2] {
    let mut meter = EbuR128::new(2, 48_000, Mode::TRUE_PEAK).unwrap();
    meter.add_frames_planar_f32(&[&main[0], &main[1]]).unwrap();
    let first = meter.true_peak(0).unwrap().max(meter.true_peak(1).unwrap());
    let second = main.iter().map(|side| sinc_peak(side)).fold(0.0, f64::max);
    [first, second].map(|peak| 20.0 * peak.max(1e-9).log10())
}

fn sinc_peak(x: &[f32]) -> f64 {
    const HALF: usize = 24;
    let highest = x.iter().fold(0.0f32, |p, s| p.max(s.abs()));
    let taps: Vec<[f32; 2 * HALF]> = (1..8)
        .map(|part| {
            std::array::from_fn(|k| {
                let t = k as f64 - (HALF as f64 - 1.0) - f64::from(part) / 8.0;
                let turn = std::f64::consts::PI * t;
                let window = (turn / (2.0 * HALF as f64 + 1.0)).cos();
                (turn.sin() / turn * window * window) as f32
            })
        })
        .collect();
    let mut peak = highest;
    for row in x.windows(2 * HALF) {
        // The nearest eight taps add up to less than 2.2 in size, the others to less than 0.65.
        let near = row[HALF - 4..HALF + 4]
            .iter()
            .fold(0.0f32, |p, s| p.max(s.abs()));
        if near < 0.15 * highest {
            continue;
        }
        for taps in &taps {
            let sum: f32 = row.iter().zip(taps).map(|(x, tap)| x * tap).sum();
            peak = peak.max(sum.abs());
        }
    }
    f64::from(peak)
}

#[test]
fn ten_styles_are_as_loud_as_asked_for_and_never_over_the_ceiling() {
    let cases = [
        ("hard-rock", -9.0, -1.0),
        ("pop", -14.0, -1.0),
        ("jazz-ballad", -16.0, -1.0),
        ("house", -9.0, -0.5),
        ("trap", -11.0, -1.0),
        ("lofi", -14.0, -2.0),
        ("bossa", -23.0, -1.0),
        ("dub", -14.0, -1.0),
        ("cinematic", -16.0, -1.0),
        ("funk", -12.5, -1.0),
    ];
    for (style, target, ceiling) in cases {
        let line =
            format!("--style {style} --bars 8 --seed 3 --loudness {target} --ceiling {ceiling}");
        let song = rendered(&line);
        let main = &song.take.sound[0];
        let (heard, peaks) = (lufs(main, 48_000), true_peaks_dbtp(main));
        println!("{style}: {heard:.2} LUFS for {target}, {peaks:.2?} dBTP under {ceiling}");
        assert!((heard - target).abs() <= 0.1, "{style}: {heard:.2} LUFS");
        let highest = ceiling - 0.1;
        assert!(peaks.iter().all(|p| *p <= highest), "{style}: {peaks:.2?}");
    }
}

#[test]
fn a_target_holds_at_other_rates_blocks_tempi_and_meters_than_it_was_found_at() {
    // It is found at 48 kHz. Noise and cymbals are a little brighter where there is more room above 20 kHz; strings that
    // are muted as dub's guitar is lose less of their top than at 48 kHz.
    for (rate_hz, within, line) in [
        (
            44_100,
            0.1,
            "--style funk --rate 44100 --tempo 93 --meter 7/8",
        ),
        (
            96_000,
            0.3,
            "--style dub --rate 96000 --block 100 --tempo 150",
        ),
    ] {
        let song = rendered(&format!("{line} --bars 8 --seed 5 --loudness -13"));
        let heard = lufs(&song.take.sound[0], rate_hz);
        println!("{line}: {heard:.2} LUFS");
        assert!((heard + 13.0).abs() <= within, "{line}: {heard:.2} LUFS");
    }
}

#[test]
fn without_the_master_the_eight_files_add_up_to_the_mix() {
    for style in ["rock", "house", "ambient"] {
        let song = rendered(&format!("--style {style} --bars 4 --master off"));
        let sound = &song.take.sound;
        let (mut error, mut power) = (0.0f64, 0.0f64);
        for side in 0..2 {
            for frame in 0..sound[0][side].len() {
                let sum: f64 = sound[1..]
                    .iter()
                    .map(|bus| f64::from(bus[side][frame]))
                    .sum();
                let main = f64::from(sound[0][side][frame]);
                error += (main - sum).powi(2);
                power += main * main;
            }
        }
        let null = 10.0 * (error / power).max(1e-30).log10();
        println!("{style}: {null:.0} dB");
        assert!(power > 1.0 && null < -120.0, "{style}: {null:.1} dB");
    }
}

fn likeness(main: &[Vec<f32>]) -> Likeness {
    let mut measure = Measure::new(48_000).unwrap();
    measure.add(&main[0], &main[1]).unwrap();
    measure.finish().unwrap()
}

struct Temporary(PathBuf);

impl Drop for Temporary {
    fn drop(&mut self) {
        std::fs::remove_file(&self.0).ok();
    }
}

/// Another engineer's master of another song: narrower or wider, darker or brighter, squeezed.
fn another_master(name: &str, line: &str, brighter: f32, wider: f32, squeezed: f32) -> Temporary {
    let song = rendered(line);
    let mut planes = song.take.sound[0].clone();
    let (left, right) = planes.split_at_mut(1);
    let mut low = [0.0f32; 2];
    for (l, r) in left[0].iter_mut().zip(right[0].iter_mut()) {
        let (mid, side) = (0.5 * (*l + *r), 0.5 * (*l - *r) * wider);
        (*l, *r) = (mid + side, mid - side);
        for (x, low) in [l, r].into_iter().zip(&mut low) {
            // A shelf about 1 kHz, then a soft knee.
            *low += 0.12 * (*x - *low);
            let tilted = *low + brighter * (*x - *low);
            *x = (tilted * squeezed).tanh() / squeezed * 0.9;
        }
    }
    let file = format!("musearoo-reference-{}-{name}.wav", std::process::id());
    let path = std::env::temp_dir().join(file);
    let audio = Audio {
        rate_hz: 48_000,
        channels: planes,
    };
    wav::write(&path, &audio).expect("the reference is written");
    Temporary(path)
}

#[test]
fn a_song_goes_towards_a_reference_in_loudness_spectrum_and_width() {
    let references = [
        another_master(
            "bright",
            "--style synth-pop --bars 16 --seed 8",
            1.8,
            1.2,
            1.6,
        ),
        another_master("dark", "--style ballad --bars 16 --seed 9", 0.6, 0.8, 1.0),
        another_master(
            "loud",
            "--style hard-rock --bars 16 --seed 5",
            1.2,
            1.0,
            2.5,
        ),
    ];
    let songs = ["--style pop", "--style funk", "--style house"];
    for (line, file) in songs.iter().zip(&references) {
        let path = file.0.display();
        let line = format!("{line} --bars 16 --seed 2 --ceiling -1 --reference {path}");
        let song = rendered(&line);
        let main = &song.take.sound[0];
        let reference = likeness(&wav::read(&file.0).unwrap().channels);
        let errors = Errors::between(&likeness(main), &reference);
        let peaks = true_peaks_dbtp(main);
        println!("{line}: {errors:.2?}, {peaks:.2?} dBTP");
        assert!(errors.loudness_lu.abs() <= 0.2, "{line}: {errors:?}");
        assert!(errors.spectrum_db <= 1.6, "{line}: {errors:?}");
        assert!(errors.width_db.abs() <= 0.3, "{line}: {errors:?}");
        assert!(peaks.iter().all(|p| *p <= -1.0), "{line}: {peaks:.2?}");
    }
}

#[test]
fn a_reference_that_is_no_sound_is_named_and_the_mix_stays() {
    let words: Vec<String> = "--out unused --bars 4 --reference no-such-song.wav"
        .split(' ')
        .map(str::to_owned)
        .collect();
    let arguments = Arguments::parse(&words).unwrap();
    let mut rig = rig();
    let choices = Choices::resolve(&mut rig, &arguments).unwrap();
    let error = match play(&mut rig, &choices, true, &mut Bar::quiet()) {
        Ok(_) => panic!("there is no such song"),
        Err(error) => format!("{error:#}"),
    };
    assert!(error.contains("no-such-song.wav"), "{error}");
}

#[test]
fn look_ahead_changes_no_note_and_tells_how_late_it_is() {
    let script = Script::bars(4.0, 120.0, (4, 4));
    let mut plain = rig_with(&[]);
    let wanted = take(&mut plain, &script);
    let mut late = rig_with(&[]);
    edit_song(&mut late, |_| ());
    let state = late.save().unwrap();
    let setup = serde_json::json!({ "look_ahead": true });
    let state = tests::saved::with_field(&state, "setup", &setup).unwrap();
    late.restore(&state).unwrap();
    let longer = Script {
        frames: script.frames + 4800,
        ..script.clone()
    };
    let mut came = take(&mut late, &longer);
    let latency = u64::from(late.latency_samples().unwrap());
    assert!((32..=480).contains(&latency), "{latency}");
    assert_eq!(plain.latency_samples().unwrap(), 0);
    came.come_earlier(latency);
    let until = script.frames - 100;
    let ons = |take: &tests::script::Take| -> Vec<(u64, u8, u8, u8)> {
        take.ons().into_iter().filter(|on| on.0 < until).collect()
    };
    assert!(ons(&wanted).len() > 20);
    assert_eq!(ons(&came), ons(&wanted));
}
