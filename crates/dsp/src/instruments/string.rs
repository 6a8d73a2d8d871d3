//! Plucked strings: a loop of delay whose losses and fraction of a sample are one short filter, a pluck at
//! a place, a pickup that listens. The body is the lane's, as all strings share it.
//!
//! Nothing in the loop depends on the last few samples, so that a whole tick is computed side by side.
//! Tied notes of a mono string are hammered on or slid to; soft ones are half muted, so that a short soft
//! note is a thud.
//!
//! Reference: K. Karplus, A. Strong, "Digital synthesis of plucked-string and drum timbres"; D. Jaffe,
//! J. Smith, "Extensions of the Karplus–Strong plucked-string algorithm" (tuning, pick position, decay).

mod kernel;
mod pluck;
mod stiffness;

use music::patch::StringTable;

use super::{Hit, Tick};
use crate::math::{F8, TICK, eights, flush8, hz_from_pitch, line8, piece, whole};
use crate::ramp::{Fall, Ramp};
pub(crate) use kernel::{Kernel, TAPS};
use pluck::Pluck;
use stiffness::Stiffness;

/// Velocity under which a bass note is a ghost: half muted.
///
/// Taste: between the dead notes of the bass engine, which are written at 46, and its soft sounding ones.
const GHOST: f32 = 54.0 / 127.0;
/// Steps up to this many semitones are hammered, wider ones are slid.
const HAMMERED: f32 = 4.5;
/// How much later a second course is plucked.
///
/// Taste: a plectrum passes from one to the other in some milliseconds.
const STRUM_S: f32 = 0.0055;

/// One course of a string that sounds.
#[derive(Clone, Copy, Debug)]
struct Course {
    kernel: Kernel,
    /// The one before, while the pitch moves: each tick fades from it.
    before: Option<Kernel>,
    stiffness: Stiffness,
    /// Where in the voice's memory its own begins.
    base: usize,
    hz: f32,
}

/// A string that sounds. Its delay memory belongs to the voice.
#[derive(Clone, Debug)]
pub(crate) struct StringVoice {
    write: usize,
    mask: usize,
    courses: [Course; 2],
    count: usize,
    loss: Loss,
    gain_now: Ramp,
    gain_target: f32,
    gain_after: f32,
    landing: Fall,
    /// Semitones that a slide still has to go, and how fast it goes.
    away: f32,
    slide: Fall,
    slide_ms: f32,
    pitch: f32,
    plucks: [Pluck; 2],
    pickup: usize,
    /// Noise of the finger that ends it.
    touch: f32,
    gain: f32,
}

/// How a string loses its sound.
#[derive(Clone, Copy, Debug)]
struct Loss {
    decay_s: f32,
    damping: f32,
    release_s: f32,
    /// B of the string.
    stiffness: f32,
    rate: f32,
}

/// Samples that a loop needs beside what stiffness holds back.
const SHORTEST: f32 = (TAPS / 2) as f32 + 2.0;

impl Loss {
    fn t60(&self, hz: f32) -> f32 {
        self.decay_s * (110.0 / hz).sqrt()
    }
    fn kernel(&self, hz: f32, stiffness: &mut Stiffness, room: usize) -> Kernel {
        let (t60, rate) = (self.t60(hz), self.rate);
        let late = stiffness.aim(self.stiffness, hz, rate, SHORTEST);
        // The decay that an overtone well above the fundamental shall have.
        let high_hz = 3000.0f32.max(3.0 * hz).min(0.4 * rate);
        let high = t60 * (0.32 * (-2.6 * self.damping).exp2() * (-1.2 * self.damping).exp());
        Kernel::new(hz, t60, (high_hz, high), late, rate, room)
    }
    /// What the loop keeps of the fundamental in a turn.
    fn turn(hz: f32, t60: f32) -> f32 {
        10f32.powf(-3.0 / (hz * t60))
    }
}

impl StringVoice {
    pub(crate) fn start(table: &StringTable, hit: &Hit, line: &mut [f32]) -> StringVoice {
        line.fill(0.0);
        let rate = hit.rate;
        let pitch = f32::from(hit.pitch);
        let hz = hz_from_pitch(pitch).min(0.1 * rate);
        let ghost = if table.mono {
            ((GHOST - hit.velocity) * 16.0).clamp(0.0, 1.0)
        } else {
            0.0
        };
        let loss = Loss {
            // Taste: a ghost rings for a tenth of its time.
            decay_s: table.decay_s * hit.body(1.0) * (-3.3 * ghost).exp2(),
            damping: (table.damping + 0.5 * ghost).min(1.0),
            release_s: table.release_ms * 0.001 * (-ghost).exp2(),
            stiffness: table.stiffness,
            rate,
        };
        let doubled = table.course_cents > 0.0 || table.course_semitones != 0.0;
        let room = if doubled { line.len() / 2 } else { line.len() };
        let course = |base, cents: f32| {
            let hz = (hz * (cents / 1200.0).exp2()).min(0.1 * rate);
            let mut stiffness = Stiffness::default();
            Course {
                kernel: loss.kernel(hz, &mut stiffness, room),
                before: None,
                stiffness,
                base,
                hz,
            }
        };
        let apart = table.course_cents + 100.0 * table.course_semitones;
        // Two of one pitch stand around it; an octave's second course stands beside the first.
        let around = if table.course_semitones == 0.0 {
            0.5 * table.course_cents
        } else {
            0.0
        };
        let first = course(0, -around);
        let courses = if doubled {
            [first, course(room, apart - around)]
        } else {
            [first, first]
        };
        let hz = courses[0].hz;
        let turn = |t60: f32| (Loss::turn(hz, t60) / courses[0].kernel.gain).min(0.99999);
        let t60 = loss.t60(hz);
        let pluck = Pluck::new(table, hit, hz, ghost);
        StringVoice {
            write: 0,
            mask: room - 1,
            courses,
            count: if doubled { 2 } else { 1 },
            gain_now: Ramp::at(turn(t60)),
            gain_target: turn(t60),
            gain_after: turn(loss.release_s.min(t60)),
            loss,
            landing: Fall::tau(0.004, rate),
            away: 0.0,
            slide: Fall::tau(0.01, rate),
            slide_ms: table.slide_ms,
            pitch,
            plucks: [pluck, pluck.later(STRUM_S * rate)],
            pickup: if table.pickup > 0.0 {
                ((table.pickup * rate / hz) as usize).clamp(1, room - TICK - 1)
            } else {
                0
            },
            // Taste: some 25 dB under the pluck.
            touch: 0.12 * table.noise,
            gain: 0.6 * hit.gain() * if doubled { 0.72 } else { 1.0 },
        }
    }
    /// Takes the string over for a tied note: hammered, pulled or slid.
    pub(crate) fn tie(&mut self, hit: &Hit) {
        let pitch = f32::from(hit.pitch);
        let steps = pitch - self.pitch;
        self.away -= steps;
        self.pitch = pitch;
        let ms = if steps.abs() <= HAMMERED {
            // Taste: a fret is touched within some milliseconds.
            6.0
        } else {
            self.slide_ms
        };
        self.slide = Fall::tau(ms * 0.001 / 2.3, hit.rate);
        let hz = hz_from_pitch(pitch).min(0.1 * hit.rate);
        for pluck in &mut self.plucks {
            pluck.hammer(hit, hz, steps);
        }
        self.gain_target = self.gain_of(self.loss.t60(hz), hz);
        self.gain_after = self.gain_of(self.loss.release_s.min(self.loss.t60(hz)), hz);
    }
    fn gain_of(&self, t60: f32, hz: f32) -> f32 {
        (Loss::turn(hz, t60) / self.courses[0].kernel.gain).min(0.99999)
    }
    pub(crate) fn release(&mut self) {
        self.gain_target = self.gain_after;
        for pluck in &mut self.plucks[..self.count] {
            pluck.touch(self.touch);
        }
    }
    pub(crate) fn tick(&mut self, tick: &Tick) {
        // The finger lands over a few milliseconds.
        let now = self.gain_now.value();
        let share = self.landing.over(tick.frames);
        self.gain_now.aim(
            self.gain_target + (now - self.gain_target) * share,
            tick.frames,
        );
        if self.away != 0.0 {
            self.away *= self.slide.over(tick.frames);
            if self.away.abs() < 0.003 {
                self.away = 0.0;
            }
            let hz = hz_from_pitch(self.pitch - self.away).min(0.1 * tick.rate);
            let apart = self.courses[1].hz / self.courses[0].hz;
            for (course, ratio) in self.courses[..self.count].iter_mut().zip([1.0, apart]) {
                course.hz = hz * ratio;
                course.before = Some(course.kernel);
                course.kernel = self
                    .loss
                    .kernel(course.hz, &mut course.stiffness, self.mask + 1);
            }
        } else {
            for course in &mut self.courses {
                course.before = None;
            }
        }
        for course in &mut self.courses[..self.count] {
            course.stiffness.settle();
        }
    }
    #[inline(always)]
    pub(crate) fn render(&mut self, out: &mut [f32], line: &mut [f32]) {
        let frames = out.len();
        let (gain, step) = (self.gain_now.value(), self.gain_now.step());
        self.gain_now.line(frames);
        let mut heard = [0.0; TICK];
        for (course, pluck) in self.courses[..self.count].iter_mut().zip(&mut self.plucks) {
            let mut push = [0.0; TICK];
            let pushed = pluck.next(&mut push[..frames]);
            let line = &mut line[course.base..=course.base + self.mask];
            let nearest = course.before.as_ref().map_or(usize::MAX, |k| k.delay);
            let mut done = 0;
            while done < frames {
                // What comes back within the tick has to be there first.
                let count = (frames - done).min(course.kernel.delay).min(nearest);
                let at = self.write.wrapping_add(done);
                let mut sums = course.kernel.hear(line, at, count);
                if let Some(before) = &course.before {
                    let old = before.hear(line, at, count);
                    let share = line8(0.0, 1.0 / frames as f32, done);
                    for n in 0..2 {
                        sums[n] = share[n].mul_add(sums[n] - old[n], old[n]);
                    }
                }
                let gains = line8(gain, step, done);
                for n in 0..2 {
                    sums[n] *= gains[n];
                }
                if course.stiffness.is_on() {
                    sums = course.stiffness.process(sums, count);
                }
                if pushed {
                    let push = eights(&piece(&push, done, count));
                    for n in 0..2 {
                        sums[n] += push[n];
                    }
                }
                for n in 0..2 {
                    sums[n] = flush8(sums[n]);
                }
                let begin = at & self.mask;
                match line[begin..].first_chunk_mut() {
                    Some(row) if count == TICK => {
                        *row = whole(sums);
                        let before = eights(&heard);
                        heard = whole([before[0] + sums[0], before[1] + sums[1]]);
                    }
                    _ => {
                        for (i, x) in whole(sums)[..count].iter().enumerate() {
                            line[(begin + i) & self.mask] = *x;
                            heard[done + i] += x;
                        }
                    }
                }
                done += count;
            }
            if self.pickup > 0 {
                let from = self.write.wrapping_sub(self.pickup);
                let past = match line[from & self.mask..].first_chunk() {
                    // Beyond the piece lies what is not heard.
                    Some(past) => eights(past),
                    None => {
                        let mut past = [0.0; TICK];
                        read(line, from, &mut past[..frames]);
                        eights(&past)
                    }
                };
                let before = eights(&heard);
                heard = whole([before[0] - past[0], before[1] - past[1]]);
            }
        }
        self.write = self.write.wrapping_add(frames);
        let gain = F8::splat(self.gain);
        let heard = whole(eights(&heard).map(|x| gain * x));
        out.copy_from_slice(&heard[..frames]);
    }
}

/// Copies from a ring whose length is a power of two.
#[inline(always)]
pub(crate) fn read(line: &[f32], from: usize, to: &mut [f32]) {
    let mask = line.len() - 1;
    let begin = from & mask;
    if begin + to.len() <= line.len() {
        let count = to.len();
        to.copy_from_slice(&line[begin..begin + count]);
    } else {
        for (i, x) in to.iter_mut().enumerate() {
            *x = line[from.wrapping_add(i) & mask];
        }
    }
}
