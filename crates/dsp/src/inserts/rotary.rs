//! A turning speaker: a horn above 800 Hz, a drum below, two microphones.
//!
//! Horn and drum come nearer and go away: that moves their pitch, their level and, for the horn, its
//! brightness. Both take their time to change speed.
//!
//! Reference: J. Smith, S. Serafin, J. Abel, D. Berners, "Doppler simulation and the Leslie".

use crate::filters::Svf;
use crate::math::{flush, sine};
use crate::ramp::{Fall, Ramp};

/// Samples of each rotor's line at 48 kHz; enough for the way round it.
const LINE_S: f32 = 0.004;
/// Radii as times: 19 cm and 15 cm at the speed of sound.
const HORN_S: f32 = 0.00056;
const DRUM_S: f32 = 0.00030;
/// Reference: the drum turns at 5/6 of the horn's fast speed.
const DRUM_SHARE: f32 = 0.83;
const CROSSOVER_HZ: f32 = 800.0;

/// One rotor.
struct Rotor {
    line: Box<[f32]>,
    turns: f32,
    speed_hz: f32,
    inertia: Fall,
    radius: f32,
    depth: f32,
    taps: [Ramp; 2],
    levels: [Ramp; 2],
}

impl Rotor {
    fn new(rate: f32, radius_s: f32, depth: f32, inertia_s: f32) -> Rotor {
        let length = ((LINE_S * rate) as usize).next_power_of_two();
        Rotor {
            line: vec![0.0; length].into_boxed_slice(),
            turns: 0.0,
            speed_hz: 0.0,
            inertia: Fall::tau(inertia_s, rate),
            radius: radius_s * rate,
            depth,
            taps: [Ramp::at(2.0 * radius_s * rate); 2],
            levels: [Ramp::at(1.0); 2],
        }
    }
    fn tick(&mut self, wanted_hz: f32, rate: f32, frames: usize) {
        if self.speed_hz == 0.0 {
            self.speed_hz = wanted_hz;
        }
        self.speed_hz = wanted_hz + (self.speed_hz - wanted_hz) * self.inertia.over(frames);
        self.turns += self.speed_hz * frames as f32 / rate;
        self.turns -= self.turns.floor();
        for side in 0..2 {
            // The microphones stand a third of a turn apart.
            let near = sine(self.turns + side as f32 / 3.0);
            self.taps[side].aim(self.radius * (1.6 - near), frames);
            self.levels[side].aim(1.0 + self.depth * near, frames);
        }
    }
    #[inline(always)]
    fn next(&mut self, x: f32, write: usize) -> [f32; 2] {
        let mask = self.line.len() - 1;
        self.line[write & mask] = flush(x);
        let mut out = [0.0; 2];
        for side in 0..2 {
            let back = self.taps[side].next();
            let whole = back as usize;
            let part = back - whole as f32;
            let at = write.wrapping_sub(whole);
            let (a, b) = (self.line[at & mask], self.line[at.wrapping_sub(1) & mask]);
            out[side] = self.levels[side].next() * (a + part * (b - a));
        }
        out
    }
}

/// A turning speaker.
pub(super) struct Rotary {
    split: Svf,
    horn: Rotor,
    drum: Rotor,
    write: usize,
    share: Ramp,
    amount: f32,
    speed_hz: f32,
    rate: f32,
    on: bool,
}

impl Rotary {
    pub(super) fn new(rate: f32) -> Rotary {
        Rotary {
            split: Svf::new(CROSSOVER_HZ, 1.414, rate),
            // Taste: microphones near enough for a tremolo of some 6 dB.
            horn: Rotor::new(rate, HORN_S, 0.42, 0.35),
            drum: Rotor::new(rate, DRUM_S, 0.28, 1.1),
            write: 0,
            share: Ramp::at(0.0),
            amount: 0.0,
            speed_hz: 0.8,
            rate,
            on: false,
        }
    }
    pub(super) fn reset(&mut self) {
        self.clear();
        for rotor in [&mut self.horn, &mut self.drum] {
            rotor.turns = 0.0;
            rotor.speed_hz = 0.0;
            rotor.taps = [Ramp::at(1.6 * rotor.radius); 2];
            rotor.levels = [Ramp::at(1.0); 2];
        }
        self.write = 0;
        self.share = Ramp::at(0.0);
        self.amount = 0.0;
        self.on = false;
    }
    pub(super) fn clear(&mut self) {
        self.split = Svf::new(CROSSOVER_HZ, 1.414, self.rate);
        self.horn.line.fill(0.0);
        self.drum.line.fill(0.0);
    }
    pub(super) fn set(&mut self, amount: f32, speed_hz: f32) {
        self.amount = amount;
        self.speed_hz = speed_hz;
        if amount > 0.0 && !self.on {
            self.on = true;
            self.clear();
        }
    }
    pub(super) const fn is_on(&self) -> bool {
        self.on
    }
    pub(super) fn tick(&mut self, frames: usize) {
        if !self.on {
            return;
        }
        self.horn.tick(self.speed_hz, self.rate, frames);
        self.drum
            .tick(DRUM_SHARE * self.speed_hz, self.rate, frames);
        self.split.settle();
        let distance = self.amount - self.share.value();
        if distance.abs() < 1e-4 {
            self.share.hold(self.amount);
            self.on = self.amount > 0.0;
        } else {
            self.share.aim(self.share.value() + 0.03 * distance, frames);
        }
    }
    pub(super) fn process(&mut self, left: &mut [f32], right: &mut [f32]) {
        for (l, r) in left.iter_mut().zip(right) {
            let (low, band, high) = self.split.next(0.5 * (*l + *r));
            // Low and high with the band between them: together what came in.
            let horn = self.horn.next(high + 0.5 * band, self.write);
            let drum = self.drum.next(low + 0.5 * band, self.write);
            self.write = self.write.wrapping_add(1);
            let share = self.share.next();
            *l += share * (horn[0] + drum[0] - *l);
            *r += share * (horn[1] + drum[1] - *r);
        }
    }
}
