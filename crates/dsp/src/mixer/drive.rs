//! Saturation of a quad, two stereo signals side by side, at twice the sample rate, so that its overtones do not
//! fold back.
//!
//! Reference: R. Valenzuela, A. Constantinides, "Digital signal processing schemes for efficient
//! interpolation and decimation" (half-band filters as two chains of all-passes).

mod course;

use self::course::Course;
use super::bank::Quad;
use crate::math::{F4, F8, TICK, flush8};

/// All-passes of the two branches.
///
/// Measured: an elliptic half-band filter of order 9; flat to 0.2 of the doubled rate, −70 dB from 0.3 on.
const BRANCHES: [[f32; 2]; 2] = [[0.079_941_22, 0.545_577_5], [0.284_039_17, 0.834_543_7]];

/// Both branches side by side: the quad in the first, the quad in the second; two all-passes of the first order in
/// a row.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
struct Branches {
    x: [F8; 2],
    y: [F8; 2],
}

/// Coefficients of both branches by stage.
const STAGES: [[f32; 8]; 2] = {
    let [a, b] = BRANCHES;
    [
        [a[0], a[0], a[0], a[0], b[0], b[0], b[0], b[0]],
        [a[1], a[1], a[1], a[1], b[1], b[1], b[1], b[1]],
    ]
};

impl Branches {
    #[inline(always)]
    fn next(&mut self, x: F8) -> F8 {
        let mut v = x;
        for n in 0..2 {
            let c = F8::new(STAGES[n]);
            // c (v − y') + x', with what does not wait for the last answer first.
            let y = c.mul_neg_add(self.y[n], c.mul_add(v, self.x[n]));
            self.x[n] = v;
            self.y[n] = y;
            v = y;
        }
        v
    }
    fn states(&mut self) -> impl Iterator<Item = &mut F8> {
        self.x.iter_mut().chain(&mut self.y)
    }
}

/// The same quad for both branches.
#[inline(always)]
fn both([a, b, c, d]: Quad) -> F8 {
    F8::new([a, b, c, d, a, b, c, d])
}

/// The curve: slope 1 at zero, ±1 from ±3 on; see [`crate::math::soft_clip`], of which it is another form,
/// x/9 + 8/3 · x / (3 + x²).
#[derive(Clone, Copy, Debug)]
struct Curve {
    /// Gain into it, and what becomes of its two terms and of what goes past it.
    into: Quad,
    straight: Quad,
    bent: Quad,
    past: Quad,
}

impl Curve {
    /// Of gain into the curve, gain after it and share. The branches' sum is twice the signal.
    #[inline(always)]
    fn of(into: F4, after: F4, share: F4) -> Curve {
        let after = share * after;
        Curve {
            into: into.to_array(),
            straight: (F4::splat(0.5 / 9.0) * after).to_array(),
            bent: (F4::splat(0.5 * 8.0 / 3.0) * after).to_array(),
            past: (F4::splat(0.5) - F4::splat(0.5) * share).to_array(),
        }
    }
    #[inline(always)]
    fn drive(&self, two: F8) -> F8 {
        let [into, straight, bent, past] =
            [self.into, self.straight, self.bent, self.past].map(both);
        // In this order, so that what is not a number stays none.
        let x = F8::splat(3.0).fast_min(F8::splat(-3.0).fast_max(into * two));
        let round = x / x.mul_add(x, F8::splat(3.0));
        bent.mul_add(round, straight.mul_add(x, past * two))
    }
}

/// What drives the two stereo signals of a quad, its pairs.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Drive {
    up: Branches,
    down: Branches,
    courses: [Course; 2],
    /// Where no course moves.
    curve: Curve,
    /// Nothing is held.
    empty: bool,
    ticks: u32,
}

/// Ticks after which what has become too small is dropped: sooner than it becomes slow to compute with.
pub(crate) const SETTLE: u32 = 8;

impl Drive {
    pub(crate) fn new() -> Drive {
        let mut drive = Drive {
            up: Branches::default(),
            down: Branches::default(),
            courses: [Course::new(); 2],
            curve: Curve::of(F4::ONE, F4::ONE, F4::ZERO),
            empty: true,
            ticks: 0,
        };
        drive.draw();
        drive
    }
    /// Of a pair: gain into the curve, gain after it, share of it; a share of 0 is exactly nothing.
    pub(crate) fn set(&mut self, pair: usize, into: f32, after: f32, share: f32) {
        self.courses[pair].set(into, after, share);
    }
    /// Takes a pair's settings over at once.
    pub(crate) fn snap(&mut self, pair: usize) {
        self.courses[pair].snap();
        self.clear(pair);
        self.draw();
    }
    /// Forgets what a pair holds.
    pub(crate) fn clear(&mut self, pair: usize) {
        let other = F8::new(core::array::from_fn(|k| {
            if k / 2 % 2 == pair { 0.0 } else { 1.0 }
        }));
        let kept = other.simd_eq(F8::ONE);
        for state in self.up.states().chain(self.down.states()) {
            *state &= kept;
        }
        self.look();
    }
    fn look(&mut self) {
        self.empty = self.up == Branches::default() && self.down == Branches::default();
    }
    pub(crate) fn tick(&mut self) {
        let mut moved = false;
        for pair in 0..2 {
            let was_on = self.courses[pair].is_on();
            moved |= self.courses[pair].tick();
            if !was_on && self.courses[pair].is_on() {
                self.clear(pair);
            }
        }
        if !self.is_on() {
            return;
        }
        if moved {
            self.draw();
        }
        self.ticks = self.ticks.wrapping_add(1);
        if self.ticks.is_multiple_of(SETTLE) {
            for state in self.up.states().chain(self.down.states()) {
                *state = flush8(*state);
            }
            self.look();
        }
    }
    /// The curve as it stands.
    fn draw(&mut self) {
        self.curve = self.at(0).0;
    }
    /// The curve and the share of the detour so many samples after the tick.
    #[inline(always)]
    fn at(&self, into: usize) -> (Curve, F4) {
        let [first, second] = &self.courses;
        let value = |n: usize| {
            let [a, b] = [first, second].map(|course| course.lines[n].at(into));
            F4::new([a, a, b, b])
        };
        (Curve::of(value(0), value(1), value(2)), value(3))
    }
    pub(crate) fn is_on(&self) -> bool {
        self.courses[0].is_on() || self.courses[1].is_on()
    }
    /// In place, both pairs of a quad. `into`: samples since the tick.
    pub(crate) fn process(&mut self, block: &mut [Quad], into: usize) {
        if self.empty && block.iter().all(|x| *x == [0.0; 4]) {
            // Of silence comes silence, wherever the settings are.
            return;
        }
        self.empty = false;
        let stands = self.courses.iter().all(Course::stands);
        let [first, second] = self.courses.each_ref().map(Course::is_on);
        match (stands, first, second) {
            (true, true, true) => self.part::<FIRST, SECOND>(block, into),
            (true, true, false) => self.part::<FIRST, OFF>(block, into),
            (true, ..) => self.part::<OFF, SECOND>(block, into),
            (false, ..) => self.run::<MOVES, MOVES>(block, into),
        }
    }
    /// Told apart so that the compiler knows how long a whole piece is.
    #[inline(always)]
    fn part<const A: u8, const B: u8>(&mut self, block: &mut [Quad], into: usize) {
        match block.as_mut_array::<TICK>() {
            Some(whole) => self.run::<A, B>(whole, into),
            None => self.run::<A, B>(block, into),
        }
    }
    /// What either pair does is said beforehand, since to choose by a mask is slow.
    #[inline(always)]
    fn run<const A: u8, const B: u8>(&mut self, block: &mut [Quad], into: usize) {
        let (mut up, mut down, still) = (self.up, self.down, self.curve);
        for (i, x) in block.iter_mut().enumerate() {
            // Even samples in the first branch, odd samples in the second.
            let two = up.next(both(*x));
            let (curve, detour) = if A == MOVES {
                self.at(into + i)
            } else {
                (still, F4::ONE)
            };
            let [a, b, c, d, e, f, g, h] = curve.drive(two).to_array();
            let [a, b, c, d, e, f, g, h] = down.next(F8::new([e, f, g, h, a, b, c, d])).to_array();
            let wet = F4::new([a, b, c, d]) + F4::new([e, f, g, h]);
            if A == MOVES {
                let dry = F4::new(*x);
                *x = detour.mul_add(wet - dry, dry).to_array();
                continue;
            }
            let wet = wet.to_array();
            if A == FIRST {
                (x[0], x[1]) = (wet[0], wet[1]);
            }
            if B == SECOND {
                (x[2], x[3]) = (wet[2], wet[3]);
            }
        }
        self.up = up;
        self.down = down;
    }
}

/// What a pair does over a piece: nothing, it is driven, or something is on its way, or its detour is not the whole
/// way.
const OFF: u8 = 0;
const FIRST: u8 = 1;
const SECOND: u8 = 2;
const MOVES: u8 = 3;

#[cfg(test)]
mod tests {
    use super::*;

    const RATE: f64 = 48_000.0;

    /// A sine driven hard: the level of its harmonics and the loudest that is none of them, below 16 kHz,
    /// in dB against the fundamental.
    fn spectrum(bin: usize) -> (f64, f64) {
        const N: usize = 8192;
        let mut drive = Drive::new();
        drive.set(0, 6.0, 1.6 / 6.6, 1.0);
        drive.snap(0);
        let mut out = Vec::new();
        for tick in 0..2 * N / TICK {
            drive.tick();
            let mut block = [[0.0; 4]; TICK];
            for (i, x) in block.iter_mut().enumerate() {
                let turns = (bin * (tick * TICK + i)) as f64 / N as f64;
                x[0] = (0.5 * (std::f64::consts::TAU * turns).sin()) as f32;
            }
            drive.process(&mut block, 0);
            out.extend(block.map(|x| x[0]));
        }
        let power = |k: usize| {
            let (mut re, mut im) = (0.0, 0.0);
            for (i, x) in out[N..].iter().enumerate() {
                let turns = std::f64::consts::TAU * ((k * i) % N) as f64 / N as f64;
                re += f64::from(*x) * turns.cos();
                im += f64::from(*x) * turns.sin();
            }
            10.0 * (re * re + im * im + 1e-20).log10()
        };
        let whole = power(bin);
        let (mut harmonics, mut others) = (-200.0f64, -200.0f64);
        for n in 2..120 {
            // Where the harmonic is, or where it would fold to.
            let k = n * bin % N;
            let k = k.min(N - k);
            if k == bin || k as f64 > 16_000.0 / RATE * N as f64 {
                continue;
            }
            let level = power(k) - whole;
            if n * bin < N / 2 {
                harmonics = harmonics.max(level);
            } else {
                others = others.max(level);
            }
        }
        (harmonics, others)
    }

    #[test]
    fn overtones_do_not_fold_back() {
        for bin in [151, 357, 715] {
            let (harmonics, others) = spectrum(bin);
            assert!(harmonics > -30.0, "it is driven: {harmonics} dB");
            assert!(others < -60.0, "bin {bin}: {others} dB");
        }
    }

    #[test]
    fn a_drive_of_nothing_is_exactly_nothing() {
        let mut drive = Drive::new();
        drive.set(1, 4.0, 0.5, 0.0);
        drive.snap(1);
        drive.tick();
        assert!(!drive.is_on());
        drive.set(1, 4.0, 0.5, 1.0);
        drive.snap(1);
        drive.tick();
        let mut block = [[0.3, 0.0, 0.8, 0.0]; TICK];
        drive.process(&mut block, 0);
        assert!(block.iter().all(|x| x[0] == 0.3 && x[1] == 0.0));
        assert!(block.iter().any(|x| x[2] != 0.8));
    }
}
