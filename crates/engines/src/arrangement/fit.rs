//! Fits a style's form template to a number of bars: cut, stretched and repeated as a band would do it.
//!
//! Lengths are counted in units of four bars. A body is made of groups, each leading to the hook (chorus or
//! drop). What is too long loses later groups first, then bars of intro and outro, then lead-ins; the first
//! way to the hook goes last. What is too short plays the body again, then single groups, then a solo or
//! breakdown, and lengthens only in the end. Bars that do not fill a unit ring out in the outro.

use core::ops::Range;

use heapless::Vec;
use music::plan::SectionKind;
use music::song::MAX_SECTIONS;
use music::style::FormStep;

use crate::dice::{Dice, Purpose};

/// A section to be: kind and length in bars.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Part {
    /// What it is.
    pub kind: SectionKind,
    /// Length in bars.
    pub bars: u16,
}

type Parts = Vec<Part, MAX_SECTIONS>;

/// Bars of a unit.
const UNIT: u16 = 4;
/// Taste: sections beyond this number make a song a list; longer forms get longer sections.
const ENOUGH_SECTIONS: usize = 60;

/// Used where a style writes no template. Taste: the common song.
const COMMON: [(SectionKind, u16); 9] = [
    (SectionKind::Intro, 4),
    (SectionKind::Verse, 8),
    (SectionKind::Chorus, 8),
    (SectionKind::Verse, 8),
    (SectionKind::Chorus, 8),
    (SectionKind::Bridge, 8),
    (SectionKind::Chorus, 8),
    (SectionKind::Solo, 8),
    (SectionKind::Outro, 4),
];

/// Sections of exactly `bars` bars in all.
pub fn fit(template: &[FormStep], bars: u16, dice: Dice) -> Parts {
    let mut parts = Parts::new();
    for step in template {
        let _ = parts.push(Part {
            kind: step.kind,
            bars: (step.bars as u16).max(1),
        });
    }
    if parts.is_empty() {
        parts.extend(COMMON.map(|(kind, bars)| Part { kind, bars }));
    }
    if total(&parts) == bars {
        return parts;
    }
    for part in &mut parts {
        part.bars = ((part.bars + UNIT / 2) / UNIT).max(1);
    }
    let units = bars / UNIT;
    let hook = hook(&parts);
    while total(&parts) > units && parts.len() > 1 {
        let over = total(&parts) - units;
        cut(&mut parts, hook, over);
    }
    if total(&parts) < units {
        stretch(&mut parts, hook, units, dice);
    }
    if let [only] = &mut parts[..] {
        only.bars = units;
    }
    for part in &mut parts {
        part.bars *= UNIT;
    }
    ring_out(&mut parts, bars % UNIT);
    parts
}

fn total(parts: &[Part]) -> u16 {
    parts.iter().map(|p| p.bars).sum()
}

/// What the song is about: drop, chorus, or whatever its first full section is.
fn hook(parts: &[Part]) -> SectionKind {
    for kind in [SectionKind::Drop, SectionKind::Chorus, SectionKind::Verse] {
        if parts.iter().any(|p| p.kind == kind) {
            return kind;
        }
    }
    parts.first().map_or(SectionKind::Verse, |p| p.kind)
}

/// The body: without a first intro and a last outro.
fn body(parts: &[Part]) -> Range<usize> {
    let first = usize::from(parts.first().is_some_and(|p| p.kind == SectionKind::Intro));
    let ends = parts.len() > first && parts.last().is_some_and(|p| p.kind == SectionKind::Outro);
    first..parts.len() - usize::from(ends)
}

/// The group that starts at `from`: up to and with the next hook.
fn group(parts: &[Part], from: usize, hook: SectionKind) -> Range<usize> {
    let end = body(parts).end;
    let mut to = from;
    while to < end && parts[to].kind != hook {
        to += 1;
    }
    from..(to + 1).min(end)
}

/// Calls `each` with every group of the body, in order, until it returns true.
fn groups(parts: &[Part], hook: SectionKind, mut each: impl FnMut(Range<usize>)) {
    let body = body(parts);
    let mut from = body.start;
    while from < body.end {
        let range = group(parts, from, hook);
        from = range.end;
        each(range);
    }
}

fn remove(parts: &mut Parts, range: Range<usize>) {
    for _ in range.clone() {
        parts.remove(range.start);
    }
}

/// The longest part of a range that is longer than a unit; the later one of two as long.
fn longest(parts: &[Part], range: Range<usize>) -> Option<usize> {
    range
        .filter(|i| parts[*i].bars > 1)
        .max_by_key(|i| parts[*i].bars)
}

/// Takes something away: at least one unit, at most `over`.
fn cut(parts: &mut Parts, hook: SectionKind, over: u16) {
    let body = body(parts);
    let first_group = group(parts, body.start, hook);
    let mut later_group = None;
    groups(parts, hook, |range| {
        if range != first_group && total(&parts[range.clone()]) <= over {
            later_group = Some(range);
        }
    });
    if let Some(range) = later_group {
        return remove(parts, range);
    }
    let later = first_group.end..body.end;
    let edges = (0..parts.len()).filter(|i| !body.contains(i) && parts[*i].bars > 1);
    if let Some(i) = edges
        .max_by_key(|i| parts[*i].bars)
        .or(longest(parts, later.clone()))
    {
        parts[i].bars -= 1;
        return;
    }
    let lead_in = |i: &usize| parts[*i].kind == SectionKind::PreChorus && parts[*i].bars == 1;
    if let Some(i) = body.clone().rev().find(lead_in) {
        return remove(parts, i..i + 1);
    }
    if body.start > 0 {
        return remove(parts, 0..1);
    }
    if !later.is_empty() {
        let i = later
            .clone()
            .find(|i| parts[*i].kind != hook)
            .unwrap_or(later.start);
        return remove(parts, i..i + 1);
    }
    if body.end < parts.len() && parts.len() > 2 {
        return remove(parts, body.end..body.end + 1);
    }
    if let Some(i) =
        longest(parts, 0..parts.len().saturating_sub(1)).or(longest(parts, 0..parts.len()))
    {
        parts[i].bars -= 1;
        return;
    }
    let middle = usize::from(parts.len() > 2);
    remove(parts, middle..middle + 1);
}

/// Puts copies of a range before `at`, with bridges and solos taking turns.
fn repeat(parts: &mut Parts, range: Range<usize>, at: usize, turn: bool) {
    for (k, i) in range.enumerate() {
        let shifted = if i >= at { i + k } else { i };
        let mut part = parts[shifted];
        part.kind = match part.kind {
            SectionKind::Bridge if turn => SectionKind::Solo,
            SectionKind::Solo if turn => SectionKind::Bridge,
            kind => kind,
        };
        let _ = parts.insert(at + k, part);
    }
}

/// Adds until `units` are reached.
fn stretch(parts: &mut Parts, hook: SectionKind, units: u16, dice: Dice) {
    let whole = body(parts);
    let mut turn = dice.chance(Purpose::Form, 0, 50);
    loop {
        let more = total(&parts[whole.clone()]);
        if more == 0 || total(parts) + more > units || parts.len() + whole.len() > ENOUGH_SECTIONS {
            break;
        }
        turn = !turn;
        repeat(parts, whole.clone(), body(parts).end, turn);
    }
    let first = group(parts, body(parts).start, hook);
    loop {
        let more = total(&parts[first.clone()]);
        if more == 0 || total(parts) + more > units || parts.len() + first.len() > ENOUGH_SECTIONS {
            break;
        }
        repeat(parts, first.clone(), first.end, false);
    }
    let left = units - total(parts);
    if left >= 2 && parts.len() < MAX_SECTIONS {
        let kind = match hook {
            SectionKind::Drop => SectionKind::Breakdown,
            _ if dice.chance(Purpose::Form, 1, 50) => SectionKind::Bridge,
            _ => SectionKind::Solo,
        };
        let at = last_hook_group(parts, hook);
        let next_to = |i: usize| parts.get(i).is_some_and(|p| p.kind == kind);
        if next_to(at) {
            parts[at].bars += 2;
        } else {
            let _ = parts.insert(at, Part { kind, bars: 2 });
        }
    }
    let mut next = 0;
    while total(parts) < units {
        // The last hook twice, then intro, outro and every other section in turn.
        let last = parts.len() - 1;
        let hooks = parts.iter().rposition(|p| p.kind == hook).unwrap_or(last);
        let i = match next {
            0 | 1 => hooks,
            2 => last,
            n => (n - 3) % parts.len(),
        };
        parts[i].bars += 1;
        next += 1;
    }
}

/// Where the last group starts.
fn last_hook_group(parts: &[Part], hook: SectionKind) -> usize {
    let mut at = body(parts).start;
    groups(parts, hook, |range| at = range.start);
    at
}

/// Gives the bars that fill no unit to the outro.
fn ring_out(parts: &mut Parts, rest: u16) {
    if rest == 0 {
        return;
    }
    let bars = total(parts);
    match parts.last_mut() {
        Some(last) if last.kind == SectionKind::Outro || bars < 2 * UNIT => last.bars += rest,
        _ => {
            if parts
                .push(Part {
                    kind: SectionKind::Outro,
                    bars: rest,
                })
                .is_err()
                && let Some(last) = parts.last_mut()
            {
                last.bars += rest;
            }
        }
    }
}
