//! Fragmentation: the motif's first bar again in every bar, a step higher each time.

use crate::melody::motif::{Measure, Motif, Tone};

/// The head of the motif in each of `bars` bars, rising by a scale step.
pub fn fragment(motif: &Motif, measure: &Measure, bars: u8) -> Motif {
    let mut out = Motif::default();
    for bar in 0..bars {
        for tone in motif.tones.iter().filter(|t| t.at < measure.bar) {
            let at = tone.at + bar * measure.bar;
            let degree = tone.degree.saturating_add(bar as i8);
            let _ = out.tones.push(Tone {
                at,
                degree,
                ..*tone
            });
        }
    }
    out
}
