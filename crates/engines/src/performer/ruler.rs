//! Song time against the frames of one span.

use music::time::Tick;

use super::Span;

/// Share of a frame that rounding may move an onset and still leave it on its frame: hosts tell positions
/// in fixed point, and sums of fractions are not exact.
///
/// Measured: CLAP's beat time resolves 5e-7 ticks, about 1e-5 frames at 120 BPM and 48 kHz.
const ROUNDING_FRAMES: f64 = 1e-4;

/// Places ticks on frames. A tick sounds at the first frame that is not before it, wherever the span
/// happens to start: a tick's frame on the time line does not depend on how the blocks are cut.
#[derive(Clone, Copy, Debug)]
pub(super) struct Ruler {
    position: f64,
    ticks_per_frame: f64,
    frames: u32,
}

impl Ruler {
    /// The ruler of a span whose song time moves; `None` where it does not.
    pub fn new(span: &Span) -> Option<Ruler> {
        let moves = span.playing
            && span.frames > 0
            && span.position.is_finite()
            && span.ticks_per_frame.is_finite()
            && span.ticks_per_frame > 0.0;
        moves.then_some(Ruler {
            position: span.position,
            ticks_per_frame: span.ticks_per_frame,
            frames: span.frames,
        })
    }
    /// First tick that sounds at frame 0 or later.
    pub fn first_tick(&self) -> Tick {
        self.first_tick_after(-1.0)
    }
    /// First tick that sounds after the span.
    pub fn end_tick(&self) -> Tick {
        self.first_tick_after(self.frames as f64 - 1.0)
    }
    fn first_tick_after(&self, frame: f64) -> Tick {
        let tick = self.position + (frame + ROUNDING_FRAMES) * self.ticks_per_frame;
        Tick(libm::floor(tick) as i64 + 1)
    }
    /// Frame of a tick; negative for one before the span, unbounded after it.
    pub fn frame(&self, tick: Tick) -> i64 {
        libm::ceil((tick.0 as f64 - self.position) / self.ticks_per_frame - ROUNDING_FRAMES) as i64
    }
    /// Frame of a tick that is due in this span.
    pub fn frame_inside(&self, tick: Tick) -> u32 {
        self.frame(tick).clamp(0, self.frames as i64 - 1) as u32
    }
}
