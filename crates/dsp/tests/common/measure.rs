//! Measures of a single note of a pitched patch.
#![allow(dead_code)]

use dsp::BUSES;
use music::lane::Lane;
use music::patch::Patch;
use music::pitch::Pitch;

use crate::common::{dry, player, spectrum};

pub const RATE: f32 = 48_000.0;

/// What a patch is used for, by its folder.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Family {
    Bass,
    Keys,
    Guitars,
    Mallets,
    Pads,
    Leads,
}

impl Family {
    pub const ALL: [Family; 6] = [
        Family::Bass,
        Family::Keys,
        Family::Guitars,
        Family::Mallets,
        Family::Pads,
        Family::Leads,
    ];
    pub const fn name(self) -> &'static str {
        match self {
            Family::Bass => "bass",
            Family::Keys => "keys",
            Family::Guitars => "guitars",
            Family::Mallets => "mallets",
            Family::Pads => "pads",
            Family::Leads => "leads",
        }
    }
    /// Keys at which it is measured.
    pub const fn keys(self) -> [u8; 3] {
        match self {
            Family::Bass => [29, 36, 43],
            Family::Keys | Family::Guitars | Family::Pads => [52, 60, 67],
            Family::Mallets | Family::Leads => [60, 69, 76],
        }
    }
    pub const fn lane(self) -> Lane {
        match self {
            Family::Bass => Lane::Bass,
            Family::Keys | Family::Guitars | Family::Mallets => Lane::Harmony,
            Family::Pads => Lane::Texture,
            Family::Leads => Lane::Melody,
        }
    }
}

/// The family of a stem.
pub fn family(stem: &str) -> Family {
    let root = concat!(env!("CARGO_MANIFEST_DIR"), "/../../presets/instruments");
    *Family::ALL
        .iter()
        .find(|f| std::path::Path::new(&format!("{root}/{}/{stem}.toml", f.name())).exists())
        .unwrap_or_else(|| panic!("{stem} has no family"))
}

/// One note on a dry lane: held so long, and heard so long.
pub fn sound(
    bank: &[Patch],
    index: usize,
    lane: Lane,
    key: u8,
    velocity: u8,
    held_s: f32,
    heard_s: f32,
) -> [Vec<f32>; 2] {
    let (held, length) = ((held_s * RATE) as usize, (heard_s * RATE) as usize);
    // A bank of this patch alone is quick to make.
    let mut player = player(&bank[index..=index], RATE, &dry());
    let mut audio: Vec<[Vec<f32>; 2]> = (0..BUSES)
        .map(|_| [vec![0.0; length], vec![0.0; length]])
        .collect();
    player.note_on(lane, Pitch(key), velocity, 0, 0x1234_5678 ^ u32::from(key));
    let mut parts: Vec<[&mut [f32]; 2]> = audio
        .iter_mut()
        .map(|[l, r]| [&mut l[..], &mut r[..]])
        .collect();
    let buses: &mut [[&mut [f32]; 2]; BUSES] = parts.as_mut_slice().try_into().expect("eight");
    player.render(buses, 0..held.min(length));
    if held < length {
        player.note_off(lane, Pitch(key));
        player.render(buses, held..length);
    }
    audio.swap_remove(1 + lane.index())
}

/// Loudest 400 ms, K-weighted, dB.
///
/// Reference: ITU-R BS.1770, the two filters at 48 kHz.
pub fn k_loudness(note: &[Vec<f32>; 2]) -> f64 {
    const SHELF: [f64; 5] = [
        1.535_124_859_586_97,
        -2.691_696_189_406_38,
        1.198_392_810_852_85,
        -1.690_659_293_182_41,
        0.732_480_774_215_85,
    ];
    const HIGH: [f64; 5] = [1.0, -2.0, 1.0, -1.990_047_454_833_98, 0.990_072_250_366_21];
    let mut energy = vec![0.0f64; note[0].len()];
    for side in note {
        let mut states = [[0.0f64; 2]; 2];
        for (x, sum) in side.iter().zip(&mut energy) {
            let mut x = f64::from(*x);
            for (c, s) in [SHELF, HIGH].iter().zip(&mut states) {
                let y = c[0] * x + s[0];
                s[0] = c[1] * x - c[3] * y + s[1];
                s[1] = c[2] * x - c[4] * y;
                x = y;
            }
            *sum += x * x;
        }
    }
    let window = (0.4 * RATE) as usize;
    let loudest = energy
        .windows(window)
        .step_by(480)
        .map(|w| w.iter().sum::<f64>())
        .fold(0.0, f64::max);
    10.0 * (loudest / window as f64).max(1e-12).log10() - 0.691
}

pub fn rms(x: &[f32]) -> f32 {
    (x.iter().map(|x| x * x).sum::<f32>() / x.len() as f32).sqrt()
}

/// Cents of the partial nearest to the key's pitch, over the half second from 0.35 s on, as both sides hear it.
pub fn cents_off(note: &[Vec<f32>; 2], key: u8) -> f64 {
    const SIZE: usize = 65_536;
    let from = (0.25 * RATE) as usize;
    let mut part = vec![0.0f32; SIZE];
    for (i, x) in part.iter_mut().enumerate().take(32_768) {
        *x = note[0][from + i] + note[1][from + i];
        // A window of its own for the half that sounds.
        let w = (std::f32::consts::PI * i as f32 / 32_768.0).sin();
        *x *= w * w;
    }
    let (mut re, mut best) = (spectrum(&shifted(&part)), 0);
    let hz = 440.0 * ((f64::from(key) - 69.0) / 12.0).exp2();
    let bin = f64::from(RATE) / SIZE as f64;
    let (low, high) = ((hz * 0.94 / bin) as usize, (hz * 1.06 / bin) as usize + 1);
    for k in low..=high {
        if best == 0 || re[k] > re[best] {
            best = k;
        }
    }
    let [a, b, c] = [best - 1, best, best + 1].map(|k| re[k].max(1e-30).ln());
    re.clear();
    let found = (best as f64 + 0.5 * (a - c) / (a - 2.0 * b + c)) * bin;
    1200.0 * (found / hz).log2()
}

/// The sounding half in the middle, where the spectrum's own window is widest.
fn shifted(part: &[f32]) -> Vec<f32> {
    let quarter = part.len() / 4;
    let mut out = vec![0.0; part.len()];
    out[quarter..].copy_from_slice(&part[..part.len() - quarter]);
    out
}

/// Seconds from the loudest 20 ms until it has fallen by so many dB; the whole length if it does not.
pub fn fall_s(x: &[f32], by_db: f32) -> f32 {
    let pieces: Vec<f32> = x.chunks(960).map(rms).collect();
    let (top, most) =
        pieces.iter().enumerate().fold(
            (0, 0.0f32),
            |(k, m), (i, x)| if *x > m { (i, *x) } else { (k, m) },
        );
    let floor = most * 10f32.powf(-by_db / 20.0);
    pieces[top..]
        .iter()
        .position(|x| *x < floor)
        .unwrap_or(pieces.len() - top) as f32
        * 0.02
}

/// Side against middle, as amplitudes.
pub fn width(note: &[Vec<f32>; 2]) -> f32 {
    let (mut side, mut middle) = (0.0f64, 1e-12f64);
    for (l, r) in note[0].iter().zip(&note[1]) {
        side += f64::from(l - r).powi(2);
        middle += f64::from(l + r).powi(2);
    }
    (side / middle).sqrt() as f32
}
