//! A ring of samples that is written piece by piece and read a whole piece at a time from anywhere.

use crate::math::{F8, Row, TICK, eights};
use crate::ramp::Line;

/// A ring with room for a power of two of samples and a piece more: `ROOM` says how much memory it may have at
/// most, so that no place in it needs to be looked after; what a rate does not need is never touched.
pub(crate) struct Ring<const ROOM: usize = MUCH> {
    memory: Box<[f32; ROOM]>,
    mask: usize,
}

/// 0.17 s at 384 kHz.
const MUCH: usize = room(1 << 16);

/// Memory of a ring of so many samples.
pub(crate) const fn room(samples: usize) -> usize {
    samples + TICK
}

impl<const ROOM: usize> Ring<ROOM> {
    const LAST: usize = {
        let samples = ROOM - TICK;
        assert!(samples.is_power_of_two());
        samples - 1
    };
    /// Room for a delay of so many samples.
    pub(crate) fn new(longest: usize) -> Self {
        let length = (longest + 3 * TICK).next_power_of_two();
        // Never through an array on the stack, which may be too long for it.
        let Ok(memory) = vec![0.0; ROOM].into_boxed_slice().try_into() else {
            unreachable!("as long as said")
        };
        Ring {
            memory,
            mask: (length - 1).min(Self::LAST),
        }
    }
    pub(crate) fn clear(&mut self) {
        let used = self.length() + TICK;
        self.memory[..used].fill(0.0);
    }
    /// How many samples it holds.
    pub(crate) const fn length(&self) -> usize {
        self.mask + 1
    }
    /// The first `frames` of a piece to a place; `at` counts samples, and a piece never crosses a tick.
    #[inline(always)]
    pub(crate) fn write(&mut self, at: usize, piece: &[f32; TICK], frames: usize) {
        let from = at & self.mask & Self::LAST;
        self.put(from, piece, frames);
        if from < TICK {
            // The first samples once more behind the last: reading never wraps.
            self.put(self.mask + 1 + from, piece, frames);
        }
    }
    #[inline(always)]
    fn put(&mut self, from: usize, piece: &[f32; TICK], frames: usize) {
        // Told apart so that a whole piece need not lie in memory; there is always room for one.
        if frames < TICK {
            self.memory[from..from + frames].copy_from_slice(&piece[..frames]);
        } else if let Some(row) = self.memory[from..].first_chunk_mut() {
            *row = *piece;
        }
    }
    /// A piece from a place on.
    #[inline(always)]
    pub(crate) fn read(&self, from: usize) -> &[f32; TICK] {
        // The memory is a piece longer than the mask reaches.
        self.memory[from & self.mask & Self::LAST..]
            .first_chunk()
            .unwrap_or(&SILENCE)
    }
    /// What a tap hears that lies `back` samples behind `at`, between the samples, and moves by less than one in a
    /// tick; `into`: samples since the tick.
    #[inline(always)]
    pub(crate) fn tap(&self, at: usize, back: &Line, into: usize) -> Row {
        let nearest = back.at(0).min(back.at(TICK)) as usize;
        let from = at.wrapping_sub(nearest);
        let [a, b, c] = [0, 1, 2].map(|more| eights(self.read(from.wrapping_sub(more))));
        let place = back.over(into);
        core::array::from_fn(|n| {
            let part = place[n] - F8::splat(nearest as f32);
            let near = F8::ONE.fast_min(part);
            let far = F8::ZERO.fast_max(part - F8::ONE);
            far.mul_add(c[n] - b[n], near.mul_add(b[n] - a[n], a[n]))
        })
    }
}

/// What lies beyond the memory.
const SILENCE: [f32; TICK] = [0.0; TICK];
