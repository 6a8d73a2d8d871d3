//! How it sounds: instruments, mixer, effects and meters.
//!
//! [`Player`] turns note events into eight stereo buses. Everything is allocated in [`Player::new`];
//! afterwards no call allocates, locks, logs or reads a clock. It decides nothing musical.
//!
//! Equal events at equal sample counts since [`Player::reset`] give bit-identical audio, however the
//! calls of [`Player::render`] cut the time: control rates count samples, oscillators start where the
//! note's `phase` says, and noise belongs to its voice.
#![forbid(unsafe_code)]
// Loops over channels, partials and taps index several arrays at once: that is what the compiler turns
// into vector code.
#![allow(clippy::needless_range_loop)]

mod chorus;
mod damping;
mod delay;
mod envelope;
mod filters;
mod graphic_eq;
mod inserts;
mod instruments;
mod limiter;
mod math;
mod meters;
mod mix;
mod mixer;
mod modes;
mod noise;
mod oscillators;
mod partials;
mod player;
mod ramp;
mod reverb;
mod ring;
mod sound_font;
mod span;
mod true_peak;
mod voices;

pub use graphic_eq::{THIRDS, band_gains};
pub use meters::{BusMeter, LoudnessMeter, Meters, SPECTRUM_BANDS, Watch, band_hz};
pub use mix::{
    BUSES, Faders, Latency, Mix, Sources, SpaceMix, StripMix, compressed, compressor_reduction_db,
    eq_response_db,
};
pub use player::{Player, latency_samples};
pub use sound_font::{Font, Program, SoundFontBank};
