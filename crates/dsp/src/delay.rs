//! The shared delay: echoes that change sides, darker each time. A new time fades in, so that tempo
//! changes do not bend pitch. When nothing is fed and nothing comes back it sleeps.

use crate::filters::OnePole;
use crate::math::{TICK, flush, larger, peak, sounds};
use crate::ramp::Ramp;

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
    corners: [f32; 2],
    dark: [OnePole; 2],
    thin: [OnePole; 2],
    asleep: bool,
    fed: bool,
    loudest: f32,
    quiet_ticks: u32,
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
            corners: [3800.0, 160.0],
            dark: [OnePole::default(); 2],
            thin: [OnePole::default(); 2],
            asleep: true,
            fed: false,
            loudest: 0.0,
            quiet_ticks: 0,
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
        self.dark = [OnePole::new(self.corners[0], self.rate); 2];
        self.thin = [OnePole::new(self.corners[1], self.rate); 2];
        self.asleep = true;
        self.fed = false;
        self.loudest = 0.0;
        self.quiet_ticks = 0;
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
        for (poles, hz) in [&mut self.dark, &mut self.thin].into_iter().zip(corners) {
            let corner = OnePole::new(hz, self.rate);
            for pole in poles {
                pole.take_corner(&corner);
            }
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
        if self.fed || self.loudest >= SILENT {
            self.quiet_ticks = 0;
        } else {
            self.quiet_ticks += 1;
            self.asleep = self.quiet_ticks > 2 + (self.now.max(self.wanted) / TICK) as u32;
        }
        self.fed = false;
        self.loudest = 0.0;
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
        let mask = self.lines[0].len() - 1;
        let mut echoes = [[0.0f32; TICK]; 2];
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
                echoes[side][i] = echo[side];
            }
            self.write = self.write.wrapping_add(1);
        }
        for (out, echo) in out.iter_mut().zip(&echoes) {
            self.loudest = larger(self.loudest, peak(echo));
            for i in 0..TICK {
                out[i] += echo[i];
            }
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
