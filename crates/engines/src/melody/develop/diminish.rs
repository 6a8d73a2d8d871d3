//! Diminution: the motif at double speed, then a rest on its last tone.

use crate::melody::motif::{Measure, Motif, Tone};

/// The whole motif in the first half of its time. Only where every beat is a quarter: in other meters half a
/// beat is no beat, and the motif stays as it is.
pub fn diminish(motif: &Motif, measure: &Measure, bars: u8) -> Motif {
    if !measure.even {
        return motif.clone();
    }
    let half = measure.bar as u16 * bars as u16 / 2;
    let mut out = Motif::default();
    for tone in &motif.tones {
        let at = tone.at / 2;
        if at as u16 >= half || out.tones.last().is_some_and(|last| last.at >= at) {
            continue;
        }
        let length = if tone.length > 0 {
            (tone.length / 2).max(1)
        } else {
            0
        };
        let _ = out.tones.push(Tone {
            at,
            length,
            ..*tone
        });
    }
    if let Some(last) = out.tones.last_mut() {
        last.length = 0;
        last.priority = 9;
    }
    out
}
