//! The shared delay: echoes that change sides, darker each time. A new time fades in, so that tempo
//! changes do not bend pitch.

use crate::filters::OnePole;
use crate::math::{TICK, flush};
use crate::ramp::Ramp;

/// Shortest time: longer than a piece, so that a piece never reads what it writes.
const SHORTEST_S: f32 = 0.02;
/// Longest time; longer ones are halved until they fit.
const LONGEST_S: f32 = 2.0;
/// How long the change to a new time takes.
const CHANGE_S: f32 = 0.06;

/// A stereo delay.
pub(crate) struct Delay {
    lines: [Box<[f32]>; 2],
    write: usize,
    rate: f32,
    now: usize,
    next: usize,
    change: f32,
    change_step: f32,
    wanted: usize,
    feedback: Ramp,
    feedback_target: f32,
    dark: [OnePole; 2],
    thin: [OnePole; 2],
}

impl Delay {
    pub(crate) fn new(rate: f32) -> Delay {
        let length = ((LONGEST_S * rate) as usize + 64).next_power_of_two();
        let line = || vec![0.0; length].into_boxed_slice();
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
            dark: [OnePole::default(); 2],
            thin: [OnePole::default(); 2],
        };
        delay.reset();
        delay
    }
    pub(crate) fn reset(&mut self) {
        for line in &mut self.lines {
            line.fill(0.0);
        }
        self.write = 0;
        self.change = 0.0;
        self.dark = [OnePole::new(3800.0, self.rate); 2];
        self.thin = [OnePole::new(160.0, self.rate); 2];
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
    pub(crate) fn tick(&mut self, frames: usize) {
        if self.change == 0.0 && self.wanted != self.now {
            self.next = self.wanted;
            self.change = 1e-6;
        }
        self.feedback.aim(self.feedback_target, frames);
        for pole in self.dark.iter_mut().chain(&mut self.thin) {
            pole.settle();
        }
    }
    /// `input` in, echoes added to `out`.
    pub(crate) fn process(
        &mut self,
        input: &[[f32; TICK]; 2],
        out: &mut [[f32; TICK]; 2],
        frames: usize,
    ) {
        let mask = self.lines[0].len() - 1;
        for i in 0..frames {
            let at = self.write.wrapping_sub(self.now) & mask;
            let mut echo = [self.lines[0][at], self.lines[1][at]];
            if self.change > 0.0 {
                let at = self.write.wrapping_sub(self.next) & mask;
                let to = [self.lines[0][at], self.lines[1][at]];
                for (echo, to) in echo.iter_mut().zip(to) {
                    *echo += self.change * (to - *echo);
                }
                self.change += self.change_step;
                if self.change >= 1.0 {
                    self.change = 0.0;
                    self.now = self.next;
                }
            }
            // The first echo comes on the left, its answer on the right, each darker and thinner.
            let feedback = self.feedback.next();
            let gains = [feedback, larger_half(feedback)];
            let send = [0.5 * (input[0][i] + input[1][i]), 0.0];
            for side in 0..2 {
                let back = self.dark[side].low(echo[1 - side]);
                let back = back - self.thin[side].low(back);
                self.lines[side][self.write & mask] = flush(send[side] + gains[side] * back);
                out[side][i] += echo[side];
            }
            self.write = self.write.wrapping_add(1);
        }
    }
}

/// The answer on the other side keeps most of the level: halfway between the feedback and 1.
fn larger_half(feedback: f32) -> f32 {
    if feedback > 0.0 {
        0.5 + 0.5 * feedback
    } else {
        0.0
    }
}
