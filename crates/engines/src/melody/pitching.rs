//! From contour to pitch: chord tones where the metre is strong, scale tones between.
//!
//! The line moves from tone to tone by the motif's steps; on strong places and long tones it goes to the
//! chord tone that keeps the contour best and clashes with nothing. Now and then a strong place leans
//! (an appoggiatura), if the next tone can resolve it.

use music::pitch::Pitch;
use music::plan::ChordSpan;

use super::contour::TUNE_PRIORITY;
use super::draft::{Draft, Drafts};
use super::ear::Ear;
use crate::dice::{Dice, Purpose};

/// How much a tune leans on notes that are not in the chord.
#[derive(Clone, Copy, Debug)]
pub struct Manner {
    /// Chord tones on strong places, percent.
    pub strong_chord_tones: u32,
    /// The same in a soloist's lines.
    pub line_chord_tones: u32,
    /// Chord tones on weak eighths and sixteenths, percent (others fall into place by step).
    pub weak_chord_tones: u32,
    /// Rung of the ladder that degree 0 stands for.
    pub anchor: i32,
    /// Highest pitch away from the climax.
    pub cap: u8,
    /// The scale's steps are taken wider: wide steps turn round by octaves instead of leaving the range.
    pub expanded: bool,
}

/// Share of climaxes and open endings that are sent to a chord tone, percent. Taste.
const REST_POINTS: u32 = 50;
/// Sixteenths from which a tone is held rather than sung through, and the share of such tones that are sent to a
/// tone of the chord, percent. Taste: a quarter; what is held is heard against the chord.
const LONG: u16 = 4;
const HELD: u32 = 55;
/// Share of weak tones that may escape by a third or fourth, percent. Taste.
const ESCAPES: u32 = 90;
/// Share of mild tones that may stand over a chord that they do not belong to, percent. Taste: sixths,
/// ninths and fourths of the pentatonic float over the changes in sung tunes.
const STANDS: u32 = 97;
/// The same for other tones of the scale on weak places, if they are short. Taste: a tune that is known is
/// sung as it is known.
const PASSES: u32 = 92;

/// What a line pays for a tone of the chord that is neither third nor seventh. Taste: a whole tone and more.
const GUIDE: i32 = 10;

/// Gives the tune's tones their pitches, in order.
pub fn choose(drafts: &mut Drafts, ear: &Ear, manner: Manner, dice: Dice) {
    let mut before: Option<Before> = None;
    for index in 0..drafts.len() {
        let draft = drafts[index];
        if draft.priority < TUNE_PRIORITY {
            continue;
        }
        // A unit starts from its anchor, so that a motif that returns returns exactly.
        let line = before.filter(|b| b.unit == draft.unit);
        let next = next_of_tune(drafts, index).map(|n| drafts[n]);
        let until_next = next.map_or(u16::MAX, |n| n.at - draft.at);
        let holds = match draft.length {
            0 => until_next,
            written => written.min(until_next),
        };
        let next = next.filter(|n| n.unit == draft.unit);
        let pitch = one(&draft, (line, holds), next.as_ref(), ear, manner, dice);
        drafts[index].pitch = pitch;
        let leans = !ear.is_chord_tone(pitch, draft.hears)
            && !ear
                .chord(draft.hears)
                .is_some_and(|span| ear.is_mild(pitch, span));
        before = Some(Before {
            pitch,
            degree: draft.degree,
            unit: draft.unit,
            strength: draft.strength,
            leans,
        });
    }
}

/// The tone before, in the same unit.
#[derive(Clone, Copy)]
struct Before {
    pitch: u8,
    degree: i8,
    unit: u8,
    strength: u8,
    /// Neither a chord tone nor mild: it wants to move on by a step.
    leans: bool,
}

fn one(
    draft: &Draft,
    (line, holds): (Option<Before>, u16),
    next: Option<&Draft>,
    ear: &Ear,
    manner: Manner,
    dice: Dice,
) -> u8 {
    let top = if draft.soars { ear.range.1 } else { manner.cap };
    let home = ear.pitch(manner.anchor + draft.degree as i32);
    let (mut wanted, mut direction) = (home, 0);
    if manner.expanded {
        wanted = ear.folded(manner.anchor + draft.degree as i32, top);
        direction = line.map_or(0, |b| (wanted as i32 - b.pitch as i32).signum());
    } else if let Some(before) = line {
        // The motif's own pitch, so that what returns returns as it was; but where a chord moved the tone
        // before it, what stood still stands still.
        direction = (draft.degree - before.degree).signum() as i32;
        if direction == 0 {
            wanted = before.pitch;
        }
    }
    let onward = next.filter(|_| !manner.expanded).map(|n| {
        let there = ear.pitch(manner.anchor + n.degree as i32) as i32;
        (there, (n.degree - draft.degree).signum() as i32)
    });
    let line_to = Line {
        before: line,
        direction,
        onward,
    };
    let Some(span) = ear.chord(draft.hears) else {
        return wanted.clamp(ear.range.0, top);
    };
    let resolves = line.is_some_and(|b| {
        b.leans && b.strength >= 2 && !(1..=2).contains(&b.pitch.abs_diff(wanted))
    });
    let percent = if draft.is_last && (draft.closes || draft.opens) || resolves {
        100
    } else if draft.is_line && draft.strength >= 2 {
        manner.line_chord_tones
    } else if draft.is_last || draft.is_peak {
        REST_POINTS
    } else if holds >= LONG {
        manner.strong_chord_tones.max(HELD)
    } else if draft.is_strong() {
        manner.strong_chord_tones
    } else {
        manner.weak_chord_tones
    };
    // A question that already ends away from home on a tone that rubs with nothing is left as it is known.
    let asks = draft.opens && draft.is_last && matches!(ear.above_tonic(home), 2 | 7 | 10 | 11);
    let stands = asks && (ear.is_chord_tone(home, draft.hears) || ear.is_mild(home, span));
    if !stands && dice.chance(Purpose::PitchChoice, draft.key as u32, percent) {
        return chord_tone(draft, wanted, line_to, span, ear, top);
    }
    let tone = ear.scale_tone(wanted, &span.chord);
    let rubs = draft.is_strong() && Ear::clashes(tone, span);
    if rubs || tone < ear.range.0 || tone > top {
        return chord_tone(draft, wanted, line_to, span, ear, top);
    }
    tone
}

/// What lies about a tone: the tone before, the motif's way from it, and the motif's next pitch with the way on.
#[derive(Clone, Copy)]
struct Line {
    before: Option<Before>,
    direction: i32,
    onward: Option<(i32, i32)>,
}

/// The chord tone in range that costs least: near the wanted pitch, in the wanted direction, no clash.
fn chord_tone(draft: &Draft, wanted: u8, line: Line, span: &ChordSpan, ear: &Ear, top: u8) -> u8 {
    let mut best = (i32::MAX, wanted.clamp(ear.range.0, top));
    for pitch in ear.range.0..=top {
        let class = Pitch(pitch).class();
        if !span.chord.has_core(class) {
            continue;
        }
        let mut cost = 4 * (pitch as i32 - wanted as i32).abs();
        if let Some((there, direction)) = line.onward {
            // Taste: the way on should rise or fall as the motif does, too.
            cost += match (direction, (there - pitch as i32).signum()) {
                (a, b) if a == b => 0,
                _ => 5,
            };
        }
        if let Some(before) = line.before {
            let (moved, direction) = (pitch as i32 - before.pitch as i32, line.direction);
            // Taste: keeping the contour is worth a step or two.
            cost += match (direction, moved.signum()) {
                (a, b) if a == b => 0,
                (0, _) => 6,
                (_, 0) => 7,
                _ => 12,
            };
            if before.leans && !(1..=2).contains(&moved.abs()) {
                cost += 18;
            }
            cost += match moved.abs() {
                6 | 10 | 11 => 8,
                8 | 9 => 4,
                13.. => 60,
                _ => 0,
            };
        }
        if Ear::clashes(pitch, span) {
            cost += if draft.is_strong() { 80 } else { 12 };
        }
        if draft.is_peak && pitch < wanted {
            // Taste: a climax that gives way gives way upwards.
            cost += 16;
        }
        if draft.closes && draft.is_last {
            // Home is the tonic or its third where the chord has them, else the chord's own root or third.
            let place = span.chord.tones().iter().position(|t| *t == class);
            cost += match (ear.above_tonic(pitch), place) {
                (0, _) | (_, Some(0)) => 0,
                (3 | 4, _) | (_, Some(1)) => 8,
                _ => 16,
            };
        } else if draft.opens && draft.is_last {
            // A question rests on the second, the fifth or the seventh.
            cost += match ear.above_tonic(pitch) {
                2 | 7 | 10 | 11 => 0,
                0 => 20,
                _ => 9,
            };
        } else if draft.is_line {
            // Guide tones tell the chord.
            let place = span.chord.tones().iter().position(|t| *t == class);
            cost += if matches!(place, Some(1 | 3)) {
                0
            } else {
                GUIDE
            };
        }
        if cost < best.0 {
            best = (cost, pitch);
        }
    }
    best.1
}

/// Sees to it that what is not a chord tone moves on by a step, last to first: a tone that does not is
/// exchanged for a chord tone between its neighbours. Then names what every tone does.
pub fn resolve(drafts: &mut Drafts, ear: &Ear, cap: u8, dice: Dice) {
    for index in (0..drafts.len()).rev() {
        if drafts[index].priority < TUNE_PRIORITY
            || ear.is_chord_tone(drafts[index].pitch, drafts[index].hears)
        {
            continue;
        }
        let next = next_of_tune(drafts, index).map(|n| drafts[n]);
        let draft = drafts[index];
        let steps_on = next.is_some_and(|n| {
            let moved = n.pitch.abs_diff(draft.pitch);
            // A weak tone may also escape by a third or fourth to a chord tone, as an échappée does. Taste.
            let escapes = draft.strength < 2
                && draft.length <= 4
                && (3..=5).contains(&moved)
                && ear.is_chord_tone(n.pitch, n.hears)
                && dice.chance(Purpose::PitchChoice, 0x4000 + draft.key as u32, ESCAPES);
            ((1..=2).contains(&moved) || escapes)
                && n.at - draft.at <= 2 * ear.measure.bar as u16 / 3
        });
        if steps_on {
            // Heard only where its resolution is.
            let threshold = next.map_or(0, |n| n.threshold);
            drafts[index].threshold = draft.threshold.max(threshold);
            continue;
        }
        let Some(span) = ear.chord(draft.hears) else {
            continue;
        };
        let home = draft.is_last && draft.closes;
        let mild = !home && ear.is_mild(draft.pitch, span);
        let passes = !home && !draft.is_strong() && draft.length <= 3 && !draft.is_last;
        let share = match (mild, passes) {
            (true, _) => STANDS,
            (_, true) => PASSES,
            _ => 0,
        };
        if dice.chance(Purpose::PitchChoice, 0x8000 + draft.key as u32, share) {
            continue;
        }
        let before = drafts[..index]
            .iter()
            .rev()
            .find(|d| d.priority >= TUNE_PRIORITY && d.unit == draft.unit);
        let before = before.map_or(draft.pitch, |b| b.pitch) as i32;
        let after = next
            .filter(|n| n.unit == draft.unit)
            .map_or(draft.pitch, |n| n.pitch) as i32;
        let mut best = (i32::MAX, draft.pitch);
        let top = if draft.is_peak { ear.range.1 } else { cap };
        for pitch in ear.range.0..=top.max(draft.pitch) {
            if span.chord.has_core(Pitch(pitch).class()) {
                let here = pitch as i32;
                let stay = (here == before) as i32 + (here == after) as i32;
                let mut cost = 2 * (here - draft.pitch as i32).abs()
                    + (here - before).abs()
                    + (here - after).abs()
                    + 2 * stay;
                if draft.is_peak && pitch < draft.pitch {
                    // As where it was chosen: a climax gives way upwards.
                    cost += 16;
                }
                if Ear::clashes(pitch, span) {
                    cost += if draft.is_strong() { 60 } else { 8 };
                }
                if cost < best.0 {
                    best = (cost, pitch);
                }
            }
        }
        drafts[index].pitch = best.1;
    }
}

/// Place of the tune's next tone.
pub fn next_of_tune(drafts: &Drafts, index: usize) -> Option<usize> {
    (index + 1..drafts.len()).find(|i| drafts[*i].priority >= TUNE_PRIORITY)
}
