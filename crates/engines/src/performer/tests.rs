//! The performer under scripted bars: what is played is then known by hand.

mod band;
mod hands;
mod jumps;
mod latches;
mod linear;
mod owed;
mod partition;
mod rig;
