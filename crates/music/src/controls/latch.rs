//! What counts from a bar line on, as if it had stood so since bar 1.

use serde::{Deserialize, Serialize};

use crate::controls::Controls;
use crate::lane::{LANES, Lane};
use crate::pitch::{Key, Scale};
use crate::technique::{Pace, Rhythm, RootCycle, VoiceLeading};

/// Blend from which on what cannot be mixed (plan, patch, place in the mix) is the second style's, percent.
const HALF: u8 = 50;

/// How a lane sits against the grid in one bar.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Feel {
    /// −100 straight … 0 the style's own … +100 dotted.
    pub swing: i8,
    /// Percent of measured human timing and force.
    pub humanize: u8,
    /// Milliseconds ahead (negative) or behind.
    pub push_ms: i8,
}

/// The controls that count from a bar line on, as if they had stood so since bar 1.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Latch {
    /// Style slot.
    pub style: u8,
    /// Tonic.
    pub key: Key,
    /// Scale.
    pub scale: Scale,
    /// Seed.
    pub seed: u16,
    /// Slot of the second style.
    pub style_b: u8,
    /// Share of the second style in percent, by [`Lane::index`].
    pub blend: [u8; LANES],
    /// [`TENSION`]
    pub tension: u8,
    /// [`REHARMONISE`]
    pub reharmonise: u8,
    /// [`MODULATION`]
    pub modulation: u8,
    /// How roots follow one another.
    pub root_cycle: RootCycle,
    /// How chords are voiced and led.
    pub voice_leading: VoiceLeading,
    /// Pace of all patterns.
    pub pace: Pace,
    /// Groove slot by [`Lane::index`], 0 for the style's own.
    pub groove: [u8; LANES],
    /// What lays a lane's onsets, by [`Lane::index`].
    pub rhythm: [Rhythm; LANES],
    /// [`EXPANSION`]
    pub expansion: u8,
    /// By [`Lane::index`].
    pub feel: [Feel; LANES],
}

impl Default for Latch {
    fn default() -> Self {
        Controls::default().latch()
    }
}

impl Latch {
    /// Whether what cannot be mixed on a lane (plan, patch, place in the mix) is the second style's.
    pub const fn is_turned(&self, lane: Lane) -> bool {
        self.blend[lane.index()] >= HALF
    }
    /// Slot of the style whose plan and sound a lane has.
    pub const fn style_of(&self, lane: Lane) -> u8 {
        if self.is_turned(lane) {
            self.style_b
        } else {
            self.style
        }
    }
    /// Whether two latches differ in feel alone: the same notes, a little earlier, later, softer or harder.
    pub fn is_same_music(&self, other: &Latch) -> bool {
        let felt = Latch {
            feel: other.feel,
            groove: other.groove,
            ..*self
        };
        felt == *other
    }
    /// All that a phrase's plan may follow from: blends are settled at a half, feel, grooves and the rhythms of
    /// lanes that plan nothing stand at their defaults.
    pub fn of_plan(&self) -> Latch {
        let mut plan = Latch {
            feel: [Feel::default(); LANES],
            groove: [0; LANES],
            ..*self
        };
        for lane in Lane::ALL {
            let plans = matches!(lane, Lane::Harmony | Lane::Texture | Lane::Melody);
            let turned = plans && self.is_turned(lane) && self.style_b != self.style;
            plan.blend[lane.index()] = if turned { 100 } else { 0 };
            if lane != Lane::Melody {
                plan.rhythm[lane.index()] = Rhythm::Style;
            }
        }
        plan
    }
}
