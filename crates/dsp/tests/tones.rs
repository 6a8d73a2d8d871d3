//! Every pitched patch, measured: in tune, equally loud in its family, unlike its neighbours.
// Tests print what they measure.
#![allow(clippy::disallowed_macros, clippy::format_push_string)]

mod common;

use common::bank;
use common::expected::{Family, Sound, VELOCITIES, note_of, of_patch};
use common::likeness::{LEAST_APART_DB, Portrait, apart_db};
use common::measure::{
    cents_of_dying, cents_of_long, cents_of_sung, cents_off, k_loudness, played,
};
use music::patch::{
    ChoirTable, FmTable, Patch, PianoTable, StringTable, SynthTable, ToneTable, VibratoTable,
};

/// The patches of a family with their stems.
fn of(wanted: Family) -> Vec<(String, Patch)> {
    bank()
        .into_iter()
        .filter(|(stem, patch)| !matches!(patch, Patch::Kit(_)) && Family::of(stem) == wanted)
        .collect()
}

/// The patch without what moves its pitch and without effects, and with time to be measured.
fn still(patch: &Patch) -> Patch {
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
            (t.vibrato, t.scoop_cents, t.chiff) = (still, 0.0, 0.0);
            t.amp.sustain = t.amp.sustain.max(0.5);
            // A corner that passes the fundamental bends it.
            (t.filter.sweep_octaves, t.filter.envelope_octaves) = (0.0, 0.0);
            Patch::Synth(SynthTable {
                tone: tone(&t.tone),
                ..t
            })
        }
        Patch::String(mut t) => {
            (t.decay_s, t.tone) = (t.decay_s.max(8.0), tone(&t.tone));
            Patch::String(t)
        }
        Patch::Piano(mut t) => {
            t.decay_s = t.decay_s.max(12.0);
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
            vibrato: still,
            tone: tone(&t.tone),
            ..t
        }),
        other => other,
    }
}

/// The same without what detunes it on purpose.
fn plain(patch: &Patch) -> Patch {
    let mut plain = still(patch);
    match &mut plain {
        Patch::Synth(t) => {
            (t.unison_cents, t.a.cents, t.b.cents) = (0.0, 0.0, 0.0);
            // Of two copies that differ in phase alone, one is enough.
            t.unison = 1;
        }
        Patch::String(t) => (t.course_cents, t.course_semitones) = (0.0, 0.0),
        Patch::Piano(t) => t.detune_cents = 0.0,
        Patch::Fm(t) => {
            for operator in [&mut t.one, &mut t.two, &mut t.three, &mut t.four] {
                operator.cents = 0.0;
            }
        }
        Patch::Choir(t) => t.spread_cents = 0.0,
        _ => {}
    }
    plain
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
        let plain = plain(&patch);
        for key in range(family) {
            let off = match &patch {
                Patch::Choir(_) => {
                    // Each singer strays by some three cents: all of them, and in two notes.
                    let whole = still(&patch);
                    let sung = |phase| {
                        let note = (key, 90);
                        cents_of_sung(&played(&whole, family.lane(), note, 11.5, 11.5, phase), key)
                    };
                    let off = 0.5 * (sung(0) + sung(1));
                    println!("{stem} at key {key}: {off:+.2} cents");
                    off
                }
                _ => cents_off(&played(&plain, family.lane(), (key, 90), 1.2, 1.2, 0), key),
            };
            assert!(off.abs() < 1.0, "{stem} at key {key}: {off:+.2} cents");
        }
    }
}

#[test]
fn voices_that_are_tuned_apart_are_in_tune_together() {
    let mut faults = String::new();
    for family in Family::ALL {
        for (stem, patch) in of(family) {
            let whole = still(&patch);
            // One voice is held to a cent by the tests below, and so is a choir.
            if whole == plain(&patch) || matches!(patch, Patch::Choir(_)) {
                continue;
            }
            let [.., key, _] = range(family);
            let note = played(&whole, family.lane(), (key, 90), 6.0, 6.0, 0);
            let off = match patch {
                Patch::Piano(_) | Patch::String(_) => cents_of_dying(&note, key),
                _ => cents_of_long(&note, key),
            };
            println!("{stem} at key {key}: {off:+.2} cents");
            if off.abs() > 1.0 {
                faults += &format!("{stem} at key {key}: {off:+.2} cents\n");
            }
        }
    }
    assert!(faults.is_empty(), "{faults}");
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
                // Voices that beat are louder in one note than in the next: the mean of some.
                let level = |key: u8| {
                    let count = if matches!(patch, Patch::Choir(_)) {
                        8
                    } else {
                        3
                    };
                    let notes = (0..count).map(|phase| {
                        let note = (key, 100);
                        k_loudness(&played(&patch, family.lane(), note, 1.0, 1.3, phase))
                    });
                    notes.sum::<f64>() / count as f64
                };
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

fn keep_their_ranges(family: Family) {
    for (stem, patch) in of(family) {
        for (place, key) in family.keys().into_iter().enumerate() {
            for velocity in VELOCITIES {
                // The middle at every velocity, the others at the usual one.
                if place == 1 || velocity == VELOCITIES[1] {
                    let sound = Sound::of(&note_of(&patch, family, key, velocity), Some(key));
                    let faults = sound.faults(&of_patch(&patch, family));
                    assert!(
                        faults.is_empty(),
                        "{stem} key {key} velocity {velocity}: {faults:?} {sound:?}"
                    );
                }
            }
        }
    }
}

#[test]
fn basses_and_mallets_keep_their_ranges() {
    keep_their_ranges(Family::Bass);
    keep_their_ranges(Family::Mallets);
}
#[test]
fn keys_and_guitars_keep_their_ranges() {
    keep_their_ranges(Family::Keys);
    keep_their_ranges(Family::Guitars);
}
#[test]
fn pads_and_leads_keep_their_ranges() {
    keep_their_ranges(Family::Pads);
    keep_their_ranges(Family::Leads);
}

fn portraits(patch: &Patch, family: Family, phase: usize) -> Vec<Portrait> {
    let [low, middle, high] = family.keys();
    let notes = [(low, 90), (middle, 40), (middle, 122), (high, 90)];
    notes
        .map(|note| Portrait::of(&played(patch, family.lane(), note, 1.0, 1.2, phase)))
        .to_vec()
}

#[test]
fn no_two_patches_differ_by_a_fader_and_an_equaliser_alone() {
    for family in Family::ALL {
        let all: Vec<(String, Vec<Portrait>)> = of(family)
            .into_iter()
            .map(|(stem, patch)| {
                let portraits = portraits(&patch, family, 0);
                (stem, portraits)
            })
            .collect();
        for (i, (stem, a)) in all.iter().enumerate() {
            for (other, b) in &all[..i] {
                let apart = apart_db(a, b);
                assert!(
                    apart > LEAST_APART_DB,
                    "{stem} is {other}: {apart:.1} dB apart"
                );
            }
        }
    }
}

#[test]
fn a_fader_and_an_equaliser_alone_leave_nothing_apart() {
    for (stem, family) in [("piano", Family::Keys), ("steel-guitar", Family::Guitars)] {
        let patch = of(family).into_iter().find(|(s, _)| s == stem);
        let (_, patch) = patch.expect("a usual patch");
        let mut other = patch.clone();
        let (Patch::Piano(PianoTable { tone, .. }) | Patch::String(StringTable { tone, .. })) =
            &mut other
        else {
            unreachable!("a struck or plucked string")
        };
        (tone.level_db, tone.low_db, tone.high_db) = (tone.level_db - 6.0, 4.0, 5.0);
        (tone.mid_hz, tone.mid_db) = (900.0, -4.0);
        let apart = apart_db(&portraits(&patch, family, 0), &portraits(&other, family, 0));
        assert!(apart < 0.6 * LEAST_APART_DB, "{stem}: {apart:.2} dB");
    }
}
