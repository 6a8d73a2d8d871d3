//! Repetition: the motif as it was.

use crate::melody::motif::Motif;

/// The same motif.
pub fn repeat(motif: &Motif) -> Motif {
    motif.clone()
}
