//! The limiter that looks ahead: no peak between samples leaves it above the ceiling.
//!
//! Peaks are found by oversampling; the gain that each asks for is held over the window that is looked
//! ahead, released, and smoothed by two boxes whose lengths add up to the window. At the peak every value
//! under the boxes is as low as it must be, so the gain arrives in time and without a corner.
//!
//! It works a whole tick at a time, so it is a tick and its window late.

use super::SAFE;
use crate::math::{TICK, fused, gain_from_db, larger};
use crate::true_peak::TickPeaks;

/// Looked ahead; rounded up to pairs of ticks.
///
/// Taste: long enough that a kick is turned down without a sound of its own.
const WINDOW_S: f32 = 0.002;
/// Under the ceiling, for what oversampling by four leaves unseen.
///
/// Measured: the highest of ten finished mixes and of the torture tests' true peaks lies 0.25 dB above what was
/// aimed at, on meters of eight times and of any length up to 64 taps.
const ROOM_DB: f32 = 0.45;
/// Taste: back from a single peak, and from a passage that is too loud throughout.
const FAST_S: f32 = 0.06;
const SLOW_S: f32 = 0.4;
/// Most ticks of a box: 192 kHz.
const MOST: usize = 32;

/// A ring of ticks.
type Ticks = Box<[[f32; TICK]]>;

/// The lowest (or the sum) over a window of whole ticks that ends at each sample of the newest, by what
/// each tick holds from its start and from its end.
struct Window {
    ticks: usize,
    at: usize,
    /// Of the last ticks: for each place, everything from there to the end; and all of it.
    tails: [[f32; TICK]; MOST],
    wholes: [f32; MOST],
}

impl Window {
    fn new(ticks: usize, of_rest: f32) -> Window {
        let mut tail = [0.0; TICK];
        for (i, t) in tail.iter_mut().enumerate() {
            *t = of_rest * (TICK - i) as f32;
        }
        Window {
            ticks: ticks.clamp(1, MOST),
            at: 0,
            tails: [tail; MOST],
            wholes: [of_rest * TICK as f32; MOST],
        }
    }
    fn next(&mut self) {
        self.at = if self.at + 1 >= self.ticks {
            0
        } else {
            self.at + 1
        };
    }
    /// The lowest of the last `16 · ticks` values, for each of the newest tick.
    fn lowest(&mut self, x: &[f32; TICK]) -> [f32; TICK] {
        // The slot holds the oldest tick, of which the window still sees a tail.
        let old = self.tails[self.at];
        let mut between = f32::MAX;
        for k in (0..self.ticks).filter(|k| *k != self.at) {
            between = between.min(self.wholes[k]);
        }
        let mut out = [0.0; TICK];
        let mut head = between;
        for i in 0..TICK {
            head = if x[i] < head { x[i] } else { head };
            let tail = if i + 1 < TICK { old[i + 1] } else { f32::MAX };
            out[i] = if tail < head { tail } else { head };
        }
        let mut tail = f32::MAX;
        for i in (0..TICK).rev() {
            tail = if x[i] < tail { x[i] } else { tail };
            self.tails[self.at][i] = tail;
        }
        self.wholes[self.at] = tail;
        self.next();
        out
    }
    /// The mean of the last `16 · ticks` values, for each of the newest tick.
    fn mean(&mut self, x: &[f32; TICK]) -> [f32; TICK] {
        let old = self.tails[self.at];
        let mut head = 0.0;
        for k in (0..self.ticks).filter(|k| *k != self.at) {
            head += self.wholes[k];
        }
        let share = 1.0 / (self.ticks * TICK) as f32;
        let mut out = [0.0; TICK];
        for i in 0..TICK {
            head += x[i];
            let tail = if i + 1 < TICK { old[i + 1] } else { 0.0 };
            out[i] = (head + tail) * share;
        }
        let mut tail = 0.0;
        for i in (0..TICK).rev() {
            tail += x[i];
            self.tails[self.at][i] = tail;
        }
        self.wholes[self.at] = tail;
        self.next();
        out
    }
}

/// A stereo limiter that looks ahead.
pub(crate) struct LookAhead {
    peaks: [TickPeaks; 2],
    ceiling: f32,
    hold: Window,
    boxes: [Window; 2],
    gain: f32,
    slow: f32,
    fast_step: f32,
    slow_step: f32,
    /// Ticks since the gain was asked to move.
    calm: usize,
    delay: [Ticks; 2],
    at: usize,
    /// The tick that fills up, and the one that is given out.
    filling: [[f32; TICK]; 2],
    shares: [f32; TICK],
    ready: [[f32; TICK]; 2],
    /// Lowest gain since the meters were read.
    pub(crate) lowest: f32,
}

impl LookAhead {
    /// Ticks of the window at a rate.
    fn window(rate: f32) -> usize {
        let pairs = (WINDOW_S * rate / (2 * TICK) as f32 - 0.01).ceil() as usize;
        2 * pairs.clamp(1, MOST / 2 - 1)
    }
    /// How many samples late it is, a whole number of ticks.
    pub(crate) fn latency(rate: f32) -> usize {
        // The tick itself, the window, and a tick for the oversampling.
        (LookAhead::window(rate) + 2) * TICK
    }
    pub(crate) fn new(rate: f32) -> LookAhead {
        let window = LookAhead::window(rate);
        LookAhead {
            peaks: [TickPeaks::cautious(), TickPeaks::cautious()],
            ceiling: gain_from_db(-1.0 - ROOM_DB),
            // A tick longer than the boxes, since the audio comes a tick later than the peaks' own place.
            hold: Window::new(window + 1, 1.0),
            boxes: [Window::new(window / 2, 1.0), Window::new(window / 2, 1.0)],
            gain: 1.0,
            slow: 1.0,
            fast_step: 1.0 - (-1.0 / (FAST_S * rate)).exp(),
            slow_step: 1.0 - (-1.0 / (SLOW_S * rate)).exp(),
            calm: usize::MAX,
            delay: [(); 2].map(|()| vec![[0.0; TICK]; window + 1].into_boxed_slice()),
            at: 0,
            filling: [[0.0; TICK]; 2],
            shares: [1.0; TICK],
            ready: [[0.0; TICK]; 2],
            lowest: 1.0,
        }
    }
    pub(crate) fn reset(&mut self) {
        for peaks in &mut self.peaks {
            peaks.reset();
        }
        let window = self.hold.ticks - 1;
        self.hold = Window::new(window + 1, 1.0);
        self.boxes = [Window::new(window / 2, 1.0), Window::new(window / 2, 1.0)];
        self.gain = 1.0;
        self.slow = 1.0;
        self.calm = usize::MAX;
        for delay in &mut self.delay {
            delay.fill([0.0; TICK]);
        }
        self.at = 0;
        self.filling = [[0.0; TICK]; 2];
        self.ready = [[0.0; TICK]; 2];
        self.lowest = 1.0;
    }
    pub(crate) fn set(&mut self, ceiling_db: f32) {
        self.ceiling = gain_from_db(ceiling_db - ROOM_DB);
    }
    /// In place. `into`: samples since the tick. `shares`: how much of the limiting counts, by sample.
    pub(crate) fn process(
        &mut self,
        x: &mut [[f32; TICK]; 2],
        shares: &[f32; TICK],
        into: usize,
        frames: usize,
    ) {
        for (side, x) in x.iter_mut().enumerate() {
            self.filling[side][into..into + frames].copy_from_slice(&x[..frames]);
            x[..frames].copy_from_slice(&self.ready[side][into..into + frames]);
        }
        self.shares[into..into + frames].copy_from_slice(&shares[..frames]);
        if into + frames == TICK {
            self.tick();
        }
    }
    fn tick(&mut self) {
        let least = SAFE * self.ceiling;
        let [left, right] = &mut self.peaks;
        let peaks = [
            left.tick(&self.filling[0], least),
            right.tick(&self.filling[1], least),
        ];
        let mut wanted = [1.0f32; TICK];
        let mut any = false;
        for i in 0..TICK {
            let peak = larger(peaks[0][i], peaks[1][i]);
            if peak > self.ceiling {
                wanted[i] = 1.0 + self.shares[i] * (self.ceiling / peak - 1.0);
                any = true;
            }
        }
        self.calm = if any || self.gain < 1.0 {
            0
        } else {
            self.calm.saturating_add(1)
        };
        let quiet = self.calm > 3 * self.hold.ticks;
        let mut gains = [1.0f32; TICK];
        if !quiet {
            gains = self.gains(&wanted);
        }
        for (side, delay) in self.delay.iter_mut().enumerate() {
            let old = core::mem::replace(&mut delay[self.at], self.filling[side]);
            for i in 0..TICK {
                self.ready[side][i] = old[i] * gains[i];
            }
        }
        self.at = if self.at + 1 >= self.delay[0].len() {
            0
        } else {
            self.at + 1
        };
    }
    /// Holds, releases and smooths.
    fn gains(&mut self, wanted: &[f32; TICK]) -> [f32; TICK] {
        let mut held = self.hold.lowest(wanted);
        for low in &mut held {
            // What is asked for throughout is remembered, and given back slowly.
            self.slow = fused(self.slow_step, *low - self.slow, self.slow);
            if *low < self.gain {
                self.gain = *low;
            } else {
                let step = if self.gain < self.slow {
                    self.fast_step
                } else {
                    self.slow_step
                };
                self.gain = fused(step, *low - self.gain, self.gain);
                if self.gain > 0.999_99 {
                    self.gain = if *low < 1.0 { *low } else { 1.0 };
                }
            }
            *low = self.gain;
        }
        let [first, second] = &mut self.boxes;
        let gains = second.mean(&first.mean(&held));
        for gain in gains {
            self.lowest = self.lowest.min(gain);
        }
        gains
    }
}
