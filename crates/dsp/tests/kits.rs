//! Every piece of every kit with numbers: register, velocity, difference between strokes, width, knobs, choke,
//! and that no two kits are one kit through a filter.
// Tests print what they measure.
#![allow(clippy::disallowed_macros, clippy::format_push_string)]

mod common;

use common::expected::{Sound, VELOCITIES, of_piece, stroke_of};
use common::likeness::{LEAST_APART_DB, Portrait, apart_db};
use common::measure::{RATE, energy, middle, onset, side};
use common::{Do, bank, centroid, dry, patches, player, render};
use dsp::Mix;
use music::drum::Piece;
use music::lane::Lane;
use music::patch::{Macros, Patch};

const LENGTH: usize = 8_192;
/// Pieces nearer than this are one through a fader and an equaliser.
///
/// Taste: under it not even their decays differ; splashes of one table in two rooms lie 0.9 dB apart.
const LEAST_PIECE_DB: f64 = 1.0;

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

/// Centroid of a stroke.
fn brightness(samples: &[f32]) -> f64 {
    centroid(&onset(samples, LENGTH), RATE)
}

#[test]
fn every_piece_lies_in_its_ranges() {
    let mut faults = String::new();
    for (stem, patch) in bank() {
        if !matches!(patch, Patch::Kit(_)) {
            continue;
        }
        for piece in Piece::ALL {
            // The usual stroke lies between.
            for velocity in [VELOCITIES[0], VELOCITIES[2]] {
                let sound = Sound::of(&stroke_of(&patch, piece, velocity), None);
                let wrong = sound.faults(&of_piece(piece));
                if !wrong.is_empty() {
                    faults += &format!("{stem} {} {velocity}: {wrong:?} {sound:?}\n", piece.word());
                }
            }
        }
    }
    assert!(faults.is_empty(), "{faults}");
}

#[test]
fn every_piece_opens_with_velocity() {
    let patches = patches();
    let mut faults = String::new();
    for (stem, kit) in kits() {
        for piece in Piece::ALL {
            let [dark, bright] = [30, 120].map(|velocity| {
                let bus = stroke(&patches, &dry(), kit, piece, velocity, false, LENGTH);
                brightness(&middle(&bus))
            });
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
            let (m, s) = (energy(&middle(&bus)), energy(&side(&bus)));
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

#[test]
fn no_two_kits_are_one_kit_through_equalisers() {
    let portraits: Vec<(String, Vec<Portrait>)> = bank()
        .into_iter()
        .filter(|(_, patch)| matches!(patch, Patch::Kit(_)))
        .map(|(stem, kit)| {
            let strokes = Piece::ALL.map(|piece| Portrait::of(&stroke_of(&kit, piece, 90)));
            (stem, strokes.to_vec())
        })
        .collect();
    assert!(portraits.len() >= 10, "{} kits", portraits.len());
    let mut nearest = vec![(f64::MAX, String::new()); Piece::ALL.len()];
    for (i, (stem, one)) in portraits.iter().enumerate() {
        for (other_stem, other) in &portraits[..i] {
            for (piece, (a, b)) in Piece::ALL.into_iter().zip(one.iter().zip(other)) {
                let apart = apart_db(std::slice::from_ref(a), std::slice::from_ref(b));
                let nearest = &mut nearest[piece as usize];
                if apart < nearest.0 {
                    *nearest = (
                        apart,
                        format!("{} of {stem} and {other_stem}", piece.word()),
                    );
                }
            }
            // Every piece through a fader and an equaliser of its own.
            let pieces = one.chunks(1).zip(other.chunks(1));
            let apart = pieces.map(|(a, b)| apart_db(a, b)).sum::<f64>() / one.len() as f64;
            assert!(
                apart > LEAST_APART_DB,
                "{stem} and {other_stem}: {apart:.2} dB"
            );
        }
    }
    let mut alike = String::new();
    for (piece, (apart, who)) in Piece::ALL.into_iter().zip(&nearest) {
        println!("{apart:.2} dB: {who}");
        // What hands shake and strike in passing may be a neighbour's.
        let own = (piece as usize) < Piece::Shaker as usize;
        if *apart < if own { LEAST_PIECE_DB } else { 0.4 } {
            alike += &format!("{who}: {apart:.2} dB\n");
        }
    }
    assert!(alike.is_empty(), "{alike}");
}
