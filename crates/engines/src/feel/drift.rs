//! Noise that drifts: octaves of smoothed hash over the ticks of a section.

use crate::dice::{Dice, Purpose};
use crate::placement::BarGrid;

/// Octaves in ticks: four bars, two bars, a bar, two beats of common time. Taste: breathing lasts bars.
const OCTAVES: [i64; 4] = [15_360, 7680, 3840, 1920];
/// Correlation of the octaves' sum between places half a beat to a beat apart, percent. Measured on the sum
/// itself: 96 an eighth apart, 89 a quarter apart.
const NEAR_CORRELATION: i64 = 89;

/// Most that neighbouring strokes correlate, percent. Measured: drummers of funk and hip hop lie at 71 and drift more
/// than others; a point or two less, since what a song happens to play adds as much.
const STEADIEST: u8 = 69;

/// Noise of mean 0 and standard deviation 1000, from counting bits (binomial, 64 throws).
pub fn noise(dice: Dice, place: u32) -> i64 {
    (dice.bits(Purpose::Timing, place).count_ones() as i64 - 32) * 250
}

/// Finest step between two lattice points.
const FINE: i64 = 1024;
/// Roots of every share of a weight, times [`FINE`]: roots take longer than all else here.
const ROOTS: [u16; FINE as usize + 1] = {
    let mut roots = [0; FINE as usize + 1];
    let mut share = 0;
    while share < roots.len() {
        roots[share] = ((share as u64) << 10).isqrt() as u16;
        share += 1;
    }
    roots
};

/// The noise between two lattice points.
#[derive(Clone, Copy)]
struct Between {
    lattice: i64,
    before: i64,
    after: i64,
}

impl Between {
    /// Around a tick; `dice` are the octave's.
    fn new(dice: Dice, lattice: i64) -> Between {
        Between {
            lattice,
            before: noise(dice, lattice as u32),
            after: noise(dice, (lattice + 1) as u32),
        }
    }
    /// `inside` ticks behind the first point. Smooth; the standard deviation is 1000 everywhere, since the squares
    /// of the two weights sum to one.
    fn at(&self, inside: i64, octave: i64) -> i64 {
        let f = inside * FINE / octave;
        let s = (f * f * (3 * FINE - 2 * f)) >> 20;
        let (before, after) = (ROOTS[(FINE - s) as usize], ROOTS[s as usize]);
        (self.before * before as i64 + self.after * after as i64) / FINE
    }
}

/// Noise that is smooth over `octave` ticks.
fn smooth(dice: Dice, octave: i64, tick: i64) -> i64 {
    let between = Between::new(dice.at(octave as u32), tick.div_euclid(octave));
    between.at(tick.rem_euclid(octave), octave)
}

/// Writes the band's drift into every slot of a bar that starts `section_tick` ticks into its section.
pub fn drift(grid: &mut BarGrid, section_dice: Dice, section_tick: i64) {
    let octaves = OCTAVES.map(|octave| (octave, section_dice.at(octave as u32)));
    let mut around: [Option<Between>; OCTAVES.len()] = [None; OCTAVES.len()];
    for slot in &mut grid.slots {
        let at = section_tick + slot.tick;
        let mut sum = 0;
        for ((octave, dice), kept) in octaves.into_iter().zip(&mut around) {
            let lattice = at.div_euclid(octave);
            let between = match kept {
                Some(between) if between.lattice == lattice => *between,
                _ => *kept.insert(Between::new(dice, lattice)),
            };
            sum += between.at(at - lattice * octave, octave);
        }
        slot.drift = (sum / 2).clamp(-3200, 3200) as i16;
    }
}

/// One pitched player's own drift.
pub fn own(dice: Dice, section_tick: i64) -> i64 {
    (smooth(dice, OCTAVES[2], section_tick) + smooth(dice, OCTAVES[3], section_tick)) * 707 / 1000
}

/// Weights × 1000 of drift and of what each stroke adds alone, so that neighbouring strokes correlate by
/// `lag1` percent and the spread stays.
pub fn shares(lag1: u8) -> (i64, i64) {
    let (slow, quick) = SHARES[lag1.min(STEADIEST) as usize];
    (slow as i64, quick as i64)
}

const SHARES: [(u16, u16); STEADIEST as usize + 1] = {
    let mut shares = [(0, 0); STEADIEST as usize + 1];
    let mut lag1 = 0;
    while lag1 <= STEADIEST {
        // Measured on rendered songs: a line loses what the usual places of its strokes hide, the more the less it
        // drifts; half the way to the steadiest bands gives it back.
        let played = (lag1 + STEADIEST) / 2;
        let slow = played as i64 * 10_000 / NEAR_CORRELATION * 100;
        shares[lag1 as usize] = (slow.isqrt() as u16, (1_000_000 - slow).isqrt() as u16);
        lag1 += 1;
    }
    shares
};
