//! Tables of what is blown or sung: drawbars, pipes and reeds, voices.

use serde::{Deserialize, Serialize};

use super::ToneTable;
use super::check::table;
use super::pitched::{EnvelopeTable, VibratoTable};
use crate::Name;

table! {
    /// Nine drawbars, a key click, a percussion.
    pub struct OrganTable {
        /// 16', 5⅓', 8', 4', 2⅔', 2', 1⅗', 1⅓', 1', as pulled.
        drawbars: [f32; 9] = [8.0, 8.0, 8.0, 0.0, 0.0, 0.0, 0.0, 0.0, 0.0], 0.0..=8.0;
        /// Key click.
        click: f32 = 0.25, 0.0..=1.0;
        /// Level of the percussion (third harmonic).
        percussion: f32 = 0.3, 0.0..=1.0;
        /// Its fall by 60 dB, ms.
        percussion_ms: f32 = 400.0, 50.0..=3000.0;
        /// Rise, ms.
        attack_ms: f32 = 3.0, 0.5..=500.0;
        /// Fall by 60 dB after release, ms.
        release_ms: f32 = 60.0, 5.0..=3000.0;
        @plain {
            /// Name on screen.
            name: Name = Name::new();
        }
        @tables {
            /// Strip.
            tone: ToneTable = ToneTable::default();
        }
    }
}

/// What sets the air in motion.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Mouthpiece {
    /// Breath across an edge.
    #[default]
    Edge,
    /// A reed on a narrow straight tube: odd harmonics.
    Straight,
    /// A reed on a cone: all harmonics.
    Cone,
}

table! {
    /// A tube as a loop of delay, blown.
    pub struct WindTable {
        /// Noise of the breath.
        breath: f32 = 0.25, 0.0..=1.0;
        /// How hard it is blown at velocity 100.
        pressure: f32 = 0.6, 0.0..=1.0;
        /// How far velocity opens the tone, octaves from softest to hardest.
        velocity_octaves: f32 = 2.0, 0.0..=5.0;
        /// Corner of what the open end gives back, Hz at C5.
        tube_hz: f32 = 3000.0, 500.0..=16000.0;
        /// Where a reed sits on its cone, as a share of its length; how long the jet of an edge is.
        place: f32 = 0.3, 0.05..=0.5;
        /// Chiff at the start.
        chiff: f32 = 0.3, 0.0..=1.0;
        /// Growl of the throat.
        growl: f32 = 0.0, 0.0..=1.0;
        /// Time of a glide between tied notes, ms.
        glide_ms: f32 = 25.0, 0.0..=1000.0;
        @plain {
            /// Name on screen.
            name: Name = Name::new();
            /// What sets the air in motion.
            mouthpiece: Mouthpiece = Mouthpiece::Edge;
        }
        @tables {
            /// Strip.
            tone: ToneTable = ToneTable::default();
            /// Loudness.
            amp: EnvelopeTable = EnvelopeTable { attack_ms: 45.0, decay_ms: 300.0, sustain: 0.85, release_ms: 140.0 };
            /// Vibrato.
            vibrato: VibratoTable = VibratoTable { cents: 18.0, rate_hz: 5.0, delay_ms: 350.0 };
        }
    }
}

/// What a mouth is shaped for.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Vowel {
    /// As in father.
    #[default]
    A,
    /// As in bed.
    E,
    /// As in see.
    I,
    /// As in law.
    O,
    /// As in moon.
    U,
}

table! {
    /// Voices: pulses through the resonances of a mouth.
    pub struct ChoirTable {
        /// Singers, half of them to either side.
        singers: u8 = 4, 2..=6;
        /// How far apart they sing, cents.
        spread_cents: f32 = 14.0, 0.0..=60.0;
        /// Length of the throat against a tenor's: women and children have shorter ones.
        size: f32 = 1.0, 0.6..=2.0;
        /// Breath.
        breath: f32 = 0.1, 0.0..=1.0;
        /// Corner of the voice's source at C4 and velocity 100, Hz.
        source_hz: f32 = 1600.0, 300.0..=12000.0;
        /// How far velocity opens it, octaves from softest to hardest.
        velocity_octaves: f32 = 1.6, 0.0..=5.0;
        /// How sharp the resonances are.
        focus: f32 = 0.5, 0.0..=1.0;
        /// Time from one vowel to the other, s.
        morph_s: f32 = 1.5, 0.05..=20.0;
        @plain {
            /// Name on screen.
            name: Name = Name::new();
            /// Vowel at the start.
            from: Vowel = Vowel::U;
            /// Vowel that is reached.
            to: Vowel = Vowel::A;
        }
        @tables {
            /// Strip.
            tone: ToneTable = ToneTable::default();
            /// Loudness.
            amp: EnvelopeTable = EnvelopeTable { attack_ms: 180.0, decay_ms: 600.0, sustain: 0.85, release_ms: 500.0 };
            /// Vibrato of each singer.
            vibrato: VibratoTable = VibratoTable { cents: 14.0, rate_hz: 5.1, delay_ms: 350.0 };
        }
    }
}
