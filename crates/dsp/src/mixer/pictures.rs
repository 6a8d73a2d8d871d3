//! Curves to look at, as columns of numbers under the folder that `MIXER_PICTURES` names. Nothing is asserted;
//! `MIXER_PICTURES=target/mixer cargo test -p dsp --lib pictures -- --ignored`.
#![allow(clippy::disallowed_methods, clippy::disallowed_macros)]

use core::fmt::Write as _;
use std::path::Path;

use music::mix::Space;

use super::bank::Bank;
use crate::filters::{bell, high_pass, shelf, tilt};
use crate::limiter::LookAhead;
use crate::math::TICK;
use crate::reverb::Reverb;

const RATE: f32 = 48_000.0;

fn save(name: &str, columns: &[Vec<f32>]) {
    let Ok(folder) = std::env::var("MIXER_PICTURES") else {
        return;
    };
    let mut text = String::new();
    for i in 0..columns[0].len() {
        for column in columns {
            let _ = write!(text, "{} ", column[i]);
        }
        text.push('\n');
    }
    std::fs::create_dir_all(&folder).expect("a folder");
    std::fs::write(Path::new(&folder).join(name), text).expect("a file");
}

#[test]
#[ignore = "writes files"]
fn pictures() {
    let designs = [
        high_pass(90.0, RATE),
        shelf(110.0, 4.0, false, RATE),
        bell(400.0, -4.0, 0.9, RATE),
        bell(2500.0, 3.0, 0.9, RATE),
        shelf(9000.0, 4.0, true, RATE),
        tilt(1000.0, 9.0, RATE),
        tilt(1000.0, -9.0, RATE),
    ];
    let answers: Vec<Vec<f32>> = designs
        .into_iter()
        .map(|design| {
            let mut bank = Bank::<1, 1>::new();
            bank.set(0, 0, 0, design);
            bank.arrive(0);
            let mut block = vec![[0.0; 4]; 16_384];
            block[0] = [1.0; 4];
            bank.process(0, 1, &mut block, 0);
            block.iter().map(|x| x[0]).collect()
        })
        .collect();
    save("filters.txt", &answers);
    let mut tails = Vec::new();
    for (space, decay) in [(Space::Room, 0.6), (Space::Plate, 1.6), (Space::Hall, 2.4)] {
        let mut reverb = Reverb::new(space, RATE);
        let usual = music::mix::SpaceProfile::usual(space);
        reverb.set(decay, usual.damp_hz, usual.low_cut_hz);
        let mut sides = [Vec::new(), Vec::new()];
        for tick in 0..9000 {
            reverb.tick((tick + 1) as f64 * TICK as f64 / f64::from(RATE));
            let mut input = [[0.0; TICK]; 2];
            if tick == 0 {
                (input[0][0], input[1][0]) = (1.0, 1.0);
            }
            let mut wet = [[0.0; TICK]; 2];
            reverb.process(&input, &mut wet, 0, TICK);
            for (side, wet) in sides.iter_mut().zip(&wet) {
                side.extend_from_slice(wet);
            }
        }
        tails.extend(sides);
    }
    save("reverbs.txt", &tails);
    let mut limiter = LookAhead::new(RATE);
    let (mut before, mut after) = (Vec::new(), Vec::new());
    for tick in 0..1500 {
        let mut x = [[0.0; TICK]; 2];
        for i in 0..TICK {
            let at = (tick * TICK + i) as f32 / RATE;
            // A steady tone, a stroke on top every tenth of a second, louder in the middle.
            let beat = at % 0.1;
            let loud = if (0.2..0.35).contains(&at) { 2.0 } else { 1.0 };
            let stroke = 1.8 * (-beat * 120.0).exp() * (std::f32::consts::TAU * 60.0 * beat).sin();
            x[0][i] = loud * (0.5 * (std::f32::consts::TAU * 220.0 * at).sin() + stroke);
            x[1][i] = x[0][i];
        }
        before.extend_from_slice(&x[0]);
        limiter.process(&mut x, &[1.0; TICK], 0, TICK);
        after.extend_from_slice(&x[0]);
    }
    save("limiter.txt", &[before, after]);
}
