//! The shared delay: echoes that change sides, darker each time. A new time fades in, so that tempo
//! changes do not bend pitch. When nothing is fed and nothing comes back it sleeps.

use crate::damping::Damping;
use crate::math::{F8, Row, TICK, eights, flush8, fused, sounds, whole};
use crate::ramp::Ramp;
use crate::ring::{Ring, room};

/// Shortest time: longer than a piece, so that a piece never reads what it writes.
const SHORTEST_S: f32 = 0.02;
/// Longest time; longer ones are halved until they fit.
const LONGEST_S: f32 = 2.0;
/// How long the change to a new time takes.
const CHANGE_S: f32 = 0.06;
/// Echoes under this level are over: −134 dB.
const SILENT: f32 = 2e-7;

/// A stereo delay.
pub(crate) struct Delay {
    lines: [Ring<{ room(1 << 20) }>; 2],
    write: usize,
    rate: f32,
    now: usize,
    next: usize,
    change: f32,
    change_step: f32,
    wanted: usize,
    feedback: Ramp,
    feedback_target: f32,
    corners: [f32; 2],
    dark: [Damping; 2],
    thin: [Damping; 2],
    asleep: bool,
    fed: bool,
    /// The highest levels of what it said since the tick, by every eighth sample.
    loudest: F8,
    quiet_ticks: u32,
}

impl Delay {
    pub(crate) fn new(rate: f32) -> Delay {
        let line = || Ring::new((LONGEST_S * rate) as usize);
        let mut delay = Delay {
            lines: [line(), line()],
            write: 0,
            rate,
            now: (0.375 * rate) as usize,
            next: 0,
            change: 0.0,
            change_step: 1.0 / (CHANGE_S * rate),
            wanted: (0.375 * rate) as usize,
            feedback: Ramp::at(0.35),
            feedback_target: 0.35,
            corners: [3800.0, 160.0],
            dark: [Damping::default(); 2],
            thin: [Damping::default(); 2],
            asleep: true,
            fed: false,
            loudest: F8::ZERO,
            quiet_ticks: 0,
        };
        delay.reset();
        delay
    }
    pub(crate) fn reset(&mut self) {
        for line in &mut self.lines {
            line.clear();
        }
        self.write = 0;
        self.change = 0.0;
        self.dark = [self.pole(self.corners[0]); 2];
        self.thin = [self.pole(self.corners[1]); 2];
        self.asleep = true;
        self.fed = false;
        self.loudest = F8::ZERO;
        self.quiet_ticks = 0;
    }
    fn pole(&self, hz: f32) -> Damping {
        let mut pole = Damping::default();
        pole.set_corner(hz, self.rate);
        pole
    }
    /// Where each echo loses its top and its bottom.
    pub(crate) fn set_tone(&mut self, damp_hz: f32, low_cut_hz: f32) {
        let corners = [
            damp_hz.clamp(200.0, 20_000.0),
            low_cut_hz.clamp(10.0, 2000.0),
        ];
        if corners == self.corners {
            return;
        }
        self.corners = corners;
        let [dark, thin] = corners.map(|hz| self.pole(hz));
        for side in 0..2 {
            self.dark[side].take_corner(&dark);
            self.thin[side].take_corner(&thin);
        }
    }
    pub(crate) fn set(&mut self, seconds: f32, feedback: f32, at_once: bool) {
        let mut seconds = if seconds.is_finite() {
            seconds.max(SHORTEST_S)
        } else {
            0.375
        };
        while seconds > LONGEST_S {
            seconds *= 0.5;
        }
        self.wanted = (seconds * self.rate) as usize;
        self.feedback_target = if feedback.is_finite() {
            feedback.clamp(0.0, 0.9)
        } else {
            0.0
        };
        if at_once {
            self.now = self.wanted;
            self.change = 0.0;
            self.feedback.hold(self.feedback_target);
        }
    }
    pub(crate) fn tick(&mut self) {
        if self.asleep {
            // Nobody hears it change.
            self.now = self.wanted;
            self.change = 0.0;
            self.feedback.hold(self.feedback_target);
            return;
        }
        if self.fed || self.loudest.simd_ge(F8::splat(SILENT)).any() {
            self.quiet_ticks = 0;
        } else {
            self.quiet_ticks += 1;
            self.asleep = self.quiet_ticks > 2 + (self.now.max(self.wanted) / TICK) as u32;
        }
        self.fed = false;
        self.loudest = F8::ZERO;
        if self.change == 0.0 && self.wanted != self.now {
            self.next = self.wanted;
            self.change = 1e-6;
        }
        self.feedback.aim(self.feedback_target, TICK);
        for pole in self.dark.iter_mut().chain(&mut self.thin) {
            pole.settle();
        }
    }
    /// `input` in, echoes added to `out`. `into`: samples since the tick.
    pub(crate) fn process(
        &mut self,
        input: &[[f32; TICK]; 2],
        out: &mut [[f32; TICK]; 2],
        into: usize,
        frames: usize,
    ) {
        let fed = input.iter().any(sounds);
        if self.asleep {
            if !fed {
                return;
            }
            self.asleep = false;
            self.quiet_ticks = 0;
            if into > 0 {
                // As if it had been awake since the tick, so that no cut of time shows.
                let nothing = [[0.0; TICK]; 2];
                self.process(&nothing, &mut [[0.0; TICK]; 2], 0, into);
            }
        }
        self.fed |= fed;
        if frames == TICK {
            self.run(input, out, TICK);
        } else {
            self.run(input, out, frames);
        }
    }
    #[inline(always)]
    fn run(&mut self, input: &[[f32; TICK]; 2], out: &mut [[f32; TICK]; 2], frames: usize) {
        let echoes = self.echoes(frames);
        let mut feedback = [F8::splat(self.feedback.value()); TICK / 8];
        if self.feedback.step() != 0.0 {
            let mut moving = [0.0; TICK];
            for gain in &mut moving[..frames] {
                *gain = self.feedback.next();
            }
            feedback = eights(&moving);
        }
        let (left, right) = (eights(&input[0]), eights(&input[1]));
        for side in 0..2 {
            // The first echo comes on the left, its answer on the right, each darker and thinner.
            let back = self.dark[side].process(&echoes[1 - side], frames);
            let low = self.thin[side].process(&back, frames);
            let next = core::array::from_fn(|n| {
                let back = back[n] - low[n];
                flush8(if side == 0 {
                    feedback[n].mul_add(back, F8::splat(0.5) * (left[n] + right[n]))
                } else {
                    larger_half(feedback[n]) * back
                })
            });
            self.lines[side].write(self.write, &whole(next), frames);
        }
        for side in 0..2 {
            let mut echo = whole(echoes[side]);
            echo[frames..].fill(0.0);
            let (old, new) = (eights(&out[side]), eights(&echo));
            let highest = new[0].abs().fast_max(new[1].abs());
            self.loudest = self.loudest.fast_max(highest);
            out[side] = whole(core::array::from_fn(|n| old[n] + new[n]));
        }
        self.write = self.write.wrapping_add(frames);
    }
    /// What comes back over a piece, left and right.
    #[inline(always)]
    fn echoes(&mut self, frames: usize) -> [Row; 2] {
        let read = |back: usize| {
            let at = self.write.wrapping_sub(back);
            [0, 1].map(|side| eights(self.lines[side].read(at)))
        };
        let echoes = read(self.now);
        if self.change == 0.0 {
            return echoes;
        }
        let mut mixed = echoes.map(whole);
        let new = read(self.next).map(whole);
        for i in 0..frames {
            // All the way there from where the change ends.
            let share = if self.change > 0.0 { self.change } else { 1.0 };
            for side in 0..2 {
                let distance = new[side][i] - mixed[side][i];
                mixed[side][i] = if share < 1.0 {
                    fused(share, distance, mixed[side][i])
                } else {
                    new[side][i]
                };
            }
            if self.change > 0.0 {
                self.change += self.change_step;
                if self.change >= 1.0 {
                    self.change = 0.0;
                    self.now = self.next;
                }
            }
        }
        mixed.map(|side| eights(&side))
    }
}

/// The answer on the other side keeps most of the level: halfway between the feedback and 1.
fn larger_half(feedback: F8) -> F8 {
    let half = F8::splat(0.5);
    half.mul_add(feedback, half) & feedback.simd_gt(F8::ZERO)
}
