//! What a voice costs: microseconds a second of audio and voices in a percent of a core, patch by patch.
//!
//! `cargo run --release -p dsp --example cost [part of a stem]`
#![allow(
    clippy::disallowed_methods,
    clippy::disallowed_macros,
    clippy::disallowed_types
)]

#[path = "../tests/common/mod.rs"]
mod common;

use std::time::Instant;

use common::{bank, dry, player};
use dsp::BUSES;
use music::lane::Lane;
use music::patch::Patch;
use music::pitch::Pitch;

const RATE: f32 = 48_000.0;
const BLOCK: usize = 512;
/// Notes that are struck anew every half second.
const NOTES: u8 = 12;

/// Least time of some passes over two seconds of audio, block by block, in µs a second; and how many voices
/// sounded at a time.
fn cost(bank: &[Patch], index: u8, lane: Lane, notes: u8) -> (f64, f64) {
    let low = if lane == Lane::Bass { 28 } else { 48 };
    let mono = bank[usize::from(index)].is_mono();
    let blocks = 2 * RATE as usize / BLOCK;
    let mut best = vec![f64::MAX; blocks];
    let mut voices = 0;
    for _ in 0..7 {
        let mut player = player(bank, RATE, &dry());
        let mut audio: Vec<[Vec<f32>; 2]> = (0..BUSES)
            .map(|_| [vec![0.0; BLOCK], vec![0.0; BLOCK]])
            .collect();
        voices = 0;
        for (block, best) in best.iter_mut().enumerate() {
            if block % (blocks / 4) == 0 {
                for n in 0..notes {
                    let key = Pitch(low + 3 * n);
                    // One voice a lane where a note ends the one before.
                    let lane = if mono {
                        Lane::PLAYED[1 + usize::from(n)]
                    } else {
                        lane
                    };
                    player.note_off(lane, key);
                    player.note_on(lane, key, 90, index, u32::from(n) * 77_777 + block as u32);
                }
            }
            let mut parts: Vec<[&mut [f32]; 2]> = audio
                .iter_mut()
                .map(|[l, r]| [&mut l[..], &mut r[..]])
                .collect();
            let buses: &mut [[&mut [f32]; 2]; BUSES] =
                parts.as_mut_slice().try_into().expect("eight buses");
            let begun = Instant::now();
            player.render(buses, 0..BLOCK);
            *best = best.min(begun.elapsed().as_secs_f64() * 1e6);
            voices += player.voices();
        }
    }
    let seconds = (blocks * BLOCK) as f64 / f64::from(RATE);
    (
        best.iter().sum::<f64>() / seconds,
        voices as f64 / blocks as f64,
    )
}

fn main() {
    let part = std::env::args().nth(1).unwrap_or_default();
    let bank = bank();
    let patches: Vec<Patch> = bank.iter().map(|(_, p)| p.clone()).collect();
    println!("patch             technique   µs/s/voice      voices/1 %");
    for (index, (stem, patch)) in bank.iter().enumerate() {
        if matches!(patch, Patch::Kit(_)) || !stem.contains(&part) {
            continue;
        }
        let lane = if stem.contains("bass") {
            Lane::Bass
        } else {
            Lane::Harmony
        };
        let mono = patch.is_mono();
        let notes = if mono { 4 } else { NOTES };
        // Half as many notes set the same strips to work.
        let (half, fewer) = cost(&patches, index as u8, lane, notes / 2);
        let (all, voices) = cost(&patches, index as u8, lane, notes);
        let each = (all - half) / (voices - fewer);
        println!(
            "{stem:<18}{:<10}{each:>12.0}{:>16.1}",
            patch.kind(),
            10_000.0 / each
        );
    }
}
