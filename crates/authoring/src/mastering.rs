//! Mastering by measurement: what a whole piece of music is like, and what brings one close to another.
//!
//! [`Measure`] takes a stream of samples and says its [`Likeness`]: loudness, peaks, dynamics, spectrum in
//! thirds of an octave, width. [`towards`] compares two and gives the settings of the master that carry one
//! to the other. Runs on the worker or on a command line, as fast as it can; decides nothing by itself.

mod compare;
mod measure;

pub use compare::{Errors, Towards, towards};
pub use measure::{BAND_HZ, BANDS, Likeness, Measure};

#[cfg(test)]
mod tests;
