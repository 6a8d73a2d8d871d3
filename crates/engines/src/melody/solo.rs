//! Solos: what a soloist says, from the tune to lines of his own and back.
//!
//! A solo has one idea that it works on, new or from the verse; beside it stand the song's tune and lines. Choruses of four
//! units begin with what is known and end at home; later ones say the idea otherwise and run more. Which turns
//! come in which order is the school's, read from the style's kind of ornament: sung styles stay near the tune,
//! the blues calls twice and answers, jazz plays lines.

use music::style::{MelodyStyle, Ornament};

use super::develop::Technique;
use super::plan::{Theme, Unit};
use crate::dice::{Dice, Purpose};

mod connect;
mod line;

pub use connect::connect;
pub use line::{line, pace};

/// What a unit of a solo is made of.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Says {
    /// The song's own idea.
    Tune,
    /// The solo's idea.
    Own,
    /// A line of even tones.
    Line,
}

use Says::{Line, Own, Tune};

/// Orders of a chorus of four units. Taste.
const SUNG: [[Says; 4]; 4] = [
    [Tune, Tune, Own, Line],
    [Tune, Own, Tune, Line],
    [Tune, Tune, Own, Tune],
    [Own, Tune, Own, Tune],
];
const BLUE: [[Says; 4]; 3] = [
    [Own, Own, Line, Own],
    [Own, Line, Own, Line],
    [Tune, Own, Own, Line],
];
const LINES: [[Says; 4]; 4] = [
    [Tune, Own, Line, Line],
    [Own, Own, Line, Line],
    [Line, Own, Line, Line],
    [Own, Line, Own, Line],
];
/// The same for a blues of six units: a call, the call again, an answer; each answered by rest or line. Taste.
const TWELVE: [[Says; 6]; 3] = [
    [Own, Line, Own, Line, Line, Own],
    [Own, Own, Own, Line, Line, Line],
    [Tune, Own, Tune, Line, Own, Line],
];

/// What a school of players does.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct School {
    /// How often a tone between two others of a line is approached from a semitone, percent.
    pub chromatic: u32,
    /// How often out of a blue note, percent.
    pub blue: u32,
    /// Share of silent second bars on top of the style's own, where the soloist lets the band answer, percent.
    pub air: u8,
    /// Chord tones on strong places, percent.
    pub targets: u32,
}

/// The school that a kind of ornament belongs to. Taste.
pub const fn school(ornament: Ornament) -> School {
    let (chromatic, blue, air, targets) = match ornament {
        Ornament::Jazz => (26, 26, 0, 82),
        Ornament::Blues => (12, 60, 12, 70),
        Ornament::Latin => (8, 8, 0, 75),
        Ornament::Pop | Ornament::Folk => (0, 0, 0, 60),
    };
    School {
        chromatic,
        blue,
        air,
        targets,
    }
}

/// Whether a soloist of the school stays near what is sung: his idea is the verse's tune in a high place.
pub const fn sings(ornament: Ornament) -> bool {
    matches!(ornament, Ornament::Pop | Ornament::Folk | Ornament::Latin)
}

/// The unit at a place of a solo of `count` units, and what it is made of.
pub fn turn(style: &MelodyStyle, dice: Dice, place: u32, count: u32) -> (Unit, Says) {
    let twelve = style.ornament == Ornament::Blues && count.is_multiple_of(6);
    let length = if twelve { 6 } else { 4 };
    let (round, inside) = (place / length, (place % length) as usize);
    let pick = |sides: usize| {
        let first = dice.throw(Purpose::Development, 900, sides as u32);
        // Each chorus takes the next order, so that none comes twice running.
        (first + round) as usize % sides
    };
    let says = if twelve {
        TWELVE[pick(TWELVE.len())][inside]
    } else {
        match style.ornament {
            Ornament::Jazz => LINES[pick(LINES.len())][inside],
            Ornament::Blues => BLUE[pick(BLUE.len())][inside],
            _ => SUNG[pick(SUNG.len())][inside],
        }
    };
    // The idea is said, moved, and said otherwise the longer the solo lasts. Taste.
    let moved = [
        Technique::Sequence(1),
        Technique::Sequence(-1),
        Technique::Sequence(2),
    ];
    let later = [Technique::Invert, Technique::Diminish, Technique::Liquidate];
    let throw = |key, sides| dice.throw(Purpose::Development, key, sides) as usize;
    let technique = match (says, inside, round) {
        (Own, 0 | 3, 0) | (Tune, _, 0) | (Line, ..) => Technique::Repeat,
        (Own, _, 0) if sings(style.ornament) => Technique::Repeat,
        (Own, _, 0) => moved[throw(910, 3)],
        (Own, 0 | 3, _) => later[throw(920 + round, 3)],
        (Own, ..) => moved[throw(930 + round, 3)],
        (Tune, ..) => [Technique::Repeat, Technique::Sequence(1)][throw(940 + round, 2)],
    };
    let closes = inside + 1 == length as usize || place + 1 == count;
    let theme = if closes && says == Tune {
        Theme::B
    } else {
        Theme::A
    };
    let unit = Unit {
        theme: Some(theme),
        technique,
        closes,
    };
    (unit, says)
}

#[cfg(test)]
mod tests;
