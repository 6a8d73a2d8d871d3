//! Second-order filters for four channels at a time.
//!
//! Lanes stand side by side in pairs: a quad is left and right of two lanes. A bank holds a number of slots
//! for every quad; those that change nothing for either lane cost nothing.

use crate::filters::Biquad;
use crate::math::{F4, TICK, flush, fused};

/// Four channels.
pub(crate) type Quad = [f32; 4];

/// One filter of four channels, as a state-space whose states wait for one fused product each a sample.
///
/// With s1, s2 of the transposed direct form: y = b0 x + s1, s1' = (b1 − a1 b0) x + s2 − a1 s1,
/// s2' = (b2 − a2 b0) x − a2 s1.
#[derive(Clone, Copy, Debug)]
struct Section {
    b0: Quad,
    d1: Quad,
    d2: Quad,
    a1: Quad,
    a2: Quad,
}

impl Section {
    const THROUGH: Section = Section {
        b0: [1.0; 4],
        d1: [0.0; 4],
        d2: [0.0; 4],
        a1: [0.0; 4],
        a2: [0.0; 4],
    };
    fn set(&mut self, channel: usize, c: Biquad) {
        let [b0, b1, b2, a1, a2] = c.map(f64::from);
        self.b0[channel] = b0 as f32;
        self.d1[channel] = (b1 - a1 * b0) as f32;
        self.d2[channel] = (b2 - a2 * b0) as f32;
        self.a1[channel] = a1 as f32;
        self.a2[channel] = a2 as f32;
    }
    fn is_through(&self) -> bool {
        self.b0 == [1.0; 4] && self.d1 == [0.0; 4] && self.d2 == [0.0; 4]
    }
    /// Part of the way to another.
    #[inline(always)]
    fn towards(&self, other: &Section, share: f32) -> Section {
        let between = |a: &Quad, b: &Quad| -> Quad {
            core::array::from_fn(|k| fused(share, b[k] - a[k], a[k]))
        };
        Section {
            b0: between(&self.b0, &other.b0),
            d1: between(&self.d1, &other.d1),
            d2: between(&self.d2, &other.d2),
            a1: between(&self.a1, &other.a1),
            a2: between(&self.a2, &other.a2),
        }
    }
    #[inline(always)]
    fn next(&self, z: &mut [F4; 2], x: F4) -> F4 {
        let [b0, d1, d2, a1, a2] =
            [&self.b0, &self.d1, &self.d2, &self.a1, &self.a2].map(|row| F4::new(*row));
        let old = z[0];
        z[0] = a1.mul_neg_add(old, d1.mul_add(x, z[1]));
        z[1] = a2.mul_neg_add(old, d2 * x);
        b0.mul_add(x, old)
    }
}

/// `SLOTS` filters in a row for each of `QUADS` quads. A new setting is reached in straight lines over a
/// tick.
pub(crate) struct Bank<const SLOTS: usize, const QUADS: usize> {
    sections: [[Section; SLOTS]; QUADS],
    targets: [[Section; SLOTS]; QUADS],
    states: [[[Quad; 2]; SLOTS]; QUADS],
    /// Bit `n`: slot `n` of the quad does something; it moves during this tick.
    on: [u32; QUADS],
    moves: [u32; QUADS],
}

impl<const SLOTS: usize, const QUADS: usize> Bank<SLOTS, QUADS> {
    pub(crate) const fn new() -> Self {
        Bank {
            sections: [[Section::THROUGH; SLOTS]; QUADS],
            targets: [[Section::THROUGH; SLOTS]; QUADS],
            states: [[[[0.0; 4]; 2]; SLOTS]; QUADS],
            on: [0; QUADS],
            moves: [0; QUADS],
        }
    }
    /// Left and right of a pair of channels (0 or 2) of a quad go there until the next tick.
    pub(crate) fn set(&mut self, slot: usize, quad: usize, channel: usize, c: Biquad) {
        let target = &mut self.targets[quad][slot];
        target.set(channel, c);
        target.set(channel + 1, c);
        self.moves[quad] |= 1 << slot;
        self.on[quad] |= 1 << slot;
    }
    /// Everything is where it goes to.
    pub(crate) fn arrive(&mut self, quad: usize) {
        let mut bits = core::mem::take(&mut self.moves[quad]);
        while bits != 0 {
            let slot = bits.trailing_zeros() as usize;
            bits &= bits - 1;
            self.sections[quad][slot] = self.targets[quad][slot];
            if self.sections[quad][slot].is_through() {
                self.on[quad] &= !(1 << slot);
                self.states[quad][slot] = [[0.0; 4]; 2];
            }
        }
    }
    /// Forgets what a pair of channels holds.
    pub(crate) fn clear(&mut self, quad: usize, channel: usize) {
        for states in &mut self.states[quad] {
            for state in states {
                state[channel] = 0.0;
                state[channel + 1] = 0.0;
            }
        }
    }
    /// Drops what is too small to matter. Says whether a quad holds nothing at all.
    pub(crate) fn settle(&mut self, quad: usize) -> bool {
        let mut empty = true;
        let mut bits = self.on[quad];
        while bits != 0 {
            let slot = bits.trailing_zeros() as usize;
            bits &= bits - 1;
            for state in &mut self.states[quad][slot] {
                for s in state.iter_mut() {
                    *s = flush(*s);
                }
                empty &= *state == [0.0; 4];
            }
        }
        empty
    }
    /// In place; only slots of the mask. `into`: samples since the tick.
    pub(crate) fn process(&mut self, quad: usize, mask: u32, block: &mut [Quad], into: usize) {
        if self.moves[quad] & mask != 0 {
            return self.glide(quad, mask, block, into);
        }
        self.cascade(quad, self.on[quad] & mask, block);
    }
    /// The same of several quads at once, those that are awake: while one waits for its state, others compute.
    pub(crate) fn process_all(
        &mut self,
        awake: [bool; QUADS],
        mask: u32,
        blocks: &mut [[Quad; TICK]; QUADS],
        into: usize,
        frames: usize,
    ) {
        let mut left = [0; QUADS];
        for quad in 0..QUADS {
            if awake[quad] && self.moves[quad] & mask != 0 {
                self.glide(quad, mask, &mut blocks[quad][..frames], into);
            } else if awake[quad] {
                left[quad] = self.on[quad] & mask;
            }
        }
        loop {
            let mut turn = (0..QUADS).filter(|quad| left[*quad] != 0);
            match (turn.next(), turn.next(), turn.next()) {
                (Some(a), Some(b), Some(c)) => {
                    self.abreast([a, b, c], &mut left, blocks, frames);
                }
                (Some(a), Some(b), None) => self.abreast([a, b], &mut left, blocks, frames),
                (Some(a), None, _) => {
                    let bits = core::mem::take(&mut left[a]);
                    self.cascade(a, bits, &mut blocks[a][..frames]);
                }
                _ => return,
            }
        }
    }
    /// The next slot of each of some quads.
    #[inline(always)]
    fn abreast<const K: usize>(
        &mut self,
        quads: [usize; K],
        left: &mut [u32; QUADS],
        blocks: &mut [[Quad; TICK]; QUADS],
        frames: usize,
    ) {
        let slots = quads.map(|quad| {
            let slot = left[quad].trailing_zeros() as usize;
            left[quad] &= left[quad] - 1;
            slot
        });
        let Ok(blocks) = blocks.get_disjoint_mut(quads) else {
            return;
        };
        let sections: [Section; K] = core::array::from_fn(|k| self.sections[quads[k]][slots[k]]);
        let mut z: [[F4; 2]; K] =
            core::array::from_fn(|k| self.states[quads[k]][slots[k]].map(F4::new));
        for i in 0..frames.min(TICK) {
            for k in 0..K {
                let x = F4::new(blocks[k][i]);
                blocks[k][i] = sections[k].next(&mut z[k], x).to_array();
            }
        }
        for k in 0..K {
            self.states[quads[k]][slots[k]] = z[k].map(F4::to_array);
        }
    }
    /// Some slots of one quad, in a row.
    fn cascade(&mut self, quad: usize, mut bits: u32, block: &mut [Quad]) {
        while bits != 0 {
            match bits.count_ones() {
                1 => self.row::<1>(quad, &mut bits, block),
                2 => self.row::<2>(quad, &mut bits, block),
                _ => self.row::<3>(quad, &mut bits, block),
            }
        }
    }
    /// Several slots at a time: one computes while the others wait for their states.
    #[inline(always)]
    fn row<const K: usize>(&mut self, quad: usize, bits: &mut u32, block: &mut [Quad]) {
        let slots: [usize; K] = core::array::from_fn(|_| {
            let slot = bits.trailing_zeros() as usize;
            *bits &= *bits - 1;
            slot
        });
        let sections = slots.map(|slot| self.sections[quad][slot]);
        let mut z = slots.map(|slot| self.states[quad][slot].map(F4::new));
        for x in block.iter_mut() {
            let mut v = F4::new(*x);
            for k in 0..K {
                v = sections[k].next(&mut z[k], v);
            }
            *x = v.to_array();
        }
        for (slot, z) in slots.into_iter().zip(z) {
            self.states[quad][slot] = z.map(F4::to_array);
        }
    }
    /// The same while something moves.
    fn glide(&mut self, quad: usize, mask: u32, block: &mut [Quad], into: usize) {
        let mut bits = self.on[quad] & mask;
        while bits != 0 {
            let slot = bits.trailing_zeros() as usize;
            bits &= bits - 1;
            let (from, to) = (&self.sections[quad][slot], &self.targets[quad][slot]);
            let mut z = self.states[quad][slot].map(F4::new);
            let moves = self.moves[quad] & (1 << slot) != 0;
            for (i, x) in block.iter_mut().enumerate() {
                *x = if moves {
                    let share = (into + i + 1) as f32 * (1.0 / TICK as f32);
                    from.towards(to, share).next(&mut z, F4::new(*x))
                } else {
                    from.next(&mut z, F4::new(*x))
                }
                .to_array();
            }
            self.states[quad][slot] = z.map(F4::to_array);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::filters::{bell, high_pass, low_pass, shelf, tilt};

    const RATE: f32 = 48_000.0;

    /// Gain of a bank at a frequency, dB, from what a long sine becomes.
    fn gain_db(c: Biquad, hz: f64) -> f64 {
        let mut bank = Bank::<2, 1>::new();
        bank.set(1, 0, 2, c);
        bank.arrive(0);
        let step = std::f64::consts::TAU * hz / f64::from(RATE);
        let (mut re, mut im) = (0.0, 0.0);
        for i in 0..192_000 {
            let mut x = [[0.0, 0.0, 0.0, (step * i as f64).sin() as f32]];
            bank.process(0, u32::MAX, &mut x, 0);
            if i >= 96_000 {
                re += f64::from(x[0][3]) * (step * i as f64).cos();
                im += f64::from(x[0][3]) * (step * i as f64).sin();
            }
        }
        10.0 * ((re * re + im * im) / 48_000f64.powi(2)).log10()
    }
    /// |n(jw) / d(jw)|² in dB of polynomials in s, lowest power first.
    fn analogue(n: [f64; 3], d: [f64; 3], w: f64) -> f64 {
        let size = |c: [f64; 3]| (c[0] - c[2] * w * w).powi(2) + (c[1] * w).powi(2);
        10.0 * (size(n) / size(d)).log10()
    }

    #[test]
    fn responses_are_those_of_the_analogue_filters() {
        let warped = |hz: f64| (std::f64::consts::PI * hz / f64::from(RATE)).tan();
        for hz in [40.0, 110.0, 350.0, 1000.0, 3100.0, 9000.0, 16_000.0] {
            for at in [90.0, 1000.0, 6000.0] {
                let w = warped(hz) / warped(at);
                for db in [-9.0f64, 4.0] {
                    let a = 10f64.powf(db / 40.0);
                    let root = a.sqrt() * std::f64::consts::SQRT_2;
                    let cases = [
                        (
                            "bell",
                            bell(at as f32, db as f32, 1.3, RATE),
                            analogue([1.0, a / 1.3, 1.0], [1.0, 1.0 / (a * 1.3), 1.0], w),
                        ),
                        (
                            "low shelf",
                            shelf(at as f32, db as f32, false, RATE),
                            analogue([a, root, 1.0].map(|c| c * a), [1.0, root, a], w),
                        ),
                        (
                            "high shelf",
                            shelf(at as f32, db as f32, true, RATE),
                            analogue([1.0, root, a].map(|c| c * a), [a, root, 1.0], w),
                        ),
                        (
                            "tilt",
                            tilt(at as f32, db as f32, RATE),
                            analogue([1.0, a * a, 0.0], [a * a, 1.0, 0.0], w),
                        ),
                    ];
                    for (name, c, wanted) in cases {
                        let got = gain_db(c, hz);
                        assert!(
                            (got - wanted).abs() < 0.03,
                            "{name} {at} Hz {db} dB at {hz} Hz: {got:.3}, {wanted:.3}"
                        );
                    }
                }
                let q = std::f64::consts::SQRT_2;
                let cases = [
                    (high_pass(at as f32, RATE), [0.0, 0.0, 1.0]),
                    (low_pass(at as f32, RATE), [1.0, 0.0, 0.0]),
                ];
                for (c, over) in cases {
                    let wanted = analogue(over, [1.0, q, 1.0], w);
                    let got = gain_db(c, hz);
                    assert!(
                        wanted < -60.0 || (got - wanted).abs() < 0.03,
                        "pass {at} Hz at {hz} Hz: {got:.3}, {wanted:.3}"
                    );
                }
            }
        }
    }

    #[test]
    fn a_flat_band_is_exactly_nothing() {
        let mut bank = Bank::<2, 1>::new();
        bank.set(0, 0, 0, bell(1000.0, 0.0, 1.0, RATE));
        bank.set(1, 0, 2, tilt(1000.0, 0.0, RATE));
        bank.arrive(0);
        let mut block: [Quad; 3] = [[0.3, -0.7, 0.1, 0.9], [1.0; 4], [1e-9; 4]];
        let plain = block;
        bank.process(0, u32::MAX, &mut block, 0);
        assert_eq!(block, plain);
    }
}
