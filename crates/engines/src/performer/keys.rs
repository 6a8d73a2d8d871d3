//! Keys that are down on MIDI in, and the chord that they make.

use heapless::Vec;
use music::chord::Chord;
use music::pitch::Pitch;

/// Which keys are down.
#[derive(Clone, Debug, Default)]
pub(super) struct HeldKeys {
    down: u128,
    chord: Option<Chord>,
}

impl HeldKeys {
    /// Takes a key going down (`true`) or up.
    pub fn set(&mut self, pitch: Pitch, down: bool) {
        let bit = 1u128 << (pitch.0 & 127);
        self.down = if down {
            self.down | bit
        } else {
            self.down & !bit
        };
        let mut held: Vec<Pitch, 128> = Vec::new();
        for key in 0..128 {
            if self.down & (1 << key) != 0 {
                let _ = held.push(Pitch(key));
            }
        }
        self.chord = Chord::recognise(&held);
    }
    /// The chord that they make: two pitch classes or more.
    pub fn chord(&self) -> Option<&Chord> {
        self.chord.as_ref()
    }
    /// Forgets them.
    pub fn clear(&mut self) {
        *self = HeldKeys::default();
    }
}
