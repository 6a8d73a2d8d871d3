//! How records of a genre are mixed and mastered.

use serde::{Deserialize, Serialize};

use super::spaces::{DelayProfile, SPACES, Space, SpaceProfile};
use crate::Name;
use crate::lane::LANES;

/// Bands of an equaliser: low shelf, two bells, high shelf.
pub const EQ_BANDS: usize = 4;

/// One band.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
pub struct EqBand {
    /// Corner of a shelf, centre of a bell.
    ///
    /// # Range
    /// 20 to 20 000 Hz
    pub hz: f32,
    /// Gain; 0 changes nothing at all.
    ///
    /// # Range
    /// −18 to 18 dB
    pub db: f32,
    /// Width of a bell (centre over bandwidth); a shelf has a slope of its own.
    ///
    /// # Range
    /// 0.2 to 8
    pub q: f32,
}

impl EqBand {
    /// A band at a place that changes nothing.
    pub const fn flat(hz: f32) -> EqBand {
        EqBand {
            hz,
            db: 0.0,
            q: 0.9,
        }
    }
}

/// Low shelf, two bells, high shelf, by rising frequency.
pub type Eq = [EqBand; EQ_BANDS];

/// An equaliser that changes nothing.
pub const FLAT_EQ: Eq = [
    EqBand::flat(110.0),
    EqBand::flat(400.0),
    EqBand::flat(2500.0),
    EqBand::flat(9000.0),
];

/// A compressor.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
pub struct Dynamics {
    /// Level from which it works, in dB RMS.
    ///
    /// # Range
    /// −60 to 0 dB
    pub threshold_db: f32,
    /// Input over output above the threshold; 1 changes nothing.
    ///
    /// # Range
    /// 1 to 20
    pub ratio: f32,
    /// Width of the bend about the threshold.
    ///
    /// # Range
    /// 0 to 24 dB
    pub knee_db: f32,
    /// Time for 63 % of the way down.
    ///
    /// # Range
    /// 0.3 to 200 ms
    pub attack_ms: f32,
    /// Time for 63 % of the way back.
    ///
    /// # Range
    /// 10 to 2000 ms
    pub release_ms: f32,
    /// Gain after it; counts only while the ratio is above 1.
    ///
    /// # Range
    /// −12 to 24 dB
    pub make_up_db: f32,
}

impl Dynamics {
    /// Changes nothing.
    pub const OFF: Dynamics = Dynamics {
        threshold_db: -18.0,
        ratio: 1.0,
        knee_db: 6.0,
        attack_ms: 15.0,
        release_ms: 120.0,
        make_up_db: 0.0,
    };
    /// Whether it does anything.
    pub fn is_on(&self) -> bool {
        self.ratio > 1.0
    }
}

/// A lane's strip.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
pub struct StripProfile {
    /// Level, added to the style's.
    ///
    /// # Range
    /// −24 to 12 dB
    pub level_db: f32,
    /// Nothing below.
    ///
    /// # Range
    /// 10 to 1000 Hz
    pub high_pass_hz: f32,
    /// Equaliser.
    pub eq: Eq,
    /// Compressor.
    pub compressor: Dynamics,
    /// Saturation: 0 clean, 1 heavy.
    ///
    /// # Range
    /// 0 to 1
    pub drive: f32,
    /// Tape: an uneven run, hiss that follows, soft edges; 0 none, 1 a worn machine.
    ///
    /// # Range
    /// 0 to 1
    #[serde(default)]
    pub tape: f32,
    /// Added to the style's: −1 left … +1 right.
    ///
    /// # Range
    /// −1 to 1
    pub pan: f32,
    /// 0 mono, 1 as it comes, 2 only the sides are louder.
    ///
    /// # Range
    /// 0 to 2
    pub width: f32,
    /// Send to its space, added to the style's.
    ///
    /// # Range
    /// −1 to 1
    pub reverb: f32,
    /// Send to the delay, added to the style's.
    ///
    /// # Range
    /// −1 to 1
    pub delay: f32,
    /// Where it stands.
    pub space: Space,
    /// Loudness of the stem against the whole mix that the automatic mix brings it to.
    ///
    /// # Range
    /// −40 to 0 LU
    pub balance_lu: f32,
}

impl Default for StripProfile {
    fn default() -> Self {
        StripProfile {
            level_db: 0.0,
            high_pass_hz: 20.0,
            eq: FLAT_EQ,
            compressor: Dynamics::OFF,
            drive: 0.0,
            tape: 0.0,
            pan: 0.0,
            width: 1.0,
            reverb: 0.0,
            delay: 0.0,
            space: Space::Plate,
            balance_lu: -8.0,
        }
    }
}

/// How the kick moves the others.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
pub struct DuckProfile {
    /// Depth by lane, on top of the style's `duck_db` for bass, harmony and texture.
    ///
    /// # Range
    /// 0 to 24 dB
    pub depth_db: [f32; LANES],
    /// Time down.
    ///
    /// # Range
    /// 0.5 to 50 ms
    pub attack_ms: f32,
    /// How long a struck kick holds them.
    ///
    /// # Range
    /// 0 to 400 ms
    pub hold_ms: f32,
    /// Time back.
    ///
    /// # Range
    /// 10 to 1000 ms
    pub release_ms: f32,
    /// 0: the struck kick alone; 1: the level of what the drums play below 120 Hz alone.
    ///
    /// # Range
    /// 0 to 1
    pub follow: f32,
}

impl Default for DuckProfile {
    fn default() -> Self {
        // Taste: quickly down, a moment, back in time for the next eighth.
        DuckProfile {
            depth_db: [0.0; LANES],
            attack_ms: 4.0,
            hold_ms: 30.0,
            release_ms: 110.0,
            follow: 0.0,
        }
    }
}

/// Parallel compression of the drums: what is squeezed is added to what is not.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
pub struct DrumBusProfile {
    /// How much of it is added; 0 leaves it out.
    ///
    /// # Range
    /// 0 to 1
    pub parallel: f32,
    /// The compressor; its make-up is what brings the small sounds up.
    pub compressor: Dynamics,
}

impl Default for DrumBusProfile {
    fn default() -> Self {
        // Taste: hard and quick, so that ghost notes and the room come up between the strokes.
        DrumBusProfile {
            parallel: 0.0,
            compressor: Dynamics {
                threshold_db: -32.0,
                ratio: 6.0,
                knee_db: 6.0,
                attack_ms: 8.0,
                release_ms: 110.0,
                make_up_db: 6.0,
            },
        }
    }
}

/// The master.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
pub struct MasterProfile {
    /// Equaliser.
    pub eq: Eq,
    /// The compressor that holds the mix together.
    pub glue: Dynamics,
    /// Saturation: 0 clean, 1 heavy.
    ///
    /// # Range
    /// 0 to 1
    pub saturation: f32,
    /// 0 mono, 1 as it comes, 2 only the sides are louder; the lowest octaves stay as they are.
    ///
    /// # Range
    /// 0 to 2
    pub width: f32,
    /// Gain before the limiter.
    ///
    /// # Range
    /// −12 to 24 dB
    pub gain_db: f32,
    /// No peak between samples above this.
    ///
    /// # Range
    /// −12 to 0 dBTP
    pub ceiling_dbtp: f32,
    /// Integrated loudness that a finished song of the genre has.
    ///
    /// # Range
    /// −30 to −5 LUFS
    pub target_lufs: f32,
}

impl Default for MasterProfile {
    fn default() -> Self {
        // Taste: a glue compressor that works a few dB on loud passages, and what streaming plays unchanged.
        MasterProfile {
            eq: FLAT_EQ,
            glue: Dynamics {
                threshold_db: -17.0,
                ratio: 2.0,
                knee_db: 8.0,
                attack_ms: 25.0,
                release_ms: 180.0,
                make_up_db: 1.5,
            },
            saturation: 0.0,
            width: 1.0,
            gain_db: 0.0,
            ceiling_dbtp: -1.0,
            target_lufs: -14.0,
        }
    }
}

/// [`StripProfile::balance_lu`] where a profile says nothing, by lane.
///
/// Taste: drums and tune lead, the bass carries, keys support, textures are felt.
const BALANCE_LU: [f32; LANES] = [-4.0, -6.5, -8.0, -14.0, -6.0, -5.0];

/// A mix and its master, complete: one file of `presets/mixes`.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct MixProfile {
    /// Name on screen.
    pub name: Name,
    /// Slope of the finished spectrum from 100 Hz to 10 kHz, lowest and highest, dB an octave of a
    /// ⅓-octave spectrum.
    pub tilt_db: (f32, f32),
    /// By [`crate::lane::Lane::index`].
    pub strips: [StripProfile; LANES],
    /// What the kick does to the others.
    pub duck: DuckProfile,
    /// Parallel compression of the drums.
    pub drum_bus: DrumBusProfile,
    /// By [`Space::index`].
    pub spaces: [SpaceProfile; SPACES],
    /// The delay.
    pub delay: DelayProfile,
    /// The master.
    pub master: MasterProfile,
}

impl Default for MixProfile {
    fn default() -> Self {
        MixProfile {
            name: Name::new(),
            tilt_db: (-8.0, -1.0),
            strips: BALANCE_LU.map(|balance_lu| StripProfile {
                balance_lu,
                ..StripProfile::default()
            }),
            duck: DuckProfile::default(),
            drum_bus: DrumBusProfile::default(),
            spaces: Space::ALL.map(SpaceProfile::usual),
            delay: DelayProfile::default(),
            master: MasterProfile::default(),
        }
    }
}
