//! What the tests of the player share: the preset bank, a note list, an offline render, a spectrum.
#![allow(dead_code)]
#![allow(clippy::disallowed_methods)] // Tests read the preset files.

pub mod expected;
pub mod likeness;
pub mod measure;

use std::path::{Path, PathBuf};

use dsp::{BUSES, Mix, Player};
use music::lane::Lane;
use music::patch::{EnvelopeTable, FilterTable, OscillatorTable, Patch, Shape, SynthTable};
use music::pitch::Pitch;

/// Every preset of the project, by rising stem.
pub fn bank() -> Vec<(String, Patch)> {
    fn walk(folder: &Path, files: &mut Vec<PathBuf>) {
        for entry in std::fs::read_dir(folder).expect("the presets are there") {
            let path = entry.expect("readable").path();
            if path.is_dir() {
                walk(&path, files);
            } else if path.extension().is_some_and(|e| e == "toml") {
                files.push(path);
            }
        }
    }
    let mut files = Vec::new();
    let presets = Path::new(concat!(env!("CARGO_MANIFEST_DIR"), "/../../presets"));
    for folder in ["instruments", "kits"] {
        walk(&presets.join(folder), &mut files);
    }
    files.sort_by_key(|f| f.file_stem().map(std::ffi::OsStr::to_owned));
    files
        .into_iter()
        .map(|file| {
            let text = std::fs::read_to_string(&file).expect("readable");
            let patch: Patch =
                toml::from_str(&text).unwrap_or_else(|e| panic!("{}: {e}", file.display()));
            patch
                .validate()
                .unwrap_or_else(|e| panic!("{}: {e}", file.display()));
            (
                file.file_stem().unwrap().to_string_lossy().into_owned(),
                patch,
            )
        })
        .collect()
}

/// The patches alone.
pub fn patches() -> Vec<Patch> {
    bank().into_iter().map(|(_, patch)| patch).collect()
}

/// Where a patch stands in the bank.
pub fn index_of(stem: &str) -> u8 {
    bank()
        .iter()
        .position(|(s, _)| s == stem)
        .unwrap_or_else(|| panic!("no patch {stem}")) as u8
}

/// What happens at a sample.
#[derive(Clone, Copy, Debug)]
pub enum Do {
    On(Lane, u8, u8, u8),
    Off(Lane, u8),
    Cut,
}

/// Eight stereo buses as long as asked for.
pub type Audio = Vec<[Vec<f32>; 2]>;

/// A mix without effects or processing on main.
pub fn dry() -> Mix {
    let mut mix = Mix {
        master_on: false,
        ..Mix::default()
    };
    for lane in &mut mix.lanes {
        lane.reverb_send = 0.0;
        lane.delay_send = 0.0;
    }
    mix
}

/// Renders events (by rising sample) in blocks of a size.
pub fn render(player: &mut Player, events: &[(usize, Do)], length: usize, block: usize) -> Audio {
    let mut audio: Audio = (0..BUSES)
        .map(|_| [vec![0.0; length], vec![0.0; length]])
        .collect();
    let (mut next, mut start) = (0, 0);
    while start < length {
        let end = (start + block).min(length);
        let mut parts: Vec<[&mut [f32]; 2]> = audio
            .iter_mut()
            .map(|[l, r]| [&mut l[start..end], &mut r[start..end]])
            .collect();
        let buses: &mut [[&mut [f32]; 2]; BUSES] =
            parts.as_mut_slice().try_into().expect("eight buses");
        let mut done = 0;
        while next < events.len() && events[next].0 < end {
            let (at, what) = events[next];
            let frame = at - start;
            player.render(buses, done..frame);
            done = frame;
            match what {
                Do::On(lane, pitch, velocity, patch) => {
                    let phase = (next as u32 + 1).wrapping_mul(0x9e37_79b1);
                    player.note_on(lane, Pitch(pitch), velocity, patch, phase);
                }
                Do::Off(lane, pitch) => player.note_off(lane, Pitch(pitch)),
                Do::Cut => player.cut_all(),
            }
            next += 1;
        }
        player.render(buses, done..end - start);
        start = end;
    }
    audio
}

/// A fresh player with a mix.
pub fn player(bank: &[Patch], rate: f32, mix: &Mix) -> Player {
    let mut player = Player::new(bank, rate, 512);
    player.reset();
    player.set_mix(mix);
    player
}

/// Highest absolute sample of a bus.
pub fn peak(bus: &[Vec<f32>; 2]) -> f32 {
    bus.iter().flatten().fold(0.0, |p, x| p.max(x.abs()))
}

/// dB of an amplitude.
pub fn db(x: f32) -> f32 {
    20.0 * x.max(1e-9).log10()
}

/// A bank with one patch: a plain sine at an exact level.
pub fn sine() -> Vec<Patch> {
    let tone = SynthTable {
        name: music::name("Sine"),
        a: OscillatorTable {
            shape: Shape::Sine,
            ..OscillatorTable::default()
        },
        amp: EnvelopeTable {
            attack_ms: 0.0,
            decay_ms: 10.0,
            sustain: 1.0,
            release_ms: 10.0,
        },
        filter: FilterTable {
            cutoff_hz: 18_000.0,
            resonance: 0.0,
            envelope_octaves: 0.0,
            ..Default::default()
        },
        ..SynthTable::default()
    };
    vec![Patch::Synth(tone)]
}

/// Highest peak between samples: eight times oversampled with a long windowed sinc.
pub fn true_peak(x: &[f32]) -> f32 {
    const HALF: usize = 24;
    let mut highest = 0.0f64;
    for at in HALF..x.len() - HALF {
        let near = x[at - 1..=at + 1]
            .iter()
            .fold(0.0f32, |p, x| p.max(x.abs()));
        if near < 0.4 {
            continue;
        }
        for part in 0..8 {
            let place = part as f64 / 8.0;
            let mut sum = 0.0;
            for (k, x) in x.iter().enumerate().take(at + HALF + 1).skip(at + 1 - HALF) {
                let t = k as f64 - at as f64 - place;
                let sinc = if t.abs() < 1e-9 {
                    1.0
                } else {
                    (std::f64::consts::PI * t).sin() / (std::f64::consts::PI * t)
                };
                let window = (std::f64::consts::PI * t / (2.0 * HALF as f64 + 1.0))
                    .cos()
                    .powi(2);
                sum += f64::from(*x) * sinc * window;
            }
            highest = highest.max(sum.abs());
        }
    }
    highest as f32
}

/// Power spectrum of a power-of-two stretch under a Blackman–Harris window.
pub fn spectrum(signal: &[f32]) -> Vec<f64> {
    let n = signal.len();
    assert!(n.is_power_of_two());
    let (mut re, mut im) = (vec![0.0f64; n], vec![0.0f64; n]);
    for (i, x) in signal.iter().enumerate() {
        let w = 2.0 * std::f64::consts::PI * i as f64 / n as f64;
        let window =
            0.358_75 - 0.488_29 * w.cos() + 0.141_28 * (2.0 * w).cos() - 0.011_68 * (3.0 * w).cos();
        let j = i.reverse_bits() >> (usize::BITS - n.trailing_zeros());
        re[j] = f64::from(*x) * window;
    }
    let mut size = 2;
    while size <= n {
        let turn = -2.0 * std::f64::consts::PI / size as f64;
        for k in 0..size / 2 {
            let (sin, cos) = (turn * k as f64).sin_cos();
            for start in (0..n).step_by(size) {
                let (a, b) = (start + k, start + k + size / 2);
                let (x, y) = (re[b] * cos - im[b] * sin, re[b] * sin + im[b] * cos);
                (re[b], im[b]) = (re[a] - x, im[a] - y);
                (re[a], im[a]) = (re[a] + x, im[a] + y);
            }
        }
        size *= 2;
    }
    (0..n / 2).map(|k| re[k] * re[k] + im[k] * im[k]).collect()
}

/// Centre of gravity of a spectrum, Hz.
pub fn centroid(signal: &[f32], rate: f32) -> f64 {
    let power = spectrum(signal);
    let hz = f64::from(rate) / (2 * power.len()) as f64;
    let (sum, weighted) = power
        .iter()
        .enumerate()
        .skip(2)
        .fold((0.0, 0.0), |(s, w), (k, p)| {
            let amplitude = p.sqrt();
            (s + amplitude, w + amplitude * k as f64 * hz)
        });
    weighted / sum
}
