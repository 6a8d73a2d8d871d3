//! Inversion: what rose falls, around the first tone.

use crate::melody::motif::Motif;

/// The motif upside down.
pub fn invert(motif: &Motif) -> Motif {
    let mut out = motif.clone();
    let Some(axis) = motif.tones.first().map(|t| t.degree) else {
        return out;
    };
    for tone in &mut out.tones {
        tone.degree = (2 * axis).saturating_sub(tone.degree);
    }
    out
}
