//! Retrograde: the contour backwards over the rhythm as it is, so that the metre stays.

use crate::melody::motif::Motif;

/// The motif with its degrees in backward order.
pub fn retrograde(motif: &Motif) -> Motif {
    let mut out = motif.clone();
    for (tone, from) in out.tones.iter_mut().zip(motif.tones.iter().rev()) {
        tone.degree = from.degree;
    }
    out
}
