//! Transports as hosts tell them, right and wrong.

mod alone;
mod bars;
mod positions;
mod rig;
