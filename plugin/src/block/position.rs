//! Whether a told position goes on from the block before or is a jump.
//!
//! Some reports are contradicted by a song that goes on and are still no jumps: hosts round, and ramp the
//! tempo within a block; a CLAP transport event inside a block arrives with its offset counted twice, so
//! that the position is told too late by less than a block; and some hosts repeat a report. The first two
//! move the anchor; the others are passed over for as long as one block may last.

use super::clock::Clock;
use super::host::Heard;

/// How far a host may round, in seconds. Taste: 5 ms, less than a player's own spread; a jump that small is
/// not heard as one.
const ROUNDING_S: f64 = 0.005;
/// Rounding that needs no new anchor, in frames.
const SAME_FRAME: f64 = 0.5;
/// Rounding at a loop's end, in frames, so that a loop that ends on a frame wraps on it.
const LOOP_END_FRAMES: f64 = 1e-4;

/// Compares reports with what followed.
#[derive(Clone, Debug, Default)]
pub(super) struct Follower {
    /// Frames played since reports are doubted.
    doubted_frames: u32,
    last_report: Option<f64>,
    /// The longest block so far: how long a tempo told at its start may stand while the host ramps.
    longest_frames: u32,
    cycle: Option<(f64, f64)>,
    /// How far the song went back at loop ends inside the block before, in ticks.
    went_back: f64,
    /// The host was seen to pass the loop's end without going back.
    passes_loop: bool,
}

impl Follower {
    /// Moves the clock to where the song is at the start of a block of `frames`. Whether that is a jump.
    pub fn follow(
        &mut self,
        clock: &mut Clock,
        heard: &Heard,
        starts: bool,
        frames: u32,
        max_block_frames: u32,
    ) -> bool {
        let last_report = core::mem::replace(&mut self.last_report, heard.position);
        let went_back = core::mem::take(&mut self.went_back);
        if self.cycle != heard.cycle || starts {
            self.cycle = heard.cycle;
            self.passes_loop = false;
        }
        let since = clock.frames_since_anchor().min(self.longest_frames as u64) as f64;
        self.longest_frames = self.longest_frames.max(frames);
        let pace_before = clock.ticks_per_frame();
        let tempo_changed = clock.tempo_bpm() != heard.tempo_bpm;
        clock.set_tempo(heard.tempo_bpm);
        let (predicted, pace) = (clock.position(), clock.ticks_per_frame());
        if starts {
            self.doubted_frames = 0;
            clock.locate(heard.position.unwrap_or(predicted));
            return true;
        }
        let Some(told) = heard.position else {
            return false;
        };
        let half = SAME_FRAME * pace;
        let block = max_block_frames as f64 * pace;
        if went_back > 0.0 && (told - predicted - went_back).abs() <= half {
            self.passes_loop = true;
            clock.locate(told);
            return true;
        }
        // At the loop's end the song goes on from the loop's start, where the report agrees.
        let mut expected = predicted;
        let mut wrapped = false;
        if let Some((start, end)) = heard.cycle
            && (end - pace..end + block).contains(&predicted)
            && (told - start).abs() < (told - predicted).abs()
        {
            expected = start + (predicted - end).max(0.0);
            wrapped = true;
        }
        let off = told - expected;
        let bend = since * (pace - pace_before);
        let (low, high) = (bend.min(0.0) - half, bend.max(0.0) + half);
        let has_cause = tempo_changed || wrapped || self.doubted_frames > 0;
        let too_late = has_cause && off > high && off <= block + high;
        let doubtful = too_late || last_report == Some(told);
        if (low..=high).contains(&off) {
            self.doubted_frames = 0;
            if off.abs() > half || wrapped {
                clock.locate(told);
            }
            wrapped
        } else if doubtful && self.doubted_frames <= max_block_frames {
            self.doubted_frames += frames;
            if wrapped {
                clock.locate(expected);
            }
            wrapped
        } else {
            self.doubted_frames = 0;
            clock.locate(told);
            wrapped || off.abs() > ROUNDING_S * clock.rate_hz() * pace
        }
    }
    /// Frames until the song reaches the loop's end, if that is inside the next `frames`.
    pub fn wrap(&self, clock: &Clock, cycle: Option<(f64, f64)>, frames: u32) -> Option<u32> {
        let (start, end) = cycle?;
        let position = clock.position();
        if self.passes_loop || position < start || position >= end {
            return None;
        }
        let left = ((end - position) / clock.ticks_per_frame() - LOOP_END_FRAMES)
            .ceil()
            .max(0.0);
        (left < frames as f64).then_some(left as u32)
    }
    /// The song reached the loop's end and goes on from its start.
    pub fn wrapped(&mut self, clock: &mut Clock, cycle: Option<(f64, f64)>) {
        let Some((start, end)) = cycle else { return };
        let position = clock.position();
        let target = start + (position - end).max(0.0);
        clock.locate(target);
        self.went_back += position - target;
    }
}
