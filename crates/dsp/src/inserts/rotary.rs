//! A turning speaker: a horn above 800 Hz, a drum below, two microphones.
//!
//! Horn and drum come nearer and go away: that moves their pitch, their level and, for the horn, its
//! brightness. Both take their time to change speed.
//!
//! Reference: J. Smith, S. Serafin, J. Abel, D. Berners, "Doppler simulation and the Leslie".

use crate::filters::Svf;
use crate::math::{F8, Row, TICK, eights, flush8, sine, whole};
use crate::ramp::{Fall, Line};
use crate::ring::{Ring, room};

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
    line: Ring<{ room(1 << 11) }>,
    turns: f32,
    speed_hz: f32,
    inertia: Fall,
    radius: f32,
    depth: f32,
    taps: [Line; 2],
    levels: [Line; 2],
}

impl Rotor {
    fn new(rate: f32, radius_s: f32, depth: f32, inertia_s: f32) -> Rotor {
        Rotor {
            line: Ring::new((LINE_S * rate) as usize),
            turns: 0.0,
            speed_hz: 0.0,
            inertia: Fall::tau(inertia_s, rate),
            radius: radius_s * rate,
            depth,
            taps: [Line::rest(1.6 * radius_s * rate); 2],
            levels: [Line::rest(1.0); 2],
        }
    }
    fn reset(&mut self) {
        self.turns = 0.0;
        self.speed_hz = 0.0;
        self.taps = [Line::rest(1.6 * self.radius); 2];
        self.levels = [Line::rest(1.0); 2];
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
            self.taps[side].aim(self.radius * (1.6 - near));
            self.levels[side].aim(1.0 + self.depth * near);
        }
    }
    /// What one microphone hears of it.
    #[inline(always)]
    fn heard(&self, side: usize, at: usize, into: usize) -> Row {
        // Within a tick a tap moves by less than a sample.
        let heard = self.line.tap(at, &self.taps[side], into);
        let level = self.levels[side].over(into);
        [level[0] * heard[0], level[1] * heard[1]]
    }
}

/// A turning speaker.
pub(super) struct Rotary {
    split: Svf,
    horn: Rotor,
    drum: Rotor,
    /// Samples up to the tick.
    at: usize,
    share: Line,
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
            at: 0,
            share: Line::rest(0.0),
            amount: 0.0,
            speed_hz: 0.8,
            rate,
            on: false,
        }
    }
    pub(super) fn reset(&mut self) {
        self.clear();
        self.horn.reset();
        self.drum.reset();
        self.at = 0;
        self.share = Line::rest(0.0);
        self.amount = 0.0;
        self.on = false;
    }
    pub(super) fn clear(&mut self) {
        self.split = Svf::new(CROSSOVER_HZ, 1.414, self.rate);
        self.horn.line.clear();
        self.drum.line.clear();
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
        self.at = self.at.wrapping_add(TICK);
        self.horn.tick(self.speed_hz, self.rate, frames);
        self.drum
            .tick(DRUM_SHARE * self.speed_hz, self.rate, frames);
        self.split.settle();
        let now = self.share.at(TICK);
        let distance = self.amount - now;
        if distance.abs() < 1e-4 {
            self.share = Line::rest(self.amount);
            self.on = self.amount > 0.0;
        } else {
            self.share.aim(now + 0.03 * distance);
        }
    }
    /// The first `frames` samples, in place. `into`: samples since the tick.
    pub(super) fn process(&mut self, sides: [&mut [f32; TICK]; 2], into: usize, frames: usize) {
        let dry = sides.each_ref().map(|side| eights(side));
        let middle: Row = core::array::from_fn(|n| F8::splat(0.5) * (dry[0][n] + dry[1][n]));
        let (mut high, mut low) = ([0.0; TICK], [0.0; TICK]);
        for (i, x) in whole(middle)[..frames].iter().enumerate() {
            let (under, band, over) = self.split.next(*x);
            // Low and high with the band between them: together what came in.
            (high[i], low[i]) = (over + 0.5 * band, under + 0.5 * band);
        }
        let at = self.at.wrapping_add(into);
        for (rotor, part) in [(&mut self.horn, &high), (&mut self.drum, &low)] {
            let part = eights(part).map(flush8);
            rotor.line.write(at, &whole(part), frames);
        }
        let share = self.share.over(into);
        for (side, (out, dry)) in sides.into_iter().zip(&dry).enumerate() {
            let (horn, drum) = (
                self.horn.heard(side, at, into),
                self.drum.heard(side, at, into),
            );
            let wet = [0, 1].map(|n| dry[n] + share[n] * (horn[n] + drum[n] - dry[n]));
            *out = whole(wet);
            out[frames..].fill(0.0);
        }
    }
}
