//! How long tones last: as written, else up to the next tone of the tune, with air where a unit ends.
//!
//! Filling tones do not shorten the tune: they end the tone before them only when they are heard, since
//! the lane has one voice.

use super::contour::TUNE_PRIORITY;
use super::draft::Drafts;
use super::ear::Ear;
use super::pitching::next_of_tune;

/// Longest tone without a written length, in sixteenths. Taste: a dotted half.
const LONGEST: u16 = 12;
/// Air after the last tone of a unit, in sixteenths, where there is room.
const AIR: u16 = 4;
/// The same after a tone that comes home early in its bar. Taste: a full breath before something new begins, and
/// room for the fill.
const BREATH: u16 = 6;

/// Settles lengths. `end` is the phrase's end in sixteenths.
pub fn settle(drafts: &mut Drafts, ear: &Ear, end: u16) {
    for index in 0..drafts.len() {
        let draft = drafts[index];
        let tune = draft.priority >= TUNE_PRIORITY;
        let next = if tune {
            next_of_tune(drafts, index)
        } else {
            Some(index + 1).filter(|n| *n < drafts.len())
        };
        let next_at = next.map_or(end, |n| drafts[n].at);
        let gap = next_at.saturating_sub(draft.at).max(1);
        let mut length = match draft.length {
            0 if draft.is_last && draft.closes && gap >= 2 * BREATH => (gap - BREATH).min(LONGEST),
            0 if draft.is_last && gap > AIR + 2 => (gap - AIR).min(LONGEST),
            0 => gap.min(LONGEST),
            written => written.min(gap),
        };
        // Past a change of chord only if it fits there too, or moves on by a step at once.
        let change = ear.until_change(draft.at);
        if length > change {
            let over = draft.at + change;
            let fits = ear.chord(over).is_none_or(|span| {
                let inside =
                    ear.is_chord_tone(draft.pitch, over) && !Ear::clashes(draft.pitch, span);
                inside || ear.is_mild(draft.pitch, span)
            });
            if !fits && change >= 1 {
                length = change;
            }
        }
        // A tone that rubs with a later strong place lets go before it.
        let rubs = |at: &u16| {
            ear.measure.strength((at % ear.measure.bar as u16) as u8) >= 3
                && ear
                    .chord(*at)
                    .is_some_and(|span| Ear::clashes(draft.pitch, span))
        };
        if let Some(at) = (draft.at + 1..draft.at + length).find(rubs) {
            length = at - draft.at;
        }
        drafts[index].length = length.max(1);
    }
}
