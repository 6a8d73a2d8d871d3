//! One voice: a note that sounds, or room for one.

use music::patch::Patch;

use crate::instruments::{Hit, Scratch, Sound};
use crate::math::{F8, Row, TICK, eights, piece, whole};
use crate::voices::LaneBlock;

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
    /// Whether what it plays has two sides.
    pub(super) stereo: bool,
    pub(super) fresh: bool,
    /// On its way out, whatever its own release.
    pub(crate) leaving: bool,
    pub(super) fade: f32,
    pub(super) fade_step: f32,
    /// Highest since the last look, by place in a row.
    pub(super) peak: F8,
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
    /// What it plays from `into` samples after the tick on, spread over both sides.
    #[inline(always)]
    fn placed(&self, into: usize, frames: usize) -> (Row, Row) {
        let [near, far] = self.pan.map(F8::splat);
        let side = |side: &[f32; TICK]| {
            if frames == TICK {
                eights(side)
            } else {
                eights(&piece(side, into - self.ahead_from, frames))
            }
        };
        let left = side(&self.ahead.left);
        let right = if self.stereo {
            side(&self.ahead.right)
        } else {
            left
        };
        (
            [left[0] * near, left[1] * near],
            [right[0] * far, right[1] * far],
        )
    }
    /// Adds what it plays to its lane, `into` samples after the tick.
    #[inline(always)]
    pub(super) fn add_to(&mut self, lanes: &mut LaneBlock, into: usize, frames: usize) {
        let [to_left, to_right, ..] = &mut lanes[2 * usize::from(self.lane)..] else {
            unreachable!("two sides to every lane")
        };
        let (mut left, mut right) = self.placed(into, frames);
        if self.leaving {
            let mut fades = [0.0; TICK];
            for fade in &mut fades[..frames] {
                self.fade = (self.fade - self.fade_step).max(0.0);
                *fade = self.fade;
            }
            let fades = eights(&fades);
            for n in 0..2 {
                left[n] *= fades[n];
                right[n] *= fades[n];
            }
        }
        let highest = add(to_left, &left).fast_max(add(to_right, &right));
        self.peak = self.peak.fast_max(highest);
        self.age += frames as u64;
        self.released_age += frames as u64;
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

/// Adds a piece to another, and says the highest levels of what it adds.
#[inline(always)]
fn add(to: &mut [f32; TICK], more: &Row) -> F8 {
    let old = eights(to);
    *to = whole([old[0] + more[0], old[1] + more[1]]);
    more[0].abs().fast_max(more[1].abs())
}
