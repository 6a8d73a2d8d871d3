//! Liquidation: the motif's first bar as it is, then only its head, half a bar long, falling away.

use super::fragment;
use crate::melody::motif::{Measure, Motif, Tone};

/// The first bar, then the first half of it twice, each time a step lower. Only where every beat is a quarter: in
/// other meters half a bar is no whole beat, and the motif's first bar is said again.
pub fn liquidate(motif: &Motif, measure: &Measure, bars: u8) -> Motif {
    let half = measure.bar / 2;
    if !measure.even || !measure.bar.is_multiple_of(8) || bars < 2 {
        return fragment(motif, measure, bars);
    }
    let mut out = Motif::default();
    for tone in motif.tones.iter().filter(|t| t.at < measure.bar) {
        let _ = out.tones.push(*tone);
    }
    for turn in 0..2 {
        let head = motif.tones.iter().filter(|t| t.at < half);
        for tone in head {
            let _ = out.tones.push(Tone {
                at: tone.at + measure.bar + turn * half,
                degree: tone.degree.saturating_sub(1 + turn as i8),
                length: tone.length.min(half - tone.at),
                ..*tone
            });
        }
    }
    out
}
