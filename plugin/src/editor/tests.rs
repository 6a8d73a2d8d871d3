//! The panels driven without a host: clicked, dragged and typed through, with what they asked for checked.

mod rig;
