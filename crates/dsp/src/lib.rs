//! How it sounds: instruments, mixer, effects and meters.
//!
//! [`Player`] turns note events into eight stereo buses. Everything is allocated in [`Player::new`];
//! afterwards no call allocates, locks, logs or reads a clock. It decides nothing musical.
//!
//! Equal events at equal sample counts since [`Player::reset`] give bit-identical audio, however the
//! calls of [`Player::render`] cut the time: control rates count samples, oscillators start where the
//! note's `phase` says, and noise belongs to its voice.
#![forbid(unsafe_code)]

mod mix;
mod player;

pub use mix::{BUSES, Mix, StripMix};
pub use player::{Meters, Player};
