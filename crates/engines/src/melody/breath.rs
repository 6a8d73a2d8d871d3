//! Breath: where the tune rests, as a singer would.
//!
//! A unit that closes, or ends the phrase, ends on a long tone and leaves its last beats free. Some units
//! are silent in their second bar, as often as the style says: those that ask, once they have said enough to be
//! answered. What answers speaks through, so that a period is a short line, then a longer one; and a bridge, which
//! lives by its longer line, does not stop in the middle of it.

use music::plan::SectionKind;

use super::contour::TUNE_PRIORITY;
use super::motif::{Measure, Motif, Tone};
use crate::dice::{Dice, Purpose};

/// Where in the last bar a closing unit's last tone may start: not after this share of it, in percent.
/// Taste: the tone falls on the bar line or the middle of the bar, the rest is air.
const LAST_ONSET: u16 = 55;
/// The same at the end of a section, but for the bar's first tone. Taste: the tune comes home early in the bar, and
/// the fill has the rest.
const HOME_ONSET: u16 = 30;

/// Tones of the tune that a first bar must have before the second may be silent. Taste: three tones and a silent
/// bar are no idea yet.
const ENOUGH: usize = 4;

/// The style's share of silent bars as it counts at a place of a section, percent: answers leave none.
pub const fn share(rests: u8, kind: SectionKind, place: u32) -> u8 {
    match kind {
        SectionKind::Bridge => 0,
        _ if place % 2 == 1 => 0,
        _ => rests,
    }
}

/// What of a unit its breath follows from.
pub struct Unit {
    /// Length.
    pub bars: u8,
    /// Whether a line ends with it.
    pub ends: bool,
    /// The style's share of silent bars as it counts here, percent: see [`share`].
    pub rests: u8,
    /// Number for the dice: units of one number breathe alike.
    pub place: u32,
    /// Whether it is the last of its section.
    pub comes_home: bool,
}

/// Takes out what would leave no breath.
pub fn breathe(motif: &mut Motif, measure: &Measure, unit: &Unit, dice: Dice) {
    let Unit {
        bars,
        ends,
        rests,
        place,
        comes_home,
    } = *unit;
    let bar = measure.bar as u16;
    let last_bar = (bars as u16 - 1) * bar;
    if bars > 1 {
        // Only second bars can rest, so their share is twice the style's.
        let percent = (2 * rests as u32).min(85);
        let tune = |t: &&Tone| t.priority >= TUNE_PRIORITY && (t.at as u16) < last_bar;
        let enough = motif.tones.iter().filter(tune).count() >= ENOUGH;
        if enough && dice.chance(Purpose::Rest, place, percent) {
            // Either silence, or one tone that the first bar leads to.
            let leads_in = dice.chance(Purpose::Rest, 500 + place, 50) || ends;
            motif
                .tones
                .retain(|t| (t.at as u16) < last_bar || leads_in && t.at as u16 == last_bar);
        }
    }
    if ends {
        let latest = last_bar + bar * LAST_ONSET / 100;
        let home = last_bar + bar * HOME_ONSET / 100;
        let first = motif
            .tones
            .iter()
            .find(|t| t.at as u16 >= last_bar && t.priority >= TUNE_PRIORITY)
            .map_or(latest, |t| (t.at as u16).min(latest));
        let limit = if comes_home { home.max(first) } else { latest };
        motif.tones.retain(|t| t.at as u16 <= limit);
        arrive(motif, last_bar);
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

/// What ends in a silent bar goes on to its first beat: a line that closes arrives.
fn arrive(motif: &mut Motif, last_bar: u16) {
    let sung = |t: &&Tone| t.priority >= TUNE_PRIORITY;
    let Some(last) = motif.tones.iter().rev().find(sung).copied() else {
        return;
    };
    if last_bar > 0 && (last.at as u16) < last_bar {
        motif.tones.retain(|t| (t.at as u16) < last_bar);
        let _ = motif.tones.push(Tone {
            at: last_bar as u8,
            length: 0,
            late: 0,
            degree: last.degree.saturating_sub(1),
            ..last
        });
    }
}

#[cfg(test)]
mod tests;
