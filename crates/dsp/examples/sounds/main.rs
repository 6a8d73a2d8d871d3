//! Measures every patch and every piece of every kit and draws them, to be looked at.
//!
//! `cargo run --release -p dsp --example sounds [part of a stem]` writes into `target/sounds`: `table.md` (a line a
//! patch or piece, its verdict, and who is most like whom), `table.csv` (every note and stroke with its spectrum in
//! thirds of an octave) and a picture for every kit and every family. The verdicts are those that the tests assert.
#![allow(
    clippy::disallowed_methods,
    clippy::disallowed_macros,
    clippy::disallowed_types
)]

#[path = "../../tests/common/mod.rs"]
mod common;
mod picture;
mod table;

use std::path::Path;

use common::bank;
use common::expected::{
    Expected, Family, Sound, VELOCITIES, note_of, of_patch, of_piece, stroke_of,
};
use common::likeness::{Portrait, apart_db};
use common::measure::{THIRDS, middle, onset, thirds};
use music::drum::Piece;
use music::patch::Patch;
use picture::cell;
use table::Row;

/// A patch or a kit with everything that was measured.
struct Instrument {
    stem: String,
    /// Only those of one group are compared.
    group: String,
    rows: Vec<Row>,
    portraits: Vec<Portrait>,
}

fn main() {
    let part = std::env::args().nth(1).unwrap_or_default();
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../target/sounds");
    std::fs::create_dir_all(&folder).expect("the target folder can be written");
    let mut instruments = Vec::new();
    let mut sheets: Vec<(String, Vec<files::picture::SoundCell>)> = Vec::new();
    for (stem, patch) in bank().into_iter().filter(|(stem, _)| stem.contains(&part)) {
        let (instrument, cells) = match &patch {
            Patch::Kit(_) => kit(&stem, &patch),
            _ => pitched(&stem, &patch),
        };
        let sheet = if instrument.group == "kits" {
            stem
        } else {
            instrument.group.clone()
        };
        match sheets.iter_mut().find(|(name, _)| *name == sheet) {
            Some((_, all)) => all.extend(cells),
            None => sheets.push((sheet, cells)),
        }
        instruments.push(instrument);
    }
    let pairs = nearest(&instruments);
    let rows: Vec<&Row> = instruments.iter().flat_map(|i| &i.rows).collect();
    table::write(&folder, &rows, &pairs).expect("the target folder can be written");
    for (name, cells) in sheets {
        let (per_row, what) = if name.ends_with("-kit") {
            (6, "every piece, soft and hard, 1 s")
        } else {
            (5, "low; middle soft, usual, hard; high; 1.3 s, held 1.1")
        };
        let path = folder.join(format!("{name}.png"));
        files::picture::write_sheet(&path, &format!("{name}: {what}"), per_row, &cells, 1.0)
            .expect("the target folder can be written");
    }
    println!("{}", folder.join("table.md").display());
}

fn row(stem: &str, what: String, note: &[Vec<f32>; 2], key: Option<u8>, like: &Expected) -> Row {
    let sound = Sound::of(note, key);
    let spectrum = thirds(&onset(&middle(note), 16_384));
    let most = spectrum.iter().copied().fold(1e-30, f64::max);
    let levels: [f64; THIRDS] = spectrum.map(|p| 10.0 * (p / most).max(1e-9).log10());
    Row {
        stem: stem.to_owned(),
        what,
        faults: sound.faults(like),
        sound,
        levels,
    }
}

fn pitched(stem: &str, patch: &Patch) -> (Instrument, Vec<files::picture::SoundCell>) {
    let family = Family::of(stem);
    let (mut rows, mut cells, mut portraits) = (Vec::new(), Vec::new(), Vec::new());
    for (place, key) in family.keys().into_iter().enumerate() {
        for velocity in VELOCITIES {
            let note = note_of(patch, family, key, velocity);
            let what = format!("key {key} velocity {velocity}");
            let row = row(stem, what, &note, Some(key), &of_patch(patch, family));
            if place == 1 || velocity == VELOCITIES[1] {
                cells.push(cell(&row, &note, 1.3));
                portraits.push(Portrait::of(&note));
            }
            rows.push(row);
        }
    }
    let instrument = Instrument {
        stem: stem.to_owned(),
        group: family.name().to_owned(),
        rows,
        portraits,
    };
    (instrument, cells)
}

fn kit(stem: &str, patch: &Patch) -> (Instrument, Vec<files::picture::SoundCell>) {
    let (mut rows, mut cells, mut portraits) = (Vec::new(), Vec::new(), Vec::new());
    for piece in Piece::ALL {
        for velocity in VELOCITIES {
            let note = stroke_of(patch, piece, velocity);
            let what = format!("{} {velocity}", piece.word());
            let row = row(stem, what, &note, None, &of_piece(piece));
            if velocity == VELOCITIES[1] {
                portraits.push(Portrait::of(&note));
            } else {
                cells.push(cell(&row, &note, 1.0));
            }
            rows.push(row);
        }
    }
    let instrument = Instrument {
        stem: stem.to_owned(),
        group: "kits".to_owned(),
        rows,
        portraits,
    };
    (instrument, cells)
}

/// The nearest other of its group for each, with the distance in dB. Of kits every piece has its own equaliser.
fn nearest(instruments: &[Instrument]) -> Vec<(f64, String, String)> {
    let mut out = Vec::new();
    for one in instruments {
        let others = instruments
            .iter()
            .filter(|o| o.group == one.group && o.stem != one.stem);
        let apart = |other: &Instrument| {
            if one.group == "kits" {
                let pieces = one.portraits.chunks(1).zip(other.portraits.chunks(1));
                let sum: f64 = pieces.map(|(a, b)| apart_db(a, b)).sum();
                sum / Piece::ALL.len() as f64
            } else {
                apart_db(&one.portraits, &other.portraits)
            }
        };
        let least = others
            .map(|o| (apart(o), one.stem.clone(), o.stem.clone()))
            .min_by(|a, b| a.0.total_cmp(&b.0));
        out.extend(least);
    }
    out.sort_by(|a, b| a.0.total_cmp(&b.0));
    out
}
