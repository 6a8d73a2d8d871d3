//! Augmentation: the first half of the motif at half speed.

use crate::melody::motif::{Measure, Motif, Tone};

/// The motif's first half, twice as slow. A tone that would fall between the eighths of the meter moves
/// back to one, so that odd meters keep their accents.
pub fn augment(motif: &Motif, measure: &Measure, bars: u8) -> Motif {
    let end = measure.bar as u16 * bars as u16;
    let mut out = Motif::default();
    for tone in &motif.tones {
        let mut at = tone.at as u16 * 2;
        while at > 0 && at < end && measure.strength(at as u8) == 0 {
            at -= 1;
        }
        if at >= end || out.tones.last().is_some_and(|last| last.at as u16 >= at) {
            continue;
        }
        let length = tone.length.saturating_mul(2);
        let _ = out.tones.push(Tone {
            at: at as u8,
            length,
            ..*tone
        });
    }
    out
}
