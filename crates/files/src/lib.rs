//! Files in and out: MIDI, WAV, FLAC, the sound of any audio file, and the picture of a song.
//!
//! Everything here takes its time, allocates and touches the disk: worker threads and tools call it, the
//! audio thread never does. It decides nothing musical; it writes down what was played.
#![forbid(unsafe_code)]

pub mod decode;
mod dither;
pub mod error;
pub mod flac;
pub mod midi;
#[cfg(feature = "picture")]
pub mod picture;
pub mod wav;
