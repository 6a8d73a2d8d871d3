//! In tune and band-limited, at every rate.
// Tests print what they measure and walk over samples by number.
#![allow(clippy::disallowed_macros, clippy::needless_range_loop)]

mod common;

use common::{Do, dry, player, render, spectrum};
use music::lane::Lane;
use music::patch::{
    EnvelopeTable, FilterTable, MalletTable, OrganTable, OscillatorTable, Patch, PianoTable, Shape,
    StringTable, SubTable, SynthTable, TineTable,
};

const SIZE: usize = 65_536;

fn name() -> music::Name {
    music::name("Test")
}

/// A plain wave with the filter open.
fn plain(shape: Shape) -> Patch {
    Patch::Synth(SynthTable {
        name: name(),
        a: OscillatorTable {
            shape,
            ..OscillatorTable::default()
        },
        amp: EnvelopeTable {
            attack_ms: 1.0,
            decay_ms: 10.0,
            sustain: 1.0,
            release_ms: 50.0,
        },
        filter: FilterTable {
            cutoff_hz: 18_000.0,
            resonance: 0.0,
            key_track: 0.0,
            envelope_octaves: 0.0,
            velocity_octaves: 0.0,
            ..FilterTable::default()
        },
        ..SynthTable::default()
    })
}

/// One held note, from `skip` samples on.
fn note(patch: Patch, rate: f32, pitch: u8, skip: usize) -> Vec<f32> {
    let events = [(0, Do::On(Lane::Harmony, pitch, 100, 0))];
    let audio = render(
        &mut player(&[patch], rate, &dry()),
        &events,
        SIZE + skip,
        512,
    );
    audio[1 + Lane::Harmony.index()][0][skip..].to_vec()
}

/// Cents between the strongest partial near a frequency and that frequency.
fn cents_off(signal: &[f32], rate: f32, hz: f64) -> f64 {
    let power = spectrum(signal);
    let bin = f64::from(rate) / SIZE as f64;
    let (low, high) = ((hz * 0.95 / bin) as usize, (hz * 1.05 / bin) as usize + 1);
    let top = (low..=high)
        .max_by(|a, b| power[*a].total_cmp(&power[*b]))
        .unwrap();
    // A parabola through the logarithms finds the top between bins.
    let [a, b, c] = [-1i64, 0, 1].map(|d| power[(top as i64 + d) as usize].ln());
    let found = (top as f64 + 0.5 * (a - c) / (a - 2.0 * b + c)) * bin;
    1200.0 * (found / hz).log2()
}

#[test]
fn every_technique_is_in_tune_within_a_cent() {
    let long = |t60: f32| t60.max(5.0);
    let patches = [
        ("saw", plain(Shape::Saw)),
        ("pulse", plain(Shape::Pulse)),
        ("sine", plain(Shape::Sine)),
        (
            "string",
            Patch::String(StringTable {
                name: name(),
                decay_s: 15.0,
                ..StringTable::default()
            }),
        ),
        (
            "gut",
            Patch::String(StringTable {
                name: name(),
                decay_s: 15.0,
                damping: 0.9,
                ..StringTable::default()
            }),
        ),
        (
            "steel",
            Patch::String(StringTable {
                name: name(),
                decay_s: 15.0,
                damping: 0.2,
                stiffness: 2e-4,
                ..StringTable::default()
            }),
        ),
        (
            "sub",
            Patch::Sub(SubTable {
                name: name(),
                decay_ms: 10_000.0,
                ..SubTable::default()
            }),
        ),
        (
            "tine",
            Patch::Tine(TineTable {
                name: name(),
                decay_s: long(20.0),
                ..TineTable::default()
            }),
        ),
        (
            "piano",
            Patch::Piano(PianoTable {
                name: name(),
                decay_s: 30.0,
                detune_cents: 0.0,
                stiffness: 0.0,
                ..PianoTable::default()
            }),
        ),
        (
            "mallet",
            Patch::Mallet(MalletTable {
                name: name(),
                decay_s: 15.0,
                ..MalletTable::default()
            }),
        ),
        (
            "organ",
            Patch::Organ(OrganTable {
                name: name(),
                ..OrganTable::default()
            }),
        ),
    ];
    for rate in [22_050.0, 48_000.0, 96_000.0] {
        for (what, patch) in &patches {
            for pitch in [40, 57, 69, 81] {
                let hz = 440.0 * ((f64::from(pitch) - 69.0) / 12.0).exp2();
                let off = cents_off(&note(patch.clone(), rate, pitch, 4_096), rate, hz);
                assert!(
                    off.abs() < 1.0,
                    "{what} at key {pitch}, {rate} Hz: {off:+.2} cents"
                );
            }
        }
    }
}

#[test]
fn partials_of_a_stiff_string_are_as_sharp_as_its_stiffness_says() {
    for rate in [44_100.0f32, 96_000.0] {
        for b in [0.0, 5e-5, 1e-4, 2e-4] {
            let string = Patch::String(StringTable {
                name: name(),
                decay_s: 20.0,
                damping: 0.0,
                pick_hz: 9_000.0,
                // No partial up to the ninth has a node there.
                pick_position: 0.097,
                noise: 0.0,
                body: 0.0,
                stiffness: b as f32,
                ..StringTable::default()
            });
            let mut worst = (0.0f64, 0, 0);
            for pitch in [28, 33, 40, 45, 52, 57, 64, 69, 76, 88, 100] {
                let hz = 440.0 * ((f64::from(pitch) - 69.0) / 12.0).exp2();
                let signal = note(string.clone(), rate, pitch, 4_096);
                for n in (1..=8).map(f64::from) {
                    let sharp = ((1.0 + b * n * n) / (1.0 + b)).sqrt();
                    if n * hz * sharp > 6_000.0 {
                        break;
                    }
                    let off = cents_off(&signal, rate, n * hz * sharp);
                    if off.abs() > worst.0.abs() {
                        worst = (off, pitch, n as usize);
                    }
                }
            }
            let (off, pitch, n) = worst;
            println!("{b} at {rate} Hz: {off:+.2} cents at key {pitch}, partial {n}");
            assert!(
                off.abs() < 1.0,
                "{b} at {rate} Hz: {off:+.2} cents at key {pitch}, partial {n}"
            );
        }
    }
}

#[test]
fn what_folds_back_is_60_db_under_the_fundamental() {
    let rate = 48_000.0f32;
    let bin = f64::from(rate) / SIZE as f64;
    for shape in [Shape::Saw, Shape::Pulse, Shape::Triangle] {
        let mut worst = (-200.0f64, 0);
        for pitch in [45, 57, 69, 76, 84, 91, 96, 101, 108] {
            let hz = 440.0 * ((f64::from(pitch) - 69.0) / 12.0).exp2();
            let power = spectrum(&note(plain(shape), rate, pitch, 8_192));
            let near = |k: usize| {
                let partial = (k as f64 * bin / hz).round();
                (k as f64 * bin - partial * hz).abs() < 6.0 * bin
            };
            let top = power.iter().copied().fold(0.0, f64::max);
            let strongest = (8..(16_000.0 / bin) as usize)
                .filter(|k| !near(*k))
                .map(|k| power[k])
                .fold(0.0, f64::max);
            let db = 10.0 * (strongest / top).log10();
            if db > worst.0 {
                worst = (db, pitch);
            }
        }
        println!("{shape:?}: {:.1} dB at key {}", worst.0, worst.1);
        assert!(
            worst.0 < -60.0,
            "{shape:?}: {:.1} dB at key {}",
            worst.0,
            worst.1
        );
    }
}

/// The strongest part below 16 kHz that is no harmonic, against the fundamental, worst of C1 to C8.
fn folded(patch: &dyn Fn() -> Patch) -> (f64, u8) {
    let rate = 48_000.0f32;
    let bin = f64::from(rate) / SIZE as f64;
    let mut worst = (-200.0f64, 0);
    for pitch in [24, 36, 48, 57, 60, 69, 72, 79, 84, 91, 96, 101, 103, 108] {
        let hz = 440.0 * ((f64::from(pitch) - 69.0) / 12.0).exp2();
        let power = spectrum(&note(patch(), rate, pitch, 24_000));
        let near = |k: usize| {
            let partial = (k as f64 * bin / hz).round();
            (k as f64 * bin - partial * hz).abs() < 6.0 * bin
        };
        let at = (hz / bin) as usize;
        let fundamental = power[at - 5..at + 6].iter().copied().fold(0.0, f64::max);
        let strongest = (40..(16_000.0 / bin) as usize)
            .filter(|k| !near(*k))
            .map(|k| power[k])
            .fold(0.0, f64::max);
        let db = 10.0 * (strongest / fundamental).log10();
        if db > worst.0 {
            worst = (db, pitch);
        }
    }
    worst
}

#[test]
fn waves_fold_back_70_db_under_the_fundamental() {
    use music::patch::Wave;
    for shape in [Shape::Saw, Shape::Pulse, Shape::Triangle] {
        let (db, pitch) = folded(&|| plain(shape));
        println!("{shape:?}: {db:.1} dB at key {pitch}");
        assert!(db < -70.0, "{shape:?}: {db:.1} dB at key {pitch}");
    }
    for wave in [
        Wave::Glass,
        Wave::Vowel,
        Wave::Bell,
        Wave::Organ,
        Wave::Pulse,
        Wave::Fold,
    ] {
        for position in [0.0, 0.45, 1.0] {
            let (db, pitch) = folded(&|| {
                let Patch::Synth(mut t) = plain(Shape::Wave) else {
                    unreachable!()
                };
                (t.a.wave, t.a.position) = (wave, position);
                Patch::Synth(t)
            });
            println!("{wave:?} {position}: {db:.1} dB at key {pitch}");
            assert!(db < -70.0, "{wave:?} {position}: {db:.1} dB at key {pitch}");
        }
    }
}

#[test]
fn modulation_folds_back_60_db_under_the_fundamental() {
    use music::patch::{Algorithm, FmTable, OperatorTable, Pickup};
    for algorithm in [
        Algorithm::Pairs,
        Algorithm::Stack,
        Algorithm::Fan,
        Algorithm::Root,
    ] {
        let (db, pitch) = folded(&|| {
            let operator = |ratio: f32, level: f32| OperatorTable {
                ratio,
                level,
                velocity: 0.0,
                envelope: EnvelopeTable {
                    attack_ms: 1.0,
                    decay_ms: 100.0,
                    sustain: 1.0,
                    release_ms: 100.0,
                },
                ..OperatorTable::default()
            };
            Patch::Fm(FmTable {
                name: name(),
                algorithm,
                one: operator(1.0, 1.0),
                two: operator(1.0, 1.5),
                three: operator(2.0, 0.8),
                four: operator(3.0, 1.2),
                ..FmTable::default()
            })
        });
        println!("{algorithm:?}: {db:.1} dB at key {pitch}");
        assert!(db < -60.0, "{algorithm:?}: {db:.1} dB at key {pitch}");
    }
    for pickup in [Pickup::Magnet, Pickup::Plate] {
        let (db, pitch) = folded(&|| {
            Patch::Tine(TineTable {
                name: name(),
                pickup,
                swing: 1.5,
                bloom: 0.0,
                chime: 0.0,
                knock: 0.0,
                decay_s: 30.0,
                ..TineTable::default()
            })
        });
        println!("{pickup:?}: {db:.1} dB at key {pitch}");
        assert!(db < -60.0, "{pickup:?}: {db:.1} dB at key {pitch}");
    }
}

#[test]
fn a_plain_sine_has_hardly_any_harmonics() {
    let rate = 48_000.0;
    let bin = f64::from(rate) / SIZE as f64;
    for pitch in [36, 57, 69, 84] {
        let hz = 440.0 * ((f64::from(pitch) - 69.0) / 12.0).exp2();
        let power = spectrum(&note(plain(Shape::Sine), rate, pitch, 8_192));
        let around = |hz: f64| {
            let k = (hz / bin) as usize;
            power[k - 5..k + 7].iter().sum::<f64>()
        };
        let harmonics: f64 = (2..8).map(|n| around(f64::from(n) * hz)).sum();
        let db = 10.0 * (harmonics / around(hz)).log10();
        assert!(db < -90.0, "key {pitch}: {db:.1} dB");
    }
}
