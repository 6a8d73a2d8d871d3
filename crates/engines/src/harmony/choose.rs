//! Chords of least cost over a phrase: how far they reach is a control, which of them is settled as a whole.
//!
//! At the middle of the tension control the plan stands as the style has it. Below, chords give way to the
//! plainest of their function; above, to secondary dominants, tritone substitutes, loans and altered chords.
//! Reharmonising exchanges chords, typed ones too, for others of their function. Every place has a few
//! candidates; the path through them that costs least in function, voice leading, fit to what the tune lives
//! on and surprise is found by dynamic programming. Reference: Viterbi, "Error bounds for convolutional
//! codes", IEEE Transactions on Information Theory 13, 1967.

use heapless::Vec;
use music::chord::Chord;
use music::controls::TENSION;
use music::pitch::{Key, Scale};
use music::plan::{PHRASE_CHORDS, Phrase, SectionKind};
use music::roman::Function;

use super::candidates::{Candidate, Candidates, MOST, Why, candidates};
use super::progression::changes;
use super::typed::Spans;
use crate::band::PhraseSeat;
use crate::dice::{Dice, Purpose};

/// What a semitone by which a chord's tones move costs, and roots by the interval that they rise: fifths fall
/// for nothing, a tritone is far. Taste.
const MOVED: i32 = 3;
const ROOTS: [i32; 12] = [40, 6, 3, 8, 8, 0, 14, 4, 6, 4, 6, 2];
/// A chord that was to lead somewhere and does not. Taste.
const UNRESOLVED: i32 = 160;
/// The key's dominant before what sets out: a step back. Taste.
const BACK: i32 = 34;
/// The same chord again. Taste.
const AGAIN: i32 = 60;
/// What leaving the written chord costs at least, and at most by chance. Taste: some places give way before
/// others.
const KEPT: (i32, u32) = (24, 60);
/// What a step away from the wanted distance costs. Taste.
const SURPRISE: i32 = 2;
/// A written chord that is to be exchanged all the same.
const EXCHANGED: i32 = 2000;
/// Furthest that tension reaches, on the scale of [`Candidate::far`].
const FURTHEST: i32 = 92;

/// What is asked of one place.
#[derive(Clone, Copy, Debug, Default)]
struct Place {
    /// How far its chord should reach.
    want: i32,
    /// What leaving the written chord costs.
    kept: i32,
    /// What staying with it costs.
    stays: i32,
}

/// Exchanges the chords of a phrase; bit `i` of `hand` says that the user typed chord `i`.
pub fn rewrite(seat: &PhraseSeat, phrase: &Phrase, spans: &mut Spans, hand: u64) {
    let (tension, exchange) = (seat.latch.tension.min(100), seat.latch.reharmonise.min(100));
    if tension == TENSION.default as u8 && exchange == 0 {
        return;
    }
    let dice = changes(seat).dice.at(0x55);
    let ends = phrase.first_in_section + phrase.bars >= seat.section.bars;
    let mut columns: Vec<Candidates, PHRASE_CHORDS> = Vec::new();
    let mut places: Vec<Place, PHRASE_CHORDS> = Vec::new();
    for index in 0..spans.len() {
        let typed = hand & 1 << index != 0;
        let next = spans.get(index + 1).map(|s| s.chord);
        let (chord, key, scale) = (spans[index].chord, seat.latch.key, seat.latch.scale);
        let lead = if index > 0 { next } else { None };
        let mut column = candidates(chord, lead, key, scale);
        let at = phrase.first_in_section as u32 * 4 + index as u32;
        let last = index + 1 == spans.len();
        let anchored = index == 0 || last;
        // Who has come home at the section's end stays there.
        let home = last && ends && chord.root == key && column[0].function == Function::Tonic;
        let thrown = dice.throw(Purpose::Colour, 3000 + at, 100);
        // What a phrase stands on gives way last.
        let exchanged = thrown < exchange as u32 * if anchored { 60 } else { 100 } / 100;
        let tension = if typed {
            TENSION.default as u8
        } else {
            tension
        };
        let exchanged = exchanged && !home;
        if home || typed && !exchanged {
            column.truncate(1);
        }
        let far = column[0].far;
        let _ = places.push(place(far, tension, exchanged, anchored, dice, at));
        let _ = columns.push(column);
    }
    let chosen = path(&columns, &places, seat.section.kind, dice);
    for (span, (column, index)) in spans.iter_mut().zip(columns.iter().zip(&chosen)) {
        span.chord = column[*index as usize].chord;
    }
}

/// A chord that may stand in another's place, and why.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Alternative {
    /// The chord.
    pub chord: Chord,
    /// Why it fits.
    pub why: Why,
    /// What it costs, as reharmonising counts.
    pub cost: i32,
}

/// What may stand in a chord's place between its neighbours, the best first; never the chord itself.
pub fn alternatives(
    chord: Chord,
    around: (Option<Chord>, Option<Chord>),
    key: Key,
    scale: Scale,
    kind: SectionKind,
) -> Vec<Alternative, MOST> {
    let column = candidates(chord, around.1, key, scale);
    let written = column[0];
    let place = Place {
        want: written.far,
        ..Place::default()
    };
    let neighbour = |chord: Chord| candidates(chord, None, key, scale)[0];
    let way = |from: &Candidate, to: &Candidate| {
        let off = distances(rotated(from.chord));
        step_cost(from, to, || moved(&off, rotated(to.chord)))
    };
    let (before, behind) = (around.0.map(neighbour), around.1.map(neighbour));
    let mut all: Vec<Alternative, MOST> = column
        .iter()
        .skip(1)
        .map(|candidate| Alternative {
            chord: candidate.chord,
            why: candidate.why,
            cost: own_cost(candidate, false, &place, kind)
                + before.map_or(0, |before| way(&before, candidate))
                + behind.map_or(0, |behind| way(candidate, &behind)),
        })
        .collect();
    all.sort_unstable_by_key(|alternative| alternative.cost);
    all
}

/// What is asked of a place whose written chord reaches `far`.
fn place(far: i32, tension: u8, exchanged: bool, anchored: bool, dice: Dice, at: u32) -> Place {
    let (tension, middle) = (tension as i32, TENSION.default);
    // Weak places reach further than those that a phrase stands on. Taste.
    let reach = if anchored {
        25
    } else {
        55 + dice.throw(Purpose::Colour, 4000 + at, 46) as i32
    };
    let want = if tension < middle {
        far * tension / middle
    } else {
        let open = (FURTHEST - far).max(0);
        far + open * (tension - middle) / (100 - middle) * reach / 100
    };
    Place {
        want: if exchanged { want + 20 } else { want },
        kept: if exchanged {
            0
        } else {
            KEPT.0 + dice.throw(Purpose::Colour, 5000 + at, KEPT.1) as i32
        },
        stays: if exchanged { EXCHANGED } else { 0 },
    }
}

/// The cheapest way through all columns: an index into each.
fn path(
    columns: &[Candidates],
    places: &[Place],
    kind: SectionKind,
    dice: Dice,
) -> Vec<u8, PHRASE_CHORDS> {
    let mut from = [[0u8; MOST]; PHRASE_CHORDS];
    let mut before = [0i32; MOST];
    // How far each pitch class lies off every chord before.
    let mut off = [[0u8; 12]; MOST];
    for (at, (column, place)) in columns.iter().zip(places).enumerate() {
        let mut costs = [i32::MAX; MOST];
        for (index, candidate) in column.iter().enumerate() {
            let tones = rotated(candidate.chord);
            let noise = dice.throw(Purpose::Colour, 6000 + (at * MOST + index) as u32, 12) as i32;
            let own = own_cost(candidate, index == 0, place, kind) + noise;
            let best = match at.checked_sub(1).map(|i| &columns[i]) {
                None => Some((0, 0)),
                Some(others) => others
                    .iter()
                    .enumerate()
                    .map(|(i, other)| {
                        let moved = || moved(&off[i], tones);
                        (before[i] + step_cost(other, candidate, moved), i)
                    })
                    .min(),
            };
            let (cost, index_before) = best.unwrap_or((0, 0));
            costs[index] = cost + own;
            from[at][index] = index_before as u8;
        }
        before = costs;
        for (off, candidate) in off.iter_mut().zip(column) {
            *off = distances(rotated(candidate.chord));
        }
    }
    let mut out: Vec<u8, PHRASE_CHORDS> = Vec::new();
    let _ = out.resize_default(columns.len());
    let last = columns.last().map_or(0, |c| c.len());
    let mut index = (0..last).min_by_key(|i| before[*i]).unwrap_or(0) as u8;
    for at in (0..columns.len()).rev() {
        out[at] = index;
        index = from[at][index as usize];
    }
    out
}

fn own_cost(candidate: &Candidate, written: bool, place: &Place, kind: SectionKind) -> i32 {
    // Who sings a hook sings the scale; a bridge may wander. Taste.
    let strange = match kind {
        SectionKind::Bridge | SectionKind::Solo | SectionKind::Breakdown => 3,
        _ => 7,
    };
    let leaves = if written { place.stays } else { place.kept };
    leaves
        + SURPRISE * (candidate.far - place.want).abs()
        + candidate.turns
        + strange * candidate.strange
}

/// What going from one chord to the next costs; `moved` says how far its tones move.
fn step_cost(from: &Candidate, to: &Candidate, moved: impl Fn() -> i32) -> i32 {
    if from.chord == to.chord {
        return AGAIN;
    }
    let lost = from.leads_to.is_some_and(|root| root != to.chord.root);
    let back = from.leads_to.is_none()
        && (from.function, to.function) == (Function::Dominant, Function::Subdominant);
    ROOTS[from.chord.root.to(to.chord.root) as usize]
        + if back { BACK } else { 0 }
        + MOVED * moved()
        + if lost { UNRESOLVED } else { 0 }
}

/// Semitones that a chord's tones lie from the nearest of the old one's, in all.
fn moved(off: &[u8; 12], tones: u16) -> i32 {
    let far = off.iter().enumerate();
    far.map(|(class, off)| (tones >> class & 1) as i32 * *off as i32)
        .sum()
}

/// Semitones from each pitch class to the nearest one of a set.
fn distances(tones: u16) -> [u8; 12] {
    core::array::from_fn(|class| {
        let around = (tones >> class | tones << (12 - class)) & 0xfff;
        // Bits of `around` are semitones above the class; the nearest may lie below.
        let up = around.trailing_zeros() as u8;
        let down = if around & 1 != 0 {
            0
        } else {
            around.leading_zeros() as u8 - 3
        };
        up.min(down)
    })
}

/// Pitch classes of a chord as bits.
fn rotated(chord: Chord) -> u16 {
    chord.root.rotated(chord.quality.mask())
}

#[cfg(test)]
mod tests;
