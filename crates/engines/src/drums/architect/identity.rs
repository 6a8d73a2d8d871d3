//! What tells a style by its time: the strokes of its timekeepers that are always wanted.
//!
//! An open hat off the beat is house, whoever strikes it. Such strokes keep their places in most songs and may
//! move to a kindred sound; all around them is the song's own.

use music::drum::Piece;
use music::style::{DrumGroove, Step};

use super::time::{is_swung, is_timekeeper, knows};
use crate::dice::{Dice, Purpose};
use crate::view::BarView;

/// Priority of the strokes that tell the style.
const ALWAYS: u8 = 9;
/// Taste: most strokes of a bar that tell a style; what strikes more often is a carpet.
const MOST: usize = 8;
/// Taste, in percent: a song's kinds of sections that keep them.
const KEPT: u32 = 80;

/// Strokes that stay, by step of the pattern bar, and what they are struck on.
#[derive(Clone, Copy, Debug)]
pub struct Identity {
    /// The sound.
    pub piece: Piece,
    steps: [Step; 16],
}

impl Identity {
    /// The stroke at a step, if one tells the style there.
    pub fn step(&self, pattern_step: u8) -> Option<Step> {
        let step = self.steps[pattern_step as usize % 16];
        (step.priority > 0).then_some(step)
    }
}

/// The strokes that every bar of a groove's timekeepers has, and the piece that has most of them.
fn written(groove: &DrumGroove) -> Option<(Piece, [Step; 16])> {
    let mut steps = [Step::default(); 16];
    let mut best = None;
    let lines = groove.lines.iter();
    for line in lines.filter(|l| is_timekeeper(l.piece) && !l.pattern.cycles) {
        let mut own = 0;
        for (place, step) in steps.iter_mut().enumerate() {
            let mut bars = line.pattern.steps.iter().skip(place).step_by(16);
            let always = bars.clone().count() > 0 && bars.all(|s| s.priority >= ALWAYS);
            if always && step.priority == 0 {
                *step = line.pattern.steps[place];
                own += 1;
            }
        }
        if own > 0 && best.is_none_or(|(most, _)| own > most) {
            best = Some((own, line.piece));
        }
    }
    let count = steps.iter().filter(|s| s.priority > 0).count();
    best.filter(|_| count <= MOST)
        .map(|(_, piece)| (piece, steps))
}

/// Decides for the section's kind; `own` keeps time as written, `now` in this song.
pub fn choose(
    view: &BarView,
    groove: &DrumGroove,
    (own, now): (Piece, Piece),
    dice: Dice,
) -> Identity {
    let none = Identity {
        piece: now,
        steps: [Step::default(); 16],
    };
    let Some((teller, steps)) = written(groove) else {
        return none;
    };
    // Straight beats are common to most styles and tell none.
    let tells = |(place, step): (usize, &Step)| place % 4 != 0 && step.priority > 0;
    if !is_swung(view) && !steps.iter().enumerate().any(tells) {
        return none;
    }
    if !dice.chance(Purpose::Variant, 80, KEPT) {
        return none;
    }
    // One hand keeps time on one surface; a machine, or a hat that opens, may have its second voice.
    let piece = if teller == own {
        now
    } else {
        kindred(view, teller, dice)
    };
    Identity { piece, steps }
}

/// The sound that a second voice is struck on: its own most often, else what the style knows. Taste.
fn kindred(view: &BarView, teller: Piece, dice: Dice) -> Piece {
    let pieces = [
        teller,
        Piece::HatOpen,
        Piece::Ride,
        Piece::Shaker,
        Piece::HatClosed,
    ];
    let weights: [u8; 5] = core::array::from_fn(|k| match k {
        0 => 5,
        _ if pieces[k] != teller && knows(view, pieces[k]) => 3,
        _ => 0,
    });
    pieces[dice.pick(Purpose::Variant, 81, &weights).unwrap_or(0)]
}
