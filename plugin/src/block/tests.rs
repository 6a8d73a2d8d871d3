//! Transports as hosts tell them, right and wrong.

mod alone;
mod bars;
mod cuts;
mod positions;
mod rig;
