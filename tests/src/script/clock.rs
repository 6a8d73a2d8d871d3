//! Where a script's song time stands: exact within a steady stretch, without adding up rounding errors.

use super::{Script, Tempo};
use crate::clap_rig::Transport;

pub(super) struct Clock {
    /// Frame of the take.
    frame: u64,
    playing: bool,
    /// Frames played since `anchor_beats`.
    played: u64,
    anchor_beats: f64,
    beats: f64,
    next_jump: usize,
    next_play: usize,
}

impl Clock {
    pub fn new(script: &Script) -> Clock {
        Clock {
            frame: 0,
            playing: true,
            played: 0,
            anchor_beats: script.from_beats,
            beats: script.from_beats,
            next_jump: 0,
            next_play: 0,
        }
    }
    /// Does what the script says for this frame: jumps, loop ends, stops and starts.
    pub fn turn(&mut self, script: &Script, frame: u64) {
        while let Some((at, playing)) = script
            .plays
            .get(self.next_play)
            .filter(|(at, _)| *at <= frame)
        {
            debug_assert!(*at <= frame);
            self.playing = *playing;
            self.next_play += 1;
            self.anchor(self.beats);
        }
        while let Some((_, to)) = script
            .jumps
            .get(self.next_jump)
            .filter(|(at, _)| *at <= frame)
        {
            self.anchor(*to);
            self.next_jump += 1;
        }
        if let Some((from, to)) = script.cycle
            && self.playing
            && self.beats >= to - HALF_FRAME
            && self.beats < to + 1.0
        {
            self.anchor(from + (self.beats - to).max(0.0));
        }
    }
    fn anchor(&mut self, beats: f64) {
        self.anchor_beats = beats;
        self.beats = beats;
        self.played = 0;
    }
    /// Frames until the script turns next.
    pub fn frames_until_turn(&self, script: &Script, frame: u64) -> u64 {
        let mut frames = u64::MAX;
        if let Some((at, _)) = script.plays.get(self.next_play) {
            frames = frames.min(at - frame);
        }
        if let Some((at, _)) = script.jumps.get(self.next_jump) {
            frames = frames.min(at - frame);
        }
        if let Some((_, to)) = script.cycle
            && self.playing
            && self.beats < to
        {
            let left = (to - self.beats) * 60.0 / self.tempo(script) * script.rate_hz;
            frames = frames.min((left - 1e-6).ceil().max(1.0) as u64);
        }
        // Hosts begin a block where the meter changes.
        for (at, _) in &script.meters {
            if self.playing && *at > self.beats + HALF_FRAME {
                let left = (at - self.beats) * 60.0 / self.tempo(script) * script.rate_hz;
                frames = frames.min((left - 1e-6).ceil().max(1.0) as u64);
            }
        }
        frames
    }
    fn tempo(&self, script: &Script) -> f64 {
        match script.tempo {
            Tempo::Steady(bpm) => bpm,
            Tempo::Ramp {
                from_bpm,
                to_bpm,
                seconds,
            } => {
                let share = (self.frame as f64 / script.rate_hz / seconds).min(1.0);
                from_bpm + (to_bpm - from_bpm) * share
            }
        }
    }
    pub fn advance(&mut self, script: &Script, frames: u64) {
        let tempo = self.tempo(script);
        self.frame += frames;
        if !self.playing {
            return;
        }
        match script.tempo {
            Tempo::Steady(bpm) => {
                self.played += frames;
                self.beats = self.anchor_beats + self.played as f64 * bpm / (60.0 * script.rate_hz);
            }
            // The mean of the tempo at both ends of the block is exact for a linear ramp.
            Tempo::Ramp { .. } => {
                let mean = (tempo + self.tempo(script)) / 2.0;
                self.beats += frames as f64 * mean / (60.0 * script.rate_hz);
            }
        }
    }
    pub fn transport(&self, script: &Script) -> Transport {
        let (meter, bar_start, bar_number) = bar_at(script, self.beats);
        Transport {
            tempo_bpm: self.tempo(script),
            playing: self.playing,
            beats: self.beats,
            seconds: self.frame as f64 / script.rate_hz,
            cycle: script.cycle.filter(|_| script.tells_cycle),
            meter,
            bar_start,
            bar_number,
        }
    }
}

/// In quarter notes, far under a frame at any tempo and rate that scripts use.
const HALF_FRAME: f64 = 1e-7;

/// Meter, start and number (from 0) of the bar at a place.
fn bar_at(script: &Script, beats: f64) -> ((u16, u16), f64, i32) {
    let mut meter = script.meters.first().map_or((4, 4), |m| m.1);
    let (mut from, mut number) = (script.meters.first().map_or(0.0, |m| m.0), 0);
    for (at, next) in script.meters.iter().skip(1) {
        if *at > beats + HALF_FRAME {
            break;
        }
        number += ((at - from) / length(meter) + HALF_FRAME).floor() as i32;
        (from, meter) = (*at, *next);
    }
    let inside = ((beats - from) / length(meter) + HALF_FRAME).floor();
    (meter, from + inside * length(meter), number + inside as i32)
}

fn length((numerator, denominator): (u16, u16)) -> f64 {
    numerator as f64 * 4.0 / denominator as f64
}
