//! The search against all stacks there are: it leaves out only what cannot be the best.

use std::vec::Vec as Heap;

use music::chord::{Chord, Quality};
use music::pitch::{Pitch, PitchClass};
use music::plan::Voicing;

use super::super::costs::{
    CLASH, CLUSTER, MINOR_NINTH, SHUNNED, ToneCosts, WIDEST_MUD, apart, movement, mud, off_centre,
};
use super::super::search::Search;
use super::{Rules, Spacing};
use crate::dice::{Dice, Purpose};

/// What is asked.
struct Case {
    chord: Chord,
    rules: Rules,
    before: Option<Voicing>,
    others: Voicing,
}

/// Pitches within reach of the voices before.
fn reach(case: &Case) -> Heap<u8> {
    let (low, high) = match &case.before {
        Some(v) => (v[0].0.saturating_sub(7), v[v.len() - 1].0 + 7),
        None => (case.rules.centre - 13, case.rules.centre + 13),
    };
    let (low, high) = (
        low.max(case.rules.range.0),
        u8::min(high, case.rules.range.1),
    );
    (low..=high)
        .filter(|p| case.chord.has(Pitch(*p).class()))
        .collect()
}

/// What a whole stack costs, rule by rule.
fn cost(case: &Case, stack: &[u8]) -> i32 {
    let rules = &case.rules;
    let mut cost = 0;
    for (voice, pitch) in stack.iter().enumerate() {
        cost += match &case.before {
            Some(v) if v.len() == stack.len() => movement(v[voice].0, *pitch),
            Some(_) => 0,
            None => off_centre(*pitch, rules.centre),
        };
        if rules.shun == Some(Pitch(*pitch).class()) {
            cost += SHUNNED;
        }
        let clashes = |o: &&Pitch| o.0.abs_diff(*pitch) % 12 == 1;
        cost += CLASH * case.others.iter().filter(clashes).count() as i32;
        let ninth = stack[..voice].iter().any(|low| low + 13 == *pitch);
        cost += MINOR_NINTH * ninth as i32;
    }
    for (place, pair) in stack.windows(2).enumerate() {
        let gap = pair[1] - pair[0];
        cost += apart(rules, place == 0, gap);
        if gap <= WIDEST_MUD {
            cost += mud(pair[0], gap);
        }
        // A semitone under the top voice hides it.
        cost += CLUSTER * (gap == 1 && place + 2 == stack.len()) as i32;
    }
    let tones = ToneCosts::new(case.chord, rules.rootless);
    for (tone, interval) in case.chord.quality.intervals().iter().enumerate() {
        let class = case.chord.root.up(*interval as i32);
        let count = stack.iter().filter(|p| Pitch(**p).class() == class).count() as i32;
        cost += match count {
            0 => tones.missing[tone],
            _ => tones.once[tone] + (count - 1) * tones.doubled[tone],
        };
    }
    let sum: i32 = stack.iter().map(|p| *p as i32).sum();
    let mean = sum / stack.len() as i32;
    cost + rules.pull * (mean - rules.centre as i32).abs()
}

/// The cheapest of all stacks of so many voices; of those that cost the same, the lowest from the bottom up.
fn cheapest(case: &Case, from: &[u8], voices: usize) -> (i32, Heap<u8>) {
    let mut best = (i32::MAX, Heap::new());
    let mut places: Heap<usize> = (0..voices).collect();
    loop {
        let stack: Heap<u8> = places.iter().map(|i| from[*i]).collect();
        let cost = cost(case, &stack);
        if cost < best.0 {
            best = (cost, stack);
        }
        let Some(turn) = (0..voices)
            .rev()
            .find(|v| places[*v] < from.len() - voices + v)
        else {
            return best;
        };
        places[turn] += 1;
        for voice in turn + 1..voices {
            places[voice] = places[voice - 1] + 1;
        }
    }
}

fn case(number: u32) -> Case {
    let dice = Dice::song(7).at(number);
    let throw = |step: u32, sides: u32| dice.throw(Purpose::Voicing, step, sides);
    let low = 40 + throw(0, 20) as u8;
    let range = (low, low + 14 + throw(1, 16) as u8);
    let quality = Quality::ALL[throw(2, Quality::ALL.len() as u32) as usize];
    let chord = Chord::new(PitchClass(throw(3, 12) as u8), quality);
    let some = |step: u32, count: u32| -> Voicing {
        let mut out: Voicing = (0..count)
            .map(|i| Pitch(range.0 + throw(step + i, (range.1 - range.0) as u32) as u8))
            .collect();
        out.sort_unstable();
        let mut before = None;
        out.retain(|p| before.replace(*p) != Some(*p));
        out
    };
    let voices = 1 + throw(4, 6);
    // Now and then another number of voices before.
    let count = if throw(5, 5) == 0 { 3 } else { voices };
    Case {
        chord,
        rules: Rules {
            voices: voices as u8,
            range,
            rootless: throw(6, 3) == 0,
            centre: (range.0 + range.1) / 2 + throw(7, 5) as u8 - 2,
            pull: [0, 6, 40][throw(8, 3) as usize],
            spacing: [Spacing::Free, Spacing::Close, Spacing::Open][throw(9, 3) as usize],
            shun: (throw(10, 2) == 0).then(|| chord.root.up(1)),
        },
        before: (throw(11, 4) > 0).then(|| some(20, count)),
        others: some(40, throw(12, 4)),
    }
}

#[test]
fn the_search_finds_what_a_look_at_every_stack_finds() {
    let mut compared = 0;
    for number in 0..600 {
        let case = case(number);
        let from = reach(&case);
        let voices = (case.rules.voices as usize).min(from.len());
        if voices == 0 {
            continue;
        }
        let found = Search::new(case.chord, case.rules, case.before.as_ref(), &case.others).run();
        let found: Heap<u8> = found.iter().map(|p| p.0).collect();
        let (least, stack) = cheapest(&case, &from, voices);
        let said = cost(&case, &found);
        assert_eq!(said, least, "{number}: {found:?}, cheapest {stack:?}");
        assert_eq!(found, stack, "{number}: the lower one stands");
        compared += 1;
    }
    assert!(compared > 550, "{compared}");
}
