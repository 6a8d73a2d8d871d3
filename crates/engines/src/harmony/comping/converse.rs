//! Comping as a conversation: a pianist who hears the tune.
//!
//! Every bar gets the figure that answers the planned tune best: strokes fall into its breaths, few under busy bars,
//! more where it rests, and now and then a bar is left out. Figures are the style's own patterns, and the Charleston and
//! what players make of it by moving it; pushes into the next chord come as everywhere ([`super::push`]), only more often. Below some variation
//! the style's own pattern stands instead.

use heapless::Vec;
use music::controls::{DENSITY, SYNCOPATION, VARIATION};
use music::lane::Lane;
use music::note::Gate;
use music::plan::TuneNote;
use music::style::{PATTERN_STEPS, Pattern, Step};

use super::{Hits, collect, half_notes, pattern_of, push};
use crate::dice::Purpose;
use crate::placement::{Laid, lay};
use crate::view::BarView;

/// A stroke of a figure: step, priority, length in steps.
type Stroke = (u8, u8, u8);

/// Figures over a bar of four beats. Reference: the Charleston rhythm and its displacements by eighths, which
/// teachers of jazz comping start from; the rest is taste.
const FIGURES: [&[Stroke]; 14] = [
    &[],
    &[(0, 8, 3), (6, 8, 2)],
    &[(2, 8, 2), (8, 7, 2)],
    &[(4, 8, 3), (10, 8, 2)],
    &[(6, 8, 2), (12, 8, 2)],
    &[(2, 8, 2), (6, 8, 4)],
    &[(6, 8, 4)],
    &[(10, 8, 3)],
    &[(0, 9, 7)],
    &[(4, 8, 2)],
    &[(12, 8, 2)],
    &[(2, 7, 1), (6, 8, 2), (12, 8, 2)],
    &[(4, 8, 2), (6, 6, 1), (10, 8, 3)],
    &[(0, 8, 2), (6, 7, 2), (10, 8, 2)],
];

/// What a stroke is worth in a breath, right behind a call, under a held tone, and on a tone's onset. Taste.
const IN_BREATH: i32 = 4;
const ANSWERS: i32 = 2;
const UNDER_TONE: i32 = -1;
const ON_ONSET: i32 = -5;
/// What a stroke more or less than wanted costs.
const TOO_MANY: i32 = 5;
/// What chance adds at most, and what it adds to a bar that is left out, in percent of bars. Taste.
const CHANCE: u32 = 7;
const LAID_OUT: u32 = 8;
/// What the style's own patterns are preferred by. Taste.
const OWN: i32 = 2;
/// From this priority on a stroke is heard at the usual density.
const STRUCK: u8 = 4;
/// Variation from which on the bar converses, at least and spread. Taste: below the default.
const FROM: u8 = 8;
const SPREAD: u32 = 25;

/// A tone of the tune, from and to, in ticks from the bar's start.
type Tone = (i64, i64);
/// The tones of a bar.
type Heard = Vec<Tone, 48>;

/// Drafts the bar.
pub fn play(view: &BarView, hits: &mut Hits) {
    let section = view.section_dice.lane(Lane::Harmony);
    let from = FROM + section.throw(Purpose::Comping, 500, SPREAD) as u8;
    let range = (from, 100);
    let own = figure(view, 0);
    let gate = |variation| Gate {
        variation,
        ..Gate::OPEN
    };
    collect(view, &own, gate(range), hits);
    let bar = view.bar_in_section;
    if push::may_be_pushed(view, bar, &own) {
        push::give_way(view, bar, hits);
    }
    if !view.is_last_of_phrase() {
        let next = figure(view, 1);
        if push::may_be_pushed(view, bar + 1, &next) {
            push::make_room(view, hits);
            push::anticipate(view, &next, range, hits);
        }
    }
    let patterns = &view.style.harmony.patterns;
    let kind = view.kind_dice.lane(Lane::Harmony);
    let plain = pattern_of(patterns, view.section.kind, kind, 0);
    let fallback = half_notes();
    let pattern = plain.map_or(&fallback, |index| &patterns[index].pattern);
    let laid = lay(view.grid, pattern, view.rhythm(), 0);
    collect(view, &laid, gate((0, from - 1)), hits);
}

/// The figure of this bar of the phrase, or of the next one.
fn figure(view: &BarView, ahead: u16) -> Laid {
    let heard = heard(view, ahead as i64);
    let dice = view
        .section_dice
        .at((view.bar_in_section + ahead) as u32)
        .lane(Lane::Harmony);
    let wanted = wanted(&heard, view.place.meter.bar_ticks());
    let places = lay(view.grid, &every_step(), view.rhythm(), ahead);
    let worth = |index: u32, steps: &[Step]| {
        let mut worth = dice.throw(Purpose::Comping, 600 + index, CHANCE) as i32;
        let mut count = 0;
        for place in &places {
            let step = steps.get(place.step.tag as usize % steps.len().max(1));
            if step.is_some_and(|s| s.priority >= STRUCK) {
                worth += stroke(&heard, place.tick);
                count += 1;
            }
        }
        if count == 0 && dice.chance(Purpose::Comping, 599, LAID_OUT) {
            worth += 2 * TOO_MANY;
        }
        worth - TOO_MANY * (count - wanted).abs()
    };
    let mut best = (i32::MIN, Pattern::default());
    for (index, strokes) in FIGURES.iter().enumerate() {
        let figure = pattern(strokes);
        let worth = worth(index as u32, &figure.steps);
        if worth > best.0 {
            best = (worth, figure);
        }
    }
    let written = &view.style.harmony.patterns;
    for (index, own) in written.iter().enumerate() {
        if own.pattern.cycles || !own.kinds.suits(view.section.kind) {
            continue;
        }
        let worth = OWN + worth(100 + index as u32, &own.pattern.steps);
        if worth > best.0 {
            best = (worth, own.pattern.clone());
        }
    }
    lay(view.grid, &best.1, view.rhythm(), ahead)
}

/// Two bars of strokes that carry their own step.
fn every_step() -> Pattern {
    let mut pattern = Pattern::default();
    pattern.steps.clear();
    for step in 0..PATTERN_STEPS {
        let _ = pattern.steps.push(Step {
            priority: 9,
            tag: step as u8,
            ..Step::default()
        });
    }
    pattern
}

fn pattern(strokes: &[Stroke]) -> Pattern {
    let mut pattern = Pattern::default();
    for (step, priority, span) in strokes {
        pattern.steps[*step as usize] = Step {
            priority: *priority,
            span: *span,
            ..Step::default()
        };
    }
    pattern
}

/// What the tune has in a bar of the phrase while its controls stand as in a new song.
fn heard(view: &BarView, ahead: i64) -> Heard {
    let mut out = Heard::new();
    if !view.section.lanes.has(Lane::Melody) {
        return out;
    }
    let bar_ticks = view.phrase.meter.bar_ticks();
    let bar = view.bar_in_phrase as i64 + ahead;
    for note in view.phrase.tune.iter().filter(|n| is_usual(n)) {
        let start = (note.bar as i64 - bar) * bar_ticks + note.tick as i64;
        let end = start + note.duration as i64;
        if end > 0 && start < bar_ticks {
            let _ = out.push((start, end));
        }
    }
    out
}

fn is_usual(note: &TuneNote) -> bool {
    let inside = |(low, high): (u8, u8), at: i32| (low as i32..=high as i32).contains(&at);
    note.gate.density as i32 <= DENSITY.default
        && inside(note.gate.variation, VARIATION.default)
        && inside(note.gate.syncopation, SYNCOPATION.default)
}

/// How many strokes a bar wants: as many as there is room for.
fn wanted(heard: &Heard, bar_ticks: i64) -> i32 {
    let sounds: i64 = heard
        .iter()
        .map(|(from, to)| (to.min(&bar_ticks) - from.max(&0)).max(0))
        .sum();
    let onsets = heard.iter().filter(|(from, _)| *from >= 0).count();
    match (bar_ticks - sounds).max(0) * 100 / bar_ticks.max(1) {
        // Long tones leave room too.
        _ if onsets >= 6 => 1,
        60.. => 3,
        25.. => 2,
        _ if onsets <= 2 => 2,
        _ => 1,
    }
}

/// What a stroke is worth at a tick of the bar.
fn stroke(heard: &Heard, tick: i64) -> i32 {
    if heard.iter().any(|(from, _)| from.abs_diff(tick) < 120) {
        return ON_ONSET;
    }
    if heard.iter().any(|(from, to)| *from < tick && tick < *to) {
        return UNDER_TONE;
    }
    let behind = heard.iter().any(|(_, to)| (0..=960).contains(&(tick - to)));
    IN_BREATH + if behind { ANSWERS } else { 0 }
}

#[cfg(test)]
mod tests;
