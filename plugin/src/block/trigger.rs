//! Which keys hold the song running.

use engines::performer::KeyEvent;

/// Keys that are down.
#[derive(Clone, Debug, Default)]
pub(super) struct Trigger {
    down: u128,
}

impl Trigger {
    pub fn key(&mut self, key: &KeyEvent) {
        let bit = 1u128 << (key.pitch.0 & 127);
        if key.velocity > 0 {
            self.down |= bit;
        } else {
            self.down &= !bit;
        }
    }
    pub fn is_held(&self) -> bool {
        self.down != 0
    }
}
