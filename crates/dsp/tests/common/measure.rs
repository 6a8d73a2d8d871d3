//! Measures of a single sound: a note of a pitched patch or a stroke of a kit.
#![allow(dead_code)]

use music::lane::Lane;
use music::patch::Patch;

use super::{Do, dry, player, render, spectrum};

pub const RATE: f32 = 48_000.0;
/// Bands of a third of an octave, 25 Hz to 20 kHz.
pub const THIRDS: usize = 30;
/// Where the air of a sound begins, Hz.
pub const AIR_HZ: f64 = 8_000.0;

/// Centre of a band, Hz.
///
/// Reference: IEC 61260-1, exact base-two centres.
pub fn third_hz(band: usize) -> f64 {
    1000.0 * ((band as f64 - 16.0) / 3.0).exp2()
}

/// One note on a dry lane, by a player of this patch alone: held so long, and heard so long. `phase` chooses among
/// notes that are alike.
pub fn played(
    patch: &Patch,
    lane: Lane,
    (key, velocity): (u8, u8),
    held_s: f32,
    heard_s: f32,
    phase: usize,
) -> [Vec<f32>; 2] {
    let (held, length) = ((held_s * RATE) as usize, (heard_s * RATE) as usize);
    // The phase of a test's note follows from its number.
    let mut events = vec![(0, Do::Off(lane, 1)); phase];
    events.push((0, Do::On(lane, key, velocity, 0)));
    events.push((held, Do::Off(lane, key)));
    let mut player = player(std::slice::from_ref(patch), RATE, &dry());
    render(&mut player, &events, length, 512).swap_remove(1 + lane.index())
}

/// What both sides say together.
pub fn middle(note: &[Vec<f32>; 2]) -> Vec<f32> {
    let sides = note[0].iter().zip(&note[1]);
    sides.map(|(l, r)| 0.5 * (l + r)).collect()
}

/// What both sides say against each other.
pub fn side(note: &[Vec<f32>; 2]) -> Vec<f32> {
    let sides = note[0].iter().zip(&note[1]);
    sides.map(|(l, r)| 0.5 * (l - r)).collect()
}

pub fn energy(x: &[f32]) -> f64 {
    x.iter().map(|x| f64::from(*x) * f64::from(*x)).sum()
}

pub fn rms(x: &[f32]) -> f32 {
    (energy(x) / x.len() as f64).sqrt() as f32
}

/// Side against middle, as amplitudes.
pub fn width(note: &[Vec<f32>; 2]) -> f32 {
    (energy(&side(note)) / energy(&middle(note)).max(1e-12)).sqrt() as f32
}

/// Power in every third of an octave of a power-of-two stretch. A band narrower than a bin has its share of it.
pub fn thirds(samples: &[f32]) -> [f64; THIRDS] {
    let power = spectrum(samples);
    let bin = f64::from(RATE) / samples.len() as f64;
    // Power up to a frequency, bins shared out evenly.
    let upto = |hz: f64| {
        let at = (hz / bin + 0.5).min(power.len() as f64);
        let whole = at as usize;
        let part = power.get(whole).map_or(0.0, |p| p * at.fract());
        power[..whole].iter().sum::<f64>() + part
    };
    core::array::from_fn(|band| {
        let hz = third_hz(band);
        upto(hz * (1f64 / 6.0).exp2()) - upto(hz * (-1f64 / 6.0).exp2())
    })
}

/// Share of the power above 8 kHz.
pub fn air(samples: &[f32]) -> f64 {
    let power = spectrum(samples);
    let bin = (AIR_HZ / f64::from(RATE) * samples.len() as f64) as usize;
    power[bin..].iter().sum::<f64>() / power.iter().sum::<f64>().max(1e-30)
}

/// The first samples behind a stretch of silence, so that the window is widest open where the sound begins.
pub fn onset(samples: &[f32], size: usize) -> Vec<f32> {
    let quiet = size * 3 / 8;
    let mut out = vec![0.0; size];
    let count = (size - quiet).min(samples.len());
    out[quiet..quiet + count].copy_from_slice(&samples[..count]);
    out
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

/// Spectrum of two thirds of a second from a quarter second on, as both sides hear it, in bins of 0.73 Hz.
fn held_spectrum(note: &[Vec<f32>; 2]) -> (Vec<f64>, f64) {
    const SIZE: usize = 65_536;
    let from = (0.25 * RATE) as usize;
    let mut part = vec![0.0f32; SIZE];
    // The sounding half in the middle, where the spectrum's own window is widest.
    for (i, x) in part[SIZE / 4..3 * SIZE / 4].iter_mut().enumerate() {
        let w = (std::f32::consts::PI * i as f32 / 32_768.0).sin();
        *x = w * w * (note[0][from + i] + note[1][from + i]);
    }
    (spectrum(&part), f64::from(RATE) / SIZE as f64)
}

fn key_hz(key: u8) -> f64 {
    440.0 * ((f64::from(key) - 69.0) / 12.0).exp2()
}

/// Cents of the partial nearest to the key's pitch.
pub fn cents_off(note: &[Vec<f32>; 2], key: u8) -> f64 {
    let (power, bin) = held_spectrum(note);
    let hz = key_hz(key);
    let (low, high) = ((hz * 0.94 / bin) as usize, (hz * 1.06 / bin) as usize + 1);
    let best = (low..=high)
        .max_by(|a, b| power[*a].total_cmp(&power[*b]))
        .unwrap_or(low);
    let [a, b, c] = [best - 1, best, best + 1].map(|k| power[k].max(1e-30).ln());
    let found = (best as f64 + 0.5 * (a - c) / (a - 2.0 * b + c)) * bin;
    1200.0 * (found / hz).log2()
}

/// Cents of the middle of everything within 70 cents of the key's pitch: what several voices are heard at, however
/// they beat.
pub fn cents_of_all(note: &[Vec<f32>; 2], key: u8) -> f64 {
    let (power, bin) = held_spectrum(note);
    middle_cents(&power, bin, key)
}

fn middle_cents(power: &[f64], bin: f64, key: u8) -> f64 {
    let hz = key_hz(key);
    let (low, high) = ((hz * 0.9604 / bin) as usize, (hz * 1.0413 / bin) as usize);
    let (mut sum, mut weight) = (0.0, 1e-30);
    for (k, power) in power.iter().enumerate().take(high + 1).skip(low) {
        sum += power * 1200.0 * (k as f64 * bin / hz).log2();
        weight += power;
    }
    sum / weight
}

/// The same of a note held for six seconds, in which voices a hertz apart are told apart.
pub fn cents_of_long(note: &[Vec<f32>; 2], key: u8) -> f64 {
    const SIZE: usize = 262_144;
    let from = (0.3 * RATE) as usize;
    let both: Vec<f32> = (from..from + SIZE)
        .map(|i| note[0][i] + note[1][i])
        .collect();
    middle_cents(&spectrum(&both), f64::from(RATE) / SIZE as f64, key)
}

/// The middle of the first partials of a note held for eleven seconds, of as much as lies within 60 cents of each: how
/// high several singers sing whose fundamentals beat more slowly than anyone looks.
pub fn cents_of_sung(note: &[Vec<f32>; 2], key: u8) -> f64 {
    const SIZE: usize = 524_288;
    let from = (0.3 * RATE) as usize;
    let both: Vec<f32> = (from..from + SIZE)
        .map(|i| note[0][i] + note[1][i])
        .collect();
    let power = spectrum(&both);
    let bin = f64::from(RATE) / SIZE as f64;
    let (mut sum, mut weight) = (0.0, 1e-30);
    for partial in 1..=8 {
        let hz = f64::from(partial) * key_hz(key);
        let (low, high) = ((hz * 0.966 / bin) as usize, (hz * 1.0353 / bin) as usize);
        for (k, power) in power.iter().enumerate().take(high + 1).skip(low) {
            sum += power * 1200.0 * (k as f64 * bin / hz).log2();
            weight += power;
        }
    }
    sum / weight
}

/// The middle of everything near the key's pitch in a note that dies away: what is loud counts most, and that is how it
/// begins.
pub fn cents_of_dying(note: &[Vec<f32>; 2], key: u8) -> f64 {
    const SIZE: usize = 131_072;
    let both: Vec<f32> = note[0].iter().zip(&note[1]).map(|(l, r)| l + r).collect();
    middle_cents(
        &spectrum(&onset(&both, SIZE)),
        f64::from(RATE) / SIZE as f64,
        key,
    )
}

/// Seconds from the loudest 20 ms of the first half second until it has fallen by so many dB; the whole length if it does not.
pub fn fall_s(x: &[f32], by_db: f32) -> f32 {
    let pieces: Vec<f32> = x.chunks(960).map(rms).collect();
    let (top, most) =
        pieces.iter().enumerate().take(25).fold(
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
