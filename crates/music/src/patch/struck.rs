//! Tables of what is struck or plucked: strings, tines, bars, and operators that modulate one another.

use serde::{Deserialize, Serialize};

use super::ToneTable;
use super::check::table;
use super::pitched::{EnvelopeTable, VibratoTable};
use crate::Name;

table! {
    /// A plucked string as a loop of delay with losses.
    pub struct StringTable {
        /// Where it is plucked, as a share of its length.
        pick_position: f32 = 0.16, 0.02..=0.5;
        /// How bright the pluck is at velocity 100, Hz.
        pick_hz: f32 = 3200.0, 200.0..=14000.0;
        /// How far velocity opens it, octaves from softest to hardest.
        velocity_octaves: f32 = 2.5, 0.0..=6.0;
        /// Time for A2 (110 Hz) to fall by 60 dB, s.
        decay_s: f32 = 4.0, 0.05..=20.0;
        /// How fast the overtones die: 0 steel, 1 gut.
        damping: f32 = 0.3, 0.0..=1.0;
        /// How stiff it is: partial n sounds at n √(1 + B n²). 0 gut, 0.0001 steel.
        stiffness: f32 = 0.0, 0.0..=0.001;
        /// Fall by 60 dB after release, ms.
        release_ms: f32 = 140.0, 10.0..=3000.0;
        /// Noise of finger or plectrum.
        noise: f32 = 0.2, 0.0..=1.0;
        /// Share of the body's resonance.
        body: f32 = 0.3, 0.0..=1.0;
        /// Where the body resonates, Hz.
        body_hz: f32 = 110.0, 40.0..=500.0;
        /// Where a pickup listens, as a share of its length; 0 listens at the bridge.
        pickup: f32 = 0.0, 0.0..=0.5;
        /// Detuning of a second course, cents; 0 has none.
        course_cents: f32 = 0.0, 0.0..=20.0;
        /// Pitch of the second course against the first, semitones.
        course_semitones: f32 = 0.0, -12.0..=12.0;
        /// Time of a slide between tied notes of a mono string, ms; smaller steps are hammered.
        slide_ms: f32 = 90.0, 5.0..=1000.0;
        @plain {
            /// Name on screen.
            name: Name = Name::new();
            /// A new note ends the one before.
            mono: bool = false;
        }
        @tables {
            /// Strip.
            tone: ToneTable = ToneTable::default();
        }
    }
}

/// What listens to a tine.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Pickup {
    /// A coil around a magnet, which hears how fast the tine moves.
    #[default]
    Magnet,
    /// A charged plate beside a reed, which hears how near it is.
    Plate,
}

table! {
    /// A struck tine or reed before its pickup, whose field is uneven: a wide swing barks.
    pub struct TineTable {
        /// Swing at velocity 100 against the distance of the pickup.
        swing: f32 = 0.7, 0.02..=3.0;
        /// How far beside the tine the pickup stands: 0 gives even, more gives odd harmonics too.
        offset: f32 = 0.4, 0.0..=2.0;
        /// How much velocity moves the swing.
        bark: f32 = 0.8, 0.0..=1.5;
        /// Share of the swing that dies soon after the stroke.
        bloom: f32 = 0.35, 0.0..=0.9;
        /// How soon, ms.
        bloom_ms: f32 = 180.0, 5.0..=3000.0;
        /// Frequency of the tine's second mode as a factor of the pitch.
        chime_ratio: f32 = 6.27, 1.0..=24.0;
        /// Level of the second mode.
        chime: f32 = 0.12, 0.0..=1.0;
        /// Fall of the second mode by 60 dB, ms.
        chime_ms: f32 = 500.0, 10.0..=8000.0;
        /// Time for C4 to fall by 60 dB while held, s.
        decay_s: f32 = 7.0, 0.1..=30.0;
        /// Fall by 60 dB after release, ms.
        release_ms: f32 = 180.0, 10.0..=5000.0;
        /// Knock of the hammer.
        knock: f32 = 0.1, 0.0..=1.0;
        @plain {
            /// Name on screen.
            name: Name = Name::new();
            /// What listens.
            pickup: Pickup = Pickup::Magnet;
        }
        @tables {
            /// Strip.
            tone: ToneTable = ToneTable::default();
        }
    }
}

/// Which operators modulate which.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Algorithm {
    /// Two pairs side by side: 2 modulates 1, 4 modulates 3.
    #[default]
    Pairs,
    /// 4 modulates 3, 3 modulates 2, 2 modulates 1.
    Stack,
    /// 2, 3 and 4 all modulate 1.
    Fan,
    /// 4 modulates 1, 2 and 3.
    Root,
}

table! {
    /// A sine that sounds or modulates.
    pub struct OperatorTable {
        /// Frequency as a factor of the pitch.
        ratio: f32 = 1.0, 0.0..=24.0;
        /// Detuning, cents.
        cents: f32 = 0.0, -50.0..=50.0;
        /// Level of one that sounds; depth in radians of one that modulates, at velocity 100 and C4.
        level: f32 = 0.0, 0.0..=12.0;
        /// How much velocity moves the level.
        velocity: f32 = 0.5, 0.0..=2.0;
        /// How the level falls with pitch, dB an octave.
        scale_db: f32 = 0.0, -6.0..=18.0;
        @tables {
            /// Its course.
            envelope: EnvelopeTable = EnvelopeTable { attack_ms: 1.0, decay_ms: 800.0, sustain: 0.0, release_ms: 200.0 };
        }
    }
}

table! {
    /// Four operators.
    pub struct FmTable {
        /// Time of a glide between tied notes, ms.
        glide_ms: f32 = 0.0, 0.0..=1000.0;
        @plain {
            /// Name on screen.
            name: Name = Name::new();
            /// A new note ends the one before.
            mono: bool = false;
            /// Who modulates whom.
            algorithm: Algorithm = Algorithm::Pairs;
        }
        @tables {
            /// Strip.
            tone: ToneTable = ToneTable::default();
            /// Always sounds.
            one: OperatorTable = OperatorTable { level: 1.0, velocity: 0.0, ..OperatorTable::default() };
            /// Modulates the first, or sounds.
            two: OperatorTable = OperatorTable::default();
            /// Sounds or modulates.
            three: OperatorTable = OperatorTable::default();
            /// Modulates.
            four: OperatorTable = OperatorTable::default();
            /// Vibrato.
            vibrato: VibratoTable = VibratoTable::default();
        }
    }
}

table! {
    /// Struck strings as partials.
    pub struct PianoTable {
        /// Brightness of the hammer at velocity 100: partials up to here are strong, Hz.
        hammer_hz: f32 = 2400.0, 300.0..=9000.0;
        /// How far velocity opens it, octaves from softest to hardest.
        velocity_octaves: f32 = 2.4, 0.0..=6.0;
        /// Stiffness against a usual piano's.
        stiffness: f32 = 1.0, 0.0..=4.0;
        /// Detuning of the strings of a key, cents.
        detune_cents: f32 = 0.8, 0.0..=12.0;
        /// Time for C4 to fall by 60 dB while held, s.
        decay_s: f32 = 18.0, 0.2..=40.0;
        /// How much faster high partials fall.
        damping: f32 = 0.5, 0.0..=1.0;
        /// Fall by 60 dB after release, ms.
        release_ms: f32 = 220.0, 10.0..=5000.0;
        /// Knock of hammer and key bed.
        knock: f32 = 0.25, 0.0..=1.0;
        /// How wide it stands.
        width: f32 = 0.5, 0.0..=1.0;
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

table! {
    /// A struck bar with four modes.
    pub struct MalletTable {
        /// Frequencies of the modes as factors of the pitch.
        ratios: [f32; 4] = [1.0, 3.98, 9.6, 16.5], 0.25..=32.0;
        /// Levels of the modes for a hard mallet.
        levels: [f32; 4] = [1.0, 0.35, 0.14, 0.05], 0.0..=1.0;
        /// Time for C4's lowest mode to fall by 60 dB, s.
        decay_s: f32 = 3.0, 0.05..=20.0;
        /// How much faster the upper modes fall.
        damping: f32 = 0.6, 0.0..=1.0;
        /// Hardness at velocity 100.
        hardness: f32 = 0.4, 0.0..=1.0;
        /// Knock of the mallet.
        knock: f32 = 0.15, 0.0..=1.0;
        /// Fall by 60 dB after release, ms.
        release_ms: f32 = 400.0, 10.0..=8000.0;
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
