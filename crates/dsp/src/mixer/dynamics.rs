//! Compressors side by side: those of all strips and of the drums' parallel path. The master's glue is one cell of
//! a row of its own, as it hears what these have done to the same tick.
//!
//! A level counts every [`TICK`] samples; the static curve asks for a reduction in dB, and the reduction
//! follows it by attack and release. What comes out are gains for the next tick's end.
//!
//! Reference: D. Giannoulis, M. Massberg, J. Reiss, "Digital dynamic range compressor design" (gain computer
//! before the ballistics, in dB).

use music::lane::LANES;
use music::mix::Dynamics;

use crate::math::{F8, TICK, quick_exp2_8, quick_log2_8};

/// One row: six lanes, the drums' parallel path, one to spare.
pub(crate) const CELLS: usize = 8;
pub(crate) const PARALLEL: usize = LANES;
/// Of the master's row.
pub(crate) const GLUE: usize = 0;

/// Level is the mean power of this long.
///
/// Taste: short enough for a drum's stroke, long enough not to follow the wave.
const MEAN_S: f32 = 0.002;
/// dB of a doubled power.
const DB_PER_OCTAVE: f32 = 3.010_3;

type Cells = [f32; CELLS];

/// A row of compressors.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Compressors {
    seconds_per_tick: f32,
    mean: f32,
    power: Cells,
    reduction: Cells,
    threshold: Cells,
    /// 1 − 1/ratio.
    slope: Cells,
    knee: Cells,
    keep_down: Cells,
    keep_back: Cells,
    make_up: Cells,
    make_up_target: Cells,
    /// Any cell does anything.
    on: bool,
}

impl Compressors {
    pub(crate) fn new(rate: f32) -> Compressors {
        let seconds_per_tick = TICK as f32 / rate;
        Compressors {
            seconds_per_tick,
            mean: 1.0 - (-seconds_per_tick / MEAN_S).exp(),
            power: [0.0; CELLS],
            reduction: [0.0; CELLS],
            threshold: [-18.0; CELLS],
            slope: [0.0; CELLS],
            knee: [6.0; CELLS],
            keep_down: [0.0; CELLS],
            keep_back: [0.0; CELLS],
            make_up: [0.0; CELLS],
            make_up_target: [0.0; CELLS],
            on: false,
        }
    }
    pub(crate) fn reset(&mut self) {
        self.power = [0.0; CELLS];
        self.reduction = [0.0; CELLS];
        self.snap();
    }
    /// Forgets what one has heard.
    pub(crate) fn clear(&mut self, cell: usize) {
        self.power[cell] = 0.0;
        self.reduction[cell] = 0.0;
    }
    pub(crate) fn snap(&mut self) {
        self.make_up = self.make_up_target;
    }
    pub(crate) fn set(&mut self, cell: usize, with: &Dynamics) {
        let ratio = with.ratio.clamp(1.0, 100.0);
        self.threshold[cell] = with.threshold_db.clamp(-80.0, 20.0);
        self.slope[cell] = 1.0 - 1.0 / ratio;
        self.knee[cell] = with.knee_db.clamp(0.1, 40.0);
        let keep = |ms: f32| (-self.seconds_per_tick / (0.001 * ms.clamp(0.1, 5000.0))).exp();
        self.keep_down[cell] = keep(with.attack_ms);
        self.keep_back[cell] = keep(with.release_ms);
        self.make_up_target[cell] = if with.is_on() {
            with.make_up_db.clamp(-24.0, 36.0)
        } else {
            0.0
        };
        self.on = self.slope.iter().any(|s| *s > 0.0);
    }
    /// Takes the power of the last tick (mean square of left and right) and gives the gains, `lower` dB below what
    /// the compressors want.
    #[inline(always)]
    pub(crate) fn tick(&mut self, power: F8, lower: F8) -> Cells {
        if !self.on && self.is_idle() && lower.simd_eq(F8::ZERO).all() {
            return [1.0; CELLS];
        }
        let [mut mean, old, now, goal] = [
            self.power,
            self.reduction,
            self.make_up,
            self.make_up_target,
        ]
        .map(F8::new);
        mean = F8::splat(self.mean).mul_add(power - mean, mean);
        let db = F8::splat(DB_PER_OCTAVE) * quick_log2_8(mean + F8::splat(1e-12));
        let over = db - F8::new(self.threshold);
        let knee = F8::new(self.knee);
        let half = F8::splat(0.5) * knee;
        let bend = over + half;
        let soft = bend * bend / (knee + knee);
        let bent = over.simd_ge(half).select(over, soft) & bend.simd_gt(F8::ZERO);
        let wanted = F8::new(self.slope) * bent;
        let [down, back] = [self.keep_down, self.keep_back].map(F8::new);
        let keep = wanted.simd_gt(old).select(down, back);
        let new = keep.mul_add(old - wanted, wanted);
        let reduction = new & new.simd_ge(F8::splat(1e-4));
        let distance = goal - now;
        let near = distance.abs().simd_lt(F8::splat(1e-3));
        let make_up = near.select(goal, F8::splat(0.03).mul_add(distance, now));
        self.power = mean.to_array();
        self.reduction = reduction.to_array();
        self.make_up = make_up.to_array();
        let db = make_up - reduction - lower;
        quick_exp2_8(db * F8::splat(1.0 / (2.0 * DB_PER_OCTAVE))).to_array()
    }
    /// Whether nothing is on its way.
    fn is_idle(&self) -> bool {
        self.make_up == self.make_up_target && self.reduction == [0.0; CELLS]
    }
    /// The level that one hears, dB.
    pub(crate) fn level_db(&self, cell: usize) -> f32 {
        10.0 * (self.power[cell] + 1e-12).log10()
    }
    /// What one takes away, dB.
    pub(crate) const fn reduction_db(&self, cell: usize) -> f32 {
        self.reduction[cell]
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const RATE: f32 = 48_000.0;
    const TABLE: Dynamics = Dynamics {
        threshold_db: -20.0,
        ratio: 4.0,
        knee_db: 6.0,
        attack_ms: 20.0,
        release_ms: 200.0,
        make_up_db: 0.0,
    };

    fn power(db: f32) -> F8 {
        F8::splat(10f32.powf(0.1 * db))
    }

    /// Gain in dB after some ticks.
    fn run(cells: &mut Compressors, db: f32, ticks: usize) -> f32 {
        let mut gain = [1.0; CELLS];
        for _ in 0..ticks {
            gain = cells.tick(power(db), F8::ZERO);
        }
        20.0 * gain[0].log10()
    }

    #[test]
    fn the_static_curve_is_threshold_knee_and_ratio() {
        for (db, wanted) in [
            (-60.0, 0.0),
            (-23.0, 0.0),
            (-20.0, -0.5625),
            (-17.0, -2.25),
            (-8.0, -9.0),
            (0.0, -15.0),
        ] {
            let mut cells = Compressors::new(RATE);
            cells.set(0, &TABLE);
            let gain = run(&mut cells, db, 6000);
            assert!((gain - wanted).abs() < 0.02, "{db} dB: {gain}, {wanted}");
            let drawn = crate::compressor_reduction_db(&TABLE, db);
            assert!((drawn + wanted).abs() < 0.01, "{db} dB: {drawn} is drawn");
            assert!((cells.level_db(0) - db).abs() < 0.1, "{db} dB");
        }
    }

    #[test]
    fn attack_and_release_take_their_time() {
        let mut cells = Compressors::new(RATE);
        cells.set(0, &TABLE);
        run(&mut cells, -60.0, 100);
        let ticks = |ms: f32| (ms * 0.001 * RATE / TICK as f32).round() as usize;
        // 63 % of 15 dB; the mean of 2 ms comes on top.
        let gain = run(&mut cells, 0.0, ticks(22.0));
        assert!((gain + 15.0 * 0.632).abs() < 0.5, "{gain}");
        run(&mut cells, 0.0, 6000);
        // The mean falls from 0 dB to the threshold's knee within 11 ms.
        let gain = run(&mut cells, -60.0, ticks(206.0));
        assert!((gain + 15.0 * 0.368).abs() < 0.5, "{gain}");
    }

    #[test]
    fn a_ratio_of_one_is_exactly_nothing() {
        let mut cells = Compressors::new(RATE);
        cells.set(0, &Dynamics::OFF);
        assert_eq!(cells.tick(power(0.0), F8::ZERO), [1.0; CELLS]);
        cells.set(1, &TABLE);
        assert_eq!(cells.tick(power(0.0), F8::ZERO)[0], 1.0);
    }
}
