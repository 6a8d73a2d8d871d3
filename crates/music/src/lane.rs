//! The six parts of the band.

use serde::{Deserialize, Serialize};

/// How many lanes there are.
pub const LANES: usize = 6;

/// A part of the band. "Track" is the DAW's word, "channel" is MIDI's or audio's.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Lane {
    /// Kit, played by DrummaRoo.
    Drums,
    /// Bass, played by BassaRoo.
    Bass,
    /// Chords (keys, guitar), played by HarmonyRoo.
    Harmony,
    /// Pads, arpeggios and counter-lines, played by HarmonyRoo.
    Texture,
    /// Tune, played by MelodyRoo.
    Melody,
    /// Voice: has its bus, silent until VocalRoo sings.
    Vocal,
}

impl Lane {
    /// Every lane, in score order from the beat up.
    pub const ALL: [Lane; LANES] = [
        Lane::Drums,
        Lane::Bass,
        Lane::Harmony,
        Lane::Texture,
        Lane::Melody,
        Lane::Vocal,
    ];
    /// The lanes that an engine plays today.
    pub const PLAYED: [Lane; 5] = [
        Lane::Drums,
        Lane::Bass,
        Lane::Harmony,
        Lane::Texture,
        Lane::Melody,
    ];

    /// Place in [`Lane::ALL`].
    pub const fn index(self) -> usize {
        self as usize
    }
    /// Name on screen and on MIDI tracks.
    pub const fn name(self) -> &'static str {
        ["Drums", "Bass", "Harmony", "Texture", "Melody", "Vocal"][self as usize]
    }
    /// Word that starts the lane's parameter ids.
    pub const fn id(self) -> &'static str {
        ["drums", "bass", "harmony", "texture", "melody", "vocal"][self as usize]
    }
    /// MIDI channel (1–16) unless the user sets another.
    pub const fn default_channel(self) -> u8 {
        [10, 2, 3, 4, 1, 5][self as usize]
    }
    /// One voice at a time: a new note ends the one before.
    pub const fn is_mono(self) -> bool {
        matches!(self, Lane::Bass | Lane::Melody)
    }
    /// A held note of this lane sounds again after a locate into its middle.
    pub const fn is_chased(self) -> bool {
        matches!(self, Lane::Harmony | Lane::Texture)
    }
}

/// A set of lanes, bit `lane.index()`.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct LaneSet(pub u8);

impl LaneSet {
    /// All six.
    pub const ALL: LaneSet = LaneSet(0b11_1111);
    /// Whether `lane` is in it.
    pub const fn has(self, lane: Lane) -> bool {
        self.0 & (1 << lane as u8) != 0
    }
    /// With `lane` added.
    pub const fn with(self, lane: Lane) -> LaneSet {
        LaneSet(self.0 | 1 << lane as u8)
    }
    /// With `lane` taken out.
    pub const fn without(self, lane: Lane) -> LaneSet {
        LaneSet(self.0 & !(1 << lane as u8))
    }
}
