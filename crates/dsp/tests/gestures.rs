//! How sounds begin and end: a tongue, a bow, breath; felt and fingers; what a harder stroke wakes.
// Tests print what they measure.
#![allow(clippy::disallowed_macros)]

mod common;

use common::expected::{Family, stroke_of};
use common::measure::{RATE, energy, middle, onset, played};
use common::{bank, centroid, spectrum};
use music::drum::Piece;
use music::patch::{Make, Patch};

fn patch(stem: &str) -> Patch {
    let found = bank().into_iter().find(|(s, _)| s == stem);
    found.unwrap_or_else(|| panic!("{stem} is a preset")).1
}

fn note(stem: &str, key: u8, velocity: u8, held_s: f32, heard_s: f32) -> Vec<f32> {
    let lane = Family::of(stem).lane();
    middle(&played(
        &patch(stem),
        lane,
        (key, velocity),
        held_s,
        heard_s,
        0,
    ))
}

/// Milliseconds until a tenth, and until nine tenths, of what a note reaches in its first half second.
fn rises_ms(x: &[f32]) -> [f32; 2] {
    let pieces: Vec<f64> = x[..24_000].chunks(96).map(energy).collect();
    // The loudest 10 ms from each piece on, so that the beat of a low note is none.
    let level = |i: usize| pieces[i..(i + 5).min(pieces.len())].iter().sum::<f64>();
    let most = (0..pieces.len()).map(level).fold(0.0, f64::max);
    [0.01, 0.81].map(|share| {
        let at = (0..pieces.len()).find(|i| level(*i) >= share * most);
        2.0 * at.unwrap_or(0) as f32
    })
}

/// dB of what lies between the harmonics against all, in the first 85 ms.
fn breath_db(x: &[f32], key: u8) -> f64 {
    let begun = &x[..4_096];
    let power = spectrum(begun);
    let hz = 440.0 * ((f64::from(key) - 69.0) / 12.0).exp2();
    let bin = f64::from(RATE) / 4_096.0;
    let (mut between, mut all) = (0.0, 0.0);
    for (k, power) in power.iter().enumerate().skip(2) {
        let turns = k as f64 * bin / hz;
        all += power;
        if (turns - turns.round()).abs() > 0.3 {
            between += power;
        }
    }
    10.0 * (between / all).log10()
}

#[test]
fn leads_begin_each_in_their_own_way() {
    let leads = [
        "violin",
        "trumpet",
        "whistle",
        "harmonica",
        "flute",
        "clarinet",
    ];
    let begun = leads.map(|stem| {
        let x = note(stem, 69, 90, 1.0, 1.0);
        let ([begins, stands], breath) = (rises_ms(&x), breath_db(&x, 69));
        println!("{stem}: {begins} to {stands} ms, breath {breath:.1} dB");
        (stands - begins + 2.0, breath)
    });
    for (i, a) in begun.iter().enumerate() {
        for (j, b) in begun[..i].iter().enumerate() {
            let slower = (a.0 / b.0).log2().abs();
            let airier = (a.1 - b.1).abs();
            assert!(
                slower > 0.4 || airier > 2.5,
                "{} begins as {}: {a:?} {b:?}",
                leads[i],
                leads[j]
            );
        }
    }
}

#[test]
fn a_harder_stroke_opens_a_tom_by_an_octave() {
    for (stem, kit) in bank() {
        let Patch::Kit(table) = &kit else { continue };
        if table.toms.make != Make::Acoustic {
            continue;
        }
        for piece in [Piece::TomHigh, Piece::TomMid, Piece::TomLow] {
            let [soft, hard] = [40, 122].map(|velocity| {
                let stroke = middle(&stroke_of(&kit, piece, velocity));
                centroid(&onset(&stroke, 8_192), RATE)
            });
            println!("{stem} {}: {soft:.0} to {hard:.0} Hz", piece.word());
            // What is sampled coarsely is bright at any force.
            let coarse = table.tone.grit > 0.0;
            let least = if coarse { 1.3 } else { 2.0 };
            assert!(hard > least * soft, "{stem} {}", piece.word());
        }
    }
}

#[test]
fn an_electric_piano_begins_with_many_partials_and_ends_with_few() {
    for stem in ["electric-piano", "stage-piano"] {
        let x = note(stem, 55, 110, 2.0, 2.0);
        let lines = |x: &[f32]| {
            let power = spectrum(x);
            let most = power.iter().copied().fold(0.0, f64::max);
            let floor = most * 1e-5;
            let top = |w: &&[f64]| w[1] > floor && w[1] > w[0] && w[1] >= w[2];
            power.windows(3).filter(|w| top(&&w[..])).count()
        };
        let (early, late) = (lines(&x[480..4_576]), lines(&x[72_000..76_096]));
        println!("{stem}: {early} lines, then {late}");
        assert!(early >= 12 && early > late + 3, "{stem}: {early} {late}");
    }
}

#[test]
fn felt_and_fingers_are_heard_where_they_land() {
    for stem in ["piano", "nylon-guitar", "steel-guitar"] {
        let x = note(stem, 55, 100, 1.5, 2.0);
        // Twice differenced, the low partials that ring are next to nothing.
        let edge: Vec<f32> = x.windows(3).map(|w| w[2] - 2.0 * w[1] + w[0]).collect();
        let at = (1.5 * RATE) as usize;
        let before = energy(&edge[at - 960..at]);
        let after = energy(&edge[at..at + 960]);
        println!("{stem}: {:.1} dB", 10.0 * (after / before).log10());
        assert!(after > 1.25 * before, "{stem}: {before} {after}");
        let whole = energy(&x[..9_600]) / 9_600.0;
        let rest = energy(&x[at + 19_200..at + 20_160]) / 960.0;
        assert!(rest < 1e-3 * whole, "{stem} rings on");
    }
}

#[test]
fn the_top_of_a_piano_has_no_dampers() {
    let left = |key: u8| {
        let x = note("piano", key, 100, 0.2, 0.6);
        let at = (0.2 * RATE) as usize;
        energy(&x[at + 9_600..at + 14_400]) / energy(&x[at - 4_800..at])
    };
    let (middle, top) = (left(60), left(96));
    println!("left of C4 {middle:.1e}, of C7 {top:.1e}");
    assert!(top > 30.0 * middle);
}
