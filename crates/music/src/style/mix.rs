//! How it sounds: instruments and their places in the mix.

use serde::{Deserialize, Serialize};

use crate::Name;
use crate::lane::LANES;

/// One lane's place in the mix.
#[derive(Clone, Copy, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct StripStyle {
    /// Level in dB, added to the user's.
    pub level_db: f32,
    /// −1 left … +1 right, added to the user's.
    pub pan: f32,
    /// Send to the shared reverb, 0–1.
    pub reverb: f32,
    /// Send to the shared delay, 0–1.
    pub delay: f32,
}

/// How it sounds.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct MixStyle {
    /// Stem of each lane's patch file (a kit for drums).
    pub instruments: [Name; LANES],
    /// Index of each lane's patch in the bank, resolved when the style is loaded.
    #[serde(skip)]
    pub patches: [u8; LANES],
    /// Stem of the profile in `presets/mixes`.
    #[serde(default)]
    pub profile: Name,
    /// Its place in the library, resolved when the style is loaded.
    #[serde(skip)]
    pub profile_index: u8,
    /// By lane.
    pub strips: [StripStyle; LANES],
    /// How far the kick ducks bass, harmony, texture, in dB (0 = not).
    pub duck_db: f32,
    /// Reverb decay in seconds.
    pub reverb_s: f32,
    /// Delay time in sixteenth steps.
    pub delay_steps: u8,
}
