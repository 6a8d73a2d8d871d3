//! Ornaments behind the complexity gate: what a singer or player adds to a tune, by the style's kind.
//!
//! Each lies in the air or on the tail of the tone before it, or ends the tone that it leaves, so that nothing
//! else moves when it is heard. Simple ones come first as complexity rises. A final chorus has them earlier.

use music::note::{Gate, Role};
use music::pitch::Pitch;
use music::plan::{Section, TuneNote};
use music::style::{MelodyStyle, Ornament};
use music::time::TICKS_PER_STEP;

use super::contour::TUNE_PRIORITY;
use super::draft::{Draft, Drafts};
use super::ear::Ear;
use crate::dice::{Dice, Purpose};

/// Length of a single grace note in ticks. Taste: two thirds of a sixteenth, clearly before the tone that it
/// leads to.
const GRACE: i64 = TICKS_PER_STEP * 2 / 3;
/// Length of each grace where there are several, in ticks. Taste: a thirty-second.
const QUICK: i64 = TICKS_PER_STEP / 2;
/// How much earlier a final section has its ornaments, in percent of complexity. Taste.
const FINAL: u8 = 6;
/// Velocity of ornaments. Taste: lighter than any tone of the tune.
const SOFT: u8 = 64;

/// What may be done to a tone.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Figure {
    /// A grace from the scale step below.
    Scoop,
    /// A grace from the semitone below.
    Chromatic,
    /// A grace from the scale step above.
    Above,
    /// Out of the blue third or the blue fifth, where the tone is the note over it; else a scoop.
    Blue,
    /// Two graces, from above and from a semitone below.
    Enclosure,
    /// The tone, the step above, the tone again.
    Mordent,
    /// Above, the tone, below, before the tone.
    Turn,
    /// Two quick tones down off the end of a long tone.
    Fall,
}

use Figure::{Above, Blue, Chromatic, Enclosure, Fall, Mordent, Scoop, Turn};

impl Figure {
    /// The figures of a kind of ornament, the commonest more than once. Taste.
    pub const fn of(kind: Ornament) -> [Figure; 8] {
        match kind {
            Ornament::Pop => [Scoop, Scoop, Scoop, Above, Fall, Fall, Turn, Scoop],
            Ornament::Blues => [Blue, Blue, Blue, Blue, Fall, Fall, Scoop, Chromatic],
            Ornament::Jazz => [
                Enclosure, Enclosure, Enclosure, Chromatic, Chromatic, Turn, Fall, Above,
            ],
            Ornament::Latin => [
                Mordent, Mordent, Above, Above, Turn, Chromatic, Mordent, Scoop,
            ],
            Ornament::Folk => [Above, Above, Scoop, Scoop, Mordent, Turn, Above, Scoop],
        }
    }
    /// Complexity from which it is heard at the earliest. Taste.
    const fn complexity(self) -> u8 {
        match self {
            Scoop | Blue => 30,
            Above | Chromatic => 36,
            Fall | Mordent => 42,
            Enclosure => 46,
            Turn => 56,
        }
    }
    /// Sixteenths of room that it needs before the tone.
    const fn room(self) -> u16 {
        match self {
            Enclosure | Turn => 2,
            Fall => 0,
            _ => 1,
        }
    }
}

/// Calls `write` for the ornaments of a phrase, as often as the style says.
pub fn ornament(
    drafts: &Drafts,
    ear: &Ear,
    style: &MelodyStyle,
    section: &Section,
    dice: Dice,
    write: &mut dyn FnMut(i64, TuneNote),
) {
    let figures = Figure::of(style.ornament);
    let mut free_from = 0u16;
    for draft in drafts {
        let room = draft.at.saturating_sub(free_from);
        free_from = draft.at + 1;
        let able = draft.priority >= TUNE_PRIORITY && draft.length >= 3 && draft.late == 0;
        let key = 16 * draft.key as u32;
        if !able || !dice.chance(Purpose::Ornament, key, style.ornaments as u32) {
            continue;
        }
        let mut figure =
            figures[dice.throw(Purpose::Ornament, key + 1, figures.len() as u32) as usize];
        if figure == Fall && (draft.length < 6 || !draft.is_last) {
            figure = figures[0];
        }
        if figure.room() > room || (figure != Fall && draft.strength == 0) {
            continue;
        }
        if figure == Fall {
            free_from = draft.at + draft.length;
        }
        let later = dice.throw(Purpose::Ornament, key + 2, 40) as u8;
        let earlier = if section.is_final { FINAL } else { 0 };
        let complexity = (figure.complexity() + later - earlier).min(100);
        let mut put = |ticks: i64, length: i64, pitch: u8, role: Role| {
            let pitch = pitch.clamp(ear.range.0, ear.range.1);
            write(
                Ear::tick(draft.at) + ticks,
                note(draft, pitch, length, complexity, role),
            );
        };
        place(figure, draft, ear, &mut put);
    }
}

/// Calls `put` with ticks from the tone's onset, length, pitch and role of each tone of a figure.
fn place(figure: Figure, draft: &Draft, ear: &Ear, put: &mut dyn FnMut(i64, i64, u8, Role)) {
    let (above, below) = (ear.stepped(draft.pitch, 1), ear.stepped(draft.pitch, -1));
    let under = draft.pitch.saturating_sub(1);
    match figure {
        Scoop => put(-GRACE, GRACE, below, Role::Approach),
        Chromatic => put(-GRACE, GRACE, under, Role::Approach),
        Above => put(-GRACE, GRACE, above, Role::Neighbour),
        Blue => {
            // Minor third into the major third, flat fifth into the fifth: a semitone from below.
            let blue = matches!(ear.above_tonic(draft.pitch), 4 | 7);
            let from = if blue { under } else { below };
            put(-GRACE, GRACE, from, Role::Approach);
        }
        Enclosure => {
            put(-2 * TICKS_PER_STEP, TICKS_PER_STEP, above, Role::Neighbour);
            put(-TICKS_PER_STEP, TICKS_PER_STEP, under, Role::Approach);
        }
        Mordent => {
            put(-TICKS_PER_STEP, QUICK, draft.pitch, Role::Neighbour);
            put(-QUICK, QUICK, above, Role::Neighbour);
        }
        Turn => {
            put(-3 * QUICK, QUICK, above, Role::Neighbour);
            put(-2 * QUICK, QUICK, draft.pitch, Role::Neighbour);
            put(-QUICK, QUICK, below, Role::Approach);
        }
        Fall => {
            let end = Ear::tick(draft.length);
            put(end - TICKS_PER_STEP, QUICK, below, Role::Passing);
            let lower = ear.stepped(draft.pitch, -2);
            put(end - QUICK, QUICK, lower, Role::Passing);
        }
    }
}

fn note(draft: &Draft, pitch: u8, ticks: i64, complexity: u8, role: Role) -> TuneNote {
    TuneNote {
        bar: 0,
        tick: 0,
        duration: ticks as u16,
        pitch: Pitch(pitch),
        velocity: SOFT,
        gate: Gate {
            complexity,
            ..Gate::density(draft.threshold.max(30))
        },
        role,
    }
}

#[cfg(test)]
mod tests;
