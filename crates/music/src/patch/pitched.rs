//! Tables of synthetic sounds: oscillators, filter and envelopes, a tuned thump; and what they share with
//! the others.

use serde::{Deserialize, Serialize};

use super::ToneTable;
use super::check::table;
use crate::Name;

/// Shape of an oscillator.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Shape {
    /// All harmonics.
    #[default]
    Saw,
    /// Odd harmonics at half width.
    Pulse,
    /// Odd harmonics, soft.
    Triangle,
    /// One.
    Sine,
    /// A table of single cycles, between which `position` and `morph` move.
    Wave,
}

/// A table of single cycles, drawn from formulas when the player is made.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Wave {
    /// From a sine through hollow odd harmonics to a comb of bright ones.
    #[default]
    Glass,
    /// Harmonics under a mouth that opens: u, o, a, e, i.
    Vowel,
    /// A bell's harmonics, ever farther apart.
    Bell,
    /// A reed organ's, ever fuller.
    Organ,
    /// A pulse that thins out.
    Pulse,
    /// A cycle that is folded over ever more often.
    Fold,
}

table! {
    /// Attack, decay, sustain, release.
    pub struct EnvelopeTable {
        /// Rise, ms.
        attack_ms: f32 = 4.0, 0.0..=5000.0;
        /// Fall to the sustain (time constant), ms.
        decay_ms: f32 = 300.0, 1.0..=20000.0;
        /// Level while held.
        sustain: f32 = 0.7, 0.0..=1.0;
        /// Fall to silence by 60 dB, ms.
        release_ms: f32 = 200.0, 5.0..=10000.0;
    }
}

table! {
    /// One oscillator.
    pub struct OscillatorTable {
        /// Share.
        level: f32 = 1.0, 0.0..=1.0;
        /// Against the played pitch, semitones.
        semitones: f32 = 0.0, -36.0..=36.0;
        /// Fine tuning, cents.
        cents: f32 = 0.0, -100.0..=100.0;
        /// Pulse width.
        width: f32 = 0.5, 0.05..=0.95;
        /// Place in the table of a `wave`: 0 its first cycle, 1 its last.
        position: f32 = 0.0, 0.0..=1.0;
        /// How far the filter's envelope moves that place.
        morph: f32 = 0.0, -1.0..=1.0;
        @plain {
            /// Shape.
            shape: Shape = Shape::Saw;
            /// The table of a `wave`.
            wave: Wave = Wave::Glass;
        }
    }
}

table! {
    /// Low-pass filter, 12 dB an octave (24 with `steep`).
    pub struct FilterTable {
        /// Corner at C4 and velocity 100, envelope at rest, Hz.
        cutoff_hz: f32 = 1800.0, 30.0..=18000.0;
        /// Peak at the corner.
        resonance: f32 = 0.15, 0.0..=0.95;
        /// How far the corner follows the pitch.
        key_track: f32 = 0.4, 0.0..=1.0;
        /// How far the envelope opens it, octaves.
        envelope_octaves: f32 = 2.0, -4.0..=7.0;
        /// How far velocity opens it, octaves from softest to hardest.
        velocity_octaves: f32 = 2.0, 0.0..=6.0;
        /// A slow sweep, octaves.
        sweep_octaves: f32 = 0.0, 0.0..=3.0;
        /// Speed of the sweep, Hz.
        sweep_hz: f32 = 0.15, 0.01..=12.0;
        @plain {
            /// 24 dB an octave.
            steep: bool = false;
        }
        @tables {
            /// Envelope of the corner.
            envelope: EnvelopeTable = EnvelopeTable { attack_ms: 2.0, decay_ms: 250.0, sustain: 0.2, release_ms: 200.0 };
        }
    }
}

table! {
    /// Vibrato that comes late.
    pub struct VibratoTable {
        /// Depth, cents to one side.
        cents: f32 = 0.0, 0.0..=100.0;
        /// Speed, Hz.
        rate_hz: f32 = 5.2, 0.5..=10.0;
        /// How long the note stands still, ms.
        delay_ms: f32 = 280.0, 0.0..=3000.0;
    }
}

table! {
    /// Band-limited oscillators, filter and envelopes.
    pub struct SynthTable {
        /// Sine an octave below.
        sub: f32 = 0.0, 0.0..=1.0;
        /// Noise.
        noise: f32 = 0.0, 0.0..=1.0;
        /// Noise of the first moment: a tongue, a bow, breath.
        chiff: f32 = 0.0, 0.0..=1.0;
        /// Its fall by 60 dB, ms.
        chiff_ms: f32 = 80.0, 5.0..=1000.0;
        /// Where a note that is not tied starts against its pitch, cents.
        scoop_cents: f32 = 0.0, -300.0..=300.0;
        /// How soon nine tenths of that way are gone, ms.
        scoop_ms: f32 = 50.0, 1.0..=1000.0;
        /// Copies of oscillator A around the pitch.
        unison: u8 = 1, 1..=7;
        /// Distance of the outermost copies, cents.
        unison_cents: f32 = 12.0, 0.0..=60.0;
        /// How wide the copies stand.
        spread: f32 = 0.6, 0.0..=1.0;
        /// Time of a glide between tied notes, ms.
        glide_ms: f32 = 0.0, 0.0..=1000.0;
        @plain {
            /// Name on screen.
            name: Name = Name::new();
            /// A new note ends the one before.
            mono: bool = false;
        }
        @tables {
            /// Strip.
            tone: ToneTable = ToneTable::default();
            /// First oscillator.
            a: OscillatorTable = OscillatorTable::default();
            /// Second oscillator.
            b: OscillatorTable = OscillatorTable { level: 0.0, ..OscillatorTable::default() };
            /// Filter.
            filter: FilterTable = FilterTable::default();
            /// Loudness.
            amp: EnvelopeTable = EnvelopeTable::default();
            /// Vibrato.
            vibrato: VibratoTable = VibratoTable::default();
        }
    }
}

table! {
    /// A tuned thump that rings.
    pub struct SubTable {
        /// How far above the pitch it starts, as a factor.
        sweep: f32 = 2.5, 1.0..=8.0;
        /// How long the fall takes (to a third), ms.
        sweep_ms: f32 = 14.0, 2.0..=200.0;
        /// Time to fall by 60 dB while held, ms.
        decay_ms: f32 = 2200.0, 80.0..=10000.0;
        /// Fall by 60 dB after release, ms.
        release_ms: f32 = 160.0, 10.0..=3000.0;
        /// Time of a glide between tied notes, ms.
        glide_ms: f32 = 60.0, 0.0..=1000.0;
        /// Saturation, which lets small speakers hear it.
        drive: f32 = 0.35, 0.0..=1.0;
        /// Share of the attack.
        click: f32 = 0.2, 0.0..=1.0;
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
