//! The shared rooms and the delay.

use serde::{Deserialize, Serialize};

/// How many rooms there are.
pub const SPACES: usize = 3;

/// A shared reverb. A lane feeds one of them.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Space {
    /// Near walls: short, early, for drums and what should stand close.
    Room,
    /// A sheet of steel: dense from the first moment, bright.
    #[default]
    Plate,
    /// Large: late, slow to build up, dark.
    Hall,
}

impl Space {
    /// Every space, by [`Space::index`].
    pub const ALL: [Space; SPACES] = [Space::Room, Space::Plate, Space::Hall];
    /// Place in [`Space::ALL`].
    pub const fn index(self) -> usize {
        self as usize
    }
    /// Word in files.
    pub const fn word(self) -> &'static str {
        ["room", "plate", "hall"][self as usize]
    }
    /// The space of a word.
    pub fn from_word(word: &str) -> Option<Space> {
        Space::ALL.into_iter().find(|s| s.word() == word)
    }
}

/// One shared reverb as a profile wants it.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
pub struct SpaceProfile {
    /// Decay as a share of the style's `reverb_s`.
    ///
    /// # Range
    /// 0.1 to 3
    pub decay: f32,
    /// Above this frequency the sound dies away faster.
    ///
    /// # Range
    /// 1000 to 16 000 Hz
    pub damp_hz: f32,
    /// Below this nothing enters.
    ///
    /// # Range
    /// 20 to 1000 Hz
    pub low_cut_hz: f32,
}

impl SpaceProfile {
    /// As a space is where a profile says nothing.
    ///
    /// Taste: a room of a third of a second, a plate as long as the style says, a hall half as long again.
    pub const fn usual(space: Space) -> SpaceProfile {
        let [decay, damp_hz, low_cut_hz] = match space {
            Space::Room => [0.35, 6000.0, 160.0],
            Space::Plate => [1.0, 7000.0, 200.0],
            Space::Hall => [1.4, 4500.0, 140.0],
        };
        SpaceProfile {
            decay,
            damp_hz,
            low_cut_hz,
        }
    }
}

/// The shared delay as a profile wants it; its time is the style's.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
pub struct DelayProfile {
    /// How much of an echo comes again.
    ///
    /// # Range
    /// 0 to 0.9
    pub feedback: f32,
    /// Each echo loses what is above this.
    ///
    /// # Range
    /// 500 to 16 000 Hz
    pub damp_hz: f32,
    /// And what is below this.
    ///
    /// # Range
    /// 20 to 1000 Hz
    pub low_cut_hz: f32,
}

impl Default for DelayProfile {
    fn default() -> Self {
        // Taste: echoes that stay behind what they answer.
        DelayProfile {
            feedback: 0.35,
            damp_hz: 3800.0,
            low_cut_hz: 160.0,
        }
    }
}
