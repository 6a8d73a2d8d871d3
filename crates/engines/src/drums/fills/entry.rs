//! How a fill grows out of its groove: what goes on under it, and what leads into it.

use music::drum::Piece;
use music::note::{Candidate, Gate, Role};

use super::Laid;
use crate::dice::Purpose;
use crate::drums::architect::is_timekeeper;
use crate::drums::kit::{Kit, piece_of};

/// Fewest strokes of hands after which a sparse first beat is an entry and no stop. Taste.
const GOES_ON: usize = 3;
/// Taste, in percent: section ends that a player leads into with soft strokes.
const PICKED_UP: u32 = 35;

/// Where the groove still plays under a fill.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
struct Entry {
    /// Slot of the first stroke of a hand: all of the groove goes on until there.
    first_hand: usize,
    /// Slot until which what keeps time goes on.
    time_until: usize,
}

fn entry(laid: &Laid) -> Entry {
    let struck = |index: usize| {
        let hands = laid.fill.lines.iter().filter(|l| l.piece != Piece::Kick);
        let mut steps = hands.map(|l| laid.written(&l.pattern.steps, index));
        steps.any(|s| s.priority > 0)
    };
    let Some(first) = laid.slots.get(laid.first) else {
        return Entry {
            first_hand: laid.first,
            time_until: laid.first,
        };
    };
    let of_first = |index: &usize| laid.slots[*index].beat == first.beat;
    let all = || laid.first..laid.slots.len();
    let second_beat = all().find(|i| !of_first(i)).unwrap_or(laid.slots.len());
    // A rest of a whole beat or more is meant.
    let first_hand = all().take_while(of_first).find(|i| struck(*i));
    let begun = all().take_while(of_first).filter(|i| struck(*i)).count();
    let later = (second_beat..laid.slots.len())
        .filter(|i| struck(*i))
        .count();
    let sparse = begun <= 1 && later >= GOES_ON;
    let first_hand = first_hand.unwrap_or(if sparse { second_beat } else { laid.first });
    Entry {
        first_hand,
        time_until: if sparse { second_beat } else { first_hand },
    }
}

/// Shuts the gates of what the groove plays under a fill, but for what goes on.
pub fn make_way(kit: &mut Kit, laid: &Laid) {
    let Some(start) = laid.slots.get(laid.first).map(|s| s.tick) else {
        return;
    };
    let entry = entry(laid);
    let kicks = laid.fill.lines.iter().any(|l| l.piece == Piece::Kick);
    let tick = |slot: usize| laid.slots.get(slot).map_or(i64::MAX, |s| s.tick);
    let strikes = |at: i64| {
        let index = (laid.first..laid.slots.len()).find(|i| tick(*i) == at);
        let lines = || laid.fill.lines.iter().filter(|l| l.piece != Piece::Kick);
        index.is_some_and(|i| lines().any(|l| laid.written(&l.pattern.steps, i).priority > 0))
    };
    let from = kit.view.place.start;
    for stroke in kit.out.iter_mut() {
        let at = stroke.grid.since(from);
        if at < start || goes_on(stroke, at, kicks, entry, tick, &strikes) {
            continue;
        }
        let slot = laid.slots.iter().rev().find(|s| s.tick <= at);
        let reached = slot.map_or(laid.threshold, |s| laid.from(s));
        stroke.gate.fills.1 = stroke.gate.fills.1.min(reached - 1);
    }
    kit.out.retain(|s| s.gate.fills.0 <= s.gate.fills.1);
}

fn goes_on(
    stroke: &Candidate,
    at: i64,
    kicks: bool,
    entry: Entry,
    tick: impl Fn(usize) -> i64,
    strikes: &impl Fn(i64) -> bool,
) -> bool {
    let Some(piece) = piece_of(stroke) else {
        return false;
    };
    match piece {
        Piece::HatPedal => true,
        Piece::Kick => !kicks,
        _ if at < tick(entry.first_hand) => true,
        _ => is_timekeeper(piece) && at < tick(entry.time_until) && !strikes(at),
    }
}

/// One or two soft snare strokes before a player's fill on the snare.
pub fn pick_up(kit: &mut Kit, laid: &Laid) {
    let Some(before) = laid.first.checked_sub(1) else {
        return;
    };
    let snared = laid.fill.lines.iter().any(|l| {
        l.piece == Piece::Snare && laid.written(&l.pattern.steps, laid.first).priority > 0
    });
    let players = kit.view.style.drums.players;
    if !laid.strong || players == 0 || !snared || !kit.dice.chance(Purpose::Fill, 91, PICKED_UP) {
        return;
    }
    // Where eighths swing, the stroke before is the last third of the beat.
    let step = if kit.sixteenths { 1 } else { 2 };
    let count = if kit.sixteenths && kit.dice.chance(Purpose::Fill, 92, 40) {
        2
    } else {
        1
    };
    let body = [Piece::Snare, Piece::Rim, Piece::Clap];
    for k in 0..count {
        let Some(slot) = (before + 1)
            .checked_sub(step + k)
            .and_then(|i| laid.slots.get(i))
        else {
            return;
        };
        if kit.has(slot.tick, &body) {
            return;
        }
        let from = laid.from(&laid.slots[laid.first]);
        let gate = Gate {
            fills: (from, 100),
            ..Gate::density(40)
        };
        // Taste: a little louder than a ghost, growing.
        let velocity = 52 - 8 * k as u8 + kit.dice.throw(Purpose::Fill, 93 + k as u32, 8) as u8;
        kit.strike(
            slot.tick,
            Piece::Snare,
            velocity,
            gate,
            Role::Fill(Piece::Snare),
        );
    }
}
