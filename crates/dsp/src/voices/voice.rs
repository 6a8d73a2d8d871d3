//! One voice: a note that sounds, or room for one.

use music::patch::Patch;

use crate::instruments::{Hit, Scratch, Sound};
use crate::math::{F4, fours, unfold};

/// A slot: a note, or room for one.
pub(crate) struct Voice {
    pub(super) sound: Sound,
    pub(crate) lane: u8,
    pub(crate) pitch: u8,
    pub(crate) held: bool,
    /// Counts up with every note.
    pub(crate) order: u64,
    /// Samples since it started, and since it was released.
    pub(crate) age: u64,
    pub(crate) released_age: u64,
    pub(super) pan: [f32; 2],
    pub(super) fresh: bool,
    /// On its way out, whatever its own release.
    pub(crate) leaving: bool,
    pub(super) fade: f32,
    pub(super) fade_step: f32,
    pub(super) peak: f32,
    /// Recent peak, falling.
    pub(crate) level: f32,
    pub(super) line: Box<[f32]>,
    /// What it plays up to the next tick: always rendered whole, so that no cut of time shows in it.
    pub(super) ahead: Scratch,
    /// Samples after the tick at which `ahead` begins: more than 0 for a note that starts between ticks.
    pub(super) ahead_from: usize,
}

impl Voice {
    pub(crate) const fn is_free(&self) -> bool {
        matches!(self.sound, Sound::Silent)
    }
    /// Fades out in `seconds`.
    pub(crate) fn leave(&mut self, seconds: f32, rate: f32) {
        let step = 1.0 / (seconds * rate).max(8.0);
        if !self.leaving || step > self.fade_step {
            self.fade_step = step;
        }
        self.leaving = true;
        self.held = false;
    }
    /// Spreads what it rendered over both sides.
    pub(super) fn place(&mut self, stereo: bool) {
        let ahead = &mut self.ahead;
        let left = fours(&ahead.left);
        let right = if stereo { fours(&ahead.right) } else { left };
        ahead.left = unfold(left.map(|x| x * F4::splat(self.pan[0])));
        ahead.right = unfold(right.map(|x| x * F4::splat(self.pan[1])));
    }
    /// Takes a tied note over. `false`: it needs a voice of its own.
    pub(crate) fn tie(&mut self, patch: &Patch, hit: &Hit, order: u64) -> bool {
        if self.leaving || !self.sound.tie(patch, hit) {
            return false;
        }
        self.pitch = hit.pitch;
        self.held = true;
        self.order = order;
        true
    }
    pub(super) fn free(&mut self) {
        self.sound = Sound::Silent;
        self.held = false;
        self.leaving = false;
        self.level = 0.0;
    }
}
