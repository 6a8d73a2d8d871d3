//! Tables of the pitched instruments, a technique each.

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
        @plain {
            /// Shape.
            shape: Shape = Shape::Saw;
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
        /// Copies of oscillator A around the pitch.
        unison: u8 = 1, 1..=5;
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

table! {
    /// Frequency modulation in two pairs: the bar of the tine and its chime.
    pub struct TineTable {
        /// Modulator's frequency as a factor of the pitch.
        ratio: f32 = 1.0, 0.25..=16.0;
        /// Depth at velocity 100.
        index: f32 = 1.2, 0.0..=8.0;
        /// Fall of the depth (time constant), ms.
        index_ms: f32 = 700.0, 5.0..=10000.0;
        /// How much velocity moves the depth.
        bark: f32 = 0.7, 0.0..=1.0;
        /// Chime's frequency as a factor of the pitch.
        chime_ratio: f32 = 14.0, 1.0..=24.0;
        /// Level of the chime.
        chime: f32 = 0.12, 0.0..=1.0;
        /// Fall of the chime by 60 dB, ms.
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
        }
        @tables {
            /// Strip.
            tone: ToneTable = ToneTable::default();
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
        decay_s: f32 = 9.0, 0.2..=40.0;
        /// How much faster high partials fall.
        damping: f32 = 0.5, 0.0..=1.0;
        /// Fall by 60 dB after release, ms.
        release_ms: f32 = 220.0, 10.0..=5000.0;
        /// Knock of hammer and key bed.
        knock: f32 = 0.25, 0.0..=1.0;
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
        /// Depth of the turning horn.
        rotary: f32 = 0.5, 0.0..=1.0;
        /// Speed of the horn, Hz.
        rotary_hz: f32 = 0.9, 0.1..=9.0;
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

table! {
    /// A blown pipe: a soft wave with breath in it.
    pub struct WindTable {
        /// Share of the breath.
        breath: f32 = 0.25, 0.0..=1.0;
        /// Level of the second harmonic at velocity 100.
        second: f32 = 0.35, 0.0..=1.0;
        /// Level of the third.
        third: f32 = 0.15, 0.0..=1.0;
        /// Chiff at the start.
        chiff: f32 = 0.3, 0.0..=1.0;
        @plain {
            /// Name on screen.
            name: Name = Name::new();
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
