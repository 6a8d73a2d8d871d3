//! Keeps stems and returns as late as main, where the limiter looks ahead.

use crate::math::TICK;
use crate::mix::BUSES;
use crate::mixer::BusBlock;

/// A stereo tick of every bus but main.
type Held = [[[f32; TICK]; 2]; BUSES - 1];

/// A delay of whole ticks; none at all where there are none.
pub(super) struct Late {
    ticks: Box<[Held]>,
    at: usize,
}

impl Late {
    pub(super) fn new(samples: usize) -> Late {
        Late {
            ticks: vec![[[[0.0; TICK]; 2]; BUSES - 1]; samples / TICK].into_boxed_slice(),
            at: 0,
        }
    }
    pub(super) fn reset(&mut self) {
        self.ticks.fill([[[0.0; TICK]; 2]; BUSES - 1]);
        self.at = 0;
    }
    /// In place. `into`: samples since the tick.
    pub(super) fn process(&mut self, out: &mut BusBlock, into: usize, frames: usize) {
        let Some(held) = self.ticks.get_mut(self.at) else {
            return;
        };
        for (bus, held) in out[1..].iter_mut().zip(held) {
            for (x, held) in bus.iter_mut().zip(held) {
                let mut new = [0.0; TICK];
                new[..frames].copy_from_slice(&held[into..into + frames]);
                held[into..into + frames].copy_from_slice(&x[..frames]);
                *x = new;
            }
        }
        if into + frames == TICK {
            self.at = (self.at + 1) % self.ticks.len();
        }
    }
}
