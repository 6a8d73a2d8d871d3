//! Every pitched patch, measured: in tune, equally loud in its family, unlike its neighbours.
// Tests print what they measure.
#![allow(clippy::disallowed_macros)]

mod common;
#[path = "common/measure.rs"]
mod measure;

use common::{bank, spectrum};
use measure::{Family, RATE, cents_off, family, k_loudness, sound};
use music::patch::{ChoirTable, FmTable, Patch, SynthTable, ToneTable, VibratoTable};

/// The patches of a family with their stems.
fn of(wanted: Family) -> Vec<(String, Patch)> {
    bank()
        .into_iter()
        .filter(|(stem, patch)| !matches!(patch, Patch::Kit(_)) && family(stem) == wanted)
        .collect()
}

/// The patch without what detunes it on purpose, and with time to be measured.
fn plain(patch: &Patch) -> Patch {
    let still = VibratoTable {
        cents: 0.0,
        ..VibratoTable::default()
    };
    let tone = |tone: &ToneTable| ToneTable {
        chorus: 0.0,
        phaser: 0.0,
        rotary: 0.0,
        tremolo: 0.0,
        drive: 0.0,
        ..tone.clone()
    };
    match patch.clone() {
        Patch::Synth(mut t) => {
            (t.unison_cents, t.a.cents, t.b.cents, t.vibrato) = (0.0, 0.0, 0.0, still);
            // Of two copies that differ in phase alone, one is enough.
            t.unison = 1;
            t.amp.sustain = t.amp.sustain.max(0.5);
            // A corner that passes the fundamental bends it.
            (t.filter.sweep_octaves, t.filter.envelope_octaves) = (0.0, 0.0);
            Patch::Synth(SynthTable {
                tone: tone(&t.tone),
                ..t
            })
        }
        Patch::String(mut t) => {
            (t.course_cents, t.course_semitones) = (0.0, 0.0);
            (t.decay_s, t.tone) = (t.decay_s.max(8.0), tone(&t.tone));
            Patch::String(t)
        }
        Patch::Piano(mut t) => {
            (t.detune_cents, t.decay_s) = (0.0, t.decay_s.max(12.0));
            Patch::Piano(t)
        }
        Patch::Mallet(mut t) => {
            (t.decay_s, t.tone) = (t.decay_s.max(10.0), tone(&t.tone));
            Patch::Mallet(t)
        }
        Patch::Tine(mut t) => {
            (t.decay_s, t.tone) = (t.decay_s.max(10.0), tone(&t.tone));
            Patch::Tine(t)
        }
        Patch::Fm(mut t) => {
            for operator in [&mut t.one, &mut t.two, &mut t.three, &mut t.four] {
                operator.cents = 0.0;
            }
            t.one.envelope.decay_ms = t.one.envelope.decay_ms.max(2000.0);
            Patch::Fm(FmTable {
                tone: tone(&t.tone),
                vibrato: still,
                ..t
            })
        }
        Patch::Organ(mut t) => {
            t.tone = tone(&t.tone);
            Patch::Organ(t)
        }
        Patch::Wind(mut t) => {
            (t.vibrato, t.growl, t.tone) = (still, 0.0, tone(&t.tone));
            Patch::Wind(t)
        }
        Patch::Choir(t) => Patch::Choir(ChoirTable {
            spread_cents: 0.0,
            vibrato: still,
            tone: tone(&t.tone),
            ..t
        }),
        other => other,
    }
}

/// Where a family is played.
const fn range(family: Family) -> [u8; 5] {
    match family {
        Family::Bass => [28, 33, 38, 45, 52],
        Family::Keys | Family::Pads => [41, 53, 64, 76, 86],
        Family::Guitars => [40, 47, 57, 66, 81],
        Family::Mallets => [53, 60, 69, 81, 91],
        Family::Leads => [55, 62, 69, 77, 84],
    }
}

fn in_tune(family: Family) {
    for (stem, patch) in of(family) {
        let bank = [plain(&patch)];
        for key in range(family) {
            let off = cents_off(&sound(&bank, 0, family.lane(), key, 90, 1.2, 1.2), key);
            // Each singer strays by some three cents.
            let most = match patch {
                Patch::Choir(_) => 6.0,
                _ => 1.0,
            };
            assert!(off.abs() < most, "{stem} at key {key}: {off:+.2} cents");
        }
    }
}

#[test]
fn basses_are_in_tune() {
    in_tune(Family::Bass);
}
#[test]
fn keys_are_in_tune() {
    in_tune(Family::Keys);
}
#[test]
fn guitars_are_in_tune() {
    in_tune(Family::Guitars);
}
#[test]
fn mallets_are_in_tune() {
    in_tune(Family::Mallets);
}
#[test]
fn pads_are_in_tune() {
    in_tune(Family::Pads);
}
#[test]
fn leads_are_in_tune() {
    in_tune(Family::Leads);
}

#[test]
fn patches_of_a_family_are_equally_loud() {
    for family in Family::ALL {
        let mut levels: Vec<(f64, String)> = of(family)
            .into_iter()
            .map(|(stem, patch)| {
                let bank = [patch];
                let level = |key| k_loudness(&sound(&bank, 0, family.lane(), key, 100, 1.0, 2.2));
                (
                    family.keys().into_iter().map(level).sum::<f64>() / 3.0,
                    stem,
                )
            })
            .collect();
        levels.sort_by(|a, b| a.0.total_cmp(&b.0));
        let middle = levels[levels.len() / 2].0;
        for (level, stem) in &levels {
            assert!(
                (level - middle).abs() < 1.5,
                "{stem}: {level:.1} dB, the {} {middle:.1} dB",
                family.name()
            );
        }
    }
}

/// Levels in 18 bands of two thirds of an octave over four stretches of a note, in dB, without overall level
/// and tilt: what gain or a filter's slope cannot make equal.
fn portrait(patch: &Patch, family: Family) -> Vec<f64> {
    const STRETCHES: [(usize, usize); 4] = [
        (0, 4096),
        (4096, 16_384),
        (20_480, 16_384),
        (36_864, 32_768),
    ];
    let note = sound(
        std::slice::from_ref(patch),
        0,
        family.lane(),
        family.keys()[1],
        100,
        0.8,
        1.5,
    );
    let middle: Vec<f32> = note[0].iter().zip(&note[1]).map(|(l, r)| l + r).collect();
    let side: Vec<f32> = note[0].iter().zip(&note[1]).map(|(l, r)| l - r).collect();
    let mut out = Vec::new();
    let mut loudest = 0.0f64;
    let mut levels = Vec::new();
    for (from, size) in STRETCHES {
        let power = spectrum(&middle[from..from + size]);
        let bin = f64::from(RATE) / size as f64;
        for band in 0..18 {
            let low = 40.0 * 2f64.powf(band as f64 * 0.5);
            let (a, b) = ((low / bin) as usize, (low * 1.42 / bin) as usize + 1);
            let sum: f64 = power[a.min(size / 2 - 1)..b.min(size / 2)].iter().sum();
            // Bands of every stretch on one scale.
            let level = sum / (size as f64).powi(2);
            loudest = loudest.max(level);
            levels.push((band as f64, level));
        }
    }
    let logs: Vec<(f64, f64)> = levels
        .iter()
        .map(|(band, level)| (*band, 10.0 * (level / loudest).max(1e-6).log10()))
        .collect();
    let n = logs.len() as f64;
    let (mx, my) = logs
        .iter()
        .fold((0.0, 0.0), |(x, y), (a, b)| (x + a / n, y + b / n));
    let slope = logs.iter().map(|(x, y)| (x - mx) * (y - my)).sum::<f64>()
        / logs.iter().map(|(x, _)| (x - mx).powi(2)).sum::<f64>();
    out.extend(logs.iter().map(|(x, y)| y - my - slope * (x - mx)));
    let power = |x: &[f32]| x.iter().map(|x| f64::from(*x).powi(2)).sum::<f64>();
    out.push(20.0 * (power(&side) / power(&middle).max(1e-12)).sqrt());
    out
}

#[test]
fn no_two_patches_differ_by_gain_and_tilt_alone() {
    for family in Family::ALL {
        let portraits: Vec<(String, Vec<f64>)> = of(family)
            .into_iter()
            .map(|(stem, patch)| {
                let portrait = portrait(&patch, family);
                (stem, portrait)
            })
            .collect();
        for (i, (stem, a)) in portraits.iter().enumerate() {
            for (other, b) in &portraits[..i] {
                let distance = (a.iter().zip(b).map(|(x, y)| (x - y).powi(2)).sum::<f64>()
                    / a.len() as f64)
                    .sqrt();
                println!("{distance:.1} {stem} {other}");
                assert!(distance > 2.5, "{stem} is {other}: {distance:.1} dB apart");
            }
        }
    }
}
