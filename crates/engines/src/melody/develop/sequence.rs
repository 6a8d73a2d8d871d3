//! Sequence: the motif on another step of the scale.

use crate::melody::motif::Motif;

/// The motif moved by `steps` scale steps.
pub fn sequence(motif: &Motif, steps: i8) -> Motif {
    let mut out = motif.clone();
    for tone in &mut out.tones {
        tone.degree = tone.degree.saturating_add(steps);
    }
    out
}
