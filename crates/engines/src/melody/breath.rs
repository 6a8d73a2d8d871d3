//! Breath: where the tune rests, as a singer would.
//!
//! A unit that closes, or ends the phrase, ends on a long tone and leaves its last beats free. Some units
//! are silent in their second bar, as often as the style says.

use super::contour::TUNE_PRIORITY;
use super::motif::{Measure, Motif};
use crate::dice::{Dice, Purpose};

/// Where in the last bar a closing unit's last tone may start: not after this share of it, in percent.
/// Taste: the tone falls on the bar line or the middle of the bar, the rest is air.
const LAST_ONSET: u16 = 55;

/// Takes out what would leave no breath. `rests` is the style's share of silent bars in percent.
pub fn breathe(
    motif: &mut Motif,
    measure: &Measure,
    bars: u8,
    ends: bool,
    rests: u8,
    dice: Dice,
    place: u32,
) {
    let bar = measure.bar as u16;
    let last_bar = (bars as u16 - 1) * bar;
    if bars > 1 {
        // Only second bars can rest, so their share is twice the style's.
        let percent = (2 * rests as u32).min(85);
        if dice.chance(Purpose::Rest, place, percent) {
            // Either silence, or one tone that the first bar leads to.
            let leads_in = dice.chance(Purpose::Rest, 500 + place, 50) || ends;
            motif
                .tones
                .retain(|t| (t.at as u16) < last_bar || leads_in && t.at as u16 == last_bar);
        }
    }
    if ends {
        let limit = last_bar + bar * LAST_ONSET / 100;
        motif.tones.retain(|t| t.at as u16 <= limit);
        if let Some(last) = motif.tones.last_mut() {
            last.length = 0;
        }
    }
    // A unit must say something.
    if let Some(first) = motif.tones.iter_mut().find(|t| t.priority >= TUNE_PRIORITY) {
        first.priority = first.priority.max(8);
    }
    if let Some(last) = motif
        .tones
        .iter_mut()
        .rev()
        .find(|t| t.priority >= TUNE_PRIORITY)
    {
        last.priority = last.priority.max(if ends { 9 } else { 6 });
    }
}

#[cfg(test)]
mod tests;
