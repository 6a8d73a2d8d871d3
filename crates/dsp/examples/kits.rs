//! Renders every piece of every kit at three velocities to look at and measure, and says what strokes cost.
//!
//! `cargo run --release -p dsp --example kits -- FOLDER [--cost] [kit…]` writes `FOLDER/<kit>/<piece>-<velocity>.f32`
//! (interleaved stereo, 48 kHz, the drums' stem without effects) and prints if asked microseconds of work per second
//! of sound. Linux only: it reads the thread's own processor time.
#![allow(
    clippy::disallowed_methods,
    clippy::disallowed_macros,
    clippy::disallowed_types
)]

#[path = "../tests/common/mod.rs"]
mod common;

use common::{Do, bank, dry, patches, player, render};
use dsp::{BUSES, Player};
use music::drum::Piece;
use music::lane::Lane;
use music::patch::Patch;
use music::pitch::Pitch;

const RATE: f32 = 48_000.0;
const VELOCITIES: [u8; 3] = [35, 75, 115];

/// A busy bar of rock and of percussion at 120: sample, key, velocity.
fn bar(kit: u8) -> Vec<(usize, Do)> {
    let sixteenth = 6_000;
    let mut events = Vec::new();
    for bar in 0..4 {
        for step in 0..16 {
            let at = (16 * bar + step) * sixteenth;
            let mut hit = |key: u8, velocity: u8| {
                events.push((at, Do::On(Lane::Drums, key, velocity, kit)));
            };
            if [0, 3, 6, 10, 11].contains(&step) {
                hit(36, 110);
            }
            if [4, 12].contains(&step) {
                hit(38, 112);
            }
            if [2, 7, 9, 15].contains(&step) {
                hit(38, 40);
            }
            hit(if step == 14 { 46 } else { 42 }, 70 + 20 * (step as u8 % 2));
            if step % 2 == 0 {
                hit(51, 80);
                hit(70, 60);
            }
            if step == 0 {
                hit(49, 110);
            }
            if [13, 15].contains(&step) {
                hit(47, 90);
                hit(63, 80);
            }
        }
    }
    events
}

/// What the thread has computed, ns: a clock on the wall would count other programs' work too.
fn busy_ns() -> f64 {
    let text = std::fs::read_to_string("/proc/thread-self/schedstat").expect("Linux");
    let first = text.split(' ').next().expect("three numbers");
    first.parse().expect("a number")
}

/// Microseconds of work per second of sound for events that repeat every `length` samples.
fn micros(bank: &[Patch], events: &[(usize, Do)], length: usize) -> f64 {
    const SECONDS: usize = 24;
    let mut player = player(bank, RATE, &dry());
    let mut memory = vec![[0.0f32; 512]; 2 * BUSES];
    let mut channels = memory.iter_mut();
    let mut buses: [[&mut [f32]; 2]; BUSES] = std::array::from_fn(|_| {
        [(); 2].map(|()| channels.next().expect("enough channels").as_mut_slice())
    });
    let mut render = |player: &mut Player, mut frames: usize| {
        while frames > 0 {
            let now = frames.min(512);
            player.render(&mut buses, 0..now);
            frames -= now;
        }
    };
    let start = busy_ns();
    let mut phase = 1u32;
    for _ in 0..SECONDS * RATE as usize / length {
        let mut done = 0;
        for (at, what) in events {
            render(&mut player, at - done);
            done = *at;
            if let Do::On(lane, pitch, velocity, patch) = *what {
                phase = phase.wrapping_mul(0x9e37_79b1).wrapping_add(1);
                player.note_on(lane, Pitch(pitch), velocity, patch, phase);
            }
        }
        render(&mut player, length - done);
    }
    (busy_ns() - start) * 1e-3 / SECONDS as f64
}

fn main() {
    let mut args = std::env::args().skip(1);
    let folder = args.next().expect("a folder to write to");
    let mut only: Vec<String> = args.collect();
    let costs = only.first().is_some_and(|a| a == "--cost");
    if costs {
        only.remove(0);
    }
    let patches = patches();
    let kits: Vec<(u8, String)> = bank()
        .into_iter()
        .enumerate()
        .filter(|(_, (stem, patch))| {
            matches!(patch, Patch::Kit(_)) && (only.is_empty() || only.contains(stem))
        })
        .map(|(index, (stem, _))| (index as u8, stem))
        .collect();
    let silence = if costs {
        micros(&patches, &[], 96_000)
    } else {
        0.0
    };
    for (index, stem) in &kits {
        let mut line = String::new();
        if costs {
            let busy = micros(&patches, &bar(*index), 16 * 4 * 6_000) - silence;
            line = format!("{stem}: silence {silence:.0}, busy bar {busy:.0};");
        }
        for piece in Piece::ALL {
            let key = piece.general_midi().0;
            if std::env::var("PIECE").is_ok_and(|word| word != piece.word()) {
                continue;
            }
            if costs {
                // Four strokes a second.
                let events = [(0, Do::On(Lane::Drums, key, 100, *index))];
                let cost = micros(&patches, &events, 12_000) - silence;
                line += &format!(" {} {cost:.0}", piece.word());
            }
            let path = format!("{folder}/{stem}");
            std::fs::create_dir_all(&path).expect("writable");
            for velocity in VELOCITIES {
                let length = 4 * 48_000;
                let events = [
                    (480, Do::On(Lane::Drums, key, velocity, *index)),
                    (length, Do::On(Lane::Drums, key, velocity, *index)),
                ];
                let audio = render(
                    &mut player(&patches, RATE, &dry()),
                    &events,
                    2 * length,
                    512,
                );
                let bytes: Vec<u8> = audio[1][0]
                    .iter()
                    .zip(&audio[1][1])
                    .flat_map(|(l, r)| [l.to_le_bytes(), r.to_le_bytes()].concat())
                    .collect();
                std::fs::write(format!("{path}/{}-{velocity}.f32", piece.word()), bytes)
                    .expect("writable");
            }
        }
        if costs {
            println!("{line}");
        }
    }
}
