//! Endings: how a motif that is said again ends this time.
//!
//! A motif is known by its head. What a period says for the second or third time keeps the head and ends in its
//! own way: cut short, turned the other way, led on, taken a step higher or late. The choice follows from the kind
//! of section and the place in the period, so that a section which returns brings its endings back. A bridge is
//! heard once and must be grasped: it says what it says twice alike.

use music::plan::SectionKind;

use super::contour::TUNE_PRIORITY;
use super::develop::Technique;
use super::motif::{Measure, Motif, Tone};
use super::plan::{Theme, Unit};
use crate::dice::{Dice, Purpose};

/// Share of restatements that end in a way of their own, percent. Taste: a tune is known by what stays.
const OWN: u32 = 62;
/// Sixteenths that a tone which leads on lasts, and the air that must follow it. Taste: an eighth and a quarter.
const LED: u8 = 2;
const AIR: u8 = 4;

/// A way to end.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Ending {
    /// As the motif ends.
    Plain,
    /// Its last tones are left out, the one before them is held.
    Short,
    /// The last move goes the other way.
    Turned,
    /// One tone more, a step on.
    Led,
    /// The last two tones a step higher.
    Raised,
    /// The last tone an eighth late.
    Late,
}

const WAYS: [Ending; 5] = [
    Ending::Turned,
    Ending::Led,
    Ending::Short,
    Ending::Raised,
    Ending::Late,
];

/// How the unit at a place of a section ends: a motif that stands for the first time in its period ends as written.
pub fn of(kind: SectionKind, units: [Unit; 4], place: u32, dice: Dice) -> Ending {
    use SectionKind::{Chorus, Drop, Verse};
    let here = (place % 4) as usize;
    let unit = units[here];
    let said = |u: &Unit| u.theme == unit.theme && u.technique == Technique::Repeat;
    let again = units[..here].iter().filter(|u| said(u)).count() as u32;
    let able = matches!(kind, Verse | Chorus | Drop) && said(&unit) && again > 0;
    let theme = (unit.theme == Some(Theme::B)) as u32;
    let key = 0x700 + 8 * theme;
    if !able || !dice.chance(Purpose::Development, key + again, OWN) {
        return Ending::Plain;
    }
    // Of two restatements each has its own way.
    let first = dice.throw(Purpose::Development, key + 4, WAYS.len() as u32);
    WAYS[((first + 2 * again) % WAYS.len() as u32) as usize]
}

impl Ending {
    /// Ends a motif of two bars so. Its first bar and the first tone of its second stay.
    pub fn apply(self, motif: &mut Motif, measure: &Measure) {
        let bar = measure.bar;
        let tail = |t: &&Tone| t.at >= bar && t.priority >= TUNE_PRIORITY;
        let count = motif.tones.iter().filter(tail).count();
        if count < 2 {
            return;
        }
        let places = motif.tones.iter().enumerate();
        let mut ends = places.rev().filter(|(_, t)| tail(t)).map(|(i, _)| i);
        let (Some(last), Some(before)) = (ends.next(), ends.next()) else {
            return;
        };
        let (end, prior) = (motif.tones[last], motif.tones[before]);
        let next = motif.tones.get(last + 1).map_or(2 * bar, |t| t.at);
        match self {
            Ending::Plain => {}
            Ending::Short => {
                motif.tones.truncate(before + 1);
                motif.tones[before].length = 0;
            }
            Ending::Turned => {
                let moved = end.degree - prior.degree;
                let other = if moved == 0 { 1 } else { -moved };
                motif.tones[last].degree = prior.degree.saturating_add(other);
            }
            Ending::Led => {
                let at = end.at + LED;
                if at + LED + AIR > 2 * bar {
                    return;
                }
                motif.tones.truncate(last + 1);
                motif.tones[last].length = LED;
                let up = if end.degree > prior.degree { 1 } else { -1 };
                let _ = motif.tones.push(Tone {
                    at,
                    length: 0,
                    degree: end.degree.saturating_add(up),
                    ..end
                });
            }
            Ending::Raised => {
                motif.tones[last].degree = end.degree.saturating_add(1);
                if count > 2 {
                    motif.tones[before].degree = prior.degree.saturating_add(1);
                }
            }
            Ending::Late => {
                if end.at + LED < next && end.at + LED + AIR <= 2 * bar && end.late == 0 {
                    motif.tones[last].at = end.at + LED;
                }
            }
        }
    }
}

#[cfg(test)]
mod tests;
