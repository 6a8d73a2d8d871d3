//! The player: notes in, buses out.

use core::ops::Range;

use music::lane::Lane;
use music::patch::Patch;
use music::pitch::Pitch;

use crate::mix::{BUSES, Mix};

/// What the meters say since they were last taken.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct Meters {
    /// Peak of each bus, linear, left and right.
    pub peaks: [[f32; 2]; BUSES],
    /// Momentary loudness of main (400 ms), LUFS; −120 in silence.
    pub lufs_momentary: f32,
    /// Deepest gain reduction of the limiter, dB (positive).
    pub reduction_db: f32,
    /// Voices stolen since they were last taken.
    pub voices_stolen: u32,
    /// A sample was not a number: its bus was silenced for that call.
    pub not_a_number: bool,
}

/// Plays notes on six lanes into eight stereo buses.
pub struct Player {}

impl Player {
    /// A player for a bank of patches at a sample rate. Allocates; call it off the audio thread.
    pub fn new(bank: &[Patch], sample_rate: f32, max_block: usize) -> Player {
        let _ = (bank, sample_rate, max_block);
        Player {}
    }
    /// Silence, and sample zero. The next [`Player::set_mix`] takes effect at once.
    pub fn reset(&mut self) {}
    /// Starts a note at the next rendered sample. `patch` counts in the bank; `phase` comes from Dice.
    pub fn note_on(&mut self, lane: Lane, pitch: Pitch, velocity: u8, patch: u8, phase: u32) {
        let _ = (lane, pitch, velocity, patch, phase);
    }
    /// Releases the oldest held note of that lane and pitch.
    pub fn note_off(&mut self, lane: Lane, pitch: Pitch) {
        let _ = (lane, pitch);
    }
    /// Fades everything that sounds within 5 ms: a jump of the song.
    pub fn cut_all(&mut self) {}
    /// The mix from here on; changes are smoothed.
    pub fn set_mix(&mut self, mix: &Mix) {
        let _ = mix;
    }
    /// Renders `frames` of every bus, overwriting what is there. Any length, also none.
    pub fn render(&mut self, buses: &mut [[&mut [f32]; 2]; BUSES], frames: Range<usize>) {
        for bus in buses.iter_mut() {
            for channel in bus.iter_mut() {
                channel[frames.clone()].fill(0.0);
            }
        }
    }
    /// Peaks and faults since the last call; they start anew.
    pub fn take_meters(&mut self) -> Meters {
        Meters::default()
    }
}
