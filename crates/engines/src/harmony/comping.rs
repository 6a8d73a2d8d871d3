//! Comping: a pattern of the style, struck on the phrase's voicings.
//!
//! A section kind keeps its pattern. A varied bar has another one behind the variation gate, a pushed bar
//! anticipates its first chord behind the syncopation gate, and chords that would ring into another chord
//! are cut and struck again there. Light strokes move part of a chord that rings ([`touch`]). Where drums and bass
//! stop, so do chords. Styles whose players converse with the tune choose a figure bar by bar ([`converse`]).

use heapless::Vec;
use music::lane::Lane;
use music::note::{Candidate, Candidates, Gate, Role};
use music::plan::{ChordSpan, SectionKind};
use music::style::{CompTechnique, LanePattern, Pattern, Step};
use music::technique::Rhythm;
use music::time::{BeatRole, TICKS_PER_STEP};

use crate::dice::{Dice, Purpose};
use crate::feel;
use crate::placement::{Laid, MAX_SLOTS, Placed, TimeScale, density_gate, lay as lay_on};
use crate::texture::stop;
use crate::view::BarView;

mod converse;
mod push;
mod strum;
mod touch;

/// A chord to be struck.
#[derive(Clone, Copy, Debug)]
struct Hit {
    /// Ticks from the bar's start.
    tick: i64,
    /// Where it ends, in ticks from the bar's start.
    end: i64,
    /// Which chord of the phrase.
    chord: usize,
    /// Place on the grid.
    placed: Placed,
    /// When it is heard, but for its voices' own thresholds.
    gate: Gate,
    /// Its voices, a bit each, lowest first.
    voices: u8,
}

/// Hits of a bar, plain and varied.
type Hits = Vec<Hit, { 2 * MAX_SLOTS }>;

/// Density from which the n-th most wanted voice of a chord is heard. Taste: two voices tell the chord,
/// the rest come in before the default density.
const VOICE_DENSITY: [u8; 6] = [0, 0, 15, 30, 45, 55];
/// Velocity by strength of the place, where the pattern leaves it open. Taste.
const VELOCITY: [u8; 5] = [62, 68, 75, 79, 84];

/// Plays the Harmony lane's bar.
pub fn perform(view: &BarView, out: &mut Candidates) {
    let mut hits = Hits::new();
    if view.is_ending() {
        end(view, &mut hits);
    } else {
        play(view, &mut hits);
    }
    let stop = stop::stop(view);
    for hit in &hits {
        strike(view, hit, stop, out);
    }
}

/// The song's last chord: struck once, held through the bar.
fn end(view: &BarView, hits: &mut Hits) {
    let step = Step {
        priority: 9,
        ..Step::default()
    };
    let mut last = Laid::new();
    let _ = last.push(Placed {
        tick: 0,
        strength: 4,
        role: BeatRole::Down,
        step,
    });
    collect(view, &last, Gate::OPEN, hits);
}

fn play(view: &BarView, hits: &mut Hits) {
    let plain_time = view.time_scale() == TimeScale::Plain && view.rhythm() == Rhythm::Style;
    if view.style.harmony.converses && plain_time {
        return converse::play(view, hits);
    }
    let patterns = &view.style.harmony.patterns;
    let plain = pattern_of(
        patterns,
        view.section.kind,
        view.kind_dice.lane(Lane::Harmony),
        0,
    );
    let fallback = half_notes();
    let lay = |index: Option<usize>, ahead: u16| match index {
        Some(index) => lay_on(view.grid, &patterns[index].pattern, view.rhythm(), ahead),
        None => lay_on(view.grid, &fallback, view.rhythm(), ahead),
    };
    let (bar, own, next) = (view.bar_in_section, lay(plain, 0), lay(plain, 1));
    let varied = variant(view, bar, plain);
    let plain_range = varied.map_or((0, 100), |(from, _)| (0, from - 1));
    collect(
        view,
        &own,
        Gate {
            variation: plain_range,
            ..Gate::OPEN
        },
        hits,
    );
    touch::lighten(view, hits, 0);
    let pushes = view.time_scale() == TimeScale::Plain;
    // Patterns go round in one or two bars, so the bar before is like the bar behind.
    if pushes && push::is_pushed(view, bar, &own, &next) {
        push::give_way(view, bar, hits);
    }
    if let Some((from, index)) = varied {
        let gate = Gate {
            variation: (from, 100),
            ..Gate::OPEN
        };
        let first = hits.len();
        collect(view, &lay(Some(index), 0), gate, hits);
        touch::lighten(view, hits, first);
    }
    // The song's last chord falls on its bar line.
    let ends_next = view.section.kind == SectionKind::Outro && bar + 2 == view.section.bars;
    if pushes
        && !ends_next
        && !view.is_last_of_phrase()
        && push::is_pushed(view, bar + 1, &next, &own)
    {
        let range = variant(view, bar + 1, plain).map_or((0, 100), |(from, _)| (0, from - 1));
        push::anticipate(view, &next, range, hits);
    }
}

/// A pattern for a kind of section, by weight.
pub(crate) fn pattern_of(
    patterns: &[LanePattern],
    kind: SectionKind,
    dice: Dice,
    place: u32,
) -> Option<usize> {
    let weights: Vec<u8, 16> = patterns
        .iter()
        .map(|p| {
            if p.kinds.suits(kind) {
                p.weight.max(1)
            } else {
                0
            }
        })
        .collect();
    dice.pick(Purpose::Comping, place, &weights)
}

/// A chord a half bar, where a style has no pattern.
pub(crate) fn half_notes() -> Pattern {
    let mut pattern = Pattern::default();
    pattern.steps[0].priority = 9;
    pattern.steps[8].priority = 5;
    pattern
}

/// Dice of a bar of the section, also of one that is not being played.
fn bar_dice(view: &BarView, bar_in_section: u16) -> Dice {
    view.section_dice
        .at(bar_in_section as u32)
        .lane(Lane::Harmony)
}

/// Variation from which on a bar of the section has another pattern (1–100), and which; `None`: it never
/// has. The last bar of four differs most readily, a section's first bar never; a section that returns differs
/// more than it did before. Taste.
fn variant(view: &BarView, bar_in_section: u16, plain: Option<usize>) -> Option<(u8, usize)> {
    let dice = bar_dice(view, bar_in_section);
    let again = 12 * view.section.statement.min(2) as i32;
    let ease = again + if bar_in_section % 4 == 3 { 35 } else { 0 };
    let from = 30 + dice.throw(Purpose::Variation, 0, 130) as i32 - ease;
    if bar_in_section == 0 || from > 100 {
        return None;
    }
    let patterns = &view.style.harmony.patterns;
    let other = (1..4).find_map(|n| {
        pattern_of(patterns, view.section.kind, dice, n).filter(|found| Some(*found) != plain)
    })?;
    Some((from.max(1) as u8, other))
}

/// The chord that sounds at a tick of the bar, and the tick at which the next one starts.
pub(crate) fn chord_at(view: &BarView, tick: i64) -> Option<(usize, i64)> {
    let bar_ticks = view.phrase.meter.bar_ticks();
    let place = |span: &ChordSpan| {
        (span.bar as i64 - view.bar_in_phrase as i64) * bar_ticks
            + span.step as i64 * TICKS_PER_STEP
    };
    let chords = &view.phrase.chords;
    let after = chords.partition_point(|c| place(c) <= tick);
    let end_of_phrase = (view.phrase.bars as i64 - view.bar_in_phrase as i64) * bar_ticks;
    let next = chords.get(after).map_or(end_of_phrase, place);
    Some((after.checked_sub(1)?, next.min(end_of_phrase)))
}

/// Turns a laid pattern into hits: lengths up to the next stroke, cut and struck again at chord changes.
fn collect(view: &BarView, laid: &Laid, gate: Gate, hits: &mut Hits) {
    let bar_end = view.place.meter.bar_ticks();
    let step_ticks = view.grid.step_ticks();
    for (index, placed) in laid.iter().enumerate() {
        let mut tick = placed.tick;
        // Strokes that only a dense bar has do not shorten a chord whose length is written.
        let written = placed.step.span > 0;
        let cut = laid[index + 1..]
            .iter()
            .find(|p| !written || p.step.priority >= 4);
        let limit = cut.map_or(bar_end, |p| p.tick);
        let wanted = if written {
            tick + placed.step.span as i64 * step_ticks
        } else {
            limit
        };
        // Past the bar line only where the next bar leaves room: a span that long is meant so.
        let end = if cut.is_some() {
            wanted.min(limit)
        } else {
            wanted
        };
        let gate = Gate {
            density: density_gate(placed.step.priority, placed.strength),
            ..gate
        };
        while let Some((chord, change)) = chord_at(view, tick) {
            let ends = end.min(change);
            let _ = hits.push(Hit {
                tick,
                end: ends,
                chord,
                placed: *placed,
                gate,
                voices: touch::WHOLE,
            });
            // Less than a sixteenth of the next chord is not worth a stroke.
            if end - change < TICKS_PER_STEP || change >= bar_end {
                break;
            }
            tick = change;
        }
    }
}

/// Order in which a voicing's voices are wanted: what tells the chord first.
pub(crate) fn wanted(span: &ChordSpan, texture: bool) -> Vec<u8, 6> {
    let voicing = if texture {
        &span.texture
    } else {
        &span.voicing
    };
    let weight = |class| match span.chord.tones().iter().position(|t| *t == class) {
        Some(1) => 0,
        Some(3) => 1,
        Some(0) => 2,
        Some(2) => 4,
        _ => 3,
    };
    let mut order: Vec<(u8, u8), 6> = voicing
        .iter()
        .enumerate()
        .map(|(i, p)| (weight(p.class()), i as u8))
        .collect();
    order.sort_unstable();
    let mut rank: Vec<u8, 6> = Vec::new();
    let _ = rank.resize_default(voicing.len());
    for (place, (_, index)) in order.iter().enumerate() {
        rank[*index as usize] = place as u8;
    }
    rank
}

/// Velocity that a step asks for.
pub(crate) fn velocity_of(step: Step, strength: u8) -> u8 {
    if step.velocity > 0 {
        step.velocity
    } else {
        VELOCITY[strength.min(4) as usize]
    }
}

/// Writes a hit's voices.
fn strike(view: &BarView, hit: &Hit, stop: Option<stop::Stop>, out: &mut Candidates) {
    let span = &view.phrase.chords[hit.chord];
    let count = span.voicing.len();
    let rank = wanted(span, false);
    let asked = velocity_of(hit.placed.step, hit.placed.strength);
    let felt = feel::place(view, Lane::Harmony, None, hit.tick, asked);
    let technique = view.style.harmony.technique;
    let only = match (technique, hit.placed.step.tag) {
        (CompTechnique::Broken, tag) if tag > 0 && count > 0 => Some((tag as usize - 1) % count),
        _ => None,
    };
    for (voice, pitch) in span.voicing.iter().enumerate() {
        if only.is_some_and(|v| v != voice) || hit.voices & (1 << voice) == 0 {
            continue;
        }
        let late = strum::delay(view, technique, hit.placed, voice, count);
        let lean = if voice + 1 == count {
            4
        } else {
            -(rank[voice] as i32)
        };
        let threshold = if only.is_some() {
            0
        } else {
            VOICE_DENSITY[rank[voice] as usize]
        };
        let note = Candidate {
            lane: Lane::Harmony,
            grid: felt.grid,
            onset: felt.onset.plus(late),
            duration: felt.lasting(hit.end - hit.tick - late),
            pitch: *pitch,
            velocity: (felt.velocity as i32 + lean).clamp(1, 127) as u8,
            gate: Gate {
                density: hit.gate.density.max(threshold),
                ..hit.gate
            },
            role: Role::Voice(voice as u8),
        };
        stop::write(stop, note, out);
    }
}

#[cfg(test)]
mod tests;
