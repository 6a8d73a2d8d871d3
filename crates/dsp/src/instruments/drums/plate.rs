//! Modes of a metal plate: many decaying partials that start at zero and never move.
//!
//! Each is the two-step recurrence of a damped sine, which costs a third of the turning numbers of
//! [`crate::modes`]; it may not glide, and low partials would be out of tune, so it is for metal only.

use core::f32::consts::LN_10;

use crate::math::{F8, Row, TICK, larger};
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
/// Modes side by side: four that lean left, four that lean right.
const WIDTH: usize = 8;
const GROUPS: usize = MODES / WIDTH;

type Bank = [[f32; WIDTH]; GROUPS];

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
    /// Groups from here on are on their way out.
    lively: usize,
    /// How much faster those fall.
    hush: f32,
}

impl Plate {
    pub(crate) const fn silent() -> Plate {
        let zero = [[0.0; WIDTH]; GROUPS];
        Plate {
            last: zero,
            before: zero,
            turn: zero,
            shrink: zero,
            count: 0,
            groups: 0,
            lively: 0,
            hush: 1.0,
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
        // Taste: gone within 30 ms, which is heard as its own end and not as a cut.
        plate.hush = (-3.0 * LN_10 / (0.03 * rate)).exp();
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
        let (g, k) = (self.count / WIDTH, self.count % WIDTH);
        let r = (-3.0 * LN_10 / (t60_s * rate).max(8.0)).exp();
        let (sin, cos) = (core::f32::consts::TAU * hz / rate).sin_cos();
        self.turn[g][k] = 2.0 * r * cos;
        self.shrink[g][k] = -r * r;
        // y[n] = level · r^n · sin(w n), from y[0] = 0.
        self.last[g][k] = 0.0;
        self.before[g][k] = -level * sin / r;
        self.count += 1;
        self.groups = g + 1;
        self.lively = self.groups;
    }
    pub(crate) const fn is_silent(&self) -> bool {
        self.groups == 0
    }
    /// At control ticks: hushes groups that are under `floor`, and drops what has gone.
    pub(crate) fn settle(&mut self, floor: f32) {
        while self.lively > 0 && self.level(self.lively - 1) <= floor {
            self.lively -= 1;
            let hush = F8::splat(self.hush);
            let g = self.lively;
            self.turn[g] = (F8::new(self.turn[g]) * hush).to_array();
            self.shrink[g] = (F8::new(self.shrink[g]) * hush * hush).to_array();
        }
        while self.groups > self.lively && self.level(self.groups - 1) <= 0.02 * floor {
            self.groups -= 1;
        }
    }
    /// The two last samples of a slow sine may both be small near its zero: both and their difference bound it
    /// well enough over two ticks.
    fn level(&self, g: usize) -> f32 {
        let (last, before) = (F8::new(self.last[g]), F8::new(self.before[g]));
        let bound = last.abs() + F8::splat(4.0) * (last - before).abs();
        let [a, b, c, d, e, f, g, h] = bound.to_array();
        larger((a + c) + (b + d), (e + g) + (f + h))
    }
    /// The next samples, up to a tick: what leans left and right.
    #[inline(never)]
    pub(crate) fn render(&mut self, frames: usize) -> [Row; 2] {
        let mut heard = [F8::ZERO; TICK];
        // Told apart so that the compiler knows how long a whole piece is.
        if frames == TICK {
            self.run(&mut heard);
        } else {
            self.run(&mut heard[..frames]);
        }
        let mut sides = [[F8::ZERO; 2]; 2];
        for n in 0..2 {
            let [a, b, c, d, e, f, g, h] =
                F8::transpose(core::array::from_fn(|i| heard[8 * n + i]));
            sides[0][n] = (a + b) + (c + d);
            sides[1][n] = (e + f) + (g + h);
        }
        sides
    }
    #[inline(always)]
    fn run(&mut self, heard: &mut [F8]) {
        // Groups side by side share the walk over the sums.
        match self.groups {
            1 => self.swing::<1>(heard),
            2 => self.swing::<2>(heard),
            3 => self.swing::<3>(heard),
            4 => self.swing::<4>(heard),
            _ => self.swing::<5>(heard),
        }
    }
    /// The sums of the first `N` groups.
    #[inline(always)]
    fn swing<const N: usize>(&mut self, heard: &mut [F8]) {
        let row = |bank: &Bank, n: usize| F8::new(bank[n]);
        let mut last: [F8; N] = core::array::from_fn(|n| row(&self.last, n));
        let mut before: [F8; N] = core::array::from_fn(|n| row(&self.before, n));
        let turn: [F8; N] = core::array::from_fn(|n| row(&self.turn, n));
        let shrink: [F8; N] = core::array::from_fn(|n| row(&self.shrink, n));
        for heard in heard {
            for n in 0..N {
                let next = turn[n].mul_add(last[n], shrink[n] * before[n]);
                (before[n], last[n]) = (last[n], next);
            }
            *heard = last[0];
            for next in &last[1..] {
                *heard += *next;
            }
        }
        for n in 0..N {
            self.last[n] = last[n].to_array();
            self.before[n] = before[n].to_array();
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn groups_that_end_fade_within_thirty_milliseconds() {
        let rate = 48_000.0;
        let mut plate = Plate::new(4, 900.0, 7, rate, |_, _| (0.3, 2.0));
        let mut ending = 0;
        for _ in 0..20_000 {
            plate.settle(1e-3);
            ending += usize::from(plate.lively == 0);
            plate.render(TICK);
            if plate.is_silent() {
                break;
            }
        }
        assert!(plate.is_silent());
        // 34 dB of 60 in 30 ms.
        let least = (0.012 * rate) as usize / TICK;
        assert!((least..90).contains(&ending), "{ending} ticks");
    }
}
