//! Verbs that run in the audio callback: the Roo engines and the performer.
//!
//! What is played is a pure function of (song, controls, seed, musical position). The crate has no heap
//! and no standard library, so nothing here can allocate, lock, wait or read a clock.
//!
//! Reading order: [`view`] (what an engine sees), [`registry`] (who plays, in which order), one engine
//! (say [`drums`]), [`band`] (a bar of the whole band), [`performer`] (bars into events on samples).
#![no_std]
#![forbid(unsafe_code)]

#[cfg(test)]
extern crate std;

pub mod arrangement;
pub mod band;
pub mod bass;
pub mod dice;
pub mod drums;
pub mod feel;
#[cfg(test)]
mod fixture;
pub mod harmony;
pub mod melody;
pub mod performer;
pub mod placement;
pub mod registry;
pub mod schillinger;
mod syncopation;
pub mod texture;
pub mod view;

/// Revision of what the engines play. Counted up whenever the same song would sound different notes.
pub const REVISION: u32 = 6;
