//! The moving taps of a network.

/// Where a line is read: whole samples back, fixed between ticks, and a part that moves and may leave
/// 0–1 by a little.
#[derive(Clone, Copy)]
pub(super) struct Tap {
    pub(super) whole: usize,
    pub(super) part: f32,
    pub(super) step: f32,
    /// Whether it stands on a sample.
    pub(super) stands: bool,
}

impl Tap {
    /// On a whole sample.
    pub(super) fn at(back: f32) -> Tap {
        Tap {
            whole: back as usize,
            part: 0.0,
            step: 0.0,
            stands: true,
        }
    }
    pub(super) fn aim(&mut self, back: f32, frames: usize) {
        let now = self.whole as f32 + self.part + self.step * frames as f32;
        self.whole = now as usize;
        self.part = now - self.whole as f32;
        self.step = (back - now) / frames as f32;
        self.stands = self.part == 0.0 && self.step == 0.0;
    }
}
