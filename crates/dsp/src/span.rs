//! A stretch of time that every part plays before the next part plays it.
//!
//! All parts together are more code than a processor holds at hand. So each does some ticks in a row: what it did
//! first it does again while it is still there. How many changes no bit: whatever a tick needs, it has from the
//! ticks before.

use crate::math::TICK;

/// Most ticks in a row.
///
/// Measured: the busiest style takes 2 % less time with four than with one, and no less with eight.
pub(crate) const SPAN: usize = 4;

/// Some whole ticks, or a piece of one.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Span {
    /// Samples since the tick: more than 0 only in a piece of one.
    pub(crate) into: usize,
    /// Samples of the piece, or of each tick.
    pub(crate) frames: usize,
    pub(crate) ticks: usize,
    /// Samples since reset where it begins.
    position: u64,
    rate: f32,
}

impl Span {
    /// The longest from `position` on, samples since reset, of `frames` at most.
    pub(crate) fn next(position: u64, frames: usize, rate: f32) -> Span {
        let into = (position % TICK as u64) as usize;
        let whole = into == 0 && frames >= TICK;
        Span {
            into,
            frames: frames.min(TICK - into),
            ticks: if whole { (frames / TICK).min(SPAN) } else { 1 },
            position,
            rate,
        }
    }
    /// Whether it begins at a tick.
    pub(crate) const fn at_tick(&self) -> bool {
        self.into == 0
    }
    /// All its samples.
    pub(crate) const fn samples(&self) -> usize {
        self.ticks * self.frames
    }
    /// Samples from its `n`-th tick, or from where a piece begins, to the next of those that are `every` ticks apart.
    pub(crate) const fn until(&self, n: usize, every: u64) -> usize {
        let ticks = every - self.tick(n) % every;
        ticks as usize * TICK - self.into
    }
    /// Which tick since reset its `n`-th is.
    pub(crate) const fn tick(&self, n: usize) -> u64 {
        self.position / TICK as u64 + n as u64
    }
    /// Seconds from reset to the end of its `n`-th tick, for a span that begins at one.
    pub(crate) fn end_s(&self, n: usize) -> f64 {
        let position = self.position + (n * TICK) as u64;
        let rate = f64::from(self.rate);
        position as f64 / rate + TICK as f64 / rate
    }
}
