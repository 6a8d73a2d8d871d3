//! A turning speaker: a horn above 800 Hz, a drum below, two microphones.
//!
//! Horn and drum come nearer and go away: that moves their pitch, their level and, for the horn, its
//! brightness. Both take their time to change speed.
//!
//! Reference: J. Smith, S. Serafin, J. Abel, D. Berners, "Doppler simulation and the Leslie".

use crate::filters::Svf;
use crate::math::{F4, flush, sine};
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
        // Both sides of the horn, both sides of the drum.
        let (horn, drum) = (&mut self.horn, &mut self.drum);
        let mut taps = Four::of([&horn.taps[0], &horn.taps[1], &drum.taps[0], &drum.taps[1]]);
        let mut levels = Four::of([
            &horn.levels[0],
            &horn.levels[1],
            &drum.levels[0],
            &drum.levels[1],
        ]);
        let mask = horn.line.len() - 1;
        for (l, r) in left.iter_mut().zip(right) {
            let (low, band, high) = self.split.next(0.5 * (*l + *r));
            // Low and high with the band between them: together what came in.
            horn.line[self.write & mask] = flush(high + 0.5 * band);
            drum.line[self.write & mask] = flush(low + 0.5 * band);
            let whole = taps.value.fast_trunc_int();
            let part = taps.value - F4::from_i32x4(whole);
            let at = whole
                .to_array()
                .map(|back| self.write.wrapping_sub(back as usize));
            let row = |k: usize, late: usize| {
                let line = if k < 2 { &horn.line } else { &drum.line };
                line[at[k].wrapping_sub(late) & mask]
            };
            let near = F4::new([row(0, 0), row(1, 0), row(2, 0), row(3, 0)]);
            let far = F4::new([row(0, 1), row(1, 1), row(2, 1), row(3, 1)]);
            let [a, b, c, d] = (levels.value * (near + part * (far - near))).to_array();
            taps.value += taps.step;
            levels.value += levels.step;
            self.write = self.write.wrapping_add(1);
            let share = self.share.next();
            *l += share * (a + c - *l);
            *r += share * (b + d - *r);
        }
        let [a, b, c, d] = taps.value.to_array();
        horn.taps = [horn.taps[0].moved(a), horn.taps[1].moved(b)];
        drum.taps = [drum.taps[0].moved(c), drum.taps[1].moved(d)];
        let [a, b, c, d] = levels.value.to_array();
        horn.levels = [horn.levels[0].moved(a), horn.levels[1].moved(b)];
        drum.levels = [drum.levels[0].moved(c), drum.levels[1].moved(d)];
    }
}

/// Four ramps side by side.
struct Four {
    value: F4,
    step: F4,
}

impl Four {
    fn of(ramps: [&Ramp; 4]) -> Four {
        Four {
            value: F4::new(ramps.map(Ramp::value)),
            step: F4::new(ramps.map(Ramp::step)),
        }
    }
}
