//! Modes of a metal plate: many decaying partials that start at zero and never move.
//!
//! Each is the two-step recurrence of a damped sine, which costs a third of the turning numbers of
//! [`crate::modes`]; it may not glide, and low partials would be out of tune, so it is for metal only.

use core::f32::consts::LN_10;

use crate::math::{F4, TICK, sum};
use crate::noise::chance;

/// Modes of a domed plate as factors of the lowest.
///
/// Reference: Chladni's law f ∝ (m + b n)^p, which T. Rossing and R. Peterson ("Vibrations of plates, gongs
/// and cymbals", 1982) found to hold for cymbals too. Taste: p = 1.45, b = 2.3, near neighbours thinned out.
const RATIOS: [f32; MODES] = [
    1.000, 1.225, 1.800, 2.067, 2.732, 3.034, 3.346, 3.776, 4.109, 4.450, 4.918, 5.279, 5.647,
    6.023, 6.150, 6.536, 6.929, 7.329, 7.874, 8.712, 9.141, 9.723, 10.167, 10.768, 11.225, 11.845,
    12.316, 12.793, 13.438, 13.763, 15.940, 16.803, 18.931, 20.393, 21.323, 23.802, 26.164, 27.370,
    29.418, 30.250,
];
const MODES: usize = 40;
const GROUPS: usize = MODES / 4;

type Bank = [[f32; 4]; GROUPS];

/// A plate that sounds.
#[derive(Clone, Debug)]
pub(crate) struct Plate {
    last: Bank,
    before: Bank,
    /// 2 r cos w and −r².
    turn: Bank,
    shrink: Bank,
    count: usize,
    groups: usize,
}

impl Plate {
    pub(crate) const fn silent() -> Plate {
        let zero = [[0.0; 4]; GROUPS];
        Plate {
            last: zero,
            before: zero,
            turn: zero,
            shrink: zero,
            count: 0,
            groups: 0,
        }
    }
    /// The lowest `count` modes above `hz`; `mode(i, hz)` says level and time to fall by 60 dB.
    ///
    /// The plate itself differs from kit to kit (by `seed`), not from stroke to stroke.
    pub(crate) fn new(
        count: usize,
        hz: f32,
        seed: u32,
        rate: f32,
        mut mode: impl FnMut(usize, f32) -> (f32, f32),
    ) -> Plate {
        let mut plate = Plate::silent();
        for (i, ratio) in RATIOS.iter().take(count).enumerate() {
            // Taste: no hammered plate is even.
            let own = hz * ratio * (1.0 + 0.02 * chance(seed, i as u32));
            let (level, t60) = mode(i, own);
            plate.strike(own, t60, level, rate);
        }
        plate
    }
    fn strike(&mut self, hz: f32, t60_s: f32, level: f32, rate: f32) {
        if hz > 0.4 * rate || level < 1e-5 {
            return;
        }
        let (g, k) = (self.count / 4, self.count % 4);
        let r = (-3.0 * LN_10 / (t60_s * rate).max(8.0)).exp();
        let (sin, cos) = (core::f32::consts::TAU * hz / rate).sin_cos();
        self.turn[g][k] = 2.0 * r * cos;
        self.shrink[g][k] = -r * r;
        // y[n] = level · r^n · sin(w n), from y[0] = 0.
        self.last[g][k] = 0.0;
        self.before[g][k] = -level * sin / r;
        self.count += 1;
        self.groups = g + 1;
    }
    pub(crate) const fn is_silent(&self) -> bool {
        self.groups == 0
    }
    /// At control ticks: drops fours that are under `floor`.
    pub(crate) fn settle(&mut self, floor: f32) {
        while self.groups > 0 {
            let g = self.groups - 1;
            // The two last samples of a slow sine may both be small near its zero: both and their
            // difference bound it well enough over two ticks.
            let level: f32 = (0..4)
                .map(|k| self.last[g][k].abs() + 4.0 * (self.last[g][k] - self.before[g][k]).abs())
                .sum();
            if level > floor {
                break;
            }
            self.groups = g;
        }
    }
    /// Adds to two sums, turn about by fours: what leans left and right.
    #[inline(never)]
    pub(crate) fn render(&mut self, even: &mut [f32], odd: &mut [f32]) {
        // Told apart so that the compiler knows how long a whole piece is.
        match (even.as_mut_array::<TICK>(), odd.as_mut_array::<TICK>()) {
            (Some(even), Some(odd)) => self.run(even, odd),
            _ => self.run(even, odd),
        }
    }
    #[inline(always)]
    fn run(&mut self, even: &mut [f32], odd: &mut [f32]) {
        let frames = even.len().min(TICK);
        for (side, out) in [even, odd].into_iter().enumerate() {
            let mut sums = [F4::ZERO; TICK];
            let mut g = side;
            // Two fours at a time share the walk over the sums.
            while g + 2 < self.groups {
                let (mut a1, mut a2) = (F4::new(self.last[g]), F4::new(self.before[g]));
                let (mut b1, mut b2) = (F4::new(self.last[g + 2]), F4::new(self.before[g + 2]));
                let (at, ash) = (F4::new(self.turn[g]), F4::new(self.shrink[g]));
                let (bt, bsh) = (F4::new(self.turn[g + 2]), F4::new(self.shrink[g + 2]));
                for sums in sums[..frames].iter_mut() {
                    let (a, b) = (at * a1 + ash * a2, bt * b1 + bsh * b2);
                    *sums += a + b;
                    (a2, a1) = (a1, a);
                    (b2, b1) = (b1, b);
                }
                (self.last[g], self.before[g]) = (a1.to_array(), a2.to_array());
                (self.last[g + 2], self.before[g + 2]) = (b1.to_array(), b2.to_array());
                g += 4;
            }
            if g < self.groups {
                let (mut a1, mut a2) = (F4::new(self.last[g]), F4::new(self.before[g]));
                let (at, ash) = (F4::new(self.turn[g]), F4::new(self.shrink[g]));
                for sums in sums[..frames].iter_mut() {
                    let a = at * a1 + ash * a2;
                    *sums += a;
                    (a2, a1) = (a1, a);
                }
                (self.last[g], self.before[g]) = (a1.to_array(), a2.to_array());
            }
            for (out, of) in out[..frames].iter_mut().zip(sums) {
                *out += sum(of);
            }
        }
    }
}
