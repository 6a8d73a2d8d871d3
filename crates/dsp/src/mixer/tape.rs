//! Tape on one lane: it runs unevenly, and its hiss comes and goes with what is on it. What tape does to the top,
//! the bottom and to what is loud is done by the strip's own filters and drive, see [`super::strips`].
//!
//! Wow and flutter follow the time since reset and the hiss counts samples, so that all lanes run on one machine
//! and every cut of time sounds alike.
//!
//! Reference: H. Bertram, "Theory of Magnetic Recording" (noise that follows the signal).

use core::f32::consts::TAU;

use crate::math::{TICK, flush, slow_sine};
use crate::noise::hash;
use crate::ramp::Ramp;

/// How late the tape plays in the middle of its swing.
const CENTRE_S: f32 = 0.0018;
/// What moves it: turns a second, and the share of the speed at full amount.
///
/// Taste: a capstan's flutter over a slow wow, together some 9 cents at their worst.
const MOVES: [(f64, f32); 3] = [(0.57, 0.0042), (6.3, 0.0011), (11.7, 0.0004)];
/// Hiss against the level that is on the tape, at full amount. Taste: −38 dB.
const HISS: f32 = 0.0126;
/// How long the hiss stays behind what has ended.
const BEHIND_S: f32 = 0.12;

/// A tape machine's track.
pub(super) struct Tape {
    lines: [Box<[f32]>; 2],
    write: usize,
    tap: Ramp,
    share: Ramp,
    hiss: Ramp,
    level: f32,
    keep: f32,
    /// Sample since reset at the last tick.
    sample: u64,
    rate: f32,
    on: bool,
}

impl Tape {
    pub(super) fn new(rate: f32) -> Tape {
        let length = ((2.0 * CENTRE_S * rate) as usize + TICK).next_power_of_two();
        Tape {
            lines: [(); 2].map(|()| vec![0.0; length].into_boxed_slice()),
            write: 0,
            tap: Ramp::at(CENTRE_S * rate),
            share: Ramp::at(0.0),
            hiss: Ramp::at(0.0),
            level: 0.0,
            keep: (-(TICK as f32) / (BEHIND_S * rate)).exp(),
            sample: 0,
            rate,
            on: false,
        }
    }
    pub(super) fn reset(&mut self) {
        self.clear();
        self.write = 0;
        self.tap = Ramp::at(CENTRE_S * self.rate);
        self.share = Ramp::at(0.0);
        self.on = false;
    }
    /// Forgets what it holds.
    pub(super) fn clear(&mut self) {
        for line in &mut self.lines {
            line.fill(0.0);
        }
        self.hiss = Ramp::at(0.0);
        self.level = 0.0;
    }
    pub(super) const fn is_on(&self) -> bool {
        self.on
    }
    /// `power`: mean square of the last tick; `seconds`: time from reset to the next tick.
    pub(super) fn tick(&mut self, amount: f32, power: f32, seconds: f64) {
        if amount > 0.0 && !self.on {
            self.clear();
        }
        self.on = amount > 0.0;
        if !self.on {
            return;
        }
        self.sample = (seconds * f64::from(self.rate)).round() as u64;
        let mut away = 0.0;
        for (hz, share) in MOVES {
            // A swing of the place by d at a speed f bends the pitch by 2π f d.
            away += share / (TAU * hz as f32) * slow_sine(hz, seconds, 0.31 * hz);
        }
        self.tap.aim((CENTRE_S + amount * away) * self.rate, TICK);
        self.share.aim((8.0 * amount).min(1.0), TICK);
        let level = power.sqrt();
        self.level = flush(if level > self.level {
            level
        } else {
            self.keep * self.level
        });
        self.level = if self.level < 1e-6 { 0.0 } else { self.level };
        self.hiss.aim(amount * HISS * self.level, TICK);
    }
    /// In place. `into`: samples since the tick.
    pub(super) fn process(&mut self, pair: &mut [[f32; TICK]; 2], into: usize, frames: usize) {
        let mask = self.lines[0].len() - 1;
        for i in 0..frames {
            let (back, share, hiss) = (self.tap.next(), self.share.next(), self.hiss.next());
            let whole = back as usize;
            let part = back - whole as f32;
            let at = self.write.wrapping_sub(whole);
            let sample = 2 * (self.sample.wrapping_add((into + i) as u64) as u32);
            for (side, x) in pair.iter_mut().enumerate() {
                let line = &mut self.lines[side];
                line[self.write & mask] = flush(x[i]);
                let (near, far) = (line[at & mask], line[at.wrapping_sub(1) & mask]);
                let noise = hash(sample + side as u32) as i32 as f32 * (1.0 / 2_147_483_648.0);
                let wet = near + part * (far - near) + hiss * noise;
                x[i] += share * (wet - x[i]);
            }
            self.write = self.write.wrapping_add(1);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const RATE: f32 = 48_000.0;

    /// What becomes of a signal.
    fn play(amount: f32, seconds: f32, signal: impl Fn(usize) -> f32) -> Vec<f32> {
        let (mut tape, mut power, mut out) = (Tape::new(RATE), 0.0, Vec::new());
        for tick in 0..(seconds * RATE) as usize / TICK {
            let time = ((tick + 1) * TICK) as f64 / f64::from(RATE);
            tape.tick(amount, power, time);
            let x: [f32; TICK] = core::array::from_fn(|i| signal(tick * TICK + i));
            let mut pair = [x; 2];
            tape.process(&mut pair, 0, TICK);
            power = x.iter().map(|x| x * x).sum::<f32>() / TICK as f32;
            out.extend(pair[0]);
        }
        out
    }

    #[test]
    fn pitch_wavers_by_some_cents_and_returns() {
        let out = play(1.0, 4.0, |i| (TAU * 1000.0 * i as f32 / RATE % TAU).sin());
        // Time of every upward crossing; 50 waves at a time.
        let crossings: Vec<f64> = out
            .windows(2)
            .enumerate()
            .filter(|(_, w)| w[0] < 0.0 && w[1] >= 0.0)
            .map(|(i, w)| i as f64 + f64::from(w[0] / (w[0] - w[1])))
            .collect();
        let cents: Vec<f64> = crossings
            .windows(51)
            .skip(50)
            .map(|w| 1200.0 * (50.0 * 48.0 / (w[50] - w[0])).log2())
            .collect();
        let (low, high) = cents
            .iter()
            .fold((0.0f64, 0.0f64), |(l, h), c| (l.min(*c), h.max(*c)));
        assert!((-14.0..-4.0).contains(&low), "{low}");
        assert!((4.0..14.0).contains(&high), "{high}");
    }

    #[test]
    fn hiss_follows_what_is_on_the_tape_and_dies_with_it() {
        // What is constant shows neither wow nor flutter.
        let stop = RATE as usize;
        let out = play(1.0, 3.0, |i| if i < stop { 0.5 } else { 0.0 });
        let noise = |from: usize| {
            let row = &out[from..from + 8000];
            let mean = row.iter().sum::<f32>() / 8000.0;
            let power = row.iter().map(|x| (x - mean).powi(2)).sum::<f32>() / 8000.0;
            10.0 * power.max(1e-20).log10()
        };
        // Noise between −1 and 1 has a third of the power of its peak.
        let wanted = 20.0 * (0.5 * HISS).log10() - 4.77;
        assert!(
            (noise(stop - 9000) - wanted).abs() < 1.0,
            "{}",
            noise(stop - 9000)
        );
        assert!(noise(stop + 9600) < wanted - 12.0);
        assert!(out[out.len() - 100..].iter().all(|x| *x == 0.0));
    }

    #[test]
    fn no_tape_is_exactly_nothing() {
        let mut tape = Tape::new(RATE);
        tape.tick(0.0, 0.1, 0.0);
        assert!(!tape.is_on());
    }
}
