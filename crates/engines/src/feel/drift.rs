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

/// Noise that is smooth over `octave` ticks; the standard deviation is 1000 everywhere, between the lattice
/// points too, since the squares of the two weights sum to one.
fn smooth(dice: Dice, octave: i64, tick: i64) -> i64 {
    let lattice = tick.div_euclid(octave);
    let f = (tick.rem_euclid(octave)) * 1024 / octave;
    let s = (f * f * (3 * 1024 - 2 * f)) >> 20;
    let (before, after) = (((1024 - s) << 10).isqrt(), (s << 10).isqrt());
    let dice = dice.at(octave as u32);
    (noise(dice, lattice as u32) * before + noise(dice, (lattice + 1) as u32) * after) / 1024
}

/// Writes the band's drift into every slot of a bar that starts `section_tick` ticks into its section.
pub fn drift(grid: &mut BarGrid, section_dice: Dice, section_tick: i64) {
    for slot in &mut grid.slots {
        let at = section_tick + slot.tick;
        let sum: i64 = OCTAVES
            .iter()
            .map(|octave| smooth(section_dice, *octave, at))
            .sum();
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
    // Measured on rendered songs: a line loses what the usual places of its strokes hide, the more the less it
    // drifts; half the way to the steadiest bands gives it back.
    let lag1 = lag1.min(STEADIEST);
    let lag1 = lag1.max((lag1 + STEADIEST) / 2);
    let slow = (lag1 as i64 * 10_000 / NEAR_CORRELATION * 100).clamp(0, 1_000_000);
    (slow.isqrt(), (1_000_000 - slow).isqrt())
}
