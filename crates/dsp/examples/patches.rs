//! A table of the pitched patches, measured: loudness, tuning, centroid, crest, decay, width; and their sound
//! as raw files for pictures.
//!
//! `cargo run -p dsp --example patches [part of a stem] [folder for .f32 files]`
#![allow(clippy::disallowed_methods, clippy::disallowed_macros)]

#[path = "../tests/common/mod.rs"]
mod common;
#[path = "../tests/common/measure.rs"]
mod measure;

use common::{bank, patches};
use measure::{Family, cents_off, family, k_loudness, sound};
use music::patch::Patch;

fn main() {
    let mut arguments = std::env::args().skip(1);
    let part = arguments.next().unwrap_or_default();
    let folder = arguments.next();
    let (bank, patches) = (bank(), patches());
    println!(
        "patch             family    K dB   peak  crest  cents           centroid at 40 100 127   t20 s  width"
    );
    for (index, (stem, patch)) in bank.iter().enumerate() {
        if matches!(patch, Patch::Kit(_)) || !stem.contains(&part) {
            continue;
        }
        let family = family(stem);
        let keys = family.keys();
        let mut loud = 0.0;
        let mut cents = String::new();
        for key in keys {
            let note = sound(&patches, index, family.lane(), key, 100, 1.0, 2.2);
            loud += k_loudness(&note) / keys.len() as f64;
            cents += &format!("{:+5.1}", cents_off(&note, key));
            if let Some(folder) = &folder {
                for velocity in [40, 100, 127] {
                    let note = sound(&patches, index, family.lane(), key, velocity, 1.0, 2.2);
                    let bytes: Vec<u8> = note
                        .iter()
                        .flatten()
                        .flat_map(|x| x.to_le_bytes())
                        .collect();
                    let file = format!("{folder}/{stem}-{key}-{velocity}.f32");
                    std::fs::write(file, bytes).expect("writable");
                }
            }
        }
        let middle = keys[1];
        let centroid = |velocity| {
            let note = sound(&patches, index, family.lane(), middle, velocity, 1.0, 1.0);
            common::centroid(&note[0][..16_384], 48_000.0)
        };
        let note = sound(&patches, index, family.lane(), middle, 100, 4.0, 4.0);
        let peak = common::peak(&note);
        let rms = measure::rms(&note[0][..48_000]);
        println!(
            "{stem:<18}{:<8}{loud:>6.1}{:>7.1}{:>7.1}  {cents:<18}{:>6.0}{:>6.0}{:>6.0}{:>10.2}{:>7.2}",
            family.name(),
            common::db(peak),
            common::db(peak / rms),
            centroid(40),
            centroid(100),
            centroid(127),
            measure::fall_s(&note[0], 20.0),
            measure::width(&note),
        );
        let _ = Family::Bass;
    }
}
