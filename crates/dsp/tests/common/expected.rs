//! What the sounds of a family are like: the ranges in which a patch or a piece of a kit has to lie, whatever it is.
#![allow(dead_code)]
#![allow(clippy::disallowed_macros)] // Tests build paths.

use music::drum::Piece;
use music::lane::Lane;
use music::patch::Patch;

use super::measure::{air, cents_of_all, fall_s, k_loudness, middle, onset, played, rms, width};
use super::{centroid, db, peak};

/// What a patch is used for, by its folder.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Family {
    Bass,
    Keys,
    Guitars,
    Mallets,
    Pads,
    Leads,
}

impl Family {
    pub const ALL: [Family; 6] = [
        Family::Bass,
        Family::Keys,
        Family::Guitars,
        Family::Mallets,
        Family::Pads,
        Family::Leads,
    ];
    pub const fn name(self) -> &'static str {
        match self {
            Family::Bass => "bass",
            Family::Keys => "keys",
            Family::Guitars => "guitars",
            Family::Mallets => "mallets",
            Family::Pads => "pads",
            Family::Leads => "leads",
        }
    }
    /// Keys at which it is measured.
    pub const fn keys(self) -> [u8; 3] {
        match self {
            Family::Bass => [29, 36, 43],
            Family::Keys | Family::Guitars | Family::Pads => [52, 60, 67],
            Family::Mallets | Family::Leads => [60, 69, 76],
        }
    }
    pub const fn lane(self) -> Lane {
        match self {
            Family::Bass => Lane::Bass,
            Family::Keys | Family::Guitars | Family::Mallets => Lane::Harmony,
            Family::Pads => Lane::Texture,
            Family::Leads => Lane::Melody,
        }
    }
    /// The family of a stem.
    pub fn of(stem: &str) -> Family {
        let root = concat!(env!("CARGO_MANIFEST_DIR"), "/../../presets/instruments");
        *Family::ALL
            .iter()
            .find(|f| std::path::Path::new(&format!("{root}/{}/{stem}.toml", f.name())).exists())
            .unwrap_or_else(|| panic!("{stem} has no family"))
    }
}

/// Velocities at which a patch is measured.
pub const VELOCITIES: [u8; 3] = [40, 90, 122];

/// The ranges of a family.
#[derive(Clone, Copy, Debug)]
pub struct Expected {
    /// Share of the power above 8 kHz in the first 0.2 s.
    pub air: (f64, f64),
    /// Centre of the spectrum, Hz.
    pub centroid_hz: (f64, f64),
    /// Peak against root mean square of the loudest stretch, dB.
    pub crest_db: (f32, f32),
    /// Side against middle, dB.
    pub width_db: (f32, f32),
    /// Seconds to fall by 20 dB from the loudest.
    pub fall_s: (f32, f32),
    /// Furthest from the pitch, cents.
    pub cents: f64,
}

/// One sound in numbers.
#[derive(Clone, Debug)]
pub struct Sound {
    /// K-weighted loudness of the loudest 400 ms, dB.
    pub loudness_db: f64,
    pub peak_db: f32,
    pub crest_db: f32,
    pub centroid_hz: f64,
    pub air: f64,
    pub width_db: f32,
    pub fall_s: f32,
    /// Of what has a pitch.
    pub cents: Option<f64>,
}

impl Sound {
    /// Of a sound from its onset on; `key` if it has a pitch.
    pub fn of(note: &[Vec<f32>; 2], key: Option<u8>) -> Sound {
        let both = middle(note);
        let loudest = note[0].chunks(2_400).zip(note[1].chunks(2_400));
        let loudest = loudest
            .map(|(l, r)| (0.5 * (rms(l).powi(2) + rms(r).powi(2))).sqrt())
            .fold(0.0f32, f32::max);
        let begun = onset(&both, 16_384);
        let fall = fall_s(&both, 20.0);
        Sound {
            loudness_db: k_loudness(note),
            peak_db: db(peak(note)),
            crest_db: db(peak(note) / loudest.max(1e-9)),
            centroid_hz: centroid(&begun, super::measure::RATE),
            air: air(&begun),
            width_db: db(width(note)).max(-60.0),
            fall_s: fall,
            // What is over before it can be looked at has a pitch for nobody.
            cents: key
                .filter(|_| fall > 0.3)
                .map(|key| cents_of_all(note, key)),
        }
    }
    /// What is wrong with it.
    pub fn faults(&self, expected: &Expected) -> Vec<&'static str> {
        let mut out = Vec::new();
        let mut say = |bad: bool, word| {
            if bad {
                out.push(word);
            }
        };
        // Issue 4 and `presets.rs` ask for more of a usual stroke; a soft one may be softer.
        say(self.peak_db < -50.0, "silent");
        say(self.peak_db > -3.0, "over");
        say(self.air > expected.air.1, "harsh");
        say(self.air < expected.air.0, "no air");
        say(self.centroid_hz < expected.centroid_hz.0, "dull");
        say(self.centroid_hz > expected.centroid_hz.1, "thin");
        say(self.crest_db < expected.crest_db.0, "flat");
        say(self.crest_db > expected.crest_db.1, "spiky");
        say(self.width_db < expected.width_db.0, "narrow");
        say(self.width_db > expected.width_db.1, "too wide");
        say(self.fall_s < expected.fall_s.0, "short");
        say(self.fall_s > expected.fall_s.1, "long");
        let off = self.cents.map_or(0.0, f64::abs);
        say(off > expected.cents, "out of tune");
        out
    }
}

/// A note of a patch as it is measured: 1.1 of 1.3 s held.
pub fn note_of(patch: &Patch, family: Family, key: u8, velocity: u8) -> [Vec<f32>; 2] {
    played(patch, family.lane(), (key, velocity), 1.1, 1.3, 0)
}

/// A stroke of a kit as it is measured.
pub fn stroke_of(kit: &Patch, piece: Piece, velocity: u8) -> [Vec<f32>; 2] {
    let key = piece.general_midi().0;
    played(kit, Lane::Drums, (key, velocity), 1.2, 1.2, 0)
}

/// Ranges of a patch.
///
/// Measured: over the patches, then widened; widths are taste.
pub fn of_patch(patch: &Patch, family: Family) -> Expected {
    let usual = Expected {
        air: (0.0, 0.01),
        centroid_hz: (150.0, 5_000.0),
        crest_db: (2.5, 20.0),
        width_db: (-60.0, 1.0),
        fall_s: (0.05, 1.3),
        cents: pitch_of(patch),
    };
    // What a pair of microphones would hear apart: bodies of wood, rows of bars, several voices.
    let wide = Expected {
        width_db: (-24.0, 1.0),
        ..usual
    };
    match (family, patch) {
        (Family::Bass, _) => Expected {
            centroid_hz: (60.0, 3_500.0),
            // A driven filter at its edge is nearly square.
            crest_db: (1.0, 20.0),
            // A ghost is a thud.
            fall_s: (0.03, 1.3),
            width_db: (-60.0, -18.0),
            ..usual
        },
        (Family::Pads, _) => Expected {
            width_db: (-12.0, 2.0),
            ..usual
        },
        (_, Patch::Piano(_)) => Expected {
            width_db: (-18.0, -4.0),
            // Reference: D. Martin, "Decay rates of piano tones"; 20 dB take the middle octaves about a second.
            fall_s: (0.25, 1.3),
            ..usual
        },
        (_, Patch::String(t)) if t.body > 0.0 && !t.mono => wide,
        (_, Patch::Organ(_) | Patch::Choir(_)) => wide,
        (Family::Leads, Patch::Synth(_) | Patch::Fm(_)) => Expected {
            // Saws in a bundle and square waves of consoles are bright on purpose.
            air: (0.0, 0.04),
            centroid_hz: (150.0, 6_500.0),
            ..usual
        },
        _ => usual,
    }
}

/// Furthest from the pitch, cents: the middle of voices that beat wanders while it is looked at. Alone each is in tune
/// within a cent, which `tones.rs` asserts.
fn pitch_of(patch: &Patch) -> f64 {
    let tone = patch.tone();
    match patch {
        // A ringing filter that sweeps past the fundamental bends it; voices apart by cents beat more slowly down
        // there than anyone looks.
        Patch::Synth(t) if t.filter.resonance > 0.7 || (t.mono && t.unison > 1) => 30.0,
        Patch::Synth(t) if t.unison > 1 || t.b.level > 0.0 => 10.0,
        // Singers beat more slowly than this is looked at.
        Patch::Choir(_) => 11.0,
        // Strings that are tuned apart.
        Patch::Piano(t) if t.detune_cents > 4.0 => 7.0,
        // Drive makes difference tones of partials that are not quite harmonic.
        _ if tone.drive > 0.3 || tone.chorus > 0.2 || tone.rotary > 0.0 || tone.phaser > 0.0 => 6.0,
        _ => 3.0,
    }
}

/// Ranges of a piece of a kit.
///
/// Measured: over the kits, then widened by about a half. Taste: metal keeps a third of its power under 8 kHz even when
/// it is struck hard; with less it hisses.
pub fn of_piece(piece: Piece) -> Expected {
    let (air, fall_s) = match piece {
        Piece::Kick => ((0.0, 0.002), (0.04, 1.5)),
        Piece::TomHigh | Piece::TomMid | Piece::TomLow => ((0.0, 0.002), (0.08, 1.5)),
        Piece::CongaHigh | Piece::CongaLow | Piece::BongoHigh | Piece::BongoLow => {
            ((0.0, 0.006), (0.04, 0.8))
        }
        // A coarse sampler adds images to the clearest tones.
        Piece::Rim | Piece::Cowbell | Piece::Claves => ((0.0, 0.04), (0.02, 0.6)),
        Piece::Snare => ((0.005, 0.45), (0.04, 0.6)),
        Piece::Clap => ((0.01, 0.15), (0.04, 0.6)),
        Piece::HatClosed | Piece::HatPedal => ((0.01, 0.68), (0.02, 0.3)),
        Piece::HatOpen => ((0.01, 0.68), (0.1, 1.5)),
        Piece::Ride => ((0.01, 0.35), (0.1, 1.3)),
        Piece::RideBell => ((0.0, 0.05), (0.1, 1.3)),
        Piece::Crash | Piece::Splash => ((0.01, 0.5), (0.15, 1.3)),
        Piece::Shaker | Piece::Tambourine => ((0.08, 0.72), (0.02, 0.6)),
    };
    Expected {
        air,
        fall_s,
        centroid_hz: (30.0, 16_000.0),
        // A sine that falls slowly stands 3 dB over its mean; driven, less.
        crest_db: (1.2, 30.0),
        width_db: match piece {
            Piece::Kick | Piece::Snare => (-60.0, -5.5),
            Piece::Crash | Piece::Ride | Piece::Splash | Piece::Tambourine => (-26.0, 0.0),
            _ => (-40.0, 1.0),
        },
        cents: f64::MAX,
    }
}
