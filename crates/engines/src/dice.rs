//! Chance without state: every throw is a hash of where it is thrown.
//!
//! No call order, no clock: bars 1–8 equal bars 1–4 plus 5–8, a loop repeats, undo restores.

use music::lane::Lane;

/// What a throw is for; part of the hash, so that two decisions at one place are independent.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[repr(u16)]
pub enum Purpose {
    /// Which variant of a pattern.
    Variant = 1,
    /// Whether and how a bar differs.
    Variation,
    /// Which fill.
    Fill,
    /// Ghost strokes.
    Ghost,
    /// Human timing.
    Timing,
    /// Human force.
    Force,
    /// Accents.
    Accent,
    /// Rank of a candidate within its priority.
    Rank,
    /// Form.
    Form,
    /// Chord progression.
    Progression,
    /// Chord colour: sevenths, extensions, borrowing.
    Colour,
    /// Cadence.
    Cadence,
    /// Voicing.
    Voicing,
    /// Comping.
    Comping,
    /// Figure of an arpeggio or counter-line.
    Figure,
    /// Motif rhythm.
    MotifRhythm,
    /// Motif contour.
    MotifContour,
    /// Development of a motif.
    Development,
    /// Pitch choice.
    PitchChoice,
    /// Ornament.
    Ornament,
    /// Rest.
    Rest,
    /// Approach notes.
    Approach,
    /// Crash and section marks.
    Crash,
    /// Oscillator phase.
    Phase,
    /// Spread of a strum.
    Strum,
    /// Which notes slide into the next.
    Slide,
}

/// The seed and the place, all but the step: made once a bar and lane.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Dice {
    state: u64,
}

const fn mix(mut z: u64) -> u64 {
    // Reference: SplitMix64 finaliser, Steele, Lea & Flood, "Fast splittable pseudorandom number
    // generators", OOPSLA 2014.
    z = (z ^ (z >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
    z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
    z ^ (z >> 31)
}

const fn fold(state: u64, word: u64) -> u64 {
    mix(state
        .wrapping_add(0x9e37_79b9_7f4a_7c15)
        .wrapping_add(word.wrapping_mul(0xd6e8_feb8_6659_fd93)))
}

impl Dice {
    /// Dice of a song.
    pub const fn song(seed: u16) -> Dice {
        Dice {
            state: mix(seed as u64 + 1),
        }
    }
    /// Dice of a lane.
    pub const fn lane(self, lane: Lane) -> Dice {
        Dice {
            state: fold(self.state, 0x100 + lane as u64),
        }
    }
    /// Dice of a section, a bar, or anything else with a number.
    pub const fn at(self, number: u32) -> Dice {
        Dice {
            state: fold(self.state, 0x1_0000 + number as u64),
        }
    }
    /// 64 random bits for a purpose at a step.
    pub const fn bits(self, purpose: Purpose, step: u32) -> u64 {
        fold(fold(self.state, purpose as u64), step as u64)
    }
    /// A number in `0..sides`; 0 when `sides` is 0.
    pub const fn throw(self, purpose: Purpose, step: u32, sides: u32) -> u32 {
        (((self.bits(purpose, step) >> 32) * sides as u64) >> 32) as u32
    }
    /// True in `percent` of all places.
    pub const fn chance(self, purpose: Purpose, step: u32, percent: u32) -> bool {
        self.throw(purpose, step, 100) < percent
    }
    /// A number of mean 0 and standard deviation about 1000, in −3464..=3464: the sum of twelve uniform
    /// throws (Irwin–Hall).
    pub const fn bell(self, purpose: Purpose, step: u32) -> i32 {
        let mut sum = 0i32;
        let mut bits = self.bits(purpose, step);
        let mut i = 0;
        while i < 12 {
            if i == 6 {
                bits = mix(bits);
            }
            sum += (bits & 0x3ff) as i32;
            bits >>= 10;
            i += 1;
        }
        // Twelve uniforms on 0..1024: mean 6138, standard deviation 1024.
        (sum - 6138) * 1000 / 1024
    }
    /// Picks by weight: the index of the chosen one, or `None` when all weights are 0.
    pub fn pick(self, purpose: Purpose, step: u32, weights: &[u8]) -> Option<usize> {
        let total: u32 = weights.iter().map(|w| *w as u32).sum();
        let mut left = self.throw(purpose, step, total);
        if total == 0 {
            return None;
        }
        for (index, weight) in weights.iter().enumerate() {
            if left < *weight as u32 {
                return Some(index);
            }
            left -= *weight as u32;
        }
        None
    }
}
