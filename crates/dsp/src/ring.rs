//! A ring of samples that is written piece by piece and read a whole piece at a time from anywhere.

use crate::math::TICK;

/// A ring.
pub(crate) struct Ring {
    memory: Box<[f32]>,
    mask: usize,
}

impl Ring {
    /// Room for a delay of so many samples.
    pub(crate) fn new(longest: usize) -> Ring {
        let length = (longest + 3 * TICK).next_power_of_two();
        Ring {
            memory: vec![0.0; length + TICK].into_boxed_slice(),
            mask: length - 1,
        }
    }
    pub(crate) fn clear(&mut self) {
        self.memory.fill(0.0);
    }
    /// How many samples it holds.
    pub(crate) const fn length(&self) -> usize {
        self.mask + 1
    }
    /// The first `frames` of a piece to a place; `at` counts samples, and a piece never crosses a tick.
    #[inline(always)]
    pub(crate) fn write(&mut self, at: usize, piece: &[f32; TICK], frames: usize) {
        let from = at & self.mask;
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
        self.memory[from & self.mask..]
            .first_chunk()
            .unwrap_or(&SILENCE)
    }
}

/// What lies beyond the memory.
const SILENCE: [f32; TICK] = [0.0; TICK];
