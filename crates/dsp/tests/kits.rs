//! Every piece of every kit with numbers: register, velocity, difference between strokes, width, knobs, choke,
//! and that no two kits are one kit through a filter.
// Tests print what they measure.
#![allow(clippy::disallowed_macros, clippy::format_push_string)]

mod common;

use common::{Do, bank, centroid, dry, patches, player, render, spectrum};
use dsp::Mix;
use music::drum::Piece;
use music::lane::Lane;
use music::patch::{Macros, Patch};

const RATE: f32 = 48_000.0;
const LENGTH: usize = 8_192;

/// Stem and place in the bank of every kit.
fn kits() -> Vec<(String, u8)> {
    bank()
        .into_iter()
        .enumerate()
        .filter(|(_, (_, patch))| matches!(patch, Patch::Kit(_)))
        .map(|(index, (stem, _))| (stem, index as u8))
        .collect()
}

fn with(macros: Macros) -> Mix {
    let mut mix = dry();
    mix.lanes[Lane::Drums.index()].macros = macros;
    mix
}

/// One stroke from its onset on; `other` is another stroke alike.
fn stroke(
    patches: &[Patch],
    mix: &Mix,
    kit: u8,
    piece: Piece,
    velocity: u8,
    other: bool,
    length: usize,
) -> [Vec<f32>; 2] {
    let on = Do::On(Lane::Drums, piece.general_midi().0, velocity, kit);
    let mut events = vec![(0, on)];
    if other {
        // The phase of a test's note follows from its number.
        events.insert(0, (0, Do::Off(Lane::Drums, 1)));
    }
    let mut audio = render(&mut player(patches, RATE, mix), &events, length, 512);
    audio.swap_remove(1)
}

fn middle(bus: &[Vec<f32>; 2]) -> Vec<f32> {
    bus[0]
        .iter()
        .zip(&bus[1])
        .map(|(l, r)| 0.5 * (l + r))
        .collect()
}

fn energy(samples: &[f32]) -> f64 {
    samples.iter().map(|x| f64::from(*x) * f64::from(*x)).sum()
}

/// Centroid of a stroke, its onset where the window is widest open.
fn brightness(samples: &[f32]) -> f64 {
    let mut shifted = vec![0.0; LENGTH];
    shifted[3_000..].copy_from_slice(&samples[..LENGTH - 3_000]);
    centroid(&shifted, RATE)
}

/// Share of a hard stroke's power above 8 kHz that a family may have.
///
/// Measured: over the kits, then widened by about a half.
fn register(piece: Piece) -> (f64, f64) {
    match piece {
        Piece::Kick | Piece::TomHigh | Piece::TomMid | Piece::TomLow => (0.0, 0.002),
        Piece::CongaHigh | Piece::CongaLow | Piece::BongoHigh | Piece::BongoLow => (0.0, 0.006),
        // A coarse sampler adds images to the clearest tones.
        Piece::Rim | Piece::Cowbell | Piece::Claves => (0.0, 0.04),
        Piece::Snare => (0.005, 0.45),
        Piece::Clap => (0.01, 0.15),
        Piece::HatClosed | Piece::HatPedal | Piece::HatOpen => (0.01, 0.9),
        Piece::Ride => (0.01, 0.4),
        Piece::RideBell => (0.0, 0.05),
        Piece::Crash | Piece::Splash => (0.01, 0.6),
        Piece::Shaker | Piece::Tambourine => (0.08, 0.85),
    }
}

#[test]
fn every_piece_keeps_its_register_and_opens_with_velocity() {
    let patches = patches();
    let mut faults = String::new();
    for (stem, kit) in kits() {
        for piece in Piece::ALL {
            let at = |velocity| {
                middle(&stroke(
                    &patches,
                    &dry(),
                    kit,
                    piece,
                    velocity,
                    false,
                    LENGTH,
                ))
            };
            let (soft, hard) = (at(30), at(120));
            let power = spectrum(&hard);
            let bin = (8_000.0 / f64::from(RATE) * LENGTH as f64) as usize;
            let share = power[bin..].iter().sum::<f64>() / power.iter().sum::<f64>();
            let (low, high) = register(piece);
            if !(low..=high).contains(&share) {
                faults += &format!("{stem} {}: {share:.4} above 8 kHz\n", piece.word());
            }
            let (dark, bright) = (brightness(&soft), brightness(&hard));
            if bright < 1.01 * dark {
                faults += &format!("{stem} {}: {dark:.0} to {bright:.0} Hz\n", piece.word());
            }
        }
    }
    assert!(faults.is_empty(), "{faults}");
}

#[test]
fn no_two_strokes_are_equal_and_every_stroke_is() {
    let patches = patches();
    for (stem, kit) in kits() {
        for piece in Piece::ALL {
            let take = |other| stroke(&patches, &dry(), kit, piece, 90, other, 2_048);
            let (one, again, other) = (take(false), take(false), take(true));
            assert_eq!(one, again, "{stem} {}", piece.word());
            let difference: Vec<f32> = middle(&one)
                .iter()
                .zip(middle(&other))
                .map(|(a, b)| a - b)
                .collect();
            let share = energy(&difference) / energy(&middle(&one));
            // Taste: −54 dB is the least that a machine may vary.
            assert!(share > 4e-6, "{stem} {}: {share:.2e}", piece.word());
        }
    }
}

#[test]
fn kits_are_wide_and_kick_and_snare_stay_in_the_middle() {
    let patches = patches();
    for (stem, kit) in kits() {
        let mut sides = (0.0, 0.0);
        for piece in Piece::ALL {
            let bus = stroke(&patches, &dry(), kit, piece, 100, false, LENGTH);
            let side: Vec<f32> = bus[0]
                .iter()
                .zip(&bus[1])
                .map(|(l, r)| 0.5 * (l - r))
                .collect();
            let (m, s) = (energy(&middle(&bus)), energy(&side));
            sides = (sides.0 + m, sides.1 + s);
            if matches!(piece, Piece::Kick | Piece::Snare) {
                assert!(s < 0.25 * m, "{stem} {} is off the middle", piece.word());
            }
        }
        let width_db = 10.0 * (sides.1 / sides.0).log10();
        println!("{stem}: side {width_db:.1} dB");
        assert!(
            (-24.0..-3.0).contains(&width_db),
            "{stem}: {width_db:.1} dB"
        );
    }
}

#[test]
fn attack_hardens_and_body_lengthens_every_piece() {
    let patches = patches();
    let attack = |attack| {
        with(Macros {
            attack,
            ..Macros::default()
        })
    };
    let body = |body| {
        with(Macros {
            body,
            ..Macros::default()
        })
    };
    // Where a sound's energy lies in time.
    let weight = |x: &[f32]| {
        let sum: f64 = x
            .iter()
            .enumerate()
            .map(|(i, x)| i as f64 * f64::from(x * x))
            .sum();
        sum / energy(x)
    };
    let mut faults = String::new();
    for (stem, kit) in kits() {
        for piece in Piece::ALL {
            let take = |mix: &Mix, n| middle(&stroke(&patches, mix, kit, piece, 90, false, n));
            // Harder is steeper, or sooner over.
            let steepness = |x: &[f32]| {
                let steps: f64 = x[..480]
                    .windows(2)
                    .map(|w| f64::from((w[1] - w[0]).abs()))
                    .sum();
                steps / energy(&x[..1_440]).sqrt()
            };
            let (soft, hard) = (take(&attack(-1.0), 2_048), take(&attack(1.0), 2_048));
            let steeper = steepness(&hard) / steepness(&soft);
            let sooner = weight(&soft[..960]) / weight(&hard[..960]);
            if steeper < 1.02 && sooner < 1.02 {
                faults += &format!("{stem} {} attack {steeper:.3} {sooner:.3}\n", piece.word());
            }
            let (short, long) = (take(&body(-1.0), 24_000), take(&body(1.0), 24_000));
            let longer = weight(&long) / weight(&short);
            if longer < 1.1 {
                faults += &format!("{stem} {} body {longer:.3}\n", piece.word());
            }
        }
    }
    assert!(faults.is_empty(), "{faults}");
}

#[test]
fn a_choked_hat_does_not_step() {
    let patches = patches();
    let corner = |x: &[f32]| {
        x.windows(3)
            .map(|w| (w[2] - 2.0 * w[1] + w[0]).abs())
            .fold(0.0f32, f32::max)
    };
    for (stem, kit) in kits() {
        let at = 9_605;
        let events = [
            (0, Do::On(Lane::Drums, 46, 110, kit)),
            (at, Do::On(Lane::Drums, 44, 1, kit)),
        ];
        let audio = render(
            &mut player(&patches, RATE, &dry()),
            &events,
            at + 4_800,
            512,
        );
        let bus = &audio[1][0];
        let (before, after) = (corner(&bus[at - 2_400..at]), corner(&bus[at..]));
        assert!(
            after < 1.5 * before + 0.002,
            "{stem}: {before} before, {after} after"
        );
    }
}

/// Level in thirds of an octave without mean and slope, dB, then the level in time: what no fader and no
/// tilt can change.
fn fingerprint(samples: &[f32]) -> Vec<f64> {
    const BANDS: usize = 26;
    let mut out = Vec::new();
    for part in [&samples[..2_048], &samples[2_048..6_144]] {
        let n = part.len();
        let power = spectrum(part);
        let mut bands: Vec<f64> = (0..BANDS)
            .map(|i| {
                let low = 45.0 * 2f64.powf(i as f64 / 3.0);
                let from = (low / f64::from(RATE) * n as f64) as usize;
                let to = ((1.26 * low / f64::from(RATE) * n as f64) as usize).max(from + 1);
                power[from..to].iter().sum::<f64>() / (to - from) as f64
            })
            .collect();
        let most = bands.iter().copied().fold(1e-20, f64::max);
        for band in &mut bands {
            *band = 10.0 * (*band / most).max(1e-6).log10();
        }
        let mean = bands.iter().sum::<f64>() / BANDS as f64;
        let centre = (BANDS - 1) as f64 / 2.0;
        let (mut over, mut under) = (0.0, 0.0);
        for (i, band) in bands.iter().enumerate() {
            over += (i as f64 - centre) * (band - mean);
            under += (i as f64 - centre).powi(2);
        }
        let slope = over / under;
        out.extend(
            bands
                .iter()
                .enumerate()
                .map(|(i, band)| band - mean - slope * (i as f64 - centre)),
        );
    }
    let first = energy(&samples[..1_024]).max(1e-12);
    out.extend(
        samples
            .chunks(2_048)
            .map(|c| 10.0 * (energy(c) / first).max(1e-5).log10()),
    );
    out
}

#[test]
fn no_two_kits_are_one_kit_through_a_filter() {
    const TELLING: [Piece; 6] = [
        Piece::Kick,
        Piece::Snare,
        Piece::HatClosed,
        Piece::HatOpen,
        Piece::TomMid,
        Piece::Crash,
    ];
    let patches = patches();
    let prints: Vec<(String, Vec<Vec<f64>>)> = kits()
        .into_iter()
        .map(|(stem, kit)| {
            let prints = TELLING
                .iter()
                .map(|piece| {
                    fingerprint(&middle(&stroke(
                        &patches,
                        &dry(),
                        kit,
                        *piece,
                        100,
                        false,
                        16_384,
                    )))
                })
                .collect();
            (stem, prints)
        })
        .collect();
    assert!(prints.len() >= 10, "{} kits", prints.len());
    let mut nearest = f64::MAX;
    for (i, (stem, one)) in prints.iter().enumerate() {
        for (other_stem, other) in &prints[..i] {
            let mean = one
                .iter()
                .zip(other)
                .map(|(a, b)| {
                    let sum: f64 = a.iter().zip(b).map(|(x, y)| (x - y) * (x - y)).sum();
                    (sum / a.len() as f64).sqrt()
                })
                .sum::<f64>()
                / TELLING.len() as f64;
            nearest = nearest.min(mean);
            // Two strokes of one kit lie about 2 dB apart.
            assert!(mean > 3.5, "{stem} and {other_stem}: {mean:.1} dB");
        }
    }
    println!("the two nearest kits are {nearest:.1} dB apart");
}
