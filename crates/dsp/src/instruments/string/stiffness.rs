//! Stiffness in the loop of a string: its upper partials go round sooner and stand sharp of the harmonics.
//!
//! Two all-passes of the first order in a row, whose phase 2 atan(r tan(w / 2)) is known, so that r follows from the
//! stiffness and the period, and what they hold back the fundamental is taken from the delay.
//!
//! Reference: H. Fletcher, "Normal vibration frequencies of a stiff piano string", 1964 (partial n at n √(1 + B n²));
//! J. Rauhala, V. Välimäki, "Tunable dispersion filter design for piano synthesis", 2006 (all-passes of one
//! coefficient in closed form; r here is that of the first terms of the phase, not their fit).

use core::f32::consts::PI;

use crate::damping::Damping;
use crate::math::{F8, Row};

const STAGES: usize = 2;
/// The partial at which the phase is right: below it errs by tenths of a cent, far above it partials rise more slowly.
const MATCHED: f32 = 6.6;
/// Smallest pole worth its cost.
///
/// Measured: less moves no partial of a steel string under 6 kHz by more than a cent.
const LEAST: f32 = 0.03;

/// What a stiff string adds to its loop.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Stiffness {
    /// 0: none.
    pole: f32,
    stages: [Damping; STAGES],
}

impl Stiffness {
    /// Takes the stiffness B for a pitch. Returns the samples that the fundamental is held back; of a loop that has
    /// no room for them, or of a string as soft as gut, none.
    pub(super) fn aim(&mut self, b: f32, hz: f32, rate: f32, shortest: f32) -> f32 {
        let period = rate / hz;
        let r = ratio(b, period);
        let half = PI * hz / rate;
        let late = STAGES as f32 * (r * half.tan()).atan() / half;
        let pole = (r - 1.0) / (r + 1.0);
        if pole < LEAST || period - late < shortest {
            self.pole = 0.0;
            return 0.0;
        }
        self.pole = pole;
        for stage in &mut self.stages {
            stage.set_pole(pole, 1.0);
        }
        late
    }
    /// It changes what goes round.
    pub(super) fn is_on(&self) -> bool {
        self.pole > 0.0
    }
    /// At control ticks.
    pub(super) fn settle(&mut self) {
        for stage in &mut self.stages {
            stage.settle();
        }
    }
    /// The first `frames` samples of what goes round.
    #[inline(always)]
    pub(super) fn process(&mut self, row: Row, frames: usize) -> Row {
        // (z⁻¹ − p) / (1 − p z⁻¹) by a low-pass of gain 1: what is low passes as it is while the pole moves.
        let (low, straight) = (
            F8::splat((1.0 + self.pole) / self.pole),
            F8::splat(-1.0 / self.pole),
        );
        let mut row = row;
        for stage in &mut self.stages {
            let smooth = stage.process(&row, frames);
            for n in 0..row.len() {
                row[n] = low.mul_add(smooth[n], straight * row[n]);
            }
        }
        row
    }
}

/// r of the all-passes that hold back partial n by B n² / 2 of a period less than the fundamental.
fn ratio(b: f32, period: f32) -> f32 {
    // The phase's first terms: r³ − r = 6 B period³ / (4 π² stages).
    let share = 1.5 * b / (PI * PI * STAGES as f32);
    // And how much the next one takes away at the partial that shall be right.
    let angle = PI * MATCHED * share.cbrt();
    let wanted = share * period.powi(3) * (1.0 + 0.6 * angle * angle);
    // Newton's way from above.
    let mut r = 1.0 + wanted.cbrt();
    for _ in 0..5 {
        r -= (r * r * r - r - wanted) / (3.0 * r * r - 1.0);
    }
    r
}
